"""Money adds up, and nothing on the platform happens before or after it can."""

from __future__ import annotations

import pytest

from champion.lantern import Company
from champion.lantern.schema import Base
from champion.lantern.traps.asking import rows

NEVER = {
    "a bill that is not the sum of its lines": "SELECT i.id FROM invoices i "
    "LEFT JOIN invoice_lines l ON l.invoice_id = i.id GROUP BY i.id, i.total_cents "
    "HAVING coalesce(sum(l.amount_cents), -1) <> i.total_cents",
    "a line that is not quantity times price": "SELECT 1 FROM invoice_lines "
    "WHERE kind IN ('plan', 'usage') AND amount_cents <> quantity * unit_cents",
    "an unused part without a new one, or of other days": "SELECT invoice_id FROM invoice_lines "
    "WHERE kind IN ('unused', 'new') GROUP BY invoice_id HAVING count(*) <> 2 "
    "OR count(DISTINCT kind) <> 2 OR count(DISTINCT quantity) <> 1 OR count(DISTINCT ends_at) <> 1",
    "a sign that does not fit its line": "SELECT 1 FROM invoice_lines "
    "WHERE (kind = 'unused') <> (amount_cents < 0)",
    "a change of plan that costs more than its days": "SELECT 1 FROM invoice_lines "
    "WHERE kind IN ('unused', 'new') AND abs(amount_cents) > unit_cents * 12",
    "a bill without a subscription": "SELECT 1 FROM invoice_lines l "
    "JOIN invoices i ON i.id = l.invoice_id WHERE l.kind = 'plan' AND NOT EXISTS "
    "(SELECT 1 FROM subscriptions s WHERE s.account_id = i.account_id AND s.plan_id = l.plan_id "
    "AND s.price_cents = l.unit_cents AND s.started_at <= i.issued_at "
    "AND coalesce(s.ended_at > i.issued_at, true))",
    "a subscription that nobody was billed for": "SELECT 1 FROM subscriptions s WHERE NOT EXISTS "
    "(SELECT 1 FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id "
    "WHERE i.account_id = s.account_id AND l.plan_id = s.plan_id)",
    "a month that is billed twice": "SELECT 1 FROM invoice_lines l "
    "JOIN invoices i ON i.id = l.invoice_id WHERE l.kind = 'plan' "
    "GROUP BY i.account_id, l.starts_at HAVING count(*) > 1",
    "a month between two bills": "SELECT 1 FROM (SELECT i.account_id, l.starts_at, "
    "lag(l.ends_at) OVER (PARTITION BY i.account_id ORDER BY l.starts_at) AS before "
    "FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE l.kind = 'plan') p "
    "WHERE p.before <> p.starts_at",
    "a paid bill without exactly one payment": "SELECT i.id FROM invoices i "
    "LEFT JOIN payments p ON p.invoice_id = i.id AND p.status <> 'failed' "
    "GROUP BY i.id, i.status HAVING count(p.id) <> CASE i.status WHEN 'paid' THEN 1 ELSE 0 END",
    "a payment of another amount": "SELECT 1 FROM payments p JOIN invoices i "
    "ON i.id = p.invoice_id WHERE p.amount_cents <> i.total_cents",
    "a payment before its bill": "SELECT 1 FROM payments p JOIN invoices i "
    "ON i.id = p.invoice_id WHERE p.tried_at < i.issued_at OR p.refunded_at < p.tried_at",
    "a failure after success": "SELECT 1 FROM payments f JOIN payments p "
    "ON p.invoice_id = f.invoice_id AND p.status <> 'failed' "
    "WHERE f.status = 'failed' AND f.tried_at > p.tried_at",
    "a reason without a failure": "SELECT 1 FROM payments "
    "WHERE (status = 'failed') <> (failure IS NOT NULL) "
    "OR (status = 'refunded') <> (refunded_at IS NOT NULL)",
    "a customer past due who owes nothing": "SELECT 1 FROM accounts a WHERE status = 'past_due' "
    "AND NOT EXISTS (SELECT 1 FROM invoices i JOIN payments p ON p.invoice_id = i.id "
    "WHERE i.account_id = a.id AND i.status = 'open' AND p.status = 'failed')",
    "a guest at home": "SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id "
    "WHERE u.account_id = m.account_id",
    "a guest invited by a stranger": "SELECT 1 FROM memberships m JOIN users u "
    "ON u.id = m.invited_by_id WHERE u.account_id <> m.account_id",
    "a guest before they or their host were there": "SELECT 1 FROM memberships m "
    "JOIN users u ON u.id = m.user_id JOIN accounts a ON a.id = m.account_id "
    "WHERE m.created_at < u.created_at OR m.created_at < a.created_at "
    "OR m.created_at > a.closed_at OR m.ended_at < m.created_at",
    "a sign-in after somebody was last seen": "SELECT 1 FROM sign_ins s "
    "JOIN users u ON u.id = s.user_id WHERE s.outcome = 'ok' AND s.tried_at > u.last_seen_at",
    "somebody seen without a sign-in": "SELECT 1 FROM users u "
    "WHERE u.last_seen_at > '2025-12-31 12:00+00' AND NOT EXISTS (SELECT 1 FROM sign_ins s "
    "WHERE s.user_id = u.id AND s.tried_at = u.last_seen_at AND s.outcome = 'ok')",
    "a sign-in before the invitation": "SELECT 1 FROM sign_ins s JOIN users u "
    "ON u.id = s.user_id WHERE s.tried_at < u.created_at",
    "a sign-in by somebody who was sent away": "SELECT 1 FROM sign_ins s JOIN users u "
    "ON u.id = s.user_id WHERE (s.outcome = 'deactivated') <> "
    "coalesce(s.tried_at > u.deactivated_at, false)",
    "a sign-in older than 90 days": "SELECT 1 FROM sign_ins WHERE tried_at < '2025-12-31 12:00+00'",
    "a sign-in through another account's connection": "SELECT 1 FROM sign_ins s "
    "JOIN users u ON u.id = s.user_id JOIN sso_connections c ON c.id = s.sso_connection_id "
    "WHERE c.account_id <> u.account_id OR s.tried_at < c.created_at",
    "single sign-on without a connection": "SELECT 1 FROM sign_ins "
    "WHERE (method = 'sso') <> (sso_connection_id IS NOT NULL)",
    "a change before its account": "SELECT 1 FROM audit_events e JOIN accounts a "
    "ON a.id = e.account_id WHERE e.happened_at < a.created_at",
    "a change by somebody of another account": "SELECT 1 FROM audit_events e JOIN users u "
    "ON u.id = e.user_id WHERE u.account_id <> e.account_id",
    "a change that nobody or two made": "SELECT 1 FROM audit_events "
    "WHERE (actor = 'user') <> (user_id IS NOT NULL)",
    "a webhook off that the log does not know": "SELECT 1 FROM webhooks w "
    "WHERE disabled_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_events e "
    "WHERE e.action = 'webhook.disabled' AND e.target_id = w.id AND e.happened_at = w.disabled_at)",
    "a token of another account's user": "SELECT 1 FROM api_tokens t JOIN users u "
    "ON u.id = t.created_by_id WHERE u.account_id <> t.account_id OR t.created_at < u.created_at",
    "a token revoked before it was made": "SELECT 1 FROM api_tokens "
    "WHERE revoked_at < created_at OR last_used_at < created_at",
    "a call with another account's token": "SELECT 1 FROM api_requests r JOIN api_tokens t "
    "ON t.id = r.token_id WHERE t.account_id <> r.account_id",
    "a call before its token, or after its last use": "SELECT 1 FROM api_requests r "
    "JOIN api_tokens t ON t.id = r.token_id WHERE r.requested_at < t.created_at "
    "OR r.requested_at > t.last_used_at",
    "a token's last use without a call": "SELECT 1 FROM api_tokens t "
    "WHERE t.last_used_at > '2026-03-17 12:00+00' AND NOT EXISTS (SELECT 1 FROM api_requests r "
    "WHERE r.token_id = t.id AND r.requested_at = t.last_used_at)",
    "a call older than 14 days": "SELECT 1 FROM api_requests "
    "WHERE requested_at < '2026-03-17 12:00+00'",
    "a revoked token that works": "SELECT 1 FROM api_requests r JOIN api_tokens t "
    "ON t.id = r.token_id WHERE coalesce(r.error = 'unauthorized_credentials', false) <> "
    "coalesce(r.requested_at >= t.revoked_at, false)",
    "a refusal with another status": "SELECT 1 FROM api_requests "
    "WHERE (status = 401) <> (coalesce(error, '') IN "
    "('unauthorized_credentials', 'account_inactive', 'unauthorized_scope')) "
    "OR (status = 403) <> (coalesce(error, '') = 'plan_without_api')",
    "an answer to an account that does not pay, or a refusal of one that does": "SELECT 1 "
    "FROM api_requests r JOIN api_tokens t ON t.id = r.token_id "
    "WHERE coalesce(r.requested_at < t.revoked_at, true) "
    "AND coalesce(r.error = 'account_inactive', false) <> EXISTS (SELECT 1 FROM invoices i "
    "WHERE i.account_id = r.account_id AND i.status = 'open' "
    "AND i.issued_at <= r.requested_at - INTERVAL '30 days')",
    "an API on a plan without one": "SELECT 1 FROM api_requests r JOIN accounts a "
    "ON a.id = r.account_id JOIN plans p ON p.id = a.plan_id WHERE NOT p.has_api "
    "AND r.status NOT IN (401, 403)",
    "a refusal for a plan that has the API": "SELECT 1 FROM api_requests r JOIN accounts a "
    "ON a.id = r.account_id JOIN plans p ON p.id = a.plan_id "
    "WHERE p.has_api AND r.error = 'plan_without_api'",
    "a scope that is not needed": "SELECT 1 FROM api_requests r JOIN api_tokens t "
    "ON t.id = r.token_id WHERE r.error = 'unauthorized_scope' "
    "AND t.scopes LIKE '%read:videos%read:stats%write:videos%'",
    "more than 600 good calls in a minute": "SELECT 1 FROM api_requests WHERE status <> 429 "
    "GROUP BY account_id, date_trunc('minute', requested_at) HAVING count(*) > 600",
    "a limit below 600": "SELECT 1 FROM api_requests "
    "GROUP BY account_id, date_trunc('minute', requested_at) "
    "HAVING count(*) <= 600 AND count(*) FILTER (WHERE status = 429) > 0",
    "an error without a code": "SELECT 1 FROM api_requests "
    "WHERE (status < 400 OR status = 499) <> (error IS NULL)",
    "a body where none belongs": "SELECT 1 FROM api_requests "
    "WHERE (method = 'POST') <> (body_digest IS NOT NULL)",
    "a request id twice": "SELECT request_id FROM api_requests GROUP BY request_id "
    "HAVING count(*) > 1",
    "a video answered before it was there": "SELECT 1 FROM api_requests r JOIN videos v "
    "ON v.hashed_id = split_part(r.path, '/', 4) "
    "WHERE r.status = 200 AND (r.requested_at < v.created_at OR r.requested_at >= v.deleted_at "
    "OR v.account_id <> r.account_id)",
    "an event's number twice": "SELECT uuid FROM webhook_events GROUP BY uuid HAVING count(*) > 1",
    "an event of another account's video": "SELECT 1 FROM webhook_events e JOIN videos v "
    "ON v.id = e.video_id WHERE v.account_id <> e.account_id OR e.generated_at < v.created_at",
    "an event older than 30 days": "SELECT 1 FROM webhook_events "
    "WHERE generated_at < '2026-03-01 12:00+00'",
    "a rendition that was never made": "SELECT 1 FROM webhook_events e "
    "WHERE type = 'video.rendition_ready' AND NOT EXISTS (SELECT 1 FROM video_versions v "
    "WHERE v.video_id = e.video_id AND v.quality = e.quality AND v.created_at <= e.generated_at)",
    "a quality that is none": "SELECT 1 FROM webhook_events "
    "WHERE (type = 'video.rendition_ready') <> (quality IS NOT NULL)",
    "a delivery before its event": "SELECT 1 FROM webhook_deliveries d "
    "JOIN webhook_events e ON e.id = d.event_id WHERE d.sent_at < e.generated_at",
    "a delivery to another account": "SELECT 1 FROM webhook_deliveries d "
    "JOIN webhook_events e ON e.id = d.event_id JOIN webhooks w ON w.id = d.webhook_id "
    "WHERE w.account_id <> e.account_id OR d.sent_at < w.created_at OR d.sent_at >= w.disabled_at",
    "a delivery of an event nobody asked for": "SELECT 1 FROM webhook_deliveries d "
    "JOIN webhook_events e ON e.id = d.event_id JOIN webhooks w ON w.id = d.webhook_id "
    "WHERE w.event_types <> '*' AND ' ' || w.event_types || ' ' NOT LIKE '% ' || e.type || ' %'",
    "another attempt after it had arrived": "SELECT 1 FROM webhook_deliveries d "
    "JOIN webhook_deliveries a ON a.webhook_id = d.webhook_id AND a.event_id = d.event_id "
    "WHERE a.failure IS NULL AND d.attempt > a.attempt",
    "an attempt without the one before": "SELECT webhook_id, event_id FROM webhook_deliveries "
    "GROUP BY webhook_id, event_id HAVING count(*) <> max(attempt) OR max(attempt) > 5",
    "a signature of another second": "SELECT 1 FROM webhook_deliveries "
    "WHERE signed_at <> date_trunc('second', sent_at)",
    "a failure that is none": "SELECT 1 FROM webhook_deliveries "
    "WHERE (failure IS NULL) <> coalesce(status BETWEEN 200 AND 299, false)",
    "a mail to somebody of another account": "SELECT 1 FROM email_events e JOIN users u "
    "ON u.id = e.user_id WHERE u.account_id <> e.account_id OR lower(u.email) <> e.address "
    "OR e.happened_at < u.created_at",
    "a mail after a hard bounce": "SELECT 1 FROM email_events b JOIN email_events s "
    "ON s.address = b.address AND s.happened_at > b.happened_at "
    "WHERE b.event = 'hard_bounced' AND s.event <> 'suppressed'",
    "a mail that was not sent and came": "SELECT message_key FROM email_events "
    "GROUP BY message_key HAVING count(*) FILTER (WHERE event IN ('sent', 'suppressed')) <> 1",
    "a release on a day off": "SELECT 1 FROM deploys WHERE extract(isodow FROM deployed_at) > 5",
    "an incident before its release": "SELECT 1 FROM status_incidents i JOIN deploys d "
    "ON d.id = i.deploy_id WHERE i.started_at < d.deployed_at",
    "two settings of one switch": "SELECT name, account_id FROM feature_flags "
    "GROUP BY name, account_id HAVING count(*) > 1",
}


