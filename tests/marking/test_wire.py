from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from champion.marking.wire import Garbled, Lines, send


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


Pair = tuple[socket.socket, socket.socket]


def test_messages_arrive_whole_and_in_order_however_they_are_cut(pair: Pair) -> None:
    ours, theirs = pair
    text = b'{"at":1}\n{"answer":"\xc3\xa4' + b"x" * 3000 + b'"}\n'

    def dribble() -> None:
        for start in range(0, len(text), 7):
            theirs.sendall(text[start : start + 7])
        theirs.close()

    writer = threading.Thread(target=dribble)
    writer.start()
    lines = Lines(ours)
    assert lines.next() == {"at": 1}
    assert lines.next() == {"answer": "ä" + "x" * 3000}
    assert lines.next() is None
    writer.join()


def test_what_is_sent_arrives_the_same(pair: Pair) -> None:
    message = {"value": [1, None, "ä\n", 1.5], "done": True}
    send(pair[1], message)
    assert Lines(pair[0]).next() == message


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\n",
        b"no\n",
        b"[1]\n",
        b"3\n",
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"a":' + b"9" * 5000 + b"}\n",
    ],
)
def test_what_is_no_message_is_garbled(pair: Pair, nonsense: bytes) -> None:
    writer = threading.Thread(target=pair[1].sendall, args=(nonsense,))
    writer.start()
    with pytest.raises(Garbled):
        Lines(pair[0]).next()
    writer.join()


def test_a_line_without_end_is_cut_off(pair: Pair) -> None:
    pair[1].sendall(b"x" * 2000)
    with pytest.raises(Garbled, match="longer than 1,000 bytes"):
        Lines(pair[0], line=1000).next()


def test_many_small_messages_are_too_many_at_some_point(pair: Pair) -> None:
    pair[1].sendall(b"{}\n" * 1000)
    lines = Lines(pair[0], line=1000, stream=2000)
    with pytest.raises(Garbled, match="more messages"):
        _ = [lines.next() for _ in range(1000)]


def test_silence_ends_at_the_deadline(pair: Pair) -> None:
    pair[1].sendall(b'{"half":')
    with pytest.raises(TimeoutError):
        Lines(pair[0]).next(time.monotonic() + 0.05)


def test_a_vanished_sender_is_an_end_not_an_error(pair: Pair) -> None:
    pair[1].sendall(b'{"half":')
    pair[1].close()
    assert Lines(pair[0]).next() is None
