"""The pages that are made of all lessons: words that lead to the glossary, sheets on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from champion import places
from champion.authoring import keep
from champion.authoring.course import read_course

from .driver import Learner

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

A4_LANDSCAPE = (842, 595)
"""Points, rounded."""
ROWS = 8
"""What a lesson of a full part may keep."""
COUNTING = "lessons/1-querying/03-counting.ipynb"


def pages_on_paper(browser: Browser, sheet: str) -> list[tuple[int, int]]:
    """The sizes of the pages that a browser prints a sheet on, in points."""
    page = browser.new_page()
    page.set_content(sheet)
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]


@pytest.mark.parametrize(
    "path", sorted(places.notebooks().glob("*/Keep.html")), ids=lambda path: path.parent.name
)
def test_the_sheet_of_a_part_is_one_page_of_paper(browser: Browser, path: Path) -> None:
    assert pages_on_paper(browser, path.read_text(encoding="utf-8")) == [A4_LANDSCAPE]


def test_a_part_of_ten_full_lessons_is_one_page_too(browser: Browser) -> None:
    lesson = read_course().lessons[0]
    row = "SELECT a_column FROM a_table".ljust(keep.WIDEST - 9) + "-- remark\n"
    text = f"## Keep\n\n```sql\n{row * (ROWS - 1)}```\n\nA sentence on that."
    [first, *_] = lesson.pages
    cells = [replace(cell, text=text) for cell in first.cells if cell.section == keep.SECTION]
    full = replace(lesson, pages=(replace(first, cells=tuple(cells)),))
    [sheet] = keep.sheets([full] * 10).values()
    assert pages_on_paper(browser, sheet) == [A4_LANDSCAPE]
    [longer] = keep.sheets([full] * 14).values()
    assert len(pages_on_paper(browser, longer)) > 1, "ten lessons fill the page"


def test_a_word_in_a_lesson_leads_to_its_entry_and_back(learner: Learner) -> None:
    page = learner.page
    learner.go_to(COUNTING)
    page.locator(".jp-Notebook a", has_text="play").first.click()
    entry = page.locator(".jp-MarkdownViewer:visible p", has_text="A video began to play")
    expect(entry).to_be_in_viewport()
    box = entry.bounding_box()
    assert box is not None
    assert box["y"] < 120, "the page was scrolled to the entry"
    entry.get_by_role("link", name="Counting").click()
    expect(page.locator(".jp-Notebook:visible a", has_text="play").first).to_be_visible()


def test_the_start_page_leads_to_the_sheets_which_open_for_printing(learner: Learner) -> None:
    page = learner.page
    learner.see_start_page()
    page.locator(".jp-MarkdownViewer:visible").get_by_role("link", name="Querying").click()
    sheet = page.frame_locator(".jp-HTMLViewer iframe")
    expect(sheet.get_by_role("heading", name="Querying: what to keep")).to_be_visible()
    for folder in ("lessons", "1-querying"):
        page.locator(".jp-DirListing-item", has_text=folder).dblclick()
    page.locator(".jp-DirListing-item", has_text="Keep.html").click(button="right")
    with page.expect_popup() as opening:
        page.get_by_text("Open in New Browser Tab").click()
    alone = opening.value
    expect(alone.get_by_role("heading", name="Querying: what to keep")).to_be_visible()
    assert "/files/lessons/1-querying/Keep.html" in alone.url
