"""The check panel: what a check says, with buttons to check again, to get a hint, to compare.

It is shown on the `stage`, which puts the same text beside it. A button sends one word;
`answer` says what comes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from champion.problems import Problem

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.desk.check import Said

_HERE = Path(__file__)


class CheckPanel(anywidget.AnyWidget):  # type: ignore[misc]
    """The browser's side of one check.

    Attributes:
        title: the task's.
        said: all that the check says.
        outcome: the verdict's, which gives the panel its colour beside the words.
        hint: the hint last asked for, "" before.
        comparison: one's own answer and the reference, "" until asked for.
        can_compare: whether the reference may be opened.
        turn: grows with every answer from here, so that the same words again are seen as new.
    """

    _esm = _HERE.with_name("panel.js")
    _css = _HERE.with_name("panel.css")

    title = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    outcome = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    comparison = traitlets.Unicode().tag(sync=True)
    can_compare = traitlets.Bool(False).tag(sync=True)
    turn = traitlets.Int(0).tag(sync=True)


def drawn(task: Task, said: Said) -> CheckPanel:
    """The panel that shows what a check says, and answers its buttons."""
    panel = CheckPanel(title=task.title, **_state(said))
    panel.on_msg(lambda widget, content, buffers: widget.set_state(_reply(task, content, widget)))
    return panel


def answer(task: Task, word: str) -> dict[str, Any]:
    """What changes in a panel when its button of that word is pressed.

    Args:
        task: the panel's.
        word: "check", "hint" or "compare"; any other changes nothing.
    """
    from champion.desk import check

    try:
        if word == "check":
            return {**_state(check.checked(task)), "hint": "", "comparison": ""}
        if word == "hint":
            return {"hint": check.next_hint(task)}
        if word == "compare":
            return {"comparison": check.comparison(task)}
    except Problem as problem:
        return {"said": f"✗ {problem}", "outcome": "error", "can_compare": False}
    return {}


def _state(said: Said) -> dict[str, Any]:
    outcome = said.verdict.outcome
    return {"said": said.text, "outcome": outcome, "can_compare": said.verdict.done}


def _reply(task: Task, content: Any, panel: Any) -> dict[str, Any]:
    word = content.get("do", "") if isinstance(content, dict) else ""
    return {**answer(task, word), "turn": panel.turn + 1}
