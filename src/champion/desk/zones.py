"""Mistakes with time zones in a query that the engine refused."""

from __future__ import annotations

import re

from champion.desk import mask
from champion.desk.failure import Failure
from champion.problems import Problem

_I = re.IGNORECASE
_PARTS = "year|quarter|month|week|day|hour|minute"
_NAME = r"[A-Z]\w+/[A-Z][\w/+-]+"
"""How a zone is called: America/New_York."""
_BEFORE_TEXT = frozenset(
    re.findall(
        r"\w+",
        """
        zone time_zone timezone like ilike not and or select distinct where between when then else
        as is by
        """,
    )
)
"""Words behind which the name of a zone is a text like any other."""


def unknown(failure: Failure, found: re.Match[str]) -> Problem:
    """There is no zone of that name."""
    name = found["zone"]
    meant = _nearest(name)
    return Problem(
        f"There is no time zone called '{name}'.",
        f"Did you mean '{meant}'?"
        if meant
        else "A zone is called by a continent and a large town, such as 'America/New_York'; "
        "`time_zone` in `accounts` holds those of our customers.",
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


def alone(sql: str, code: str) -> Problem | None:
    """`AT TIME ZONE` without a moment at its left, or without a zone at its right."""
    if re.search(r"(?:[(,]|\bselect\b)\s*at\s+time\s+zone\b", code, _I):
        return Problem(
            "AT TIME ZONE has nothing at its left.",
            "Put the moment before it, as in received_at AT TIME ZONE '…'.",
        )
    bare = mask.without_comments(sql)
    if re.search(r"\bat\s+time\s+zone\s*(?:[),;<>=]|\b(?:as|from|where|and)\b|\Z)", bare, _I):
        return Problem(
            "After AT TIME ZONE its zone is missing.",
            "Write its name in single quotes, such as 'America/New_York'.",
        )
    return None


def words_missing(sql: str, code: str) -> Problem | None:
    """`received_at 'America/New_York'`, `received_at IN 'America/New_York'`."""
    place = rf"(?:(\w+)|\))\s+(?:(?i:in|to|for|at|on)\s+)?'({_NAME})'"
    found = re.search(place, mask.without_comments(sql))
    if found is None or (found[1] or "").lower() in _BEFORE_TEXT:
        return None
    return Problem(
        "Between a moment and its zone stand three words.", f"Write AT TIME ZONE '{found[2]}'."
    )


def outside_the_quotes(sql: str, code: str) -> Problem | None:
    """`'2026-01-01 00:00' Australia/Sydney`."""
    found = re.search(rf"'(\d{{4}}-\d\d?-\d\d?)( [\d:]+)?'\s+({_NAME})", mask.without_comments(sql))
    if found is None:
        return None
    return Problem(
        "The zone stands inside the quotes, behind the time.",
        f"Write '{found[1]}{found[2] or ' 00:00'} {found[3]}'.",
    )


def without_a_time(value: str) -> Problem | None:
    """`'2026-01-01 Australia/Sydney'`: a zone belongs to a time, and there is none."""
    found = re.fullmatch(rf"\s*(\d{{4}}-\d\d?-\d\d?)\s+({_NAME}|UTC)\s*", value)
    if found is None:
        return None
    return Problem(
        f"'{value}' has a zone and no time before it.",
        f"Write the time as well: '{found[1]} 00:00 {found[2]}'.",
    )


def cast_first(sql: str, code: str) -> Problem | None:
    """`CAST(… AS date AT TIME ZONE …)`."""
    found = re.search(r"\bcast\s*\([^()]*\bas\s+(\w+)\s+at\s+time\s+zone\b", code, _I)
    if found is None:
        return None
    return Problem(
        f"In CAST, AS {found[1]} comes last.", "AT TIME ZONE and its zone stand before AS."
    )


def cast_into(sql: str, code: str) -> Problem | None:
    """`CAST(received_at AT TIME ZONE 'UTC')`: into what?"""
    found = re.search(r"\bcast\s*\(((?:[^()]|\([^()]*\))*)\)", code, _I)
    if found is None or re.search(r"\bas\b", found[1], _I):
        return None
    return Problem("This CAST does not say into what.", "End it with AS date, before its ).")


def truncated(sql: str, code: str) -> Problem | None:
    """`date_trunc(month, …)`, or the two in the wrong order."""
    bare = mask.without_comments(sql)
    moved = re.search(rf"\bdate_trunc\s*\(\s*'({_PARTS})'\s*(at\b|\w)", bare, _I)
    if moved and moved[2].lower() == "at":
        return Problem(
            f"AT TIME ZONE stands behind '{moved[1]}', and belongs behind the moment.",
            f"Write date_trunc('{moved[1]}', … AT TIME ZONE '…').",
        )
    if moved:
        return Problem(
            f"A comma is missing after '{moved[1]}'.", f"Write date_trunc('{moved[1]}', …)."
        )
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
    town = _town(name.strip().replace(" ", "_"))
    there = [zone for zone in known if _town(zone) == town]
    if there:
        return there[0]
    # by its town as well: the whole of Asia/Mumbai is spelt nearly as Asia/Dubai is
    near = difflib.get_close_matches(name.replace(" ", "_"), known, 3, 0.85)
    towns = difflib.get_close_matches(town, [_town(zone) for zone in near], 1, 0.8)
    return next((zone for zone in near if _town(zone) in towns), "")


def _town(zone: str) -> str:
    return zone.rpartition("/")[2].lower()
