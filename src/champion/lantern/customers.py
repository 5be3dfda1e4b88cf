"""Customers: accounts that come, try, pay and leave, and their people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.cast import ANY, Member, cast
from champion.lantern.clock import (
    DAY,
    HISTORY_START,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    Moments,
    at,
    utc,
    zone,
)
from champion.lantern.dice import Dice, Whole, along, below
from champion.lantern.ledger import Ledger, moments_or_none, texts
from champion.lantern.names import businesses, people

ACCOUNTS = 1_120
FIRST_ACCOUNT = 1_001
FIRST_USER = 10_001
STATUS_RENAMED = utc(2025, 7, 1)
PRO_RETIRED = utc(2024, 9, 1)

_PLAN_WEIGHTS = (300, 270, 230, 130, 30, 40)
_GROWTH = (0, 90, 170, 245, 315, 380, 445, 510, 575, 640, 705, 760, 818)
"""Days after the start by which one more twelfth of all accounts had signed up."""
_MORE_USERS = {
    "free": (0, 0),
    "basic": (0, 2),
    "pro": (1, 6),
    "pro-2023": (1, 6),
    "business": (3, 14),
    "enterprise": (7, 30),
}
_ROLES = ("manager", "contributor", "viewer")


def add_plans(ledger: Ledger) -> None:
    """The plans, from the recipe."""
    plans = recipe.table("plans")["plan"]
    names = (
        "id",
        "code",
        "name",
        "price_cents",
        "video_limit",
        "user_limit",
        "bandwidth_gb",
        "has_api",
        "trial_days",
    )
    columns = {name: [plan.get(name) for plan in plans] for name in names}
    retired = [at(plan["retired_at"]) if "retired_at" in plan else None for plan in plans]
    ledger.add("plans", **columns, retired_at=retired)


def add_accounts(ledger: Ledger) -> None:
    """The cast's accounts, then everybody else's, those in the order in which they came."""
    known = _of_cast(ledger.dice)
    _add(ledger, known)
    _add(ledger, _of_others(ledger.dice, ledger.sized(ACCOUNTS)))


@dataclass(frozen=True)
class _Signups:
    """Accounts as they sign up; `fates` are a status, or `ANY`."""

    ids: Whole
    names: Any
    domains: Any
    plans: Whole
    fates: NDArray[Any]
    industries: Any
    cities: Any
    countries: Any
    zones: Any
    created: Moments


def _of_cast(dice: Dice) -> _Signups:
    members = cast()
    ids = np.array([member.id for member in members], dtype=np.int64)
    fates = np.array([member.status for member in members], dtype=object)
    plans = np.array([_plan_number(dice, member) for member in members], dtype=np.int64)
    first = np.where(plans == 6, 0, 1)
    created = HISTORY_START + dice.between("accounts", "created_at", ids, 3, 240) * DAY
    created += first * dice.between("accounts", "later", ids, 0, 200) * DAY
    fresh = fates == "trialing"
    created[fresh] = NOW // DAY * DAY - dice.between("accounts", "fresh", ids[fresh], 3, 9) * DAY
    created += dice.between("accounts", "time", ids, 8 * 60, 17 * 60) * MINUTE
    return _Signups(
        ids,
        [member.name for member in members],
        [member.domain for member in members],
        plans,
        fates,
        [member.industry for member in members],
        [member.city for member in members],
        [member.country for member in members],
        [member.time_zone for member in members],
        created,
    )


def _plan_number(dice: Dice, member: Member) -> int:
    if member.plan == ANY:
        return 2 + dice.one("accounts", "plan_id", member.id, 3)
    return next(plan["id"] for plan in recipe.table("plans")["plan"] if plan["code"] == member.plan)


def _of_others(dice: Dice, count: int) -> _Signups:
    ids = np.arange(FIRST_ACCOUNT, FIRST_ACCOUNT + count, dtype=np.int64)
    towns = recipe.table("towns")["town"]
    town = dice.pick("accounts", "town", ids, [weight for *_, weight in towns])
    zones = texts([town_zone for _, _, town_zone, _ in towns], town)
    days = np.sort(along(dice.roll("accounts", "created_at", ids), _GROWTH))
    created = _in_working_hours(dice, HISTORY_START + days * DAY, ids, zones)
    plans = dice.pick("accounts", "plan_id", ids, _PLAN_WEIGHTS) + 1
    plans = np.where((plans == 6) & (created >= PRO_RETIRED), 3, plans)
    names, domains, industries = businesses(dice, ids)
    fates = np.full(count, ANY, dtype=object)
    cities = _as_typed(dice, ids, texts([city for city, *_ in towns], town))
    countries = texts([country for _, country, _, _ in towns], town)
    return _Signups(
        ids, names, domains, plans, fates, industries, cities, countries, zones, created
    )


def _in_working_hours(dice: Dice, days: Moments, ids: Whole, zones: NDArray[Any]) -> Moments:
    walls = days + dice.between("accounts", "time", ids, 7 * 3600, 21 * 3600) * SECOND
    moments = walls.copy()
    for name in sorted(set(zones)):
        here = zones == name
        moments[here] = zone(name).moment(walls[here])
    return np.minimum(moments, NOW - HOUR)


def _as_typed(dice: Dice, ids: Whole, cities: NDArray[Any]) -> list[str]:
    habits = dice.pick("accounts", "typing", ids, (72, 20, 8))
    return [
        city if habit == 0 else city.lower() if habit == 1 else city.upper()
        for city, habit in zip(cities, habits.tolist(), strict=True)
    ]


def _add(ledger: Ledger, signups: _Signups) -> None:
    dice, ids, created = ledger.dice, signups.ids, signups.created
    trials = np.array([plan["trial_days"] for plan in recipe.table("plans")["plan"]])[
        signups.plans - 1
    ]
    ends, tried = _trials(dice, signups, trials)
    trying = tried & (ends > NOW) & (signups.plans != 1)
    closed_at, left = _departures(dice, signups, trying)
    late = (
        dice.chance("accounts", "past_due", ids, 35) & (signups.fates == ANY) & (signups.plans > 1)
    )
    status = np.where(late, "past_due", "active").astype(object)
    for word in ("active", "past_due"):
        status[signups.fates == word] = word
    status[trying] = "trialing"
    status[left] = np.where(closed_at[left] < STATUS_RENAMED, "cancelled", "closed")
    silent = dice.chance("accounts", "industry", ids, 120) & (ids >= FIRST_ACCOUNT)
    ledger.add(
        "accounts",
        id=ids,
        name=signups.names,
        domain=signups.domains,
        plan_id=signups.plans,
        status=status,
        industry=[
            None if hidden else kind
            for kind, hidden in zip(signups.industries, silent, strict=True)
        ],
        city=signups.cities,
        country=signups.countries,
        time_zone=signups.zones,
        created_at=created,
        trial_ends_at=moments_or_none(ends, tried),
        closed_at=moments_or_none(closed_at, left),
    )


def _trials(dice: Dice, signups: _Signups, days: Whole) -> tuple[Moments, NDArray[np.bool_]]:
    """When each trial ends, and who had one.

    A trial of the cast that still runs ends in the middle of the customer's day, between
    2 and 15 days from now.
    """
    ids = signups.ids
    fresh = signups.fates == "trialing"
    ends = signups.created + np.where(days > 0, days, 14) * DAY
    left = dice.between("accounts", "trial_left", ids, 2, 15) * DAY
    ends[fresh] = (
        NOW // DAY * DAY
        + left[fresh]
        + dice.between("accounts", "trial_hour", ids[fresh], 10, 15) * HOUR
    )
    often = np.where(signups.plans == 1, 300, 750)
    tried = below(dice.roll("accounts", "tried", ids), 1000) < np.where(
        days + (signups.plans == 1) > 0, often, 0
    )
    over = (signups.fates == "active") | (signups.fates == "past_due")
    return ends, (tried & ~(over & (ends > NOW))) | fresh


def _departures(
    dice: Dice, signups: _Signups, trying: NDArray[np.bool_]
) -> tuple[Moments, NDArray[np.bool_]]:
    ids, fates, created = signups.ids, signups.fates, signups.created
    share = np.where(ids < FIRST_ACCOUNT, 400, 190)
    left = (fates == ANY) & (below(dice.roll("accounts", "leaves", ids), 1000) < share)
    left &= ~trying & (created < NOW - 60 * DAY)
    left |= (fates == "closed") | (fates == "cancelled")
    earliest = np.where(fates == "closed", STATUS_RENAMED, created + 20 * DAY)
    latest = np.where(fates == "cancelled", STATUS_RENAMED, NOW) - DAY
    span = np.maximum((latest - earliest) // MINUTE, 1)
    return earliest + below(dice.roll("accounts", "closed_at", ids), span) * MINUTE, left


def add_users(ledger: Ledger) -> None:
    """The cast's people, then an owner for every other account and colleagues for all."""
    dice = ledger.dice
    accounts = {
        name: ledger.values("accounts", name) for name in ("id", "plan_id", "created_at", "domain")
    }
    _add_cast_people(
        ledger, dict(zip(accounts["id"].tolist(), accounts["created_at"].tolist(), strict=True))
    )
    codes = [plan["code"] for plan in recipe.table("plans")["plan"]]
    fewest = np.array([_MORE_USERS[code][0] for code in codes])[accounts["plan_id"] - 1]
    most = np.array([_MORE_USERS[code][1] for code in codes])[accounts["plan_id"] - 1]
    more = fewest + below(dice.roll("users", "count", accounts["id"]), most - fewest + 1)
    of_cast = accounts["id"] < FIRST_ACCOUNT
    which = np.repeat(np.arange(len(more)), more + ~of_cast)
    nth = np.arange(len(which)) - np.searchsorted(which, which, side="left")
    _add_people(ledger, accounts, which, nth, (nth == 0) & ~of_cast[which])


