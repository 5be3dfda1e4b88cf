"""What a learner's values are read as."""

from __future__ import annotations

import asyncio
import datetime as dt
import enum
import types
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import matplotlib.figure
import numpy as np
import pandas as pd
import pytest

from champion.checking.canonical import DOTS, Other, Scalar, Table, canonical
from champion.checking.values import COLUMN_LIMIT, ROW_LIMIT

from .making import table

BERLIN = ZoneInfo("Europe/Berlin")


def column(values: Any) -> tuple[str, tuple[Any, ...]]:
    made = canonical(pd.DataFrame({"it": values}))
    assert isinstance(made, Table)
    assert {type(value).__module__ for value in made.columns[0].values} <= {"builtins", "decimal"}
    return made.columns[0].kind, made.columns[0].values


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 2, 3]),
        pd.Series([1, 2, 3], dtype="Int64"),
        pd.Series([1, 2, 3], dtype="uint8"),
        pd.Series([1, 2, 3], dtype=object),
        pd.Series([1.0, 2.0, 3.0]),
        pd.Series([1.0, 2.0, 3.0], dtype="Float64"),
        pd.Series([1.0, 2.0, 3.0], dtype="float32"),
        pd.Series([Decimal(1), Decimal("2.0"), Decimal(3)]),
        pd.Series([np.int8(1), np.float64(2), 3], dtype=object),
        pd.Series([1, 2, 3], dtype="category"),
        pd.Series(pd.arrays.SparseArray([1, 2, 3])),
    ],
    ids=lambda series: str(series.dtype),
)
def test_numbers_are_the_same_whatever_pandas_calls_them(values: pd.Series) -> None:
    assert column(values) == ("number", (1, 2, 3))


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["a", None, "c"]),
        pd.Series(["a", np.nan, "c"], dtype=object),
        pd.Series(["a", pd.NA, "c"], dtype="string"),
        pd.Series(["a", None, "c"], dtype="category"),
        pd.Series(["a", pd.NaT, "c"], dtype=object),
    ],
    ids=lambda series: str(series.dtype),
)
def test_every_way_to_be_missing_is_one_null(values: pd.Series) -> None:
    assert column(values) == ("text", ("a", None, "c"))


@pytest.mark.parametrize(
    "values",
    [
        [None, None],
        [np.nan, np.nan],
        pd.Series([pd.NaT, pd.NaT]),
        pd.Series([pd.NaT, pd.NaT], dtype="datetime64[us, UTC]"),
        pd.Series([pd.NA, pd.NA], dtype="Int64"),
        [Decimal("NaN"), Decimal("sNaN")],
        [np.datetime64("NaT"), np.timedelta64("NaT")],
    ],
)
def test_a_column_of_nulls_has_no_kind_of_its_own(values: Any) -> None:
    assert column(values) == ("empty", (None, None))


def test_true_is_not_one() -> None:
    assert column([True, False]) == ("truth", (True, False))
    assert column(pd.Series([True, None], dtype="boolean")) == ("truth", (True, None))
    assert column(pd.Series([True, 1], dtype=object))[0] == "mixed"


def test_large_whole_numbers_keep_every_digit() -> None:
    large = [2**53 + 1, 2**63 + 1, -(2**70)]
    assert column(pd.Series(large, dtype=object)) == ("number", tuple(large))
    assert column(pd.Series([2**64 - 1], dtype="uint64")) == ("number", (2**64 - 1,))


def test_a_moment_is_the_same_in_every_zone_and_every_resolution() -> None:
    utc = pd.Timestamp("2026-03-01 17:00", tz="UTC")
    wanted = ("moment", (1_772_384_400 * 10**9,))
    for value in (
        pd.Series([utc]),
        pd.Series([utc]).dt.tz_convert("Europe/Berlin"),
        pd.Series([utc]).dt.as_unit("s"),
        pd.Series([utc], dtype=object),
        pd.Series([dt.datetime(2026, 3, 1, 18, tzinfo=BERLIN)], dtype=object),
    ):
        assert column(value) == wanted


def test_the_hour_that_comes_twice_is_two_moments() -> None:
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    kind, values = column(pd.Series([first, first.replace(fold=1)], dtype=object))
    assert kind == "moment"
    assert values[1] - values[0] == 3600 * 10**9


