"""Requests: the calls of the API in the last 14 days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, Moments
from champion.lantern.columns import texts
from champion.lantern.dice import Dice, Draws, Whole, along, below, pick
from champion.lantern.finding import places
from champion.lantern.hours import at_work
from champion.lantern.ledger import Ledger
from champion.lantern.releases import slow_release
from champion.lantern.signins import addresses
from champion.lantern.tokens import SCOPES

REQUESTS = 95_000
REQUESTS_START = NOW - 14 * DAY
"""Older ones are purged."""
PATIENCE = 30 * DAY
"""How long after an unpaid bill the API still answers."""
SLOWER = 14
"""How many times as long statistics took while the slow release was live."""
LIMIT = 600
"""Calls a minute that an account may make."""

CLIENTS = ("lantern-python/2.3.1", "lantern-php/1.4.0", "curl/8.5.0", "Go-http-client/1.1")
_LIST, _ONE, _STATS, _FOLDERS, _LINKS = range(5)
_ENDPOINTS = (30, 34, 20, 6, 10)
_PATHS = {_LIST: "/v1/videos", _FOLDERS: "/v1/folders", _LINKS: "/v1/signed_links"}
_NEEDS = np.array((0, 0, 1, 0, 2), dtype=np.int64)
"""The scope that each endpoint needs, by its place."""
_QUERIES = ("page=1&per_page=100", "page=2&per_page=100", "page=3&per_page=100", "per_page=100")
_BUSY = (1, 2, 4, 8, 15, 30, 60, 130, 400, 1_500)
"""How much a token is used: the quantiles."""
_MS = (9, 17, 24, 31, 40, 52, 68, 95, 160, 900)
_ANSWERS = (
    (200, None),
    (201, None),
    (401, "unauthorized_credentials"),
    (401, "account_inactive"),
    (403, "plan_without_api"),
    (401, "unauthorized_scope"),
    (404, "not_found"),
    (422, "invalid"),
    (500, "internal"),
    (503, "internal"),
)
_OK, _MADE, _REVOKED, _INACTIVE, _NO_API, _NO_SCOPE, _NOT_FOUND, _INVALID, _BROKEN, _BUSY_NOW = (
    range(10)
)


@dataclass(frozen=True)
class _Tokens:
    """The tokens that were used in the window, row by row."""

    ids: Whole
    account: Whole
    place: Whole
    start: Moments
    last: Moments
    revoked: Moments
    inactive: Moments
    scopes: NDArray[np.bool_]
    has_api: NDArray[np.bool_]


@dataclass(frozen=True)
class _Calls:
    """Calls to be answered: which token, what they ask for, and of which video (by place)."""

    entity: Whole
    token: Whole
    moment: Moments
    endpoint: Whole
    video: Whole


def add_requests(ledger: Ledger) -> None:
    """What programs asked in the last 14 days; each token's last call is when it says."""
    tokens = _used(ledger)
    if not len(tokens.ids):
        return
    calls = _calls(ledger, tokens)
    _write(ledger, tokens, calls, _answers(ledger, tokens, calls))


def _used(ledger: Ledger) -> _Tokens:
    last = ledger.column("api_tokens", "last_used_at")
    rows = np.flatnonzero(~last.gaps() & (last.values > REQUESTS_START))
    account = ledger.values("api_tokens", "account_id")[rows]
    place = places(ledger.values("accounts", "id"), account)
    revoked = ledger.column("api_tokens", "revoked_at").taken(rows)
    scopes = ledger.values("api_tokens", "scopes")[rows].tolist()
    have = np.array([plan["has_api"] for plan in recipe.table("plans")["plan"]])
    return _Tokens(
        ledger.values("api_tokens", "id")[rows],
        account,
        place,
        np.maximum(ledger.values("api_tokens", "created_at")[rows], REQUESTS_START),
        last.values[rows],
        np.where(revoked.gaps(), NOW, revoked.values),
        _unpaid(ledger)[place],
        np.array([[scope in given for scope in SCOPES] for given in scopes], dtype=bool),
        have[ledger.values("accounts", "plan_id")[place] - 1],
    )


def _unpaid(ledger: Ledger) -> Moments:
    """For each account, the moment from which it is inactive to the API; never is now."""
    inactive = np.full(len(ledger.values("accounts", "id")), NOW)
    unpaid = ledger.values("invoices", "status") == "open"
    place = places(ledger.values("accounts", "id"), ledger.values("invoices", "account_id")[unpaid])
    np.minimum.at(inactive, place, ledger.values("invoices", "issued_at")[unpaid] + PATIENCE)
    return inactive


def _calls(ledger: Ledger, tokens: _Tokens) -> _Calls:
    dice = ledger.dice
    n = np.arange(1, ledger.sized(REQUESTS) + 1, dtype=np.int64)
    weights = along(dice.roll("api_tokens", "weight", tokens.ids), _BUSY)
    drawn = pick(dice.roll("api_requests", "token_id", n), weights)
    token = np.concatenate([drawn, np.arange(len(tokens.ids))])
    entity = np.concatenate([n, 1_000_000_000 + tokens.ids])
    moment = np.concatenate([_moments(ledger, tokens, n, drawn), tokens.last])
    videos, first, count = _videos_by_account(ledger, tokens)
    nth = below(dice.roll("api_requests", "video", entity), np.maximum(count, 1)[token])
    video = videos[np.minimum(first[token] + nth, len(videos) - 1)]
    endpoint = dice.pick("api_requests", "path", entity, _ENDPOINTS)
    alone = (endpoint == _ONE) | (endpoint == _STATS)
    endpoint = np.where(alone & (count[token] == 0), _LIST, endpoint)
    return _Calls(entity, token, moment, endpoint, video)


