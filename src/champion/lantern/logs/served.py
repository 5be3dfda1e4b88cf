"""What the CDN serves: how many bytes each file has, the same whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.columns import Rows
from champion.lantern.dice import Dice, Whole, below
from champion.lantern.logs import playlists
from champion.lantern.logs.playlists import SEGMENT

QUALITIES = ("1080p", "720p", "360p")
PLAYER = "/player/v4/player.js"
PLAYER_BYTES, REFUSAL_BYTES = 48_213, 146

_TENS = 10 ** np.arange(1, 19, dtype=np.int64)
_MOST_SEGMENTS = 100_000


@dataclass(frozen=True)
class Served:
    """The files of these videos; a video is given by its place among them.

    Attributes:
        ids, hashed: the videos' ids, ascending, and how customers know them.
        length: milliseconds, at least 1.
        sizes: the bytes of each rendition, in the order of QUALITIES; 0 without it.
        masters: the bytes of each master playlist.
    """

    dice: Dice
    ids: Whole
    hashed: NDArray[Any]
    length: Whole
    sizes: NDArray[np.int64]
    masters: Whole

    @classmethod
    def of(cls, dice: Dice, videos: Rows, versions: Rows) -> Served:
        """The files that these rows tell of; every version's video is among the videos."""
        order = np.argsort(videos["id"].values, kind="stable")
        ids = videos["id"].values[order]
        length = np.maximum(videos["duration_ms"].values[order], 1)
        place = np.searchsorted(ids, versions["video_id"].values)
        sizes = np.zeros((len(ids), len(QUALITIES)), dtype=np.int64)
        masters = np.full(len(ids), len(playlists.MASTER_HEAD))
        for nth, quality in enumerate(QUALITIES):
            rows = np.flatnonzero(versions["quality"].values == quality)
            of = place[rows]
            files = {name: versions[name].values[rows] for name in _TOLD}
            sizes[of, nth] = files["bytes"]
            average = files["bytes"] * 8_000 // length[of]
            numbers = (average * 13 // 10, average, *(files[name] for name in _TOLD[1:]))
            bare = len(playlists.variant(quality, *[""] * len(numbers)))
            masters[of] += bare + sum(_digits(number) for number in numbers)
        return cls(dice, ids, videos["hashed_id"].values[order], length, sizes, masters)

    def pieces(self, video: Whole) -> Whole:
        """Of how many segments each of these videos consists."""
        return -(-self.length[video] // (SEGMENT * 1_000))

    def index(self, video: Whole) -> Whole:
        """The bytes of the playlist of one of their renditions: all have the same."""
        frame = len(playlists.INDEX_HEAD + playlists.INDEX_END)
        return frame + len(playlists.piece(0, 0)) * self.pieces(video)

    def picture(self, video: Whole) -> Whole:
        """The bytes of their still pictures."""
        return 6_000 + below(self.dice.roll("cdn.tsv", "picture", self.ids[video]), 30_000)

    def segment(self, video: Whole, quality: Whole, nth: Whole) -> Whole:
        """The bytes of a segment: its share of the rendition, more where much moves."""
        begun = nth * SEGMENT * 1_000
        lasts = np.clip(self.length[video] - begun, 1, SEGMENT * 1_000)
        share = self.sizes[video, quality] * lasts // self.length[video]
        key = (self.ids[video] * len(QUALITIES) + quality) * _MOST_SEGMENTS + nth
        busy = 75 + below(self.dice.roll("cdn.tsv", "segment", key), 50)
        found: Whole = share * busy // 100
        return found

    def size(self, path: str) -> int:
        """The bytes of one file, by its path at the CDN."""
        if path == PLAYER:
            return PLAYER_BYTES
        _, _, hashed, *quality, name = path.split("/")
        video = np.flatnonzero(self.hashed == hashed)
        if name == "thumb.jpg":
            return int(self.picture(video)[0])
        if name == "master.m3u8":
            return int(self.masters[video][0])
        if name == "index.m3u8":
            return int(self.index(video)[0])
        which, nth = np.array([QUALITIES.index(quality[0])]), np.array([int(name[4:9])])
        return int(self.segment(video, which, nth)[0])


_TOLD = ("bytes", "width", "height", "fps")
"""What a master playlist tells of a file, beside its quality."""


def _digits(numbers: Whole) -> Whole:
    """With how many digits each is written."""
    found: Whole = np.searchsorted(_TENS, numbers, side="right") + 1
    return found
