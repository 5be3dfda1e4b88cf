"""One value of a learner's, as a plain value: by its exact type, never by its own methods."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from champion.checking.values import Cell, Kind

EPOCH_DAY = date(1970, 1, 1).toordinal()
EPOCH = datetime(1970, 1, 1)
DAY = 86_400 * 10**9
NULL: tuple[Kind, Cell] = ("empty", None)
DEEPEST_LIST = 6


def read(value: object) -> tuple[Kind, Cell]:
    """The kind of a value and the plain value itself; what cannot be compared is a "thing".

    A subclass of a plain type is read through that type's own methods, so that an
    overridden `__eq__` or `__str__` has no say.
    """
    exact = _READERS.get(type(value))
    if exact is not None:
        return exact(value)
    if _is_pandas_null(value):
        return NULL
    for base, reader in _READERS.items():
        if issubclass(type(value), base):
            return reader(value)
    return _read_foreign(value)


def column(values: Iterable[object]) -> tuple[Kind, tuple[Cell, ...]]:
    """The kind of a whole column of values, and the plain values."""
    given = list(values)
    types = set(map(type, given))
    quick = _quick(given, types)
    if quick is not None:
        return quick
    return gathered([read(value) for value in given])


def gathered(cells: list[tuple[Kind, Cell]]) -> tuple[Kind, tuple[Cell, ...]]:
    """One column out of cells that may be of several kinds."""
    kinds = {kind for kind, _ in cells} - {"empty"}
    if "thing" in kinds:
        return "thing", tuple(None if kind == "empty" else str(value) for kind, value in cells)
    if kinds == {"day", "clock"}:
        kinds = {"clock"}
    if len(kinds) > 1:
        return "mixed", tuple(None if kind == "empty" else (kind, cell) for kind, cell in cells)
    return next(iter(kinds), "empty"), tuple(cell for _, cell in cells)


def floats(values: Iterable[float]) -> tuple[Cell, ...]:
    """Floats, with NaN as NULL."""
    return tuple([None if value != value else value for value in values])


def _quick(given: list[object], types: set[type]) -> tuple[Kind, tuple[Cell, ...]] | None:
    """The common columns, without looking at each cell."""
    filled = types - {type(None)}
    if not filled:
        return "empty", (None,) * len(given)
    if filled == {str}:
        return "text", tuple(cast(list[str], given))
    if filled == {int}:
        return "number", tuple(cast(list[int], given))
    if filled == {bool}:
        return "truth", tuple(cast(list[bool], given))
    if types == {float}:
        values = floats(cast(list[float], given))
        return ("empty" if not any(v is not None for v in values) else "number"), values
    if filled == {str, float}:
        texts = tuple(None if value != value else value for value in given)
        if set(map(type, texts)) <= {str, type(None)}:
            return "text", cast(tuple[Cell, ...], texts)
    return None


def _read_truth(value: Any) -> tuple[Kind, Cell]:
    return "truth", bool(value)


def _read_int(value: Any) -> tuple[Kind, Cell]:
    return "number", int.__int__(value)


def _read_float(value: Any) -> tuple[Kind, Cell]:
    plain = float.__float__(value)
    return NULL if plain != plain else ("number", plain)


def _read_decimal(value: Any) -> tuple[Kind, Cell]:
    plain = Decimal(value)
    return NULL if plain.is_nan() else ("number", plain)


def _read_text(value: Any) -> tuple[Kind, Cell]:
    return "text", str.__str__(value)


def _read_bytes(value: Any) -> tuple[Kind, Cell]:
    return "bytes", bytes(memoryview(value))


def _read_datetime(value: Any) -> tuple[Kind, Cell]:
    naive = datetime.combine(datetime.date(value), datetime.time(value))
    nanoseconds = _nanoseconds(naive - EPOCH)
    if type(value) is not datetime and _from(value, "pandas"):
        nanoseconds += value.nanosecond
    offset = datetime.utcoffset(value)
    if offset is None:
        return "clock", nanoseconds
    return "moment", nanoseconds - _nanoseconds(offset)


def _read_date(value: Any) -> tuple[Kind, Cell]:
    return "day", (date.toordinal(value) - EPOCH_DAY) * DAY


def _read_time(value: Any) -> tuple[Kind, Cell]:
    if time.utcoffset(value) is not None:
        return "thing", "a time of day with a zone"
    naive = datetime.combine(date(1970, 1, 1), time.replace(value, tzinfo=None))
    return "time", _nanoseconds(naive - EPOCH)


def _read_span(value: Any) -> tuple[Kind, Cell]:
    nanoseconds = _nanoseconds(value)
    if type(value) is not timedelta and _from(value, "pandas"):
        nanoseconds += value.nanoseconds
    return "span", nanoseconds


def _read_uuid(value: Any) -> tuple[Kind, Cell]:
    return "text", UUID.__str__(value)


def _read_list(value: Any) -> tuple[Kind, Cell]:
    return "list", _list_text(value, DEEPEST_LIST)


_READERS: dict[type, Callable[[Any], tuple[Kind, Cell]]] = {
    type(None): lambda _: NULL,
    bool: _read_truth,
    int: _read_int,
    float: _read_float,
    str: _read_text,
    Decimal: _read_decimal,
    datetime: _read_datetime,
    date: _read_date,
    time: _read_time,
    timedelta: _read_span,
    bytes: _read_bytes,
    bytearray: _read_bytes,
    UUID: _read_uuid,
    list: _read_list,
    tuple: _read_list,
    dict: _read_list,
}


def _is_pandas_null(value: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and (value is pandas.NA or value is pandas.NaT)


def _read_foreign(value: Any) -> tuple[Kind, Cell]:
    """A value of pandas' or NumPy's; neither is imported here before the learner does."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and type(value) is pandas.Period:
        return "period", str(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        if type(value) is numpy.ndarray:
            return read(numpy.ndarray.tolist(value))
        if issubclass(type(value), numpy.generic):
            return _read_numpy(value, numpy)
    return "thing", f"an object of type {type(value).__name__}"


def _read_numpy(value: Any, numpy: Any) -> tuple[Kind, Cell]:
    if type(value) in (numpy.datetime64, numpy.timedelta64):
        if numpy.isnat(value):
            return NULL
        unit, step = numpy.datetime_data(value.dtype)
        nanoseconds = UNITS.get(unit, 0) * step * int(value.view("int64"))
        if unit not in UNITS:
            return "thing", f"a NumPy date counted in {unit}"
        return ("clock" if type(value) is numpy.datetime64 else "span"), nanoseconds
    if issubclass(type(value), numpy.floating):
        return _read_float(float(value))
    plain = numpy.generic.item(value)
    return read(plain) if type(plain) in _READERS else ("thing", "a NumPy value")


UNITS = {
    "D": DAY,
    "h": 3600 * 10**9,
    "m": 60 * 10**9,
    "s": 10**9,
    "ms": 10**6,
    "us": 10**3,
    "ns": 1,
}
"""Nanoseconds in each unit that pandas and NumPy count time in."""


def _list_text(value: object, depth: int) -> str:
    """A list, tuple or dict as text, the same for equal contents."""
    if depth == 0:
        return "…"
    if issubclass(type(value), dict):
        pairs = dict.items(cast(dict[object, object], value))
        return "{" + ", ".join(f"{_item(k, depth)}: {_item(v, depth)}" for k, v in pairs) + "}"
    sequence: type[Any] = list if issubclass(type(value), list) else tuple
    items: Iterable[object] = sequence.__iter__(value)
    return "[" + ", ".join(_item(item, depth) for item in items) + "]"


def _item(value: object, depth: int) -> str:
    if issubclass(type(value), list | tuple | dict):
        return _list_text(value, depth - 1)
    kind, cell = read(value)
    if kind == "empty":
        return "NULL"
    if kind == "number" and isinstance(cell, float | Decimal) and cell == cell // 1:
        return str(int(cell))
    return repr(cell) if kind == "text" else str(cell)


def _nanoseconds(span: timedelta) -> int:
    days, seconds = timedelta.days.__get__(span), timedelta.seconds.__get__(span)
    micro = timedelta.microseconds.__get__(span)
    return cast(int, (days * 86_400 + seconds) * 10**9 + micro * 10**3)


def _from(value: object, package: str) -> bool:
    return type(value).__module__.split(".")[0] == package
