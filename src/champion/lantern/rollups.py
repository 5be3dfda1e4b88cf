"""Rollups: what the nightly job counted, by video and UTC day.

Everything comes from the loads and plays that are still there, except the days before the purge:
of those only the counts are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.background import DOUBLED_DAY, LAST_ROLLUP
from champion.lantern.clock import DAY, HISTORY_START, NOW, RETENTION_START
from champion.lantern.dice import Whole, along, below
from champion.lantern.ledger import Ledger

_DAYS = 1 << 12
"""A video and a day make one number: the video's id times this, and days since history began."""
_EARLY_LOADS = (0, 0, 0, 1, 1, 2, 2, 4, 7, 15)


@dataclass(frozen=True)
class _Counts:
    """Counts by video and day; `keys` hold both and are all different."""

    keys: Whole
    loads: Whole
    plays: Whole
    visitors: Whole
    seconds: Whole

    def rows(self, which: NDArray[Any]) -> _Counts:
        return _Counts(
            self.keys[which],
            self.loads[which],
            self.plays[which],
            self.visitors[which],
            self.seconds[which],
        )


def add_daily_stats(ledger: Ledger) -> None:
    """A row for every video and UTC day on which anything happened, by day."""
    early, late = _early(ledger), _counted(ledger)
    counts = _Counts(
        np.concatenate([early.keys, late.keys]),
        np.concatenate([early.loads, late.loads]),
        np.concatenate([early.plays, late.plays]),
        np.concatenate([early.visitors, late.visitors]),
        np.concatenate([early.seconds, late.seconds]),
    )
    counts = counts.rows(~np.isin(counts.keys // _DAYS, _left_out(ledger)))
    video, day = counts.keys // _DAYS, counts.keys % _DAYS
    counts = counts.rows(np.lexsort((video, day)))
    video, day = counts.keys // _DAYS, counts.keys % _DAYS + HISTORY_START // DAY
    times = np.where(day == DOUBLED_DAY // DAY, 2, 1)
    ledger.add(
        "daily_stats",
        id=np.arange(1, len(video) + 1, dtype=np.int64),
        video_id=video,
        day=day,
        loads=counts.loads * times,
        plays=counts.plays * times,
        visitors=counts.visitors,
        seconds_watched=counts.seconds * times,
    )


def _counted(ledger: Ledger) -> _Counts:
    """What the stored loads and plays come to; plays by signed-in users are left out."""
    loads, load_counts = np.unique(_keys(ledger, "loads"), return_counts=True)
    seen = ledger.column("plays", "viewer_user_id").gaps()
    plays, visitor = _keys(ledger, "plays"), ledger.values("plays", "visitor_key")
    order = np.lexsort((visitor, plays))
    order = order[seen[order] & (plays[order] >= 0)]
    plays, visitor = plays[order], visitor[order]
    first = np.ones(len(plays), dtype=bool)
    first[1:] = plays[1:] != plays[:-1]
    another = first.copy()
    another[1:] |= visitor[1:] != visitor[:-1]
    starts = np.flatnonzero(first)
    keys = np.union1d(loads[loads >= 0], plays[starts])
    counts = _Counts(keys, *(np.zeros(len(keys), dtype=np.int64) for _ in range(4)))
    counts.loads[np.searchsorted(keys, loads[loads >= 0])] = load_counts[loads >= 0]
    place = np.searchsorted(keys, plays[starts])
    counts.plays[place] = np.diff(starts, append=len(plays))
    if len(starts):
        counts.visitors[place] = np.add.reduceat(another.astype(np.int64), starts)
        seconds = ledger.values("plays", "seconds_watched")[order]
        counts.seconds[place] = np.add.reduceat(seconds, starts)
    return counts


def _keys(ledger: Ledger, table: str) -> Whole:
    """Video and day of every event; -1 for today's, which no night has counted yet."""
    moments = ledger.values(table, "received_at")
    keys = ledger.values(table, "video_id") * _DAYS + (moments - HISTORY_START) // DAY
    return np.where(moments < NOW // DAY * DAY, keys, -1)


def _early(ledger: Ledger) -> _Counts:
    """The days whose loads and plays have been purged since."""
    dice = ledger.dice
    videos = {name: ledger.values("videos", name) for name in ("id", "created_at", "duration_ms")}
    since = videos["created_at"] // DAY + 1
    days = RETENTION_START // DAY - since
    here = np.flatnonzero((ledger.values("videos", "status") == "ready") & (days > 0))
    which = np.repeat(here, days[here])
    nth = np.arange(len(which)) - np.searchsorted(which, which, side="left")
    keys = videos["id"][which] * _DAYS + since[which] + nth - HISTORY_START // DAY
    loads = along(dice.roll("daily_stats", "loads", keys), _EARLY_LOADS)
    plays = below(dice.roll("daily_stats", "plays", keys), loads + 1)
    again = below(dice.roll("daily_stats", "visitors", keys), plays // 3 + 1)
    percent = dice.between("daily_stats", "percent", keys, 15, 80)
    seconds = plays * videos["duration_ms"][which] * percent // 100_000
    return _Counts(keys, loads, plays, plays - again, seconds).rows(loads > 0)


def _left_out(ledger: Ledger) -> Whole:
    """Videos without rows: deleted before the last night, or restored and not counted anew yet.

    A video that was deleted together with others keeps its rows: the nightly job does not know of
    such deletions. Customers have begun to notice.
    """
    deleted = ledger.column("videos", "deleted_at")
    gone = ledger.values("videos", "id")[~deleted.gaps() & (deleted.values < LAST_ROLLUP)]
    video, kind = (
        ledger.values("background_jobs", "video_id"),
        ledger.values("background_jobs", "kind"),
    )
    waiting = ledger.column("background_jobs", "finished_at").gaps()
    forgotten = video[kind == "bulk_delete"]
    return np.concatenate(
        [gone[~np.isin(gone, forgotten)], video[(kind == "rebuild_stats") & waiting]]
    )
