"""Signing: what a webhook sends, and how its receiver can tell that it came from Lantern.

The header is `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of t, a full stop, and the raw body.
"""

from __future__ import annotations

import hashlib
import hmac
import json

from champion.lantern.dice import Dice


def body(
    uuid: str,
    kind: str,
    generated_at: str,
    account: int,
    hashed_id: str,
    title: str,
    quality: str | None,
) -> bytes:
    """What is sent for an event: compact JSON in UTF-8, its fields in this order.

    Args:
        kind: the event's type, "video.ready".
        generated_at: "2026-03-30T17:04:11.412Z".
        quality: None where the event is about no rendition.
    """
    video = {"hashed_id": hashed_id, "title": title, "quality": quality}
    event = {
        "uuid": uuid,
        "type": kind,
        "generated_at": generated_at,
        "account": account,
        "video": video,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def secret(dice: Dice, webhook_id: int) -> str:
    """The secret of a webhook: "whsec_" and 32 hexadecimal digits. It is kept in no table."""
    halves = [int(dice.roll("webhooks", half, webhook_id)[0]) for half in ("secret", "secret 2")]
    return f"whsec_{halves[0]:016x}{halves[1]:016x}"


def signature(key: str, moment: int, content: bytes) -> str:
    """The signature of a body that is sent at a moment (seconds since 1970): 64 digits."""
    signed = f"{moment}.".encode() + content
    return hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
