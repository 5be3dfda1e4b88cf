"""The dictionary of the logs: what each one is, its fields, and every oddity."""

from __future__ import annotations

from dataclasses import dataclass

from champion.lantern.logs import cdn
from champion.lantern.logs.fetches import (
    PLAYER_SAMPLE,
    SEGMENT_SAMPLE,
    THUMB_SAMPLE,
)
from champion.lantern.logs.playlists import SEGMENT


@dataclass(frozen=True)
class LogFile:
    """One log in words.

    Attributes:
        name: of the file in the folder of logs.
        comment: what it tells; its first sentence alone says so in a line.
        example: a line of it.
        fields: name and meaning, in their order.
        oddities: what surprises, a sentence or two each.
    """

    name: str
    comment: str
    example: str
    fields: tuple[tuple[str, str], ...]
    oddities: tuple[str, ...]


WHAT_ALL_SHARE = (
    "The logs hold the last 14 days, from 2026-03-17 12:00 UTC. What is older than 2026-03-24 "
    "00:00 UTC lies gzipped beside each log, as access.log.1.gz beside access.log. Lines stand in "
    "order of time, in UTF-8. Times are UTC, except in worker.log."
)

WHAT_FILES_ARE = (
    "What customers attached to their tickets lies in the folder files, under the names that "
    "ticket_attachments has: the ticket's number, a hyphen, and the name it had. The files are the "
    "customers' own, bytes and all: nothing about them need be tidy, and they may hold cookies, "
    "tokens and other people's names."
)

_ACCESS = LogFile(
    "access.log",
    "Requests to the API, as its web server saw them. Every row of api_requests has exactly one "
    "line; lines beyond those never reached the application.",
    '203.0.113.141 - - [30/Mar/2026:17:04:11 +0000] "GET /v1/videos?page=1&per_page=100 HTTP/1.1" '
    '200 18423 "-" "lantern-python/2.3.1" 9f8e7d6c5b4a3921 0.137',
    (
        ("address", "Where it came from: api_requests.ip_address."),
        ("two hyphens", "Fields that nobody uses any more."),
        (
            "[time]",
            "When the request came, in UTC, whole seconds. Common web servers write the time of "
            "the answer; this one writes when it came.",
        ),
        (
            '"request"',
            "Method, target and protocol. The target is path, question mark and query; it is "
            "written as it came, secrets included.",
        ),
        ("status", "The HTTP status of the answer. 499: the caller hung up first."),
        (
            "bytes",
            "Size of the answer's body, without its headers. A list that is empty has 2 bytes: []. "
            "0 with 499.",
        ),
        ('"referer"', 'The page it came from; programs send none: "-".'),
        ('"client"', "What the caller calls itself: api_requests.client."),
        ("request id", "api_requests.request_id. - when the application never saw it."),
        (
            "seconds",
            "How long the application took: api_requests.duration_ms, in seconds with three "
            "decimals. - when the application never saw it.",
        ),
    ),
    (
        "A monitor asks for /health every ten minutes; crawlers and scanners for /wp-login.php and "
        "the like come as to every server. The web server answers them itself.",
    ),
)

