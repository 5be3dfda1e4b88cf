"""Midnight is moved by keyboard, in a real browser: the plays of two days change."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from .driver import Learner

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LESSON = "lessons/1-querying/05-time.ipynb"
PLAYS = "move-midnight-show-1"
SLIDER = "move-midnight-show-2"


def day_line(cell: Locator) -> str:
    """The line above the bars that says how many plays each day has."""
    return cell.locator(".jp-OutputArea [aria-live]").inner_text()


def test_the_evening_moves_from_wednesday_to_tuesday(learner: Learner) -> None:
    learner.go_to(LESSON)
    learner.run("champion-load-1")
    learner.run(PLAYS)
    learner.run(SLIDER)
    cell = learner.cell(SLIDER)
    cell.locator("svg[role=img]").wait_for()
    assert "Tuesday" not in day_line(cell)

    handle = cell.get_by_role("slider")
    handle.focus()
    for _ in range(4):
        learner.page.keyboard.press("ArrowLeft")
    cell.get_by_text("America/Los_Angeles").wait_for()
    cell.get_by_text("Tuesday").wait_for()
    learner.picture("midnight")
    assert cell.locator("svg[role=img]").get_attribute("aria-label").startswith("America/Los_Ang")

    for _ in range(8):
        learner.page.keyboard.press("ArrowRight")
    cell.get_by_text("Australia/Sydney").wait_for()
    cell.get_by_text("Wednesday").wait_for()
    assert "Tuesday" not in day_line(cell)
