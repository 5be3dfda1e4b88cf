"""Messages between the judge, the zygote and a child: one JSON object a line, never pickle.

The judge trusts nothing that comes from a child: lines are limited in length and in sum,
and whatever is not a JSON object is `Garbled`.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from typing import Any

TOKEN = "CHAMPION_CHILD_TOKEN"
"""The environment variable by which a spawned child proves that it is ours."""
_CHUNK = 1 << 20


class Garbled(Exception):
    """What came is no message of ours, or more of it than was allowed."""


def send(to: socket.socket, message: Mapping[str, Any]) -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone.
        ValueError: the message has no JSON form.
    """
    to.sendall(json.dumps(message, separators=(",", ":")).encode() + b"\n")


class Lines:
    """The messages that arrive at a socket.

    Args:
        source: the socket; this object alone reads it.
        line: the longest message allowed, in bytes; None for a trusted sender.
        stream: the most bytes allowed in all; None for a trusted sender.
    """

    def __init__(
        self, source: socket.socket, line: int | None = None, stream: int | None = None
    ) -> None:
        self._source = source
        self._line = line
        self._left = stream
        self._buffer = bytearray()
        self._seen = 0

    def next(self, deadline: float | None = None) -> dict[str, Any] | None:
        """The next message, or None when the sender has closed.

        Args:
            deadline: a `time.monotonic()` moment to wait for at most.

        Raises:
            TimeoutError: nothing complete came before the deadline.
            Garbled: it was no message, or too long.
        """
        while (end := self._buffer.find(b"\n", self._seen)) < 0:
            self._seen = len(self._buffer)
            if self._line is not None and self._seen > self._line:
                raise Garbled(f"a message longer than {self._line:,} bytes")
            if not self._read(deadline):
                return None
        raw = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        self._seen = 0
        return _message(raw)

    def _read(self, deadline: float | None) -> bool:
        wait = None if deadline is None else deadline - time.monotonic()
        if wait is not None and wait <= 0:
            raise TimeoutError
        self._source.settimeout(wait)
        try:
            chunk = self._source.recv(_CHUNK)
        except TimeoutError:
            raise
        except OSError:
            return False
        if self._left is not None:
            self._left -= len(chunk)
            if self._left < 0:
                raise Garbled("more messages than one notebook may send")
        self._buffer += chunk
        return bool(chunk)


def _message(raw: bytes) -> dict[str, Any]:
    try:
        message = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Garbled("a line that is no JSON") from error
    if not isinstance(message, dict):
        raise Garbled("a line that is no message")
    return message
