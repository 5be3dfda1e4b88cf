"""Viewing: where players appear, and where somebody presses play.

A load falls on a video by its popularity and age, on a moment by the rhythm of the customer's
own week, and on a visitor of that customer's sites. Some loads become plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HOUR, NOW, RETENTION_START, SECOND, WEEK, Moments, utc, zone
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Dice, Draws, Whole, along, below, mixed, pick
from champion.lantern.ledger import Ledger

LOADS = 1_000_000

EMBEDS = ("inline", "popover", "link")
REASONS = ("click", "autoplay", "api")

_POPULARITY = (1, 1, 2, 3, 5, 8, 13, 24, 55, 160, 900)
_REACH = np.array((2, 4, 8, 20, 40, 8), dtype=np.int64)
"""How many visitors a plan's customers tend to have."""
_PLAYED = np.array((540, 925, 800), dtype=np.int64)
"""How many of a thousand loads become a play, by embed type."""
_HOURS = (4, 3, 2, 2, 2, 4, 8, 14, 24, 36, 40, 40, 32, 36, 40, 38, 34, 30, 26, 26, 28, 24, 14, 8)
_DAYS = (10, 11, 11, 10, 9, 5, 5)
_RHYTHM = np.array([day * hour for day in _DAYS for hour in _HOURS], dtype=np.int64)
_MONDAY = utc(2024, 1, 1)
_PERCENT = (0, 2, 6, 14, 28, 47, 70, 88, 97, 100, 100)
_HESITATION = (1, 2, 3, 4, 6, 9, 14, 25, 60, 240)
"""Seconds between the player's appearing and somebody's pressing play."""


@dataclass(frozen=True)
class _Stage:
    """Videos that can be seen, each with what a load of it needs to know."""

    ids: Whole
    weights: Whole
    start: Moments
    stop: Moments
    account: Whole
    zones: NDArray[Any]
    embed: Whole
    autoplays: NDArray[np.bool_]
    length: Whole
    page: Whole
    hashed: NDArray[Any]


def add_viewing(ledger: Ledger) -> None:
    """Loads of the last two years, and the plays that came of them."""
    dice, stage = ledger.dice, _stage(ledger)
    n = np.arange(1, ledger.sized(LOADS) + 1, dtype=np.int64)
    video = pick(dice.roll("loads", "video_id", n), stage.weights)
    moment = _moments(dice, n, stage, video)
    quiet = _is_holiday(moment) & dice.chance("loads", "holiday", n, 600)
    kept = ~quiet & (moment < NOW - 10 * 60 * SECOND)
    n, video, moment = n[kept], video[kept], moment[kept]
    visitor = _visitors(dice, n, stage, video)
    linked = dice.chance("loads", "linked", n, 40)
    embed = np.where(linked, 2, stage.embed[video])
    ledger.add(
        "loads",
        id=n,
        video_id=stage.ids[video],
        received_at=moment,
        visitor_key=visitor,
        embed_type=texts(EMBEDS, embed),
        embed_url=_pages(ledger, n, stage, video, embed),
    )
    _add_plays(ledger, n, stage, video, moment, visitor, embed)