_APP = LogFile(
    "app.jsonl",
    "What Lantern's own programs tell of their work, one JSON object a line. Every line has time, "
    "level, service and event; the other fields depend on the event.",
    '{"time":"2026-03-30T17:04:11.412Z","level":"WARNING","service":"api",'
    '"event":"request.refused","request_id":"9f8e7d6c5b4a3921","account_id":228,'
    '"token":"lnt_pcc41w","route":"GET /v1/videos","status":403,"code":"plan_without_api","ms":4}',
    (
        (
            "time",
            "When it was, in UTC, milliseconds cut off; for a request, when it came, as in "
            "access.log.",
        ),
        ("level", "DEBUG, INFO, WARNING or ERROR."),
        ("service", "api, app, player, encoder, billing or mailer."),
        (
            "event",
            "request.refused (an answer of 400 to 498), request.failed (500 and above), "
            "request.hung_up (499), request.slow (an answer that went well and took 1,000 ms or "
            "more), request.done (any other that went well); mail.sent, mail.delivered, "
            "mail.soft_bounced, mail.hard_bounced, mail.suppressed; sign_in.refused, "
            "sso.answer_refused; job.queued, job.finished; service.started; upload.accepted (the "
            "file of a POST is whole), upload.known (the same Idempotency-Key had come before), "
            "upload.broken_off, encode.queued; video.changed, thumbnail.changed. Others are rare, "
            "and have fields of their own.",
        ),
        (
            "request_id, account_id, token, route, status, code, ms",
            "For a request: as in api_requests; token is api_tokens.prefix, and route the path "
            "with {id} for what varies. code only when it was refused or failed.",
        ),
        ("error", "For request.failed: the exception, and where it was raised."),
        (
            "message_key, account_id, user_id, kind, to, detail",
            "For a mail: as in email_events; to is the address. detail only when it bounced.",
        ),
        (
            "account_id, user_id, method, outcome, sso_connection_id",
            "For a refused sign-in: as in sign_ins.",
        ),
        (
            "reason, held, seen",
            "For sso.answer_refused, what was wrong with the answer of an identity provider: "
            "signature_mismatch (with the beginnings of two fingerprints: of the certificate we "
            "hold, and of the one it was signed with) or response_expired.",
        ),
        (
            "request_id, account_id, video, bytes, idempotency_key, first_request_id",
            "For an upload by program: video is videos.hashed_id. upload.known names the request "
            "that brought the file.",
        ),
        (
            "received, expected, idle_ms",
            "For upload.broken_off: bytes that came, bytes that were announced, and how long we "
            "waited for the rest.",
        ),
        (
            "request_id, job_id, attempt",
            "For encode.queued: the request that brought the file, and the row of encode_jobs. "
            "Only uploads by program have such a line.",
        ),
        ("fields", "For video.changed: what user_id changed of the video."),
        (
            "job_id, kind, account_id, video, status",
            "For a background job: as in background_jobs; video is videos.hashed_id. null where "
            "there is none. status only when it is finished.",
        ),
        (
            "version",
            "For service.started: the release that runs from then on. After a release was taken "
            "back it is the one before.",
        ),
        (
            "account_id, user_id, video, version, bytes",
            "For a thumbnail that was changed: who changed it, videos.hashed_id, how many pictures "
            "the video has had, and the size of the new one.",
        ),
    ),
    (
        "request.done is a sample: every POST, but only one GET in five (those whose request id, "
        "read as a number, divides by five). So counts of requests come from access.log. Refused, "
        "failed and slow requests are all there.",
        "A few lines are no JSON, as in life: empty ones, a warning of some library, a line that "
        "breaks off because the program was ended (it is written again, whole, after the restart).",
    ),
)

_WORKER = LogFile(
    "worker.log",
    "What the machines tell that encode videos and do background jobs. Plain text; an entry of "
    "level ERROR has a stack trace below it, whose lines begin with no time.",
    "2026-03-30 19:06:02,118 INFO     [encoder-3] encode 48211 started: video=hpspring26 attempt=1",
    (
        (
            "time",
            "The wall clock of the machine room in Frankfurt (Europe/Berlin), without saying so: "
            "one hour ahead of UTC until 2026-03-29 01:00 UTC, two hours after. The hour from "
            "02:00 to 03:00 of that day does not exist. Milliseconds stand after a comma.",
        ),
        ("level", "DEBUG, INFO, WARNING or ERROR, padded to eight characters."),
        ("[worker]", "encoder-1 to encoder-6, jobs-1 or jobs-2."),
        (
            "text",
            "encode and an id of encode_jobs, or job and an id of background_jobs; then queued, "
            "started, progress, noticed, done or failed, and what belongs to it. After failed "
            "stands encode_jobs.error_code, or background_jobs.kind. noticed, a WARNING, is about "
            "the file, which is encoded all the same; it comes where sound and picture part by "
            "more than 400 ms, or where a customer's trouble is looked into. Now and then a worker "
            "tells of its machine instead: a disk that fills, a job that waits.",
        ),
    ),
    (
        "An entry is written up to a second after the moment in the table.",
        "The log is rotated at midnight UTC, which is 01:00 in Frankfurt.",
    ),
)

