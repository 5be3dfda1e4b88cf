"""Finds dates and times in a text, however a colleague writes them, and puts them side by side.

2026-03-30, 30.03.2026, 30 March, March 30th, Monday 30 March; 18:04, 6:04 pm, 6 pm, 18:04 UTC.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

Day = tuple[int | None, int, int]
"""A year or None, a month, and a day of the month."""


@dataclass(frozen=True)
class When:
    """A date, a time of day, or both where they stand together.

    Attributes:
        text, start, end: as it is written, and where.
        days: the days it may mean; two for 03/04/2026, none for a time or a weekday alone.
        weekday: 0 for Monday to 6 for Sunday, where one is named; else None.
        clock: hour, minute and second, the latter two None when they are not said; or None.
        zone: how the zone is called; "" when none is named.
        meant: the name of its month where that is misspelt ("19 Janury"); else "".
    """

    text: str
    start: int
    end: int
    days: tuple[Day, ...] = ()
    weekday: int | None = None
    clock: tuple[int, int | None, int | None] | None = None
    zone: str = ""
    meant: str = ""


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH = rf"(?P<{{0}}>{_NAMES}|May)\b\.?"
_ANY_MONTH = rf"(?P<{{0}}>(?i:{_NAMES})|May)\b\.?"
"""After a day a month may be in small letters; May may not: "the other 2 may wait"."""
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
_WEEKDAY = (
    r"(?:\b(?P<weekday>(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?s?)"
    r"\b\.?,?\s+(?:the\s+)?)?"
)
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<{0}>(?:19|20)\d\d)(?!\d))?"
_DATE = re.compile(
    _WEEKDAY
    + "(?:"
    + r"(?<![\d.])(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    + r"|(?<![\d.])(?P<a2>\d{1,2})(?P<sep>[./-])(?P<b2>\d{1,2})(?P=sep)(?P<y2>(?:19|20)?\d\d)(?!\d)"
    + r"|(?<![\d.])(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?=:?\s+\d)"
    + r"|(?<![\w.$€£])(?P<d6>\d{1,2})\.(?P<m6>[01]\d)\.(?=\s+[a-z(–-]|[,;:)])"
    + rf"|\b{_DAY.format('d3')}\s+(?:of\s+)?{_ANY_MONTH.format('m3')}{_YEAR.format('y3')}"
    + rf"|\b{_MONTH.format('m4')}\s+(?:the\s+)?{_DAY.format('d4')}{_YEAR.format('y4')}"
    + ")",
    re.ASCII,
)
_FULL_NAMES = ("January", "February", "September", "October", "November", "December", "August")
_MISSPELT = re.compile(
    rf"\b{_DAY.format('d3')}\s+(?:of\s+)?(?P<m3>[A-Za-z]{{5,10}})\b{_YEAR.format('y3')}"
    rf"|\b(?P<m4>[A-Z][a-z]{{4,9}})\s+(?:the\s+)?{_DAY.format('d4')}{_YEAR.format('y4')}",
    re.ASCII,
)
_LIKE = 0.83
"""How like a month's name a word must be: "Janury" is, "remember" is not like December."""
_NAMED = re.compile(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})s?\b", re.IGNORECASE)
_ZONE = (
    r"(?:\s*\(?(?P<zone>(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?|Z\b|[+-]\d\d:?\d\d\b"
    r"|[A-Z][a-z]+/[A-Z][A-Za-z_/]+|[A-Z]{2,4}T\b|BST\b|MEZ\b|MESZ\b"
    r"|(?:your|their)\s+(?:own\s+)?(?:local\s+)?time\b|local\s+time\b|(?:where|at)\s+you\s+are\b"
    r"|(?:in\s+)?[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}\s+(?:local\s+)?time\b)\)?)?"
)
_TIME = re.compile(
    r"(?<![\w.:,-])(?:"
    r"(?P<h1>[01]?\d|2[0-4])[:h](?P<m1>[0-5]\d)(?::(?P<s1>[0-5]\d)(?:\.\d+)?)?"
    r"\s*(?P<ap1>[ap]\.?m\b\.?)?"
    r"|(?P<h2>1[0-2]|0?\d)(?:\.(?P<m2>[0-5]\d))?\s*(?P<ap2>[ap]\.?m\b\.?)"
    r"|(?P<h3>[01]?\d|2[0-3])\.(?P<m3>[0-5]\d)(?=\s*(?:UTC|GMT|Uhr|h\b|o'clock))"
    r"|(?P<h4>1[0-2]|0?[1-9])\s*o'clock"
    r"|(?<= {9})(?P<h5>[01]\d|2[0-3])\.(?P<m5>[0-5]\d)(?=\s*(?:$|[,;)]))"
    r")(?![\d:])" + _ZONE,
    re.IGNORECASE,
)
_GAP = re.compile(
    r"[\s,(]*(?:(?:at|on|around|about|of|the|T|@|-|just|after|before|shortly)[\s,]*){0,3}",
    re.IGNORECASE,
)
LONGEST_GAP = 24
LONGEST_LIST = 80
"""Letters before a date in which other days of its month are looked for."""
_ONE_BEFORE = re.compile(
    r"(?<![\w.:])(?P<written>(?P<day>\d{1,2})(?:st|nd|rd|th)?)\s*(?:to|until|till|and|or|-|,)"
    r"(?:\s*and)?\s*(?:the\s+)?$"
)
_COUNT_BEFORE = re.compile(
    rf"(?:\b(?:{_NAMES}|May)\b(?:,?\s+\d{{4}})?[\s.:,(–-]*|\b(?:had|has|saw|with)\s+)$"
)
"""Behind it a number counts something, and is no day: "2 March 8, 9 March 11"."""
_SECOND_OF_TWO = re.compile(
    r"\s*(?:to|until|till|and|or|-)\s*(?:the\s+)?(?P<written>(?P<day>\d{1,2})(?:st|nd|rd|th)?)\b"
    r"(?!\s*(?:[A-Za-z]|:\d|\.\d|%))"
)


