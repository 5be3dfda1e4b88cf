"""What is plausible and wrong leads elsewhere: the cases about programs, money and access."""

from __future__ import annotations

from tests.lantern import solvers_platform as solvers

from champion.lantern import Company
from champion.lantern.stories import cases
from champion.lantern.traps.asking import number, rows


def test_l_1113_another_token_would_not_help(companies: tuple[Company, ...]) -> None:
    every_scope = """
        SELECT count(*) FROM api_tokens WHERE account_id = 201
        AND scopes NOT LIKE '%read:videos%read:stats%write:videos%'"""
    elsewhere = """
        SELECT count(*) FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
        WHERE r.account_id <> 201 AND r.status = 200
        AND t.scopes = 'read:videos read:stats write:videos'"""
    for company in companies:
        assert number(company, every_scope) == 0
        assert solvers.plan_without_api(company)["with the new token"] > 0
        assert number(company, elsewhere) > 0
        asks = (
            "SELECT count(*) FROM api_requests "
            "WHERE error = 'unauthorized_scope' AND account_id = 201"
        )
        assert number(company, asks) == 0


def test_l_1115_the_limiter_counts_well(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.shared_limit(company)
        assert found["own at most"] < 600 < found["together at most"]
        answered = """
            SELECT max(n) FROM (SELECT count(*) AS n FROM api_requests
            WHERE account_id = 202 AND status = 200
            GROUP BY date_trunc('minute', requested_at)) m"""
        assert number(company, answered) == 600
        alone = """
            SELECT count(*) FROM api_requests WHERE account_id = 202 AND status = 429
            AND requested_at < (SELECT min(requested_at) FROM api_requests r
                                JOIN api_tokens t ON t.id = r.token_id
                                WHERE t.prefix = 'lnt_f1eld5')"""
        assert number(company, alone) == 0


def test_l_1116_nobody_clicked(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.created_twice(company)
        assert found["seconds between"] > 30
        took, client, who = rows(
            company,
            """SELECT max(duration_ms), min(client), count(DISTINCT token_id) FROM api_requests
               WHERE request_id IN (:first, :second)""",
            first=found["requests"][0],
            second=found["requests"][1],
        )[0]
        assert took > 30_000
        assert (client, who) == ("lantern-php/1.4.0", 1)


def test_l_1117_nothing_runs_in_a_circle(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.sent_twice(company)
        ready = (
            "SELECT count(*) FROM webhook_events WHERE account_id = 204 AND type = 'video.ready'"
        )
        videos = "SELECT count(*) FROM videos WHERE account_id = 204"
        assert number(company, ready) == number(company, videos) == found["events"]
        titles = "SELECT count(DISTINCT title) FROM videos WHERE account_id = 204"
        assert number(company, titles) < found["events"] < found["deliveries"]
        again = """
            SELECT count(*) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
            WHERE w.account_id = 204 AND d.attempt = 1 AND d.failure = 'timeout'"""
        assert number(company, again) == len(found["sent again"])


def test_l_1118_skipping_repeats_would_change_nothing(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT count(*), count(DISTINCT e.uuid), count(*) FILTER (WHERE e.type = 'video.ready')
        FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
        JOIN videos v ON v.id = e.video_id
        WHERE v.account_id = 205 AND v.title = 'Showcase, camera 2'"""
    for company in companies:
        assert rows(company, sql) == [(5, 5, 1)]
        all_of_them = solvers.each_rendition(company)["deliveries"]
        uuids = "SELECT count(DISTINCT uuid) FROM webhook_events WHERE account_id = 205"
        assert number(company, uuids) == 20 < all_of_them


def test_l_1121_we_went_on_sending(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.moved_endpoint(company)
        assert found["attempts in vain"] > 1
        assert found["not told"] > 1
        hours = """
            SELECT max(d.sent_at) - min(d.sent_at) >= INTERVAL '1 hour' FROM webhook_deliveries d
            JOIN webhooks w ON w.id = d.webhook_id WHERE w.account_id = 206
            AND d.failure IN ('redirect', 'certificate_expired')"""
        assert rows(company, hours) == [(True,)]
        friday = """
            SELECT min(CAST(d.sent_at AT TIME ZONE 'America/Halifax' AS date)) = DATE '2026-03-27'
            FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
            WHERE w.account_id = 206 AND d.failure IN ('redirect', 'certificate_expired')"""
        assert rows(company, friday) == [(True,)]


def test_l_1134_the_two_lines_add_up_to_half_of_the_difference(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.mid_month_upgrade(company)
        assert found["unused"] + found["new"] == found["total"] != 1_000
        assert found["new"] == (2 * 2_000 * found["days"] + 31) // 62
        other = "SELECT count(*) FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id "
        assert number(company, other + "WHERE i.account_id = 207 AND l.kind = 'usage'") == 1


def test_l_1135_the_bill_is_right_and_other_videos_look_guilty(
    companies: tuple[Company, ...],
) -> None:
    most = """
        SELECT v.hashed_id FROM {0} x JOIN videos v ON v.id = x.video_id
        WHERE v.account_id = 208 {1} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
    for company in companies:
        found = solvers.over_the_plan(company)
        assert found["total"] == 10_000 + found["gigabytes"] * 33
        within = "AND x.received_at >= '2026-02-18 09:00+00'"
        by_loads = rows(company, most.format("loads", within))[0][0]
        ever = rows(company, most.format("plays", ""))[0][0]
        assert len({found["top video"], by_loads, ever}) == 3


def test_l_1136_no_mail_lies_in_the_spam_folder(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.dead_mailbox(company)
        assert (found["sent since"], found["resets since"] > 2) == (0, True)
        hers = """
            SELECT count(*) FROM email_events e JOIN users u ON u.id = e.user_id
            WHERE u.account_id = 209 AND u.role = 'owner' AND e.event = :event"""
        assert rows(company, hers, event="delivered") == [(9,)]
        assert rows(company, hers, event="soft_bounced") == [(1,)]
        before = """
            SELECT count(*) FROM email_events e JOIN tickets t ON t.requester_id = e.user_id
            WHERE t.reference = 'L-1136' AND e.kind = 'password_reset' AND e.event = 'delivered'"""
        assert number(company, before) == 1


def test_l_1139_the_users_table_holds_two_colleagues_and_no_viewer(
    companies: tuple[Company, ...],
) -> None:
    sql = """
        SELECT DISTINCT u.account_id FROM plays p JOIN videos v ON v.id = p.video_id
        JOIN users u ON u.id = p.viewer_user_id WHERE v.hashed_id = 'orchard001'"""
    for company in companies:
        found = solvers.viewers_addresses(company)
        assert rows(company, sql) == [(210,)]
        assert found["signed in"] < found["viewers"]
        assert found["role"] not in ("owner", "manager")


def test_each_careless_condition_in_l_1155_finds_other_films(
    companies: tuple[Company, ...],
) -> None:
    careless = (
        "uploaded_by_id = :hers AND deleted_at IS NULL",
        "uploaded_by_id = :hers",
        "account_id = 283",
        "account_id = 283 AND deleted_at IS NULL",
        "account_id = 283 AND uploaded_by_id IS NULL",
        "uploaded_by_id = :his",
        "uploaded_by_id IN (SELECT id FROM users WHERE name = 'Fiona O''Shea') "
        "AND deleted_at IS NULL",
        "uploaded_by_id IN (SELECT id FROM users WHERE name = 'Fiona O''Shea')",
        "true",
    )
    for company in companies:
        found = solvers.her_name(company)
        hers = number(company, "SELECT id FROM users WHERE email = :email", email=found["from"])
        people = {"hers": hers, "his": found["to"]}
        counts = [
            number(
                company,
                f"SELECT count(*) FROM videos WHERE {condition}",
                **{name: one for name, one in people.items() if f":{name}" in condition},
            )
            for condition in careless
        ]
        assert counts[0] == found["videos"]
        assert len(set(counts)) == len(careless), f"seed {company.seed}: {counts}"


def test_bodies_are_broken_into_short_lines(companies: tuple[Company, ...]) -> None:
    told = [case.ticket for case in cases() if case.account in {*range(201, 211), 283}]
    assert len(told) == len(solvers.SOLVERS)
    sql = """
        SELECT m.body FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
        WHERE t.reference = :ticket"""
    for company in companies:
        for ticket in told:
            ((body,),) = rows(company, sql, ticket=ticket)
            assert max(map(len, body.splitlines())) <= 88, ticket
