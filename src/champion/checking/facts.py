"""Whether a fact stands in a letter, in any form that people give to numbers, days and words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from champion.checking import marks, numerals, timing
from champion.checking.evidence import Evidence, Fact, moment
from champion.checking.letters import Letter
from champion.checking.values import Scalar

_EQUAL = re.compile(
    r"\b(?:same|as\s+many|equal(?:ly|s)?|identical|twice|both|(?:two|three|four)\s+times)\b"
    r"|\d\s+(?:\w+\s+)?(?:each|again|as\s+well|too|also)\b"
    r"|\b(?:again|also)\s+(?:had\s+|with\s+|on\s+)?\d",
    re.IGNORECASE,
)
"""Says that one number in a letter stands for several."""


def says(letter: Letter, fact: Fact | None, evidence: Evidence) -> bool:
    """Whether a fact stands in a text; one that is not known does not."""
    if fact is None:
        return False
    if fact.together:
        return said_of(letter, fact, evidence) == len(fact.values)
    return any(_says(letter, value, evidence) for value in fact.values)


def said_of(letter: Letter, fact: Fact, evidence: Evidence) -> int:
    """How many of a fact's values stand in a text.

    Each number has a place of its own, unless the letter says that some are equal.
    """
    if _EQUAL.search(letter.plain):
        return sum(_says(letter, value, evidence) for value in fact.values)
    free = [number for number in letter.numbers if not number.unit]
    count = 0
    for value in fact.values:
        if value.kind != "number":
            count += _says(letter, value, evidence)
            continue
        real = abs(numerals.decimal(value.value))
        place = next((each for each in free if numerals.stands_for(each, real)), None)
        if place is not None:
            free.remove(place)
            count += 1
    return count


def _says(letter: Letter, value: Scalar, evidence: Evidence) -> bool:
    if value.kind == "text":
        return holds(letter.plain, str(value.value))
    if value.kind == "number":
        real = abs(numerals.decimal(value.value))
        return any(numerals.stands_for(number, real) for number in letter.numbers) or any(
            each.text == str(real) for each in letter.marks
        )
    if value.kind == "span":
        single = Evidence((Fact("", (value,)),))
        return any(numerals.stands_for(n, each) for n in letter.numbers for each in single.numbers)
    instant = moment(value)
    return instant is not None and _tells(letter, value.kind == "day", instant, evidence)


def _tells(letter: Letter, is_day: bool, instant: datetime, evidence: Evidence) -> bool:
    """Whether a day or a moment stands in a letter; the day alone will do for a moment."""
    if is_day:
        instant, zones = instant.replace(hour=12), Evidence(now=evidence.now)
    else:
        zones = evidence
    for when in letter.whens:
        before = letter.plain[: when.start][-20:]
        day = replace(when, clock=None, weekday=None)
        if (when.days and timing.stands_for(day, instant, zones)) or (
            when.clock and not is_day and timing.stands_for(when, instant, zones, before)
        ):
            return True
    return timing.is_recent(letter.plain, letter.whens, instant, zones)


def holds(plain: str, wanted: str) -> bool:
    """Whether some words stand in a text, whatever their capitals and spaces."""
    words = r"\s+".join(map(re.escape, marks.plain(wanted).casefold().split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", plain.casefold()) is not None
