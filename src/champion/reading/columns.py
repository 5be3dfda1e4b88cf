"""Columns with their proper types: moments in UTC, whole numbers, decimals, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_ID = re.compile(r"(?:^|[_.\- ])(?:id|uuid|key|token|hash|signature|phone|zip)$|Id$|ID$")
_TIME = re.compile(r"^@?(?:time|timestamp|ts|datetime|date_?time)$|_at$", re.IGNORECASE)


def texts(values: Sequence[str | None]) -> pandas.Series[Any]:
    """A column of text; None is missing."""
    import pandas as pd

    return pd.Series(list(values), dtype="str")


def whole(values: Sequence[str | int | None]) -> pandas.Series[Any]:
    """A column of whole numbers (Int64); None is missing, never 0."""
    import pandas as pd

    return pd.Series([None if each is None else int(each) for each in values], dtype="Int64")


def decimals(values: Sequence[str | float | None]) -> pandas.Series[Any]:
    """A column of decimals (float64); None is missing (NaN)."""
    import pandas as pd

    return pd.Series([None if each is None else float(each) for each in values], dtype="float64")


def moments(values: Sequence[str | None], layout: str = "ISO8601") -> pandas.Series[Any]:
    """A column of moments in UTC (datetime64[us, UTC]); what cannot be read is missing (NaT)."""
    import pandas as pd

    given: pandas.Series[Any] = pd.Series(list(values), dtype="object")
    read = pd.to_datetime(given, format=layout, utc=True, errors="coerce")
    return read.astype("datetime64[us, UTC]")


def wall_times(values: Sequence[str | None]) -> pandas.Series[Any]:
    """A column of times without an offset (datetime64[us]), as they are written."""
    import pandas as pd

    given: pandas.Series[Any] = pd.Series(list(values), dtype="object")
    read = pd.to_datetime(given, format="ISO8601", errors="coerce")
    return read.astype("datetime64[us]")


def typed(name: str, values: Sequence[str | None]) -> pandas.Series[Any]:
    """A column of a file that writes everything as text: its type is told by its values.

    A column whose name ends like an id stays text, and so do numbers that begin with 0.
    """
    present = [each for each in values if each is not None]
    times = timed(values)
    if times is not None:
        return times
    if not present or _ID.search(name):
        return texts(values)
    if all(map(_WHOLE.fullmatch, present)):
        return whole(values)
    if all(map(_DECIMAL.fullmatch, present)) and not any(map(_leads_with_zero, present)):
        return decimals(values)
    return texts(values)


def of_json(values: Sequence[Any]) -> pandas.Series[Any]:
    """A column of JSON values: typed where all are of one kind, objects where they are mixed."""
    import pandas as pd

    kinds = {type(each) for each in values if each is not None}
    if not kinds or kinds == {str}:
        times = timed(values)
        return texts(values) if times is None else times
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {int} and all(each is None or -(2**63) <= each < 2**63 for each in values):
        return whole(values)
    if kinds in ({float}, {int, float}):
        return decimals(values)
    return pd.Series(values, dtype="object")


def timed(values: Sequence[str | None]) -> pandas.Series[Any] | None:
    """The column as times when every value is one, all with an offset or none; else None."""
    present = [each for each in values if each is not None]
    found = [_MOMENT.fullmatch(each) for each in present]
    if not present or not all(found):
        return None
    zones = {bool(each and each["zone"]) for each in found}
    if len(zones) > 1:
        return None
    read = moments(values) if zones == {True} else wall_times(values)
    return None if int(read.isna().sum()) > len(values) - len(present) else read


def bad_times(columns: dict[str, list[Any]]) -> frozenset[int]:
    """Rows whose time is none, in a column that is named like a time and holds times mostly."""
    bad: set[int] = set()
    for name, values in columns.items():
        if not _TIME.search(name):
            continue
        present = [at for at, each in enumerate(values) if each is not None]
        wrong = {at for at in present if not is_moment(values[at])}
        if wrong and 2 * len(wrong) <= len(present):
            bad |= wrong
    return frozenset(bad)


def is_moment(value: Any) -> bool:
    """Whether this is written as a date or a time of a day, and the calendar has it."""
    from datetime import datetime

    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return False
    try:
        datetime.fromisoformat(value[:19])
    except ValueError:
        return False
    return True


def _leads_with_zero(value: str) -> bool:
    return bool(re.match(r"-?0\d", value))
