"""`show(fig, alt="…")`: a plot with a sentence on what to see in it."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from io import BytesIO
from typing import Any

from champion.desk import screen
from champion.problems import Problem


def show(figure: Any, alt: str = "") -> None:
    """Show a matplotlib figure, or one of its axes, and below it a text that says what to see.

    The text is an output of its own, because JupyterLab gives a picture no description that a
    screen reader would find.

    Raises:
        Problem: there is no text, or it is no plot.
    """
    drawn = getattr(figure, "figure", None) or figure
    if not hasattr(drawn, "savefig"):
        raise Problem(
            f"show() takes a plot, and this is a {type(figure).__name__}.",
            'Draw one: ax = frame.plot(); show(ax, alt="…").',
        )
    if not alt.strip():
        raise Problem("A plot needs a sentence on what to see in it.", 'Write show(fig, alt="…").')
    picture = BytesIO()
    drawn.savefig(picture, format="png", bbox_inches="tight", metadata={"Software": None})
    _close(drawn)
    encoded = b64encode(picture.getvalue()).decode()
    screen.publish({"text/plain": "[plot]", "image/png": encoded})
    # JupyterLab breaks a long line of text in the middle of a word.
    screen.say(textwrap.fill(alt, screen.LINE))


def _close(drawn: Any) -> None:
    """Otherwise matplotlib's own display shows the figure a second time after the cell."""
    import matplotlib.pyplot as plt

    plt.close(drawn)
