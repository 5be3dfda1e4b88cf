"""Counting what a story has planted, for its truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.cases.telling import Shown
from champion.lantern.clock import DAY, NOW
from champion.lantern.ledger import Ledger


def seen(
    ledger: Ledger, films: Sequence[Shown], start: int = 0, stop: int = NOW
) -> NDArray[np.bool_]:
    """Which plays reports count: of these videos, in this time, not by signed-in users."""
    moments, video = ledger.values("plays", "received_at"), ledger.values("plays", "video_id")
    here: NDArray[np.bool_] = np.isin(video, [film.id for film in films])
    return (
        here
        & ledger.column("plays", "viewer_user_id").gaps()
        & (moments >= start)
        & (moments < stop)
    )


def day_text(moment: int) -> str:
    """The UTC day of a moment: "2026-03-01"."""
    return str(np.datetime64(moment // DAY, "D"))


def of(ledger: Ledger, which: NDArray[Any], column: str) -> NDArray[Any]:
    """A column of these plays."""
    values: NDArray[Any] = ledger.values("plays", column)[which]
    return values
