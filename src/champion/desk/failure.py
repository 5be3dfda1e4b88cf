"""A query that failed, and what is known of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from champion.desk import mask

Tables = Mapping[str, Sequence[str]]
"""The columns of every table, by the table's name."""


@dataclass(frozen=True)
class Failure:
    """A failed query: its text, the engine's words, and the tables there are."""

    sql: str
    said: str
    tables: Tables

    @property
    def read(self) -> dict[str, Sequence[str]]:
        """The tables that the query reads, as far as its text shows, with their columns."""
        code = mask.code(self.sql)
        named = re.findall(
            r"\b(?:from|join|update|into|,)\s+(\w+)", code.replace(",", " , "), re.IGNORECASE
        )
        named += re.findall(r",\s*(\w+)", code)
        return {
            name.lower(): self.tables[name.lower()] for name in named if name.lower() in self.tables
        }


def near(word: str, candidates: Sequence[str], cutoff: float = 0.6) -> str:
    """The candidate that is spelt most like the word, "" when none is near."""
    found = difflib.get_close_matches(word.lower(), [c.lower() for c in candidates], 1, cutoff)
    return found[0] if found else ""
