"""Lantern's time: it stands still at 2026-03-31 12:00:00 UTC, and zones come from pinned tables.

Inside the builder a moment is an int64 of microseconds since 1970-01-01 00:00 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

Moments = NDArray[np.int64]

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY


def micros(moment: datetime) -> int:
    """An aware datetime as microseconds since 1970-01-01 00:00 UTC."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """A moment given by its UTC date and time."""
    return micros(datetime(year, month, day, hour, minute, tzinfo=UTC))


def at(text: str) -> int:
    """A moment written in ISO 8601; without a zone it is UTC."""
    moment = datetime.fromisoformat(text)
    return micros(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


NOW = utc(2026, 3, 31, 12)
HISTORY_START = utc(2024, 1, 1)
RETENTION_START = utc(2024, 3, 31)
"""Viewing events older than two years are purged at the nightly job."""
TICKETS_START = utc(2025, 6, 2)
"""Lantern changed its help desk that day; older tickets stayed in the old tool."""
_ZONES_FROM, _ZONES_TO = utc(2023, 1, 1), utc(2027, 6, 1)


def now() -> datetime:
    """The company's time: always 2026-03-31 12:00:00 UTC."""
    return datetime(2026, 3, 31, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Zone:
    """The clock on the wall of one place, from 2023 to 2027.

    Attributes:
        name: its IANA name, "Europe/Berlin".
        changes: the moments (UTC) at which the offset changes, earliest first.
        offsets: microseconds east of UTC: before the first change, after it, and so on.
    """

    name: str
    changes: Moments
    offsets: Moments

    def local(self, moments: ArrayLike) -> Moments:
        """What the wall shows at these moments, as microseconds since 1970-01-01 00:00 there."""
        there = np.asarray(moments, dtype=np.int64)
        return there + self.offsets[np.searchsorted(self.changes, there, side="right")]

    def moment(self, local: ArrayLike) -> Moments:
        """The moments at which the wall shows these times.

        An hour that happens twice means its first time; an hour that never happens means
        the same distance after the change.
        """
        walls = np.asarray(local, dtype=np.int64)
        before, after = self.offsets[:-1], self.offsets[1:]
        edges = self.changes + np.maximum(before, after)
        return walls - self.offsets[np.searchsorted(edges, walls, side="right")]


@cache
def zone(name: str) -> Zone:
    """A zone from the pinned `tzdata` package, whatever the system's own tables say."""
    source = resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
    with source.open("rb") as file:
        table = ZoneInfo.from_file(file, key=name)
    return Zone(name, *_transitions(table))


def _transitions(table: ZoneInfo) -> tuple[Moments, Moments]:
    changes: list[int] = []
    offsets = [_offset(table, _ZONES_FROM)]
    for week in range(_ZONES_FROM, _ZONES_TO, WEEK):
        if _offset(table, week + WEEK) != offsets[-1]:
            changes.append(_change(table, week, week + WEEK))
            offsets.append(_offset(table, week + WEEK))
    return np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _change(table: ZoneInfo, low: int, high: int) -> int:
    old = _offset(table, low)
    while high - low > SECOND:
        middle = (low + high) // 2 // SECOND * SECOND
        low, high = (middle, high) if _offset(table, middle) == old else (low, middle)
    return high


def _offset(table: ZoneInfo, moment: int) -> int:
    seconds = moment // SECOND
    offset = datetime.fromtimestamp(seconds, table).utcoffset()
    return 0 if offset is None else (offset.days * 86_400 + offset.seconds) * SECOND
