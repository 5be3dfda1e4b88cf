"""Stops Python code that takes too long, on every system and in any thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The code has used up its time; no `except Exception` inside it stops this."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once `seconds` are over.

    A signal would reach further (into a sleep, say), but Windows has none, and only the main
    thread may set one. Queries have their own limit.
    """
    thread = threading.get_ident()
    over = threading.Event()
    lock = threading.Lock()
    fired = False

    def stop() -> None:
        nonlocal fired
        with lock:
            if not over.is_set():
                fired = True
                _raise_in(thread, OutOfTime)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    try:
        timer.start()
        yield
    except OutOfTime:
        fired = False
        raise
    finally:
        with lock:
            over.set()
        timer.cancel()
        if fired:
            _raise_in(thread, None)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error else None
    )
