"""Hours of the day: what people do, they do when they are awake where they live."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import DAY, HOUR, Moments, zone
from champion.lantern.dice import Draws, Whole, pick

OFFICE = (1, 1, 1, 1, 1, 2, 6, 16, 34, 40, 38, 34, 24, 32, 36, 34, 28, 18, 9, 7, 7, 6, 4, 2)
"""How likely each hour of the day is for people at work."""


def at_work(moments: Moments, zones: NDArray[Any], draws: Draws) -> Moments:
    """The same days, minutes and seconds, at hours at which people work in these zones."""
    hours: Whole = pick(draws, OFFICE)
    moved = moments.copy()
    names, which = np.unique(zones.astype(str), return_inverse=True)
    for number, name in enumerate(names.tolist()):
        rows = np.flatnonzero(which == number)
        there = zone(name)
        wall = there.local(moments[rows])
        moved[rows] = there.moment(wall // DAY * DAY + hours[rows] * HOUR + wall % HOUR)
    return moved