def test_a_clock_without_zone_is_no_moment() -> None:
    assert column([dt.datetime(2026, 3, 1, 17)]) == ("clock", (1_772_384_400 * 10**9,))
    assert column(pd.Series([np.datetime64("2026-03-01T17")], dtype=object))[0] == "clock"


def test_nanoseconds_are_kept() -> None:
    assert column([pd.Timestamp("1970-01-01 00:00:00.000000007")]) == ("clock", (7,))
    assert column(pd.Series([pd.Timestamp(7)], dtype=object)) == ("clock", (7,))
    assert column(pd.Series([pd.Timedelta(7)], dtype=object)) == ("span", (7,))


def test_days_spans_times_and_bytes_are_each_their_own_kind() -> None:
    assert column([dt.date(1970, 1, 2)]) == ("day", (86_400 * 10**9,))
    assert column([dt.timedelta(days=-1)]) == ("span", (-86_400 * 10**9,))
    assert column([dt.time(0, 0, 1)]) == ("time", (10**9,))
    assert column([b"a", bytearray(b"b")]) == ("bytes", (b"a", b"b"))
    assert column(pd.Series(pd.period_range("2026-03", periods=1, freq="M"))) == (
        "period",
        ("2026-03",),
    )


def test_lists_become_text_and_equal_lists_the_same_text() -> None:
    assert column([[1, "a", None], (1.0, "a", np.nan)]) == ("list", ("[1, 'a', NULL]",) * 2)
    assert column([{"a": [1]}, np.array([[1, 2]])]) == ("list", ("{'a': [1]}", "[[1, 2]]"))


def test_a_list_that_holds_itself_is_read_all_the_same() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert column(pd.Series([endless, 1], dtype=object))[0] == "mixed"


def test_an_identifier_is_text() -> None:
    text = "12345678-1234-5678-1234-567812345678"
    assert column([UUID(text)]) == ("text", (text,))


def test_things_that_cannot_be_compared_are_named() -> None:
    assert column([object(), 1]) == ("thing", ("an object of type object", "1"))


def test_columns_are_named_as_text_even_when_two_share_a_name() -> None:
    frame = pd.DataFrame([[1, 2, 3, 4]], columns=["a", "a", 7, ("plays", "sum")])
    made = canonical(frame)
    assert isinstance(made, Table)
    assert made.names == ("a", "a", "7", "plays, sum")
    assert [each.values for each in made.columns] == [(1,), (2,), (3,), (4,)]


def test_a_named_index_is_remembered() -> None:
    made = canonical(pd.DataFrame({"day": [1], "plays": [2]}).set_index("day"))
    assert isinstance(made, Table)
    assert made.index == ("day",)
    assert table(a=[1]).index == ()


def test_of_a_frame_far_too_long_the_head_is_read_and_its_length_is_true() -> None:
    long = canonical(pd.DataFrame({"n": np.zeros(ROW_LIMIT + 5, dtype="int8")}))
    assert isinstance(long, Table)
    assert (long.rows, long.whole, len(long.columns[0].values)) == (ROW_LIMIT + 5, False, ROW_LIMIT)


def test_of_a_frame_far_too_wide_the_first_columns_are_read() -> None:
    wide = canonical(pd.DataFrame(np.zeros((2, COLUMN_LIMIT + 1))))
    assert isinstance(wide, Table)
    assert (len(wide.columns), wide.whole, wide.rows) == (COLUMN_LIMIT, False, 2)


def test_a_frame_at_the_limit_is_whole() -> None:
    made = canonical(pd.DataFrame({"n": np.zeros(ROW_LIMIT, dtype="int8")}))
    assert isinstance(made, Table)
    assert made.whole


def test_a_frame_that_lies_about_itself_is_read_as_it_is() -> None:
    class Liar(pd.DataFrame):
        def __eq__(self, other: object) -> Any:
            return True

        def __repr__(self) -> str:
            raise RuntimeError

        @property
        def columns(self) -> Any:
            raise RuntimeError

        @property
        def shape(self) -> Any:
            return (0, 0)

        def __getitem__(self, key: Any) -> Any:
            raise RuntimeError

    assert canonical(Liar({"n": [1]})) == table(n=[1])


