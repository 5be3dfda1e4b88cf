"""Mail: what became of the mails that Lantern sends by machine, in the last 60 days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, WEEK, Moments, utc
from champion.lantern.columns import texts
from champion.lantern.dice import Whole, below
from champion.lantern.finding import owners
from champion.lantern.ledger import Ledger

MAIL_START = NOW - 60 * DAY
"""Older events are purged."""

KINDS = ("invitation", "password_reset", "invoice", "weekly_report", "trial_ending")
_INVITATION, _RESET, _INVOICE, _REPORT, _TRIAL = range(len(KINDS))
EVENTS = ("sent", "delivered", "soft_bounced", "hard_bounced", "suppressed")
_SENT, _DELIVERED, _SOFT, _HARD, _SUPPRESSED = range(len(EVENTS))
NO_SUCH_ADDRESS = "550 5.1.1 The email account that you tried to reach does not exist"
_FULL = "452 4.2.2 The recipient's inbox is full"
_MONDAY = utc(2024, 1, 1, 6)
_WITH_REPORTS = (3, 4, 5, 6)
"""Plans whose owners get a report every week."""


@dataclass(frozen=True)
class _Mails:
    """Mails to be sent: to whom (by place among the users), of which kind, when."""

    user: Whole
    kind: Whole
    moment: Moments


def add_mails(ledger: Ledger) -> None:
    """Every mail's steps; after a hard bounce, an address gets no more.

    People whose mails a case has told are left out.
    """
    mails = _mails(ledger)
    dice, users = ledger.dice, ledger.values("users", "id")[mails.user]
    entity = users * 100_000 + mails.moment // HOUR % 10_000 * 10 + mails.kind
    keys = dice.roll("email_events", "message_key", entity)
    dead = dice.chance("email_events", "dead", users, 12)
    first = np.ones(len(users), dtype=bool)
    first[1:] = np.diff(users) != 0
    later = (1 + below(dice.roll("email_events", "later", entity), 50)) * SECOND
    soft = ~dead & dice.chance("email_events", "soft", entity, 15)
    sent = ~dead | first
    steps = (
        (_SUPPRESSED, ~sent, mails.moment, None),
        (_SENT, sent, mails.moment, None),
        (_HARD, dead & first, mails.moment + later, NO_SUCH_ADDRESS),
        (_SOFT, soft, mails.moment + later, _FULL),
        (_DELIVERED, soft, mails.moment + later + 31 * MINUTE, None),
        (_DELIVERED, sent & ~dead & ~soft, mails.moment + later, None),
    )
    address = ledger.values("users", "email")[mails.user].tolist()
    lowered = np.array([typed.lower() for typed in address], dtype=object)
    for event, there, moment, detail in steps:
        rows = np.flatnonzero(there & (moment < NOW))
        ledger.add(
            "email_events",
            id=ledger.next_ids("email_events", len(rows)),
            message_key=keys[rows],
            account_id=ledger.values("users", "account_id")[mails.user[rows]],
            user_id=users[rows],
            address=lowered[rows],
            kind=texts(KINDS, mails.kind[rows]),
            event=EVENTS[event],
            detail=detail,
            happened_at=moment[rows],
        )


def _mails(ledger: Ledger) -> _Mails:
    """All mails of the window, each person's together and by time."""
    parts = (
        _invitations(ledger),
        _resets(ledger),
        _bills(ledger),
        _reports(ledger),
        _trials(ledger),
    )
    kinds = np.repeat(np.arange(len(KINDS)), [len(users) for users, _ in parts])
    user = np.concatenate([users for users, _ in parts])
    moment = np.concatenate([moments for _, moments in parts])
    away = ledger.column("users", "deactivated_at").taken(user)
    there = (moment >= MAIL_START) & (moment < NOW) & (away.gaps() | (moment < away.values))
    told = ledger.values("email_events", "user_id")
    there &= ~np.isin(ledger.values("users", "id")[user], told)
    order = np.lexsort((kinds, moment, user))
    order = order[there[order]]
    return _Mails(user[order], kinds[order], moment[order])


def _invitations(ledger: Ledger) -> tuple[Whole, Moments]:
    users = np.flatnonzero(ledger.values("users", "role") != "owner")
    return users, ledger.values("users", "created_at")[users] + 2 * SECOND


def _resets(ledger: Ledger) -> tuple[Whole, Moments]:
    """Some who signed in lately had forgotten their password."""
    seen = ledger.column("users", "last_seen_at")
    users = np.flatnonzero(
        ~seen.gaps()
        & ledger.dice.chance("email_events", "forgot", ledger.values("users", "id"), 80)
    )
    before = 2 + below(
        ledger.dice.roll("email_events", "before", ledger.values("users", "id")[users]), 40
    )
    moment = seen.values[users] - before * MINUTE
    known = moment > ledger.values("users", "created_at")[users]
    return users[known], moment[known]


def _bills(ledger: Ledger) -> tuple[Whole, Moments]:
    to = owners(ledger, ledger.values("invoices", "account_id"))
    return to, ledger.values("invoices", "issued_at") + 5 * SECOND


def _reports(ledger: Ledger) -> tuple[Whole, Moments]:
    """Every Monday to the owners of open accounts."""
    mondays = np.arange(_MONDAY, NOW, WEEK)
    mondays = mondays[mondays >= MAIL_START]
    plan = ledger.values("accounts", "plan_id")
    wanted = np.flatnonzero(
        np.isin(plan, _WITH_REPORTS)
        & ~ledger.dice.chance("email_events", "no report", ledger.values("accounts", "id"), 200)
    )
    account = np.repeat(wanted, len(mondays))
    within = below(
        ledger.dice.roll("email_events", "report", ledger.values("accounts", "id")), 1_800
    )
    moment = np.tile(mondays, len(wanted)) + within[account] * SECOND
    open_then = (ledger.values("accounts", "created_at")[account] < moment) & (
        moment < ledger.until()[account]
    )
    account, moment = account[open_then], moment[open_then]
    return owners(ledger, ledger.values("accounts", "id")[account]), moment


def _trials(ledger: Ledger) -> tuple[Whole, Moments]:
    ends = ledger.column("accounts", "trial_ends_at")
    rows = np.flatnonzero(~ends.gaps() & (ends.values - 3 * DAY < ledger.until()))
    to = owners(ledger, ledger.values("accounts", "id")[rows])
    return to, ends.values[rows] - 3 * DAY
