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
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from champion.api import errors, faults, jobs, moved
from champion.api.errors import LARGEST_BODY, Refusal
from champion.api.practice import Practice
from champion.api.processes import SILENCE
from champion.api.visit import Held, TooMany, Visit

VERSIONS = ("/v1/", moved.PREFIX)
"""Below these, a request is one of the API's: numbered, let in or refused, and noted."""
_HUNG_UP = 499
_FOR_EVER = float("inf")
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
        visit = Visit(scope, self.practice)
        if not visit.is_for_us():
            await Refusal(421, "wrong_host").response()(scope, receive, send)
        elif scope["path"].startswith(VERSIONS) or scope["path"] == "/v1":
            serve = self._look if visit.is_a_look() else self._serve
            await serve(visit, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _serve(self, visit: Visit, receive: Receive, send: Send) -> None:
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
        if fault == "slow" and (visit.patience or _FOR_EVER) < faults.SLOW_ON_THE_CLOCK:
            fault = "timeout"
        answer = await self._answer(visit, body, fault)
        await _deliver(visit, answer, fault, receive, send)

    async def _look(self, visit: Visit, receive: Receive, send: Send) -> None:
        """Answer a look at the state, of which nothing stays behind: it may only read."""
        try:
            if visit.scope["method"] != "GET":
                raise Refusal(405, "method_not_allowed", headers={"Allow": "GET"})
            visit.identify()
        except Refusal as refusal:
            await refusal.response()(visit.scope, receive, send)
            return
        await self.app(visit.scope, receive, send)

    async def _refuse(self, visit: Visit, refusal: Refusal, send: Send) -> None:
        visit.scope["error"] = refusal.code
        response = refusal.response()
        if isinstance(refusal, TooMany):
            self.practice.told_to_wait[visit.number] = refusal.wait
            response = errors.too_many(refusal.limit, refusal.wait)
        await _send(visit, Held.of(response), send)

    async def _answer(self, visit: Visit, body: bytes, fault: str) -> Held:
        if fault == "slow":
            self.practice.sleep(faults.SLOW_ON_THE_CLOCK)
            if visit.patience is None:
                await asyncio.sleep(faults.SLOW_SECONDS)
        if fault == "shrink":
            self.practice.shrink(visit.scope["caller"].account)
        if fault == "500":
            visit.scope["error"] = "internal"
            return Held.of(Refusal(500, "internal").response())
        answer = Held()
        try:
            await self.app(visit.scope, _once(body), answer.take)
        except Exception:
            _log.exception("%s %s", visit.scope["method"], visit.scope["path"])
            visit.scope["error"] = "internal"
            return Held.of(Refusal(500, "internal").response())
        return answer


class _HungUp(Exception):
    """The caller is gone."""


async def _body(visit: Visit, receive: Receive) -> bytes:
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


async def _deliver(visit: Visit, answer: Held, fault: str, receive: Receive, send: Send) -> None:
    if fault == "timeout":
        visit.note(_HUNG_UP, 0)
        if visit.patience is None:
            await _silence(receive)
        else:
            await _send_on(visit, Held(_HUNG_UP, [(SILENCE.lower().encode(), b"1")]), send)
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


async def _send(visit: Visit, answer: Held, send: Send) -> None:
    visit.note(answer.status, len(answer.body))
    await _send_on(visit, answer, send)


async def _send_on(visit: Visit, answer: Held, send: Send) -> None:
    await _start(visit, answer, send)
    await send({"type": "http.response.body", "body": answer.body})


async def _start(visit: Visit, answer: Held, send: Send) -> None:
    headers = [*answer.headers, *visit.own_headers()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