def find(text: str) -> list[When]:
    """The dates and times of a plain text in their order, a date and its time as one."""
    dates = sorted(_dates(text), key=lambda each: each.start)
    taken = text
    for each in dates:
        blank = " " * (each.end - each.start)
        taken = taken[: each.start] + blank + taken[each.end :]
    # a T between them belongs to neither, and would hide the time
    taken = re.sub(r"(?<= {8})T(?=\d\d:)", " ", taken)
    found = sorted([*dates, *_times(taken)], key=lambda each: each.start)
    return _joined(text, found)


def _dates(text: str) -> Iterator[When]:
    taken: list[tuple[int, int]] = []
    for found in _DATE.finditer(text):
        days = tuple(day for day in _readings(found) if _is_day(day))
        if days:
            taken.append(found.span())
            weekday = _weekday(found["weekday"])
            written = found[0].rstrip(" .")
            yield When(written, found.start(), found.start() + len(written), days, weekday)
            yield from _other_end(text, found, days)
    yield from _misspelt(text)
    for found in _NAMED.finditer(text):
        if not any(start <= found.start() < end for start, end in taken):
            weekday = WEEKDAYS.index(found["weekday"].lower())
            yield When(found[0], found.start(), found.end(), weekday=weekday)


def _misspelt(text: str) -> Iterator[When]:
    """Days whose month is nearly spelt as one."""
    for found in _MISSPELT.finditer(text):
        n = "3" if found["d3"] else "4"
        word = found[f"m{n}"].capitalize()
        if re.fullmatch(_NAMES, word):
            continue
        for name in difflib.get_close_matches(word, _FULL_NAMES, 1, _LIKE):
            given = found[f"y{n}"]
            day = (int(given) if given else None, _month(name), int(found[f"d{n}"]))
            if _is_day(day):
                yield When(found[0], found.start(), found.end(), (day,), meant=name)


