"""Support: the agents, the tickets of ordinary days, and every message in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import NOW, WEEK, at
from champion.lantern.columns import texts
from champion.lantern.dice import Whole, below
from champion.lantern.inbox import Inbox, inbox
from champion.lantern.ledger import Ledger
from champion.lantern.names import plain

FIRST_TICKET = 10_001
"""Smaller numbers are tickets of cases."""

_CHANNELS = ("email", "chat", "form")
_PRIORITIES = ("low", "normal", "high", "urgent")
_STATUSES = ("open", "pending", "solved", "closed")
_MESSAGE = (
    "ticket_id",
    "sent_at",
    "visibility",
    "author_kind",
    "author_user_id",
    "author_agent_id",
    "body",
)


def add_agents(ledger: Ledger) -> None:
    """Lantern's support people, from the recipe."""
    agents = recipe.table("agents")["agent"]
    ledger.add(
        "agents",
        id=[agent["id"] for agent in agents],
        name=[agent["name"] for agent in agents],
        email=[f"{plain(agent['name'].split()[0])}@lantern.example" for agent in agents],
        time_zone=[agent["time_zone"] for agent in agents],
        started_at=[at(agent["started_at"]) for agent in agents],
        left_at=[at(agent["left_at"]) if "left_at" in agent else None for agent in agents],
    )


def add_tickets(ledger: Ledger) -> None:
    """The main inbox since the help desk changed, numbered as they came."""
    dice, came = ledger.dice, inbox(ledger)
    talks = list(_talks(ledger, came))
    stranger, waits = came.account < 0, ~came.answered
    ledger.add(
        "tickets",
        id=[talk.ticket for talk in talks],
        reference=[f"L-{talk.ticket}" for talk in talks],
        account_id=np.ma.MaskedArray(came.account, mask=stranger),
        requester_id=np.ma.MaskedArray(came.requester, mask=stranger),
        agent_id=np.ma.MaskedArray(came.agent, mask=waits),
        channel=texts(_CHANNELS, dice.pick("tickets", "channel", came.n, (58, 24, 18))),
        subject=[talk.subject for talk in talks],
        status=texts(_STATUSES, _statuses(ledger, came)),
        priority=_priorities(ledger, came),
        opened_at=came.opened,
        first_reply_at=np.ma.MaskedArray(came.replied, mask=waits),
        closed_at=np.ma.MaskedArray(came.solved, mask=~came.closed),
    )
    _add_messages(ledger, talks)


def _statuses(ledger: Ledger, came: Inbox) -> Whole:
    pending = came.answered & ledger.dice.chance("tickets", "pending", came.n, 450)
    finished = came.closed & (came.solved < NOW - WEEK)
    return np.select([finished, came.closed, pending], [3, 2, 1], 0)


def _priorities(ledger: Ledger, came: Inbox) -> list[str | None]:
    drawn = ledger.dice.pick("tickets", "priority", came.n, (18, 62, 16, 4)).tolist()
    seen = came.answered.tolist()
    return [_PRIORITIES[p] if looked else None for p, looked in zip(drawn, seen, strict=True)]


@dataclass(frozen=True)
class _Talk:
    """One ticket as a conversation; `draw` chooses the words, None stands for nobody."""

    ticket: int
    user: int | None
    name: str
    agent: int
    agent_name: str
    title: str
    topic: dict[str, Any]
    draw: int
    opened: int
    replied: int
    solved: int
    answered: bool
    closed: bool

    def chosen(self, words: list[str], salt: int) -> str:
        """One of these texts, with the names put in; another salt, another choice."""
        first = self.name.split()[0] if self.user else "there"
        text = words[(self.draw >> salt) % len(words)]
        return text.format(first=first, agent=self.agent_name.split()[0], title=self.title)

    @property
    def subject(self) -> str:
        """The subject line."""
        return self.chosen(self.topic["subjects"], 0)


def _talks(ledger: Ledger, came: Inbox) -> Iterator[_Talk]:
    topics = recipe.table("tickets")["topic"]
    stranger = recipe.table("tickets")["words"]["stranger"]
    names = _by_id(ledger, "users", "id", "name")
    titles = _by_id(ledger, "videos", "account_id", "title")
    agents = {agent["id"]: agent["name"] for agent in recipe.table("agents")["agent"]}
    topic = ledger.dice.pick("tickets", "topic", came.n, [topic["weight"] for topic in topics])
    draw = below(ledger.dice.roll("tickets", "words", came.n), 1 << 30)
    who = (came.account, came.requester, came.agent, topic, draw)
    when = (came.opened, came.replied, came.solved, came.answered, came.closed)
    rows = zip(*(column.tolist() for column in (*who, *when)), strict=True)
    for nth, (account, user, agent, about, words, *times) in enumerate(rows):
        yield _Talk(
            FIRST_TICKET + nth,
            user if user > 0 else None,
            names.get(user, "A visitor"),
            agent,
            agents[agent],
            titles.get(account, "Welcome"),
            topics[about] if user > 0 else stranger,
            words,
            *times,
        )


def _by_id(ledger: Ledger, table: str, key: str, value: str) -> dict[int, str]:
    keys, values = ledger.values(table, key).tolist(), ledger.values(table, value).tolist()
    return dict(zip(keys, values, strict=True))


def _add_messages(ledger: Ledger, talks: list[_Talk]) -> None:
    rows = [(talk.ticket, *message) for talk in talks for message in _messages(talk)]
    columns = dict(zip(_MESSAGE, zip(*rows, strict=True), strict=True))
    ids = ledger.next_ids("ticket_messages", len(rows))
    ledger.add("ticket_messages", id=ids, **columns)


def _messages(talk: _Talk) -> Iterator[tuple[int, str, str, int | None, int | None, str]]:
    """The question, sometimes a note among colleagues, the answer, sometimes an echo."""
    words = recipe.table("tickets")["words"]
    ask = talk.chosen(talk.topic["asks"], 3)
    yield talk.opened, "public", "customer", talk.user, None, f"{ask}\n\n{talk.name}"
    if not talk.answered:
        return
    mood = (talk.draw >> 20) % 1_000
    if mood % 4 == 0:
        between = talk.opened + (talk.replied - talk.opened) // 2
        yield between, "internal", "agent", None, talk.agent, talk.chosen(words["notes"], 5)
    answer = talk.chosen(talk.topic["poor" if mood < 140 else "good"], 7)
    yield talk.replied, "public", "agent", None, talk.agent, answer
    if talk.closed and mood % 3:
        between = talk.replied + (talk.solved - talk.replied) // 2
        echo = talk.chosen(words["follow_ups"], 9)
        yield between, "public", "customer", talk.user, None, echo
