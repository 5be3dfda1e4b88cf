"""What a reply or a decision may rest on: facts with labels, the ticket, and whose data is not.

Whoever holds a company gathers it (`champion.desk.evidence`); here it is data only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from champion.checking import calendar, letters, marks, numerals
from champion.checking.values import Scalar

LONGEST = 200_000
"""Letters of a ticket and its evidence that are read."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fact:
    """One piece of evidence.

    Attributes:
        label: what it is.
        values: what stands for it.
        together: whether all of them are needed to say it, equal ones as often as they stand
            there; otherwise any one will do.
    """

    label: str
    values: tuple[Scalar, ...]
    together: bool = False


@dataclass(frozen=True)
class Evidence:
    """All that is known of one ticket on one company.

    Attributes:
        facts: what was found, by label.
        said: what the ticket itself says: its messages, its requester, its account.
        known: names that may always be said: colleagues, plans.
        zone: the customer's time zone, an IANA name.
        now: the company's time; None when it is not known.
        seen: the moments of the ticket itself: when each of its messages was sent.
        strangers: other customers' identifying texts in small letters, each with what it is
            ("the name of another customer").
        trouble: why it could not be gathered; "" when it was.
    """

    facts: tuple[Fact, ...] = ()
    said: str = ""
    known: str = ""
    zone: str = "UTC"
    now: datetime | None = None
    seen: tuple[datetime, ...] = ()
    strangers: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""

    def fact(self, label: str) -> Fact | None:
        """The fact of that label, or None."""
        return next((fact for fact in self.facts if fact.label == label), None)

    @cached_property
    def written(self) -> str:
        """Every text that may be quoted, one below the other."""
        texts = [str(value.value) for value in self._values if value.kind == "text"]
        return marks.plain("\n".join([self.said, *texts]))

    @cached_property
    def folded(self) -> str:
        """The same in small letters."""
        return self.written.casefold()

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """The moments among the facts, in UTC."""
        found = [moment(value) for value in self._values if value.kind in ("moment", "clock")]
        return tuple(each for each in found if each is not None)

    @cached_property
    def around(self) -> tuple[datetime, ...]:
        """The moments of the ticket itself, and the company's time."""
        return (*self.seen, *([self.now] if self.now else []))

    @cached_property
    def days(self) -> frozenset[date]:
        """The days of all facts, as a wall in UTC and one at the customer's would show them."""
        plain = [moment(value) for value in self._values if value.kind == "day"]
        days = {each.date() for each in plain if each is not None}
        for zone in (UTC, self.local):
            days |= {each.astimezone(zone).date() for each in self.moments}
        return frozenset(days)

    @cached_property
    def local(self) -> ZoneInfo:
        """The customer's time zone; UTC where its name is unknown."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers of all facts, those in texts and lengths of time among them."""
        found = {value for number in self._read.numbers for value in number.values}
        for value in self._values:
            found |= set(_numbers(value))
        found |= {Decimal(len(fact.values)) for fact in self.facts if _is_list(fact)}
        return frozenset(found)

    @cached_property
    def proven(self) -> frozenset[Decimal]:
        """The numbers of the facts alone, without what the customer said."""
        found: set[Decimal] = set()
        for value in self._values:
            found |= set(_numbers(value))
            if value.kind == "text":
                spelt = letters.read(str(value.value)).numbers
                found |= {each for number in spelt for each in number.values}
        return frozenset(found)

    @cached_property
    def lengths(self) -> frozenset[tuple[Decimal, str]]:
        """The lengths of time among the facts, each with its unit: 24 hours, two days.

        A plain number is one when its label names the unit ("hours to wait").
        """
        found: set[tuple[Decimal, str]] = set()
        for fact in self.facts:
            for value in fact.values:
                if value.kind == "span":
                    units = zip(_numbers(value), numerals.UNITS, strict=True)
                    found |= {(length, unit) for length, unit in units}
                elif value.kind == "number":
                    named = [unit for unit in numerals.UNITS if unit in fact.label.casefold()]
                    found |= {(number, unit) for number in _numbers(value) for unit in named}
                elif value.kind == "text":
                    spelt = letters.read(str(value.value)).numbers
                    found |= {(each, n.unit) for n in spelt if n.unit for each in n.values}
        return frozenset(found)

    @cached_property
    def told(self) -> tuple[calendar.When, ...]:
        """The dates and times that the texts spell out."""
        return self._read.whens

    @cached_property
    def _read(self) -> letters.Letter:
        return letters.read(self.written, LONGEST)

    @property
    def _values(self) -> tuple[Scalar, ...]:
        return tuple(value for fact in self.facts for value in fact.values)


Gather = Callable[[], Evidence]
"""Gives the evidence for the task at hand, on the company that its answer was made on."""


def none_at_hand() -> Evidence:
    """The evidence of a task that has none."""
    return Evidence()


def moment(value: Scalar) -> datetime | None:
    """The moment or the midnight that a value is, in UTC; None for any other, or one too far off.

    A clock without a zone is read as UTC, as everything is in the company.
    """
    if value.kind not in ("day", "clock", "moment") or not isinstance(value.value, int):
        return None
    try:
        return _EPOCH + timedelta(microseconds=value.value // 1000)
    except OverflowError:
        return None


def _is_list(fact: Fact) -> bool:
    """Whether its values are things to be counted, ids or moments, not words for one thing."""
    texts = [str(value.value) for value in fact.values if value.kind == "text"]
    return len(fact.values) > 1 and all(re.search(r"\d", text) for text in texts)


def _numbers(value: Scalar) -> list[Decimal]:
    if value.kind == "number":
        return [abs(numerals.decimal(value.value))]
    if value.kind == "span" and isinstance(value.value, int):
        units = (10**9, 60 * 10**9, 3600 * 10**9, 86_400 * 10**9, 7 * 86_400 * 10**9)
        return [abs(Decimal(value.value) / unit) for unit in units]
    return []
