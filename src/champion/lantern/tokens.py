"""Tokens: the keys by which customers' programs use the API."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import MINUTE, NOW, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.content import hashed_ids
from champion.lantern.dice import Dice, Draws, Whole, below
from champion.lantern.finding import somebody
from champion.lantern.ledger import Ledger
from champion.lantern.signups import are_late

FIRST_TOKEN = 2_001
"""Smaller ids are the cast's."""
SCOPES = ("read:videos", "read:stats", "write:videos")

_COUNTS = (38, 32, 18, 8, 4)
_HAVE = np.array((30, 60, 1000, 1000, 1000, 1000), dtype=np.int64)
"""How many of a thousand accounts make tokens at all, by plan: those without the API hardly."""
_NAMES = (
    "Website",
    "Nightly export",
    "CMS",
    "Dashboard",
    "Test",
    "Intranet",
    "Learning platform",
)
_SETS = (0b111, 0b011, 0b001, 0b101)
"""Which of the scopes a token has, the first scope in the last place."""


def add_tokens(ledger: Ledger) -> None:
    """None to four tokens for accounts whose plan has the API; few of the others have any."""
    dice, accounts = ledger.dice, ledger.values("accounts", "id")
    have = below(dice.roll("api_tokens", "have", accounts), 1000)
    have_any = have < _HAVE[ledger.values("accounts", "plan_id") - 1]
    have_any &= ~are_late(accounts)
    count = np.where(have_any, dice.pick("api_tokens", "count", accounts, _COUNTS), 0)
    row = np.repeat(np.arange(len(accounts)), count)
    nth = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    entity = accounts[row] * 10 + nth
    maker = somebody(ledger, accounts[row], dice.roll("api_tokens", "created_by_id", entity))
    until = ledger.until()[row]
    begin = ledger.values("users", "created_at")[maker]
    span = np.maximum((until - begin) // MINUTE, 2)
    created = begin + below(dice.roll("api_tokens", "created_at", entity), span - 1) * MINUTE
    rest = np.maximum((until - created) // MINUTE, 1)
    revoked = created + below(dice.roll("api_tokens", "revoked_at", entity), rest) * MINUTE
    revoked = np.where(until < NOW, until, revoked)
    over = dice.chance("api_tokens", "revoked", entity, 200) | (until < NOW)
    forgotten = over & (until == NOW) & dice.chance("api_tokens", "forgotten", entity, 300)
    used, last = _use(ledger.dice, entity, created, np.where(over & ~forgotten, revoked, NOW))
    order = np.lexsort((entity, created))
    scopes = [" ".join(s for i, s in enumerate(SCOPES) if bits >> i & 1) for bits in _SETS]
    columns = {
        "account_id": accounts[row],
        "created_by_id": ledger.values("users", "id")[maker],
        "name": texts(_NAMES, dice.pick("api_tokens", "name", entity, [1] * len(_NAMES))),
        "prefix": prefixes(dice.roll("api_tokens", "prefix", entity)),
        "scopes": texts(scopes, dice.pick("api_tokens", "scopes", entity, (45, 30, 15, 10))),
        "created_at": created,
        "last_used_at": moments_or_none(last, used),
        "revoked_at": moments_or_none(revoked, over),
    }
    ledger.add(
        "api_tokens",
        id=np.arange(FIRST_TOKEN, FIRST_TOKEN + len(row), dtype=np.int64),
        **{name: values[order] for name, values in columns.items()},
    )


def prefixes(draws: Draws) -> NDArray[np.object_]:
    """What can be seen of the token of each draw."""
    return np.array([f"lnt_{sign[:6]}" for sign in hashed_ids(draws)], dtype=object)


def _use(
    dice: Dice, entity: Whole, created: Moments, until: Moments
) -> tuple[NDArray[np.bool_], Moments]:
    """Which tokens were ever used, and when last: most of them up to a few hours ago."""
    busy = dice.chance("api_tokens", "busy", entity, 620)
    hours = dice.between("api_tokens", "minutes", entity, 1, 900)
    ever = below(
        dice.roll("api_tokens", "idle", entity), np.maximum((until - created) // MINUTE, 1)
    )
    last = until - np.where(busy, hours, ever) * MINUTE
    return ~dice.chance("api_tokens", "unused", entity, 120) & (last > created), last
