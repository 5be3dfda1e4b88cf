"""A widget on the stage: its view where a kernel answers, the same as text everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.utils.capture import capture_output
from tests.desk.conftest import Notebook

from champion.desk.widgets import stage

VIEW = "application/vnd.jupyter.widget-view+json"


def shown(text: str) -> dict[str, Any]:
    """The one output of showing a slider with that text."""

    def slider() -> Any:
        import ipywidgets

        return ipywidgets.IntSlider()

    with capture_output() as captured:
        stage.show(text, slider)
    (output,) = captured.outputs
    return dict(output.data)


def test_where_a_kernel_answers_the_view_stands_beside_its_text(notebook: Notebook) -> None:
    notebook.shell.kernel = object()
    drawn = shown("step 1 of 3")
    assert drawn["text/plain"] == "step 1 of 3"
    assert drawn[VIEW]["model_id"]


def test_without_a_kernel_there_is_the_text_and_no_widget_is_made(notebook: Notebook) -> None:
    def never() -> Any:
        raise AssertionError("a widget was made that nobody can move")

    with capture_output() as captured:
        stage.show("step 1 of 3", never)
    assert [each.data for each in captured.outputs] == [{"text/plain": "step 1 of 3"}]


def test_a_switch_leaves_the_text_alone(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.shell.kernel = object()
    monkeypatch.setenv("CHAMPION_PANEL", "off")
    assert set(shown("step 1 of 3")) == {"text/plain"}
