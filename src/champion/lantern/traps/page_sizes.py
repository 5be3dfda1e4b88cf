"""Accounts with 0 and 1 videos, one full page, and all that the plan allows."""

from __future__ import annotations

import numpy as np

from champion.lantern import recipe
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.company import Company
from champion.lantern.content import hashed_ids
from champion.lantern.dice import Dice
from champion.lantern.ledger import Ledger
from champion.lantern.traps.asking import number
from champion.lantern.traps.trap import Trap

VIDEOS = {130: 0, 178: 1, 112: 6, 180: 10, 153: 25, 109: 100}
"""Accounts of the cast and how many videos they have; none of them is deleted."""


def _plant(ledger: Ledger) -> None:
    for account, count in VIDEOS.items():
        story = Story(ledger, "page sizes", account)
        titles = recipe.table("videos")["titles"]
        words = titles.get(story.customer.industry, titles["other"])
        ids = hashed_ids(
            Dice(0).roll("page sizes", "hashed_id", account * 1_000 + np.arange(count))
        )
        for nth in range(1, count + 1):
            title = f"{words[nth % len(words)]} {nth}"
            created = utc(2025, 4, 7, 9) + nth * 3 * DAY + story.number(f"hour {nth}", 0, 8) * HOUR
            film = story.video(
                nth % 100, ids[nth - 1], title, created, story.number(f"{nth}", 30, 900) * 1_000
            )
            seen = story.number(f"seen {nth}", 0, 6)
            moments = story.moments(f"views {nth}", seen, created + DAY, created + 40 * DAY)
            played = np.arange(seen) % 2 == 0
            story.views(film, moments, story.visitors(f"views {nth}", seen, 90), played, "news")


def _check(company: Company) -> list[str]:
    sql = "SELECT count(*) FROM videos WHERE account_id = :account AND deleted_at IS NULL"
    found = {account: number(company, sql, account=account) for account in VIDEOS}
    return [
        f"account {account} has {found[account]} videos, not {count}"
        for account, count in VIDEOS.items()
        if found[account] != count
    ]


TRAP = Trap(
    "Accounts with no video, one, ten (all that Free allows), exactly one page of 25, and "
    "exactly 100.",
    _check,
    _plant,
)
