"""Releases: Lantern's own programs as they change, what broke, and what is being tried out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HISTORY_START, HOUR, MINUTE, NOW, WEEK, at, utc
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Dice, Whole, below
from champion.lantern.ledger import Ledger

_SLOW_DAYS = (utc(2026, 3, 18), utc(2026, 3, 19), utc(2026, 3, 23), utc(2026, 3, 24))
NOTICED, TOLD_LATE = 21 * MINUTE, 6 * MINUTE
"""After the slow release began, and after it was over, the status page said so."""
_SLOTS = 2
"""Releases of each service in a week at most."""


def slow_release(dice: Dice) -> tuple[int, int]:
    """From when to when a release made one endpoint of the API slow."""
    day = _SLOW_DAYS[dice.one("deploys", "slow day", 0, len(_SLOW_DAYS))]
    start = day + 13 * HOUR + dice.one("deploys", "slow start", 0, 90) * MINUTE
    return start, start + (55 + dice.one("deploys", "slow time", 0, 60)) * MINUTE


def add_releases(ledger: Ledger) -> None:
    """Releases on working days, numbered by time, one of which was taken back."""
    dice, words = ledger.dice, recipe.table("releases")
    services = words["services"]
    weeks = int((NOW - HISTORY_START) // WEEK) + 1
    n = np.arange(weeks * len(services) * _SLOTS, dtype=np.int64)
    week, service = n // (len(services) * _SLOTS), n // _SLOTS % len(services)
    # The history starts on a Monday, so a week's first five days are its working days.
    day = HISTORY_START + week * WEEK + dice.between("deploys", "day", n, 0, 4) * DAY
    moment = day + dice.between("deploys", "minute", n, 9 * 60, 16 * 60) * MINUTE
    kept = dice.chance("deploys", "there", n, 330) & ~_are_holidays(day) & (moment < NOW)
    moment, service = moment[kept], service[kept]
    text = below(dice.roll("deploys", "summary", n[kept]), len(words["summaries"]))
    start, mended = slow_release(dice)
    order = np.argsort(np.append(moment, start), kind="stable")
    slow = order == len(moment)
    moment = np.append(moment, start)[order]
    service = np.append(service, 0)[order]
    ledger.add(
        "deploys",
        id=np.arange(1, len(order) + 1, dtype=np.int64),
        service=texts(services, service),
        version=_versions(moment, service),
        summary=texts([*words["summaries"], words["slow"]["summary"]], np.append(text, -1)[order]),
        deployed_at=moment,
        rolled_back_at=moments_or_none(np.full(len(order), mended), slow),
    )


def add_incidents(ledger: Ledger) -> None:
    """What the status page said, in the order in which it was written."""
    words = recipe.table("releases")
    start, mended = slow_release(ledger.dice)
    (culprit,) = np.flatnonzero(~ledger.column("deploys", "rolled_back_at").gaps()).tolist()
    known = words["incident"]
    began = [at(each["began"]) for each in known]
    ledger.add(
        "status_incidents",
        id=np.arange(1, len(known) + 2, dtype=np.int64),
        component=[*(each["component"] for each in known), "api"],
        impact=[*(each["impact"] for each in known), "minor"],
        title=[*(each["title"] for each in known), words["slow"]["title"]],
        deploy_id=[
            *(None for _ in known),
            int(ledger.values("deploys", "id")[culprit]),
        ],
        started_at=[*began, start + NOTICED],
        resolved_at=[
            *(moment + each["minutes"] * MINUTE for moment, each in zip(began, known, strict=True)),
            mended + TOLD_LATE,
        ],
    )


def add_flags(ledger: Ledger) -> None:
    """Each switch for everybody, and for some accounts otherwise."""
    dice, accounts = ledger.dice, ledger.values("accounts", "id")
    created = ledger.values("accounts", "created_at")
    for flag in recipe.table("releases")["flag"]:
        since = at(flag["set_at"])
        open_now = ledger.until() == NOW
        own = open_now & dice.chance("feature_flags", flag["name"], accounts, flag["share"])
        begin = np.maximum(created[own], since)
        later = below(
            dice.roll("feature_flags", f"{flag['name']} set", accounts[own]),
            (NOW - begin) // MINUTE,
        )
        ids = ledger.next_ids("feature_flags", 1 + len(begin))
        ledger.add(
            "feature_flags", id=ids[:1], name=flag["name"], enabled=flag["enabled"], set_at=since
        )
        ledger.add(
            "feature_flags",
            id=ids[1:],
            name=flag["name"],
            account_id=accounts[own],
            enabled=not flag["enabled"],
            set_at=begin + later * MINUTE,
        )


def _are_holidays(days: Whole) -> NDArray[np.bool_]:
    quiet = [utc(year, 12, 22) // DAY + i for year in (2024, 2025) for i in range(12)]
    return np.isin(days // DAY, quiet)


def _versions(moments: Whole, services: Whole) -> list[str]:
    """Year, week, and which of its service's releases in that week it is."""
    seen: dict[tuple[int, int, int], int] = {}
    versions = []
    for moment, service in zip(moments.tolist(), services.tolist(), strict=True):
        day = np.datetime64(moment // DAY, "D").item()
        year, week, _ = day.isocalendar()
        nth = seen[year, week, service] = seen.get((year, week, service), 0) + 1
        versions.append(f"{year}.{week}.{nth}")
    return versions
