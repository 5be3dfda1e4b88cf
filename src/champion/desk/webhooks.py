"""`listen()`: a small receiver on loopback that catches what webhooks deliver, byte for byte."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from champion.problems import Problem

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

_LARGEST = 1_000_000


@dataclass(frozen=True)
class Caught:
    """One delivery as it arrived.

    Attributes:
        headers: by name, as they were sent.
        body: the raw bytes, which the signature is made of.
        path: what it was sent to.
    """

    headers: dict[str, str]
    body: bytes
    path: str

    def __repr__(self) -> str:
        lines = [f"POST {self.path}", *(f"{name}: {value}" for name, value in self._shown())]
        return "\n".join([*lines, "", repr(self.body)])

    def _shown(self) -> list[tuple[str, str]]:
        hidden = {"host", "accept", "accept-encoding", "connection"}
        return [(name, value) for name, value in self.headers.items() if name.lower() not in hidden]


@dataclass
class Listener:
    """A receiver that runs until it is closed, or its kernel ends.

    Attributes:
        status: what it answers; set another to see what the sender does about it.
        caught: the deliveries so far, in the order in which they arrived.
    """

    status: int = 200
    caught: list[Caught] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Where it listens: the address to make a webhook with."""
        if self._server is None:
            raise Problem("This receiver is closed.", "Make another with listen().")
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def wait(self, count: int = 1, seconds: float = 10) -> list[Caught]:
        """Wait until so many deliveries have arrived, and return all there are.

        Raises:
            Problem: they did not arrive in time.
        """
        until = time.monotonic() + seconds
        while len(self.caught) < count:
            if time.monotonic() > until:
                raise Problem(
                    f"{len(self.caught)} of {count} deliveries arrived within {seconds:g} seconds.",
                    "Is the webhook on, and does it want this event?",
                )
            time.sleep(0.01)
        return list(self.caught)

    def close(self) -> None:
        """Stop listening: whoever sends now finds nobody."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Listening on loopback; {len(self.caught)} caught so far."


def listen(status: int = 200) -> Listener:
    """Start a receiver on a free port of the loopback address.

    Args:
        status: what it answers.

    Raises:
        Problem: the status is no number from 200 to 599.

    Example:
        >>> with listen() as hook:
        ...     api.writer.post("/v1/webhooks", json={"url": hook.url})
    """
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    if not isinstance(status, int) or not 200 <= status <= 599:
        raise Problem("A receiver answers with a status from 200 to 599.", "Write listen(500).")
    listener = Listener(status)

    class Catcher(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
            body = self.rfile.read(length)
            listener.caught.append(Caught(dict(self.headers.items()), body, self.path))
            self.send_response(listener.status)
            if 300 <= listener.status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing in the notebook."""

    listener._server = ThreadingHTTPServer(("127.0.0.1", 0), Catcher)
    listener._server.daemon_threads = True
    threading.Thread(target=listener._server.serve_forever, args=(0.05,), daemon=True).start()
    return listener
