"""A check that refuses says so where a frame that the page gave has been changed."""

from dataclasses import replace

import pytest
from tests.desk.conftest import COUNT, Notebook
from tests.desk.test_check import RIGHT

from champion.desk import check

GIVEN = 'days = pd.DataFrame({"day": [1, 2]})'
TASK = replace(COUNT, setup=("import pandas as pd", GIVEN))
CHANGED = "`days` is no longer what the page made"


def _said(notebook: Notebook, *sources: str) -> str:
    for source in ("import pandas as pd", GIVEN, *sources):
        notebook.run(source)
    return check.checked(TASK).text


@pytest.mark.parametrize("source", ['days["plays"]', "days"])
def test_a_second_name_for_a_given_frame_changes_the_frame(notebook: Notebook, source: str) -> None:
    second = 'by_channel = days\nby_channel["plays"] = 0'
    assert CHANGED in _said(notebook, second, f"by_channel = {source}")


def test_a_frame_that_was_cut_under_its_own_name_is_changed(notebook: Notebook) -> None:
    assert CHANGED in _said(notebook, 'by_channel = days = days[days["day"] > 1]')


@pytest.mark.parametrize("source", ["by_channel = days", "by_channel = days.copy()"])
def test_a_frame_that_is_as_it_was_is_not_spoken_of(notebook: Notebook, source: str) -> None:
    assert "no longer" not in _said(notebook, source)


def test_a_frame_that_the_cell_does_not_use_is_not_spoken_of(notebook: Notebook) -> None:
    assert "no longer" not in _said(notebook, 'days["plays"] = 0', "by_channel = 3")


def test_a_right_answer_hears_nothing_of_it(notebook: Notebook) -> None:
    assert "no longer" not in _said(notebook, 'days["plays"] = 0', f"{RIGHT}\n-- days")


def test_a_set_up_that_cannot_run_says_nothing(notebook: Notebook) -> None:
    notebook.run(f"import pandas as pd\n{GIVEN}\nby_channel = days")
    assert "no longer" not in check.checked(replace(TASK, setup=("1 / 0",))).text
