"""A calendar month on the clock of one place: where it begins and ends, its days, its limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from champion.lantern import clock
from champion.problems import Problem

KEPT_SINCE = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=clock.RETENTION_START)
"""The first moment of which there are viewing events; older ones were purged."""
_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Month:
    """A month in the zone of an account, as far as the clock has come.

    Attributes:
        first: its first day.
        zone: an IANA name such as Europe/Berlin.
        now: what the clock says, with zone; nothing after it is counted.
    """

    first: date
    zone: str
    now: datetime

    @property
    def name(self) -> str:
        """As people write it: "February 2026"."""
        return f"{_NAMES[self.first.month - 1]} {self.first.year}"

    @property
    def code(self) -> str:
        """As commands and files write it: "2026-02"."""
        return f"{self.first:%Y-%m}"

    @property
    def start(self) -> datetime:
        """The moment at which it begins, in UTC. It belongs to the month."""
        return _midnight(self.first, self.zone)

    @property
    def over(self) -> datetime:
        """The moment at which the next month begins, in UTC. It does not belong to this one."""
        return _midnight(_next(self.first), self.zone)

    @property
    def end(self) -> datetime:
        """Where counting ends, in UTC: at the month's end, or now if that is earlier."""
        return min(self.over, self.now.astimezone(UTC))

    @property
    def is_over(self) -> bool:
        """Whether all of it has passed."""
        return self.over <= self.now

    @property
    def days(self) -> tuple[date, ...]:
        """Its days that have begun, in order."""
        last = (self.end - timedelta(microseconds=1)).astimezone(ZoneInfo(self.zone)).date()
        return tuple(self.first + timedelta(n) for n in range((last - self.first).days + 1))

    @property
    def hours(self) -> dict[date, float]:
        """How many hours of each day have passed: 24, or 23 and 25 when the clock changes."""
        return {day: self._hours(day) for day in self.days}

    @property
    def length(self) -> float:
        """Its days that have passed, by the clock on the wall; of one under way, the share."""
        wall = self.end.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return (wall - datetime(self.first.year, self.first.month, 1)) / timedelta(days=1)

    @property
    def before(self) -> Month:
        """The month before."""
        last = self.first - timedelta(days=1)
        return Month(last.replace(day=1), self.zone, self.now)

    def _hours(self, day: date) -> float:
        begins, ends = _midnight(day, self.zone), _midnight(day + timedelta(1), self.zone)
        return round((min(ends, self.end) - begins) / _HOUR, 2)


def month(written: str | None, zone: str, now: datetime) -> Month:
    """The month that is meant.

    Args:
        written: "2026-02"; None: the last one that is over in this zone.
        zone: an IANA name.
        now: what the clock says, with zone.

    Raises:
        Problem: it is no month, has not begun, or nothing of it is kept any more.
    """
    if written is None:
        today = now.astimezone(ZoneInfo(zone)).date()
        return Month(today.replace(day=1), zone, now).before
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise Problem(f"“{written}” is no month.", "Write the year and the month: 2026-02.")
    asked = Month(date(int(found[1]), int(found[2]), 1), zone, now)
    if asked.start >= now:
        raise Problem(
            f"{asked.name} has not begun in {zone}.", f"Lantern's clock stands at {said(now)}."
        )
    if asked.over <= KEPT_SINCE:
        raise Problem(
            f"Of {asked.name} no single plays are left: they are kept for two years, and begin on "
            f"{KEPT_SINCE:%Y-%m-%d}.",
            "daily_stats still has the totals of its UTC days; doctrine/old-views.md shows how.",
        )
    return asked


def said(moment: datetime) -> str:
    """A moment as a report writes it: "2026-03-31 12:00 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date, zone: str) -> datetime:
    """The moment a day begins. Where clocks leap over midnight, it is the leap."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Not strftime's: those depend on the machine's language."""
