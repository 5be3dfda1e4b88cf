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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import Moments
from champion.lantern.dice import Whole
from champion.lantern.outline import Field


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


_MANY = (list, tuple, np.ndarray)


def is_many(value: Any) -> bool:
    """Whether a value stands for a column of values, not for one that holds in every row."""
    return isinstance(value, _MANY)


def column_of(value: Any, field: Field, length: int) -> Column:
    """What was given for a column of the dictionary, as so many rows.

    Raises:
        ValueError: another number of values, fractions where whole numbers belong, or a
            missing value where the dictionary allows none.
    """
    made = _many(value, field) if is_many(value) else _same(value, field, length)
    if len(made.values) != length:
        raise ValueError(f"{field}: {len(made)} values for {length} rows")
    if made.missing is None:
        return made
    if not made.missing.any():
        return Column(made.values)
    if not field.nullable:
        raise ValueError(f"{field} may not be missing")
    return made


def joined(parts: list[Column], field: Field) -> Column:
    """One column after the other."""
    if not parts:
        return Column(np.zeros(0, dtype=field.dtype))
    values = np.concatenate([part.values for part in parts])
    if all(part.missing is None for part in parts):
        return Column(values)
    return Column(values, np.concatenate([part.gaps() for part in parts]))


def _same(value: Any, field: Field, length: int) -> Column:
    dtype = field.dtype
    if value is None:
        return Column(np.full(length, _empty(dtype), dtype=dtype), np.ones(length, dtype=bool))
    if _PLAIN.get(type(value)) == dtype:
        values = np.empty(length, dtype=dtype)
        values.fill(value)
        return Column(values)
    return Column(
        _whole(np.full(length, value, dtype=None if dtype != np.object_ else dtype), field)
    )


def _many(value: Any, field: Field) -> Column:
    dtype = field.dtype
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        return Column(np.where(mask, _empty(dtype), _whole(value.data, field)).astype(dtype), mask)
    if isinstance(value, np.ndarray) and value.dtype != np.object_:
        return Column(_whole(value, field))
    missing = np.array([item is None for item in value], dtype=bool)
    empty = _empty(dtype)
    filled = [empty if item is None else item for item in value]
    values = np.array(filled, dtype=dtype if dtype == np.object_ or not filled else None)
    return Column(_whole(values, field), missing)


def _whole(values: NDArray[Any], field: Field) -> NDArray[Any]:
    if field.dtype == np.int64 and values.dtype.kind not in "iu":
        raise ValueError(f"{field} takes whole numbers, not {values.dtype}")
    return values.astype(field.dtype, copy=False)


def _empty(dtype: np.dtype[Any]) -> Any:
    return "" if dtype == np.object_ else dtype.type(0)


_PLAIN = {int: np.dtype(np.int64), str: np.dtype(object), bool: np.dtype(np.bool_)}
"""Values of these types need no look before they fill a column of that kind: most rows of the
stories are single ones, and there are thousands of them."""