def _stage(ledger: Ledger) -> _Stage:
    dice = ledger.dice
    ids, owner = ledger.values("videos", "id"), ledger.values("videos", "account_id")
    accounts = ledger.values("accounts", "id")
    order = np.argsort(accounts, kind="stable")
    account = order[np.searchsorted(accounts[order], owner)]
    start = np.maximum(ledger.values("videos", "created_at") + HOUR, RETENTION_START)
    deleted = ledger.column("videos", "deleted_at")
    stop = np.where(deleted.gaps(), NOW, deleted.values)
    stop = np.minimum(stop, ledger.until()[account])
    days = np.maximum((stop - start) // DAY, 0)
    popularity = along(dice.roll("videos", "popularity", ids), _POPULARITY)
    seen = (ledger.values("videos", "status") == "ready") & (days > 0)
    unseen = dice.chance("videos", "unseen", ids, 40)
    reach = _REACH[ledger.values("accounts", "plan_id")[account] - 1]
    weights = np.where(seen & ~unseen, popularity * reach * days, 0)
    return _Stage(
        ids,
        weights,
        start,
        stop,
        account,
        ledger.values("accounts", "time_zone")[account],
        pick(dice.roll("videos", "embed", ids), (90, 10, 0)),
        dice.chance("videos", "autoplay", ids, 60),
        ledger.values("videos", "duration_ms"),
        below(dice.roll("videos", "page", ids), len(recipe.table("videos")["pages"]["paths"])),
        ledger.values("videos", "hashed_id"),
    )


def _moments(dice: Dice, n: Whole, stage: _Stage, video: Whole) -> Moments:
    """A moment of each load, by the rhythm of the week where the customer lives."""
    start, stop = stage.start[video], stage.stop[video]
    seconds = below(dice.roll("loads", "received_at", n), (stop - start) // SECOND)
    even = start + seconds * SECOND + dice.between("loads", "micros", n, 0, SECOND - 1)
    hour = pick(dice.roll("loads", "hour", n), _RHYTHM)
    rest = even % HOUR
    moments = even.copy()
    zones, where = np.unique(stage.zones.astype(str), return_inverse=True)
    here = where[video]
    for number, name in enumerate(zones.tolist()):
        rows = np.flatnonzero(here == number)
        there = zone(name)
        monday = (there.local(even[rows]) - _MONDAY) // WEEK * WEEK + _MONDAY
        moments[rows] = there.moment(monday + hour[rows] * HOUR + rest[rows])
    outside = (moments < start) | (moments >= stop)
    return np.where(outside, even, moments)


def _is_holiday(moments: Moments) -> NDArray[np.bool_]:
    days = moments // DAY
    quiet = [utc(y, 12, d) // DAY for y in (2024, 2025) for d in (24, 25, 26)]
    return np.isin(days, [*quiet, utc(2025, 1, 1) // DAY, utc(2026, 1, 1) // DAY])


def _visitors(dice: Dice, n: Whole, stage: _Stage, video: Whole) -> Draws:
    """Browsers: an account's loads come from about half as many of them."""
    account = stage.account[video]
    loads = np.bincount(account, minlength=int(stage.account.max()) + 1)
    crowd = np.maximum(loads * 11 // 20, 1)[account]
    person = below(dice.roll("loads", "visitor_key", n), crowd)
    return mixed(dice.roll("visitors", "key", account) + mixed(person.astype(np.uint64)))


def _pages(ledger: Ledger, n: Whole, stage: _Stage, video: Whole, embed: Whole) -> NDArray[Any]:
    dice = ledger.dice
    paths = recipe.table("videos")["pages"]["paths"]
    domains = ledger.values("accounts", "domain").tolist()
    words = [f"https://www.{domain}/{path}" for domain in domains for path in paths]
    words += [f"https://play.lantern.example/{hashed}" for hashed in stage.hashed.tolist()]
    other = dice.chance("loads", "other page", n, 150)
    page = np.where(other, below(dice.roll("loads", "page", n), len(paths)), stage.page[video])
    place = np.where(
        embed == 2, len(domains) * len(paths) + video, stage.account[video] * len(paths) + page
    )
    pages = texts(words, place)
    pages[dice.chance("loads", "no referrer", n, 60)] = None
    return pages


def _add_plays(
    ledger: Ledger,
    n: Whole,
    stage: _Stage,
    video: Whole,
    moment: Moments,
    visitor: Draws,
    embed: Whole,
) -> None:
    dice = ledger.dice
    auto = stage.autoplays[video] & (embed == 0)
    odds = np.where(auto, 965, _PLAYED[embed])
    played = below(dice.roll("plays", "played", n), 1000) < odds
    n, video, visitor, auto = n[played], video[played], visitor[played], auto[played]
    waited = np.where(auto, 1, along(dice.roll("plays", "waited", n), _HESITATION))
    began = moment[played] + waited * SECOND + dice.between("plays", "micros", n, 0, SECOND - 1)
    percent = along(dice.roll("plays", "percent_viewed", n), _PERCENT)
    percent = np.where(auto, percent * 2 // 5, percent)
    again = np.where(dice.chance("plays", "again", n, 70), 130, 100)
    ledger.add(
        "plays",
        id=n,
        load_id=n,
        video_id=stage.ids[video],
        received_at=began,
        visitor_key=visitor,
        play_reason=texts(
            REASONS, np.where(auto, 1, np.where(dice.chance("plays", "api", n, 25), 2, 0))
        ),
        percent_viewed=percent,
        seconds_watched=stage.length[video] * percent // 100_000 * again // 100,
        viewer_user_id=_staff(ledger, n, stage.account[video], began),
    )


def _staff(ledger: Ledger, n: Whole, account: Whole, began: Moments) -> np.ma.MaskedArray[Any, Any]:
    """The signed-in user behind a few of the plays: somebody who had access at the time."""
    dice, users = (
        ledger.dice,
        {name: ledger.values("users", name) for name in ("id", "account_id", "created_at")},
    )
    gone = ledger.column("users", "deactivated_at")
    until = np.where(gone.gaps(), NOW, gone.values)
    order = np.lexsort((users["id"], users["account_id"]))
    owner = ledger.values("accounts", "id")[account]
    first = np.searchsorted(users["account_id"][order], owner, side="left")
    count = np.searchsorted(users["account_id"][order], owner, side="right") - first
    chosen = order[first + below(dice.roll("plays", "viewer_user_id", n), np.maximum(count, 1))]
    there = dice.chance("plays", "staff", n, 30) & (count > 0)
    there &= (users["created_at"][chosen] <= began) & (began < until[chosen])
    return moments_or_none(users["id"][chosen], there)
