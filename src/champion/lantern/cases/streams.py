"""What is streamed: the files of a story's video, its playlists, and requests to the CDN."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import SECOND
from champion.lantern.logs import playlists
from champion.lantern.logs.edges import LATE, bad_disk
from champion.lantern.logs.lines import Cache, CdnLine
from champion.lantern.logs.playlists import SEGMENT, segment
from champion.lantern.logs.served import REFUSAL_BYTES

CDN = "https://cdn.lantern.example"
EVENTS = "https://play.lantern.example/v4/events"
"""Where the player reports loads and plays."""
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/146.0.0.0 Mobile Safari/537.36"
)
_RENDITIONS = (
    ("360p", 640, 360, 520),
    ("720p", 1280, 720, 1_900),
    ("1080p", 1920, 1080, 3_600),
)
"""Quality, width, height, and thousand bits a second."""


@dataclass(frozen=True)
class Original:
    """The file as it was uploaded.

    Attributes:
        fps: frames a second, the mean where it varies.
        kbits: thousand bits a second.
    """

    codec: str = "h264"
    fps: int = 25
    varies: bool = False
    hdr: bool = False
    kbits: int = 8_000


@dataclass(frozen=True)
class Encoded:
    """A video whose renditions are made.

    Attributes:
        job: id of the attempt that made them.
        started, done: when it began and ended.
    """

    video: Shown
    original: Original
    job: int
    started: int
    done: int


def encode(
    story: Story, video: Shown, complete: int, original: Original, lost: bool = False
) -> Encoded:
    """The attempts and the files of a video in full HD, whose upload was complete at a moment.

    Args:
        lost: a first attempt was lost with its worker.
    """
    attempts, queued = [], complete
    for nth in range(1 + lost):
        started = queued + 2 * SECOND
        finished = started + story.number(f"encode {video.id} {nth}", 40, 240) * SECOND
        attempts.append((queued, started, finished))
        queued = finished
    jobs = story.ledger.next_ids("encode_jobs", len(attempts))
    story.ledger.add(
        "encode_jobs",
        id=jobs,
        video_id=video.id,
        attempt=[nth + 1 for nth in range(len(attempts))],
        status=[*["failed"] * lost, "done"],
        error_code=[*["worker_lost"] * lost, None],
        queued_at=[moment for moment, _, _ in attempts],
        started_at=[moment for _, moment, _ in attempts],
        finished_at=[moment for _, _, moment in attempts],
    )
    story.ledger.add(
        "video_versions",
        id=story.ledger.next_ids("video_versions", 1 + len(_RENDITIONS)),
        video_id=video.id,
        quality=["original", *(quality for quality, *_ in _RENDITIONS)],
        codec=[original.codec, *["h264"] * len(_RENDITIONS)],
        fps=original.fps,
        variable_frame_rate=[original.varies, *[False] * len(_RENDITIONS)],
        hdr=[original.hdr, *[False] * len(_RENDITIONS)],
        width=[1920, *(width for _, width, *_ in _RENDITIONS)],
        height=[1080, *(height for _, _, height, *_ in _RENDITIONS)],
        bytes=[video.length * kbits // 8 for kbits in (original.kbits, *_rates())],
        created_at=[complete, *[finished] * len(_RENDITIONS)],
    )
    return Encoded(video, original, int(jobs[-1]), started, finished)


def _rates() -> Iterable[int]:
    return (kbits for *_, kbits in _RENDITIONS)


def master(encoded: Encoded) -> str:
    """Its master playlist: one variant for each rendition."""
    length, fps = encoded.video.length, str(encoded.original.fps)
    text = playlists.MASTER_HEAD
    for quality, width, height, kbits in _RENDITIONS:
        average = length * kbits // 8 * 8_000 // length
        rates = (str(average * 13 // 10), str(average))
        text += playlists.variant(quality, *rates, str(width), str(height), fps)
    return text


def index(video: Shown) -> str:
    """The media playlist of one of its renditions."""
    whole, rest = divmod(video.length, SEGMENT * 1_000)
    lengths = [SEGMENT * 1_000] * whole + ([rest] if rest else [])
    pieces = [playlists.piece(nth, length) for nth, length in enumerate(lengths)]
    return "".join([playlists.INDEX_HEAD, *pieces, playlists.INDEX_END])


def fetch(
    story: Story,
    moment: int,
    path: str,
    edge: str,
    client_ip: str,
    client: str,
    referer: str = "-",
    status: int = 200,
    cache: Cache = "HIT",
    size: int = 0,
    ttfb: int | None = None,
) -> None:
    """One request to the CDN, as it logs it; a refusal has no cache and a short answer."""
    if status == 403:
        cache, size = "-", REFUSAL_BYTES
    if ttfb is None:
        name = f"ttfb {path} {moment} {client_ip}"
        ttfb = story.number(name, 9, 61) + (140 if cache in ("MISS", "EXPIRED") else 0)
        bad, start, stop = bad_disk(story.ledger.dice)
        if edge == bad and cache == "HIT" and start <= moment < stop:
            late = story.number(f"late {name}", 0, 999) < LATE
            ttfb += late * story.number(f"how late {name}", 1_400, 6_400)
    story.ledger.log(
        CdnLine(
            moment=moment,
            edge=edge,
            client_ip=client_ip,
            path=path,
            status=status,
            cache=cache,
            ttfb_ms=ttfb,
            bytes=size,
            client=client,
            referer=referer,
        )
    )


def watch(
    story: Story,
    video: Shown,
    moment: int,
    edge: str,
    client_ip: str,
    client: str,
    page: str,
    segments: Sequence[int] = (0, 1, 5, 10),
    quality: str = "720p",
) -> int:
    """A viewing that is counted and, while a colleague looks into it, logged piece by piece.

    Args:
        moment: when the player appeared.
        page: its path on the customer's site.

    Returns:
        When it asked for the last of these segments.
    """
    folder = f"/v/{video.hashed_id}"
    who = (edge, client_ip, client, f"https://{story.site}/{page}")
    percent = min(100, (segments[-1] + 1) * SEGMENT * 100_000 // video.length)
    visitor = story.visitors(f"watch {client_ip} {moment}", 1, 1)
    appeared = np.array([moment], dtype=np.int64)
    (began,) = story.views(
        video, appeared, visitor, page=page, percent=np.array([percent]), told=True
    ).tolist()
    fetch(story, moment, f"{folder}/thumb.jpg", *who)
    fetch(story, began - 240_000, f"{folder}/master.m3u8", *who)
    fetch(story, began - 90_000, f"{folder}/{quality}/index.m3u8", *who)
    last: int = began
    for nth in segments:
        last = began + nth * 5 * SECOND + 40_000
        fetch(story, last, f"{folder}/{quality}/{segment(nth)}", *who)
    return last
