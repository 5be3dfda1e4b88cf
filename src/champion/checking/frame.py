"""A pandas frame as a table of plain values, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from champion.checking import cell
from champion.checking.values import (
    CELL_LIMIT,
    COLUMN_LIMIT,
    ROW_LIMIT,
    Cell,
    Column,
    Kind,
    Table,
)


def read(frame: Any, pandas: Any) -> Table:
    """The table of a pandas DataFrame, of a subclass too.

    Of a frame larger than the limits in `values` only the head is read, and the table
    says so (`whole` is false) while `rows` stays the true number.
    """
    plain = frame if type(frame) is pandas.DataFrame else pandas.DataFrame(frame)
    rows, width = plain.shape
    kept_columns = min(width, COLUMN_LIMIT)
    kept_rows = min(rows, ROW_LIMIT, CELL_LIMIT // max(kept_columns, 1))
    head = plain if kept_rows == rows else plain.iloc[:kept_rows]
    return Table(
        columns=tuple(
            Column(_name(plain.columns[place]), *_values(head.iloc[:, place], pandas))
            for place in range(kept_columns)
        ),
        rows=rows,
        whole=kept_rows == rows and kept_columns == width,
        index=tuple(_name(name) for name in plain.index.names if name is not None),
    )


def _name(label: object) -> str:
    """A column's name as text: ("plays", "sum") is "plays, sum"."""
    if type(label) is str:
        return label
    if issubclass(type(label), tuple):
        parts: Iterable[object] = tuple.__iter__(cast(tuple[object, ...], label))
        return ", ".join(_name(part) for part in parts)
    kind, plain = cell.read(label)
    return "NULL" if kind == "empty" else str(plain)


def _values(series: Any, pandas: Any) -> tuple[Kind, tuple[Cell, ...]]:
    """The kind and the plain values of a column, by its dtype."""
    array, dtype = series.array, series.dtype
    if isinstance(dtype, pandas.CategoricalDtype):
        return cell.column(array.tolist())
    if isinstance(dtype, pandas.DatetimeTZDtype) or dtype.kind == "M":
        kind: Kind = "moment" if isinstance(dtype, pandas.DatetimeTZDtype) else "clock"
        return _counted(kind, pandas.DatetimeIndex(array))
    if isinstance(dtype, pandas.PeriodDtype):
        return cell.column(array.astype(object))
    if dtype.kind == "m":
        return _counted("span", pandas.TimedeltaIndex(array))
    if isinstance(dtype, pandas.api.extensions.ExtensionDtype):
        return cell.column(array.to_numpy(dtype=object, na_value=None).tolist())
    plain = series.to_numpy().tolist()
    if not plain:
        return "empty", ()
    if dtype.kind in "iu":
        return "number", tuple(plain)
    if dtype.kind == "b":
        return "truth", tuple(plain)
    return cell.column(plain)


def _counted(kind: Kind, index: Any) -> tuple[Kind, tuple[Cell, ...]]:
    """Moments, clocks or spans in nanoseconds, from pandas' count of some unit."""
    unit = cell.UNITS[index.unit]
    counts = index.asi8.tolist()
    if not index.hasnans:
        return (kind if counts else "empty"), tuple([count * unit for count in counts])
    missing = index.isna().tolist()
    values = tuple(
        None if gone else count * unit for count, gone in zip(counts, missing, strict=True)
    )
    return ("empty" if all(missing) else kind), values
