"""Money: who paid for which plan, from when to when."""

from __future__ import annotations

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import DAY, NOW
from champion.lantern.customers import PRO_RETIRED
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger, moments_or_none, texts

_FREE, _BASIC, _PRO, _BUSINESS, _ENTERPRISE, _OLD_PRO = range(1, 7)


def add_subscriptions(ledger: Ledger) -> None:
    """One stretch for every paying account, and an earlier, smaller plan for some of them."""
    dice = ledger.dice
    accounts = {name: ledger.values("accounts", name) for name in ("id", "plan_id", "created_at")}
    trial, closed = (
        ledger.column("accounts", "trial_ends_at"),
        ledger.column("accounts", "closed_at"),
    )
    left = np.zeros(len(closed), dtype=bool) if closed.missing is None else ~closed.missing
    tried = np.zeros(len(trial), dtype=bool) if trial.missing is None else ~trial.missing
    end = np.where(left, closed.values, NOW)
    start = np.where(tried, trial.values, accounts["created_at"])
    paying = (accounts["plan_id"] != _FREE) & (start < end)
    rows = np.flatnonzero(paying)
    ids, plan, start, end, left = (
        v[rows] for v in (accounts["id"], accounts["plan_id"], start, end, left)
    )
    switch = (
        start + below(dice.roll("subscriptions", "switch", ids), (end - start) // DAY + 1) * DAY
    )
    moved = dice.chance("subscriptions", "moved", ids, 280) & (plan != _OLD_PRO) & (plan != _BASIC)
    moved &= (switch > start) & (switch < end)
    before = np.where(plan == _BUSINESS, _PRO, np.where(plan == _PRO, _BASIC, _BUSINESS))
    account = np.concatenate([ids[moved], ids])
    begin = np.concatenate([start[moved], np.where(moved, switch, start)])
    stop = np.concatenate([switch[moved], end])
    over = np.concatenate([np.ones(int(moved.sum()), dtype=bool), left])
    plans = np.concatenate([before[moved], plan])
    order = np.lexsort((account, begin))
    account, begin, stop, over, plans = (v[order] for v in (account, begin, stop, over, plans))
    yearly = dice.chance("subscriptions", "billing_period", account, 300)
    ledger.add(
        "subscriptions",
        id=np.arange(1, len(account) + 1, dtype=np.int64),
        account_id=account,
        plan_id=plans,
        billing_period=texts(("monthly", "yearly"), yearly.astype(np.int64)),
        price_cents=_prices(ledger, account, plans, begin),
        started_at=begin,
        ended_at=moments_or_none(stop, over),
    )


def _prices(
    ledger: Ledger, account: np.ndarray, plans: np.ndarray, begin: np.ndarray
) -> np.ndarray:
    dice = ledger.dice
    listed = np.array([plan.get("price_cents", 0) for plan in recipe.table("plans")["plan"]])[
        plans - 1
    ]
    listed = np.where((plans == _PRO) & (begin < PRO_RETIRED), 1_500, listed)
    discount = np.where(dice.chance("subscriptions", "discount", account, 90), 80, 100)
    agreed = dice.between("subscriptions", "agreed", account, 6, 40) * 10_000
    return np.where(plans == _ENTERPRISE, agreed, listed * discount // 100)
