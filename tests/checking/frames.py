"""Frames of every kind of column, drawn by hypothesis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import strategies as st

_ZONES = st.sampled_from([dt.UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")])
_FROM, _TO = dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)

CELLS: dict[str, st.SearchStrategy[object]] = {
    "whole": st.integers(-(2**70), 2**70) | st.integers(-3, 3),
    "float": st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 0.1, 1.5]),
    "decimal": st.decimals(-(10**6), 10**6, places=2) | st.just(Decimal("NaN")),
    "text": st.text(max_size=4) | st.sampled_from(["a", "A", "a ", ""]),
    "truth": st.booleans(),
    "day": st.dates(_FROM.date(), _TO.date()),
    "clock": st.datetimes(_FROM, _TO),
    "moment": st.datetimes(_FROM, _TO, timezones=_ZONES),
    "span": st.timedeltas(dt.timedelta(days=-1000), dt.timedelta(days=1000)),
    "time": st.times(),
    "bytes": st.binary(max_size=3),
    "list": st.lists(st.integers(0, 3), max_size=2),
}
"""Cells by sort of column; any column may also hold None."""


@st.composite
def frames(
    draw: st.DrawFn, min_rows: int = 0, max_rows: int = 8, sorts: tuple[str, ...] = tuple(CELLS)
) -> pd.DataFrame:
    """A frame of one to four columns, each of one sort, as objects or as pandas infers them."""
    rows = draw(st.integers(min_rows, max_rows))
    made = {}
    for name in "abcd"[: draw(st.integers(1, 4))]:
        cells = CELLS[draw(st.sampled_from(sorts))] | st.none()
        values = draw(st.lists(cells, min_size=rows, max_size=rows))
        made[name] = pd.Series(values, dtype=object)
    frame = pd.DataFrame(made)
    return frame.infer_objects() if draw(st.booleans()) else frame