@pytest.mark.parametrize("what", NEVER)
def test_what_cannot_be_is_not(companies: tuple[Company, ...], what: str) -> None:
    for company in companies:
        found = rows(company, f"SELECT count(*) FROM ({NEVER[what]}) AS t")
        assert found == [(0,)], f"{what}, seed {company.seed}"


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("invoices", "status", ("paid", "open", "uncollectible", "void")),
        ("invoice_lines", "kind", ("plan", "unused", "new", "usage")),
        ("payments", "method", ("card", "transfer")),
        ("payments", "status", ("succeeded", "failed", "refunded")),
        ("payments", "failure", ("declined", "insufficient_funds", "expired_card")),
        ("memberships", "role", ("manager", "contributor", "viewer")),
        ("sso_connections", "protocol", ("saml", "oidc")),
        ("sign_ins", "method", ("password", "link", "sso")),
        ("api_requests", "method", ("GET", "POST")),
        ("webhooks", "disabled_reason", ("failing", "by_user")),
        ("status_incidents", "impact", ("none", "minor", "major")),
    ],
)
def test_every_word_of_the_dictionary_occurs_in_a_full_company(
    companies: tuple[Company, ...], table: str, column: str, words: tuple[str, ...]
) -> None:
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
    assert {word for (word,) in rows(companies[0], sql)} == set(words)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("invoices", "status"),
        ("invoice_lines", "kind"),
        ("payments", "failure"),
        ("sign_ins", "outcome"),
        ("audit_events", "action"),
        ("api_requests", "error"),
        ("webhook_events", "type"),
        ("webhook_deliveries", "failure"),
        ("email_events", "kind"),
        ("email_events", "event"),
        ("deploys", "service"),
        ("status_incidents", "component"),
    ],
)
def test_the_dictionary_knows_every_word_that_occurs(
    companies: tuple[Company, ...], table: str, column: str
) -> None:
    comment = Base.metadata.tables[table].columns[column].comment or ""
    for company in companies:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        assert [word for (word,) in rows(company, sql) if word not in comment] == []


