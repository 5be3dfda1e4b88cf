"""Practice APIs for tests: fresh for each test, served in a thread on a Unix socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from champion.api import keys
from champion.api.beside import Beside, Served
from champion.lantern import Company

CONTROL = "a word for tests"


@dataclass
class Api:
    """A practice API and a client with support's token that writes."""

    served: Served
    company: Company
    _clients: list[httpx.Client] = field(default_factory=list)

    def client(self, token: str | None = None) -> httpx.Client:
        """A client with this token; "" sends none."""
        token = self.served.writing if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        where = self.served.socket
        made = httpx.Client(
            base_url=self.served.address,
            headers=headers,
            transport=httpx.HTTPTransport(uds=str(where) if where else None, verify=False),
            timeout=10,
        )
        self._clients.append(made)
        return made

    def customer(self, number: int) -> httpx.Client:
        """A client with a customer's token, by its id."""
        row = self.served.practice.one("SELECT prefix FROM tokens WHERE id = ?", number)
        assert row is not None
        return self.client(keys.token(self.company.seed, number, row["prefix"]))

    def __getattr__(self, name: str) -> Any:
        """`get`, `post` and so on: those of the usual client."""
        return getattr(self._clients[0], name)

    def switch(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Use one of the practice switches."""
        answer = self._clients[0].request(
            method, f"/practice/{path}", json=content, headers={"X-Lantern-Control": CONTROL}
        )
        assert answer.status_code == 200, answer.text
        return answer

    def sleep(self, seconds: float) -> None:
        """Let time pass on the practice clock."""
        self.switch("POST", "sleep", seconds=seconds)

    def log(self) -> list[str]:
        """The lines of its access.log."""
        text = (self.served.practice.folder / "access.log").read_text(encoding="utf-8")
        return text.splitlines()

    def close(self) -> None:
        for client in self._clients:
            client.close()


@pytest.fixture(scope="session")
def beside() -> Iterator[Beside]:
    with Beside() as running:
        yield running


@pytest.fixture
def serve(beside: Beside) -> Iterator[Callable[[Company], Api]]:
    """Serve a company of the test's own choice."""
    open_now: list[tuple[Any, Api]] = []

    def begin(company: Company) -> Api:
        block = beside.fresh(company.folder, CONTROL)
        api = Api(block.__enter__(), company)
        api.client()
        open_now.append((block, api))
        return api

    yield begin
    for block, api in open_now:
        api.close()
        block.__exit__(None, None, None)


@pytest.fixture
def api(serve: Callable[[Company], Api], company: Company) -> Api:
    """A fresh practice API of the small company of seed 2."""
    return serve(company)
