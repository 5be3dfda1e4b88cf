"""Ratings: what customers thought of our answers."""

from __future__ import annotations

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import HOUR, MINUTE, NOW
from champion.lantern.columns import texts
from champion.lantern.dice import below, pick
from champion.lantern.ledger import Ledger

_SOON, _LATE = (3, 4, 8, 30, 55), (18, 16, 22, 26, 18)
"""How often each score, 1 to 5, for a first reply within four hours, and for a later one."""


def add_csat_ratings(ledger: Ledger) -> None:
    """A third of those whose ticket is solved, in the days after; slow answers are liked less."""
    dice, tickets = ledger.dice, ledger.values("tickets", "id")
    closed, replied = (
        ledger.column("tickets", "closed_at"),
        ledger.column("tickets", "first_reply_at"),
    )
    rated = closed.values + dice.between("csat_ratings", "rated_at", tickets, 10, 4_000) * MINUTE
    there = ~closed.gaps() & ~replied.gaps() & ~ledger.column("tickets", "requester_id").gaps()
    there &= dice.chance("csat_ratings", "rates", tickets, 330) & (rated < NOW)
    waited = replied.values - ledger.values("tickets", "opened_at")
    draws = dice.roll("csat_ratings", "score", tickets)
    score = np.where(waited < 4 * HOUR, pick(draws, _SOON), pick(draws, _LATE)) + 1
    words = recipe.table("developers")["ratings"]
    remark = below(dice.roll("csat_ratings", "remark", tickets), 1 << 10)
    remarks = np.where(
        score >= 4,
        texts(words["good"], remark % len(words["good"])),
        texts(words["poor"], remark % len(words["poor"])),
    )
    remarks[~dice.chance("csat_ratings", "remarks", tickets, 260) | (score == 3)] = None
    order = np.flatnonzero(there)[np.lexsort((tickets[there], rated[there]))]
    ledger.add(
        "csat_ratings",
        id=ledger.next_ids("csat_ratings", len(order)),
        ticket_id=tickets[order],
        score=score[order],
        remark=remarks[order],
        rated_at=rated[order],
    )
