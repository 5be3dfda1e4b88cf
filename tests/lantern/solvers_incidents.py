"""Solvers of the cases about sign-ins, slowness, uploads and mails: from tables and logs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.lantern.evidence import (
    Access,
    access_lines,
    app_lines,
    attached,
    micros,
    worker_entries,
)
from tests.lantern.solvers import Found, _micros, _one, _rows

from champion.lantern import Company


def rotated_certificate(company: Company) -> Found:
    """What was refused since Monday, and with which certificate."""
    connection, held_until = _one(
        company,
        "SELECT id, certificate_expires_at FROM sso_connections WHERE account_id = 267",
    )
    refused = [
        line
        for line in app_lines(company)
        if line["event"] == "sso.answer_refused" and line["reason"] == "signature_mismatch"
    ]
    assert {line["sso_connection_id"] for line in refused} == {connection}
    ((held, seen),) = {(line["held"], line["seen"]) for line in refused}
    first, times, people = _one(
        company,
        """SELECT min(tried_at), count(*), count(DISTINCT user_id) FROM sign_ins s
           WHERE sso_connection_id = :connection AND outcome = 'sso_rejected'
             AND tried_at > (SELECT max(tried_at) FROM sign_ins o
                             WHERE o.sso_connection_id = :connection AND o.outcome = 'ok')""",
        connection=connection,
    )
    assert times == len(refused)
    return {
        "connection": connection,
        "first rejected": _micros(first),
        "rejected since": times,
        "people": people,
        "certificate we hold": held,
        "certificate they use": seen,
        "held until": _micros(held_until),
    }


def _percentile(calls: list[Access]) -> int:
    ordered = sorted(line.ms or 0 for line in calls)
    return ordered[-(-99 * len(ordered) // 100) - 1]


def slow_afternoon(company: Company) -> Found:
    """The release that was taken back, the status page, and their calls before and during it."""
    deployed, back, told = _one(
        company,
        """SELECT d.deployed_at, d.rolled_back_at, i.started_at FROM status_incidents i
           JOIN deploys d ON d.id = i.deploy_id WHERE d.rolled_back_at IS NOT NULL""",
    )
    own = {
        request
        for (request,) in _rows(
            company, "SELECT request_id FROM api_requests WHERE account_id = 268"
        )
    }
    calls = [line for line in access_lines(company) if line.request_id in own]
    stats = [line for line in calls if line.path.endswith("/stats")]
    slow = [line for line in app_lines(company) if line["event"] == "request.slow"]
    mine = [line for line in slow if line["account_id"] == 268]
    (route,) = {line["route"] for line in mine}
    start = deployed.replace(hour=0, minute=0, second=0)
    during = {line["request_id"] for line in mine}
    assert all(deployed <= line["time"] < back for line in mine)
    return {
        "endpoint": route,
        "from": _micros(deployed),
        "to": _micros(back),
        "status page from": _micros(told),
        "own slow calls": len(during),
        "99th percentile before": _percentile(
            [line for line in stats if start <= line.time < deployed]
        ),
        "99th percentile during": _percentile(
            [line for line in stats if deployed <= line.time < back]
        ),
    }


def never_finished(company: Company) -> Found:
    """From the request id in their log through app.jsonl to the jobs and the worker."""
    log = attached(company, "L-1150-grabber.log").decode()
    (theirs,) = re.findall(r"x-request-id=(\w{16})", log)
    lines = [line for line in app_lines(company) if "request_id" in line]
    (known,) = [line for line in lines if line["request_id"] == theirs and "video" in line]
    first = known["first_request_id"]
    mine = [line for line in lines if line["request_id"] == first]
    (accepted,) = [line for line in mine if line["event"] == "upload.accepted"]
    jobs = [line["job_id"] for line in mine if line["event"] == "encode.queued"]
    rows = {
        row[0]: row[1:]
        for row in _rows(
            company,
            """SELECT j.id, j.status, j.queued_at, j.started_at, j.finished_at FROM encode_jobs j
               JOIN videos v ON v.id = j.video_id WHERE v.hashed_id = :video""",
            video=accepted["video"],
        )
    }
    assert sorted(rows) == jobs
    lost, waiting = jobs
    (failure,) = [
        entry
        for entry in worker_entries(company)
        if entry.text == f"encode {lost} failed: worker_lost"
    ]
    full = [
        entry
        for entry in worker_entries(company)
        if entry.trace and entry.trace[-1].startswith("OSError: [Errno 28] No space left on device")
    ]
    assert {entry.worker for entry in full} == {failure.worker}
    assert (rows[waiting][0], rows[waiting][2]) == ("queued", None)
    _, _, started, finished = rows[lost]
    return {
        "request in their log": theirs,
        "first request": first,
        "video": accepted["video"],
        "jobs": (lost, waiting),
        "worker": failure.worker,
        "failed": _micros(finished),
        "seconds encoded": (finished - started) // timedelta(seconds=1),
        "waits since": _micros(rows[waiting][1]),
    }


def broken_off(company: Company) -> Found:
    """The calls of their van, and how much of each file came."""
    (body,) = _one(
        company,
        """SELECT m.body FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
           WHERE t.reference = 'L-1151'""",
    )
    (last,) = re.findall(r"\b[0-9a-f]{16}\b", body)
    (client,) = {line.ip_address for line in access_lines(company) if line.request_id == last}
    calls = [line for line in access_lines(company) if line.ip_address == client]
    mine = [line for line in calls if line.method == "POST" and line.path == "/v1/videos"]
    ids = [line.request_id for line in mine]
    broken: list[dict[str, Any]] = []
    codes: set[str] = set()
    for line in app_lines(company):
        if line.get("request_id") in ids:
            codes |= {line["code"]} if line["event"] == "request.refused" else set()
            broken += [line] if line["event"] == "upload.broken_off" else []
            assert line["event"] != "encode.queued"
    ((expected, idle),) = {(line["expected"], line["idle_ms"]) for line in broken}
    assert all(line.ms is not None and line.ms >= idle for line in mine)
    sql = """
        SELECT count(*) FROM encode_jobs j JOIN videos v ON v.id = j.video_id
        WHERE v.account_id = 271 AND v.uploaded_by_id IS NULL"""
    (status,) = {line.status for line in mine}
    (code,) = codes
    return {
        "requests": tuple(ids),
        "status": status,
        "code": code,
        "came at most": max(line["received"] for line in broken),
        "of": expected,
        "jobs": _one(company, sql)[0],
    }


def no_invitation(company: Company) -> Found:
    """What the mailer told of each person's invitation, in both parts of the log."""
    mails = [
        line
        for line in app_lines(company)
        if line["service"] == "mailer"
        and line.get("account_id") == 272
        and line.get("kind") == "invitation"
    ]
    (bounce,) = [line for line in mails if line["event"] == "mail.hard_bounced"]
    older = gzip.decompress((company.logs / "app.jsonl.1.gz").read_bytes()).decode("utf-8")
    newer = (company.logs / "app.jsonl").read_text(encoding="utf-8")
    assert f'hard_bounced","message_key":"{bounce["message_key"]}' not in newer
    assert bounce["message_key"] in older
    sent = {line["message_key"]: line for line in mails if line["event"] == "mail.sent"}
    waited = {
        line["user_id"]: (line["time"] - sent[line["message_key"]]["time"]) // timedelta(minutes=1)
        for line in mails
        if line["event"] == "mail.delivered"
    }
    sql = """
        SELECT happened_at FROM email_events WHERE event = 'hard_bounced' AND message_key = :key"""
    bounced = _micros(_one(company, sql, key=bounce["message_key"])[0])
    assert bounced // 1_000 == micros(bounce["time"]) // 1_000
    return {
        "whose": bounce["to"],
        "bounced": bounced,
        "file": "app.jsonl.1.gz",
        "not sent since": sum(line["event"] == "mail.suppressed" for line in mails),
        "minutes that others waited": tuple(waited[user] for user in sorted(waited)),
    }


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1137": rotated_certificate,
    "L-1140": slow_afternoon,
    "L-1150": never_finished,
    "L-1151": broken_off,
    "L-1152": no_invitation,
}
"""By ticket."""
