"""A Lantern that answers what a test wants, and remembers what it was asked."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from champion import places

DEMO = places.demobin() / "latest-videos"
TOKEN = "lnt_test00" + "0123456789abcdef" * 2
SECRET = "what only Lantern's own people may read"

Answer = tuple[int, Mapping[str, str], bytes]


def server() -> ModuleType:
    """The demo's server-side piece, as a module."""
    spec = importlib.util.spec_from_file_location("latest_videos_server", DEMO / "server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def video(number: int, **other: Any) -> dict[str, Any]:
    """A video as the API shows it; a higher number is a newer one."""
    made = f"2026-03-{1 + number % 28:02d}T{number % 24:02d}:30:00.000Z"
    known = f"video{number:05d}"
    about = {
        "hashed_id": known,
        "title": f"Video {number}",
        "status": "ready",
        "duration_ms": 61_000 + 1000 * number,
        "folder_id": None,
        "created_at": made,
        "updated_at": made,
        "embed_url": f"https://play.lantern.example/{known}",
        "thumbnail_url": f"https://cdn.lantern.example/v/{known}/thumb.jpg",
    }
    return about | other


@dataclass
class Upstream:
    """What stands in for Lantern.

    Attributes:
        address: where it answers.
        videos: the account's, newest first.
        refusal: answered instead, while it is there; None hangs up without an answer.
        asked: the addresses it was asked for, with their parameters.
        tokens: the Authorization headers it was sent.
    """

    address: str = ""
    videos: list[dict[str, Any]] = field(default_factory=list)
    refusal: Answer | Callable[[], Answer | None] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)

    def answer(self, target: str, token: str | None) -> Answer | None:
        parts = urlsplit(target)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.asked.append({"": parts.path, **asked})
        self.tokens.append(token)
        if callable(self.refusal):
            return self.refusal()
        if self.refusal is not None:
            return self.refusal
        size = int(asked["per_page"])
        first = (int(asked["page"]) - 1) * size
        return 200, {}, json.dumps(self.videos[first : first + size]).encode()


@contextmanager
def upstream() -> Iterator[Upstream]:
    """Serve one while the block runs."""
    known = Upstream()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = known.answer(self.path, self.headers["Authorization"])
            if told is None:
                self.close_connection = True
                return
            status, headers, body = told
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        known.address = f"http://127.0.0.1:{serving.server_port}"
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield known
        serving.shutdown()
