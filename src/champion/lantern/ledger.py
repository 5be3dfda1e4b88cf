"""The ledger: everything that ever happened at Lantern, before it is written anywhere.

Subjects, cases and traps add rows; `closed` puts them in order, numbers what is numbered by
time, and hands out whole tables.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import NOW, Moments
from champion.lantern.columns import Column, Rows, column_of, is_many, joined
from champion.lantern.dice import Dice, Draws, Whole
from champion.lantern.logs.lines import LOGS_START, Line
from champion.lantern.outline import outlines

Kind = TypeVar("Kind", bound=Line)


class Ledger:
    """The rows of a company in the making.

    Attributes:
        dice: the chance of this company.
        scale: its size; 1 is about 1,200 accounts.
        files: what customers attached to their tickets, by file name.
    """

    def __init__(self, seed: int, scale: float) -> None:
        self.dice = Dice(seed)
        self.scale = scale
        self.files: dict[str, bytes] = {}
        self._lines: list[Line] = []
        self._told: list[Draws] = []
        self._batches: dict[str, list[Rows]] = {name: [] for name in outlines()}
        self._last = dict.fromkeys(self._batches, 0)

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
        known = outlines()[table].fields
        for name in columns:
            if name not in known:
                raise ValueError(f"{table} has no column {name}")
        lengths = [len(value) for value in columns.values() if is_many(value)]
        length = max(lengths, default=1)
        rows = {name: column_of(columns.get(name), field, length) for name, field in known.items()}
        self._batches[table].append(rows)
        self._last[table] = max(self._last[table], int(rows["id"].values.max(initial=0)))

    def log(self, *lines: Line) -> None:
        """Add lines to the logs, in any order, beyond those that the tables make.

        Raises:
            ValueError: a line from before the logs begin, or from the future.
        """
        for line in lines:
            if not LOGS_START <= line.moment <= NOW:
                raise ValueError(f"{line} lies outside the logs' 14 days")
        self._lines += lines

    def lines(self, kind: type[Kind]) -> list[Kind]:
        """The lines that were added to one log, in the order in which they were."""
        return [line for line in self._lines if isinstance(line, kind)]

    def tell(self, visitors: Draws) -> None:
        """Take the CDN's lines of these visitors from a story, which logs them by itself."""
        self._told.append(visitors)

    def told(self) -> Draws:
        """The visitors whose requests to the CDN stories log."""
        return np.concatenate([np.zeros(0, dtype=np.uint64), *self._told])

    def next_ids(self, table: str, count: int) -> Whole:
        """The ids of the next rows of a table, after all that it holds."""
        last = self._last[table]
        return np.arange(last + 1, last + 1 + count, dtype=np.int64)

    def column(self, table: str, name: str) -> Column:
        """All values of a column so far, in the order in which they were added."""
        return joined([rows[name] for rows in self._batches[table]], outlines()[table].fields[name])

    def values(self, table: str, name: str) -> NDArray[Any]:
        """The bare values of a column that is never missing."""
        return self.column(table, name).values

    def until(self) -> Moments:
        """For each account, the moment up to which it is open: its closing, or now."""
        closed = self.column("accounts", "closed_at")
        return np.where(closed.gaps(), NOW, closed.values)

    def closed(self) -> dict[str, Rows]:
        """Every table's rows, complete: ordered by id, and events numbered by time."""
        tables = {name: self._table(name) for name in outlines()}
        for table, moment, followers in _NUMBERED_BY_TIME:
            _number_by_time(tables, table, moment, followers)
        for name, rows in tables.items():
            tables[name] = _ordered(rows, rows["id"].values)
        return tables

    def _table(self, table: str) -> Rows:
        return {name: self.column(table, name) for name in outlines()[table].fields}


_NUMBERED_BY_TIME: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("loads", "received_at", (("plays", "load_id"),)),
    ("plays", "received_at", ()),
    ("ticket_messages", "sent_at", ()),
    ("invoices", "issued_at", (("invoice_lines", "invoice_id"), ("payments", "invoice_id"))),
    ("payments", "tried_at", ()),
    ("sign_ins", "tried_at", ()),
    ("audit_events", "happened_at", ()),
    ("api_requests", "requested_at", ()),
    ("webhook_events", "generated_at", (("webhook_deliveries", "event_id"),)),
    ("webhook_deliveries", "sent_at", ()),
    ("email_events", "happened_at", ()),
)
"""Tables whose ids follow time: ids given before are provisional; followers are renumbered."""


def _number_by_time(
    tables: dict[str, Rows], table: str, moment: str, followers: tuple[tuple[str, str], ...]
) -> None:
    old = tables[table]["id"].values
    order = np.argsort(tables[table][moment].values, kind="stable")
    new = np.empty(len(old), dtype=np.int64)
    new[order] = np.arange(1, len(old) + 1, dtype=np.int64)
    for follower, column in followers:
        links = tables[follower][column]
        places = _places(old, links.values)
        tables[follower] = {**tables[follower], column: Column(new[places], links.missing)}
    tables[table] = {
        name: Column(new[order]) if name == "id" else column.taken(order)
        for name, column in tables[table].items()
    }


def _places(known: Whole, wanted: Whole) -> Whole:
    """The place of each wanted id among the known ones: mostly in order, as they were given out."""
    if _ascend(known):
        return np.searchsorted(known, wanted)
    order = np.argsort(known, kind="stable")
    found: Whole = order[np.searchsorted(known[order], wanted)]
    return found


def _ordered(rows: Rows, ids: Whole) -> Rows:
    if _ascend(ids):
        return rows
    order = np.argsort(ids, kind="stable")
    return {name: column.taken(order) for name, column in rows.items()}


def _ascend(ids: Whole) -> bool:
    return bool((ids[1:] > ids[:-1]).all())
