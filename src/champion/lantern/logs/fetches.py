"""Fetches: what a player asks the CDN for, from its appearing to the last piece that is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import NOW, SECOND, Moments
from champion.lantern.dice import Dice, Draws, Whole, below, mixed, pick
from champion.lantern.logs.lines import LOGS_START
from champion.lantern.logs.showings import Showings
from champion.lantern.logs.source import Source

CACHE = ("HIT", "MISS", "EXPIRED", "-")
PLAYER_SAMPLE, THUMB_SAMPLE, SEGMENT_SAMPLE = 10, 3, 60
"""One request in so many is logged, for the player, the still picture, and segments."""
SEGMENT_SECONDS = 6

_NONE = 3
_REFUSAL, _PLAYER = 146, 48_213
"""Sizes of a refusal and of the player, in bytes."""
_QUALITIES = ("1080p", "720p", "360p")
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
    videos = _Videos.of(source)
    quality = _qualities(videos, shown)
    kinds = (
        _players(source.dice, shown),
        _thumbs(source.dice, shown, videos),
        _masters(source.dice, shown, videos),
        _playlists(source.dice, shown, videos, quality),
        _segments(source.dice, shown, videos, quality),
    )
    return [_within(kind) for kind in kinds]


@dataclass(frozen=True)
class _Videos:
    """All videos, by place: id, length in ms, and the bytes of each rendition, 0 without it."""

    hashed: NDArray[Any]
    length: Whole
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, source: Source) -> _Videos:
        rows, versions = source.tables["videos"], source.tables["video_versions"]
        sizes = np.zeros((len(rows["id"]), len(_QUALITIES)), dtype=np.int64)
        place = source.places("videos", versions["video_id"].values)
        for nth, quality in enumerate(_QUALITIES):
            these = np.flatnonzero(versions["quality"].values == quality)
            sizes[place[these], nth] = versions["bytes"].values[these]
        return cls(rows["hashed_id"].values, np.maximum(rows["duration_ms"].values, 1), sizes)

    def pieces(self, video: Whole) -> Whole:
        """Of how many segments each of these videos consists."""
        return -(-self.length[video] // (SEGMENT_SECONDS * 1_000))


def _qualities(videos: _Videos, shown: Showings) -> Whole:
    """Which rendition each showing plays: the one that fits, else another; -1 without any."""
    there = videos.sizes[shown.video] > 0
    wanted = pick(mixed(shown.draws), _WANTED)
    found = np.full(len(wanted), -1, dtype=np.int64)
    for step in (2, 1, 0):
        other = (wanted + step) % len(_QUALITIES)
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
        ["/player/v4/player.js"] * len(rows),
        np.full(len(rows), 200),
        pick(mixed(draws), (992, 2, 6)),
        np.full(len(rows), _PLAYER),
    )


def _thumbs(dice: Dice, shown: Showings, videos: _Videos) -> Fetches:
    """Still pictures; browsers that have one ask whether it is still the same."""
    draws = dice.roll("cdn.tsv", "thumb", shown.draws)
    rows = np.flatnonzero(shown.refused | (below(draws, THUMB_SAMPLE) == 0))
    draws, video = mixed(draws[rows]), shown.video[rows]
    known = below(draws, 1_000) < 90
    size = 6_000 + below(dice.roll("cdn.tsv", "picture", video), 30_000)
    return _answered(
        shown,
        rows,
        shown.moment[rows] + (20 + below(mixed(draws), 300)) * _MILLI,
        draws,
        [f"/v/{hashed}/thumb.jpg" for hashed in videos.hashed[video].tolist()],
        np.where(known, 304, 200),
        (940, 45, 15),
        np.where(known, 0, size),
    )


def _masters(dice: Dice, shown: Showings, videos: _Videos) -> Fetches:
    """Each play asks for the list of renditions; so does a player that is then refused."""
    rows = np.flatnonzero(shown.played | shown.refused)
    draws = dice.roll("cdn.tsv", "master", shown.draws[rows])
    start = np.where(shown.played, shown.began, shown.moment + SECOND)[rows]
    count = (videos.sizes[shown.video[rows]] > 0).sum(axis=1)
    return _answered(
        shown,
        rows,
        start - below(draws, 400) * _MILLI,
        draws,
        [f"/v/{hashed}/master.m3u8" for hashed in videos.hashed[shown.video[rows]].tolist()],
        np.full(len(rows), 200),
        (800, 60, 140),
        64 + 118 * count,
    )


def _playlists(dice: Dice, shown: Showings, videos: _Videos, quality: Whole) -> Fetches:
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
        131 + 38 * videos.pieces(shown.video[rows]),
    )


def _segments(dice: Dice, shown: Showings, videos: _Videos, quality: Whole) -> Fetches:
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
    ahead = np.maximum(number - _AHEAD, 0) * SEGMENT_SECONDS * SECOND
    video = shown.video[rows]
    share = videos.sizes[video, quality[rows]] // pieces[each]
    failed = below(draws, 1_000) < 2
    return _answered(
        shown,
        rows,
        shown.began[rows] + ahead + (200 + below(mixed(draws), 1_500)) * _MILLI,
        draws,
        [
            f"{folder}/seg-{number:05d}.ts"
            for folder, number in zip(
                _folders(shown, videos, quality, rows), number.tolist(), strict=True
            )
        ],
        np.where(failed, 504, 200),
        (860, 120, 20),
        np.where(failed, _REFUSAL, share * (75 + below(mixed(draws), 50)) // 100),
    )


def _folders(shown: Showings, videos: _Videos, quality: Whole, rows: Whole) -> list[str]:
    hashed = videos.hashed[shown.video[rows]].tolist()
    return [
        f"/v/{name}/{_QUALITIES[which]}"
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
        np.where(refused, _REFUSAL, size),
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
