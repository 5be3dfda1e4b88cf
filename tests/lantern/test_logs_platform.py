"""What logs tell of calls, mails, sign-ins and webhooks is what the tables say, both ways."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.lantern import reading
from tests.lantern.reading import START

from champion.lantern import Company
from champion.lantern.dice import Dice
from champion.lantern.signing import body, secret, signature
from champion.lantern.traps.asking import rows


def test_every_call_of_the_api_stands_in_the_access_log_once(one: Company) -> None:
    calls = reading.known(
        one,
        "SELECT request_id, requested_at, method, path, query, status, client, ip_address, "
        "duration_ms FROM api_requests",
    )
    told = [line for line in reading.access(one) if line.request_id]
    assert Counter(line.request_id for line in told) == Counter(list(calls))
    for line in told:
        moment, method, path, query, status, client, address, ms = calls[line.request_id]
        target = f"{path}?{query}" if query else path
        assert line.time == moment.replace(microsecond=0)
        assert (line.method, line.target, line.status) == (method, target, status)
        assert (line.client, line.ip_address, line.ms) == (client, address, ms)


def test_the_web_server_answers_a_few_by_itself(one: Company) -> None:
    alone = [line for line in reading.access(one) if line.request_id is None]
    assert {line.ms for line in alone} == {None}
    checks = [line.time for line in alone if line.target == "/health"]
    assert {later - sooner for sooner, later in pairwise(checks)} == {timedelta(minutes=10)}
    assert {line.status for line in alone if line.path == "/wp-login.php"} == {404}
    assert not {line.path for line in alone if line.path.startswith("/v1/")}


def test_bodies_are_as_large_as_what_they_hold(one: Company) -> None:
    for line in reading.access(one):
        if line.status in (204, 304, 499):
            assert line.bytes == 0
        elif line.status >= 400:
            assert 20 <= line.bytes <= 200
        elif line.path == "/v1/videos" and line.request_id and line.method == "GET":
            most = int(line.query.get("per_page", "25"))
            assert line.bytes == 2 or 390 <= line.bytes <= 2 + most * 420
        else:
            assert line.bytes >= 2


def test_a_page_behind_the_last_object_is_empty(one: Company) -> None:
    there = reading.known(one, "SELECT account_id, count(*) FROM videos GROUP BY 1")
    calls = reading.known(
        one, "SELECT request_id, account_id FROM api_requests WHERE path = '/v1/videos'"
    )
    behind = [
        line
        for line in reading.access(one)
        if line.request_id in calls
        and line.status == 200
        and (int(line.query.get("page", "1")) - 1) * int(line.query.get("per_page", "25"))
        >= there.get(calls[line.request_id][0], (0,))[0]
    ]
    assert behind
    assert {line.bytes for line in behind} == {2}


def test_whatever_the_application_tells_of_a_call_is_true(one: Company) -> None:
    calls = reading.known(
        one,
        "SELECT r.request_id, r.requested_at, r.account_id, t.prefix, r.method, r.path, r.status, "
        "r.error, r.duration_ms FROM api_requests r JOIN api_tokens t ON t.id = r.token_id",
    )
    told: Counter[str] = Counter()
    for line in reading.app(one):
        if not line["event"].startswith("request."):
            continue
        told[line["request_id"]] += 1
        moment, account, prefix, method, path, status, code, ms = calls[line["request_id"]]
        assert abs(line["time"] - moment) < timedelta(milliseconds=1)
        assert (line["account_id"], line["token"], line["ms"]) == (account, prefix, ms)
        assert line["status"] == status
        assert line.get("code") == code
        verb, route = line["route"].split()
        assert verb == method
        assert re.fullmatch(route.replace("{id}", "[^/]+"), path)
        assert line["event"] == _event(status, ms)
    must = {
        number
        for number, (_, _, _, method, _, status, _, ms) in calls.items()
        if status >= 400 or method != "GET" or ms >= 1_000 or int(number, 16) % 5 == 0
    }
    assert told == Counter(must)


def _event(status: int, ms: int) -> str:
    if status == 499:
        return "request.hung_up"
    if status >= 500:
        return "request.failed"
    if status >= 400:
        return "request.refused"
    return "request.slow" if ms >= 1_000 else "request.done"


def test_every_id_the_application_names_is_there_and_the_accounts_own(one: Company) -> None:
    users = reading.known(one, "SELECT id, account_id FROM users")
    tokens = reading.known(one, "SELECT prefix, account_id FROM api_tokens")
    calls = reading.known(one, "SELECT request_id, account_id FROM api_requests")
    accounts = reading.known(one, "SELECT id FROM accounts")
    connections = reading.known(one, "SELECT id, account_id FROM sso_connections")
    for line in reading.app(one):
        owner = line.get("account_id")
        assert owner is None or owner in accounts
        for name, known in (
            ("user_id", users),
            ("token", tokens),
            ("request_id", calls),
            ("sso_connection_id", connections),
        ):
            if line.get(name) is not None:
                assert known[line[name]] == (owner,), line


def test_every_mail_of_the_window_is_told_and_no_other(one: Company) -> None:
    events = Counter(
        rows(
            one,
            "SELECT message_key, 'mail.' || event, account_id, user_id, kind, address, detail, "
            "date_trunc('milliseconds', happened_at) FROM email_events "
            "WHERE happened_at >= '2026-03-17 12:00+00'",
        )
    )
    told = Counter(
        (
            line["message_key"],
            line["event"],
            line["account_id"],
            line["user_id"],
            line["kind"],
            line["to"],
            line.get("detail"),
            line["time"],
        )
        for line in reading.app(one)
        if line["event"].startswith("mail.")
    )
    assert told == events


def test_every_refused_sign_in_is_told_and_no_other(one: Company) -> None:
    tries = Counter(
        rows(
            one,
            "SELECT u.account_id, s.user_id, s.method, s.outcome, s.sso_connection_id, "
            "date_trunc('milliseconds', s.tried_at) FROM sign_ins s JOIN users u "
            "ON u.id = s.user_id WHERE s.outcome <> 'ok' AND s.tried_at >= '2026-03-17 12:00+00'",
        )
    )
    told = Counter(
        (
            line["account_id"],
            line["user_id"],
            line["method"],
            line["outcome"],
            line["sso_connection_id"],
            line["time"],
        )
        for line in reading.app(one)
        if line["event"] == "sign_in.refused"
    )
    assert told == tries


def test_background_jobs_and_releases_are_told_when_they_were(one: Company) -> None:
    jobs = reading.known(
        one,
        "SELECT j.id, j.kind, j.account_id, v.hashed_id, j.status, j.queued_at, j.finished_at "
        "FROM background_jobs j LEFT JOIN videos v ON v.id = j.video_id",
    )
    told = [line for line in reading.app(one) if line["event"] in ("job.queued", "job.finished")]
    for line in told:
        kind, account, video, status, queued, finished = jobs[line["job_id"]]
        assert (line["kind"], line["account_id"], line["video"]) == (kind, account, video)
        assert line["time"] == (queued if line["event"] == "job.queued" else finished)
        assert line.get("status", status) == status
    assert sum(line["event"] == "job.queued" for line in told) == sum(
        queued >= START for *_, queued, _ in jobs.values()
    )
    starts = {
        (line["service"], line["version"], line["time"].replace(microsecond=0))
        for line in reading.app(one)
        if line["event"] == "service.started"
    }
    releases = rows(
        one,
        "SELECT service, version, date_trunc('second', deployed_at) FROM deploys "
        "WHERE deployed_at >= '2026-03-17 12:00+00'",
    )
    assert set(releases) < starts


def test_the_slow_release_shows_in_both_logs(one: Company) -> None:
    ((start, stop, told),) = rows(
        one,
        "SELECT d.deployed_at, d.rolled_back_at, i.started_at FROM deploys d "
        "JOIN status_incidents i ON i.deploy_id = d.id",
    )
    slow = [line for line in reading.app(one) if line["event"] == "request.slow"]
    during = [line for line in slow if start <= line["time"] < stop]
    assert {line["route"] for line in during} <= {"GET /v1/videos/{id}/stats"}
    assert start < told < stop
    versions = [
        (line["time"], line["version"])
        for line in reading.app(one)
        if line["event"] == "service.started" and line["service"] == "api"
    ]
    assert start in [time for time, _ in versions]
    assert stop in [time for time, _ in versions]
    if one.scale == 1:
        calls = [
            line.ms
            for line in reading.access(one)
            if start <= line.time < stop and line.path.endswith("/stats") and line.status == 200
        ]
        assert len(during) > 20
        assert sorted(calls)[len(calls) // 2] > 1_000  # type: ignore[type-var]


def test_every_delivery_is_told_with_a_signature_that_can_be_verified(one: Company) -> None:
    sent = reading.known(
        one,
        "SELECT d.id, d.webhook_id, w.account_id, w.url, e.uuid, e.type, e.generated_at, "
        "e.account_id, v.hashed_id, v.title, e.quality, d.attempt, d.status, d.failure, "
        "d.duration_ms, d.signed_at, d.sent_at FROM webhook_deliveries d "
        "JOIN webhooks w ON w.id = d.webhook_id JOIN webhook_events e ON e.id = d.event_id "
        "JOIN videos v ON v.id = e.video_id WHERE d.sent_at >= '2026-03-17 12:00+00'",
    )
    assert Counter(line["delivery_id"] for line in reading.webhooks(one)) == Counter(list(sent))
    dice = Dice(one.seed)
    for line in reading.webhooks(one):
        hook, owner, url, uuid, kind, made, account, video, title, quality, *rest = sent[
            line["delivery_id"]
        ]
        attempt, status, failure, ms, signed, moment = rest
        assert owner == account
        assert (line["webhook_id"], line["url"]) == (hook, url)
        assert (line["event"], line["type"], line["attempt"]) == (uuid, kind, attempt)
        assert (line["status"], line["failure"], line["ms"]) == (status, failure, ms)
        assert abs(line["time"] - moment) < timedelta(milliseconds=1)
        content = body(uuid, kind, _iso(made), account, video, title, quality)
        seconds = int(signed.timestamp())
        by_hand = signature(secret(dice, hook), seconds, content)
        assert line["signature"] == f"t={seconds},v1={by_hand}"


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1_000:03d}Z"
