"""Waiting on the practice clock: while a function is tried, a sleep costs no real time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from champion.desk.deadline import OutOfTime

LONGEST = 3_600.0
"""Seconds of waiting in one call, after which it counts as never ended."""

_REAL = {name: getattr(time, name) for name in ("sleep", "time", "monotonic", "perf_counter")}


class Waiting:
    """A clock that goes on by as much as a function waits.

    Args:
        tell: told of each wait, in seconds, so that the API's clock goes on too.

    Attributes:
        waited: seconds so far.
    """

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self.waited = 0.0

    def sleep(self, seconds: Any) -> None:
        """Let so much time pass; what `time.sleep` refuses is refused alike."""
        if isinstance(seconds, str | bytes):  # float() would read a number in it
            raise TypeError(
                f"'{type(seconds).__name__}' object cannot be interpreted as an integer"
            )
        length = float(seconds)
        if not length >= 0:
            raise ValueError("sleep length must be non-negative")
        self.waited += length
        if self.waited > LONGEST:
            raise OutOfTime
        if length:
            self._tell(length)


class _Here(threading.local):
    """The waiting that is under way in this thread: other threads keep real time."""

    waiting: Waiting | None = None


_here = _Here()
_lock = threading.Lock()
_under_way = [0]


def current() -> Waiting | None:
    """The waiting under way in this thread, or None: then time is real."""
    return _here.waiting


@contextmanager
def waiting(tell: Callable[[float], None], names: dict[str, Any]) -> Iterator[Waiting]:
    """Have time pass on a clock of its own in this thread while the block runs.

    Args:
        tell: told of each wait.
        names: the globals of the function that is tried: what was imported by
            `from time import sleep` stands there.
    """
    made = Waiting(tell)
    imported = {name: value for name, value in names.items() if _instead(value) is not None}
    names.update({name: _instead(value) for name, value in imported.items()})
    _change(+1)
    before, _here.waiting = _here.waiting, made
    try:
        yield made
    finally:
        _here.waiting = before
        _change(-1)
        names.update(imported)


def _sleep(seconds: Any, /) -> None:
    now = current()
    if now is None:
        _REAL["sleep"](seconds)
    else:
        now.sleep(seconds)


def _moved(name: str) -> Callable[[], float]:
    real: Callable[[], float] = _REAL[name]

    def clock() -> float:
        now = current()
        return real() if now is None else real() + now.waited

    return clock


_INSTEAD = {name: _sleep if name == "sleep" else _moved(name) for name in _REAL}


def _instead(value: object) -> Any:
    """What stands in for one of Python's clocks; None for anything else."""
    return next((_INSTEAD[name] for name, real in _REAL.items() if value is real), None)


def _change(by: int) -> None:
    """Put our clocks into `time` with the first waiting, and Python's back with the last."""
    with _lock:
        _under_way[0] += by
        for name, clock in (_INSTEAD if _under_way[0] else _REAL).items():
            setattr(time, name, clock)
