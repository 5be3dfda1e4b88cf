"""What was written before: a customer's earlier ticket, answered well or badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from champion.lantern.cases.telling import Story
from champion.lantern.cast import Person


@dataclass(frozen=True)
class Line:
    """One message.

    Attributes:
        sent: when.
        body: what was written.
        agent: the colleague who wrote; 0: the customer did.
        internal: a note that the customer does not see.
    """

    sent: int
    body: str
    agent: int = 0
    internal: bool = False


def add_earlier(
    story: Story, number: int, who: Person, subject: str, lines: Sequence[Line]
) -> None:
    """A ticket that was solved with its last message; numbered from 2001 to 2999."""
    ledger = story.ledger
    answers = [line for line in lines if line.agent and not line.internal]
    ledger.add(
        "tickets",
        id=number,
        reference=f"L-{number}",
        account_id=story.account,
        requester_id=who.id,
        agent_id=answers[0].agent,
        channel="email",
        subject=subject,
        status="closed",
        priority="normal",
        opened_at=lines[0].sent,
        first_reply_at=answers[0].sent,
        closed_at=lines[-1].sent,
    )
    ledger.add(
        "ticket_messages",
        id=ledger.next_ids("ticket_messages", len(lines)),
        ticket_id=number,
        sent_at=[line.sent for line in lines],
        visibility=["internal" if line.internal else "public" for line in lines],
        author_kind=["agent" if line.agent else "customer" for line in lines],
        author_user_id=[None if line.agent else who.id for line in lines],
        author_agent_id=[line.agent or None for line in lines],
        body=[line.body for line in lines],
    )


def add_escalation(
    story: Story,
    number: int,
    agent: int,
    developer: int,
    handed: int,
    answered: int,
    minutes: int,
    outcome: str,
    evidence: str,
    answer: str,
) -> None:
    """An earlier ticket was handed to a developer, who answered."""
    story.ledger.add(
        "escalations",
        id=story.ledger.next_ids("escalations", 1),
        ticket_id=number,
        agent_id=agent,
        developer_id=developer,
        evidence=evidence,
        outcome=outcome,
        answer=answer,
        developer_minutes=minutes,
        escalated_at=handed,
        answered_at=answered,
    )


def add_tags(story: Story, number: int, tagged: int, tags: Sequence[str]) -> None:
    """Words that colleagues put on an earlier ticket."""
    story.ledger.add(
        "ticket_tags",
        id=story.ledger.next_ids("ticket_tags", len(tags)),
        ticket_id=number,
        tag=list(tags),
        tagged_at=tagged,
    )
