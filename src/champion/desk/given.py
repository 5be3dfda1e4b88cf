"""Frames that the page has given and that a cell of the learner's has changed since."""

from __future__ import annotations

import re
from typing import Any

from champion.checking import words
from champion.checking.canonical import canonical
from champion.checking.key import Task
from champion.desk import snippet
from champion.desk.session import Session


def changed(session: Session, task: Task, source: str) -> tuple[str, ...]:
    """What to say of frames that a cell uses and that are no longer as the page made them.

    After `seven = days` a new column of `seven` is one of `days`, and the right answer fails.
    The set-up is run once more to compare with; a set-up that cannot run says nothing.
    """
    used = {name for name in re.findall(r"\w+", source) if _is_frame(session.variables.get(name))}
    used.discard(task.variable)
    if not used or not task.setup:
        return ()
    try:
        made = snippet.run("", task.setup, session.company)
    except Exception:
        return ()
    other = [name for name in sorted(used) if _is_frame(made.get(name))]
    other = [name for name in other if canonical(made[name]) != canonical(session.variables[name])]
    if not other:
        return ()
    are = "is" if len(other) == 1 else "are"
    it = "it" if len(other) == 1 else "them"
    return (
        f"{words.names(other)} {are} no longer what the page made: a cell of yours has changed "
        f"{it}. Run the cell that makes {it} again, then yours.",
    )


def _is_frame(value: Any) -> bool:
    import pandas

    return isinstance(value, pandas.DataFrame)
