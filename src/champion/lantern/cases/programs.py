"""What customers' programs do: tokens and calls, uploads with their events, and deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cast import Person
from champion.lantern.clock import SECOND, Moments
from champion.lantern.dice import Draws, below
from champion.lantern.hooks import uuids
from champion.lantern.tokens import SCOPES

QUALITIES = ("360p", "720p", "1080p")
"""The renditions of every upload of a story, in the order in which they are told."""
_FILES = (
    ("original", 1920, 1080, 11_000),
    ("360p", 640, 360, 520),
    ("720p", 1280, 720, 1_900),
    ("1080p", 1920, 1080, 3_600),
)
"""Quality, width, height, and thousand bits a second."""


@dataclass(frozen=True)
class Told:
    """An upload of a story, and what was told of it.

    Attributes:
        events: ids of its events by type; those of the renditions in the order of `QUALITIES`.
        ready: when the last of them happened.
    """

    video: Shown
    events: dict[str, list[int]]
    ready: int


def add_token(
    story: Story,
    nth: int,
    name: str,
    prefix: str,
    by: Person,
    created: int,
    last_used: int,
    scopes: Sequence[str] = SCOPES,
    revoked: int | None = None,
) -> int:
    """Add a token, one of four at most; its id is the same on every seed."""
    number = story.account * 4 + nth - 1
    story.ledger.add(
        "api_tokens",
        id=number,
        account_id=story.account,
        created_by_id=by.id,
        name=name,
        prefix=prefix,
        scopes=" ".join(scopes),
        created_at=created,
        last_used_at=last_used,
        revoked_at=revoked,
    )
    return number


def add_calls(
    story: Story,
    token: int,
    moments: Moments,
    path: str | Sequence[str],
    client: str,
    ip_address: str,
    **more: Any,
) -> Draws:
    """Calls at these moments, GET and answered unless `more` says otherwise.

    Args:
        path: one for all, or one for each call.

    Returns:
        Their request ids.
    """
    count = len(moments)
    first = path if isinstance(path, str) else path[0]
    name = f"{token} {first} {more.get('method')} {int(moments[0])}"
    keys = story.draws(f"request {name}", count)
    row: dict[str, Any] = {
        "method": "GET",
        "status": 200,
        "duration_ms": 18 + below(story.draws(f"took {name}", count), 140),
    }
    story.ledger.add(
        "api_requests",
        id=story.ledger.next_ids("api_requests", count),
        request_id=keys,
        account_id=story.account,
        token_id=token,
        path=path,
        client=client,
        ip_address=ip_address,
        requested_at=moments,
        **{**row, **more},
    )
    return keys


def add_webhook(story: Story, url: str, by: Person, types: str, created: int, **more: Any) -> int:
    """Add the customer's webhook; its id is the same on every seed."""
    number = story.account * 4
    story.ledger.add(
        "webhooks",
        id=number,
        account_id=story.account,
        created_by_id=by.id,
        url=url,
        event_types=types,
        created_at=created,
        **more,
    )
    return number


def upload(
    story: Story, nth: int, hashed_id: str, title: str, created: int, length: int, by: Person
) -> Told:
    """A video, its files, the job that made them, and the five events of an upload."""
    video = story.video(nth, hashed_id, title, created, length, by)
    complete = created + story.number(f"upload {nth}", 40, 170) * SECOND
    done = complete + story.number(f"encode {nth}", 50, 400) * SECOND
    story.ledger.add(
        "encode_jobs",
        id=story.ledger.next_ids("encode_jobs", 1),
        video_id=video.id,
        attempt=1,
        status="done",
        queued_at=complete,
        started_at=complete + 2 * SECOND,
        finished_at=done,
    )
    story.ledger.add(
        "video_versions",
        id=story.ledger.next_ids("video_versions", len(_FILES)),
        video_id=video.id,
        quality=[quality for quality, *_ in _FILES],
        codec="h264",
        fps=25,
        variable_frame_rate=False,
        hdr=False,
        width=[width for _, width, _, _ in _FILES],
        height=[height for _, _, height, _ in _FILES],
        bytes=[length * kbits // 8 for *_, kbits in _FILES],
        created_at=[complete, done, done, done],
    )
    ready = done + 5 * SECOND
    kinds = ("video.created", *("video.rendition_ready" for _ in QUALITIES), "video.ready")
    moments = (created + SECOND, *(done + nth * SECOND for nth in (1, 2, 3)), ready)
    ids = story.ledger.next_ids("webhook_events", len(kinds))
    story.ledger.add(
        "webhook_events",
        id=ids,
        uuid=uuids(story.draws(f"uuid {video.id}", len(kinds))),
        account_id=story.account,
        type=kinds,
        video_id=video.id,
        quality=[None, *QUALITIES, None],
        generated_at=moments,
    )
    first, *renditions, last = ids.tolist()
    events = {"video.created": [first], "video.rendition_ready": renditions, "video.ready": [last]}
    return Told(video, events, ready)


def deliver(
    story: Story,
    webhook: int,
    event: int,
    sent: int,
    attempt: int = 1,
    failure: str | None = None,
    status: int | None = 200,
) -> int:
    """One attempt to tell.

    Returns:
        When it was over.
    """
    took = 10_000 if failure == "timeout" else story.number(f"took {event} {attempt}", 60, 800)
    sent += story.number(f"micros {event} {attempt}", 1_000, 900_000)
    story.ledger.add(
        "webhook_deliveries",
        id=story.ledger.next_ids("webhook_deliveries", 1),
        webhook_id=webhook,
        event_id=event,
        attempt=attempt,
        status=status,
        failure=failure,
        duration_ms=took,
        signed_at=sent // SECOND * SECOND,
        sent_at=sent,
    )
    return sent + took * 1_000
