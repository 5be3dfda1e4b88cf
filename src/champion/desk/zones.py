"""Mistakes with time zones in a query that the engine refused."""

from __future__ import annotations

import re

from champion.desk import mask
from champion.desk.failure import Failure
from champion.problems import Problem

_I = re.IGNORECASE
_PARTS = "year|quarter|month|week|day|hour|minute"


def unknown(failure: Failure, found: re.Match[str]) -> Problem:
    """There is no zone of that name."""
    name = found["zone"]
    meant = _nearest(name)
    return Problem(
        f"There is no time zone called '{name}'.",
        f"Did you mean '{meant}'?"
        if meant
        else "A zone is called by a continent and a large town, such as 'America/New_York'.",
    )


def text_alone(failure: Failure, found: re.Match[str]) -> Problem:
    """`'2026-03-31' AT TIME ZONE …`: text is neither a moment nor a clock yet."""
    return Problem(
        "AT TIME ZONE works on a moment or on a clock, and this is text.",
        "Put TIMESTAMP before it: TIMESTAMP '2026-03-31 00:00' AT TIME ZONE '…'.",
    )


def worded(sql: str, code: str) -> Problem | None:
    """AT TIME ZONE with a word too few or too many."""
    wrong = r"\b(at\s+timezone|(?<!time )at\s+zone|(?:in|to|with)\s+time\s+zone)\b"
    found = re.search(wrong, code, _I) or re.search(r"(?<!\bat )\b(time\s+zone)\b", code, _I)
    if found is None or re.search(r"\bwith(?:out)?\s+time\s+zone\b", code, _I):
        return None
    return Problem(f"`{found[1]}` is not how SQL says it.", "Write AT TIME ZONE, three words.")


def unquoted(sql: str, code: str) -> Problem | None:
    """`AT TIME ZONE America/New_York`."""
    found = re.search(r"\bat\s+time\s+zone\s+([A-Za-z_]+(?:\s*/\s*[A-Za-z_]+)+)", code, _I)
    if found is None:
        return None
    return Problem("The name of a zone needs single quotes.", f"Write AT TIME ZONE '{found[1]}'.")


def cast_first(sql: str, code: str) -> Problem | None:
    """`CAST(… AS date AT TIME ZONE …)`."""
    found = re.search(r"\bcast\s*\([^()]*\bas\s+(\w+)\s+at\s+time\s+zone\b", code, _I)
    if found is None:
        return None
    return Problem(
        f"In CAST, AS {found[1]} comes last.", "AT TIME ZONE and its zone stand before AS."
    )


def truncated(sql: str, code: str) -> Problem | None:
    """`date_trunc(month, …)`, or the two in the wrong order."""
    bare = mask.without_comments(sql)
    part = re.search(rf"\bdate_trunc\s*\(\s*({_PARTS})\s*,", bare, _I)
    if part:
        return Problem(
            f"`{part[1]}` needs single quotes.", f"Write date_trunc('{part[1].lower()}', …)."
        )
    last = re.search(rf"\bdate_trunc\s*\([^()']*,\s*'?({_PARTS})s?'?\s*\)", bare, _I)
    if last:
        return Problem(
            "date_trunc() wants the part first.", f"Write date_trunc('{last[1].lower()}', …)."
        )
    return None


def _nearest(name: str) -> str:
    """A zone that is spelt nearly so, or one in which a town of that name lies."""
    import difflib
    from zoneinfo import available_timezones

    known = sorted(zone for zone in available_timezones() if "/" in zone)
    town = name.rpartition("/")[2].strip().replace(" ", "_").lower()
    there = [zone for zone in known if zone.rpartition("/")[2].lower() == town]
    close = there or difflib.get_close_matches(name.replace(" ", "_"), known, 1, 0.85)
    return close[0] if close else ""