_CDN = LogFile(
    cdn.NAME,
    "What the CDN's locations answered when players asked for videos. Fields are separated by "
    "tabs; lines that begin with # stand at the top of each file and name them.",
    "2026-03-30T17:04:11Z fra2 198.51.100.7 GET cdn.lantern.example "
    "/v/hpspring26/720p/seg-00012.ts 200 HIT 23 812344 https://www.… Mozilla/5.0 …",
    (
        ("time", "When the request came, in UTC, whole seconds."),
        (
            "edge",
            "The location that answered: fra2 (Frankfurt), lhr1 (London), iad3 (Washington), sjc1 "
            "(San José), gru1 (São Paulo), bom2 (Mumbai) or syd1 (Sydney). Usually the one that is "
            "nearest to the viewer.",
        ),
        ("client_ip", "The viewer's address."),
        ("method", "GET."),
        ("host", "cdn.lantern.example."),
        (
            "path",
            "/v/ and videos.hashed_id, then thumb.jpg (the still picture), master.m3u8 (the list "
            "of renditions, asked for when somebody presses play), a quality and index.m3u8 (that "
            "rendition's list of segments), or a quality and seg-00012.ts (one segment of "
            f"{SEGMENT} seconds, counted from 0). /player/v4/player.js is the player.",
        ),
        (
            "status",
            "200; 304 (the browser has it already); 403 (the page's host is not among the "
            "customer's allowed_domains); 504 (our own storage did not answer).",
        ),
        (
            "cache",
            "HIT (from the location's own disk), MISS or EXPIRED (fetched from our storage first), "
            "or - when it was refused.",
        ),
        ("ttfb_ms", "Milliseconds until the first byte of the answer went out."),
        ("bytes", "Size of the answer's body; 0 with 304."),
        ("referer", "The page that asked. - when the browser, or the app, did not say."),
        ("user_agent", "What the browser calls itself."),
    ),
    (
        f"Of what goes well, only one request in {THUMB_SAMPLE} for thumb.jpg, one in "
        f"{SEGMENT_SAMPLE} for a segment and one in {PLAYER_SAMPLE} for the player is logged; "
        "every master.m3u8 and index.m3u8 is, and every refusal. So bytes do not add up to what "
        "was sent. While a colleague looks into a customer's trouble, more of theirs is logged.",
        "A location keeps thumb.jpg for seven days and does not ask meanwhile whether it was "
        "changed; with anything behind a question mark it counts as another file.",
        "A site whose pages send no referrer, and whose owner lists allowed hosts, is refused: the "
        "referer is - and so the host is not on the list.",
    ),
)

_WEBHOOKS = LogFile(
    "webhooks.jsonl",
    "Attempts to tell customers' addresses what happened, one JSON object a line. Every row "
    "of webhook_deliveries of these days has exactly one.",
    '{"time":"2026-03-30T17:04:11.412Z","delivery_id":51,"webhook_id":816,"event":"880f46e5-…",'
    '"type":"video.ready","attempt":1,"url":"https://…","signature":"t=1774889051,v1=c2024a60…",'
    '"status":200,"failure":null,"ms":153}',
    (
        ("time", "When it was sent, in UTC."),
        ("delivery_id", "webhook_deliveries.id."),
        ("webhook_id", "webhooks.id."),
        ("event", "webhook_events.uuid: the same for every attempt, and for every address."),
        ("type", "webhook_events.type."),
        ("attempt", "1 for the first, at most 5."),
        ("url", "Where to."),
        (
            "signature",
            "The header Lantern-Signature: t= whole seconds since 1970 by our clock, v1= the "
            "HMAC-SHA256, under the webhook's secret, of t, a full stop and the body as it was "
            "sent. The secret is in no table and no log.",
        ),
        ("status", "The HTTP status they answered. null without an answer."),
        ("failure", "Why it does not count as told, as in webhook_deliveries. null when it does."),
        ("ms", "How long they took, in milliseconds."),
    ),
    ("The body itself is not logged.",),
)

LOG_FILES: dict[str, LogFile] = {
    each.name: each for each in (_ACCESS, _APP, _WORKER, _CDN, _WEBHOOKS)
}
"""Every log by its name."""
