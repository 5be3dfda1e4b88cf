"""Due: which webhook is to be told what, and when; kept in the state, so that a restart goes on.

The company's seed decides what comes late, and what comes again although it had arrived.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from champion.api.clock import read, said
from champion.api.practice import Practice

LATE, AGAIN = 20, 60
"""Seconds by which an event comes late, or comes again although it had arrived."""


def tell(practice: Practice, event: int) -> None:
    """Every webhook that wants this event is to be told of it."""
    for webhook in practice.all(_WANTED, event):
        if {"*", webhook["type"]} & set(webhook["event_types"].split()):
            late = LATE if _chance(practice, "late", webhook["id"], event, 5) else 0
            later(practice, webhook["id"], event, 1, late, read(webhook["generated_at"]))


def later(
    practice: Practice, webhook: int, event: int, attempt: int, seconds: float, since: datetime
) -> None:
    """A webhook is to be told of an event so many seconds after a moment of the practice clock."""
    practice.add(
        "webhook_due",
        webhook_id=webhook,
        event_id=event,
        attempt=attempt,
        due_at=said(since + timedelta(seconds=seconds)),
    )


def comes_again(practice: Practice, webhook: int, event: int) -> bool:
    """Whether an event that has arrived is sent a second time."""
    return _chance(practice, "again", webhook, event, 6)


def all_of(practice: Practice) -> list[dict[str, Any]]:
    """What is to be sent, in the order in which it becomes due."""
    return practice.all("SELECT * FROM webhook_due ORDER BY due_at, event_id, webhook_id")


def done(practice: Practice, number: int) -> None:
    """This one is sent, or will never be."""
    practice.run("DELETE FROM webhook_due WHERE id = ?", (number,))


def none_to(practice: Practice, webhook: int) -> None:
    """Nothing more is to be sent to this webhook."""
    practice.run("DELETE FROM webhook_due WHERE webhook_id = ?", (webhook,))


def _chance(practice: Practice, what: str, webhook: int, event: int, sides: int) -> bool:
    key = f"delivery\0{practice.seed}\0{what}\0{webhook}\0{event}"
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % sides == 0


_WANTED = """
    SELECT w.id, w.event_types, e.type, e.generated_at FROM webhook_events e
    JOIN webhooks w ON w.account_id = e.account_id AND w.disabled_at IS NULL
    WHERE e.id = ? ORDER BY w.id"""
