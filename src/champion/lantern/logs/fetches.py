"""Fetches: what a player asks the CDN for, from its appearing to the last piece that is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from champion.lantern.clock import NOW, SECOND, Moments
from champion.lantern.dice import Dice, Draws, Whole, below, mixed, pick
from champion.lantern.logs.lines import LOGS_START
from champion.lantern.logs.playlists import SEGMENT, segment
from champion.lantern.logs.served import PLAYER, PLAYER_BYTES, QUALITIES, REFUSAL_BYTES, Served
from champion.lantern.logs.showings import Showings
from champion.lantern.logs.source import Source

CACHE = ("HIT", "MISS", "EXPIRED", "-")
PLAYER_SAMPLE, THUMB_SAMPLE, SEGMENT_SAMPLE = 10, 3, 60
"""One request in so many is logged, for the player, the still picture, and segments."""

_NONE = 3
_WANTED = (38, 44, 18)
_AHEAD = 2
"""How many segments a player is ahead of the picture."""
_MILLI = SECOND // 1_000


@dataclass(frozen=True)
class Fetches:
    """Requests for one kind of file.

    Attributes:
        showing: whose, by place among the showings.
        moment: when.
        draws: a draw of its own for each.
        paths: of what.
        status, size: what was answered.
        cache: whence, by place in CACHE.
    """

    showing: Whole
    moment: Moments
    draws: Draws
    paths: list[str]
    status: Whole
    cache: Whole
    size: Whole


def fetches(source: Source, shown: Showings) -> list[Fetches]:
    """Everything that is logged of these showings, within the logs' 14 days."""
    videos = Served.of(source.dice, source.tables["videos"], source.tables["video_versions"])
    quality = _qualities(videos, shown)
    kinds = (
        _players(source.dice, shown),
        _thumbs(source.dice, shown, videos),
        _masters(source.dice, shown, videos),
        _playlists(source.dice, shown, videos, quality),
        _segments(source.dice, shown, videos, quality),
    )
    return [_within(kind) for kind in kinds]


def _qualities(videos: Served, shown: Showings) -> Whole:
    """Which rendition each showing plays: the one that fits, else another; -1 without any."""
    there = videos.sizes[shown.video] > 0
    wanted = pick(mixed(shown.draws), _WANTED)
    found = np.full(len(wanted), -1, dtype=np.int64)
    for step in (2, 1, 0):
        other = (wanted + step) % len(QUALITIES)
        found = np.where(there[np.arange(len(other)), other], other, found)
    return found


def _players(dice: Dice, shown: Showings) -> Fetches:
    """Browsers keep the player for a day, and few of the other requests are logged."""
    draws = dice.roll("cdn.tsv", "player", shown.draws)
    rows = np.flatnonzero(below(draws, PLAYER_SAMPLE) == 0)
    draws = mixed(draws[rows])
    return Fetches(
        rows,
        shown.moment[rows] - (80 + below(draws, 700)) * _MILLI,
        draws,
        [PLAYER] * len(rows),
        np.full(len(rows), 200),
        pick(mixed(draws), (992, 2, 6)),
        np.full(len(rows), PLAYER_BYTES),
    )


def _thumbs(dice: Dice, shown: Showings, videos: Served) -> Fetches:
    """Still pictures; browsers that have one ask whether it is still the same."""
    draws = dice.roll("cdn.tsv", "thumb", shown.draws)
    rows = np.flatnonzero(shown.refused | (below(draws, THUMB_SAMPLE) == 0))
    draws, video = mixed(draws[rows]), shown.video[rows]
    known = below(draws, 1_000) < 90
    return _answered(
        shown,
        rows,
        shown.moment[rows] + (20 + below(mixed(draws), 300)) * _MILLI,
        draws,
        [f"/v/{hashed}/thumb.jpg" for hashed in videos.hashed[video].tolist()],
        np.where(known, 304, 200),
        (940, 45, 15),
        np.where(known, 0, videos.picture(video)),
    )


