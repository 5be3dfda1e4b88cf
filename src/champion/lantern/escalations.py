"""Escalations: the developers, and what support handed to them on ordinary days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import DAY, NOW, at
from champion.lantern.dice import along
from champion.lantern.ledger import Ledger
from champion.lantern.names import plain

_OUTCOMES = ("fixed", "explained", "known_issue", "no_fault", "sent_back")
_OFTEN = (34, 18, 14, 12, 22)
_MINUTES = (5, 12, 25, 40, 75, 130, 260, 480)
"""Developers' time for one escalation: quantiles. One that is sent back takes a few minutes."""


@dataclass(frozen=True)
class _Handed:
    """A ticket that was handed over, and the moments between the first reply and its end."""

    ticket: int
    agent: int
    topic: dict[str, Any]
    place: dict[str, str]
    replied: int
    closed: int | None
    draw: int
    minutes: int

    def moment(self, quarter: int) -> int:
        """A moment so many quarters of the way."""
        until = NOW - DAY // 24 if self.closed is None else self.closed
        return self.replied + (until - self.replied) * quarter // 4


def add_developers(ledger: Ledger) -> None:
    """Lantern's developers, from the recipe."""
    developers = recipe.table("developers")["developer"]
    ledger.add(
        "developers",
        id=[each["id"] for each in developers],
        name=[each["name"] for each in developers],
        email=[f"{plain(each['name'].split()[0])}@lantern.example" for each in developers],
        team=[each["team"] for each in developers],
        time_zone=[each["time_zone"] for each in developers],
        started_at=[at(each["started_at"]) for each in developers],
    )


def add_escalations(ledger: Ledger) -> None:
    """One ticket in twenty; some come back for want of evidence, and some of those again."""
    rows = [row for handed in _handed(ledger) for row in _rows(handed)]
    if not rows:
        return
    rows.sort(key=lambda row: (row["escalated_at"], row["ticket_id"]))
    columns = {name: [row.get(name) for row in rows] for name in rows[0]}
    ledger.add("escalations", id=ledger.next_ids("escalations", len(rows)), **columns)


def _handed(ledger: Ledger) -> Iterator[_Handed]:
    dice, tickets = ledger.dice, ledger.values("tickets", "id")
    topics = by_subject()
    films = _films(ledger)
    chosen = np.flatnonzero(
        dice.chance("escalations", "escalated", tickets, 60)
        & ~ledger.column("tickets", "agent_id").gaps()
        & ~ledger.column("tickets", "account_id").gaps()
    )
    columns = {
        name: ledger.column("tickets", name)
        for name in ("agent_id", "account_id", "subject", "first_reply_at", "closed_at")
    }
    draws = dice.between("escalations", "words", tickets, 0, (1 << 20) - 1)
    minutes = along(dice.roll("escalations", "developer_minutes", tickets), _MINUTES)
    for place in chosen.tolist():
        value = {name: column.values[place] for name, column in columns.items()}
        topic, draw = topics.get(value["subject"]), int(draws[place])
        theirs = films.get(int(value["account_id"]))
        if topic is None or not theirs:
            continue
        hashed, title = theirs[draw % len(theirs)]
        replied = int(value["first_reply_at"])
        yield _Handed(
            int(tickets[place]),
            int(value["agent_id"]),
            topic,
            {"video": hashed, "title": title, "day": str(np.datetime64(replied // DAY, "D"))},
            replied,
            None if columns["closed_at"].gaps()[place] else int(value["closed_at"]),
            draw >> 4,
            int(minutes[place]),
        )


def _rows(handed: _Handed) -> Iterator[dict[str, Any]]:
    """One row, or two where the first came back and there was time to try again."""
    outcome = _OUTCOMES[int(np.searchsorted(np.cumsum(_OFTEN), handed.draw % 100, side="right"))]
    if handed.closed is None:
        yield _row(handed, None, "good", 3, 4)
    elif outcome != "sent_back":
        yield _row(handed, outcome, "good", 1, 3)
    else:
        yield _row(handed, outcome, "poor", 1, 2)
        if handed.draw & 128:
            yield _row(handed, "fixed", "good", 3, 4)


def _row(
    handed: _Handed, outcome: str | None, evidence: str, start: int, stop: int
) -> dict[str, Any]:
    texts, words = handed.topic[evidence], recipe.table("developers")["words"]
    team = [
        developer["id"]
        for developer in recipe.table("developers")["developer"]
        if developer["team"] == handed.topic["team"]
    ]
    answer = handed.topic["fixed"] if outcome == "fixed" else words.get(outcome)
    waits = outcome is None
    return {
        "ticket_id": handed.ticket,
        "agent_id": _colleague(handed.agent, handed.moment(start)),
        "developer_id": None if waits and handed.draw & 256 else team[handed.draw % len(team)],
        "evidence": texts[handed.draw % len(texts)].format(**handed.place),
        "outcome": outcome,
        "answer": answer,
        "developer_minutes": 0 if waits else 5 if outcome == "sent_back" else handed.minutes,
        "escalated_at": handed.moment(start),
        "answered_at": None if waits else handed.moment(stop),
    }


def _colleague(agent: int, moment: int) -> int:
    """Who hands it over: the ticket's agent, or the first of all where that one has left."""
    first, *_ = agents = recipe.table("agents")["agent"]
    left = {each["id"]: at(each.get("left_at", "2030-01-01")) for each in agents}
    return agent if moment < left[agent] else int(first["id"])


def by_subject() -> dict[str, dict[str, Any]]:
    """What is known of a ticket's topic from its subject line, for topics that developers know."""
    developers = {topic["name"]: topic for topic in recipe.table("developers")["topic"]}
    return {
        subject: developers[topic["name"]]
        for topic in recipe.table("tickets")["topic"]
        for subject in topic["subjects"]
        if topic["name"] in developers
    }


def _films(ledger: Ledger) -> dict[int, list[tuple[str, str]]]:
    """Hashed id and title of every account's videos that were there before tickets were kept."""
    films: dict[int, list[tuple[str, str]]] = {}
    old = ledger.values("videos", "created_at") < at("2025-06-01")
    there = np.flatnonzero(old & ledger.column("videos", "deleted_at").gaps())
    for account, hashed, title in zip(
        *(ledger.values("videos", name)[there].tolist() for name in _FILM), strict=True
    ):
        films.setdefault(account, []).append((hashed, title))
    return films


_FILM = ("account_id", "hashed_id", "title")