def test_most_customers_pay_and_the_trouble_is_rare(companies: tuple[Company, ...]) -> None:
    counts = dict(rows(companies[0], "SELECT status, count(*) FROM invoices GROUP BY status"))
    assert counts["paid"] > 20 * (counts["open"] + counts["uncollectible"] + counts["void"])


def test_calls_of_the_api_stay_modest(companies: tuple[Company, ...]) -> None:
    (count,) = rows(companies[0], "SELECT count(*) FROM api_requests")[0]
    assert 80_000 < count < 150_000


def test_one_release_made_statistics_slow_and_no_other_endpoint(
    companies: tuple[Company, ...],
) -> None:
    sql = """
        SELECT avg(r.duration_ms) FILTER (WHERE r.requested_at BETWEEN d.deployed_at
                                          AND d.rolled_back_at),
               avg(r.duration_ms) FILTER (WHERE r.requested_at NOT BETWEEN d.deployed_at
                                          AND d.rolled_back_at)
        FROM api_requests r, deploys d WHERE d.rolled_back_at IS NOT NULL
          AND r.status = 200 AND (r.path LIKE '%/stats') = :stats"""
    during, else_ = rows(companies[0], sql, stats=True)[0]
    assert during > 8 * else_
    during, else_ = rows(companies[0], sql, stats=False)[0]
    assert during < 2 * else_
