"""Support: the agents, and the tickets of ordinary days with what was written in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, TICKETS_START, WEEK, Moments, at, zone
from champion.lantern.dice import Dice, Whole, along, below, pick
from champion.lantern.ledger import Ledger
from champion.lantern.names import plain
from champion.lantern.signups import are_late

TICKETS = 12_000
FIRST_TICKET = 10_001

_HOURS = (1, 1, 1, 1, 1, 1, 3, 8, 22, 38, 40, 36, 26, 30, 34, 32, 26, 16, 8, 5, 4, 3, 2, 1)
_DAYS = (24, 21, 19, 18, 16, 3, 2)
_RHYTHM = np.array([day * hour for day in _DAYS for hour in _HOURS], dtype=np.int64)
_FIRST_REPLY = (2, 7, 16, 32, 55, 95, 160, 300, 720, 1_500, 5_200)
"""Minutes until the first reply: the quantiles, tenth by tenth."""
_UNTIL_SOLVED = (3, 20, 60, 180, 420, 1_000, 1_800, 3_200, 6_000, 11_000, 26_000)
_WRITES = np.array((3, 5, 8, 16, 30, 8), dtype=np.int64)
_CHANNELS = ("email", "chat", "form")
_PRIORITIES = ("low", "normal", "high", "urgent")


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


@dataclass(frozen=True)
class _Desk:
    """What is known of the tickets to be written, row by row; -1 where nobody is known."""

    n: Whole
    account: Whole
    requester: Whole
    agent: Whole
    topic: Whole
    draw: Whole
    opened: Moments
    replied: Moments
    solved: Moments
    answered: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    closed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))


def add_tickets(ledger: Ledger) -> None:
    """The main inbox: tickets since the help desk changed, numbered as they came."""
    desk = _desk(ledger)
    dice, topics = ledger.dice, recipe.table("tickets")["topic"]
    ids = np.arange(FIRST_TICKET, FIRST_TICKET + len(desk.n), dtype=np.int64)
    waiting = dice.chance("tickets", "pending", desk.n, 450)
    status = [
        ("closed" if solved < NOW - WEEK else "solved")
        if closed
        else ("pending" if answered and waits else "open")
        for solved, closed, answered, waits in zip(
            desk.solved, desk.closed, desk.answered, waiting, strict=True
        )
    ]
    priority = dice.pick("tickets", "priority", desk.n, (18, 62, 16, 4))
    known = desk.account >= 0
    strangers = recipe.table("tickets")["words"]["strangers"]
    subjects = [
        topics[topic]["subjects"][draw % len(topics[topic]["subjects"])]
        if there
        else strangers[draw % len(strangers)]
        for topic, draw, there in zip(desk.topic, desk.draw, known, strict=True)
    ]
    ledger.add(
        "tickets",
        id=ids,
        reference=[f"L-{number}" for number in ids.tolist()],
        account_id=np.ma.MaskedArray(desk.account, mask=~known),
        requester_id=np.ma.MaskedArray(desk.requester, mask=~known),
        agent_id=np.ma.MaskedArray(desk.agent, mask=~desk.answered),
        channel=[_CHANNELS[c] for c in dice.pick("tickets", "channel", desk.n, (58, 24, 18))],
        subject=subjects,
        status=status,
        priority=[
            _PRIORITIES[p] if seen else None
            for p, seen in zip(priority, desk.answered, strict=True)
        ],
        opened_at=desk.opened,
        first_reply_at=np.ma.MaskedArray(desk.replied, mask=~desk.answered),
        closed_at=np.ma.MaskedArray(desk.solved, mask=~desk.closed),
    )
    _add_messages(ledger, desk, ids)


def _desk(ledger: Ledger) -> _Desk:
    dice = ledger.dice
    n = np.arange(1, ledger.sized(TICKETS) + 1, dtype=np.int64)
    opened = _opened(dice, n)
    order = np.lexsort((n, opened))
    n, opened = n[order], opened[order]
    account, requester = _senders(ledger, n, opened)
    replied = opened + along(dice.roll("tickets", "first_reply_at", n), _FIRST_REPLY) * MINUTE
    solved = replied + along(dice.roll("tickets", "closed_at", n), _UNTIL_SOLVED) * MINUTE
    topics = recipe.table("tickets")["topic"]
    answered = replied < NOW - MINUTE
    return _Desk(
        n,
        account,
        requester,
        _agents(dice, n, replied),
        dice.pick("tickets", "topic", n, [topic["weight"] for topic in topics]),
        below(dice.roll("tickets", "words", n), 1 << 20),
        opened,
        replied,
        solved,
        answered,
        answered & (solved < NOW - MINUTE) & ~dice.chance("tickets", "lingers", n, 15),
    )


def _opened(dice: Dice, n: Whole) -> Moments:
    first = zone("Europe/London").moment(TICKETS_START)
    weeks = below(dice.roll("tickets", "week", n), (NOW - TICKETS_START) // WEEK + 1)
    hour = pick(dice.roll("tickets", "hour", n), _RHYTHM)
    within = dice.between("tickets", "second", n, 0, 3_599) * 1_000_000
    opened = first + weeks * WEEK + hour * HOUR + within
    return np.where(opened < NOW - 2 * MINUTE, opened, opened - 4 * WEEK)


def _senders(ledger: Ledger, n: Whole, opened: Moments) -> tuple[Whole, Whole]:
    """The account and the user who wrote: somebody who could sign in then; -1 for strangers."""
    dice = ledger.dice
    users = {name: ledger.values("users", name) for name in ("id", "account_id", "created_at")}
    accounts, plans = ledger.values("accounts", "id"), ledger.values("accounts", "plan_id")
    order = np.argsort(accounts, kind="stable")
    owner = order[np.searchsorted(accounts[order], users["account_id"])]
    talks = (
        along(dice.roll("users", "writes", users["id"]), (0, 0, 1, 2, 4, 9))
        * _WRITES[plans[owner] - 1]
    )
    silent = dice.chance("accounts", "silent", accounts, 100)
    silent |= are_late(accounts)
    until = ledger.until()
    weights = np.where(silent[owner], 0, talks)
    chosen = np.zeros(len(n), dtype=np.int64)
    there = np.zeros(len(n), dtype=bool)
    for attempt in range(6):
        other = pick(dice.roll("tickets", f"requester_id {attempt}", n), weights)
        chosen = np.where(there, chosen, other)
        there = (users["created_at"][chosen] < opened) & (opened < until[owner[chosen]])
    there &= ~dice.chance("tickets", "stranger", n, 15)
    return np.where(there, users["account_id"][chosen], -1), np.where(
        there, users["id"][chosen], -1
    )


def _agents(dice: Dice, n: Whole, replied: Moments) -> Whole:
    """Somebody who worked here on the day of the first reply."""
    agents = recipe.table("agents")["agent"]
    start = np.array([at(agent["started_at"]) for agent in agents])
    left = np.array([at(agent.get("left_at", "2030-01-01")) for agent in agents])
    keys = [dice.roll("tickets", f"agent {agent['id']}", n) for agent in agents]
    here = (start <= replied[:, None]) & (replied[:, None] < left - DAY)
    best = np.where(here, (np.stack(keys, axis=1) >> np.uint64(1)).astype(np.int64), -1)
    ids: Whole = np.array([agent["id"] for agent in agents], dtype=np.int64)
    chosen: Whole = ids[np.argmax(best, axis=1)]
    return chosen


def _add_messages(ledger: Ledger, desk: _Desk, ids: Whole) -> None:
    rows = list(_messages(ledger, desk, ids))
    names = (
        "ticket_id",
        "sent_at",
        "visibility",
        "author_kind",
        "author_user_id",
        "author_agent_id",
        "body",
    )
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    ledger.add("ticket_messages", id=np.arange(1, len(rows) + 1, dtype=np.int64), **columns)


def _messages(ledger: Ledger, desk: _Desk, ids: Whole) -> Iterator[tuple[Any, ...]]:
    words = recipe.table("tickets")
    users = dict(
        zip(
            ledger.values("users", "id").tolist(),
            ledger.values("users", "name").tolist(),
            strict=True,
        )
    )
    agents = {agent["id"]: agent["name"] for agent in recipe.table("agents")["agent"]}
    kinds = below(ledger.dice.roll("tickets", "turns", desk.n), 1000).tolist()
    columns = (
        ids,
        desk.requester,
        desk.agent,
        desk.topic,
        desk.draw,
        desk.opened,
        desk.replied,
        desk.solved,
    )
    rows = zip(
        *(column.tolist() for column in columns),
        desk.answered.tolist(),
        desk.closed.tolist(),
        kinds,
        strict=True,
    )
    for ticket, sender, agent, topic, draw, opened, replied, solved, answered, closed, kind in rows:
        subject = words["topic"][topic]
        user = None if sender < 0 else sender
        name = "there" if user is None else users[user].split()[0]
        ask = subject["asks"][(draw >> 3) % len(subject["asks"])]
        yield (
            ticket,
            opened,
            "public",
            "customer",
            user,
            None,
            ask.format(title="Welcome") + f"\n\n{users.get(sender, 'A visitor')}",
        )
        if not answered:
            continue
        if kind % 4 == 0:
            note = words["words"]["notes"][(draw >> 5) % len(words["words"]["notes"])]
            yield ticket, opened + (replied - opened) // 2, "internal", "agent", None, agent, note
        answers = subject["poor"] if kind < 140 else subject["good"]
        answer = answers[(draw >> 7) % len(answers)].format(
            first=name, agent=agents[agent].split()[0]
        )
        yield ticket, replied, "public", "agent", None, agent, answer
        if closed and kind % 3:
            later = words["words"]["follow_ups"][(draw >> 9) % len(words["words"]["follow_ups"])]
            yield ticket, replied + (solved - replied) // 2, "public", "customer", user, None, later
