"""A wrong answer that has no name, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champion.checking.canonical import canonical
from champion.checking.compare import equal
from champion.checking.differences import difference
from champion.checking.values import Table

from .frames import CELLS, frames
from .making import task

DAYS = [dt.date(2026, 3, day) for day in range(1, 13)]
PLAYS = pd.DataFrame({"day": DAYS, "plays": [3, 5, 8, 2, 9, 14, 1, 1, 7, 20, 11, 6]})
SUMMER = pd.to_datetime(["2026-03-27", "2026-03-28", "2026-03-30"]).tz_localize("UTC")
MOMENTS = pd.DataFrame({"id": [1, 2, 3], "at": SUMMER})


def told(mine: Any, wanted: Any, **changes: Any) -> list[str]:
    one, other = (each if isinstance(each, Table) else canonical(each) for each in (mine, wanted))
    asked = task(**changes)
    assert not equal(asked, one, other)
    return difference(asked, one, other)


def first(mine: Any, wanted: Any = PLAYS, **changes: Any) -> str:
    return told(mine, wanted, **changes)[0]


def rest(mine: Any, wanted: Any = PLAYS, **changes: Any) -> str:
    return "\n".join(told(mine, wanted, **changes)[1:])


def one_column(mine: Sequence[Any], wanted: Sequence[Any]) -> str:
    """What is said of one column `it`, beside a column that tells the rows apart."""
    names = [f"row {at}" for at in range(len(wanted))]
    frames = [
        pd.DataFrame({"name": names, "it": pd.Series(list(values), dtype=object)})
        for values in (mine, wanted)
    ]
    return first(*frames)


# Columns


def test_a_misspelt_column_is_shown_both_ways() -> None:
    assert first(PLAYS.rename(columns={"day": "Day"})) == "`day` is there as `Day`."
    assert first(PLAYS.rename(columns={"plays": "play s"})) == "`plays` is there as `play s`."
    assert first(PLAYS.rename(columns={"plays": "palys"})) == "`plays` is there as `palys`."
    both = PLAYS.rename(columns=str.upper)
    assert first(both) == "`day` is there as `DAY`, `plays` is there as `PLAYS`."


def test_a_column_without_a_name_of_its_own_is_told_about_as() -> None:
    unnamed = PLAYS.rename(columns={"plays": "count_star()"})
    assert "`count_star()` was given no name" in first(unnamed)
    assert "AS plays" in rest(unnamed)


def test_a_missing_column_is_named_and_those_there_are_listed() -> None:
    assert first(PLAYS[["day"]]) == "There is no column `plays`."
    assert rest(PLAYS[["day"]]) == "Your columns are `day`."
    assert first(pd.DataFrame(index=[0])) == "There are no columns `day` and `plays`."


def test_a_column_hidden_in_the_index_is_found_there() -> None:
    assert first(PLAYS.set_index("day")).startswith("`day` is in the index")
    assert "reset_index" in rest(PLAYS.set_index("day"))


def test_a_column_too_many_is_named() -> None:
    assert first(PLAYS.assign(more=1)) == "`more` is not asked for."
    assert rest(PLAYS.assign(more=1)).startswith("The task asks for `day` and `plays`")


def test_a_column_that_is_there_twice_is_named() -> None:
    twice = pd.concat([PLAYS, PLAYS[["plays"]]], axis=1)
    assert first(twice) == "There is more than one column called `plays`."


@pytest.mark.parametrize(
    ("mine", "wanted", "words"),
    [
        (["3"], [3], "text; the task wants numbers"),
        ([3], ["3"], "numbers; the task wants text"),
        ([True], [1], "true and false; the task wants numbers"),
        ([SUMMER[0]], [DAYS[0]], "moments (date, time and zone); the task wants dates"),
        (
            [SUMMER[0].tz_localize(None)],
            [SUMMER[0]],
            "dates with a time but no zone; the task wants moments",
        ),
        (
            [dt.datetime(2026, 3, 1, 7)],
            [DAYS[0]],
            "dates with a time but no zone; the task wants dates",
        ),
        ([pd.Period("2026-03")], [DAYS[0]], "periods; the task wants dates"),
        (["3", 3], [3, 3], "values of several kinds; the task wants numbers"),
        ([object()], [3], "things that cannot be compared; the task wants numbers"),
    ],
)
def test_values_of_another_kind_are_named_by_their_kind(
    mine: list[Any], wanted: list[Any], words: str
) -> None:
    assert words in one_column(mine, wanted)


# Rows


def test_a_table_without_rows_asks_for_the_condition() -> None:
    assert first(PLAYS.iloc[:0]) == "Your table has no rows."
    assert "Which condition" in rest(PLAYS.iloc[:0])
    assert first(PLAYS, PLAYS.iloc[:0]) == "Your table has 12 rows, and there should be none."


def test_a_table_far_too_large_is_told_its_length() -> None:
    made = canonical(PLAYS)
    assert isinstance(made, Table)
    huge = Table(made.columns, 5_000_000, whole=False)
    assert first(huge) == "Your table has 5,000,000 rows, far more than the task asks for."
    assert "first 12 were read" in rest(huge)


def test_rows_that_all_appear_three_times_are_counted() -> None:
    assert first(pd.concat([PLAYS] * 3)) == (
        "Each of your rows appears 3 times: did a join fan out?"
    )


def test_rows_that_appear_too_often_are_shown() -> None:
    more = pd.concat([PLAYS, PLAYS.iloc[[4]], PLAYS.iloc[[4]]])
    assert first(more).endswith("some come too often: 2 too many.")
    assert rest(more).count("2026-03-05") == 2


def test_rows_that_were_made_one_are_missed() -> None:
    assert first(PLAYS, pd.concat([PLAYS, PLAYS.iloc[[4]]])) == (
        "Each of your rows belongs, but some belong more than once."
    )


def test_right_rows_in_wrong_order_are_told_so() -> None:
    order = {"order": ("day",)}
    mixed = PLAYS.iloc[[3, 1, 2, 0, *range(4, 12)]]
    assert first(mixed, **order) == "The rows are right, their order is not."
    assert "`day`" in rest(mixed, **order)
    assert "the other way round" not in rest(mixed, **order)
    assert rest(PLAYS.iloc[::-1], **order) == "By `day` they run the other way round."


def test_a_wrong_order_among_equals_names_the_column_that_decides() -> None:
    wanted = pd.DataFrame({"day": [1, 1, 2], "title": ["a", "b", "c"]})
    mine = wanted.iloc[[1, 0, 2]]
    said = rest(mine, wanted, order=("day", "title"))
    assert said.startswith("`day` runs as asked, `title` does not")


@pytest.mark.parametrize("have", [5, 10, 20, 25, 50, 75, 100, 300])
def test_rows_that_stop_where_a_page_ends_are_told_so(have: int) -> None:
    wanted = pd.DataFrame({"id": range(407)})
    assert first(wanted.iloc[:have], wanted) == (
        f"Your {have} rows belong, but they stop at exactly {have}, and there are more."
    )


def test_a_page_missing_in_the_middle_is_noticed() -> None:
    wanted = pd.DataFrame({"id": range(83)})
    assert "exactly 25 are missing" in first(wanted.drop(range(25, 50)), wanted)


def test_missing_rows_are_counted_and_named_by_their_first_column_only() -> None:
    assert first(PLAYS.iloc[:8]) == "All your 8 rows belong, but 4 are missing."
    assert rest(PLAYS.iloc[:8]) == (
        "Missing, by `day`: 2026-03-09, 2026-03-10, 2026-03-11 and 1 more."
    )
    assert first(PLAYS.iloc[:11]) == "All your 11 rows belong, but 1 is missing."
    assert rest(PLAYS.iloc[:11]) == "Missing, by `day`: 2026-03-12."
    assert first(PLAYS.iloc[:1]) == "Your only row belongs, but 11 are missing."


def test_missing_rows_are_not_named_where_the_name_is_the_answer() -> None:
    assert rest(PLAYS[["day"]].iloc[:8], PLAYS[["day"]]) == ""
    turned = PLAYS[["plays", "day"]]
    assert rest(turned.iloc[:8], turned) == ""
    ids = PLAYS.rename(columns={"plays": "video_id"})[["video_id", "day"]]
    assert rest(ids.iloc[:11], ids) == "Missing, by `video_id`: 6."


def test_missing_rows_that_share_a_null_are_told_by_it() -> None:
    wanted = PLAYS.assign(note=[None, None, *"abcdefghij"])
    assert rest(wanted.iloc[2:], wanted) == "In each row that is missing, `note` is NULL."


def test_rows_that_do_not_belong_are_shown_three_at_most() -> None:
    more = pd.concat([PLAYS, PLAYS.assign(day=dt.date(2026, 4, 1), plays=7)])
    assert first(more) == "All the right rows are there, and with them 12 that do not belong:"
    assert rest(more).count("2026-04-01") == 3
    assert "… and 9 more" in rest(more)


def test_rows_that_share_a_null_and_do_not_belong_are_told_by_it() -> None:
    wanted = PLAYS.assign(note="a")
    more = pd.concat([wanted, wanted.iloc[:2].assign(note=None)])
    assert rest(more, wanted).endswith("In each of them, `note` is NULL.")


def test_rows_both_missing_and_too_many_are_counted_apart() -> None:
    mine = PLAYS.iloc[:10].assign(day=[dt.date(2026, 4, 1), *DAYS[1:10]])
    assert first(mine) == "1 of your 10 rows does not belong, and 3 are missing:"
    assert "2026-04-01" in rest(mine)
    assert "Missing, by `day`: 2026-03-01" in rest(mine)


def test_a_table_without_one_right_row_is_told_so() -> None:
    assert first(PLAYS.assign(day=DAYS[0], plays=0)) == (
        "The columns are as asked, but none of your 12 rows is right:"
    )


def test_right_values_are_never_shown() -> None:
    secret = PLAYS.assign(plays=range(7000, 7012))
    mine = PLAYS.assign(plays=[9, *range(7001, 7012)]).iloc[:9]
    assert "7000" not in "\n".join(told(mine, secret))
    assert "7011" not in "\n".join(told(mine, secret))


# One column


def test_one_wrong_column_is_named_and_its_rows_shown() -> None:
    some = PLAYS.assign(plays=[3, 5, 8, 2, 9, 14, 1, 1, 70, 20, 11, 16])
    assert first(some) == "`plays` is wrong in 2 of your 12 rows; the rest is right:"
    assert rest(some).split() == ["day", "plays", "2026-03-09", "70", "2026-03-12", "16"]
    every = PLAYS.assign(plays=[5, 3, 2, 8, 1, 1, 9, 14, 20, 7, 6, 11])
    assert first(every) == "`plays` is wrong in every row; the rest is right:"
    assert first(PLAYS.iloc[:1].assign(plays=90), PLAYS.iloc[:1]) == (
        "`plays` is wrong; the rest of your row is right:"
    )


def later(hours: Sequence[float]) -> pd.DataFrame:
    return MOMENTS.assign(at=MOMENTS["at"] + pd.to_timedelta(list(hours), unit="h"))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([1, 1, 1], "Every `at` is 1 hour too late."),
        ([-2, -2, -2], "Every `at` is 2 hours too early."),
        ([5.5, 5.5, 5.5], "Every `at` is 330 minutes too late."),
        ([24, 24, 24], "Every `at` is 1 day too late."),
        ([1, 1, 2], "Every `at` is 1 or 2 hours too late, by the time of year."),
        ([-2, -1, -1], "Every `at` is 1 or 2 hours too early, by the time of year."),
        ([0, 0, 1], "`at` is 1 hour too late in 1 row, and right in the others."),
        ([0, 0, 5], "`at` is wrong in 1 of your 3 rows; the rest is right:"),
        ([1, 2, 3], "`at` is wrong in every row; the rest is right:"),
        ([0.1, 0.1, 0.1], "`at` is wrong in every row; the rest is right:"),
    ],
)
def test_times_off_by_hours_are_told_by_how_many(hours: list[float], words: str) -> None:
    assert first(later(hours), MOMENTS) == words


def test_days_off_by_one_are_asked_about_the_zone() -> None:
    next_day = PLAYS.assign(day=[each + dt.timedelta(days=1) for each in DAYS])
    assert first(next_day) == "Every `day` is 1 day too late."
    assert "another zone" in rest(next_day)


def test_two_columns_off_by_the_same_hours_are_noticed() -> None:
    wanted = MOMENTS.assign(until=MOMENTS["at"] + pd.Timedelta(minutes=7))
    hour = pd.Timedelta(hours=1)
    mine = wanted.assign(at=wanted["at"] + hour, until=wanted["until"] + hour)
    assert first(mine, wanted) == "Every `at` is 1 hour too late."


@pytest.mark.parametrize(
    ("mine", "wanted", "words"),
    [
        ([300, 500], [3, 5], "Every `it` is 100 times too large."),
        ([0.03, 0.05], [3, 5], "Every `it` is 100 times too small."),
        ([180, 0], [3, 0], "Every `it` is 60 times too large."),
        ([Decimal("0.003"), Decimal("0.005")], [3, 5], "Every `it` is 1,000 times too small."),
        ([6, 10], [3, 5], "Every `it` is 2 times what it should be."),
        ([7.5, 12.5], [3, 5], "Every `it` is off by the same factor."),
        ([4.2, 7.0], [3, 5], "Every `it` is off by the same factor."),
        ([-3, -5], [3, 5], "`it` has the wrong sign."),
        ([4, 6], [3, 5], "Every `it` is one too much."),
        ([2, 4], [3, 5], "Every `it` is one too little."),
        ([3, 2], [3.5, 2.9], "`it` has lost what stands after the point."),
        ([3.6, 2.9], [3.55, 2.9111], "`it` is close, but rounded to 1 place."),
        ([4, 3], [3.55, 2.91], "`it` is close, but rounded to a whole number."),
        ([3.55, 2.9111], [3.6, 2.9], "`it` is close, but not rounded as the task asks."),
        ([6.004, 7.003], [6, 7], "`it` is close, but not equal."),
        ([1001, 500], [1000, 500], "`it` is close in 1 row, but not equal."),
        ([1001, 502], [1000, 500], "`it` is close, but not equal."),
        ([None, 5], [3, 5], "`it` is NULL in 1 row where there should be a value."),
        ([None, None], [3, 5], "`it` is NULL in every row, where there should be a value."),
        ([0, 5], [None, 5], "`it` has a value in 1 row where it should be NULL."),
        (["a ", "b"], ["a", "b"], "`it` differs only in its spaces."),
        (["A ", "b"], ["a", "B"], "`it` differs only in how it is written: capital letters"),
        (["x", "b"], ["a", "b"], "`it` is wrong in 1 of your 2 rows; the rest is right:"),
        ([6, 5], [3, 5], "`it` is wrong in 1 of your 2 rows; the rest is right:"),
        ([300, 500, None], [3, 5, None], "Every `it` is 100 times too large."),
        ([300, 500, None], [3, 5, 1], "`it` is wrong in every row; the rest is right:"),
        ([SUMMER[1], None], [SUMMER[0], None], "`it` is 1 day too late."),
        ([3000, 5000], [3, 5], "Every `it` is 1,000 times too large."),
        ([SUMMER[1], None], [SUMMER[0], SUMMER[2]], "`it` is wrong in every row; the rest"),
        ([9, 1], [3, 5], "`it` is wrong in every row; the rest is right:"),
        ([10**400, 1], [3, 5], "`it` is wrong in every row; the rest is right:"),
        ([float("inf"), 1], [3, 5], "`it` is wrong in every row; the rest is right:"),
    ],
)
def test_numbers_and_texts_off_in_one_way_are_told_in_which(
    mine: list[Any], wanted: list[Any], words: str
) -> None:
    assert one_column(mine, wanted).startswith(words)


def test_ids_are_never_called_close_or_too_large() -> None:
    wanted = pd.DataFrame({"name": ["a", "b"], "video_id": [1000, 2000]})
    mine = wanted.assign(video_id=[1001, 2001])
    assert first(mine, wanted) == "`video_id` is wrong in every row; the rest is right:"


def test_rows_that_only_their_place_pairs_are_not_called_shifted() -> None:
    hours = pd.date_range("2026-03-01", periods=6, freq="h", tz="UTC")
    wanted, mine = (
        pd.DataFrame({"at": hours[[0, 1, 2, 3]]}),
        pd.DataFrame({"at": hours[[0, 1, 3, 4]]}),
    )
    assert first(mine, wanted) == "1 of your 4 rows does not belong, and 1 is missing:"


# What was made, and not kept


@pytest.mark.parametrize(
    ("mine", "source", "words"),
    [
        (PLAYS.set_index("day"), "by = t.groupby('day').sum()\nby.reset_index()", "did not keep"),
        (PLAYS.set_index("day"), "by = t.groupby('day').sum()", "turns an index into columns"),
        (PLAYS[["plays"]], "by = t.reset_index(drop=True)", "throws the index away"),
        (PLAYS.assign(id=1), "by = t.merge(u)\nby[['day', 'plays']]", "did not keep"),
        (PLAYS.assign(id=1), "by = t.merge(u)\nby = by[['day', 'plays', 'id']]", "leave out"),
        (PLAYS["plays"], "by = t['plays']", "took this one column out"),
    ],
)
def test_what_was_not_kept_is_told(mine: Any, source: str, words: str) -> None:
    said = difference(task(), canonical(mine), canonical(PLAYS), source)
    assert words in "\n".join(said)


# Values, choices and everything else


@pytest.mark.parametrize(
    ("mine", "wanted", "words"),
    [
        (612, 600, "`total` is 612, and that is not right."),
        (60000, 600, "`total` is 100 times too large."),
        (1200, 600, "`total` is 1200, and that is not right."),
        (601, 600, "`total` is close, but not equal."),
        ("600", 600, "`total` is a piece of text; the task wants a number."),
        (None, 600, "`total` holds nothing (None); the task wants a number."),
        ([600], 600, "`total` is a list; the task wants one value."),
        (PLAYS, 600, "`total` is a table of 12 rows and 2 columns; the task wants one value."),
        (PLAYS["plays"], 600, "`total` is one column (a Series); the task wants one value."),
        (SUMMER[1], SUMMER[0], "`total` is 1 day too late."),
        ("berlin", "Berlin", "`total` differs only in how it is written"),
    ],
)
def test_a_wrong_value_is_told_what_it_is(mine: Any, wanted: Any, words: str) -> None:
    assert first(mine, wanted, kind="value", variable="total").startswith(words)


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        ("e", '"e" is none of the options.'),
        ("first", '"first" is none of the options.'),
        ("a", '"a" is not it.'),
        (2, "`which` is a number; the task wants one letter."),
        (["b"], "`which` is a list; the task wants one letter."),
    ],
)
def test_a_wrong_choice_is_told_the_options(mine: Any, words: str) -> None:
    asked: dict[str, Any] = {"kind": "choice", "variable": "which", "options": ("a", "b", "c")}
    assert first(mine, "b", **asked) == words
    assert words.endswith("not it.") or "`a`, `b` and `c`" in rest(mine, "b", **asked)


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (PLAYS["plays"], "`plays_by_day` is one column (a Series); the task wants a table."),
        ([1], "`plays_by_day` is a list; the task wants a table."),
        (12, "`plays_by_day` is a number; the task wants a table."),
        (None, "`plays_by_day` holds nothing (None); the task wants a table."),
        ("SELECT 1", "`plays_by_day` is a piece of text; the task wants a table."),
    ],
)
def test_what_is_no_table_is_told_what_it_is(mine: Any, words: str) -> None:
    assert first(mine) == words


def test_what_is_no_table_is_told_what_to_do() -> None:
    assert '[["plays"]]' in rest(PLAYS["plays"], PLAYS[["plays"]])
    assert "gave nothing back" in rest(None)
    assert "%%sql" in rest("SELECT 1")


@given(
    frames(sorts=("whole", "float", "text", "moment", "day")),
    frames(sorts=("whole", "float", "text", "moment", "day")),
    st.booleans(),
)
def test_every_wrong_table_gets_words(
    mine: pd.DataFrame, wanted: pd.DataFrame, in_order: bool
) -> None:
    asked = task(order=("a",) if in_order else ())
    one, other = canonical(mine), canonical(wanted)
    if not equal(asked, one, other):
        said = difference(asked, one, other)
        assert said[0]
        assert said[0][0].isupper() or said[0][0] in '`"1234567890'
        assert said[0][-1] in ".:?"


@given(st.one_of(*CELLS.values()), st.one_of(*CELLS.values()))
def test_every_wrong_value_gets_words(mine: object, wanted: object) -> None:
    asked = task(kind="value", variable="total")
    if not equal(asked, canonical(mine), canonical(wanted)):
        assert difference(asked, canonical(mine), canonical(wanted))[0]
