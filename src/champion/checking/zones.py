"""What a zone is called in a letter, and which clocks that may mean."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS: dict[str, tuple[float, ...]] = {
    "UTC": (0,), "GMT": (0,), "Z": (0,), "WET": (0,), "BST": (1,), "WEST": (1,), "CET": (1,),
    "MEZ": (1,), "CEST": (2,), "MESZ": (2,), "EET": (2,), "SAST": (2,), "EEST": (3,), "MSK": (3,),
    "IST": (5.5, 1, 2), "SGT": (8,), "HKT": (8,), "AWST": (8,), "JST": (9,), "KST": (9,),
    "ACST": (9.5,), "ACDT": (10.5,), "AEST": (10,), "AEDT": (11,), "NZST": (12,), "NZDT": (13,),
    "BRT": (-3,), "ART": (-3,), "AST": (-4,), "ADT": (-3,), "EST": (-5,), "EDT": (-4,),
    "CST": (-6, 8), "CDT": (-5,), "MST": (-7,), "MDT": (-6,), "PST": (-8,), "PDT": (-7,),
    "ET": (-5, -4), "CT": (-6, -5), "MT": (-7, -6), "PT": (-8, -7), "NZT": (12, 13),
    "AET": (10, 11),
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])\s?(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_QUARTER = timedelta(minutes=15)


def meant(name: str, local: tzinfo) -> list[tzinfo]:
    """The zones that a name may stand for.

    Args:
        name: as a letter has it; "" when it names none, which may be UTC or the customer's.
        local: the customer's own.

    Returns:
        One or several; for a name that says nothing to us every zone there is, so that no
        right time is doubted.
    """
    if not name:
        return [UTC, local]
    plain = name.strip("() ").upper()
    if plain in _HOURS:
        return [_fixed(timedelta(hours=hours)) for hours in _HOURS[plain]]
    if found := _OFFSET.fullmatch(plain):
        span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return [_fixed(span if found[1] == "+" else -span)] if span < timedelta(hours=24) else []
    if "/" in name:
        try:
            return [ZoneInfo(name.strip("() "))]
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return _every()
    if plain in ("YOUR TIME", "YOUR LOCAL TIME", "YOUR OWN TIME", "LOCAL TIME", "WHERE YOU ARE"):
        return [local]
    return [local, *_every()] if plain.endswith(("TIME", "T")) else [UTC, local]


def _every() -> list[tzinfo]:
    return [_fixed(_QUARTER * step) for step in range(-48, 57)]


def _fixed(span: timedelta) -> tzinfo:
    return timezone(span)
