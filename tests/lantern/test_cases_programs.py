"""What is plausible and wrong leads elsewhere: customers' programs, their logs and their files."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from datetime import timedelta

from tests.lantern import solvers_programs as solvers
from tests.lantern.evidence import access_lines, app_lines, attached, webhook_lines

from champion.lantern import Company
from champion.lantern.traps.asking import number, rows


def test_l_1110_new_videos_are_not_late(companies: tuple[Company, ...]) -> None:
    """The newest is old enough, and a page 4 would hold all that is missing."""
    for company in companies:
        found = solvers.page_zero(company)
        sql = """
            SELECT count(*) FROM videos WHERE account_id = 261 AND deleted_at IS NULL
            AND created_at < TIMESTAMPTZ '2026-03-01 00:00+00'"""
        assert number(company, sql) > found["rows in the file"]
        assert found["rows in the file"] < found["videos"] <= 400
        asked = [line for line in access_lines(company) if line.client.endswith("export.php")]
        assert "4" not in {line.query["page"] for line in asked}
        assert Counter(line.status for line in asked if line.query["page"] == "0").keys() == {422}


def test_l_1110_the_short_night_was_another_matter(companies: tuple[Company, ...]) -> None:
    sql = "SELECT count(*) FROM api_requests WHERE account_id = 261 AND status = 503"
    for company in companies:
        assert number(company, sql) == 1


def test_l_1110_a_token_stands_readable_in_the_log(companies: tuple[Company, ...]) -> None:
    """The only one of the company: what a lesson on privacy looks for."""
    for company in companies:
        seen = {
            (line.ip_address, line.query["api_password"])
            for line in access_lines(company)
            if "api_password" in line.query
        }
        ((address, token),) = seen
        assert len(token) > 30
        assert token in attached(company, "L-1110-export.php").decode()
        prefix = rows(company, "SELECT prefix FROM api_tokens WHERE account_id = 261 AND id < 2000")
        assert [token[:10]] == [each for (each,) in prefix]
        assert address == "203.0.113.58"


def test_l_1111_the_database_has_neither_lost_nor_doubled_a_video(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.moving_pages(company)
        sql = "SELECT count(*) FROM videos WHERE account_id = 262 AND hashed_id = :id"
        assert {number(company, sql, id=found[name]) for name in ("twice", "missing")} == {1}
        listed = rows(
            company,
            """SELECT hashed_id FROM videos WHERE account_id = 262 AND deleted_at IS NULL
               ORDER BY updated_at DESC""",
        )
        assert len(listed) == found["rows"]
        assert listed[found["pages read before"] * 50] == (found["twice"],)
        assert listed[0] == (found["missing"],)
        same = """
            SELECT title FROM videos WHERE account_id = 262 AND deleted_at IS NULL
            GROUP BY 1 HAVING count(*) > 1"""
        ((title,),) = rows(company, same)
        twice = "SELECT title FROM videos WHERE hashed_id = :id"
        assert rows(company, twice, id=found["twice"]) != [(title,)]


def test_l_1112_the_token_is_good_and_another_one_was_revoked(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.lost_scope(company)
        assert found["answered since"] > 0
        assert found["code"] == "unauthorized_scope"
        codes = {
            (line["token"], line["code"])
            for line in app_lines(company)
            if line["event"] == "request.refused" and line["account_id"] == 263
        }
        assert {code for token, code in codes if token == "lnt_h4l1ev"} == {found["code"]}
        assert ("lnt_0ldsit", "unauthorized_credentials") in codes
        sql = "SELECT revoked_at FROM api_tokens WHERE prefix = 'lnt_h4l1ev'"
        assert rows(company, sql) == [(None,)]
        unpaid = "SELECT count(*) FROM api_requests WHERE account_id = 263 AND error = :code"
        assert number(company, unpaid, code="account_inactive") == 0


def test_l_1114_nothing_was_down_at_the_full_hour(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.on_the_hour(company)
        answers = """
            SELECT r.status, count(*) FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
            WHERE t.prefix = 'lnt_y4rra7' AND extract(minute FROM requested_at) = 0 GROUP BY 1"""
        counts = dict(rows(company, answers))
        assert counts == {200: 600 * found["hours"], 429: found["refused"]}
        half = """
            SELECT DISTINCT r.status FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
            WHERE t.prefix = 'lnt_y4rra7' AND extract(minute FROM requested_at) BETWEEN 30 AND 36"""
        assert rows(company, half) == [(200,)]
        assert found["most in a minute"] > 600


def test_l_1119_the_secret_was_right(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.signed_again(company)
        assert (found["the raw body matches"], found["what they sign matches"]) == (True, False)
        raw = attached(company, "L-1119-requete.txt").split(b"\r\n\r\n", 1)[1]
        length = re.search(rb"Content-Length: (\d+)", attached(company, "L-1119-requete.txt"))
        assert length
        assert int(length[1]) == len(raw)
        wrong = hmac.new(b"whsec_0", b"1." + raw, hashlib.sha256).hexdigest()
        assert wrong not in {line["signature"][-64:] for line in webhook_lines(company)}


def test_l_1120_the_second_server_has_the_right_secret(companies: tuple[Company, ...]) -> None:
    """It accepted others before its clock was wrong, and the first accepts what it refused."""
    for company in companies:
        found = solvers.slow_clock(company)
        log = attached(company, "L-1120-verify.log").decode().splitlines()
        second = [line for line in log if " lms-2 " in line]
        assert second[0].endswith(" ok")
        refused = {line.split("event=")[1][:36] for line in log if "REJECTED" in line}
        accepted = {line.split("event=")[1][:36] for line in log if line.endswith(" ok")}
        assert refused <= accepted
        assert len(refused) == found["refused"] > 1
        sql = """
            SELECT count(*) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
            WHERE w.account_id = 266 AND d.status = 400"""
        assert number(company, sql) == found["refused"]


def test_l_1145_sending_twice_does_not_explain_our_number(companies: tuple[Company, ...]) -> None:
    """Nor does one webhook for each rendition: none of those was sent to them."""
    for company in companies:
        found = solvers.twice_and_fanned(company)
        assert found["we reported"] > 2 * found["deliveries"] > 2 * found["events"]
        kinds = """
            SELECT DISTINCT e.type FROM webhook_deliveries d
            JOIN webhook_events e ON e.id = d.event_id WHERE e.account_id = 269"""
        assert rows(company, kinds) == [("video.ready",)]
        titles = "SELECT count(DISTINCT title) FROM videos WHERE account_id = 269"
        assert number(company, titles) == found["events"] - 1
        apart = """
            SELECT min(b.sent_at - a.sent_at) FROM webhook_deliveries a
            JOIN webhook_deliveries b ON b.event_id = a.event_id AND b.attempt = 2
            JOIN webhook_events e ON e.id = a.event_id
            WHERE e.account_id = 269 AND a.attempt = 1 AND a.failure = 'timeout'"""
        assert rows(company, apart)[0][0] > timedelta(minutes=1)


def test_l_1153_nothing_was_down_and_the_new_router_lets_calls_through(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.old_address(company)
        lines = list(access_lines(company))
        since = [line for line in lines if line.time.strftime("%m-%d") in ("03-30", "03-31")]
        checks = [line for line in since if line.path == "/health"]
        assert len(checks) > 200
        assert {line.status for line in checks} == {200}
        (address,) = {line.ip_address for line in lines if line.client == found["program"]}
        there = [line for line in lines if line.ip_address == address]
        first, last = there[0].time, there[-1].time
        by_hand = [line.time for line in there if line.status == 200]
        assert first < by_hand[0] < by_hand[-1] < last
        sql = "SELECT count(DISTINCT token_id) FROM api_requests WHERE account_id = 273"
        assert number(company, sql) == 1
        moved = "SELECT account_id FROM api_requests WHERE status = 301 GROUP BY 1"
        assert rows(company, moved) == [(273,)]
