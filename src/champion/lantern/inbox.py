"""The inbox: who wrote when, who answered when, and how it went on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    TICKETS_START,
    WEEK,
    Moments,
    at,
    zone,
)
from champion.lantern.dice import Dice, Whole, along, below, pick
from champion.lantern.ledger import Ledger
from champion.lantern.signups import are_late

TICKETS = 12_000
"""Tickets of the main inbox at scale 1: about sixty a working day."""

_HOURS = (1, 1, 1, 1, 1, 1, 3, 8, 22, 38, 40, 36, 26, 30, 34, 32, 26, 16, 8, 5, 4, 3, 2, 1)
_DAYS = (24, 21, 19, 18, 16, 3, 2)
_RHYTHM = np.array([day * hour for day in _DAYS for hour in _HOURS], dtype=np.int64)
_FIRST_REPLY = (2, 7, 16, 32, 55, 95, 160, 300, 720, 1_500, 5_200)
"""Minutes until the first reply: the quantiles, tenth by tenth."""
_UNTIL_SOLVED = (3, 20, 60, 180, 420, 1_000, 1_800, 3_200, 6_000, 11_000, 26_000)
_WRITES = np.array((3, 5, 8, 16, 30, 8), dtype=np.int64)
"""How often people write, by plan."""
_ZEAL = (0, 0, 1, 2, 4, 9)
"""How often people write, by temper: the quantiles."""


@dataclass(frozen=True)
class Inbox:
    """Tickets in the order in which they came.

    Attributes:
        n: a number for the dice.
        account, requester: who wrote; -1 for strangers.
        agent: who answers first.
        opened, replied, solved: when, were the clock to go on.
        answered, closed: whether that has happened by now.
    """

    n: Whole
    account: Whole
    requester: Whole
    agent: Whole
    opened: Moments
    replied: Moments
    solved: Moments
    answered: NDArray[np.bool_]
    closed: NDArray[np.bool_]


def inbox(ledger: Ledger) -> Inbox:
    """The main inbox of this company."""
    dice = ledger.dice
    n = np.arange(1, ledger.sized(TICKETS) + 1, dtype=np.int64)
    opened = _opened(dice, n)
    order = np.lexsort((n, opened))
    n, opened = n[order], opened[order]
    account, requester = _senders(ledger, n, opened)
    replied = opened + along(dice.roll("tickets", "first_reply_at", n), _FIRST_REPLY) * MINUTE
    solved = replied + along(dice.roll("tickets", "closed_at", n), _UNTIL_SOLVED) * MINUTE
    answered = replied < NOW - MINUTE
    closed = answered & (solved < NOW - MINUTE) & ~dice.chance("tickets", "lingers", n, 15)
    agent = _agents(dice, n, replied)
    return Inbox(n, account, requester, agent, opened, replied, solved, answered, closed)


def _opened(dice: Dice, n: Whole) -> Moments:
    """By the rhythm of London's week; what would lie ahead came four weeks earlier."""
    first = zone("Europe/London").moment(TICKETS_START)
    weeks = below(dice.roll("tickets", "week", n), (NOW - TICKETS_START) // WEEK + 1)
    hour = pick(dice.roll("tickets", "hour", n), _RHYTHM)
    second = dice.between("tickets", "second", n, 0, 3_599)
    opened = first + weeks * WEEK + hour * HOUR + second * SECOND
    return np.where(opened < NOW - 2 * MINUTE, opened, opened - 4 * WEEK)


def _senders(ledger: Ledger, n: Whole, opened: Moments) -> tuple[Whole, Whole]:
    """The account and the user who wrote: somebody of an account that was open then.

    Whoever was not there yet, or no more, is drawn again a few times; then it is a stranger.
    """
    dice, until = ledger.dice, ledger.until()
    users, invited = ledger.values("users", "id"), ledger.values("users", "created_at")
    account = ledger.values("users", "account_id")
    accounts = ledger.values("accounts", "id")
    order = np.argsort(accounts, kind="stable")
    place = order[np.searchsorted(accounts[order], account)]
    weights = _weights(ledger, users, place)
    chosen = np.zeros(len(n), dtype=np.int64)
    there = np.zeros(len(n), dtype=bool)
    for attempt in range(6):
        other = pick(dice.roll("tickets", f"requester_id {attempt}", n), weights)
        chosen = np.where(there, chosen, other)
        there = (invited[chosen] < opened) & (opened < until[place[chosen]])
    there &= ~dice.chance("tickets", "stranger", n, 15)
    return np.where(there, account[chosen], -1), np.where(there, users[chosen], -1)


def _weights(ledger: Ledger, users: Whole, place: Whole) -> Whole:
    plans = ledger.values("accounts", "plan_id")[place]
    accounts = ledger.values("accounts", "id")
    silent = (ledger.dice.chance("accounts", "silent", accounts, 100) | are_late(accounts))[place]
    writes = along(ledger.dice.roll("users", "writes", users), _ZEAL) * _WRITES[plans - 1]
    return np.where(silent, 0, writes)


def _agents(dice: Dice, n: Whole, replied: Moments) -> Whole:
    """Somebody who worked here on the day of the first reply."""
    agents = recipe.table("agents")["agent"]
    start = np.array([at(agent["started_at"]) for agent in agents])
    left = np.array([at(agent.get("left_at", "2030-01-01")) for agent in agents])
    wishes = [dice.roll("tickets", f"agent {agent['id']}", n) >> np.uint64(1) for agent in agents]
    here = (start <= replied[:, None]) & (replied[:, None] < left - DAY)
    wish = np.where(here, np.stack(wishes, axis=1).astype(np.int64), -1)
    ids: Whole = np.array([agent["id"] for agent in agents], dtype=np.int64)
    chosen: Whole = ids[np.argmax(wish, axis=1)]
    return chosen
