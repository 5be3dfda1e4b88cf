"""The file has no foreign keys: what they would promise is proven here, and a little more."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from champion.lantern import Company, clock
from champion.lantern.schema import Base
from champion.lantern.traps.asking import number, rows


def _links() -> list[tuple[str, str, str]]:
    return [
        (table.name, key.parent.name, key.column.table.name)
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]


@pytest.mark.parametrize(("table", "column", "target"), _links())
def test_every_reference_leads_somewhere(
    companies: tuple[Company, ...], table: str, column: str, target: str
) -> None:
    sql = f"""SELECT count(*) FROM {table} c WHERE c.{column} IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM {target} p WHERE p.id = c.{column})"""
    assert [number(company, sql) for company in companies] == [0, 0, 0]


@pytest.mark.parametrize("table", Base.metadata.tables)
def test_ids_are_unique_and_every_table_has_rows(
    companies: tuple[Company, ...], table: str
) -> None:
    for company in companies:
        total, unique = rows(company, f"SELECT count(*), count(DISTINCT id) FROM {table}")[0]
        assert total == unique > 0


@pytest.mark.parametrize(
    ("table", "column"),
    [("accounts", "domain"), ("videos", "hashed_id"), ("tickets", "reference"), ("plans", "code")],
)
def test_what_the_dictionary_calls_unique_is_unique(
    companies: tuple[Company, ...], table: str, column: str
) -> None:
    for company in companies:
        assert number(company, f"SELECT count(*) - count(DISTINCT {column}) FROM {table}") == 0


def test_nothing_has_happened_after_now(companies: tuple[Company, ...]) -> None:
    for company in companies:
        for table in Base.metadata.tables.values():
            for column in table.columns:
                ahead = column.name.endswith(("ends_at", "due_at", "expires_at"))
                if isinstance(column.type, sa.DateTime) and not ahead:
                    sql = f"SELECT count(*) FROM {table.name} WHERE {column.name} > :now"
                    late = rows(company, sql, now=company.now)[0][0]
                    assert late == 0, f"{table.name}.{column.name}, seed {company.seed}"


IMPOSSIBLE = {
    "a user before their account": "SELECT 1 FROM users u JOIN accounts a ON a.id = u.account_id "
    "WHERE u.created_at < a.created_at",
    "a video before its account": "SELECT 1 FROM videos v JOIN accounts a ON a.id = v.account_id "
    "WHERE v.created_at < a.created_at",
    "a video after its account closed": "SELECT 1 FROM videos v JOIN accounts a "
    "ON a.id = v.account_id WHERE v.created_at > a.closed_at",
    "a load before its video": "SELECT 1 FROM loads l JOIN videos v ON v.id = l.video_id "
    "WHERE l.received_at < v.created_at",
    "a load after the account closed": "SELECT 1 FROM loads l JOIN videos v ON v.id = l.video_id "
    "JOIN accounts a ON a.id = v.account_id WHERE l.received_at > a.closed_at",
    "a play before its load": "SELECT 1 FROM plays p JOIN loads l ON l.id = p.load_id "
    "WHERE p.received_at < l.received_at",
    "a play of another video than its load": "SELECT 1 FROM plays p JOIN loads l "
    "ON l.id = p.load_id WHERE p.video_id <> l.video_id OR p.visitor_key <> l.visitor_key",
    "two plays of one load": "SELECT load_id FROM plays GROUP BY load_id HAVING count(*) > 1",
    "a percentage beyond a hundred": "SELECT 1 FROM plays "
    "WHERE percent_viewed NOT BETWEEN 0 AND 100",
    "a play by somebody who was sent away": "SELECT 1 FROM plays p JOIN users u "
    "ON u.id = p.viewer_user_id WHERE p.received_at >= u.deactivated_at "
    "OR p.received_at < u.created_at",
    "views older than two years": "SELECT 1 FROM loads WHERE received_at < '2024-03-31 00:00+00'",
    "an account without exactly one owner": "SELECT a.id FROM accounts a LEFT JOIN users u "
    "ON u.account_id = a.id AND u.role = 'owner' GROUP BY a.id HAVING count(u.id) <> 1",
    "a reply before the question": "SELECT 1 FROM tickets WHERE first_reply_at < opened_at "
    "OR closed_at < first_reply_at",
    "a ticket of another account's user": "SELECT 1 FROM tickets t JOIN users u "
    "ON u.id = t.requester_id WHERE u.account_id <> t.account_id",
    "an answer by an agent who was not there": "SELECT 1 FROM tickets t JOIN agents a "
    "ON a.id = t.agent_id WHERE t.first_reply_at < a.started_at OR t.first_reply_at > a.left_at",
    "a message before its ticket": "SELECT 1 FROM ticket_messages m JOIN tickets t "
    "ON t.id = m.ticket_id WHERE m.sent_at < t.opened_at",
    "a folder in another account's folder": "SELECT 1 FROM folders f JOIN folders p "
    "ON p.id = f.parent_id WHERE p.account_id <> f.account_id",
    "a length before it is ready": "SELECT 1 FROM videos "
    "WHERE (status = 'ready') <> (duration_ms IS NOT NULL)",
    "a subscription that ends before it starts": "SELECT 1 FROM subscriptions "
    "WHERE ended_at <= started_at",
    "a paying account that still tries": "SELECT 1 FROM subscriptions s JOIN accounts a "
    "ON a.id = s.account_id WHERE a.status = 'trialing'",
    "a trial without an end": "SELECT 1 FROM accounts WHERE status = 'trialing' "
    "AND (trial_ends_at IS NULL OR trial_ends_at < '2026-03-31 12:00+00')",
    "a name outside .example": "SELECT 1 FROM accounts WHERE domain NOT LIKE '%.example'",
    "an address outside .example": "SELECT 1 FROM users WHERE lower(email) NOT LIKE '%.example'",
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_is_not(companies: tuple[Company, ...], what: str) -> None:
    for company in companies:
        assert rows(company, f"SELECT count(*) FROM ({IMPOSSIBLE[what]}) AS t") == [(0,)], what


def test_life_has_a_rhythm_where_the_customer_lives(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT count(*) FILTER (WHERE extract(hour FROM l.received_at AT TIME ZONE a.time_zone)
                                BETWEEN 9 AND 16), count(*) FROM loads l
        JOIN videos v ON v.id = l.video_id JOIN accounts a ON a.id = v.account_id"""
    for company in companies:
        by_day, total = rows(company, sql)[0]
        assert by_day * 2 > total


def test_a_full_company_has_the_size_that_is_promised(companies: tuple[Company, ...]) -> None:
    promised = {
        "accounts": 1_200,
        "users": 5_000,
        "videos": 20_000,
        "plays": 600_000,
        "loads": 1_000_000,
        "tickets": 12_000,
    }
    for table, count in promised.items():
        found = number(companies[0], f"SELECT count(*) FROM {table}")
        assert abs(found - count) <= count // 10, table


def test_the_clock_of_a_company_stands_still(company: Company) -> None:
    assert company.now == clock.now()


def test_visitors_are_sixteen_hexadecimal_digits(company: Company) -> None:
    sql = "SELECT DISTINCT visitor_key FROM loads"
    keys = [key for (key,) in rows(company, sql)]
    assert all(len(key) == 16 and int(key, 16) >= 0 and key == key.lower() for key in keys)
