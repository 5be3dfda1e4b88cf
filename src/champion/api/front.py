"""The front: what happens to every request before and after its endpoint, once and in one place.

A request gets its number, is let in or refused (token, limit, size), perhaps meets a fault,
and is answered by its endpoint; then it is noted, and its answer goes out with `X-Request-Id`
and `Date`. Nothing that a caller sends gets past here as an exception.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from champion.api import errors, faults, jobs, moved
from champion.api.errors import LARGEST_BODY, Refusal
from champion.api.gate import identify
from champion.api.limits import Admission
from champion.api.noted import Request, request_id
from champion.api.practice import Practice

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "lantern"})
"""As whom the API answers. Another name would be a web page that has been led here."""
VERSIONS = ("/v1/", moved.PREFIX)
"""Below these, a request is one of the API's: numbered, let in or refused, and noted."""
_HUNG_UP = 499
_log = logging.getLogger("champion.api")


class Front:
    """Stands before the endpoints.

    Args:
        app: the endpoints.
        practice: the state that they work on.
    """

    def __init__(self, app: ASGIApp, practice: Practice) -> None:
        self.app = app
        self.practice = practice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request."""
        if scope["type"] != "http":
            return
        scope["practice"] = self.practice
        visit = _Visit(scope, self.practice)
        if not visit.is_for_us():
            await Refusal(421, "wrong_host").response()(scope, receive, send)
        elif scope["path"].startswith(VERSIONS) or scope["path"] == "/v1":
            await self._serve(visit, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _serve(self, visit: _Visit, receive: Receive, send: Send) -> None:
        visit.number = self.practice.next_number()
        jobs.settle(self.practice)
        try:
            body = await _body(visit, receive)
        except _HungUp:
            visit.note(_HUNG_UP, 0)
            return
        except Refusal as refusal:
            await self._refuse(visit, refusal, send)
            return
        try:
            visit.identify()
            fault = visit.fault()
            visit.admit(refuse=fault == "429")
        except Refusal as refusal:
            await self._refuse(visit, refusal, send)
            return
        answer = await self._answer(visit, body, fault)
        await _deliver(visit, answer, fault, receive, send)

    async def _refuse(self, visit: _Visit, refusal: Refusal, send: Send) -> None:
        visit.scope["error"] = refusal.code
        response = refusal.response()
        if isinstance(refusal, _TooMany):
            response = errors.too_many(refusal.limit, refusal.wait)
        await _send(visit, _Answer.of(response), send)

    async def _answer(self, visit: _Visit, body: bytes, fault: str) -> _Answer:
        if fault == "slow":
            self.practice.sleep(faults.SLOW_ON_THE_CLOCK)
            await asyncio.sleep(faults.SLOW_SECONDS)
        if fault == "shrink":
            self.practice.shrink(visit.scope["caller"].account)
        if fault == "500":
            visit.scope["error"] = "internal"
            return _Answer.of(Refusal(500, "internal").response())
        answer = _Answer()
        try:
            await self.app(visit.scope, _once(body), answer.take)
        except Exception:
            _log.exception("%s %s", visit.scope["method"], visit.scope["path"])
            visit.scope["error"] = "internal"
            return _Answer.of(Refusal(500, "internal").response())
        return answer


@dataclass
class _Visit:
    """One request on its way."""

    scope: Scope
    practice: Practice
    number: int = 0
    admission: Admission | None = None
    headers: dict[bytes, bytes] = field(init=False)
    text: str | None = None

    def __post_init__(self) -> None:
        self.headers = dict(self.scope["headers"])

    def header(self, name: str) -> str:
        return self.headers.get(name.encode(), b"").decode("latin-1")

    def is_for_us(self) -> bool:
        host = self.header("host")
        return host in HOSTS or host.rpartition(":")[0] in HOSTS

    def identify(self) -> None:
        given = self.headers.get(b"authorization")
        self.scope["caller"] = identify(
            self.practice,
            self.scope["method"],
            given.decode("latin-1") if given is not None else None,
            self.scope["query_string"],
        )

    def fault(self) -> str:
        asked = self.header("x-lantern-fault").strip().lower()
        if asked in faults.BY_HEADER:
            return asked
        return self.practice.plan.strike(self.scope["method"], self.scope["path"])

    def admit(self, *, refuse: bool) -> None:
        self.admission = self.practice.limiter.admit(self.scope["caller"].account)
        if refuse or not self.admission.granted:
            raise _TooMany(self.admission.limit, self.admission.wait or _A_WHILE)

    def note(self, status: int, size: int) -> None:
        caller = self.scope.get("caller")
        self.practice.note(
            Request(
                self.number,
                caller.account if caller else None,
                caller.token if caller else None,
                self.scope["method"],
                self.scope["path"],
                self.scope["query_string"].decode("latin-1") or None,
                self.text,
                status,
                self.scope.get("error"),
                size,
                self.header("user-agent") or "-",
            )
        )

    def own_headers(self) -> list[tuple[bytes, bytes]]:
        own = [
            (b"x-request-id", request_id(self.number).encode()),
            (b"date", self.practice.clock.http_date.encode()),
        ]
        if self.admission is not None:
            own += [
                (b"x-ratelimit-limit", b"%d" % self.admission.limit),
                (b"x-ratelimit-remaining", b"%d" % self.admission.left),
            ]
        return own


_A_WHILE = 5
"""Seconds that a 429 of a plan asks to wait."""


@dataclass
class _Answer:
    """An endpoint's answer, held back until it is noted."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    @classmethod
    def of(cls, response: Response) -> _Answer:
        return cls(response.status_code, list(response.raw_headers), bytes(response.body))

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


class _TooMany(Refusal):
    def __init__(self, limit: int, wait: int) -> None:
        super().__init__(429, "too_many_requests", "")
        self.limit, self.wait = limit, wait


class _HungUp(Exception):
    """The caller is gone."""


async def _body(visit: _Visit, receive: Receive) -> bytes:
    """All that is sent with a request; Refusal once it is too large."""
    announced = visit.header("content-length")
    if announced.isdigit() and int(announced[:12]) > LARGEST_BODY:
        raise Refusal(413, "too_large")
    if not announced and b"transfer-encoding" not in visit.headers:
        return b""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _HungUp
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise Refusal(413, "too_large")
    visit.text = body.decode("utf-8", "replace") if body else None
    return bytes(body)


def _once(body: bytes) -> Receive:
    messages: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": body, "more_body": False}
    ]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def _deliver(
    visit: _Visit, answer: _Answer, fault: str, receive: Receive, send: Send
) -> None:
    if fault == "timeout":
        visit.note(_HUNG_UP, 0)
        await _silence(receive)
        return
    if fault == "disconnect":
        visit.note(_HUNG_UP, len(answer.body) // 2)
        await _start(visit, answer, send)
        half = {"type": "http.response.body", "body": answer.body[: len(answer.body) // 2]}
        await send({**half, "more_body": True})
        return  # with more announced than was sent, so the server breaks the connection off
    await _send(visit, answer, send)


async def _silence(receive: Receive) -> None:
    """Wait until the caller hangs up, a minute at most."""

    async def until_gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(until_gone(), faults.LONGEST_SILENCE)


async def _send(visit: _Visit, answer: _Answer, send: Send) -> None:
    visit.note(answer.status, len(answer.body))
    await _start(visit, answer, send)
    await send({"type": "http.response.body", "body": answer.body})


async def _start(visit: _Visit, answer: _Answer, send: Send) -> None:
    headers = [*answer.headers, *visit.own_headers()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
