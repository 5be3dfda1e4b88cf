"""A window that moves, by keyboard, in the real JupyterLab: the rows that a row sees change."""

from __future__ import annotations

import pytest

from .driver import Learner

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LESSON = "lessons/1-querying/06-steps-and-windows.ipynb"
DAYS, WATCHED = "a-window-that-moves-show-1", "a-window-that-moves-show-2"


def test_the_window_moves_with_the_arrow_keys_and_another_is_chosen(learner: Learner) -> None:
    learner.go_to(LESSON)
    for cell in ("champion-load-1", DAYS, WATCHED):
        learner.run(cell)
    learner.wait_for_words(WATCHED, "2026-03-08 sees 7 rows, 2026-03-02 to 2026-03-08.")

    handle = learner.cell(WATCHED).get_by_role("slider")
    handle.focus()
    learner.page.keyboard.press("ArrowRight")
    learner.wait_for_words(WATCHED, "2026-03-09 sees 7 rows, 2026-03-03 to 2026-03-09.")

    learner.cell(WATCHED).get_by_role("radio", name="the row before").focus()
    learner.page.keyboard.press("Space")
    learner.wait_for_words(WATCHED, "2026-03-09 sees one row, 2026-03-08.")
    learner.picture("watch-window")
