"""What an author is told: each mistake by file and line, all of a file's at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from champion.authoring.source import read_lesson
from champion.problems import Problem

from .conftest import COUNTING, Edit

EXERCISE = f"curriculum/{COUNTING}/exercise.md"
LESSON = f"curriculum/{COUNTING}/lesson.md"

CASES = {
    "bad YAML": ("lesson", "title: Counting", "title: a: b", "the front matter is not YAML"),
    "no front matter": ("lesson", "---\ntitle: Counting", "title: x", "no front matter"),
    "unknown front matter": ("lesson", "cases:", "kases:", "`kases` is unknown"),
    "no minutes": ("lesson", "minutes: 4\n", "", "say how long it takes"),
    "unknown role": ("exercise", ":role: show", ":role: shwo", "the role `shwo` is unknown"),
    "unknown option": ("exercise", ":role: show", ":role: show\n:nmae: x", "takes no `:nmae:`"),
    "says as an option": (
        "exercise",
        ":name: every-row-counted",
        ":name: every-row-counted\n:says: no",
        "`says` goes under the cell, as a note: `> says · …`",
    ),
    "option not YAML": (
        "exercise",
        ":name: says-fixed",
        ":name: a: b",
        "`:name:` cannot be read",
    ),
    "no role in a task": ("exercise", ":role: show\n", "", "a cell in a task needs a role"),
    "unclosed fence": (
        "exercise",
        "```\n> says · Nothing was broken. What did they ask?",
        "> says · Nothing was broken. What did they ask?",
        "this fence is never closed",
    ),
    "wrong without says": (
        "exercise",
        "> says · Nothing was broken. What did they ask?\n",
        "",
        "`says-fixed` needs one note under its cell: `> says · …`",
    ),
    "wrong without a name": ("exercise", ":name: says-fixed\n", "", "this cell needs a name"),
    "wrong without anything": (
        "exercise",
        ":choice: a\n",
        "",
        "`says-fixed` cannot be recognised",
    ),
    "two wrongs of one name": (
        "exercise",
        ":name: equals-null",
        ":name: every-row-counted",
        "two answers of this task are named `every-row-counted`",
    ),
    "broken pattern": (
        "exercise",
        "> when · source has `= NULL`",
        "> when · source smells of `= NULL`",
        "not a pattern",
    ),
    "advice without a pattern": (
        "exercise",
        ":name: every-row-counted",
        ":name: every-row-counted\n:advice: yes",
        "is advice, which only a pattern recognises",
    ),
    "no answer cell": (
        "exercise",
        ":role: answer\n%%sql",
        ":role: show\n%%sql",
        "`plays-not-loads` has no cell with `:role: answer`",
    ),
    "no reference": (
        "lesson",
        ":role: reference\nhow_many = len(rows)",
        ":role: show\nhow_many = len(rows)",
        "`how-many-rows` has no cell with `:role: reference`",
    ),
    "two references": (
        "exercise",
        ":role: also-right\n:name: a-total",
        ":role: reference",
        "a second `reference` cell",
    ),
    "answer outside a task": (
        "lesson",
        ":role: setup",
        ":role: answer",
        "`answer` belongs in a task",
    ),
    "hint gap": ("exercise", "> hint 2 ·", "> hint 3 ·", "this is hint 2 of the task, not `3`"),
    "empty hint": (
        "lesson",
        "> hint 1 · Which function gives the length of a list?",
        "> hint 1 ·",
        "hint 1 is empty",
    ),
    "misspelt note": ("lesson", "> after · ", "> afetr · ", "looks like a note and is none"),
    "note with a colon": ("lesson", "> hint 1 · W", "> hint 1: W", "looks like a note and is none"),
    "note outside a task": (
        "exercise",
        "Work from top",
        "> hint 1 · No.\n\nWork from top",
        "belongs in a task",
    ),
    "says under no wrong answer": (
        "exercise",
        "Count the accounts",
        "> says · No.\n\nCount the accounts",
        "belongs right under a cell with `:role: wrong`",
    ),
    "prose stuck to a note": (
        "lesson",
        "> hint 1 · Which function gives the length of a list?\n",
        "> hint 1 · Which function gives the length of a list?\nAnd on.\n",
        "leave an empty line after the notes",
    ),
    "two tasks of one slug": (
        "exercise",
        "{#what-do-you-answer",
        "{#plays-not-loads",
        "the slug `plays-not-loads` is taken by the task on line 7",
    ),
    "slug of the other page": (
        "exercise",
        "{#what-do-you-answer",
        "{#how-many-rows",
        "the slug `how-many-rows` is taken by a task of lesson.md",
    ),
    "not a slug": ("exercise", "{#what-do-you-answer", "{#What_Now", "`#What_Now` is no slug"),
    "task without minutes": ("exercise", " minutes=1", "", "the task has no minutes"),
    "minutes no number": ("exercise", "minutes=1", "minutes=soon", "`minutes=soon`: minutes is"),
    "unknown kind": ("exercise", "kind=choice", "kind=essay", "`kind=essay`: kind is one of"),
    "unknown attribute": ("exercise", "minutes=1", "minutes=1 mins=1", "`mins` is unknown"),
    "attribute without a value": ("exercise", "minutes=1", "minutes=1 kind", "write `kind=value`"),
    "stray braces": ("lesson", "## Keep", "## Keep {this}", "stray braces"),
    "option without a wrong answer": (
        "exercise",
        '- **b** · "Five',
        '- **c** · "Later."\n- **b** · "Five',
        "option c explains itself nowhere",
    ),
    "options that differ from the list": (
        "exercise",
        "kind=choice",
        "kind=choice options=abc",
        "`options=abc`, but the list below has a, b",
    ),
    "reference outside the options": (
        "exercise",
        'reply = "b"',
        'reply = "z"',
        'the reference of a choice is `reply = "b"`',
    ),
    "another variable": (
        "exercise",
        ":name: every-row-counted\n%%sql accounts_by_plan",
        ":name: every-row-counted\n%%sql accounts",
        "this cell never makes `accounts_by_plan`",
    ),
    "query without a name": (
        "exercise",
        ":role: answer\n%%sql accounts_by_plan",
        ":role: answer\n%%sql",
        "name the result: `%%sql plays_by_day`",
    ),
    "check of another task": (
        "exercise",
        'check("plays-not-loads")',
        'check("plays-not-load")',
        'the check cell of this task holds `check("plays-not-loads")`',
    ),
    "thanks without a ticket": ("exercise", " closes=L-1003", "", "the task closes no ticket"),
    "rating of six": ("exercise", "> thanks 5", "> thanks 6", "a rating is 1 to 5"),
    "term nobody explains": ("lesson", "{term}`load`", "{term}`lode`", "“lode” is not in"),
    "unknown role of text": ("lesson", "{term}`load`", "{doc}`load`", "`{doc}` is unknown"),
    "unknown fence": ("lesson", "```{quiz}", "```{poll}", "`{poll}` is unknown"),
    "colon fence": (
        "lesson",
        "The list has",
        ":::{note}\nThe list has",
        "shows `:::` as it stands",
    ),
    "mark that blinds the tests": (
        "lesson",
        "rows[7]",
        "rows[7]  # NBVAL_SKIP",
        "makes the tests look away",
    ),
    "tag that blinds the tests": (
        "lesson",
        "[raises-exception]",
        "[nbval-skip]",
        "the tag `nbval-skip` is not allowed",
    ),
    "quiz without a right option": ("lesson", "- [x]", "- [ ]", "a quiz needs a right option"),
    "quiz option without a reason": (
        "lesson",
        "their total · That is `sum`.",
        "their total",
        "this option does not explain itself",
    ),
    "cell inside a list": (
        "lesson",
        "The list has",
        "- item\n\n  ```{code-cell}\n  1\n  ```\n\nThe list has",
        "a cell inside a list or quote is no cell",
    ),
    "title twice": ("lesson", "## Where we are", "# Where we are", "sections start with `##`"),
    "tasks that share a variable": (
        "exercise",
        "## What do you answer?",
        "## Again {#again minutes=1}\n\n```{code-cell}\n:role: answer\n%%sql accounts_by_plan\n"
        "SELECT ...\n```\n\n```{code-cell}\n:role: reference\n%%sql accounts_by_plan\n"
        "SELECT 1\n```\n\n## What do you answer?",
        "`accounts_by_plan` is already the answer of `plays-not-loads`",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_names_file_line_and_what_to_do(edit: Edit, case: str) -> None:
    page, old, new, told = CASES[case]
    path = edit(page, old, new)
    with pytest.raises(Problem) as caught:
        read_lesson(COUNTING)
    assert told in str(caught.value)
    line = _line_told(str(caught.value), told)
    assert 1 <= line <= len(path.read_text(encoding="utf-8").split("\n"))


def test_the_line_is_the_one_an_editor_shows(edit: Edit) -> None:
    path = edit("exercise", ":name: says-fixed", ":name: Says_Fixed")
    lines = path.read_text(encoding="utf-8").split("\n")
    fence = lines.index(":name: Says_Fixed") - 1
    with pytest.raises(Problem) as caught:
        read_lesson(COUNTING)
    assert str(caught.value).startswith(f"{EXERCISE}:{fence}: `Says_Fixed` is no name")


def test_all_mistakes_of_a_lesson_are_told_at_once(edit: Edit) -> None:
    edit("lesson", "{term}`load`", "{term}`lode`")
    edit("exercise", "> hint 2 ·", "> hint 3 ·")
    edit("exercise", " minutes=1", "")
    with pytest.raises(Problem) as caught:
        read_lesson(COUNTING)
    first, *rest = str(caught.value).split("\n")
    assert first == "3 mistakes in the sources:"
    assert [line.strip().rpartition("md:")[0] + "md" for line in rest] == [
        EXERCISE,
        EXERCISE,
        LESSON,
    ]


def test_a_page_that_is_not_utf8_names_the_line(course: Path) -> None:
    path = course / "curriculum" / COUNTING / "lesson.md"
    path.write_bytes(path.read_bytes().replace(b"The list has", b"Le caf\xe9 has"))
    with pytest.raises(Problem, match=r"lesson\.md:\d\d: this is not UTF-8"):
        read_lesson(COUNTING)


def _line_told(message: str, told: str) -> int:
    [line] = [each for each in message.split("\n") if told in each][:1]
    return int(line.partition(".md:")[2].partition(":")[0])