def _other_end(text: str, found: re.Match[str], days: tuple[Day, ...]) -> Iterator[When]:
    """The other days whose month is said once: "2, 9 and 16 March", "March 25-30"."""
    if found["d3"]:
        yield from _days_before(text, found.start(), days[0])
        return
    start = found.end()
    other = _SECOND_OF_TWO.match(text[start : start + 16]) if found["d4"] else None
    if other is not None:
        year, month, _ = days[0]
        day = (year, month, int(other["day"]))
        if _is_day(day):
            yield When(other["written"], start + other.start("written"),
                       start + other.end("written"), (day,))  # fmt: skip


def _days_before(text: str, end: int, day: Day) -> Iterator[When]:
    """The days in front of a day, in the sequence of the calendar or against it."""
    year, month, last = day
    start, way = max(0, end - LONGEST_LIST), 0
    while other := _ONE_BEFORE.search(text[start:end]):
        at, number = start + other.start("written"), int(other["day"])
        step = number - last
        if _COUNT_BEFORE.search(text[start:at]) or not _is_day((year, month, number)):
            return
        if step * way < 0:
            return
        yield When(other["written"], at, start + other.end("written"), ((year, month, number),))
        end, last, way = at, number, step


def _readings(found: re.Match[str]) -> list[Day]:
    if found["y1"]:
        return [(int(found["y1"]), int(found["m1"]), int(found["d1"]))]
    if found["y2"]:
        year = int(found["y2"]) + (2000 if len(found["y2"]) == 2 else 0)
        first, second = int(found["a2"]), int(found["b2"])
        return list(dict.fromkeys([(year, second, first), (year, first, second)]))
    for n in "56":  # the day and the month alone, each with a dot
        if found[f"d{n}"]:
            return [(None, int(found[f"m{n}"]), int(found[f"d{n}"]))]
    n = "3" if found["d3"] else "4"
    given = found[f"y{n}"]
    return [(int(given) if given else None, _month(found[f"m{n}"]), int(found[f"d{n}"]))]


def _is_day(day: Day) -> bool:
    return 1 <= day[1] <= 12 and 1 <= day[2] <= 31


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _weekday(name: str | None) -> int | None:
    if not name:
        return None
    short = name.lower()[:3]
    return next(number for number, full in enumerate(WEEKDAYS) if full.startswith(short))


def _times(text: str) -> Iterator[When]:
    for found in _TIME.finditer(text):
        clock = _clock(found)
        if clock is not None:
            zone = " ".join((found["zone"] or "").split())
            written = found[0].rstrip(" .")
            if ")" in written and "(" not in written:
                written = written.rstrip(")")
            end = found.start() + len(written)
            yield When(written, found.start(), end, clock=clock, zone=zone)


def _clock(found: re.Match[str]) -> tuple[int, int | None, int | None] | None:
    n = next(n for n in "12345" if found[f"h{n}"])
    hour = int(found[f"h{n}"])
    minute = found[f"m{n}"] if n != "4" else None
    second = found["s1"] if n == "1" else None
    half = (found["ap1"] or found["ap2"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (
        hour % 24,
        int(minute) if minute is not None else None,
        int(second) if second else None,
    )


def _joined(text: str, found: list[When]) -> list[When]:
    """A date and a time that stand side by side become one."""
    joined: list[When] = []
    for each in found:
        before = joined[-1] if joined else None
        if before and _belong_together(text, before, each):
            date, time = (before, each) if before.clock is None else (each, before)
            joined[-1] = replace(
                date,
                text=" ".join(text[before.start : each.end].split()),
                start=before.start,
                end=each.end,
                clock=time.clock,
                zone=time.zone,
            )
        else:
            joined.append(each)
    return joined


def _belong_together(text: str, one: When, other: When) -> bool:
    if (one.clock is None) == (other.clock is None):
        return False
    gap = text[one.end : other.start]
    return len(gap) <= LONGEST_GAP and _GAP.fullmatch(gap) is not None
