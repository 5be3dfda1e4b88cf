"""webhooks.jsonl: every attempt to tell a customer's address, with the signature it carried."""

from __future__ import annotations

import json

from champion.lantern.clock import SECOND
from champion.lantern.logs.source import Source, Told
from champion.lantern.logs.stamps import iso
from champion.lantern.signing import body, secret, signature

NAME = "webhooks.jsonl"


def webhooks(source: Source) -> Told:
    """One line for every delivery."""
    sent = source.since("webhook_deliveries", "sent_at")
    hooks, events = sent["webhook_id"].values, sent["event_id"].values
    secrets = {hook: secret(source.dice, hook) for hook in sorted(set(hooks.tolist()))}
    rows = source.places("webhook_events", events)
    event = {name: held.taken(rows) for name, held in source.tables["webhook_events"].items()}
    uuids, types = event["uuid"].values.tolist(), event["type"].values.tolist()
    bodies = map(
        body,
        uuids,
        types,
        [f"{time}Z" for time in iso(event["generated_at"].values)],
        event["account_id"].values.tolist(),
        source.of("videos", "hashed_id", event["video_id"].values).tolist(),
        source.of("videos", "title", event["video_id"].values).tolist(),
        [quality or None for quality in event["quality"].values.tolist()],
    )
    columns = (
        iso(sent["sent_at"].values),
        sent["id"].values.tolist(),
        hooks.tolist(),
        uuids,
        types,
        sent["attempt"].values.tolist(),
        source.of("webhooks", "url", hooks).tolist(),
        (sent["signed_at"].values // SECOND).tolist(),
        bodies,
        [status or None for status in sent["status"].values.tolist()],
        [failure or None for failure in sent["failure"].values.tolist()],
        sent["duration_ms"].values.tolist(),
    )
    lines = [
        json.dumps(
            {
                "time": f"{time}Z",
                "delivery_id": number,
                "webhook_id": hook,
                "event": uuid,
                "type": kind,
                "attempt": attempt,
                "url": url,
                "signature": f"t={signed},v1={signature(secrets[hook], signed, content)}",
                "status": status,
                "failure": failure,
                "ms": ms,
            },
            separators=(",", ":"),
        )
        for time, number, hook, uuid, kind, attempt, url, signed, content, status, failure, ms in (
            zip(*columns, strict=True)
        )
    ]
    return Told(sent["sent_at"].values, lines)
