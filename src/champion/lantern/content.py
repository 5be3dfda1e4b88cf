"""Content: the folders and videos of every account that no case has written a story for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.cast import cast
from champion.lantern.clock import DAY, MINUTE, NOW, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Draws, Whole, along, below, mixed
from champion.lantern.ledger import Ledger

FIRST_FOLDER = 2_001
FIRST_VIDEO = 50_001

_FOLDERS = {
    "free": (0, 1),
    "basic": (0, 3),
    "pro": (0, 6),
    "pro-2023": (0, 6),
    "business": (2, 12),
    "enterprise": (4, 20),
}
_VIDEOS = {
    "free": (0, 9),
    "basic": (1, 26),
    "pro": (2, 36),
    "pro-2023": (2, 36),
    "business": (6, 62),
    "enterprise": (30, 104),
}
_SECONDS = (8, 35, 62, 95, 130, 185, 260, 400, 760, 1_900, 5_400)
"""Lengths of videos: the quantiles, tenth by tenth."""
_LETTERS = np.frombuffer(b"abcdefghjkmnpqrstuvwxyz23456789x", dtype=np.uint8)


def add_folders(ledger: Ledger) -> None:
    """A few folders for most accounts, some of them inside another."""
    dice = ledger.dice
    accounts, which, nth = _spread(ledger, "folders", _FOLDERS)
    entity = accounts["id"][which] * 1_000 + nth
    ids = np.arange(FIRST_FOLDER, FIRST_FOLDER + len(which), dtype=np.int64)
    inside = (nth >= 2) & dice.chance("folders", "inside", entity, 350)
    words = recipe.table("videos")["folders"]["names"]
    ledger.add(
        "folders",
        id=ids,
        account_id=accounts["id"][which],
        parent_id=moments_or_none(
            ids - nth + below(dice.roll("folders", "parent", entity), 2), inside
        ),
        name=texts(words, dice.pick("folders", "name", entity, [1] * len(words))),
        created_at=_while_open(dice.roll("folders", "created_at", entity), accounts, which),
    )


def add_videos(ledger: Ledger) -> None:
    """Every account's videos, in the order of their upload."""
    dice = ledger.dice
    accounts, which, nth = _spread(ledger, "videos", _VIDEOS)
    entity = accounts["id"][which] * 10_000 + nth
    created = _while_open(dice.roll("videos", "created_at", entity), accounts, which)
    order = np.lexsort((entity, created))
    which, entity, created = which[order], entity[order], created[order]
    status = _statuses(dice.pick("videos", "status", entity, (965, 18, 12, 5)), created)
    gone = dice.chance("videos", "deleted", entity, 90) & (created < NOW - 3 * DAY)
    length = along(dice.roll("videos", "duration_ms", entity), _SECONDS) * 1_000
    length += dice.between("videos", "rest", entity, 0, 999)
    span = (accounts["until"][which] - created) // MINUTE + 1
    deleted = created + below(dice.roll("videos", "deleted_at", entity), span) * MINUTE
    changed = created + below(dice.roll("videos", "updated_at", entity), span) * MINUTE
    ledger.add(
        "videos",
        id=np.arange(FIRST_VIDEO, FIRST_VIDEO + len(which), dtype=np.int64),
        account_id=accounts["id"][which],
        folder_id=_some_of(ledger, "folders", entity, accounts["id"][which], 620),
        uploaded_by_id=_some_of(ledger, "users", entity, accounts["id"][which], 900),
        hashed_id=hashed_ids(dice.roll("videos", "hashed_id", entity)),
        title=_titles(ledger, entity, which),
        status=status,
        duration_ms=moments_or_none(length, status == "ready"),
        created_at=created,
        updated_at=np.where(gone, np.minimum(changed, deleted), changed),
        deleted_at=moments_or_none(deleted, gone),
    )


def hashed_ids(draws: Draws) -> list[str]:
    """An id of ten letters and digits for each draw."""
    more = mixed(draws + np.uint64(1))
    places = [(draws >> np.uint64(5 * i)) & np.uint64(31) for i in range(6)]
    places += [(more >> np.uint64(5 * i)) & np.uint64(31) for i in range(4)]
    signs = _LETTERS[np.stack(places, axis=1).astype(np.int64)]
    return [bytes(row).decode("ascii") for row in signs]


def _spread(
    ledger: Ledger, table: str, ranges: dict[str, tuple[int, int]]
) -> tuple[dict[str, NDArray[Any]], Whole, Whole]:
    """Accounts, and for each row to be made: whose it is, and which of theirs."""
    accounts = {name: ledger.values("accounts", name) for name in ("id", "plan_id", "created_at")}
    accounts["until"] = np.minimum(ledger.until(), NOW - 20 * MINUTE)
    codes = [plan["code"] for plan in recipe.table("plans")["plan"]]
    low = np.array([ranges[code][0] for code in codes])[accounts["plan_id"] - 1]
    high = np.array([ranges[code][1] for code in codes])[accounts["plan_id"] - 1]
    count = low + below(ledger.dice.roll(table, "count", accounts["id"]), high - low + 1)
    count[np.isin(accounts["id"], [member.id for member in cast() if member.quiet])] = 0
    which = np.repeat(np.arange(len(count)), count)
    return accounts, which, np.arange(len(which)) - np.searchsorted(which, which, side="left")


def _while_open(draws: Draws, accounts: dict[str, NDArray[Any]], which: Whole) -> Moments:
    start, until = accounts["created_at"][which], accounts["until"][which]
    return start + below(draws, np.maximum((until - start) // MINUTE, 1)) * MINUTE


def _statuses(fates: Whole, created: Moments) -> NDArray[Any]:
    """Mostly ready; failed ones at any age; on their way only if they came today or yesterday."""
    status = texts(("ready", "failed", "ready", "ready"), fates)
    recent = created > NOW - 2 * DAY
    status[recent & (fates >= 2)] = "processing"
    status[created > NOW - 60 * MINUTE] = "uploading"
    return status


def _some_of(
    ledger: Ledger, table: str, entity: Whole, account: Whole, per_thousand: int
) -> np.ma.MaskedArray[Any, Any]:
    """For some rows, one of the account's own folders or users."""
    owners, ids = ledger.values(table, "account_id"), ledger.values(table, "id")
    order = np.lexsort((ids, owners))
    first = np.searchsorted(owners[order], account, side="left")
    count = np.searchsorted(owners[order], account, side="right") - first
    chosen = first + below(ledger.dice.roll("videos", table, entity), np.maximum(count, 1))
    there = (count > 0) & ledger.dice.chance("videos", f"has {table}", entity, per_thousand)
    return moments_or_none(ids[order][np.minimum(chosen, len(ids) - 1)], there)


def _titles(ledger: Ledger, entity: Whole, which: Whole) -> list[str]:
    words = recipe.table("videos")
    industries = ledger.values("accounts", "industry")[which].tolist()
    draws = below(ledger.dice.roll("videos", "title", entity), 1 << 20).tolist()
    years = ledger.dice.pick("videos", "year", entity, (70, 10, 12, 8)).tolist()
    made = []
    for industry, draw, year in zip(industries, draws, years, strict=True):
        theirs = words["titles"].get(industry, words["titles"]["other"])
        choice = theirs if draw % 4 else words["common"]
        title = choice[(draw >> 2) % len(choice)]
        made.append(f"{title} {2023 + year}" if year else title)
    return made
