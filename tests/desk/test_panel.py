from typing import Any

import pytest
from tests.desk.conftest import COUNT, Notebook
from tests.desk.test_check import CHECK, OPEN, RIGHT

from champion.desk import panel

VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def lab(notebook: Notebook) -> Notebook:
    """A notebook whose shell has a kernel, as in JupyterLab, so that panels are drawn."""
    notebook.shell.kernel = object()
    return notebook


def test_the_panel_is_one_output_with_the_same_text(lab: Notebook) -> None:
    lab.run(OPEN)
    drawn = lab.run(CHECK).outputs
    del lab.shell.kernel
    plain = lab.run(CHECK).outputs
    assert len(drawn) == len(plain) == 1
    assert set(drawn[0].data) == {"text/plain", VIEW}
    assert drawn[0].data["text/plain"] == plain[0].data["text/plain"]
    assert drawn[0].data[VIEW]["model_id"] not in drawn[0].data["text/plain"]


def test_a_switch_leaves_the_text_alone(lab: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAMPION_PANEL", "off")
    lab.run(RIGHT)
    assert set(lab.run(CHECK).outputs[0].data) == {"text/plain"}


def test_pressing_check_looks_at_the_variable_as_it_is_now(notebook: Notebook) -> None:
    notebook.run(OPEN)
    assert panel.answer(COUNT, "check")["outcome"] == "wrong"
    notebook.run(RIGHT)
    now = panel.answer(COUNT, "check")
    assert now["outcome"] == "passed"
    assert now["said"] == "✓ Tickets by channel: right."
    assert now["can_compare"] is True


def test_pressing_hint_continues_where_hint_left_off(notebook: Notebook) -> None:
    notebook.run('hint("tickets-by-channel")')
    assert panel.answer(COUNT, "hint")["hint"].startswith("hint 2 of 3")


def test_compare_shows_nothing_before_success(notebook: Notebook) -> None:
    assert "GROUP BY" not in panel.answer(COUNT, "compare")["comparison"]
    notebook.run(RIGHT)
    panel.answer(COUNT, "check")
    assert "The reference:" in panel.answer(COUNT, "compare")["comparison"]


def test_a_problem_behind_a_button_is_its_one_line(unbuilt: Notebook) -> None:
    said = panel.answer(COUNT, "check")
    assert said["said"].startswith("✗ The sample company is not built yet.")
    assert "\n" not in said["said"]


def test_an_unknown_word_from_the_browser_changes_nothing(notebook: Notebook) -> None:
    assert panel.answer(COUNT, "drop") == {}


def test_a_press_reaches_the_browser_even_when_the_words_are_the_same(lab: Notebook) -> None:
    made: list[Any] = []

    class Spied(panel.CheckPanel):  # type: ignore[misc]
        def __init__(self, **state: Any) -> None:
            super().__init__(**state)
            made.append(self)

    lab.run(OPEN)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(panel, "CheckPanel", Spied)
        lab.run(CHECK)
    (drawn,) = made
    before = drawn.said
    drawn._handle_custom_msg({"do": "check"}, [])
    assert (drawn.turn, drawn.said) == (1, before)
    lab.run(RIGHT)
    drawn._handle_custom_msg({"do": "check"}, [])
    assert (drawn.turn, drawn.said) == (2, "✓ Tickets by channel: right.")
    drawn._handle_custom_msg("nonsense", [])
    assert drawn.turn == 3
