"""Money: what Lantern sells, and who paid for which plan, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.cast import cast
from champion.lantern.clock import DAY, NOW, Moments, at
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Dice, Whole, below
from champion.lantern.ledger import Ledger
from champion.lantern.outline import outlines
from champion.lantern.signups import are_late

_FREE, _BASIC, _PRO, _BUSINESS, _ENTERPRISE, _OLD_PRO = range(1, 7)


def add_plans(ledger: Ledger) -> None:
    """The plans, from the recipe."""
    plans = recipe.table("plans")["plan"]
    names = outlines()["plans"].fields
    columns = {name: [plan.get(name) for plan in plans] for name in names}
    columns["retired_at"] = [day and at(day) for day in columns["retired_at"]]
    ledger.add("plans", **columns)


@dataclass(frozen=True)
class _Stretches:
    """Stretches of time on one plan; `over` where they have ended."""

    account: Whole
    plan: Whole
    start: Moments
    stop: Moments
    over: NDArray[np.bool_]

    def rows(self, which: NDArray[np.bool_] | Whole) -> _Stretches:
        return _Stretches(
            self.account[which],
            self.plan[which],
            self.start[which],
            self.stop[which],
            self.over[which],
        )


def add_subscriptions(ledger: Ledger) -> None:
    """One stretch for every paying account, and for some an earlier one on another plan."""
    dice, stretches = ledger.dice, _with_earlier_ones(ledger.dice, _current(ledger))
    account = stretches.account
    ledger.add(
        "subscriptions",
        id=np.arange(1, len(account) + 1, dtype=np.int64),
        account_id=account,
        plan_id=stretches.plan,
        billing_period=texts(
            ("monthly", "yearly"),
            dice.chance("subscriptions", "billing_period", account, 300).astype(np.int64),
        ),
        price_cents=_prices(dice, account, stretches.plan),
        started_at=stretches.start,
        ended_at=moments_or_none(stretches.stop, stretches.over),
    )


def _current(ledger: Ledger) -> _Stretches:
    """From the end of the trial, or from sign-up, to the end, for all that pay.

    Members of the cast whose case tells of their money are left out.
    """
    trial = ledger.column("accounts", "trial_ends_at")
    created, until = ledger.values("accounts", "created_at"), ledger.until()
    start = np.where(trial.gaps(), created, trial.values)
    everyone = _Stretches(
        ledger.values("accounts", "id"),
        ledger.values("accounts", "plan_id"),
        start,
        until,
        until < NOW,
    )
    told = np.isin(everyone.account, [member.id for member in cast() if member.own_money])
    return everyone.rows((everyone.plan != _FREE) & (start < until) & ~told)


def _with_earlier_ones(dice: Dice, now: _Stretches) -> _Stretches:
    """Some changed plan once: their stretch is cut in two. In the order of their beginning.

    Stretches of the cast's latecomers come last, so that nobody else's are numbered anew.
    """
    days = (now.stop - now.start) // DAY
    change = now.start + (1 + below(dice.roll("subscriptions", "change", now.account), days)) * DAY
    changed = dice.chance("subscriptions", "changed", now.account, 280) & (change < now.stop)
    changed &= (now.plan != _OLD_PRO) & (now.plan != _BASIC)
    before = np.select([now.plan == _PRO, now.plan == _BUSINESS], [_BASIC, _PRO], _BUSINESS)
    first = now.rows(changed)
    stretches = _Stretches(
        np.concatenate([first.account, now.account]),
        np.concatenate([before[changed], now.plan]),
        np.concatenate([first.start, np.where(changed, change, now.start)]),
        np.concatenate([change[changed], now.stop]),
        np.concatenate([np.ones(len(first.account), dtype=bool), now.over]),
    )
    late = are_late(stretches.account)
    return stretches.rows(np.lexsort((stretches.account, stretches.start, late)))


def _prices(dice: Dice, account: Whole, plan: Whole) -> Whole:
    """What was agreed: the plan's price, a fifth less for some, and Enterprise by negotiation."""
    prices = [each.get("price_cents", 0) for each in recipe.table("plans")["plan"]]
    listed = np.array(prices, dtype=np.int64)[plan - 1]
    percent = np.where(dice.chance("subscriptions", "discount", account, 90), 80, 100)
    agreed = dice.between("subscriptions", "agreed", account, 6, 40) * 10_000
    return np.where(plan == _ENTERPRISE, agreed, listed * percent // 100)