def _masters(dice: Dice, shown: Showings, videos: Served) -> Fetches:
    """Each play asks for the list of renditions; so does a player that is then refused."""
    rows = np.flatnonzero(shown.played | shown.refused)
    draws = dice.roll("cdn.tsv", "master", shown.draws[rows])
    start = np.where(shown.played, shown.began, shown.moment + SECOND)[rows]
    return _answered(
        shown,
        rows,
        start - below(draws, 400) * _MILLI,
        draws,
        [f"/v/{hashed}/master.m3u8" for hashed in videos.hashed[shown.video[rows]].tolist()],
        np.full(len(rows), 200),
        (800, 60, 140),
        videos.masters[shown.video[rows]],
    )


def _playlists(dice: Dice, shown: Showings, videos: Served, quality: Whole) -> Fetches:
    rows = np.flatnonzero(shown.played & ~shown.refused & (quality >= 0))
    draws = dice.roll("cdn.tsv", "playlist", shown.draws[rows])
    return _answered(
        shown,
        rows,
        shown.began[rows] + (20 + below(draws, 200)) * _MILLI,
        draws,
        [f"{folder}/index.m3u8" for folder in _folders(shown, videos, quality, rows)],
        np.full(len(rows), 200),
        (820, 110, 70),
        videos.index(shown.video[rows]),
    )


def _segments(dice: Dice, shown: Showings, videos: Served, quality: Whole) -> Fetches:
    """Some of the pieces that were seen."""
    rows = np.flatnonzero(shown.played & ~shown.refused & (quality >= 0))
    pieces = videos.pieces(shown.video[rows])
    seen = np.minimum(1 + pieces * shown.percent[rows] // 100, pieces)
    draws = dice.roll("cdn.tsv", "segments", shown.draws[rows])
    count = (seen + below(draws, SEGMENT_SAMPLE)) // SEGMENT_SAMPLE
    each = np.repeat(np.arange(len(rows)), count)
    nth = np.arange(len(each)) - np.repeat(np.cumsum(count) - count, count)
    draws = mixed(draws[each] + nth.astype(np.uint64))
    number = below(draws, seen[each])
    draws, rows = mixed(draws), rows[each]
    ahead = np.maximum(number - _AHEAD, 0) * SEGMENT * SECOND
    video = shown.video[rows]
    failed = below(draws, 1_000) < 2
    return _answered(
        shown,
        rows,
        shown.began[rows] + ahead + (200 + below(mixed(draws), 1_500)) * _MILLI,
        draws,
        [
            f"{folder}/{segment(nth)}"
            for folder, nth in zip(
                _folders(shown, videos, quality, rows), number.tolist(), strict=True
            )
        ],
        np.where(failed, 504, 200),
        (860, 120, 20),
        np.where(failed, REFUSAL_BYTES, videos.segment(video, quality[rows], number)),
    )


def _folders(shown: Showings, videos: Served, quality: Whole, rows: Whole) -> list[str]:
    hashed = videos.hashed[shown.video[rows]].tolist()
    return [
        f"/v/{name}/{QUALITIES[which]}"
        for name, which in zip(hashed, quality[rows].tolist(), strict=True)
    ]


def _answered(
    shown: Showings,
    rows: Whole,
    moment: Moments,
    draws: Draws,
    paths: list[str],
    status: Whole,
    odds: tuple[int, int, int],
    size: Whole,
) -> Fetches:
    """Files of a video: refused where the customer's list of hosts says so."""
    refused = shown.refused[rows]
    cache = np.where(status == 504, CACHE.index("MISS"), pick(mixed(draws), odds))
    return Fetches(
        rows,
        moment,
        draws,
        paths,
        np.where(refused, 403, status),
        np.where(refused, _NONE, cache),
        np.where(refused, REFUSAL_BYTES, size),
    )


def _within(kind: Fetches) -> Fetches:
    there = (kind.moment >= LOGS_START) & (kind.moment < NOW)
    rows = np.flatnonzero(there)
    return Fetches(
        kind.showing[rows],
        kind.moment[rows],
        kind.draws[rows],
        [kind.paths[i] for i in rows.tolist()],
        kind.status[rows],
        kind.cache[rows],
        kind.size[rows],
    )
