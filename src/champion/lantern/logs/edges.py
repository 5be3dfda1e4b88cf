"""The locations of the CDN, who is served by which, and the one that had a bad disk."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.dice import Dice, Whole

EDGES = ("fra2", "lhr1", "iad3", "sjc1", "gru1", "bom2", "syd1")
WEIGHTS = (24, 16, 26, 16, 7, 7, 4)
"""How much of the world's other traffic each of them serves."""

LATE = 130
"""How many of a thousand answers of a bad disk come late."""

_BY_ZONE = {
    "Europe/London": "lhr1",
    "Europe/Dublin": "lhr1",
    "Europe/Lisbon": "lhr1",
    "America/Los_Angeles": "sjc1",
    "America/Vancouver": "sjc1",
    "America/Denver": "sjc1",
    "America/Phoenix": "sjc1",
    "America/Sao_Paulo": "gru1",
    "America/Argentina/Buenos_Aires": "gru1",
    "America/Bogota": "iad3",
}
_BY_REGION = {
    "Africa": "fra2",
    "America": "iad3",
    "Asia": "bom2",
    "Australia": "syd1",
    "Europe": "fra2",
    "Pacific": "syd1",
}
_MAY_FAIL = ("lhr1", "gru1", "bom2")
"""Each serves one country, more or less, and enough of it in the smallest company."""


def nearest(zones: NDArray[Any]) -> Whole:
    """For each zone, the place in EDGES of the location that serves most of its viewers."""
    names = zones.tolist()
    known = {name: EDGES.index(_nearest(name)) for name in set(names)}
    return np.array([known[name] for name in names], dtype=np.int64)


def _nearest(zone: str) -> str:
    return _BY_ZONE.get(zone) or _BY_REGION.get(zone.split("/")[0], "fra2")


def bad_disk(dice: Dice) -> tuple[str, int, int]:
    """Which location had a bad disk, and from when to when: some of its answers come late.

    Nobody has noticed, so neither the status page nor a release knows of it.
    """
    edge = _MAY_FAIL[dice.one("edges", "bad disk", 0, len(_MAY_FAIL))]
    start = utc(2026, 3, 25) + dice.one("edges", "bad day", 0, 3) * DAY
    start += (5 + dice.one("edges", "bad hour", 0, 12)) * HOUR
    return edge, start, start + (54 + dice.one("edges", "bad hours", 0, 30)) * HOUR
