"""The server-side piece of the latest videos, before a Lantern of the test's own."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest
from tests.demobin.upstream import TOKEN, Upstream, server, upstream


@dataclass
class Got:
    """What a browser is answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def titles(self) -> list[str]:
        """The videos' titles."""
        return [each["title"] for each in json.loads(self.body)["videos"]]

    @property
    def error(self) -> str:
        """The word for what is the matter."""
        told = json.loads(self.body)
        assert list(told) == ["error"]
        return str(told["error"])


@dataclass
class Site:
    """A customer's site: the server-side piece, its log and its clock."""

    module: ModuleType
    lantern: Upstream
    app: Any = None
    now: float = 1000.0
    log: io.StringIO = field(default_factory=io.StringIO)

    def set_up(self, **settings: str) -> None:
        """Start it with these settings; token and address are there unless given."""
        given = {"LANTERN_TOKEN": TOKEN, "LANTERN_API": self.lantern.address, **settings}
        self.app = self.module.make(given)
        self.app.clock = lambda: self.now
        self.app._ask_again = self.now

    def get(
        self, path: str = "/demo/latest-videos.json", method: str = "GET", query: str = ""
    ) -> Got:
        """What a browser gets."""
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.errors": self.log,
        }
        body = b"".join(self.app(environ, lambda status, headers: told.extend((status, headers))))
        return Got(int(told[0][:3]), dict(told[1]), body)


@pytest.fixture
def lantern() -> Iterator[Upstream]:
    with upstream() as known:
        yield known


@pytest.fixture
def site(lantern: Upstream) -> Site:
    made = Site(server(), lantern)
    made.set_up()
    return made
