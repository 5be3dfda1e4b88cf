"""Deliveries: webhooks that are really sent, as unreliably as the world does it.

What happened is sent to every webhook that wants it, signed, at least once: without an answer, or
with one outside 200 to 299, again after 1 minute, 10 minutes, 1 hour and 6 hours of the practice
clock. Sixty of its seconds pass here in a real one, so the first three tries take eleven seconds;
`sleep` on the practice clock makes them due at once. Some events come twice although they had
arrived, some come after a later one: which, the company's seed decides. A webhook that has got
nothing through for twelve hours is switched off.

Sending is for real on loopback alone. No other host is ever asked: a delivery there is noted as
refused.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from champion.api.clock import Deadline, read, said
from champion.api.practice import Practice
from champion.api.webhooks import secret

if TYPE_CHECKING:
    import httpx

WAITS = (60, 600, 3_600, 21_600)
"""Seconds of the practice clock between an attempt that failed and the next."""
PACE = 60
"""How many of its seconds pass in a real one, for deliveries."""
PATIENCE = 2.0
"""Real seconds in which a receiver must answer."""
GIVEN_UP = timedelta(hours=12)
_LATE, _AGAIN = 20, 60
"""Seconds by which an event comes late, or comes again although it had arrived."""
_LOOK_UP = 0.02
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class _Due:
    """An event to be sent to a webhook."""

    webhook: int
    event: int
    attempt: int
    when: Deadline


@dataclass
class Deliverer:
    """Sends what is due, one after the other, in the order in which it became due."""

    practice: Practice
    _due: list[_Due] = field(default_factory=list)
    _generation: int = 0
    _client: httpx.AsyncClient | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Look up now and then, for ever."""
        while True:
            await asyncio.sleep(_LOOK_UP)
            if self.practice.told or self._due:
                await self.send()

    async def send(self) -> None:
        """Send everything that is due now; return when it is sent."""
        async with self._busy:
            self._take_in()
            while ready := [due for due in self._due if due.when.is_over()]:
                first = min(ready, key=lambda due: (due.when.moment, due.event, due.webhook))
                self._due.remove(first)
                await self._attempt(first)
                self._take_in()

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()

    def _take_in(self) -> None:
        """Turn what happened into deliveries; a reset has made the old ones void."""
        if self._generation != self.practice.generation:
            self._generation = self.practice.generation
            self._due.clear()
        while self.practice.told:
            event = self.practice.told.pop(0)
            for webhook in self.practice.all(_WANTED, event):
                if {"*", webhook["type"]} & set(webhook["event_types"].split()):
                    late = _LATE if self._chance("late", webhook["id"], event, 5) else 0
                    self._later(webhook["id"], event, 1, late, read(webhook["generated_at"]))

    def _later(
        self, webhook: int, event: int, attempt: int, seconds: float, since: datetime
    ) -> None:
        when = self.practice.clock.deadline(seconds, PACE, since)
        self._due.append(_Due(webhook, event, attempt, when))

    def _chance(self, what: str, webhook: int, event: int, sides: int) -> bool:
        key = f"delivery\0{self.practice.seed}\0{what}\0{webhook}\0{event}"
        return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % sides == 0

    async def _attempt(self, due: _Due) -> None:
        told = self.practice.one(_TOLD, due.webhook, due.event)
        if told is None:  # switched off or removed meanwhile
            return
        # Of a clock that went on by hours at once: each attempt is made when it was due.
        sent = min(self.practice.clock.now, due.when.moment)
        generation = self.practice.generation
        status, failure = await self._post(told, int(sent.timestamp()), due.webhook)
        if generation != self.practice.generation:
            return
        took = 35 + due.event * 53 % 400 if failure != "timeout" else 10_000
        self.practice.add(
            "webhook_deliveries",
            webhook_id=due.webhook,
            event_id=due.event,
            attempt=due.attempt,
            status=status,
            failure=failure,
            duration_ms=took,
            sent_at=said(sent),
        )
        if failure is None:
            self._arrived(due, sent)
        else:
            self._failed(due, told, sent)

    def _arrived(self, due: _Due, sent: datetime) -> None:
        self.practice.run("UPDATE webhooks SET failing_since = NULL WHERE id = ?", (due.webhook,))
        if due.attempt == 1 and self._chance("again", due.webhook, due.event, 6):
            self._later(due.webhook, due.event, 2, _AGAIN, sent)

    def _failed(self, due: _Due, told: dict[str, Any], sent: datetime) -> None:
        now = said(sent)
        since = told["failing_since"] or now
        off = sent - read(since) >= GIVEN_UP
        self.practice.run(
            "UPDATE webhooks SET failing_since = ?, disabled_at = ?, disabled_reason = ? "
            "WHERE id = ?",
            (since, now if off else None, "failing" if off else None, due.webhook),
        )
        if due.attempt <= len(WAITS) and not off:
            self._later(due.webhook, due.event, due.attempt + 1, WAITS[due.attempt - 1], sent)

    async def _post(
        self, told: dict[str, Any], moment: int, webhook: int
    ) -> tuple[int | None, str | None]:
        """The status that was answered, and why the delivery does not count."""
        import httpx

        from champion.lantern import signing

        if urlsplit(told["url"]).hostname not in _LOOPBACK:
            return None, "connection_refused"
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=PATIENCE, trust_env=False)
        content = signing.body(
            told["uuid"], told["type"], told["generated_at"], told["account_id"],
            told["hashed_id"], told["title"], told["quality"],
        )  # fmt: skip
        seal = signing.signature(secret(self.practice, webhook), moment, content)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Lantern-Webhooks/1",
            "Lantern-Signature": f"t={moment},v1={seal}",
        }
        try:
            answer = await self._client.post(told["url"], content=content, headers=headers)
        except httpx.TimeoutException:
            return None, "timeout"
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return None, "connection_refused"
        return answer.status_code, _failure(answer.status_code)


def _failure(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if status < 400:
        return "redirect"
    return "client_error" if status < 500 else "server_error"


_WANTED = """
    SELECT w.id, w.event_types, e.type, e.generated_at FROM webhook_events e
    JOIN webhooks w ON w.account_id = e.account_id AND w.disabled_at IS NULL
    WHERE e.id = ? ORDER BY w.id"""
_TOLD = """
    SELECT w.url, w.failing_since, e.uuid, e.type, e.generated_at, e.account_id, v.hashed_id,
        v.title, e.quality
    FROM webhooks w, webhook_events e JOIN videos v ON v.id = e.video_id
    WHERE w.id = ? AND w.disabled_at IS NULL AND e.id = ?"""
