"""Finds numbers in a text: 1,204 and 1 204, 62 %, $149.50, 1.2 million, three, forty-two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = tuple(_SMALL.split(" "))
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TIMES = {"once": 1, "twice": 2, "dozen": 12}
_WORDS = {name: value for value, name in enumerate(_UNITS)} | _TIMES
_WORDS |= {name: (at + 2) * 10 for at, name in enumerate(_TENS)}
_WORDS |= {
    f"{ten}{dash}{unit}": (at + 2) * 10 + number
    for at, ten in enumerate(_TENS)
    for number, unit in enumerate(_UNITS[1:10], 1)
    for dash in "- "
}
_LARGE = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6}
_SPELT = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<money>[$€£]\s?)?"
    r"(?<![\w.,])(?<![\w.,][$€£])"
    r"(?P<digits>\d{1,3}(?:[, ']\d{3}){1,6}(?!\d)(?:\.\d+)?|\d{1,18}(?:[.,]\d{1,9})?)"
    r"(?:\s?(?P<percent>%|percent\b|per\s+cent\b)|\s?(?P<large>hundred|thousand|million|k)\b)?"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?(?=[x×]\b|(?!\w))"
    rf"|\b(?:an?|(?P<hundreds>{'|'.join(_UNITS[1:10])}))\s+hundred\s+(?:and\s+)?(?P<rest>{_SPELT})\b"
    rf"|\b(?P<spelt>{_SPELT})\b(?:\s(?P<large2>hundred|thousand|million)\b)?"
    r"(?P<percent2>\s(?:percent|per\s+cent)\b)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?P<about>(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|close\s+to|~|≈"
    r"|an\s+estimated|something\s+like|in\s+the\s+region\s+of)\s*)$"
    r"|(?P<under>(?:nearly|almost|just\s+under|under|fewer\s+than|less\s+than|up\s+to|not\s+quite"
    r"|at\s+most|below)\s+)$"
    r"|(?P<over>(?:more\s+than|over|just\s+over|above|at\s+least|well\s+over|upwards\s+of)\s+)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:or\s+so\b|ish\b|give\s+or\s+take|-ish\b)", re.IGNORECASE)
_OVER_AFTER = re.compile(r"\s*(?:\+|or\s+more\b|plus\b)", re.IGNORECASE)
_UNIT = re.compile(r"[\s-]*(?P<unit>second|minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|since|until|year|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\s+$",
    re.IGNORECASE,
)
UNITS = ("second", "minute", "hour", "day", "week")
"""The units of time that a span is counted in."""
NEAR = Decimal("0.1")


@dataclass(frozen=True)
class Number:
    """One number.

    Attributes:
        text, start, end: as it is written, and where.
        values: what it may mean: two for 1.204, which is one and a bit or a good thousand.
        digits: digits after the point.
        percent, money, spelt: how it is written.
        about: "about", "under" or "over" when it is marked as rounded, else "".
        unit: the unit of time that follows, "hour"; else "".
        step: what it was rounded to when written as 1.2 million or 12k, else 0; whoever writes
            "one hundred" means it.
    """

    text: str
    start: int
    end: int
    values: tuple[Decimal, ...]
    digits: int = 0
    percent: bool = False
    money: bool = False
    spelt: bool = False
    about: str = ""
    unit: str = ""
    step: Decimal = Decimal(0)


def find(text: str) -> Iterator[Number]:
    """The numbers of a plain text; ordinals (the 3rd) and years are left out."""
    for found in _NUMBER.finditer(text):
        if found["ordinal"] or _is_year(found, text):
            continue
        large = _LARGE.get((found["large"] or found["large2"] or "").lower(), 1)
        plain = _readings(found)
        digits = 0
        if found["digits"] and "." in found["digits"]:
            digits = len(found["digits"].rpartition(".")[2])
        unit = _UNIT.match(text, found.end())
        yield Number(
            text=found[0].strip(),
            start=found.start(),
            end=found.end(),
            values=tuple(value * large for value in plain),
            digits=digits,
            percent=bool(found["percent"] or found["percent2"]),
            money=bool(found["money"]),
            spelt=bool(found["spelt"] or found["rest"]),
            about=_about(text, found),
            unit=unit["unit"].lower() if unit else "",
            step=Decimal(large).scaleb(-digits) if large > 100 else Decimal(0),
        )


def is_word(text: str) -> bool:
    """Whether a text is a number in letters: "five"."""
    return text.lower() in _WORDS


def stands_for(number: Number, value: Decimal) -> bool:
    """Whether a number as it is written stands for a value, rounded if it says so."""
    wanted = [value, value / 100] if number.money else [value]
    if number.percent:
        wanted.append(value * 100)
    return any(_stands_for(number, said, real) for said in number.values for real in wanted)


def close(number: Number, value: Decimal) -> bool:
    """Whether a number is within a tenth of a value, and not zero."""
    return any(said and abs(said - value) <= NEAR * abs(value) for said in number.values)


def decimal(value: object) -> Decimal:
    """A number of any type as a Decimal; zero for what is none or not finite."""
    try:
        made = Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)
    return made if made.is_finite() else Decimal(0)


def _stands_for(number: Number, said: Decimal, real: Decimal) -> bool:
    if said == real:
        return True
    if number.about == "over":
        return 0 <= real - said <= max(NEAR * said, Decimal(1))
    if number.about == "under":
        return 0 <= said - real <= max(NEAR * said, Decimal(1))
    if number.about:
        return abs(said - real) <= NEAR * abs(real)
    if number.step:
        return abs(said - real) <= number.step / 2
    if real == real.to_integral_value():
        return False
    shown = Decimal(1).scaleb(-number.digits)
    return abs(said - real) <= shown / 2 or said == real.quantize(Decimal(1), "ROUND_FLOOR")


def _readings(found: re.Match[str]) -> list[Decimal]:
    if found["rest"]:
        rest = _WORDS[found["rest"].lower()]
        if found["hundreds"]:
            return [Decimal(100 * _WORDS[found["hundreds"].lower()] + rest)]
        return [Decimal(100 + rest), Decimal(rest)]  # "pages of a hundred and fifty-one films"
    if found["spelt"]:
        return [Decimal(_WORDS[found["spelt"].lower()])]
    digits = found["digits"].replace(" ", "").replace("'", "")
    readings = [Decimal(digits.replace(",", ""))]
    if re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        readings.append(Decimal(digits.replace(".", "")))
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        readings.append(Decimal(digits.replace(",", ".")))
    return readings


def _is_year(found: re.Match[str], text: str) -> bool:
    """Whether this is a year by its looks; counts of about two thousand carry a separator."""
    digits = found["digits"] or ""
    if found["percent"] or found["money"] or found["large"]:
        return False
    looks = re.fullmatch(r"20[0-3]\d", digits) is not None
    return (
        looks and _YEAR_BEFORE.search(text[max(0, found.start() - 20) : found.start()]) is not None
    )


def _about(text: str, found: re.Match[str]) -> str:
    before = _ABOUT.search(text[max(0, found.start() - 24) : found.start()])
    if before is not None:
        return next(name for name in ("about", "under", "over") if before[name])
    if _AFTER.match(text, found.end()):
        return "about"
    return "over" if _OVER_AFTER.match(text, found.end()) else ""
