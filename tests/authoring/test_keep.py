"""The keep sheets: a part's lessons on one page."""

from __future__ import annotations

from pathlib import Path

from champion.authoring import keep
from champion.authoring.course import read_course
from champion.authoring.reading import lesson_troubles
from champion.authoring.source import read_lesson

from .conftest import COUNTING, Edit


def read_troubles() -> list[str]:
    return [mistake.what for mistake in lesson_troubles(read_lesson(COUNTING))]


def test_a_sheet_holds_what_its_lessons_say_in_the_order_of_the_map(course: Path) -> None:
    other = course / "curriculum" / "1-querying" / "04-joining"
    other.mkdir()
    (other / "lesson.md").write_text(
        "---\ntitle: Joins & keys\nminutes: 1\n---\n\n"
        "## Keep\n\n- A **key** < a row.\n\n+++\n\nMore.",
        encoding="utf-8",
    )
    [(path, sheet)] = keep.sheets(read_course().lessons).items()
    assert path == course / "notebooks" / "1-querying" / "Keep.html"
    assert "<title>Querying: what to keep</title>" in sheet
    assert sheet.index("<h2>3 · Counting</h2>") < sheet.index("<h2>4 · Joins &amp; keys</h2>")
    assert "SELECT name FROM plans   -- what there is to buy" in sheet
    assert "<p><code>len</code> counts.</p>" in sheet
    assert "<li>A <strong>key</strong> &lt; a row.</li>" in sheet
    assert "What does" not in sheet, "a quiz is not kept"
    assert "More." not in sheet


def test_links_to_the_glossary_are_words_on_paper(edit: Edit, course: Path) -> None:
    edit("lesson", "A {term}`load` means", "A load means")
    edit("lesson", "`len` counts.", "`len` counts every {term}`load`.")
    [sheet] = keep.sheets(read_course().lessons).values()
    assert "counts every <strong>load</strong>." in sheet
    assert "href" not in sheet


def test_a_lesson_with_nothing_to_keep_is_told(edit: Edit) -> None:
    path = edit("lesson", "```sql\nSELECT name FROM plans   -- what there is to buy\n```\n", "")
    edit("lesson", "\n`len` counts.\n", "")
    lines = path.read_text(encoding="utf-8").split("\n")
    edit("lesson", "minutes: 4", "minutes: 3")
    [told] = lesson_troubles(read_lesson(COUNTING))
    assert told.what == "nothing to keep; write three or four lines below `## Keep`"
    assert told.line == lines.index("## Keep") + 1


def test_a_lesson_with_more_to_keep_than_fits_is_told(edit: Edit) -> None:
    edit("lesson", "`len` counts.", "- one\n" * 11 + "- " + "long " * 30)
    assert read_troubles() == []
    edit("lesson", "- one\n", "- one\n- one\n")
    assert read_troubles() == ["15 rows to keep; a lesson has 14 of its part's page at most"]
