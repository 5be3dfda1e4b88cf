"""Sign-ups: which accounts come, when, from where, and for which plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.cast import ANY, FIRST_LATECOMER, Member, cast
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
from champion.lantern.columns import texts
from champion.lantern.dice import Dice, Whole, along
from champion.lantern.names import businesses

FIRST_ACCOUNT = 1_001
"""Smaller ids are the cast's."""
PRO_RETIRED = utc(2024, 9, 1)

_PLAN_WEIGHTS = (300, 270, 230, 130, 30, 40)
_GROWTH = (0, 90, 170, 245, 315, 380, 445, 510, 575, 640, 705, 760, 818)
"""Days after the start by which one more twelfth of all accounts had signed up."""
_OLD_PRO, _PRO = 6, 3


@dataclass(frozen=True)
class Signups:
    """Accounts as they sign up, row by row.

    Attributes:
        plans: ids of plans.
        fates: the status that an account will have, or `ANY`.
        created: when they signed up.
    """

    ids: Whole
    names: Sequence[str]
    domains: Sequence[str]
    plans: Whole
    fates: NDArray[Any]
    industries: Sequence[str | None]
    cities: Sequence[str]
    countries: Sequence[str]
    zones: Sequence[str]
    created: Moments


def of_cast(dice: Dice, latecomers: bool = False) -> Signups:
    """The cast's: of those who were there first, or of the latecomers."""
    members = [member for member in cast() if (member.id >= FIRST_LATECOMER) == latecomers]
    return Signups(
        ids=np.array([member.id for member in members], dtype=np.int64),
        names=[member.name for member in members],
        domains=[member.domain for member in members],
        plans=np.array([_plan(dice, member)["id"] for member in members], dtype=np.int64),
        fates=np.array([member.status for member in members], dtype=object),
        industries=[member.industry for member in members],
        cities=[member.city for member in members],
        countries=[member.country for member in members],
        zones=[member.time_zone for member in members],
        created=np.array([_signed_up(dice, member) for member in members], dtype=np.int64),
    )


def are_late(accounts: Whole) -> NDArray[np.bool_]:
    """Which of these accounts belong to the cast's latecomers."""
    late: NDArray[np.bool_] = (accounts >= FIRST_LATECOMER) & (accounts < FIRST_ACCOUNT)
    return late


def of_others(dice: Dice, count: int) -> Signups:
    """Everybody else's, in the order in which they came."""
    ids = np.arange(FIRST_ACCOUNT, FIRST_ACCOUNT + count, dtype=np.int64)
    towns = recipe.table("towns")["town"]
    town = dice.pick("accounts", "town", ids, [weight for *_, weight in towns])
    zones = texts([name for _, _, name, _ in towns], town)
    days = np.sort(along(dice.roll("accounts", "created_at", ids), _GROWTH))
    created = _in_waking_hours(dice, HISTORY_START + days * DAY, ids, zones)
    plans = dice.pick("accounts", "plan_id", ids, _PLAN_WEIGHTS) + 1
    names, domains, industries = businesses(dice, ids)
    return Signups(
        ids,
        names,
        domains,
        np.where((plans == _OLD_PRO) & (created >= PRO_RETIRED), _PRO, plans),
        np.full(count, ANY, dtype=object),
        industries,
        _as_typed(dice, ids, texts([city for city, *_ in towns], town)),
        texts([country for _, country, _, _ in towns], town).tolist(),
        zones.tolist(),
        created,
    )


def _plan(dice: Dice, member: Member) -> dict[str, Any]:
    plans: list[dict[str, Any]] = recipe.table("plans")["plan"]
    if member.plan == ANY:
        return plans[1 + dice.one("accounts", "plan_id", member.id, 3)]
    return next(plan for plan in plans if plan["code"] == member.plan)


def _signed_up(dice: Dice, member: Member) -> int:
    """When a member signed up: on the day its story needs, or on one in the first months.

    A trial that still runs ends between 2 and 13 days from now, in the middle of a day.
    """

    def days(field: str, low: int, high: int) -> int:
        return (low + dice.one("accounts", field, member.id, high - low + 1)) * DAY

    time = dice.one("accounts", "time", member.id, 9 * 60) * MINUTE + 8 * HOUR
    if member.since:
        return at(member.since) + time
    if member.status == "trialing":
        ends = NOW // DAY * DAY + days("trial_left", 2, 13)
        return ends - int(_plan(dice, member)["trial_days"]) * DAY + time
    later = 0 if member.plan == "pro-2023" else days("later", 0, 200)
    return HISTORY_START + days("created_at", 3, 240) + later + time


def _in_waking_hours(dice: Dice, days: Moments, ids: Whole, zones: NDArray[Any]) -> Moments:
    walls = days + dice.between("accounts", "time", ids, 7 * 3600, 21 * 3600) * SECOND
    moments = walls.copy()
    for name in sorted(set(zones.tolist())):
        here = zones == name
        moments[here] = zone(name).moment(walls[here])
    before_now: Moments = np.minimum(moments, NOW - HOUR)
    return before_now


def _as_typed(dice: Dice, ids: Whole, cities: NDArray[Any]) -> list[str]:
    habits = dice.pick("accounts", "typing", ids, (72, 20, 8)).tolist()
    ways = (str, str.lower, str.upper)
    return [ways[habit](city) for city, habit in zip(cities.tolist(), habits, strict=True)]
