"""What happens in an account, and that those webhooks are told which want to be."""

from __future__ import annotations

import hashlib

from champion.api import due
from champion.api.practice import Practice

TYPES = ("video.created", "video.rendition_ready", "video.ready", "video.deleted")
QUALITIES = ("360p", "720p", "1080p")


def happened(
    practice: Practice, account: int, kind: str, video: int, quality: str | None = None
) -> int:
    """Note an event, and whom it is to be sent to. Returns the event's id."""
    number = practice.add(
        "webhook_events",
        uuid="",
        account_id=account,
        type=kind,
        video_id=video,
        quality=quality,
        generated_at=practice.clock.text,
    )
    practice.run(
        "UPDATE webhook_events SET uuid = ? WHERE id = ?", (_uuid(practice.seed, number), number)
    )
    due.tell(practice, number)
    return number


def uploaded(practice: Practice, account: int, video: int) -> list[int]:
    """Note the five events of an upload."""
    numbers = [happened(practice, account, "video.created", video)]
    numbers += [
        happened(practice, account, "video.rendition_ready", video, quality)
        for quality in QUALITIES
    ]
    return [*numbers, happened(practice, account, "video.ready", video)]


def _uuid(seed: int, number: int) -> str:
    whole = hashlib.sha256(f"event\0{seed}\0{number}".encode()).hexdigest()
    return f"{whole[:8]}-{whole[8:12]}-4{whole[13:16]}-a{whole[17:20]}-{whole[20:32]}"
