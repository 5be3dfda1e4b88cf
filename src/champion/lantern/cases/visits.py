"""A visit to a page with a player: what Chrome captures of it, and what the CDN logs of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from champion.lantern.cases.captures import WINDOWS, Call, Headers
from champion.lantern.cases.streams import CDN, EVENTS, fetch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.logs.playlists import segment
from champion.lantern.logs.served import PLAYER, Served

Step = tuple[int, str, str, int]
"""Milliseconds since the visit began, address, Chrome's resource type, milliseconds it took."""

_MIMES = {"m3u8": "application/vnd.apple.mpegurl", "ts": "video/mp2t"}


def player_steps(video: Shown, after: int, segments: int = 3, plays: bool = True) -> list[Step]:
    """The player appears and reports it, and somebody presses play; a segment every six seconds.

    Args:
        after: milliseconds after which its script is asked for.
        segments: how many of them, in 720p.
        plays: it begins, and the player reports this too.
    """
    folder = f"{CDN}/v/{video.hashed_id}"
    steps: list[Step] = [
        (after, CDN + PLAYER, "script", 39),
        (after + 92, f"{folder}/thumb.jpg", "image", 22),
        (after + 109, EVENTS, "ping", 31),
        (after + 3_418, f"{folder}/master.m3u8", "xhr", 27),
        (after + 3_450, f"{folder}/720p/index.m3u8", "xhr", 24),
    ]
    if plays:
        steps.append((after + 3_640, EVENTS, "ping", 30))
    for nth in range(segments):
        steps.append((after + 3_489 + nth * 6_000, f"{folder}/720p/{segment(nth)}", "xhr", 118))
    return sorted(steps)


def captured(
    story: Story, start: int, steps: Iterable[Step], edge: str, video: Shown
) -> list[Call]:
    """These steps as requests that all went well."""
    served = story.served()
    return [_call(served, start, step, edge, video) for step in steps]


def _call(served: Served, start: int, step: Step, edge: str, video: Shown) -> Call:
    after, url, kind, took = step
    report = url == EVENTS
    ours: Headers = (
        ("access-control-allow-origin", "*"),
        ("x-cache", "HIT"),
        ("x-lantern-edge", edge),
    )
    return Call(
        moment=start + after * 1_000,
        url=url,
        kind=kind,
        status=204 if report else 200,
        took=took,
        method="POST" if report else "GET",
        posted=f'{{"video":"{video.hashed_id}"}}' if report else "",
        got=ours if url.startswith(CDN) else (),
        size=_size(served, url, after),
        mime=_MIMES.get(url.rsplit(".", 1)[-1], ""),
    )


def _size(served: Served, url: str, after: int) -> int:
    """Ours are as large as they are; reports get no body; others are of any size."""
    if url == EVENTS:
        return 0
    return served.size(url.removeprefix(CDN)) if url.startswith(CDN) else 9_000 + after % 4_000 * 37


def count(story: Story, video: Shown, calls: Sequence[Call], page: str) -> None:
    """Count the load that a capture reports, in a visit in which nothing begins to play."""
    (moment,) = [call.moment for call in calls if call.url == EVENTS]
    visitor = story.visitors(f"captured {page}", 1, 1)
    appeared = np.array([moment + 14_000], dtype=np.int64)
    story.views(video, appeared, visitor, False, page, told=True)


def reach_cdn(
    story: Story, calls: Sequence[Call], edge: str, client_ip: str, page: str
) -> list[Call]:
    """Log those requests of a capture that came to the CDN, and return them."""
    came = [call for call in calls if call.url.startswith(CDN) and call.status == 200]
    for call in came:
        path = call.url.removeprefix(CDN)
        fetch(story, call.moment, path, edge, client_ip, WINDOWS, page, ttfb=call.took // 2)
    return came