def test_values_that_lie_about_themselves_are_read_as_they_are() -> None:
    class Liar(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    class Shouter(str):
        def __str__(self) -> str:
            return "anything"

    class Colour(enum.StrEnum):
        RED = "red"

    kind, values = column(pd.Series([Liar(1), Colour.RED, Shouter("quiet")], dtype=object))
    assert kind == "mixed"
    assert values == (("number", 1), ("text", "red"), ("text", "quiet"))
    assert [type(value) for _, value in values] == [int, str, str]


@pytest.mark.parametrize(
    ("value", "scalar"),
    [
        (3, Scalar("number", 3)),
        (np.int64(3), Scalar("number", 3)),
        (np.float32(0.5), Scalar("number", 0.5)),
        (np.array(3), Scalar("number", 3)),
        (np.bool_(True), Scalar("truth", True)),
        (Decimal("1.10"), Scalar("number", Decimal("1.1"))),
        ("b", Scalar("text", "b")),
        (None, Scalar("empty", None)),
        (pd.NA, Scalar("empty", None)),
        (float("nan"), Scalar("empty", None)),
        (pd.Timestamp("1970-01-02"), Scalar("clock", 86_400 * 10**9)),
        (dt.date(1970, 1, 2), Scalar("day", 86_400 * 10**9)),
        (np.datetime64("1970-01-02"), Scalar("clock", 86_400 * 10**9)),
        (np.timedelta64(2, "h"), Scalar("span", 7200 * 10**9)),
    ],
    ids=repr,
)
def test_one_value_is_read_as_in_a_column(value: object, scalar: Scalar) -> None:
    assert canonical(value) == scalar


def test_what_is_neither_a_table_nor_a_value_is_said_in_words() -> None:
    async def later() -> None:
        await asyncio.sleep(0)

    waiting = later()
    frame = pd.DataFrame({"day": [1], "plays": [2]})
    said = {
        "a list": [1],
        "one thing with a comma after it": (frame,),
        "two things parted by a comma": ("b", "Pro"),
        "4 things parted by commas": (1, 2, 3, 4),
        "a dictionary": {},
        "a set": {1},
        "a range": range(3),
        "a coroutine": waiting,
        "a generator": (each for each in [1]),
        "a function": later,
        "a method": frame.head,
        "a module": types,
        "a class": pd.DataFrame,
        "a plot": matplotlib.figure.Figure(),
        "one column (a Series)": frame["plays"],
        "an index": frame.index,
        "an array": np.array([1, 2]),
        "a grouping that is not counted yet": frame.groupby("day"),
        "an object of type object": object(),
    }
    for words, value in said.items():
        made = canonical(value)
        assert isinstance(made, Other)
        assert made.what == words
    waiting.close()


def test_a_comma_for_a_point_is_thought_of_where_there_are_two_numbers() -> None:
    two, three = canonical((0, 7)), canonical((5, 5, 4))
    assert isinstance(two, Other)
    assert isinstance(three, Other)
    assert "0.7" in two.then
    assert "0.7" not in three.then


def test_a_coroutine_is_asked_about_await() -> None:
    async def later() -> None: ...

    waiting = later()
    made = canonical(waiting)
    waiting.close()
    assert isinstance(made, Other)
    assert "await" in made.then


def test_a_series_is_told_how_to_stay_a_table() -> None:
    frame = pd.DataFrame({"day": [1, 1], "plays": [2, 3]})
    brackets = canonical(frame["plays"])
    grouped = canonical(frame.groupby("day")["plays"].sum())
    unnamed = canonical(pd.Series([1]))
    assert isinstance(brackets, Other)
    assert '[["plays"]]' in brackets.then
    assert isinstance(grouped, Other)
    assert ".reset_index()" in grouped.then
    assert isinstance(unnamed, Other)
    assert ".to_frame()" in unnamed.then


def test_dots_are_an_answer_not_yet_given() -> None:
    assert canonical(...) == DOTS


def test_nothing_that_raises_when_looked_at_gets_out() -> None:
    class Trap(pd.DataFrame):
        @property
        def _mgr(self) -> Any:
            raise ZeroDivisionError

        @_mgr.setter
        def _mgr(self, value: Any) -> None:
            pass

    class Clock(dt.tzinfo):
        def utcoffset(self, when: dt.datetime | None) -> dt.timedelta:
            raise ZeroDivisionError

    trap = object.__new__(Trap)
    assert isinstance(canonical(trap), Other)
    assert isinstance(canonical(dt.datetime(2026, 3, 1, tzinfo=Clock())), Other)
