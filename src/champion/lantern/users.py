"""Users: the people of each account; some were invited and never came, some were sent away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.cast import NEVER, cast
from champion.lantern.clock import HOUR, MINUTE, NOW, Moments, at
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Draws, Whole, below
from champion.lantern.ledger import Ledger
from champion.lantern.names import people
from champion.lantern.signups import FIRST_ACCOUNT

FIRST_USER = 10_001
"""Smaller ids are the cast's people."""

_COLLEAGUES = {
    "free": (0, 0),
    "basic": (0, 2),
    "pro": (1, 6),
    "pro-2023": (1, 6),
    "business": (3, 14),
    "enterprise": (7, 30),
}
"""Fewest and most users besides the owner, by plan."""
_ROLES = ("manager", "contributor", "viewer")


def add_users(ledger: Ledger) -> None:
    """The cast's people, then an owner for every other account, and colleagues for all."""
    _add_cast(ledger)
    _add_others(ledger)


def _add_cast(ledger: Ledger) -> None:
    dice, everyone = ledger.dice, [(m, person) for m in cast() for person in m.people]
    accounts = ledger.values("accounts", "id").tolist()
    signed_up = dict(zip(accounts, ledger.values("accounts", "created_at").tolist(), strict=True))
    ids = np.array([person.id for _, person in everyone], dtype=np.int64)
    invited = np.array([signed_up[member.id] for member, _ in everyone], dtype=np.int64)
    later = dice.between("users", "created_at", ids, 60, 2_000) * MINUTE
    invited += np.where([person.role == "owner" for _, person in everyone], 0, later)
    last = dict(zip(accounts, ledger.until().tolist(), strict=True))
    until = np.array([last[member.id] for member, _ in everyone], dtype=np.int64)
    seen = until - dice.between("users", "last_seen_at", ids, 60, 6 * 24 * 60) * MINUTE
    seen = np.maximum(seen, invited)
    for row, (_, person) in enumerate(everyone):
        if person.invited:
            invited[row] = at(person.invited)
        if person.seen not in ("", NEVER):
            seen[row] = at(person.seen)
    ledger.add(
        "users",
        id=ids,
        account_id=[member.id for member, _ in everyone],
        name=[person.name for _, person in everyone],
        email=[person.email for _, person in everyone],
        role=[person.role for _, person in everyone],
        created_at=invited,
        last_seen_at=moments_or_none(
            seen, np.array([person.seen != NEVER for _, person in everyone])
        ),
    )


def _add_others(ledger: Ledger) -> None:
    dice = ledger.dice
    account, domain = ledger.values("accounts", "id"), ledger.values("accounts", "domain")
    which, nth, owner = _seats(ledger, account)
    entity = account[which] * 1_000 + nth
    names, emails = people(dice, entity, domain[which])
    start, until = ledger.values("accounts", "created_at")[which], ledger.until()[which]
    created = start + np.where(
        owner, 0, _part(dice.roll("users", "created_at", entity), until - start)
    )
    seen = created + _part(dice.roll("users", "last_seen_at", entity), until - created)
    came = owner | ~dice.chance("users", "ignored", entity, 70)
    gone = ~owner & came & dice.chance("users", "deactivated", entity, 110)
    away = seen + _part(
        dice.roll("users", "deactivated_at", entity), np.minimum(NOW - seen, 40 * 24 * HOUR)
    )
    role = texts(_ROLES, dice.pick("users", "role", entity, (20, 50, 30)))
    role[owner] = "owner"
    ledger.add(
        "users",
        id=np.arange(FIRST_USER, FIRST_USER + len(which), dtype=np.int64),
        account_id=account[which],
        name=names,
        email=emails,
        role=role,
        created_at=created,
        last_seen_at=moments_or_none(seen, came),
        deactivated_at=moments_or_none(away, gone),
    )


def _seats(ledger: Ledger, account: Whole) -> tuple[Whole, Whole, NDArray[np.bool_]]:
    """For each user to be made: whose account (by place), which of its users, and the owners."""
    ranges = np.array([_COLLEAGUES[plan["code"]] for plan in recipe.table("plans")["plan"]])
    low, high = ranges[ledger.values("accounts", "plan_id") - 1].T
    more = low + below(ledger.dice.roll("users", "count", account), high - low + 1)
    more[np.isin(account, [member.id for member in cast() if member.own_people])] = 0
    others = account >= FIRST_ACCOUNT
    which = np.repeat(np.arange(len(account)), more + others)
    nth = np.arange(len(which)) - np.searchsorted(which, which, side="left")
    return which, nth, (nth == 0) & others[which]


def _part(draws: Draws, span: Moments) -> Moments:
    return below(draws, np.maximum(span // MINUTE, 1)) * MINUTE
