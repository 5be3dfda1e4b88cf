"""The join that one watches, moved by mouse and keyboard in the real JupyterLab."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .driver import COURSE, Learner, OpenLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LESSON = "lessons/1-querying/04-joining.ipynb"
BUILT = "notebooks/1-querying/04-joining.ipynb"


def cell_with(lab: OpenLab, words: str) -> str:
    """The id of the lesson's first code cell whose text begins like this."""
    return str(_cell(lab.work / LESSON, words)["id"])


def built_text(words: str) -> str:
    """What stands as text below such a cell in the lesson as it was built."""
    (output,) = _cell(COURSE / BUILT, words)["outputs"]
    return "".join(output["data"]["text/plain"])


def _cell(notebook: Path, words: str) -> Any:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return next(each for each in cells if "".join(each["source"]).startswith(words))


def test_a_join_fans_out_row_by_row_under_buttons_and_arrow_keys(learner: Learner, lab: OpenLab):
    learner.go_to(LESSON)
    watched, sums = cell_with(lab, "watch_join("), built_text("watch_join(").splitlines()[-1]
    for words in ("%load_ext champion", "%%sql work", "%%sql tags"):
        learner.run(cell_with(lab, words))
    learner.run(watched)
    learner.wait_for_words(watched, "Nothing is joined yet.")

    learner.press(watched, "Next row")
    learner.wait_for_words(watched, "Left row 1 of 7, ticket_id 2321:")
    learner.press(watched, "Back")
    learner.wait_for_words(watched, "Nothing is joined yet.")

    slider = learner.cell(watched).get_by_role("slider")
    slider.focus()
    learner.page.keyboard.press("ArrowRight")
    learner.wait_for_words(watched, "Left row 1 of 7")
    learner.page.keyboard.press("End")
    learner.wait_for_words(watched, sums)
    learner.picture("6-watch-join")


def test_the_next_row_is_taken_without_a_mouse_and_a_left_join_drops_nobody(
    learner: Learner, lab: OpenLab
):
    learner.go_to(LESSON)
    learner.run(cell_with(lab, "%load_ext champion"))
    learner.run(cell_with(lab, "%%sql tags"))
    few = 'watch_join(pd.DataFrame({"ticket_id": [1, 2321]}), tags)'
    learner.write(cell_with(lab, "watch_join("), few)
    watched = cell_with(lab, "watch_join(")
    learner.run(watched)
    learner.wait_for_words(watched, "Nothing is joined yet.")

    button = learner.cell(watched).get_by_role("button", name="Next row")
    button.focus()
    learner.page.keyboard.press("Enter")
    learner.wait_for_words(watched, "ticket_id 1: no right row fits. JOIN drops it.")
    learner.press(watched, "LEFT JOIN")
    learner.wait_for_words(watched, "LEFT JOIN keeps it, with NULL on the right.")
