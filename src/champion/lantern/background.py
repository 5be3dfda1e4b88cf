"""Background jobs: Lantern's own, every night, and what customers asked for."""

from __future__ import annotations

import numpy as np

from champion.lantern.clock import (
    DAY,
    HISTORY_START,
    HOUR,
    MINUTE,
    NOW,
    RETENTION_START,
    SECOND,
    Moments,
    utc,
)
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Whole, below
from champion.lantern.ledger import Ledger

JOBS = 3_000
FIRST_JOB = 50_001
"""Smaller ids are the stories'."""

DOUBLED_DAY = utc(2026, 2, 11)
"""The UTC day that the nightly rollup counted twice."""
LAST_ROLLUP = NOW // DAY * DAY + 30 * MINUTE
NIGHT = 2 * HOUR
"""After midnight UTC: when jobs that wait for the night begin, for two hours."""

_KINDS = ("transcribe", "export_videos", "rebuild_stats")


def add_background_jobs(ledger: Ledger) -> None:
    """The nights since Lantern began, and what customers asked for meanwhile."""
    _add_nights(ledger)
    _add_requests(ledger)


def _add_nights(ledger: Ledger) -> None:
    """A rollup for every UTC day, one of them run again, and a purge once there is enough."""
    days = np.arange(HISTORY_START, NOW // DAY * DAY, DAY, dtype=np.int64)
    rollups = np.concatenate([days + DAY + 30 * MINUTE, [DOUBLED_DAY + DAY + 52 * MINUTE]])
    counted = np.concatenate([days, [DOUBLED_DAY]])
    purges = days[days >= HISTORY_START + (NOW // DAY * DAY - RETENTION_START)] + 75 * MINUTE
    queued = np.concatenate([rollups, purges])
    rolls = np.arange(len(queued)) < len(rollups)
    started = (
        queued + ledger.dice.between("background_jobs", "night", queued // SECOND, 1, 9) * SECOND
    )
    worked = ledger.dice.between("background_jobs", "night work", queued // SECOND, 150, 840)
    ledger.add(
        "background_jobs",
        id=np.arange(FIRST_JOB, FIRST_JOB + len(queued), dtype=np.int64),
        kind=texts(("purge_views", "nightly_rollup"), rolls.astype(np.int64)),
        status="done",
        counts_day=moments_or_none(np.concatenate([counted, purges]) // DAY, rolls),
        queued_at=queued,
        started_at=started,
        finished_at=started + worked * SECOND,
    )


def _add_requests(ledger: Ledger) -> None:
    """Transcripts, exports and restored videos: of the videos that are there."""
    dice, n = ledger.dice, np.arange(1, ledger.sized(JOBS) + 1, dtype=np.int64)
    live = np.flatnonzero(
        ledger.column("videos", "deleted_at").gaps()
        & (ledger.values("videos", "status") == "ready")
    )
    video = live[below(dice.roll("background_jobs", "video_id", n), len(live))]
    account = ledger.values("videos", "account_id")[video]
    queued = _asked(ledger, n, video, account)
    kind = dice.pick("background_jobs", "kind", n, (70, 20, 10))
    soon = queued + dice.between("background_jobs", "started_at", n, 1, 600) * SECOND
    started = np.where(kind == 2, _next_night(ledger, n, queued), soon)
    finished = started + dice.between("background_jobs", "work", n, 20, 1_800) * SECOND
    failed = (kind != 2) & dice.chance("background_jobs", "failed", n, 25)
    order = np.flatnonzero((queued > 0) & (finished < NOW))
    order = order[np.lexsort((n[order], queued[order]))]
    ledger.add(
        "background_jobs",
        id=ledger.next_ids("background_jobs", len(order)),
        account_id=account[order],
        video_id=moments_or_none(ledger.values("videos", "id")[video], kind != 1)[order],
        kind=texts(_KINDS, kind)[order],
        status=texts(("done", "failed"), failed.astype(np.int64))[order],
        queued_at=queued[order],
        started_at=started[order],
        finished_at=finished[order],
    )


def _asked(ledger: Ledger, n: Whole, video: Whole, account: Whole) -> Moments:
    """When: while the video and its account were there; 0 where that was too short."""
    accounts = ledger.values("accounts", "id")
    order = np.argsort(accounts, kind="stable")
    until = ledger.until()[order[np.searchsorted(accounts[order], account)]]
    start = ledger.values("videos", "created_at")[video] + HOUR
    minutes = (until - start) // MINUTE
    asked = (
        start
        + below(ledger.dice.roll("background_jobs", "queued_at", n), np.maximum(minutes, 1))
        * MINUTE
    )
    return np.where(minutes > 0, asked, 0)


def _next_night(ledger: Ledger, n: Whole, queued: Moments) -> Moments:
    within = ledger.dice.between("background_jobs", "within the night", n, 0, 7_199)
    return ((queued - NIGHT) // DAY + 1) * DAY + NIGHT + within * SECOND
