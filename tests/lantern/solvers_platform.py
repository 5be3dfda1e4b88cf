"""Solvers of the cases about programs, money, mails and access."""

from __future__ import annotations

from collections.abc import Callable

from tests.lantern.solvers import Found, _micros, _one, _rows

from champion.lantern import Company


def plan_without_api(company: Company) -> Found:
    plan, refused, second, revoked = _one(
        company,
        """SELECT p.code, count(*) FILTER (WHERE r.error = 'plan_without_api'),
                  count(*) FILTER (WHERE r.error = 'plan_without_api' AND t.revoked_at IS NULL),
                  count(*) FILTER (WHERE r.error = 'unauthorized_credentials')
           FROM tickets q JOIN accounts a ON a.id = q.account_id JOIN plans p ON p.id = a.plan_id
           JOIN api_requests r ON r.account_id = a.id JOIN api_tokens t ON t.id = r.token_id
           WHERE q.reference = 'L-1113' AND NOT p.has_api GROUP BY p.code""",
    )
    return {"plan": plan, "refused": refused, "with the new token": second, "revoked": revoked}


def shared_limit(company: Company) -> Found:
    sql = """
        SELECT t.prefix, date_trunc('minute', r.requested_at), count(*),
               count(*) FILTER (WHERE r.status = 429)
        FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
        WHERE r.account_id = (SELECT account_id FROM api_tokens WHERE prefix = 'lnt_har5ow')
        GROUP BY 1, 2"""
    counts = _rows(company, sql)
    own = [row for row in counts if row[0] == "lnt_har5ow"]
    together: dict[object, int] = {}
    for _, minute, calls, _ in counts:
        together[minute] = together.get(minute, 0) + calls
    (other,) = {prefix for prefix, *_ in counts} - {"lnt_har5ow"}
    return {
        "refused": sum(refused for *_, refused in own),
        "own at most": max(calls for _, _, calls, _ in own),
        "together at most": max(together.values()),
        "other token": other,
    }


def created_twice(company: Company) -> Found:
    calls = _rows(
        company,
        """SELECT request_id, status, requested_at FROM (
               SELECT r.*, count(*) OVER (PARTITION BY account_id, body_digest) AS times
               FROM api_requests r WHERE method = 'POST' AND path = '/v1/folders') c
           WHERE times > 1 AND account_id = (SELECT account_id FROM tickets
                                             WHERE reference = 'L-1116')
           ORDER BY requested_at""",
    )
    (first, first_status, start), (second, second_status, again) = calls
    sql = """
        SELECT f.id FROM folders f JOIN tickets t ON t.account_id = f.account_id
        WHERE t.reference = 'L-1116' AND f.name = 'Installations April' ORDER BY 1"""
    return {
        "requests": (first, second),
        "statuses": (first_status, second_status),
        "seconds between": (again - start).seconds,
        "folders": tuple(folder for (folder,) in _rows(company, sql)),
    }


def sent_twice(company: Company) -> Found:
    sql = """
        SELECT v.hashed_id, e.uuid, count(*) FROM webhook_deliveries d
        JOIN webhook_events e ON e.id = d.event_id JOIN videos v ON v.id = e.video_id
        JOIN tickets t ON t.account_id = e.account_id
        WHERE t.reference = 'L-1117' GROUP BY 1, 2 ORDER BY 1"""
    counts = _rows(company, sql)
    return {
        "events": len({uuid for _, uuid, _ in counts}),
        "deliveries": sum(times for *_, times in counts),
        "sent again": tuple(video for video, _, times in counts if times > 1),
    }


def each_rendition(company: Company) -> Found:
    sql = """
        SELECT e.uuid, e.type, e.quality, e.generated_at FROM webhook_events e
        JOIN videos v ON v.id = e.video_id
        WHERE v.title = 'Showcase, camera 2' AND v.account_id = 205"""
    events = _rows(company, sql)
    (ready,) = [moment for _, kind, _, moment in events if kind == "video.ready"]
    deliveries = """
        SELECT count(*) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
        WHERE w.account_id = 205"""
    return {
        "events": len({uuid for uuid, *_ in events}),
        "qualities": tuple(sorted(quality for _, _, quality, _ in events if quality)),
        "ready at": _micros(ready),
        "deliveries": _one(company, deliveries)[0],
    }


