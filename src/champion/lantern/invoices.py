"""Invoices: each period of each subscription, every change of plan in mid-period, and bandwidth.

Periods are counted from the first day that an account paid for. A plan is billed at the start
of its period; bandwidth beyond the plan with the next bill; a change of plan at once, as two
lines: the unused rest of the old plan, and the same days of the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from champion.lantern.clock import DAY, NOW, Moments
from champion.lantern.columns import texts
from champion.lantern.dice import Dice, Whole, along
from champion.lantern.ledger import Ledger
from champion.lantern.payments import Bills, settle

GIGABYTE_CENTS = 33
"""What a gigabyte beyond the plan costs."""

KINDS = ("plan", "unused", "new", "usage")
_PLAN, _UNUSED, _NEW, _USAGE = range(len(KINDS))
_ENTERPRISE = 5
_GIGABYTES = (1, 4, 9, 16, 28, 45, 70, 110, 180, 320)
_PERIODS = np.arange(36, dtype=np.int64)


@dataclass(frozen=True)
class _Chains:
    """What each account paid for without a gap: one plan, or two of which the second replaced
    the first at `change`."""

    account: Whole
    months: Whole
    start: Moments
    stop: Moments
    change: Moments
    plans: tuple[Whole, Whole]
    prices: tuple[Whole, Whole]

    def plan(self, rows: Whole, moments: Moments) -> tuple[Whole, Whole]:
        """The plan at these moments, and its price a month."""
        later = moments >= self.change[rows]
        (old, new), (cheap, dear) = self.plans, self.prices
        return np.where(later, new[rows], old[rows]), np.where(later, dear[rows], cheap[rows])


@dataclass(frozen=True)
class _Lines:
    """Lines to be written: the bill they stand on is named by account and moment of issue."""

    account: Whole
    issued: Moments
    kind: Whole
    plan: Whole
    quantity: Whole
    unit: Whole
    amount: Whole
    start: Moments
    stop: Moments


def add_invoices(ledger: Ledger) -> None:
    """All bills of all subscriptions so far."""
    _bill(ledger, _chains(ledger, ledger.values("subscriptions", "account_id")))


def bill(ledger: Ledger, account: int, gigabytes: Mapping[int, int]) -> None:
    """The bills of one account that tells its own story; all are paid as they should be.

    Args:
        gigabytes: bandwidth beyond the plan, by the number of the bill that charges for it
            (1 is the second).
    """
    _bill(ledger, _chains(ledger, np.array([account])), gigabytes)


def anniversaries(start: Moments, months: Whole) -> Moments:
    """For each start, the moments so many months later; the last day where a month is short."""
    begun = start.astype("datetime64[us]")
    first = begun.astype("datetime64[M]")
    rest = begun - first.astype("datetime64[us]")
    month = first + months
    length = (month + 1).astype("datetime64[us]") - month.astype("datetime64[us]")
    longest = length - np.timedelta64(DAY, "us") + rest % np.timedelta64(DAY, "us")
    moments: Moments = (month.astype("datetime64[us]") + np.minimum(rest, longest)).astype(np.int64)
    return moments


def _chains(ledger: Ledger, accounts: Whole) -> _Chains:
    names = ("account_id", "plan_id", "price_cents", "started_at")
    mine = np.isin(ledger.values("subscriptions", "account_id"), accounts)
    account, plan, price, start = (ledger.values("subscriptions", name)[mine] for name in names)
    ended = ledger.column("subscriptions", "ended_at").taken(mine)
    stop = np.where(ended.gaps(), NOW, ended.values)
    yearly = ledger.values("subscriptions", "billing_period")[mine] == "yearly"
    order = np.lexsort((start, account))
    first = order[np.searchsorted(account[order], np.unique(account), side="left")]
    last = order[np.searchsorted(account[order], np.unique(account), side="right") - 1]
    return _Chains(
        account[first],
        np.where(yearly[last], 12, 1),
        start[first],
        stop[last],
        start[last],
        (plan[first], plan[last]),
        (price[first], price[last]),
    )


def _bill(ledger: Ledger, chains: _Chains, gigabytes: Mapping[int, int] | None = None) -> None:
    edges = anniversaries(chains.start[:, None], _PERIODS * chains.months[:, None])
    rows, number = np.nonzero(edges < np.minimum(chains.stop, NOW)[:, None])
    parts = [_plans(chains, edges, rows, number), *_changes(chains, edges)]
    if gigabytes is None:
        over = _overage(ledger.dice, chains, rows, number)
    else:
        over = np.array([gigabytes.get(bill, 0) for bill in number.tolist()], dtype=np.int64)
    parts.append(_usage(chains, edges, rows, number, over))
    _write(ledger, parts, calm=gigabytes is not None)


def _plans(chains: _Chains, edges: Moments, rows: Whole, number: Whole) -> _Lines:
    issued = edges[rows, number]
    plan, price = chains.plan(rows, issued)
    months = chains.months[rows]
    return _Lines(
        chains.account[rows],
        issued,
        np.full(len(rows), _PLAN),
        plan,
        months,
        price,
        price * months,
        issued,
        edges[rows, number + 1],
    )


def _changes(chains: _Chains, edges: Moments) -> tuple[_Lines, _Lines]:
    """The two lines of every change that does not fall on the first day of a period."""
    changed = (chains.start < chains.change) & ~(edges == chains.change[:, None]).any(axis=1)
    rows = np.flatnonzero(changed)
    change = chains.change[rows]
    number = (edges[rows] < change[:, None]).sum(axis=1) - 1
    start, stop = edges[rows, number], edges[rows, number + 1]
    left, days = (stop - change) // DAY, (stop - start) // DAY
    old, new = (
        _Lines(
            chains.account[rows],
            change,
            np.full(len(rows), kind),
            plans[rows],
            left,
            prices[rows],
            sign * ((2 * prices[rows] * chains.months[rows] * left + days) // (2 * days)),
            change,
            stop,
        )
        for kind, sign, plans, prices in zip(
            (_UNUSED, _NEW), (-1, 1), chains.plans, chains.prices, strict=True
        )
    )
    return old, new


def _overage(dice: Dice, chains: _Chains, rows: Whole, number: Whole) -> Whole:
    """Gigabytes beyond the plan in the period before: some accounts have them often."""
    account = chains.account[rows]
    entity = account * 1_000 + number
    heavy = dice.chance("invoice_lines", "heavy", account, 90) & (chains.months[rows] == 1)
    heavy &= dice.chance("invoice_lines", "over", entity, 350) & (number > 0)
    plan, _ = chains.plan(rows, np.full(len(rows), NOW))
    amount = along(dice.roll("invoice_lines", "gigabytes", entity), _GIGABYTES)
    return np.where(heavy & (plan != _ENTERPRISE), amount, 0)


def _usage(chains: _Chains, edges: Moments, rows: Whole, number: Whole, over: Whole) -> _Lines:
    there = over > 0
    rows, number, over = rows[there], number[there], over[there]
    issued, before = edges[rows, number], edges[rows, number - 1]
    plan, _ = chains.plan(rows, issued - 1)
    cents = np.full(len(rows), GIGABYTE_CENTS)
    return _Lines(
        chains.account[rows],
        issued,
        np.full(len(rows), _USAGE),
        plan,
        over,
        cents,
        over * cents,
        before,
        issued,
    )


def _write(ledger: Ledger, parts: list[_Lines], calm: bool) -> None:
    names = _Lines.__dataclass_fields__
    lines = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.lexsort((lines["kind"], lines["account"], lines["issued"]))
    lines = {name: values[order] for name, values in lines.items()}
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(lines["issued"]) != 0) | (np.diff(lines["account"]) != 0)
    ids = ledger.next_ids("invoices", int(fresh.sum()))
    which = np.cumsum(fresh) - 1
    totals = np.zeros(len(ids), dtype=np.int64)
    np.add.at(totals, which, lines["amount"])
    account, issued = lines["account"][fresh], lines["issued"][fresh]
    settle(ledger, Bills(ids, account, issued, totals, calm))
    ledger.add(
        "invoice_lines",
        id=ledger.next_ids("invoice_lines", len(order)),
        invoice_id=ids[which],
        kind=texts(KINDS, lines["kind"]),
        plan_id=lines["plan"],
        quantity=lines["quantity"],
        unit_cents=lines["unit"],
        amount_cents=lines["amount"],
        starts_at=lines["start"],
        ends_at=lines["stop"],
    )
