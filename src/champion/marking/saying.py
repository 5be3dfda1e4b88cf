"""What a child says of what it ran: in how much time, in which words, and not too much of it."""

from __future__ import annotations

import contextlib
import signal
import socket
import types
from collections.abc import Iterator, Mapping
from typing import Any

from champion.desk.deadline import OutOfTime
from champion.desk.query import TooSlow
from champion.desk.session import first_line
from champion.marking.wire import send


def failed(error: BaseException) -> dict[str, Any]:
    """What a failed cell came to, in the words the desk has for it."""
    if isinstance(error, OutOfTime | TooSlow):
        return {"state": "timed out"}
    try:
        return {"state": "error", "error": first_line(error)}
    except BaseException:  # a learner's exception may even fail to say what it is
        return {"state": "error", "error": type(error).__name__}


def send_measured(connection: socket.socket, message: Mapping[str, Any], most: int) -> None:
    """Send a message, or an error in its place when it is longer than the judge would read.

    Args:
        connection: to the judge.
        message: whose first name says what it is about.
        most: bytes.
    """
    try:
        send(_Measured(connection, most), message)  # type: ignore[arg-type]
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        about = next(iter(message))
        send(connection, {about: message[about], **failed(error)})


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after `seconds`, and again should it be swallowed."""
    if not hasattr(signal, "setitimer"):  # Windows: the judge alone keeps the time
        yield
        return
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.25)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Measured:
    """A socket that refuses a message longer than the judge would read."""

    def __init__(self, connection: socket.socket, most: int) -> None:
        self._connection = connection
        self._most = most

    def sendall(self, data: bytes) -> None:
        if len(data) > self._most:
            raise ValueError(f"the answer is too large to mark ({len(data):,} bytes)")
        self._connection.sendall(data)


def _out_of_time(_signal: int, _frame: types.FrameType | None) -> None:
    raise OutOfTime
