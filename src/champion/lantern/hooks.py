"""Webhooks: the addresses that want to be told, what happened, and every attempt to tell them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Dice, Draws, Whole, below, mixed
from champion.lantern.finding import places, somebody
from champion.lantern.ledger import Ledger
from champion.lantern.signups import are_late

FIRST_WEBHOOK = 2_001
"""Smaller ids are the cast's."""
EVENTS_START = NOW - 30 * DAY
"""Older events are purged, with their deliveries."""
WAITS = (0, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR)
"""How long after the attempt before each attempt is made."""

TYPES = ("video.created", "video.rendition_ready", "video.ready", "video.deleted")
_CREATED, _RENDITION, _READY, _DELETED = range(len(TYPES))
_WANTED = ("*", "video.ready", "video.created video.ready video.deleted")
_WANTS = np.array(((1, 1, 1, 1), (0, 0, 1, 0), (1, 0, 1, 1)), dtype=bool)
_FATES = (930, 945, 955, 975, 990)
_OUTCOMES: tuple[tuple[int | None, str | None], ...] = (
    (200, None),
    (204, None),
    (None, "timeout"),
    (500, "server_error"),
    (503, "server_error"),
    (404, "client_error"),
)
_TIMEOUT = 2


def add_webhooks(ledger: Ledger) -> None:
    """One or two addresses for a third of the accounts whose plan has the API."""
    dice, accounts = ledger.dice, ledger.values("accounts", "id")
    have = np.array([plan["has_api"] for plan in recipe.table("plans")["plan"]])
    there = have[ledger.values("accounts", "plan_id") - 1] & ~are_late(accounts)
    count = np.where(there, dice.pick("webhooks", "count", accounts, (66, 26, 8)), 0)
    row = np.repeat(np.arange(len(accounts)), count)
    nth = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    entity = accounts[row] * 10 + nth
    maker = somebody(ledger, accounts[row], dice.roll("webhooks", "created_by_id", entity))
    begin, until = ledger.values("users", "created_at")[maker], ledger.until()[row]
    span = np.maximum((until - begin) // MINUTE, 2)
    created = begin + below(dice.roll("webhooks", "created_at", entity), span - 1) * MINUTE
    off = created + below(dice.roll("webhooks", "disabled_at", entity), span) * MINUTE
    off = np.minimum(np.maximum(off, created + 13 * HOUR), until)
    over = dice.chance("webhooks", "off", entity, 110) | (until < NOW)
    failing = ~dice.chance("webhooks", "reason", entity, 600) & over & (until == NOW)
    reason = texts((None, "by_user", "failing"), over.astype(np.int64) + failing)
    domain = ledger.values("accounts", "domain")[row]
    ledger.add(
        "webhooks",
        id=np.arange(FIRST_WEBHOOK, FIRST_WEBHOOK + len(row), dtype=np.int64),
        account_id=accounts[row],
        created_by_id=ledger.values("users", "id")[maker],
        url=[
            f"https://hooks.{domain}/lantern{f'/{nth + 1}' if nth else ''}"
            for domain, nth in zip(domain.tolist(), nth.tolist(), strict=True)
        ],
        event_types=texts(_WANTED, dice.pick("webhooks", "event_types", entity, (55, 30, 15))),
        created_at=created,
        disabled_at=moments_or_none(np.where(until < NOW, until, off), over),
        disabled_reason=reason,
    )


def add_events(ledger: Ledger) -> None:
    """What happened in the last 30 days in accounts that have a webhook, and telling of it.

    Accounts whose events a case has told are left out.
    """
    video, kind, quality, moment = _happenings(ledger)
    owner = ledger.values("videos", "account_id")[video]
    there = np.isin(owner, ledger.values("webhooks", "account_id"))
    there &= ~np.isin(owner, ledger.values("webhook_events", "account_id"))
    there &= (moment >= EVENTS_START) & (moment < NOW - MINUTE)
    order = np.flatnonzero(there)[np.argsort(moment[there], kind="stable")]
    video, kind, quality, moment = video[order], kind[order], quality[order], moment[order]
    ids = ledger.next_ids("webhook_events", len(order))
    number = ledger.values("videos", "id")[video]
    entity = number * 100 + kind * 10 + _nth_of_its_kind(number, kind)
    ledger.add(
        "webhook_events",
        id=ids,
        uuid=uuids(ledger.dice.roll("webhook_events", "uuid", entity)),
        account_id=owner[order],
        type=texts(TYPES, kind),
        video_id=number,
        quality=quality,
        generated_at=moment,
    )
    _deliver(ledger, ids, owner[order], kind, entity, moment)


def uuids(draws: Draws) -> list[str]:
    """A number of the usual form for each draw."""
    made = []
    for high, low in zip(draws.tolist(), mixed(draws + np.uint64(1)).tolist(), strict=True):
        whole = f"{high:016x}{low:016x}"
        made.append(f"{whole[:8]}-{whole[8:12]}-4{whole[13:16]}-a{whole[17:20]}-{whole[20:]}")
    return made


def _happenings(ledger: Ledger) -> tuple[Whole, Whole, NDArray[Any], Moments]:
    """Video (by place), kind, quality and moment of all that would be told."""
    ids, created = ledger.values("videos", "id"), ledger.values("videos", "created_at")
    made = ledger.values("video_versions", "quality") != "original"
    version = places(ids, ledger.values("video_versions", "video_id")[made])
    complete = ledger.values("video_versions", "created_at")[made]
    last = np.zeros(len(ids), dtype=np.int64)
    np.maximum.at(last, version, complete)
    ready = np.flatnonzero((last > 0) & (ledger.values("videos", "status") == "ready"))
    deleted = ledger.column("videos", "deleted_at")
    gone = np.flatnonzero(~deleted.gaps())
    parts = (np.arange(len(ids)), version, ready, gone)
    moments = (
        created + SECOND,
        complete + (1 + np.arange(len(complete)) % 3) * SECOND,
        last[ready] + 5 * SECOND,
        deleted.values[gone] + SECOND,
    )
    kinds = np.repeat(np.arange(len(TYPES)), [len(part) for part in parts])
    quality = np.full(len(kinds), None, dtype=object)
    quality[kinds == _RENDITION] = ledger.values("video_versions", "quality")[made]
    return np.concatenate(parts), kinds, quality, np.concatenate(moments)


def _nth_of_its_kind(video: Whole, kind: Whole) -> Whole:
    order = np.lexsort((np.arange(len(video)), kind, video))
    key = video[order] * len(TYPES) + kind[order]
    nth = np.empty(len(video), dtype=np.int64)
    nth[order] = np.arange(len(key)) - np.searchsorted(key, key, side="left")
    return nth


def _deliver(
    ledger: Ledger, events: Whole, account: Whole, kind: Whole, entity: Whole, moment: Moments
) -> None:
    """Every event to every address that was on and wants it, until it arrives."""
    hooks, event = _addressees(ledger, account, kind, moment)
    dice, number = ledger.dice, ledger.values("webhooks", "id")[hooks]
    entity = entity[event] * 8 + number % 8
    sent = moment[event] + dice.between("webhook_deliveries", "first", entity, 1, 4_000) * 1_000
    disabled = ledger.column("webhooks", "disabled_at").taken(hooks)
    off = np.where(disabled.gaps(), NOW, disabled.values)
    for attempt, wait in enumerate(WAITS, start=1):
        sent = sent + wait
        there = sent < off
        number, event, entity, sent, off = (
            values[there] for values in (number, event, entity, sent, off)
        )
        outcome = _outcomes(dice, entity, attempt)
        took = _took(dice, entity, attempt, outcome)
        _write(ledger, number, events[event], attempt, sent, outcome, took)
        again = outcome >= _TIMEOUT
        sent = sent + took * 1_000
        number, event, entity, sent, off = (
            values[again] for values in (number, event, entity, sent, off)
        )


def _addressees(
    ledger: Ledger, account: Whole, kind: Whole, moment: Moments
) -> tuple[Whole, Whole]:
    """Pairs of a webhook and an event, each by place."""
    owner = ledger.values("webhooks", "account_id")
    wanted = ledger.values("webhooks", "event_types").tolist()
    wants = _WANTS[[_WANTED.index(types) for types in wanted]]
    created = ledger.values("webhooks", "created_at")
    disabled = ledger.column("webhooks", "disabled_at")
    off = np.where(disabled.gaps(), NOW, disabled.values)
    order = np.argsort(account, kind="stable")
    first = np.searchsorted(account[order], owner, side="left")
    count = np.searchsorted(account[order], owner, side="right") - first
    hook = np.repeat(np.arange(len(owner)), count)
    nth = np.arange(len(hook)) - np.repeat(np.cumsum(count) - count, count)
    event = order[first[hook] + nth]
    told = wants[hook, kind[event]] & (created[hook] <= moment[event]) & (moment[event] < off[hook])
    return hook[told], event[told]


def _outcomes(dice: Dice, entity: Whole, attempt: int) -> Whole:
    luck = below(dice.roll("webhook_deliveries", f"status {attempt}", entity), 1000)
    return np.searchsorted(_FATES, luck, side="right").astype(np.int64)


def _took(dice: Dice, entity: Whole, attempt: int, outcome: Whole) -> Whole:
    quick = dice.between("webhook_deliveries", f"duration_ms {attempt}", entity, 35, 900)
    return np.where(outcome == _TIMEOUT, 10_000, quick)


def _write(
    ledger: Ledger,
    webhook: Whole,
    event: Whole,
    attempt: int,
    sent: Moments,
    outcome: Whole,
    took: Whole,
) -> None:
    status = np.array([status or 0 for status, _ in _OUTCOMES])[outcome]
    ledger.add(
        "webhook_deliveries",
        id=ledger.next_ids("webhook_deliveries", len(event)),
        webhook_id=webhook,
        event_id=event,
        attempt=attempt,
        status=moments_or_none(status, outcome != _TIMEOUT),
        failure=texts([failure for _, failure in _OUTCOMES], outcome),
        duration_ms=took,
        signed_at=sent // SECOND * SECOND,
        sent_at=sent,
    )
