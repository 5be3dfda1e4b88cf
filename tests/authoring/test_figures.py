"""Numbers in a lesson's prose: printed by a cell, or marked as given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from champion.authoring.build import build, look_over
from champion.authoring.figures import Figure, read_figures, unprinted, without_marks
from champion.authoring.markup import Prose
from champion.authoring.mistakes import Mistakes
from champion.authoring.products import products
from champion.authoring.source import read_lesson
from champion.lantern import Company
from champion.problems import Problem

from .conftest import COUNTING, Edit

LESSON = f"curriculum/{COUNTING}/lesson.md"
ASKED = 'asked = "How many people watched?"\nprint(asked)'


def figures(text: str) -> list[str]:
    mistakes = Mistakes(Path("lesson.md"))
    found = list(read_figures(Prose(1, text), mistakes))
    assert mistakes.found == []
    return [figure.written for figure in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was played 623 times by **117** people.", ["623", "117"]),
        ("1,491 minutes, or 34.96.", ["1,491", "34.96"]),
        ("On 2026-03-31 at 12:00, or 2026-03, in 2024; on 22 March or March 22.", []),
        ("The 31st, `LIMIT 25`, ticket L-1042, v10, /v10/videos, encoder-40, 20:2…", []),
        ("One of 7 people.", []),
        ("See [page 40](https://example.com/40) and https://example.com/41.", ["40"]),
        ("```sql\nSELECT 1234\n```", []),
        ('<img width="640"> is 480 high.', ["480"]),
        ("28, 30 or 31 days\n% 28, 30, 31 · days of a month", []),
        ("A limit of 600: nothing more", ["600"]),
    ],
)
def test_what_counts_as_a_number(text: str, found: list[str]) -> None:
    assert figures(text) == found


def test_a_number_has_the_line_that_an_editor_shows() -> None:
    mistakes = Mistakes(Path("lesson.md"))
    text = "One.\n\n```sql\nSELECT 1234\n```\n\nIt has 40."
    assert list(read_figures(Prose(10, text), mistakes)) == [Figure("40", 16)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It has 40.\n% 41 · a limit", "41 does not stand in the prose above; take it away here"),
        (
            "It has 40.\n% 40",
            "a number that no cell prints is marked `% 28, 30 · why it stands here`",
        ),
        ("It has 40.\n% a note", "a number that no cell prints is marked"),
    ],
)
def test_a_mark_that_is_none_is_told(text: str, told: str) -> None:
    mistakes = Mistakes(Path("lesson.md"))
    list(read_figures(Prose(5, text), mistakes))
    [mistake] = mistakes.found
    assert mistake.line == 6
    assert mistake.what.startswith(told)


def test_a_learner_never_sees_a_mark() -> None:
    assert without_marks("It has 40.\n% 40 · a limit\n\nMore.") == "It has 40.\n\nMore."
    assert without_marks("% 40 · a limit") == ""


@pytest.mark.parametrize(
    ("prose", "shown", "told"),
    [
        ("There are 623.", {"text": "623\n"}, ""),
        ("There are 623.", {"text": "622\n"}, "623"),
        ("There are 1,491.", {"data": {"text/plain": "1491"}}, ""),
        ("It is 34.96 minutes.", {"data": {"text/plain": "34.9567"}}, ""),
        ("It is 34.97 minutes.", {"data": {"text/plain": "34.9567"}}, "34.97"),
        ("There are 31.", {"text": "2026-03-31 12:31"}, "31"),
        ("There are 42.", {"data": {"text/html": "<td>42</td>"}}, ""),
        ("There are 42.", {"data": {"text/html": '<td width="42">4</td>'}}, "42"),
        ("There are 42.\n% 42 · an example", {"text": "1"}, ""),
        ("Of 70 tickets.", {"text": "a task's reference divides by it"}, ""),
    ],
)
def test_a_number_is_looked_for_in_what_cells_show(
    edit: Edit, prose: str, shown: dict[str, Any], told: str
) -> None:
    edit("lesson", "The list has three places", f"{prose}\n\nThe list has three places")
    edit("lesson", "how_many = len(rows)", "how_many = len(rows) * 70 // 70")
    product = next(products(read_lesson(COUNTING), {}))
    product.path.parent.mkdir(parents=True)
    cell = {"cell_type": "code", "source": ["show()"], "outputs": [shown]}
    product.path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    found = [mistake.what.partition(";")[0] for mistake in unprinted(product)]
    assert found == ([f"no cell prints {told}"] if told else [])


def test_a_number_that_no_cell_prints_is_told_by_build_and_by_its_check(
    edit: Edit, company: Company, course: Path
) -> None:
    path = edit("lesson", "The list has three places", "It has 623 places")
    line = (
        path.read_text(encoding="utf-8")
        .split("\n")
        .index("It has 623 places, and you asked for the eighth.")
    )
    told = f"{LESSON}:{line + 1}: no cell prints 623; let one print it, or mark it below"
    with pytest.raises(Problem) as caught:
        build(company=company.folder)
    assert str(caught.value).startswith(told)
    with pytest.raises(Problem) as caught:
        look_over()
    assert told in str(caught.value)
    assert (course / "notebooks" / f"{COUNTING}.ipynb").is_file(), "it is built nevertheless"
