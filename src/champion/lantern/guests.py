"""Guests: users of one account, often an agency, whom another account has let in."""

from __future__ import annotations

import numpy as np

from champion.lantern.clock import DAY, MINUTE, NOW, utc
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import below, pick
from champion.lantern.finding import owners, places
from champion.lantern.ledger import Ledger
from champion.lantern.signups import FIRST_ACCOUNT
from champion.lantern.users import FIRST_USER

GUESTS = 170
FEWEST = 40
_BEGIN = utc(2025, 1, 1)
_ROLES = ("manager", "contributor", "viewer")


def add_guests(ledger: Ledger) -> None:
    """Some users are let in elsewhere; never at, nor from, an account of the cast."""
    dice = ledger.dice
    n = np.arange(1, max(ledger.sized(GUESTS), FEWEST) + 1, dtype=np.int64)
    accounts, users = ledger.values("accounts", "id"), ledger.values("users", "id")
    home = ledger.values("users", "account_id")
    host = pick(dice.roll("memberships", "account_id", n), (accounts >= FIRST_ACCOUNT) * 1)
    guest = pick(
        dice.roll("memberships", "user_id", n),
        ((users >= FIRST_USER) & (home >= FIRST_ACCOUNT)) * 1,
    )
    own = places(accounts, home[guest])
    seen = ledger.column("users", "last_seen_at")
    begin = np.maximum(ledger.values("accounts", "created_at")[host] + DAY, _BEGIN)
    begin = np.maximum(begin, seen.values[guest])
    until = np.minimum(ledger.until()[host], ledger.until()[own])
    away = ledger.column("users", "deactivated_at").taken(guest)
    until = np.where(away.gaps(), until, np.minimum(until, away.values))
    span = (until - begin) // MINUTE
    there = (host != own) & (span > 10) & ~seen.gaps()[guest]
    n, host, guest = n[there], host[there], guest[there]
    begin, span, until = begin[there], span[there], until[there]
    created = begin + below(dice.roll("memberships", "created_at", n), span // 2) * MINUTE
    rest = np.maximum((until - created) // MINUTE, 1)
    ended = created + below(dice.roll("memberships", "ended_at", n), rest) * MINUTE
    over = dice.chance("memberships", "over", n, 250) | (until < NOW)
    ledger.add(
        "memberships",
        id=np.arange(1, len(n) + 1, dtype=np.int64),
        account_id=accounts[host],
        user_id=users[guest],
        invited_by_id=users[owners(ledger, accounts[host])],
        role=texts(_ROLES, dice.pick("memberships", "role", n, (25, 55, 20))),
        created_at=created,
        ended_at=moments_or_none(ended, over),
    )