def _add_cast_people(ledger: Ledger, created: dict[int, int]) -> None:
    everyone = [(member, person) for member in cast() for person in member.people]
    ids = np.array([person.id for _, person in everyone], dtype=np.int64)
    invited = np.array([created[member.id] for member, _ in everyone], dtype=np.int64)
    invited += np.where(
        ids % 10 == 1, 0, ledger.dice.between("users", "invited", ids, 60, 2000) * MINUTE
    )
    seen = NOW - ledger.dice.between("users", "last_seen_at", ids, 60, 6 * 24 * 60) * MINUTE
    ledger.add(
        "users",
        id=ids,
        account_id=[member.id for member, _ in everyone],
        name=[person.name for _, person in everyone],
        email=[person.email for _, person in everyone],
        role=[person.role for _, person in everyone],
        created_at=invited,
        last_seen_at=np.maximum(seen, invited),
    )


def _add_people(
    ledger: Ledger, accounts: dict[str, Any], which: Whole, nth: Whole, owner: NDArray[np.bool_]
) -> None:
    dice = ledger.dice
    entity = accounts["id"][which] * 1_000 + nth
    names, emails = people(dice, entity, accounts["domain"][which])
    start = accounts["created_at"][which]
    span = np.maximum((NOW - HOUR - start) // MINUTE, 1)
    created = (
        start + np.where(owner, 0, below(dice.roll("users", "created_at", entity), span)) * MINUTE
    )
    span = np.maximum((NOW - created) // MINUTE, 1)
    seen = created + below(dice.roll("users", "last_seen_at", entity), span) * MINUTE
    accepted = owner | ~dice.chance("users", "ignored", entity, 70)
    gone = ~owner & accepted & dice.chance("users", "deactivated", entity, 110)
    until = np.minimum(
        seen + below(dice.roll("users", "gone", entity), 40 * 24 * 60) * MINUTE, NOW - MINUTE
    )
    role = texts(_ROLES, dice.pick("users", "role", entity, (20, 50, 30)))
    role[owner] = "owner"
    ledger.add(
        "users",
        id=np.arange(FIRST_USER, FIRST_USER + len(which), dtype=np.int64),
        account_id=accounts["id"][which],
        name=names,
        email=emails,
        role=role,
        created_at=created,
        last_seen_at=moments_or_none(seen, accepted),
        deactivated_at=moments_or_none(until, gone),
    )
