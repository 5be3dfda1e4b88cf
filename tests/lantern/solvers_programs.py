"""Solvers of the cases about customers' programs: from tables, logs and what they attached."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.lantern.evidence import access_lines, app_lines, attached, webhook_lines
from tests.lantern.solvers import Found, _micros, _one, _rows

from champion.lantern import Company


def page_zero(company: Company) -> Found:
    """The last night's run in access.log, and what the pages that were answered hold."""
    calls = [line for line in access_lines(company) if line.client.endswith("export.php")]
    night = [line for line in calls if line.time > calls[-1].time - timedelta(minutes=5)]
    pages = {int(line.query["page"]): line.status for line in night}
    live = _rows(
        company,
        """SELECT hashed_id FROM videos WHERE account_id = 261 AND deleted_at IS NULL
           ORDER BY created_at""",
    )
    answered = tuple(sorted(page for page, status in pages.items() if status == 200))
    there = {row for page in answered for row in range((page - 1) * 100, page * 100)}
    missing = [hashed for row, (hashed,) in enumerate(live) if row not in there]
    ((refused, status),) = [each for each in pages.items() if each[1] != 200]
    tokens = {line.query["api_password"][:10] for line in night}
    script = attached(company, "L-1110-export.php").decode()
    assert tokens == set(re.findall(r"'(lnt_\w{6})", script))
    return {
        "videos": len(live),
        "rows in the file": len(live) - len(missing),
        "refused": (f"page={refused}", status),
        "pages answered": answered,
        "first that is missing": missing[0],
        "token in the address": tokens.pop(),
    }


def moving_pages(company: Company) -> Found:
    """Their list against ours, and what was changed while they read."""
    text = attached(company, "L-1111-elenco.csv").decode("utf-8")
    listed = [row["codice"] for row in csv.DictReader(io.StringIO(text), delimiter=";")]
    ((twice, _),) = [each for each in Counter(listed).items() if each[1] > 1]
    sql = "SELECT hashed_id, updated_at FROM videos WHERE account_id = 262 AND deleted_at IS NULL"
    updated = dict(_rows(company, sql))
    (missing,) = set(updated) - set(listed)
    pages = [
        line.time
        for line in access_lines(company)
        if line.client.startswith("axios") and line.query.get("sort_by") == "updated"
    ]
    run = [moment for moment in pages if moment > pages[-1] - timedelta(hours=1)]
    assert run[0] < updated[missing] < run[-1]
    (changed,) = [
        line["time"]
        for line in app_lines(company)
        if line["event"] == "video.changed" and line["video"] == missing
    ]
    assert abs(changed - updated[missing]) < timedelta(milliseconds=1)
    return {
        "rows": len(listed),
        "twice": twice,
        "missing": missing,
        "changed": _micros(updated[missing]),
        "pages read before": sum(moment < updated[missing] for moment in run),
    }


def lost_scope(company: Company) -> Found:
    """The code in app.jsonl, and who changed what in the audit log."""
    refused = [
        line
        for line in app_lines(company)
        if line["event"] == "request.refused" and line["token"] == "lnt_h4l1ev"
    ]
    (code,) = {line["code"] for line in refused}
    detail, who, moment = _one(
        company,
        """SELECT e.detail, u.name, e.happened_at FROM audit_events e
           JOIN users u ON u.id = e.user_id JOIN api_tokens t ON t.id = e.target_id
           WHERE e.action = 'token.scopes_changed' AND t.prefix = 'lnt_h4l1ev'""",
    )
    before, after = (set(part.split()) for part in detail.split("->"))
    sql = """
        SELECT count(*) FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
        WHERE t.prefix = 'lnt_h4l1ev' AND r.status = 200 AND r.requested_at >= :moment"""
    return {
        "code": code,
        "scope": (before - after).pop(),
        "by": who,
        "taken off": _micros(moment),
        "refused": len(refused),
        "answered since": _one(company, sql, moment=moment)[0],
    }


def on_the_hour(company: Company) -> Found:
    """Calls of the account by minute in access.log."""
    ids = dict(
        _rows(
            company,
            """SELECT r.request_id, t.prefix FROM api_requests r
               JOIN api_tokens t ON t.id = r.token_id WHERE r.account_id = 264""",
        )
    )
    calls = [line for line in access_lines(company) if line.request_id in ids]
    minutes = Counter(line.time.replace(second=0) for line in calls)
    refused = [line for line in calls if line.status >= 400]
    (status,) = {line.status for line in refused}
    (token,) = {ids[line.request_id] for line in refused if line.request_id}
    hours = {line.time.replace(second=0) for line in refused}
    log = attached(company, "L-1114-dashboard.log").decode()
    assert log.count("SyntaxError: Unexpected token 'T'") == len(refused)
    assert all(hour.minute == 0 for hour in hours)
    return {
        "hours": len(hours),
        "most in a minute": max(minutes.values()),
        "refused": len(refused),
        "status": status,
        "token": token,
    }


