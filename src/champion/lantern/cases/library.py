"""Many videos at once: all that a customer has uploaded over the years."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, Moments
from champion.lantern.content import hashed_ids
from champion.lantern.dice import Dice, below


@dataclass(frozen=True)
class Library:
    """Videos in the order of their uploads.

    Attributes:
        hashed_ids, titles: the same on every seed.
        live: the places of those that were never deleted.
    """

    hashed_ids: Sequence[str]
    titles: Sequence[str]
    live: Sequence[int]


def add_library(
    story: Story,
    first_id: int,
    titles: Sequence[str],
    begin: int,
    every: int,
    gone: Collection[int] = (),
    updated: Moments | None = None,
) -> Library:
    """Add one upload after another.

    Args:
        first_id: the number of the first; from 45,001 to 49,999.
        begin, every: when the first was uploaded, and the time from each to the next; both are
            shaken by some hours.
        gone: the places of those that were deleted.
        updated: when each of the others was last changed; None: soon after its upload.
    """
    count = len(titles)
    nth = np.arange(count)
    hashed = hashed_ids(Dice(0).roll("library", "hashed_id", first_id + nth))
    created = begin + nth * every + below(story.draws("created", count), 5 * 3_600) * SECOND
    lengths = (40 + below(story.draws("length", count), 900)) * 1_000
    deleted = created + HOUR + below(story.draws("deleted", count), 30) * DAY
    away = np.isin(nth, list(gone))
    story.ledger.add(
        "videos",
        id=first_id + nth,
        account_id=story.account,
        uploaded_by_id=story.customer.owner.id,
        hashed_id=hashed,
        title=list(titles),
        status="ready",
        duration_ms=lengths,
        created_at=created,
        updated_at=created + 40 * MINUTE if updated is None else np.where(away, deleted, updated),
        deleted_at=np.ma.MaskedArray(deleted, ~away),
    )
    return Library(hashed, titles, [place for place in range(count) if place not in gone])
