"""What there is to say about one line of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from champion.checking import words

Sort = Literal["leak", "number", "date", "time", "id", "name", "promise", "missing"]


@dataclass(frozen=True)
class Remark:
    """One remark on a reply.

    Attributes:
        line: where it begins, counted from 1 at the reply's first written line.
        last: where it ends; the same line for all but what is missing.
        sort: leak (another customer's data, which alone refuses a reply), number, date, time,
            id, name (not in the evidence), promise (of a date), missing (a required fact).
        piece: the words it is about, as they stand there; a label when a fact is missing.
        says: what to think about, a sentence or two.
    """

    line: int
    last: int
    sort: Sort
    piece: str
    says: str

    @property
    def text(self) -> str:
        """The remark on one line: "line 3: `1,250`: …"."""
        place = f"line {self.line}" if self.line == self.last else f"lines {self.line}–{self.last}"
        return f"{place}: `{words.short(self.piece)}`: {self.says}"
