"""Accounts: what becomes of those who signed up; some stay, some leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe, signups
from champion.lantern.cast import ANY
from champion.lantern.clock import DAY, MINUTE, NOW, Moments, utc
from champion.lantern.columns import moments_or_none
from champion.lantern.dice import Dice, Whole, below
from champion.lantern.ledger import Ledger
from champion.lantern.signups import FIRST_ACCOUNT, Signups

ACCOUNTS = 1_120
"""Accounts beyond the cast at scale 1."""
STATUS_RENAMED = utc(2025, 7, 1)
"""Who left before was 'cancelled', who leaves since is 'closed'."""

_FREE = 1


def add_accounts(ledger: Ledger) -> None:
    """The cast's accounts, then everybody else's, then those of the cast's latecomers."""
    _add(ledger, signups.of_cast(ledger.dice))
    _add(ledger, signups.of_others(ledger.dice, ledger.sized(ACCOUNTS)))
    _add(ledger, signups.of_cast(ledger.dice, latecomers=True))


def _add(ledger: Ledger, came: Signups) -> None:
    dice = ledger.dice
    trial_ends, tried = _trials(dice, came)
    trying = tried & (trial_ends > NOW) & (came.plans != _FREE)
    closed, left = _departures(dice, came, trying)
    skipped = (came.ids >= FIRST_ACCOUNT) & dice.chance("accounts", "industry", came.ids, 120)
    ledger.add(
        "accounts",
        id=came.ids,
        name=came.names,
        domain=came.domains,
        plan_id=came.plans,
        status=_statuses(dice, came, trying, left, closed),
        industry=[
            None if empty else kind for kind, empty in zip(came.industries, skipped, strict=True)
        ],
        city=came.cities,
        country=came.countries,
        time_zone=came.zones,
        created_at=came.created,
        trial_ends_at=moments_or_none(trial_ends, tried),
        closed_at=moments_or_none(closed, left),
    )


def _trials(dice: Dice, came: Signups) -> tuple[Moments, NDArray[np.bool_]]:
    """When each trial ends, and who had one: some of those on Free tried more before."""
    days = _trial_days()[came.plans - 1]
    ends = came.created + np.where(days > 0, days, 14) * DAY
    often = np.where(came.plans == _FREE, 300, np.where(days > 0, 750, 0))
    tried = below(dice.roll("accounts", "tried", came.ids), 1000) < often
    settled = np.isin(came.fates, ("active", "past_due")) & (ends > NOW)
    return ends, (tried & ~settled) | (came.fates == "trialing")


def _departures(
    dice: Dice, came: Signups, trying: NDArray[np.bool_]
) -> tuple[Moments, NDArray[np.bool_]]:
    """When they leave, and who does: those whose fate says so, and some of the others."""
    share = np.where(came.ids < FIRST_ACCOUNT, 400, 190)
    leaves = below(dice.roll("accounts", "leaves", came.ids), 1000) < share
    left = (came.fates == ANY) & leaves & ~trying & (came.created < NOW - 60 * DAY)
    left |= np.isin(came.fates, ("cancelled", "closed"))
    earliest = np.where(came.fates == "closed", STATUS_RENAMED, came.created + 20 * DAY)
    latest = np.where(came.fates == "cancelled", STATUS_RENAMED, NOW) - DAY
    span = np.maximum((latest - earliest) // MINUTE, 1)
    return earliest + below(dice.roll("accounts", "closed_at", came.ids), span) * MINUTE, left


def _statuses(
    dice: Dice,
    came: Signups,
    trying: NDArray[np.bool_],
    left: NDArray[np.bool_],
    closed: Moments,
) -> NDArray[np.object_]:
    late = dice.chance("accounts", "past_due", came.ids, 35) & (came.plans != _FREE)
    status = np.where(late & (came.fates == ANY), "past_due", "active").astype(object)
    status[came.fates == "past_due"] = "past_due"
    status[trying] = "trialing"
    status[left] = np.where(closed[left] < STATUS_RENAMED, "cancelled", "closed")
    return status


def _trial_days() -> Whole:
    return np.array([plan["trial_days"] for plan in recipe.table("plans")["plan"]], dtype=np.int64)
