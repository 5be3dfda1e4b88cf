"""The ledger: everything that ever happened at Lantern, before it is written anywhere.

Subjects, cases and traps add rows; `closed` puts them in order, numbers what is numbered by
time, and hands out whole tables of columns. A column is a NumPy array:

    int64   whole numbers, ids, and moments (microseconds since 1970-01-01 00:00 UTC)
    bool    flags
    uint64  keys of sixteen hexadecimal digits
    object  texts

with a mask beside it where values may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from champion.lantern.clock import NOW, Moments
from champion.lantern.dice import Dice, Whole
from champion.lantern.schema import Base


@dataclass(frozen=True)
class Column:
    """The values of one column.

    Attributes:
        values: one value for each row; where one is missing, a zero or an empty text.
        missing: True where there is none; None when none is missing.
    """

    values: NDArray[Any]
    missing: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.values)

    def gaps(self) -> NDArray[np.bool_]:
        """True where the value is missing, for every row."""
        return np.zeros(len(self), dtype=bool) if self.missing is None else self.missing

    def taken(self, rows: NDArray[Any]) -> Column:
        """The values of these rows: by number or by mask."""
        return Column(self.values[rows], None if self.missing is None else self.missing[rows])


Rows = Mapping[str, Column]


class Ledger:
    """The rows of a company in the making.

    Attributes:
        dice: the chance of this company.
        scale: its size; 1 is about 1,200 accounts.
    """

    def __init__(self, seed: int, scale: float) -> None:
        self.dice = Dice(seed)
        self.scale = scale
        self._batches: dict[str, list[Rows]] = {name: [] for name in Base.metadata.tables}

    def sized(self, at_scale_one: int) -> int:
        """A number of rows at this company's scale: at least one."""
        return max(1, round(at_scale_one * self.scale))

    def add(self, table: str, **columns: Any) -> None:
        """Add rows. A column is a list or an array; a single value holds for every row.

        None, alone or in a list, is a missing value; so is a column left out. A NumPy masked
        array is missing where it is masked.

        Raises:
            ValueError: a column that the schema does not know, columns of different lengths,
                or a missing value where the schema allows none.
        """
        known = Base.metadata.tables[table].columns
        for name in columns:
            if name not in known:
                raise ValueError(f"{table} has no column {name}")
        lengths = [len(value) for value in columns.values() if _is_many(value)]
        length = max(lengths, default=1)
        rows = {column.name: _column(columns.get(column.name), column, length) for column in known}
        self._batches[table].append(rows)

    def next_ids(self, table: str, count: int) -> Whole:
        """The ids of the next rows of a table, after all that it holds."""
        batches = self._batches[table]
        last = max((int(rows["id"].values.max()) for rows in batches if len(rows["id"])), default=0)
        return np.arange(last + 1, last + 1 + count, dtype=np.int64)

    def column(self, table: str, name: str) -> Column:
        """All values of a column so far, in the order in which they were added."""
        return _joined([rows[name] for rows in self._batches[table]], table, name)

    def values(self, table: str, name: str) -> NDArray[Any]:
        """The bare values of a column that is never missing."""
        return self.column(table, name).values

    def until(self) -> Moments:
        """For each account, the moment up to which it is open: its closing, or now."""
        closed = self.column("accounts", "closed_at")
        return np.where(closed.gaps(), NOW, closed.values)

    def closed(self) -> dict[str, Rows]:
        """Every table's rows, complete: ordered by id, and events numbered by time."""
        tables = {name: self._table(name) for name in Base.metadata.tables}
        for table, moment, followers in _NUMBERED_BY_TIME:
            _number_by_time(tables, table, moment, followers)
        for name, rows in tables.items():
            tables[name] = _ordered(rows, rows["id"].values)
        return tables

    def _table(self, table: str) -> Rows:
        names = Base.metadata.tables[table].columns.keys()
        return {name: self.column(table, name) for name in names}


_NUMBERED_BY_TIME: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("loads", "received_at", (("plays", "load_id"),)),
    ("plays", "received_at", ()),
    ("ticket_messages", "sent_at", ()),
)
"""Tables whose ids follow time: ids given before are provisional; followers are renumbered."""


def texts(words: Any, which: Whole) -> NDArray[Any]:
    """The words at these places, as a column of texts."""
    return np.asarray(words, dtype=object)[which]


def moments_or_none(values: Moments, there: NDArray[np.bool_]) -> np.ma.MaskedArray[Any, Any]:
    """Values where `there` holds, missing elsewhere."""
    return np.ma.MaskedArray(values, mask=~there)


def _is_many(value: Any) -> bool:
    return isinstance(value, list | tuple | np.ndarray)


def _column(value: Any, column: sa.Column[Any], length: int) -> Column:
    made = _made(value, column)
    if len(made) == 1 and length != 1:
        made = made.taken(np.zeros(length, dtype=np.int64))
    if len(made) != length:
        raise ValueError(f"{column}: {len(made)} values for {length} rows")
    if made.missing is not None and not made.missing.any():
        made = Column(made.values)
    if made.missing is not None and not column.nullable:
        raise ValueError(f"{column} may not be missing")
    return made


def _made(value: Any, column: sa.Column[Any]) -> Column:
    kind = _kind(column)
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        values = value.data.astype(kind)
        values[mask] = kind.type(0) if kind != np.object_ else ""
        return Column(values, mask)
    if isinstance(value, np.ndarray) and value.dtype != np.object_:
        if kind == np.int64 and value.dtype.kind not in "iu":
            raise ValueError(f"{column} takes whole numbers, not {value.dtype}")
        return Column(value.astype(kind, copy=False))
    listed = list(value) if _is_many(value) else [value]
    missing = np.array([item is None for item in listed], dtype=bool)
    empty = "" if kind == np.object_ else 0
    values = np.array([empty if item is None else item for item in listed], dtype=kind)
    return Column(values, missing if missing.any() else None)


def _kind(column: sa.Column[Any]) -> np.dtype[Any]:
    if isinstance(column.type, sa.Text):
        return np.dtype(object)
    if isinstance(column.type, sa.String):
        return np.dtype(np.uint64)
    if isinstance(column.type, sa.Boolean):
        return np.dtype(np.bool_)
    return np.dtype(np.int64)


def _joined(parts: list[Column], table: str, name: str) -> Column:
    if not parts:
        kind = _kind(Base.metadata.tables[table].columns[name])
        return Column(np.zeros(0, dtype=kind))
    values = np.concatenate([part.values for part in parts])
    if all(part.missing is None for part in parts):
        return Column(values)
    return Column(values, np.concatenate([part.gaps() for part in parts]))


def _number_by_time(
    tables: dict[str, Rows], table: str, moment: str, followers: tuple[tuple[str, str], ...]
) -> None:
    rows = dict(tables[table])
    old = rows["id"].values
    order = np.argsort(rows[moment].values, kind="stable")
    new = np.empty(len(old), dtype=np.int64)
    new[order] = np.arange(1, len(old) + 1, dtype=np.int64)
    by_old = np.argsort(old, kind="stable")
    for follower, column in followers:
        links = tables[follower][column]
        places = by_old[np.searchsorted(old[by_old], links.values)]
        tables[follower] = {**tables[follower], column: Column(new[places], links.missing)}
    tables[table] = {**rows, "id": Column(new)}


def _ordered(rows: Rows, ids: Whole) -> Rows:
    if len(ids) < 2 or bool((np.diff(ids) > 0).all()):
        return rows
    order = np.argsort(ids, kind="stable")
    return {name: column.taken(order) for name, column in rows.items()}
