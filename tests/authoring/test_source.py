from __future__ import annotations

from pathlib import Path

import jupytext
import pytest

from champion import places
from champion.authoring.course import read_course
from champion.authoring.keys import build_keys
from champion.authoring.mistakes import from_course
from champion.authoring.source import Lesson, read_lesson
from champion.checking.key import read
from champion.problems import Problem

from .conftest import COUNTING, SAMPLES, Edit


def test_both_pages_of_a_lesson_become_one_key(counting: Lesson) -> None:
    assert [(task.number, task.slug, task.page) for task in counting.key.tasks] == [
        ("3.1", "how-many-rows", "lesson"),
        ("3.2", "plays-not-loads", "exercise"),
        ("3.3", "what-do-you-answer", "exercise"),
    ]


def test_front_matter_says_what_a_lesson_needs_and_teaches(counting: Lesson) -> None:
    assert counting.title == "Counting"
    assert counting.minutes == 4
    assert counting.needs == ("0-start/01-welcome",)
    assert counting.teaches == ("loads and plays",)
    assert counting.cases == ("1", "7")


def test_a_key_holds_everything_that_the_author_wrote_of_a_task(counting: Lesson) -> None:
    task = counting.key.task("plays-not-loads")
    assert task is not None
    assert (task.kind, task.variable, task.minutes, task.order) == (
        "table",
        "accounts_by_plan",
        4,
        ("plan",),
    )
    assert task.blank == "%%sql accounts_by_plan\nSELECT ..."
    assert task.reference.startswith("%%sql accounts_by_plan\nSELECT * FROM")
    assert [right.name for right in task.also_right] == ["a-total"]
    first, second = task.wrong
    assert first.says.startswith("You counted every row")
    assert first.customer_says == '"We never had twenty."'
    assert (second.source, second.when) == ("", ("source has `= NULL`",))


def test_notes_may_wrap_and_code_in_a_hint_keeps_its_lines(counting: Lesson) -> None:
    rows = counting.key.task("how-many-rows")
    plays = counting.key.task("plays-not-loads")
    assert rows is not None
    assert plays is not None
    assert rows.wrong[0].says == (
        "You added the rows up: that is their total. What does a row count count?"
    )
    assert plays.hints[1] == "Start from:\n```\nSELECT plan FROM …\n```"


def test_a_choice_takes_its_options_from_the_prose(counting: Lesson) -> None:
    task = counting.key.task("what-do-you-answer")
    assert task is not None
    assert (task.kind, task.options) == ("choice", ("a", "b"))
    assert task.wrong[0].source == 'reply = "a"'
    assert (task.closes, task.thanks, task.rating) == ("L-1003", '"Perfect, thank you."', 5)
    assert (task.next_ticket, task.next_lesson) == ("L-1004", "1-querying/04-joining")


def test_only_set_up_above_an_answer_belongs_to_it(edit: Edit) -> None:
    edit(
        "lesson",
        "## Keep",
        "## Later\n\n```{code-cell}\n:role: setup\nlater = 1\n```\n\n## Keep",
    )
    task = read_lesson(COUNTING).key.task("how-many-rows")
    assert task is not None
    assert task.setup == ("rows = [3, 1, 2]",)


@pytest.mark.parametrize("page", ["lesson", "exercise"])
def test_jupytext_opens_a_page_as_a_notebook(page: str) -> None:
    notebook = jupytext.read(SAMPLES / COUNTING / f"{page}.md")
    roles = [cell.metadata.get("role") for cell in notebook.cells if cell.cell_type == "code"]
    assert {"answer", "reference", "wrong"} <= set(roles)
    assert not any("> hint" in cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", sorted(places.curriculum().glob("*/*/[le]*.md")), ids=from_course)
def test_jupytext_opens_every_page_of_the_course(path: Path) -> None:
    assert any(cell.metadata.get("role") for cell in jupytext.read(path).cells)


def test_the_sources_of_the_course_hold_no_mistakes() -> None:
    assert [str(mistake) for mistake in read_course().mistakes] == []


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(
    course: Path, counting: Lesson, ends: str
) -> None:
    for page in ("lesson", "exercise"):
        path = course / "curriculum" / COUNTING / f"{page}.md"
        text = path.read_text(encoding="utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", ends).encode())
    assert read_lesson(COUNTING).key == counting.key


def test_keys_are_written_where_the_desk_reads_them(course: Path, counting: Lesson) -> None:
    [path] = build_keys()
    assert path == course / "build" / "keys" / f"{COUNTING}.json"
    assert read(path) == counting.key


def test_a_key_whose_lesson_is_gone_goes_too(course: Path) -> None:
    stray = course / "build" / "keys" / "1-querying" / "99-gone.json"
    stray.parent.mkdir(parents=True)
    stray.write_text("{}", encoding="utf-8")
    build_keys()
    assert not stray.exists()


def test_a_broken_lesson_does_not_keep_the_others_from_their_keys(course: Path, edit: Edit) -> None:
    other = course / "curriculum" / "1-querying" / "04-joining"
    other.mkdir()
    (other / "lesson.md").write_text("---\ntitle: Joining\n---\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"04-joining/lesson.md:1: say how long it takes"):
        build_keys()
    assert (course / "build" / "keys" / f"{COUNTING}.json").is_file()
    assert not (course / "build" / "keys" / "1-querying" / "04-joining.json").exists()


def test_a_missing_lesson_is_one_clear_line(course: Path) -> None:
    with pytest.raises(Problem, match="There is no lesson 1-querying/07-python"):
        read_lesson("1-querying/07-python")


def test_a_task_whose_answer_is_read_at_home_says_so(course: Path, edit: Edit) -> None:
    edit("exercise", "{#plays-not-loads ", "{#plays-not-loads home=yes ")
    home = {task.slug: task.home for task in read_lesson(COUNTING).key.tasks}
    assert home == {"how-many-rows": False, "plays-not-loads": True, "what-do-you-answer": False}
    edit("exercise", "home=yes", "home=no")
    with pytest.raises(Problem, match="`home=no`: home is `home=yes`"):
        read_lesson(COUNTING)
