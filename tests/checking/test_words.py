"""How messages are put together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from champion.checking import words
from champion.checking.canonical import Scalar, canonical

from .making import table


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("These are loads. Which table?", "These are loads.", "Which table?"),
        ("Which zone, e.g. Berlin? Look.", "Which zone, e.g. Berlin?", "Look."),
        ("Use `a. B` here. Then?", "Use `a. B` here.", "Then?"),
        ("No end", "No end", ""),
        ("Whose clock: UTC? Look.", "Whose clock: UTC?", "Look."),
        ("Over\ntwo lines. And on.", "Over two lines.", "And on."),
        ('He said "no." Why?', 'He said "no."', "Why?"),
        ("A first part\n\nA second.", "A first part A second.", ""),
        ("`OR` is one. `AND` is both.", "`OR` is one.", "`AND` is both."),
    ],
)
def test_the_first_sentence_stands_alone(text: str, first: str, rest: str) -> None:
    assert words.first_sentence(text) == (first, rest)


def test_bold_marks_go_and_code_stays() -> None:
    assert words.plain("These are **loads**: `a ** b`.") == "These are loads: `a ** b`."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("videos that were *not* deleted", "videos that were not deleted"),
        ("*Both files* and *The first one*.", "Both files and The first one."),
        ("asked: *“why?”* and *`it` too*", "asked: “why?” and `it` too"),
        ("it **was *really* so**", "it was really so"),
        ("`count(*)` and `sum(*)`", "`count(*)` and `sum(*)`"),
        ("7 * 6 * 60", "7 * 6 * 60"),
        ("SELECT * FROM t; count(*) + sum(*)", "SELECT * FROM t; count(*) + sum(*)"),
        ("2*3*4 = 24", "2*3*4 = 24"),
        ("an open *end", "an open *end"),
        ("over *two\nlines* of it", "over two\nlines of it"),
    ],
)
def test_marks_for_emphasis_go_and_code_and_arithmetic_stay(written: str, read: str) -> None:
    assert words.plain(written) == read


def test_what_a_customer_says_stands_in_one_pair_of_marks() -> None:
    assert words.quoted('"Six hundred?"') == '"Six hundred?"'
    assert words.quoted("“Six hundred?”") == '"Six hundred?"'
    assert words.quoted("Six hundred?") == '"Six hundred?"'
    assert words.quoted('"I asked you *why*."') == '"I asked you why."'


def test_names_are_listed_as_people_list_them() -> None:
    assert words.names(["a"]) == "`a`"
    assert words.names(["a", "b", "c"]) == "`a`, `b` and `c`"
    assert words.names([f"n{each}" for each in range(1000)]).endswith("`n7` and 992 more")


def test_a_table_shows_three_rows_and_six_columns_at_most() -> None:
    wide = table(**{name: range(5) for name in "abcdefgh"})
    shown = words.small_table(wide.columns, [0, 2, 3, 4]).split("\n")
    assert shown[1:-1] == [
        "    a  b  c  d  e  f",
        "    0  0  0  0  0  0",
        "    2  2  2  2  2  2",
        "    3  3  3  3  3  3",
        "    … and 1 more",
    ]


def test_numbers_stand_right_and_texts_left() -> None:
    made = table(name=["Ada", "Bo"], n=[5, 1000])
    assert words.small_table(made.columns, [0, 1]).strip("\n").split("\n") == [
        "    name     n",
        "    Ada      5",
        "    Bo    1000",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (dt.date(2026, 3, 31), "2026-03-31"),
        (dt.datetime(2026, 3, 31, 18), "2026-03-31 18:00:00"),
        (dt.datetime(2026, 3, 31, 18, tzinfo=dt.UTC), "2026-03-31 18:00:00+00:00"),
        (dt.timedelta(hours=36), "36 hours"),
        (dt.timedelta(seconds=90), "0:01:30"),
        (dt.time(18, 30), "18:30:00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E+999"), "1E+999"),
        (1.5, "1.5"),
        ("two\nlines\t", "two·lines·"),
        ("x" * 40, "x" * 27 + "…"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value: Any, text: str) -> None:
    made = canonical(value)
    assert isinstance(made, Scalar)
    assert words.cell(made.kind, made.value) == text


def test_a_number_longer_than_python_prints_is_described() -> None:
    assert words.cell("number", 2**16609) == "a whole number of 16610 bits"


def test_a_time_beyond_the_calendar_is_shown_all_the_same() -> None:
    assert words.cell("clock", 10**21) == "1000000000000000000000 ns a…"


def test_a_cell_of_a_mixed_column_is_shown_as_its_own_kind() -> None:
    assert words.cell("mixed", ("day", 0)) == "1970-01-01"
