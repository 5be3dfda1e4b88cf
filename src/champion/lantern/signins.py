"""Sign-ins of the last 90 days, and the accounts that bring an identity provider of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import DAY, MINUTE, NOW, SECOND, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Dice, Whole, along, below, mixed
from champion.lantern.finding import places
from champion.lantern.hours import at_work
from champion.lantern.ledger import Ledger
from champion.lantern.signups import are_late

SIGN_INS_START = NOW - 90 * DAY
"""Older ones are purged."""

_PROVIDERS = ("Keyring", "Gatehouse", "Latchkey", "Porter ID")
_WITH_SSO = np.array((0, 0, 0, 150, 700, 0), dtype=np.int64)
"""How many of a thousand accounts sign in their own way, by plan."""
_TIMES = (1, 2, 4, 7, 11, 17, 25, 36, 52, 90)
"""How often somebody signs in in 90 days: the quantiles, tenth by tenth."""
_METHODS = ("password", "link", "sso")
_OUTCOMES = ("ok", "wrong_password", "expired_link", "sso_rejected", "deactivated")
_DEACTIVATED = 4


def add_sso_connections(ledger: Ledger) -> None:
    """Single sign-on for most of Enterprise and some of Business.

    Latecomers to the cast have none but that of their story.
    """
    dice, accounts = ledger.dice, ledger.values("accounts", "id")
    plan, until = ledger.values("accounts", "plan_id"), ledger.until()
    created = ledger.values("accounts", "created_at")
    days = (until - created) // DAY
    chance = np.where(are_late(accounts), 0, _WITH_SSO[plan - 1])
    rows = np.flatnonzero(
        (below(dice.roll("sso_connections", "there", accounts), 1000) < chance) & (days > 40)
    )
    ids, span = accounts[rows], days[rows]
    begun = (
        created[rows]
        + (10 + below(dice.roll("sso_connections", "created_at", ids), span - 30)) * DAY
    )
    begun += dice.between("sso_connections", "minute", ids, 480, 1020) * MINUTE
    begun = np.minimum(begun, until[rows] - DAY)
    off = (
        begun
        + below(dice.roll("sso_connections", "disabled_at", ids), (until[rows] - begun) // MINUTE)
        * MINUTE
    )
    protocol = dice.pick("sso_connections", "protocol", ids, (70, 30))
    expires = NOW + dice.between("sso_connections", "certificate", ids, 40, 900) * DAY
    ledger.add(
        "sso_connections",
        id=np.arange(1, len(ids) + 1, dtype=np.int64),
        account_id=ids,
        provider=texts(_PROVIDERS, dice.pick("sso_connections", "provider", ids, (4, 3, 2, 1))),
        protocol=texts(("saml", "oidc"), protocol),
        certificate_expires_at=moments_or_none(expires, protocol == 0),
        created_at=begun,
        disabled_at=moments_or_none(off, dice.chance("sso_connections", "off", ids, 90)),
    )


def add_sign_ins(ledger: Ledger) -> None:
    """What everybody did who was here in the last 90 days; the last good one is when they were
    last seen.

    People whose sign-ins a case has told are left out.
    """
    dice = ledger.dice
    seen = ledger.column("users", "last_seen_at")
    told = np.isin(ledger.values("users", "id"), ledger.values("sign_ins", "user_id"))
    here = np.flatnonzero(~seen.gaps() & (seen.values > SIGN_INS_START) & ~told)
    users, last = ledger.values("users", "id")[here], seen.values[here]
    count = along(dice.roll("sign_ins", "count", users), _TIMES)
    row = np.repeat(np.arange(len(here)), count)
    nth = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    entity = users[row] * 1_000 + nth
    first = np.maximum(ledger.values("users", "created_at")[here], SIGN_INS_START)
    zones = ledger.values("accounts", "time_zone")[_homes(ledger, here)]
    span = np.maximum((last - first) // SECOND, 1)[row]
    tried = first[row] + below(dice.roll("sign_ins", "tried_at", entity), span) * SECOND
    hours = at_work(tried, zones[row], dice.roll("sign_ins", "hour", entity))
    tried = np.where((hours > first[row]) & (hours < last[row]), hours, tried)
    tried = np.where(nth == 0, last[row], tried)
    _write(ledger, here[row], entity, tried, good=nth == 0)
    _add_those_sent_away(ledger)


def _add_those_sent_away(ledger: Ledger) -> None:
    """A few try again after their access was taken away."""
    dice, away = ledger.dice, ledger.column("users", "deactivated_at")
    users = ledger.values("users", "id")
    tried = away.values + dice.between("sign_ins", "again", users, 600, 12 * 24 * 3600) * SECOND
    tries = ~away.gaps() & dice.chance("sign_ins", "tries", users, 150)
    rows = np.flatnonzero(tries & (tried > SIGN_INS_START) & (tried < NOW))
    _write(ledger, rows, users[rows] * 1_000 + 999, tried[rows], np.zeros(len(rows), dtype=bool))


def _write(
    ledger: Ledger, person: Whole, entity: Whole, tried: Moments, good: NDArray[np.bool_]
) -> None:
    dice, home = ledger.dice, _homes(ledger, person)
    connection, since = _connections(ledger)
    method = dice.pick("sign_ins", "method", entity, (88, 12))
    method = np.where(since[home] < tried, 2, method)
    fails = dice.chance("sign_ins", "fails", entity, 55) & ~good
    outcome = np.where(fails, method + 1, 0)
    away = ledger.column("users", "deactivated_at").taken(person)
    outcome[~away.gaps() & (tried > away.values)] = _DEACTIVATED
    ledger.add(
        "sign_ins",
        id=ledger.next_ids("sign_ins", len(person)),
        user_id=ledger.values("users", "id")[person],
        method=texts(_METHODS, method),
        outcome=texts(_OUTCOMES, outcome),
        sso_connection_id=moments_or_none(connection[home], method == 2),
        ip_address=addresses(dice, ledger.values("accounts", "id")[home], entity),
        tried_at=tried,
    )


def addresses(dice: Dice, account: Whole, entity: Whole) -> NDArray[np.object_]:
    """Addresses of the three ranges that belong to nobody: mostly the account's office."""
    office = below(dice.roll("addresses", "office", account), len(ADDRESSES))
    elsewhere = below(mixed(dice.roll("addresses", "elsewhere", entity)), len(ADDRESSES))
    away = dice.chance("addresses", "away", entity, 180)
    return texts(ADDRESSES, np.where(away, elsewhere, office))


ADDRESSES = np.array(
    [f"{net}.{host}" for net in ("192.0.2", "198.51.100", "203.0.113") for host in range(1, 255)],
    dtype=object,
)


def _homes(ledger: Ledger, users: Whole) -> Whole:
    """The places of these users' accounts."""
    return places(ledger.values("accounts", "id"), ledger.values("users", "account_id")[users])


def _connections(ledger: Ledger) -> tuple[Whole, Moments]:
    """For each account its connection that is on, and since when: never is far ahead."""
    connection = np.zeros(len(ledger.values("accounts", "id")), dtype=np.int64)
    since = np.full(len(connection), NOW + DAY)
    on = ledger.column("sso_connections", "disabled_at").gaps()
    place = places(
        ledger.values("accounts", "id"), ledger.values("sso_connections", "account_id")[on]
    )
    connection[place] = ledger.values("sso_connections", "id")[on]
    since[place] = ledger.values("sso_connections", "created_at")[on]
    return connection, since
