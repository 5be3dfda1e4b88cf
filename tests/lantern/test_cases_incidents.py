"""What is plausible and wrong leads elsewhere: sign-ins, slowness, uploads and mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.lantern import solvers_incidents as solvers
from tests.lantern.evidence import access_lines, app_lines, worker_entries

from champion.lantern import Company
from champion.lantern.traps.asking import number, rows


def test_l_1137_others_sign_in_and_the_certificate_we_hold_is_still_valid(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.rotated_certificate(company)
        assert found["held until"] > company.now.timestamp() * 1_000_000
        assert found["certificate we hold"] != found["certificate they use"]
        elsewhere = """
            SELECT count(*) FROM sign_ins WHERE outcome = 'ok'
            AND tried_at > TIMESTAMPTZ '2026-03-30 06:00+00'"""
        assert number(company, elsewhere) > 0
        everybody = "SELECT count(*) FROM users WHERE account_id = 267"
        assert number(company, everybody) == found["people"]
    through = elsewhere + " AND sso_connection_id <> 1068"
    assert number(companies[0], through) > 0


def test_l_1137_what_happened_to_silje_before_had_another_reason(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        refused = [line for line in app_lines(company) if line["event"] == "sso.answer_refused"]
        before = [line for line in refused if line["reason"] != "signature_mismatch"]
        assert [line["reason"] for line in before] == ["response_expired"]


def test_l_1140_their_other_calls_were_as_quick_as_ever(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT max(duration_ms) FROM api_requests WHERE account_id = 268
        AND path NOT LIKE '%/stats'"""
    for company in companies:
        found = solvers.slow_afternoon(company)
        assert number(company, sql) < 500
        assert found["own slow calls"] > 5
        assert found["99th percentile during"] > 10 * found["99th percentile before"]
        assert found["status page from"] - found["from"] == 21 * 60 * 1_000_000
    others = """
        SELECT count(*) FROM api_requests r, deploys d WHERE d.rolled_back_at IS NOT NULL
        AND r.requested_at BETWEEN d.deployed_at AND d.rolled_back_at
        AND r.path LIKE '%/stats' AND r.duration_ms >= 1000 AND r.account_id <> 268"""
    assert number(companies[0], others) > 10


def test_l_1150_matching_by_time_alone_leads_to_the_trailer(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.never_finished(company)
        posts = [
            line
            for line in access_lines(company)
            if line.method == "POST" and line.path == "/v1/videos"
        ]
        (first,) = [line for line in posts if line.request_id == found["first request"]]
        near = [line for line in posts if line.time == first.time and line is not first]
        assert [line.status for line in near] == [201]
        sql = """
            SELECT v.hashed_id, v.status FROM videos v JOIN encode_jobs j ON j.video_id = v.id
            WHERE v.account_id = 270 AND j.id = 27002 AND j.status = 'done'"""
        assert rows(company, sql) == [("verdun0002", "ready")]
        ids = {line["request_id"] for line in app_lines(company) if line.get("job_id") == 27002}
        assert ids == {near[0].request_id}


def test_l_1150_the_second_call_made_nothing(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.never_finished(company)
        sql = """
            SELECT status, body_digest FROM api_requests WHERE request_id IN (:a, :b)
            ORDER BY requested_at"""
        (first, digest), (again, same) = rows(
            company, sql, a=found["first request"], b=found["request in their log"]
        )
        assert (first, again, digest == same) == (499, 200, True)
        films = "SELECT count(*) FROM videos WHERE account_id = 270 AND status = 'processing'"
        assert number(company, films) == 1


def test_l_1150_the_wall_in_frankfurt_makes_the_job_an_hour_longer(
    companies: tuple[Company, ...],
) -> None:
    frankfurt = ZoneInfo("Europe/Berlin")
    for company in companies:
        found = solvers.never_finished(company)
        entries = [
            entry for entry in worker_entries(company) if entry.text.startswith("encode 27003 ")
        ]
        (start,) = [entry.wall for entry in entries if " started" in entry.text]
        (over,) = [entry.wall for entry in entries if " failed" in entry.text]
        wrong = (over - start).total_seconds()
        right = over.replace(tzinfo=frankfurt).astimezone(UTC) - start.replace(
            tzinfo=frankfurt
        ).astimezone(UTC)
        assert abs(right.total_seconds() - found["seconds encoded"]) <= 2
        assert abs(wrong - found["seconds encoded"] - 3_600) <= 2


def test_l_1150_a_second_try_usually_begins_within_minutes(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT max(started_at - queued_at), count(*) FROM encode_jobs
        WHERE attempt = 2 AND status = 'done'"""
    for company in companies:
        longest, count = rows(company, sql)[0]
        assert longest < timedelta(minutes=10)
        assert count > 0


def test_l_1151_no_encoder_ever_saw_their_file(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.broken_off(company)
        assert found["jobs"] == 0
        assert found["came at most"] < found["of"]
        night = [entry for entry in worker_entries(company) if "No space left" in str(entry.trace)]
        assert [entry.text.split()[1] for entry in night] == ["27003"]
        studio = """
            SELECT count(*) FROM videos v JOIN encode_jobs j ON j.video_id = v.id
            WHERE v.account_id = 271 AND v.status = 'ready' AND j.status = 'done'"""
        assert number(company, studio) == 2
        assert datetime(2026, 3, 29, tzinfo=UTC) < min(
            line.time for line in access_lines(company) if line.request_id in found["requests"]
        )


def test_l_1152_waiting_does_not_help_her(companies: tuple[Company, ...]) -> None:
    """Those whose mails were made to wait got them within two hours; hers was never sent again."""
    for company in companies:
        found = solvers.no_invitation(company)
        assert all(30 < minutes < 120 for minutes in found["minutes that others waited"])
        sql = """
            SELECT DISTINCT event FROM email_events e JOIN users u ON u.id = e.user_id
            WHERE lower(u.email) = :whose AND e.happened_at > (
                SELECT max(b.happened_at) FROM email_events b
                WHERE b.user_id = u.id AND b.event = 'hard_bounced')"""
        assert rows(company, sql, whose=found["whose"]) == [("suppressed",)]
        never = "SELECT last_seen_at FROM users WHERE lower(email) = :whose"
        assert rows(company, never, whose=found["whose"]) == [(None,)]


def test_l_1136_the_bounce_stands_in_the_log_in_use(companies: tuple[Company, ...]) -> None:
    for company in companies:
        current = (company.logs / "app.jsonl").read_text(encoding="utf-8")
        assert '"mail.hard_bounced"' in current
        told = [
            line
            for line in app_lines(company)
            if line.get("account_id") == 209 and line["event"] == "mail.hard_bounced"
        ]
        assert [line["kind"] for line in told] == ["password_reset"]
        assert all(line["message_key"] in current for line in told)