def moved_endpoint(company: Company) -> Found:
    failure, attempts, off = _one(
        company,
        """SELECT max(d.failure), count(*), max(w.disabled_at) FROM webhook_deliveries d
           JOIN webhooks w ON w.id = d.webhook_id
           JOIN audit_events a ON a.target_id = w.id AND a.action = 'webhook.disabled'
           WHERE w.account_id = 206 AND a.actor = 'system' AND d.sent_at > (
               SELECT max(sent_at) FROM webhook_deliveries o
               WHERE o.webhook_id = w.id AND o.failure IS NULL)""",
    )
    never = """
        SELECT count(*) FROM webhook_events e WHERE account_id = 206 AND type = 'video.ready'
        AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d
                        WHERE d.event_id = e.id AND d.failure IS NULL)"""
    return {
        "failure": failure,
        "attempts in vain": attempts,
        "switched off": _micros(off),
        "not told": _one(company, never)[0],
    }


def mid_month_upgrade(company: Company) -> Found:
    unused, new, total, days = _one(
        company,
        """SELECT sum(l.amount_cents) FILTER (WHERE l.kind = 'unused'),
                  sum(l.amount_cents) FILTER (WHERE l.kind = 'new'), max(i.total_cents),
                  max(l.quantity)
           FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
           WHERE i.account_id = 207 AND l.kind IN ('unused', 'new')""",
    )
    return {"unused": unused, "new": new, "total": total, "days": days}


def over_the_plan(company: Company) -> Found:
    gigabytes, usage, total, start, stop = _one(
        company,
        """SELECT l.quantity, l.amount_cents, i.total_cents, l.starts_at, l.ends_at
           FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
           WHERE i.account_id = 208 AND l.kind = 'usage'
             AND i.issued_at >= '2026-03-01 00:00+00'""",
    )
    sql = """
        SELECT v.hashed_id FROM plays p JOIN videos v ON v.id = p.video_id
        WHERE v.account_id = 208 AND p.received_at >= :start AND p.received_at < :stop
        GROUP BY 1 ORDER BY sum(p.seconds_watched) DESC LIMIT 1"""
    (top,) = _one(company, sql, start=start, stop=stop)
    return {"gigabytes": gigabytes, "usage": usage, "total": total, "top video": top}


def dead_mailbox(company: Company) -> Found:
    events = _rows(
        company,
        """SELECT e.event, e.kind, e.happened_at FROM email_events e
           JOIN tickets t ON t.requester_id = e.user_id
           WHERE t.reference = 'L-1136' ORDER BY e.happened_at""",
    )
    (bounced,) = [moment for event, _, moment in events if event == "hard_bounced"]
    later = [(event, kind) for event, kind, moment in events if moment > bounced]
    return {
        "bounced": _micros(bounced),
        "resets since": later.count(("suppressed", "password_reset")),
        "sent since": sum(event in ("sent", "delivered") for event, _ in later),
    }


def viewers_addresses(company: Company) -> Found:
    role, owner = _one(
        company,
        """SELECT u.role, o.name FROM tickets t JOIN users u ON u.id = t.requester_id
           JOIN users o ON o.account_id = u.account_id AND o.role = 'owner'
           WHERE t.reference = 'L-1139'""",
    )
    viewers, known = _one(
        company,
        """SELECT count(DISTINCT p.visitor_key) FILTER (WHERE p.viewer_user_id IS NULL),
                  count(DISTINCT p.viewer_user_id)
           FROM plays p JOIN videos v ON v.id = p.video_id WHERE v.hashed_id = 'orchard001'""",
    )
    refused = """
        SELECT happened_at FROM audit_events
        WHERE account_id = 210 AND actor = 'support' AND action = 'export.requested'"""
    return {
        "role": role,
        "whom to ask": owner,
        "viewers": viewers,
        "signed in": known,
        "refused before": _micros(_one(company, refused)[0]),
    }


def her_name(company: Company) -> Found:
    """Whose films the ticket speaks of: she has left, and he who asks is of the same account."""
    people = "SELECT {} FROM users u JOIN tickets t ON t.account_id = u.account_id {} :name"
    whose = "WHERE t.reference = 'L-1155' AND u.name ="
    hers, address = _one(company, people.format("u.id, u.email", whose), name="Fiona O'Shea")
    (his,) = _one(company, people.format("u.id", whose), name="Tadhg Nolan")
    there, deleted = _one(
        company,
        """SELECT count(*) FILTER (WHERE deleted_at IS NULL), count(deleted_at)
           FROM videos WHERE uploaded_by_id = :hers""",
        hers=hers,
    )
    return {"from": address, "to": his, "videos": there, "deleted": deleted}


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1113": plan_without_api,
    "L-1115": shared_limit,
    "L-1116": created_twice,
    "L-1117": sent_twice,
    "L-1118": each_rendition,
    "L-1121": moved_endpoint,
    "L-1134": mid_month_upgrade,
    "L-1135": over_the_plan,
    "L-1136": dead_mailbox,
    "L-1139": viewers_addresses,
    "L-1155": her_name,
}
"""By ticket."""
