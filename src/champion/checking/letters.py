"""Reads a letter: its plain text, and every identifying piece, date, time and number in it."""

from __future__ import annotations

from dataclasses import dataclass

from champion.checking import calendar, marks, numerals
from champion.checking.calendar import When
from champion.checking.marks import Mark
from champion.checking.numerals import Number

LONGEST = 20_000
"""Letters that a reply may have."""


@dataclass(frozen=True)
class Letter:
    """A text, read.

    Attributes:
        plain: as `marks.plain` gives it, without empty lines before and after.
        marks: its identifying pieces.
        whens: its dates and times.
        numbers: what else of it is a number.
    """

    plain: str
    marks: tuple[Mark, ...]
    whens: tuple[When, ...]
    numbers: tuple[Number, ...]

    def line(self, place: int) -> int:
        """The line, from 1, that a place in the text is on."""
        return self.plain.count("\n", 0, place) + 1

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.line(len(self.plain))


def read(text: str, longest: int = LONGEST) -> Letter:
    """What stands in a text; one that is longer is cut."""
    plain = marks.plain(text[:longest])[: 2 * longest].strip("\n ")
    found = tuple(marks.find(plain))
    rest = marks.masked(plain, found)
    whens = tuple(calendar.find(rest))
    spans = [(each.start, each.end) for each in whens]
    numbers = tuple(numerals.find(marks.blanked(rest, spans, "·")))
    return Letter(plain, found, whens, numbers)