def signed_again(company: Company) -> Found:
    """Their request's raw bytes, signed with the secret in their script."""
    head, raw = attached(company, "L-1119-requete.txt").split(b"\r\n\r\n", 1)
    header = re.search(r"Lantern-Signature: t=(\d+),v1=([0-9a-f]{64})", head.decode())
    secret = re.search(r'SECRET = "(\w+)"', attached(company, "L-1119-webhook.py").decode())
    assert header
    assert secret
    moment, sent = header.groups()

    def signed(content: bytes) -> str:
        whole = f"{moment}.".encode() + content
        return hmac.new(secret[1].encode(), whole, hashlib.sha256).hexdigest()

    event = json.loads(raw)
    (delivery,) = [line for line in webhook_lines(company) if line["event"] == event["uuid"]]
    assert delivery["signature"] == f"t={moment},v1={sent}"
    return {
        "event": event["uuid"],
        "signed at": int(moment) * 1_000_000,
        "the raw body matches": signed(raw) == sent,
        "what they sign matches": signed(json.dumps(event).encode()) == sent,
    }


_VERDICT = re.compile(r"(\S+)Z (lms-\d) webhook event=(\S+) t=(\d+) (\w+)")


def slow_clock(company: Company) -> Found:
    """Their servers' own time of each delivery against ours."""
    sent = {
        (line["event"], int(line["signature"][2:].split(",")[0])): line
        for line in webhook_lines(company)
    }
    behind: dict[str, set[int]] = {"lms-1": set(), "lms-2": set()}
    refused: Counter[str] = Counter()
    for line in attached(company, "L-1120-verify.log").decode().splitlines():
        found = _VERDICT.match(line)
        assert found
        clock, server, event, signed, verdict = found.groups()
        if verdict == "REJECTED":
            refused[server] += 1
        delivery = sent[event, int(signed)]
        came = delivery["time"] + timedelta(milliseconds=delivery["ms"])
        there = datetime.fromisoformat(clock).replace(tzinfo=UTC)
        behind[server].add(round((came.replace(microsecond=0) - there).total_seconds()))
    wrong = max(behind, key=lambda server: max(behind[server]))
    (other,) = set(behind) - {wrong}
    tolerance = 300
    assert max(behind[other]) <= 1 < tolerance < max(behind[wrong])
    return {
        "server": wrong,
        "seconds behind": max(behind[wrong]),
        "refused": refused[wrong],
        "refused by the other": refused[other],
        "tolerance": tolerance,
    }


def twice_and_fanned(company: Company) -> Found:
    """The number that we wrote, with our query and without its join."""
    body, note = _one(
        company,
        """SELECT max(m.body) FILTER (WHERE m.visibility = 'public' AND m.author_kind = 'agent'),
                  max(m.body) FILTER (WHERE m.visibility = 'internal')
           FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
           WHERE t.account_id = 269""",
    )
    reported = int(re.findall(r"sent (\d+) notices", body)[0])
    (query,) = re.findall(r"SELECT.*?\d+\n", note, re.DOTALL)
    assert _one(company, query)[0] == reported
    sql = """
        SELECT v.hashed_id, e.uuid, count(*) FROM webhook_deliveries d
        JOIN webhook_events e ON e.id = d.event_id JOIN videos v ON v.id = e.video_id
        WHERE e.account_id = 269 GROUP BY 1, 2 ORDER BY 1"""
    counts = _rows(company, sql)
    deliveries = sum(times for *_, times in counts)
    logged = [line for line in webhook_lines(company) if "buceocalahonda" in line["url"]]
    assert {line["event"] for line in logged} <= {uuid for _, uuid, _ in counts}
    return {
        "events": len(counts),
        "deliveries": deliveries,
        "sent again": tuple(hashed for hashed, _, times in counts if times > 1),
        "we reported": reported,
        "times too many": reported // deliveries,
    }


def old_address(company: Company) -> Found:
    """The screen's calls in access.log, whose request ids lead to its token."""
    ids = dict(
        _rows(
            company,
            """SELECT r.request_id, t.prefix FROM api_requests r
               JOIN api_tokens t ON t.id = r.token_id WHERE r.account_id = 273""",
        )
    )
    calls = [line for line in access_lines(company) if line.request_id in ids]
    moved = [line for line in calls if line.status != 200]
    (status,), (path,), (program,) = (
        {line.status for line in moved},
        {line.path for line in moved},
        {line.client for line in moved},
    )
    good = [line for line in calls if line.status == 200]
    screen = [line for line in good if line.client.partition("/")[0] == program.partition("/")[0]]
    others = [line for line in good if line.ip_address == moved[0].ip_address]
    assert len(set(ids.values())) == 1
    assert {line.path for line in good} == {"/v1/videos"}
    times = dict(
        _rows(company, "SELECT request_id, requested_at FROM api_requests WHERE account_id = 273")
    )
    return {
        "status": status,
        "asked": path,
        "where it is": good[0].path,
        "program": program,
        "last good call of the screen": _micros(times[screen[-1].request_id]),
        "first call that was sent on": _micros(times[moved[0].request_id]),
        "calls that were sent on": len(moved),
        "answered from the same place": len(others),
    }


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1110": page_zero,
    "L-1111": moving_pages,
    "L-1112": lost_scope,
    "L-1114": on_the_hour,
    "L-1119": signed_again,
    "L-1120": slow_clock,
    "L-1145": twice_and_fanned,
    "L-1153": old_address,
}
"""By ticket."""
