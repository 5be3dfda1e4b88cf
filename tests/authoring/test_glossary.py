"""The glossary: each word explained once, and linked from where it first appears."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from champion import places
from champion.authoring import glossary
from champion.authoring.course import read_course
from champion.authoring.reading import lesson_troubles
from champion.authoring.source import read_lesson
from champion.problems import Problem

from .conftest import COUNTING, Edit

LESSON = f"curriculum/{COUNTING}/lesson.md"


def course_mistakes() -> list[str]:
    return [str(mistake) for mistake in read_course().mistakes]


@pytest.fixture
def entries(course: Path) -> Path:
    """The sample course's glossary."""
    return course / "curriculum" / "glossary.md"


def add(entries: Path, text: str) -> int:
    """Adds a line to the glossary; which one it is."""
    before = entries.read_text(encoding="utf-8")
    entries.write_text(f"{before}\n{text}\n", encoding="utf-8")
    return before.count("\n") + 2


def test_a_word_is_linked_once_in_a_lesson(edit: Edit) -> None:
    path = edit("lesson", "The list has three places", "Each {term}`load` has three places")
    lines = path.read_text(encoding="utf-8").split("\n")
    first, again = (n for n, line in enumerate(lines, 1) if "{term}`load`" in line)
    with pytest.raises(Problem) as caught:
        read_lesson(COUNTING)
    assert str(caught.value) == (
        f"{LESSON}:{again}: “load” is linked on line {first} already; link it once, there"
    )


def test_an_exercise_and_a_quiz_link_no_words(edit: Edit) -> None:
    edit("exercise", "## What do you answer?", "A {term}`load`.\n\n## What do you answer?")
    edit("lesson", "What does `len` count?", "What does {term}`len` count?")
    with pytest.raises(Problem) as caught:
        read_lesson(COUNTING)
    assert "a lesson introduces words, its exercise does not; write `**load**`" in str(caught.value)
    assert "a quiz links no words; write `**word**`" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("**frame**: a table in Python.", "no lesson introduces “frame”; write {term}`frame`"),
        ("**Load**: a player appeared.", "“Load” is explained on line 5 already"),
        ("- frame: a table in Python.", "an entry is one line: `**word**: what it means`"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_with_its_line(
    entries: Path, line: str, told: str
) -> None:
    assert course_mistakes() == []
    number = add(entries, line)
    [mistake] = course_mistakes()
    assert mistake.startswith(f"curriculum/glossary.md:{number}: {told}")


def test_what_a_lesson_teaches_is_explained(edit: Edit) -> None:
    path = edit("lesson", "[loads and plays]", "[frames, playing]")
    line = path.read_text(encoding="utf-8").split("\n").index("teaches: [frames, playing]")
    [told] = [str(each) for each in lesson_troubles(read_lesson(COUNTING))]
    assert told == (
        f"{LESSON}:{line + 1}: teaches “frames”, and no entry of curriculum/glossary.md explains "
        "a word of it"
    )


@pytest.mark.parametrize(
    ("taught", "left"),
    [
        (["running", "reading a schema"], []),
        (["dates", "soft deletes"], []),
        (["soft boiled eggs"], ["soft boiled eggs"]),
        (["inner joins"], ["inner joins"]),
        (["eggs", "schemas and eggs"], ["eggs"]),
    ],
)
def test_a_phrase_speaks_of_a_term_by_its_words(taught: list[str], left: list[str]) -> None:
    terms = {
        term: glossary.Entry(term, "…", is_code=False, line=1)
        for term in ("run", "schema", "date", "soft delete", "in")
    }
    assert glossary.unexplained(taught, terms) == left


def test_the_page_goes_from_a_to_z_and_names_the_lesson_of_each_word(entries: Path) -> None:
    page = glossary.page(read_course().lessons)
    load = f"**load** · the player appeared on a page. *[Counting]({COUNTING}.ipynb)*"
    assert f'<a id="load"></a>{load}\n' in page
    assert page.index('id="load"') < page.index('id="play"')


def test_a_word_that_is_typed_is_shown_as_code(entries: Path, edit: Edit) -> None:
    add(entries, "**`GROUP BY`**: one line for each.")
    edit("lesson", "The list has", "{term}`GROUP BY` makes groups. The list has")
    text = "\n".join(cell.text for cell in read_lesson(COUNTING).pages[0].cells)
    assert "[**`GROUP BY`**](../Glossary.md#group-by) makes groups." in text
    assert '<a id="group-by"></a>**`GROUP BY`** · one line' in glossary.page(read_course().lessons)


def test_every_link_of_the_course_s_lessons_leads_to_an_entry() -> None:
    page = glossary.page_path().read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="([^"]+)">', page)
    assert len(anchors) == len(set(anchors)) > 50
    linked = {
        anchor
        for path in places.notebooks().rglob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for anchor in re.findall(r"\]\(\.\./Glossary\.md#([^)]+)\)", "".join(cell["source"]))
    }
    assert linked == set(anchors)


def test_every_lesson_on_the_glossary_s_page_is_there() -> None:
    page = glossary.page_path().read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", page)
    assert links
    assert [link for link in links if not (places.notebooks() / link).is_file()] == []
