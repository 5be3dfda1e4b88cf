"""`submit()`: sends the notebook one is working in."""

from __future__ import annotations

import os
from pathlib import Path

from champion.desk import outbox, screen
from champion.desk.session import current
from champion.problems import Problem


def submit(name: str | None = None) -> None:
    """Send this notebook, as it was last saved, to your mentor.

    Args:
        name: who you are; needed the first time.

    Raises:
        Problem: it is not known who you are or which file this is, or it cannot be written.
    """
    path = notebook_path()
    said = outbox.submit(path, name)
    ran = current().ran_before
    if ran is not None and path.stat().st_mtime < ran:
        said += (
            "\nYou ran cells after it was saved. To send the newest, save with Ctrl+S "
            "(⌘S on a Mac) and submit again."
        )
    screen.say(said)


def notebook_path() -> Path:
    """The file of the notebook that this session belongs to; Problem when nothing tells."""
    told = os.environ.get("JPY_SESSION_NAME") or current().variables.get("__vsc_ipynb_file__")
    if not told:
        raise Problem(
            "This notebook does not know its own file.",
            "Run `champion submit FILE` in a terminal.",
        )
    path = Path(str(told))
    if not path.is_file():
        raise Problem(
            f"There is no file {path.name} where this notebook was opened.",
            "Was it renamed? Restart the kernel, or run `champion submit FILE` in a terminal.",
        )
    return path
