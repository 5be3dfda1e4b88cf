"""Columns: what the ledger keeps, and how lists, arrays and single values become columns.

A column is a NumPy array:

    int64   whole numbers, ids, moments (microseconds since 1970-01-01 00:00 UTC), and days
    bool    flags
    uint64  keys of sixteen hexadecimal digits
    object  texts

with a mask beside it where values may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from champion.lantern.clock import Moments
from champion.lantern.dice import Whole


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
"""A table: its columns by name."""


def texts(words: Any, which: Whole) -> NDArray[Any]:
    """The words at these places, as a column of texts."""
    return np.asarray(words, dtype=object)[which]


def moments_or_none(values: Moments, there: NDArray[np.bool_]) -> np.ma.MaskedArray[Any, Any]:
    """Values where `there` holds, missing elsewhere."""
    return np.ma.MaskedArray(values, mask=~there)


def is_many(value: Any) -> bool:
    """Whether a value stands for a column of values, not for one that holds in every row."""
    return isinstance(value, list | tuple | np.ndarray)


def column_of(value: Any, column: sa.Column[Any], length: int) -> Column:
    """What was given for a column of the schema, as so many rows.

    Raises:
        ValueError: another number of values, fractions where whole numbers belong, or a
            missing value where the schema allows none.
    """
    made = _many(value, column) if is_many(value) else _same(value, column, length)
    if len(made) != length:
        raise ValueError(f"{column}: {len(made)} values for {length} rows")
    if made.missing is None or not made.missing.any():
        return Column(made.values)
    if not column.nullable:
        raise ValueError(f"{column} may not be missing")
    return made


def joined(parts: list[Column], column: sa.Column[Any]) -> Column:
    """One column after the other."""
    if not parts:
        return Column(np.zeros(0, dtype=_kind(column)))
    values = np.concatenate([part.values for part in parts])
    if all(part.missing is None for part in parts):
        return Column(values)
    return Column(values, np.concatenate([part.gaps() for part in parts]))


def _same(value: Any, column: sa.Column[Any], length: int) -> Column:
    kind = _kind(column)
    if value is None:
        return Column(np.full(length, _empty(kind), dtype=kind), np.ones(length, dtype=bool))
    return Column(
        _whole(np.full(length, value, dtype=None if kind != np.object_ else kind), column)
    )


def _many(value: Any, column: sa.Column[Any]) -> Column:
    kind = _kind(column)
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        return Column(np.where(mask, _empty(kind), _whole(value.data, column)).astype(kind), mask)
    if isinstance(value, np.ndarray) and value.dtype != np.object_:
        return Column(_whole(value, column))
    missing = np.array([item is None for item in value], dtype=bool)
    empty = _empty(kind)
    filled = [empty if item is None else item for item in value]
    values = np.array(filled, dtype=kind if kind == np.object_ or not filled else None)
    return Column(_whole(values, column), missing)


def _whole(values: NDArray[Any], column: sa.Column[Any]) -> NDArray[Any]:
    kind = _kind(column)
    if kind == np.int64 and values.dtype.kind not in "iu":
        raise ValueError(f"{column} takes whole numbers, not {values.dtype}")
    return values.astype(kind, copy=False)


def _empty(kind: np.dtype[Any]) -> Any:
    return "" if kind == np.object_ else kind.type(0)


@cache
def _kind(column: sa.Column[Any]) -> np.dtype[Any]:
    if isinstance(column.type, sa.Text):
        return np.dtype(object)
    if isinstance(column.type, sa.String):
        return np.dtype(np.uint64)
    if isinstance(column.type, sa.Boolean):
        return np.dtype(np.bool_)
    return np.dtype(np.int64)
