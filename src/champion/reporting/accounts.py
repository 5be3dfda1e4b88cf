"""The account that somebody means: by its number, its name, or a part of the name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from champion.problems import Problem

if TYPE_CHECKING:
    import pandas

LISTED = 6
"""Of several that fit, so many are named."""


@dataclass(frozen=True)
class Account:
    """A customer's account, as a report knows it.

    Attributes:
        zone: where its days begin and end.
        created, closed: with zone; closed is None while it is open.
    """

    id: int
    name: str
    zone: str
    created: datetime
    closed: datetime | None = None

    @property
    def slug(self) -> str:
        """For names of files, on every system: "105-harbor-pine-outfitters"."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return "-".join([str(self.id), *re.findall(r"[a-z0-9]+", plain)])[:60].rstrip("-")


def chosen(rows: pandas.DataFrame, asked: int | str) -> Account:
    """The account of a number, or of a name or a part of it, whatever its capitals and accents.

    Args:
        rows: of the table: id, name, time_zone, created_at, closed_at.
        asked: what somebody typed.

    Raises:
        Problem: none fits, or several do; the line names them.
    """
    known = _all(rows)
    asked = str(asked)
    wanted = _plain(asked)
    if wanted.isdecimal():
        return _numbered(known, int(wanted))
    whole = [each for each in known if _plain(each.name) == wanted]
    fitting = whole or [each for each in known if wanted and wanted in _plain(each.name)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Problem(
            f"“{asked}” fits {len(fitting)} accounts: {_listed(fitting)}.",
            "Ask again with the number.",
        )
    raise Problem(f"No account is called “{asked}”.", _nearest(known, wanted))


def _all(rows: pandas.DataFrame) -> list[Account]:
    return [
        Account(
            id=int(row["id"]),
            name=row["name"],
            zone=row["time_zone"],
            created=row["created_at"].to_pydatetime(),
            closed=None if _missing(row["closed_at"]) else row["closed_at"].to_pydatetime(),
        )
        for row in rows.to_dict("records")
    ]


def _numbered(known: list[Account], number: int) -> Account:
    for each in known:
        if each.id == number:
            return each
    raise Problem(f"There is no account {number}.", "A part of its name finds it too.")


def _nearest(known: list[Account], wanted: str) -> str:
    """The accounts whose name, or a word of it, looks most like what was asked for."""
    by_word: dict[str, Account] = {}
    for each in known:
        name = _plain(each.name)
        for word in (name, *name.split()):
            by_word.setdefault(word, each)
    words = difflib.get_close_matches(wanted, by_word, 3)
    near = list(dict.fromkeys(by_word[word] for word in words))
    return f"Nearest: {_listed(near)}." if near else "Name it by its number or its name."


def _listed(accounts: list[Account]) -> str:
    named = ", ".join(f"{each.id} {each.name}" for each in accounts[:LISTED])
    more = len(accounts) - LISTED
    return f"{named} and {more} more" if more > 0 else named


def _missing(value: object) -> bool:
    return value is None or value != value


def _plain(text: str) -> str:
    """Without capitals, accents and signs: "Café & Co" and "cafe and co" are one."""
    marks = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in marks if not unicodedata.combining(c))))
