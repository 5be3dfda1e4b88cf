"""Processing: from an upload to its renditions, and the attempts that this took.

From the beginning of the upload to the last rendition it never takes an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import SECOND, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Whole, along
from champion.lantern.ledger import Ledger

CODECS = ("h264", "hevc", "vp9", "prores")
FILE_ERRORS = ("no_video_track", "truncated_file", "unsupported_codec")

_HEVC, _PRORES = 1, 3
_FPS = (24, 25, 30, 50, 60, 2, 1)
_SHORT, _LONG = (2160, 1080, 720, 360), (3840, 1920, 1280, 640)
_KBITS = np.array((38_000, 11_000, 5_500, 1_400), dtype=np.int64)
"""Thousand bits a second of an original in H.264, by size; renditions take less than half."""
_RENDITIONS = ("1080p", "720p", "360p")
_UPLOAD, _WAIT, _WORK = (
    (20, 45, 90, 160, 260, 480),
    (1, 2, 4, 9, 30, 240),
    (20, 60, 150, 400, 1_000),
)
"""Seconds that each step takes: quantiles."""


@dataclass(frozen=True)
class _Uploads:
    """Videos whose file is complete, each with the moments of its way.

    Attributes:
        again: whether a second attempt was needed.
        started, finished: by attempt, then by video.
    """

    ids: Whole
    status: NDArray[Any]
    length: Whole
    complete: Moments
    again: NDArray[np.bool_]
    started: tuple[Moments, Moments]
    finished: tuple[Moments, Moments]

    @property
    def ready(self) -> NDArray[np.bool_]:
        """Those whose renditions are made."""
        there: NDArray[np.bool_] = self.status == "ready"
        return there

    @property
    def last(self) -> Moments:
        """When the last attempt ended, or would have."""
        return np.where(self.again, self.finished[1], self.finished[0])


def add_processing(ledger: Ledger) -> None:
    """Files and attempts of every video for which no case has told them."""
    uploads = _uploads(ledger)
    _add_jobs(ledger, uploads)
    _add_versions(ledger, uploads)


def _uploads(ledger: Ledger) -> _Uploads:
    dice, ids = ledger.dice, ledger.values("videos", "id")
    told = np.isin(ids, ledger.values("video_versions", "video_id"))
    here = ~told & (ledger.values("videos", "status") != "uploading")
    ids, status = ids[here], ledger.values("videos", "status")[here]

    def seconds(what: str, steps: tuple[int, ...]) -> Moments:
        return along(dice.roll("encode_jobs", what, ids), steps) * SECOND

    complete = ledger.values("videos", "created_at")[here] + seconds("upload", _UPLOAD)
    first = complete + seconds("wait", _WAIT)
    ended = first + seconds("work", _WORK)
    second = ended + seconds("second wait", _WAIT)
    again = (status == "failed") | (
        (status == "ready") & dice.chance("encode_jobs", "worker_lost", ids, 30)
    )
    return _Uploads(
        ids,
        status,
        ledger.values("videos", "duration_ms")[here],
        complete,
        again,
        (first, second),
        (ended, second + seconds("second work", _WORK)),
    )


def _add_jobs(ledger: Ledger, uploads: _Uploads) -> None:
    """The first attempt of every video, and the second where there was one; by time."""
    dice, n = ledger.dice, np.arange(len(uploads.ids))
    video = np.concatenate([n, n[uploads.again]])
    attempt = np.repeat((0, 1), (len(n), int(uploads.again.sum())))
    queued = np.where(attempt == 0, uploads.complete[video], uploads.finished[0][video])
    order = np.lexsort((video, queued))
    video, attempt, queued = video[order], attempt[order], queued[order]
    status = uploads.status[video]
    waiting = (status == "processing") & dice.chance(
        "encode_jobs", "queued", uploads.ids[video], 300
    )
    failed = (status == "failed") | (uploads.again[video] & (attempt == 0))
    reason = dice.pick("encode_jobs", "error_code", uploads.ids[video], (30, 45, 25))
    error = np.where(status == "failed", texts(FILE_ERRORS, reason), "worker_lost")
    error[~failed] = None
    ended = failed | (status == "ready")
    ledger.add(
        "encode_jobs",
        id=ledger.next_ids("encode_jobs", len(video)),
        video_id=uploads.ids[video],
        attempt=attempt + 1,
        status=np.select(
            [failed, ended, waiting], np.array(["failed", "done", "queued"], object), "running"
        ),
        error_code=error,
        queued_at=queued,
        started_at=moments_or_none(np.stack(uploads.started)[attempt, video], ~waiting),
        finished_at=moments_or_none(np.stack(uploads.finished)[attempt, video], ended),
    )


def _add_versions(ledger: Ledger, uploads: _Uploads) -> None:
    """The original of every video, and the renditions of those that are ready."""
    dice, ids = ledger.dice, uploads.ids
    codec = dice.pick("video_versions", "codec", ids, (720, 170, 70, 40))
    size = dice.pick("video_versions", "size", ids, (12, 62, 20, 6))
    fps = np.array(_FPS)[dice.pick("video_versions", "fps", ids, (18, 34, 34, 5, 7, 1, 1))]
    upright = dice.chance("video_versions", "upright", ids, 70)
    phone = dice.chance("video_versions", "varies", ids, 20) | (
        (codec == _HEVC) & dice.chance("video_versions", "phone", ids, 550)
    )
    guessed = dice.between("video_versions", "length", ids, 20_000, 900_000)
    length = np.where(uploads.length > 0, uploads.length, guessed)
    kbits = _KBITS[size] * dice.between("video_versions", "rate", ids, 60, 150) // 100
    kbits = np.select(
        [codec == _HEVC, codec == _PRORES], [kbits * 6 // 10, np.minimum(kbits * 5, 120_000)], kbits
    )
    files = [
        _files(uploads, np.ones(len(ids), dtype=bool), "original", size, upright, kbits, length)
    ]
    for nth, quality in enumerate(_RENDITIONS, start=1):
        made = uploads.ready & (size <= nth)
        rate = _KBITS[nth] * dice.between("video_versions", quality, ids, 22, 44) // 100
        files.append(_files(uploads, made, quality, np.full(len(ids), nth), upright, rate, length))
    which = np.concatenate([file.pop("which") for file in files])
    columns = {name: np.concatenate([file[name] for file in files]) for name in files[0]}
    original = columns["quality"] == "original"
    order = np.lexsort((np.arange(len(which)), which))
    columns |= {
        "video_id": ids[which],
        "codec": texts(CODECS, np.where(original, codec[which], 0)),
        "fps": fps[which],
        "variable_frame_rate": original & phone[which],
        "hdr": original
        & (codec == _HEVC)[which]
        & dice.chance("video_versions", "hdr", ids, 300)[which],
        "created_at": np.where(original, uploads.complete[which], uploads.last[which]),
    }
    ledger.add(
        "video_versions",
        id=ledger.next_ids("video_versions", len(which)),
        **{name: values[order] for name, values in columns.items()},
    )


def _files(
    uploads: _Uploads,
    made: NDArray[np.bool_],
    quality: str,
    size: Whole,
    upright: NDArray[np.bool_],
    kbits: Whole,
    length: Whole,
) -> dict[str, NDArray[Any]]:
    """One kind of file for those videos that have it, and whose it is by place."""
    which = np.flatnonzero(made)
    short, long = np.array(_SHORT)[size[which]], np.array(_LONG)[size[which]]
    return {
        "which": which,
        "quality": np.full(len(which), quality, dtype=object),
        "width": np.where(upright[which], short, long),
        "height": np.where(upright[which], long, short),
        "bytes": length[which] * kbits[which] // 8,
    }
