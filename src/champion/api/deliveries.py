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
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from champion.api import due
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
_LOOK_UP = 0.02
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class _Due:
    """An event to be sent to a webhook, as the state keeps it, and when that is."""

    id: int
    webhook: int
    event: int
    attempt: int
    when: Deadline


@dataclass
class Deliverer:
    """Sends what is due, one after the other, in the order in which it became due.

    What is to be sent lies in the state: an API that is ended goes on with it when it starts
    again. What was under way at that moment is sent once more.
    """

    practice: Practice
    _deadlines: dict[int, Deadline] = field(default_factory=dict)
    _generation: int = 0
    _client: httpx.AsyncClient | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Look up now and then, for ever: when the state has changed, or something waits."""
        seen = -1
        while True:
            await asyncio.sleep(_LOOK_UP)
            if self._deadlines or self.practice.base.total_changes != seen:
                await self.send()
                seen = self.practice.base.total_changes

    async def send(self) -> None:
        """Send everything that is due now; return when it is sent."""
        async with self._busy:
            while (first := self._first()) is not None:
                await self._attempt(first)

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()

    def _first(self) -> _Due | None:
        """What has been due for longest; None when nothing is."""
        if self._generation != self.practice.generation:  # after a reset, numbers begin again
            self._generation = self.practice.generation
            self._deadlines.clear()
        waiting = due.all_of(self.practice)
        self._deadlines = {row["id"]: self._deadline(row) for row in waiting}
        for row in waiting:
            when = self._deadlines[row["id"]]
            if when.is_over():
                return _Due(row["id"], row["webhook_id"], row["event_id"], row["attempt"], when)
        return None

    def _deadline(self, row: dict[str, Any]) -> Deadline:
        """When it is due: on the practice clock, or on the wall since it was first seen here."""
        if row["id"] in self._deadlines:
            return self._deadlines[row["id"]]
        seconds = (read(row["due_at"]) - self.practice.clock.now) / timedelta(seconds=1)
        return self.practice.clock.deadline(seconds, PACE)

    async def _attempt(self, sending: _Due) -> None:
        told = self.practice.one(_TOLD, sending.webhook, sending.event)
        if told is None:  # switched off while another delivery was under way
            due.done(self.practice, sending.id)
            return
        # Of a clock that went on by hours at once: each attempt is made when it was due.
        sent = min(self.practice.clock.now, sending.when.moment)
        generation = self.practice.generation
        status, failure = await self._post(told, int(sent.timestamp()), sending.webhook)
        if generation != self.practice.generation or self._is_removed(sending.webhook):
            return
        with self.practice.change():
            self._note(sending, status, failure, sent)
            if failure is None:
                self._arrived(sending, sent)
            else:
                self._failed(sending, told, sent)

    def _is_removed(self, webhook: int) -> bool:
        return self.practice.one("SELECT id FROM webhooks WHERE id = ?", webhook) is None

    def _note(self, sending: _Due, status: int | None, failure: str | None, sent: datetime) -> None:
        took = 35 + sending.event * 53 % 400 if failure != "timeout" else 10_000
        due.done(self.practice, sending.id)
        self.practice.add(
            "webhook_deliveries",
            webhook_id=sending.webhook,
            event_id=sending.event,
            attempt=sending.attempt,
            status=status,
            failure=failure,
            duration_ms=took,
            sent_at=said(sent),
        )

    def _arrived(self, sending: _Due, sent: datetime) -> None:
        webhook, event = sending.webhook, sending.event
        self.practice.run("UPDATE webhooks SET failing_since = NULL WHERE id = ?", (webhook,))
        if sending.attempt == 1 and due.comes_again(self.practice, webhook, event):
            due.later(self.practice, webhook, event, 2, due.AGAIN, sent)

    def _failed(self, sending: _Due, told: dict[str, Any], sent: datetime) -> None:
        webhook, attempt, now = sending.webhook, sending.attempt, said(sent)
        since = told["failing_since"] or now
        off = sent - read(since) >= GIVEN_UP
        self.practice.run("UPDATE webhooks SET failing_since = ? WHERE id = ?", (since, webhook))
        if off:
            self.practice.run(
                "UPDATE webhooks SET disabled_at = ?, disabled_reason = 'failing' WHERE id = ?",
                (now, webhook),
            )
            due.none_to(self.practice, webhook)
        elif attempt <= len(WAITS):
            wait = WAITS[attempt - 1]
            due.later(self.practice, webhook, sending.event, attempt + 1, wait, sent)

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


_TOLD = """
    SELECT w.url, w.failing_since, e.uuid, e.type, e.generated_at, e.account_id, v.hashed_id,
        v.title, e.quality
    FROM webhooks w, webhook_events e JOIN videos v ON v.id = e.video_id
    WHERE w.id = ? AND w.disabled_at IS NULL AND e.id = ?"""
