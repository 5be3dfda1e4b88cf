"""How the logs write a moment: digits only, whatever the system's language and zone."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import Moments

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def iso(moments: Moments, unit: Literal["s", "ms"] = "ms") -> list[str]:
    """2026-03-30T17:04:11.412, to the unit; what is finer is cut off."""
    wall: NDArray[np.datetime64] = moments.astype("M8[us]")
    texts: list[str] = np.datetime_as_string(wall, unit=unit).tolist()
    return texts


def common(moments: Moments) -> list[str]:
    """30/Mar/2026:17:04:11, as web servers have it."""
    texts = iso(moments, "s")
    days = {text[:10] for text in texts}
    heads = {day: f"{day[8:]}/{_MONTHS[int(day[5:7]) - 1]}/{day[:4]}:" for day in days}
    return [heads[text[:10]] + text[11:] for text in texts]