def _moments(ledger: Ledger, tokens: _Tokens, n: Whole, token: Whole) -> Moments:
    """Some tokens work by the clock, at one minute of every hour; the others when people do."""
    dice, start, last = ledger.dice, tokens.start[token], tokens.last[token]
    span = np.maximum((last - start) // SECOND, 1)
    even = start + below(dice.roll("api_requests", "requested_at", n), span) * SECOND
    even += dice.between("api_requests", "micros", n, 0, SECOND - 1)
    zones = ledger.values("accounts", "time_zone")[tokens.place][token]
    moved = at_work(even, zones, dice.roll("api_requests", "hour", n))
    clockwork = dice.chance("api_tokens", "clockwork", tokens.ids, 400)
    minute = dice.between("api_tokens", "minute", tokens.ids, 0, 59) * MINUTE
    hourly = even // HOUR * HOUR + minute[token] + even % (2 * MINUTE)
    moved = np.where(clockwork[token], hourly, moved)
    return np.where((moved < start) | (moved >= last), np.minimum(even, last), moved)


def _videos_by_account(ledger: Ledger, tokens: _Tokens) -> tuple[Whole, Whole, Whole]:
    owner = ledger.values("videos", "account_id")
    order = np.argsort(owner, kind="stable")
    first = np.searchsorted(owner[order], tokens.account, side="left")
    return order, first, np.searchsorted(owner[order], tokens.account, side="right") - first


def _answers(ledger: Ledger, tokens: _Tokens, calls: _Calls) -> Whole:
    dice, token, moment = ledger.dice, calls.token, calls.moment
    deleted = ledger.column("videos", "deleted_at").taken(calls.video)
    there = ledger.values("videos", "created_at")[calls.video] <= moment
    there &= deleted.gaps() | (deleted.values > moment)
    about_one = (calls.endpoint == _ONE) | (calls.endpoint == _STATS)
    luck = below(dice.roll("api_requests", "status", calls.entity), 10_000)
    posted = calls.endpoint == _LINKS
    answers: Whole = np.select(
        [
            moment >= tokens.revoked[token],
            moment >= tokens.inactive[token],
            ~tokens.has_api[token],
            ~tokens.scopes[token, _NEEDS[calls.endpoint]],
            about_one & ~there,
            luck < 6,
            luck < 14,
            posted & (luck < 320),
            posted,
        ],
        [_REVOKED, _INACTIVE, _NO_API, _NO_SCOPE, _NOT_FOUND, _BUSY_NOW, _BROKEN, _INVALID, _MADE],
        _OK,
    )
    return answers


def _write(ledger: Ledger, tokens: _Tokens, calls: _Calls, answer: Whole) -> None:
    dice, entity, token = ledger.dice, calls.entity, calls.token
    posted = calls.endpoint == _LINKS
    client = dice.pick("api_tokens", "client", tokens.ids, (45, 20, 20, 15))
    ledger.add(
        "api_requests",
        id=ledger.next_ids("api_requests", len(entity)),
        request_id=dice.roll("api_requests", "request_id", entity),
        account_id=tokens.account[token],
        token_id=tokens.ids[token],
        method=texts(("GET", "POST"), posted.astype(np.int64)),
        path=_paths(ledger, calls),
        query=_queries(dice, calls),
        body_digest=masked(dice.roll("api_requests", "body_digest", entity), posted),
        status=np.array([status for status, _ in _ANSWERS])[answer],
        error=texts([error for _, error in _ANSWERS], answer),
        duration_ms=_durations(dice, calls, answer),
        client=texts(CLIENTS, client[token]),
        ip_address=addresses(dice, tokens.account[token], tokens.ids[token]),
        requested_at=calls.moment,
    )


def masked(keys: Draws, there: NDArray[np.bool_]) -> np.ma.MaskedArray[Any, Any]:
    """Keys where `there` holds, missing elsewhere."""
    return np.ma.MaskedArray(keys, mask=~there)


def _paths(ledger: Ledger, calls: _Calls) -> NDArray[Any]:
    hashed = ledger.values("videos", "hashed_id")[calls.video].tolist()
    return np.array(
        [
            _PATHS.get(endpoint) or f"/v1/videos/{video}{'/stats' if endpoint == _STATS else ''}"
            for endpoint, video in zip(calls.endpoint.tolist(), hashed, strict=True)
        ],
        dtype=object,
    )


def _queries(dice: Dice, calls: _Calls) -> NDArray[Any]:
    page = dice.pick("api_requests", "query", calls.entity, (6, 3, 1))
    which = np.select([calls.endpoint == _LIST, calls.endpoint == _FOLDERS], [page, 3], 4)
    return texts((*_QUERIES, None), which)


def _durations(dice: Dice, calls: _Calls, answer: Whole) -> Whole:
    """Statistics take longest, and much longer while a slow release was live."""
    time = along(dice.roll("api_requests", "duration_ms", calls.entity), _MS)
    slow, mended = slow_release(dice)
    statistics = calls.endpoint == _STATS
    during = statistics & (calls.moment >= slow) & (calls.moment < mended)
    time = np.where(statistics, time * 3, time) * np.where(during, SLOWER, 1)
    refused = np.isin(answer, (_REVOKED, _INACTIVE, _NO_API, _NO_SCOPE))
    return np.where(refused, 3 + time % 11, time)
