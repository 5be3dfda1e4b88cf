"""Compares a date or a time in a letter with the moments that the evidence holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from champion.checking import zones
from champion.checking.calendar import WEEKDAYS, Day, When
from champion.checking.evidence import Evidence
from champion.checking.numerals import Number

_ABOUT = re.compile(
    r"(?:about|around|roughly|approximately|circa|ca\.?|~|shortly\s+(?:after|before)|just\s+(?:after|before)"
    r"|soon\s+after|a\s+little\s+(?:after|before)|after|before|from|since|until|between)\s*$",
    re.IGNORECASE,
)  # fmt: skip
_LOOSELY = timedelta(minutes=35)
_SIZES = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
MOST_MOMENTS = 60


def is_known(when: When, evidence: Evidence, before: str = "") -> bool:
    """Whether a date or time is one of the evidence's or the ticket's.

    A time with a named zone is compared as a moment; without one it may be UTC's or the
    customer's own. `before` is the text in front of it, which may say "about".
    """
    if any(_is_told(when, told) for told in evidence.told):
        return True
    moments = (*evidence.moments, *evidence.around)
    if any(stands_for(when, each, evidence, before) for each in moments):
        return True
    if when.clock is None:
        return any(_fits_day(when, day) for day in _days(evidence))
    return False


def stands_for(when: When, moment: datetime, evidence: Evidence, before: str = "") -> bool:
    """Whether this date, time or both is how a clock somewhere showed a moment."""
    loose = _ABOUT.search(before) is not None
    return any(
        (when.clock is None or _fits_clock(when.clock, wall, loose))
        and (_is_time_alone(when) or _fits_day(when, wall.date()))
        for wall in _walls(moment, zones.meant(when.zone, evidence.local))
    )


def tells_moment(whens: Sequence[When], moment: datetime) -> bool:
    """Whether a day and a time are told which together are a moment, to the minute at least.

    Without a named zone they are read as UTC. Seconds may be left out; told, they count.
    """
    return any(
        when.clock is not None
        and _is_minute(when.clock, wall)
        and any(
            each.days and _fits_day(each, wall.date()) for each in ([when] if when.days else whens)
        )
        for when in whens
        for wall in _walls(moment, zones.meant(when.zone, UTC))
    )


def is_recent(text: str, whens: Iterable[When], moment: datetime, evidence: Evidence) -> bool:
    """Whether a text tells a moment of the last days by "today", "yesterday" or a weekday."""
    if evidence.now is None:
        return False
    for zone in (UTC, evidence.local):
        ago = (evidence.now.astimezone(zone).date() - moment.astimezone(zone).date()).days
        word = {0: r"today|this\s+(?:morning|afternoon)|tonight", 1: r"yesterday|last\s+night"}.get(
            ago
        )
        if word and re.search(rf"\b(?:{word})\b", text, re.IGNORECASE):
            return True
        named = {when.weekday for when in whens if not when.days and when.clock is None}
        if 0 <= ago <= 7 and moment.astimezone(zone).weekday() in named:
            return True
    return False


def fits_one(when: When, days: Iterable[date]) -> bool:
    """Whether a date or a weekday is one of some days."""
    return (bool(when.days) or when.weekday is not None) and any(
        _fits_day(when, day) for day in days
    )


def misnamed(when: When, evidence: Evidence) -> date | None:
    """The day that is meant when its weekday is wrong for it, and it is known otherwise."""
    if when.weekday is None or not when.days:
        return None
    for day in _days(evidence):
        if _is_one_of(when.days, day) and day.weekday() != when.weekday:
            return day
    return None


def weekday(day: date) -> str:
    """The name of a day's weekday: "Monday"."""
    return WEEKDAYS[day.weekday()].capitalize()


def is_length(number: Number, evidence: Evidence) -> bool:
    """Whether a number of hours, days and so on lies between two of the known moments."""
    size = _SIZES.get(number.unit)
    if size is None:
        return False
    moments = sorted({*evidence.moments, *evidence.around})[:MOST_MOMENTS]
    lengths = {b - a for n, a in enumerate(moments) for b in moments[n + 1 :]}
    room = Decimal("0.1") if number.about else Decimal(0)
    return any(
        abs(Decimal(length / size) - said) < 1 + room * said
        for said in number.values
        for length in lengths
    )


def _is_told(when: When, told: When) -> bool:
    """Whether a text of the ticket or the evidence spells out the same."""
    if when.clock is not None and told.clock != when.clock:
        return False
    if when.days:
        return any(_same(day, other) for day in when.days for other in told.days)
    return when.weekday is None or when.weekday == told.weekday


def _days(evidence: Evidence) -> frozenset[date]:
    around = {each.astimezone(zone).date() for each in evidence.around
              for zone in (UTC, evidence.local)}  # fmt: skip
    told = {day for when in evidence.told for each in when.days if (day := _date(each, evidence))}
    return evidence.days | around | told


def _date(day: Day, evidence: Evidence) -> date | None:
    """The date that a text means; without a year it is the company's own year."""
    year = day[0] or (evidence.now.year if evidence.now else None)
    try:
        return date(year, day[1], day[2]) if year else None
    except ValueError:
        return None


def _is_time_alone(when: When) -> bool:
    return not when.days and when.weekday is None


def _fits_day(when: When, day: date) -> bool:
    if when.weekday is not None and when.weekday != day.weekday():
        return False
    return not when.days or _is_one_of(when.days, day)


def _is_one_of(days: Iterable[Day], day: date) -> bool:
    return any(_same(each, (day.year, day.month, day.day)) for each in days)


def _same(one: Day, other: Day) -> bool:
    return one[1:] == other[1:] and (one[0] is None or other[0] is None or one[0] == other[0])


def _fits_clock(clock: tuple[int, int | None, int | None], wall: datetime, loose: bool) -> bool:
    hour, minute, second = clock
    if minute is None:
        rounded = (wall + timedelta(minutes=30)).hour
        return hour in (wall.hour, rounded)
    if second is not None:
        return (hour, minute, second) == (wall.hour, wall.minute, wall.second)
    rounded_wall = wall + timedelta(seconds=30)
    if (hour, minute) in ((wall.hour, wall.minute), (rounded_wall.hour, rounded_wall.minute)):
        return True
    apart = abs((hour * 60 + minute) - (wall.hour * 60 + wall.minute)) % 1440
    return loose and timedelta(minutes=min(apart, 1440 - apart)) <= _LOOSELY


def _is_minute(clock: tuple[int, int | None, int | None], wall: datetime) -> bool:
    hour, minute, second = clock
    return (hour, minute) == (wall.hour, wall.minute) and second in (None, wall.second)


def _walls(moment: datetime, places: Iterable[tzinfo]) -> list[datetime]:
    try:
        return [moment.astimezone(place) for place in places]
    except OverflowError:
        return []
