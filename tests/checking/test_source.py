"""What is read from the text of an answer cell."""

from __future__ import annotations

import pytest

from champion.checking.source import assigned, is_blank

from .making import task

PYTHON = "plays_by_day = ..."


@pytest.mark.parametrize(
    "source",
    [
        "%%sql plays_by_day\nSELECT ...",
        "%%sql plays_by_day\n\n  SELECT   ...  \n",
        "%%sql plays_by_day\nSELECT day, ... FROM plays",
        "plays_by_day = ...",
        "plays_by_day = plays[plays.day == ...]",
        "plays_by_day = plays.groupby(...).size()",
        "%matplotlib inline\nplays_by_day = ...",
        "plays_by_day = plays.groupby(... .size()",
        "def plays_by_day(plays):\n    print(plays)\n    ...",
        "def plays_by_day(plays):\n    return ...",
        "def plays_by_day(plays):\n    print(...)\n    return plays",
    ],
)
def test_a_cell_that_still_holds_the_dots_is_blank(source: str) -> None:
    assert is_blank(task(), source)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "%%sql plays_by_day\nSELECT 1 -- what now...",
        "%%sql plays_by_day\nSELECT 1 /* ... */",
        "%%sql plays_by_day\nSELECT '...' AS \"...\"",
        "plays_by_day = 1  # ...",
        "plays_by_day = '...'",
        "plays_by_day = grid[..., 0]",
        "plays_by_day = '...' + (",
        "def plays_by_day(plays):\n    ...\n    return plays",
        "def plays_by_day(plays):\n    if plays:\n        return plays\n    ...",
    ],
)
def test_dots_elsewhere_are_no_blank(source: str) -> None:
    assert not is_blank(task(), source)


def test_a_cell_as_it_was_handed_out_is_blank_without_dots_too() -> None:
    asked = task(blank="%%sql plays_by_day\nSELECT  city\nFROM accounts")
    assert is_blank(asked, "%%sql plays_by_day\nSELECT city FROM accounts\n")
    assert not is_blank(asked, "%%sql plays_by_day\nSELECT name FROM accounts")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%%sql plays_per_day\nSELECT 1", ("plays_per_day",)),
        ("%%sql\nSELECT 1", ()),
        ("a = 1\nb, c = 2, 3\nd: int = 4\ne += 1", ("a", "b", "c", "d", "e")),
        ("a.b = 1\na['b'] = 1\nprint(1)", ()),
        ("%time\na = 1", ("a",)),
        ("a = (", ()),
    ],
)
def test_the_names_a_cell_assigns(source: str, names: tuple[str, ...]) -> None:
    assert assigned(source) == names
