"""The practice clock: Lantern's time as the API sees it.

It begins at 2026-03-31 12:00:00 UTC and moves by ten milliseconds with every request, so that
things made one after the other have times one after the other, and a notebook's outputs are the
same on every run. `sleep` moves it further without anybody waiting: that is how a lesson waits
out a rate limit, a background job or a webhook's next attempt.

Whoever waits for real is not stuck: `Deadline.is_over` is also true once as much real time has
passed as the practice clock would have needed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

TICK = timedelta(milliseconds=10)


@dataclass
class Clock:
    """The time of one practice API.

    Attributes:
        now: an aware datetime.
    """

    now: datetime

    def tick(self) -> None:
        """Another request has come."""
        self.now += TICK

    def sleep(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.now += timedelta(seconds=seconds)

    def deadline(self, seconds: float, pace: float = 1, since: datetime | None = None) -> Deadline:
        """What is over after so many seconds of this clock, or real ones, `pace` times as fast.

        Args:
            since: counted from this moment of the clock; None: from now.
        """
        moment = (since or self.now) + timedelta(seconds=seconds)
        return Deadline(self, moment, time.monotonic() + seconds / pace)

    @property
    def text(self) -> str:
        """The moment as the API says it: 2026-03-31T12:00:00.010Z."""
        return said(self.now)

    @property
    def http_date(self) -> str:
        """The moment as the Date header says it."""
        return _http_date(self.now.replace(microsecond=0))

    @property
    def log_date(self) -> str:
        """The moment as access.log has it: 31/Mar/2026:12:00:00 +0000."""
        return _log_date(self.now.replace(microsecond=0))


@dataclass(frozen=True)
class Deadline:
    """A moment to wait for."""

    clock: Clock
    moment: datetime
    real: float

    def is_over(self) -> bool:
        """Whether it has come, on the practice clock or on the wall."""
        return self.clock.now >= self.moment or time.monotonic() >= self.real


def said(moment: datetime) -> str:
    """A moment as the API says it."""
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"


def read(text: str) -> datetime:
    """The moment that `said` gave."""
    return datetime.fromisoformat(text[:23]).replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def _http_date(second: datetime) -> str:
    return format_datetime(second, usegmt=True)


@lru_cache(maxsize=64)
def _log_date(second: datetime) -> str:
    return f"{second:%d}/{_MONTHS[second.month - 1]}/{second:%Y:%H:%M:%S} +0000"


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
"""A locale may call them otherwise."""
