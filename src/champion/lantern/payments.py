"""Payments: what became of each bill; most are paid at once, some at the second or third try."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import DAY, MINUTE, NOW, SECOND, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Draws, Whole, below
from champion.lantern.finding import places
from champion.lantern.ledger import Ledger

_RETRIES = (0, 3, 7, 14)
"""Days after the bill on which a card is tried."""
_NEVER = len(_RETRIES)
_FAILURES = ("declined", "insufficient_funds", "expired_card")
_STATUSES = ("paid", "open", "uncollectible", "void")
_PAID, _OPEN, _UNCOLLECTIBLE, _VOID = range(len(_STATUSES))


@dataclass(frozen=True)
class Bills:
    """Bills to be paid, ordered by the moment of issue.

    Attributes:
        calm: of an account whose story has no room for trouble: paid as they should be.
    """

    ids: Whole
    account: Whole
    issued: Moments
    total: Whole
    calm: bool = False


@dataclass(frozen=True)
class _Fates:
    """For each bill: how it is paid, at which try, when, and where that leaves it."""

    transfer: NDArray[np.bool_]
    tries: Whole
    paid: Moments
    status: Whole
    minutes: Moments


def settle(ledger: Ledger, bills: Bills) -> None:
    """Write bills and every attempt to pay them."""
    fates = _fates(ledger, bills)
    ledger.add(
        "invoices",
        id=bills.ids,
        account_id=bills.account,
        status=texts(_STATUSES, fates.status),
        total_cents=bills.total,
        issued_at=bills.issued,
        due_at=bills.issued + np.where(fates.transfer, 30, 0) * DAY,
    )
    _add_failed(ledger, bills, fates)
    _add_paid(ledger, bills, fates)


def _draws(ledger: Ledger, bills: Bills, field: str) -> Draws:
    return ledger.dice.roll("payments", field, bills.account * 30_000 + bills.issued // DAY)


def _fates(ledger: Ledger, bills: Bills) -> _Fates:
    late, gone = _troubled(ledger, bills)
    transfer = ledger.dice.chance("payments", "method", bills.account, 150) & ~late & ~gone
    chance = below(_draws(ledger, bills, "tries"), 1000)
    tries = np.select([transfer, chance < 955, chance < 988], [0, 0, 1], 2)
    void = below(_draws(ledger, bills, "void"), 1000) < 5
    if bills.calm:
        tries, void = np.zeros_like(tries), np.zeros_like(void)
    tries = np.where(late | gone, _NEVER, tries)
    minutes = (1 + below(_draws(ledger, bills, "minutes"), 20)) * MINUTE
    days = np.where(
        transfer, 2 + below(_draws(ledger, bills, "days"), 26), np.array((*_RETRIES, 0))[tries]
    )
    paid = bills.issued + days * DAY + minutes
    status = np.where((tries == _NEVER) | (paid > NOW), _OPEN, _PAID)
    status[gone] = _UNCOLLECTIBLE
    status[void & ~late & ~gone] = _VOID
    return _Fates(transfer, tries, paid, status, minutes)


def _troubled(ledger: Ledger, bills: Bills) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The last bills of those who are past due, and of some who left: nobody paid them."""
    place = places(ledger.values("accounts", "id"), bills.account)
    status = ledger.values("accounts", "status")[place]
    by_account = np.lexsort((bills.issued, bills.account))
    last = np.zeros(len(bills.ids), dtype=bool)
    last[by_account[np.flatnonzero(np.diff(bills.account[by_account], append=-1))]] = True
    left = np.isin(status, ("closed", "cancelled"))
    gave_up = ledger.dice.chance("payments", "uncollectible", bills.account, 120)
    return last & (status == "past_due"), last & left & gave_up


def _add_failed(ledger: Ledger, bills: Bills, fates: _Fates) -> None:
    nth, row = np.nonzero(np.arange(_NEVER)[:, None] < fates.tries)
    tried = bills.issued[row] + np.array(_RETRIES)[nth] * DAY + fates.minutes[row]
    there = (tried < NOW) & (fates.status[row] != _VOID)
    row, tried = row[there], tried[there]
    why = below(_draws(ledger, bills, "failure"), len(_FAILURES))[row]
    ledger.add(
        "payments",
        id=ledger.next_ids("payments", len(row)),
        invoice_id=bills.ids[row],
        amount_cents=bills.total[row],
        method="card",
        status="failed",
        failure=texts(_FAILURES, why),
        tried_at=tried,
    )


def _add_paid(ledger: Ledger, bills: Bills, fates: _Fates) -> None:
    row = np.flatnonzero(fates.status == _PAID)
    back = fates.paid[row] + (1 + below(_draws(ledger, bills, "back")[row], 20)) * DAY
    refunded = (below(_draws(ledger, bills, "refunded")[row], 1000) < 8) & (back < NOW)
    refunded &= not bills.calm
    ledger.add(
        "payments",
        id=ledger.next_ids("payments", len(row)),
        invoice_id=bills.ids[row],
        amount_cents=bills.total[row],
        method=texts(("card", "transfer"), fates.transfer[row].astype(np.int64)),
        status=texts(("succeeded", "refunded"), refunded.astype(np.int64)),
        tried_at=fates.paid[row],
        refunded_at=moments_or_none(back + 7 * SECOND, refunded),
    )
