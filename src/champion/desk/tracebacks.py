"""A cell that stopped with an error: the learner's own lines and the last line, nothing between.

pandas passes an error on through a dozen of its own functions, and a misspelt column fills two
screens with them. None of those lines is the learner's, and none can be mended by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


DEEPEST = 100
"""Steps that an error which is no cell's may have come through and still be shown whole."""


def shorten(shell: InteractiveShell) -> None:
    """From now on, show of an error what happened in cells; asking again changes nothing."""
    screen: Any = shell.InteractiveTB
    if "structured_traceback" in vars(screen):
        return
    whole = screen.structured_traceback

    def structured_traceback(
        kind: Any, error: Any, steps: Any = None, tb_offset: Any = None, context: int = 5
    ) -> list[str]:
        with _alone(error, shell.user_ns):
            own = of_cells(steps, shell.user_ns)
            lines: list[str] = whole(kind, error, own, tb_offset, context)
        return lines

    screen.structured_traceback = structured_traceback


def of_cells(steps: Any, names: Mapping[str, Any]) -> Any:
    """The steps of a traceback that lie in cells, and those before the first such step.

    Args:
        steps: the traceback; of one that never came through a cell all is kept, unless it is so
            long that something called itself until Python stopped it: of that, where it began.
        names: the notebook's variables, by which a cell's code is known.
    """
    every = list(_walk(steps))
    own = [_is_of_a_cell(step, names) for step in every]
    if not any(own) and len(every) <= DEEPEST:
        return steps
    begun = own.index(True) if any(own) else 1
    kept = [step for at, step in enumerate(every) if at < begun or own[at]]
    chain: TracebackType | None = None
    for step in reversed(kept):
        chain = TracebackType(chain, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return chain


@contextmanager
def _alone(error: Any, names: Mapping[str, Any]) -> Iterator[None]:
    """The error without the one it came from, unless that one came from a cell, too."""
    origin = getattr(error, "__cause__", None) or getattr(error, "__context__", None)
    if origin is None or any(_is_of_a_cell(step, names) for step in _walk(origin.__traceback__)):
        yield
        return
    cause, context, hidden = error.__cause__, error.__context__, error.__suppress_context__
    error.__cause__, error.__context__ = None, None
    try:
        yield
    finally:
        error.__cause__, error.__context__ = cause, context
        error.__suppress_context__ = hidden


def _walk(steps: Any) -> Iterator[TracebackType]:
    while isinstance(steps, TracebackType):
        yield steps
        steps = steps.tb_next


def _is_of_a_cell(step: TracebackType, names: Mapping[str, Any]) -> bool:
    return step.tb_frame.f_globals is names
