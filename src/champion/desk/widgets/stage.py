"""Where a widget is shown: its view where widgets are drawn, and the same as text everywhere.

JupyterLab takes the view; a page that is only read, a screen reader's plain view and a notebook
that is run as a test take the text. Without a kernel that could answer, no widget is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from champion.desk import screen
from champion.desk.session import current

if TYPE_CHECKING:
    from ipywidgets import DOMWidget

_VIEW = "application/vnd.jupyter.widget-view+json"


def show(text: str, draw: Callable[[], DOMWidget]) -> None:
    """Show a widget, and the text that says the same where it is not drawn.

    Args:
        text: all that the widget says, in words.
        draw: makes the widget; asked only where one is drawn, so it may import what is slow.
    """
    if not is_drawn():
        screen.say(text)
        return
    view = {"version_major": 2, "version_minor": 0, "model_id": draw().model_id}
    screen.publish({"text/plain": text, _VIEW: view})


def is_drawn() -> bool:
    """Whether widgets are made here: a kernel runs the notebook, and nobody switched them off."""
    if os.environ.get("CHAMPION_PANEL", "").lower() == "off":
        return False
    return hasattr(current().shell, "kernel")
