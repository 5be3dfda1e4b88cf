"""Stops Python code that takes too long, on every system and in any thread."""

from __future__ import annotations

import ctypes
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any


class OutOfTime(BaseException):
    """The code has used up its time; no `except Exception` inside it stops this."""


class _Stubborn(OutOfTime):
    """Raised in code that goes on in spite of an OutOfTime: the next line of it raises too.

    So a loop around `except:` ends, at the first line of its own handler.
    """

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        frame = sys._getframe().f_back
        while frame is not None and not _is_ours(frame):
            frame.f_trace = _refuse
            frame = frame.f_back
        sys.settrace(_watch)


GRACE, AGAIN, TRIES = 0.5, 0.05, 200
"""Seconds after which code that goes on is stopped for good, and how often that is tried."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once `seconds` are over.

    A signal would reach further (into a sleep, say), but Windows has none, and only the main
    thread may set one. Queries have their own limit.
    """
    thread = threading.get_ident()
    tracing = sys.gettrace()
    over = threading.Event()
    lock = threading.Lock()
    fired = False

    def stop() -> None:
        nonlocal fired
        for pause in (seconds, GRACE, *[AGAIN] * TRIES):
            if over.wait(pause):
                return
            with lock:
                if not over.is_set():
                    _raise_in(thread, _Stubborn if fired else OutOfTime)
                    fired = True

    try:
        threading.Thread(target=stop, daemon=True).start()
        yield
    finally:
        sys.settrace(tracing)
        with lock:
            over.set()
        if fired:
            _raise_in(thread, None)


def _is_ours(frame: FrameType) -> bool:
    """Whether a frame runs a file of this package, or of a library: no learner's code."""
    return not frame.f_code.co_filename.startswith(("<", _CELLS))


_CELLS = str(Path(tempfile.gettempdir()) / "ipykernel_")
"""Where a kernel says that the code of a cell lies."""


def _refuse(frame: FrameType, event: str, given: object) -> Any:
    raise OutOfTime


def _watch(frame: FrameType, event: str, given: object) -> Any:
    """Refuse what the learner's code calls of its own."""
    if not _is_ours(frame):
        raise OutOfTime
    return None


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error else None
    )
