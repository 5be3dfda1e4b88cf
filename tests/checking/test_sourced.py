"""Differences that the text of the learner's query explains."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from champion.checking import sourced
from champion.checking.canonical import canonical
from champion.checking.differences import difference

from .making import task

WANTED = pd.DataFrame({"id": range(1, 6), "title": list("abcde")})


def told(mine: Any, sql: str, **changes: Any) -> str:
    asked = task(**{"reference": "%%sql answer\nSELECT 1 LIMIT 5", **changes})
    said = difference(asked, canonical(mine), canonical(WANTED), f"%%sql answer\n{sql}")
    return "\n".join(said)


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("lower(city) = 'Cardiff'", "One side is in small letters, the other is not."),
        ("'Cardiff' = lower(city)", "One side is in small letters, the other is not."),
        ("lower(city) LIKE '%Cardiff%'", "One side is in small letters, the other is not."),
        ("upper(city) = 'cardiff'", "upper() makes capital letters, 'cardiff' has others."),
        ("name = 'oak street yoga '", "There is a space too many in 'oak street yoga '."),
        ("name = 'oak  street'", "There is a space too many in 'oak  street'."),
        ("name LIKE '*oak*'", "SQL writes % where you wrote *."),
        ("deleted_at = 'NULL'", "Write IS NULL, without quotes."),
        ("title = '%oak%'", "LIKE compares with a pattern."),
        ("lower(title) = 'oak%'", "the % in 'oak%' is only a sign."),
        ("deleted_at = '2026-03-01'", "a date alone means the first moment of its day."),
        ("deleted_at IN ('2026-03-01', '2026-03-02')", "from that day on and before the next one."),
        ("deleted_at >= '2026-03-01'", "Which condition lets nothing through?"),
        ("day = '2026-03-01'", "Which condition lets nothing through?"),
        ("title = '100% wool'", "Which condition lets nothing through?"),
        ("lower(city) = 'cardiff'", "Which condition lets nothing through?"),
        ("city = 'Cardiff'", "Which condition lets nothing through?"),
    ],
)
def test_an_empty_result_is_explained_by_its_condition(where: str, part: str) -> None:
    assert part in told(WANTED.iloc[:0], f"SELECT id, title FROM a WHERE {where}")


def test_a_query_is_never_told_of_pages() -> None:
    hundred = pd.DataFrame({"id": range(100), "title": ["a"] * 100})
    said = difference(task(), canonical(hundred.head(25)), canonical(hundred), "%%sql a\nSELECT 1")
    assert "page" not in " ".join(said)
    assert "Is that where a LIMIT ends?" in said[1]
    said = difference(task(), canonical(hundred.head(25)), canonical(hundred), "a = get()")
    assert "page" in said[1]


def test_a_list_that_is_not_cut_is_told_so() -> None:
    longer = pd.DataFrame({"id": range(1, 90), "title": list("abcde") + ["f"] * 84})
    said = told(longer, "SELECT id, title FROM videos")
    assert said == "You show 89 rows and 5 are wanted.\nWhich line cuts a list?"
    assert "cuts a list" not in told(longer, "SELECT id, title FROM videos LIMIT 89")


def test_rows_that_nothing_sorts_are_told_so() -> None:
    said = told(WANTED.iloc[[1, 0, 2, 3, 4]], "SELECT id, title FROM videos", order=("id",))
    assert "Nothing sorts these rows" in said
    said = told(WANTED.iloc[::-1], "SELECT id, title FROM a ORDER BY 1 DESC", order=("id",))
    assert "the other way round" in said


def test_a_comma_left_out_is_told_in_the_check_too() -> None:
    mine = WANTED[["title"]]
    assert "Is a comma missing between `id` and `title`?" in told(mine, "SELECT id title FROM a")
    assert "comma" not in told(mine, "SELECT title FROM a")


def test_a_pattern_that_finds_no_line_is_doubted_and_no_condition() -> None:
    said = sourced.why_empty('lines = logs.grep("Aroha@", "app.jsonl")')
    assert said is not None
    assert "found in no line" in said[0]
    assert sourced.why_empty("lines = frame[frame.a > 3]") is None


def test_lines_kept_from_the_shell_are_told_how_to_be_kept() -> None:
    said = sourced.not_from_a_reader("lines = !grep aroha app.jsonl")
    assert said is not None
    assert "logs.grep" in said[1]
    assert sourced.not_from_a_reader("lines = not_a_shell") is None


def test_a_call_in_quotation_marks_is_called_a_text() -> None:
    said = sourced.not_from_a_reader('lines = \'logs.grep("a", "app.jsonl")\'')
    assert said is not None
    assert "a text and does nothing" in said[0]
