"""What the API says agrees with the database, and with what the logs recorded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from champion.lantern import Company, proven_company

from .conftest import Api

SEEDS = (2, 3)
KINDS = (
    ("videos", "hashed_id", 60, "hashed_id title status duration_ms folder_id updated_at"),
    ("folders", "id", 20, "id name parent_id created_at"),
    ("allowed_domains", "id", 10, "id host created_at"),
    ("webhooks", "id", 10, "id url created_at disabled_at disabled_reason"),
    ("api_tokens", "id", 10, "id name prefix created_at last_used_at revoked_at"),
    ("background_jobs", "id", 10, "id kind status queued_at started_at finished_at"),
)
"""Table, what its objects are asked by, how many, and the columns that are compared."""


@pytest.fixture(params=SEEDS)
def world(request: pytest.FixtureRequest, serve: Callable[[Company], Api]) -> Iterator[Api]:
    company = proven_company(request.param, 0.02)
    api = serve(company)
    api.switch("PUT", "limit", per_minute=1_000_000)
    yield api
    company.close()


def rows(company: Company, sql: str, **binds: Any) -> list[dict[str, Any]]:
    with company.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(sql), binds).mappings()]


def said(value: Any) -> Any:
    """A value of the database as the API says it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "Z"
    return value


def openers(company: Company) -> dict[int, int]:
    """By account, one of its tokens that may do everything, where it has one."""
    found = rows(
        company,
        """
        SELECT t.account_id, min(t.id) AS id FROM api_tokens t
        JOIN accounts a ON a.id = t.account_id JOIN plans p ON p.id = a.plan_id
        WHERE p.has_api AND t.revoked_at IS NULL AND a.closed_at IS NULL
            AND t.scopes LIKE '%read:videos%' AND t.scopes LIKE '%read:stats%'
            AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.account_id = a.id
                AND i.status = 'open' AND i.issued_at <= :late)
        GROUP BY t.account_id""",
        late=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    return {row["account_id"]: row["id"] for row in found}


def sample(company: Company, sql: str, most: int) -> list[dict[str, Any]]:
    found = rows(company, sql)
    return random.Random(company.seed).sample(found, min(most, len(found)))


def test_a_hundred_objects_are_in_the_api_what_they_are_in_the_database(world: Api):
    company, held = world.company, openers(world.company)
    tried = 0
    for table, key, most, columns in KINDS:
        chosen = ", ".join(map(str, sorted(held)))
        sql = f"SELECT * FROM {table} WHERE account_id IN ({chosen}) ORDER BY id"
        for row in sample(company, sql, most):
            path = f"/v1/{table.removeprefix('api_')}/{row[key]}"
            answer = world.customer(held[row["account_id"]]).get(path)
            tried += 1
            if row.get("deleted_at") is not None:
                assert answer.status_code == 404, path
                continue
            assert answer.status_code == 200, (path, answer.text)
            shown = answer.json()
            for column in columns.split():
                assert shown[column] == said(row[column]), (path, column)
    assert tried >= 100


def test_an_account_says_what_the_database_says(world: Api):
    for account, token in openers(world.company).items():
        row = rows(
            world.company,
            """
            SELECT a.id, a.name, a.domain, p.code AS plan, a.status, a.time_zone, a.country,
                a.created_at, (SELECT count(*) FROM videos v WHERE v.account_id = a.id
                    AND v.deleted_at IS NULL) AS video_count
            FROM accounts a JOIN plans p ON p.id = a.plan_id WHERE a.id = :account""",
            account=account,
        )[0]
        shown = world.customer(token).get("/v1/account").json()
        assert shown == {name: said(value) for name, value in row.items()}


def test_paging_to_the_short_page_gives_every_video_once(world: Api):
    listed: list[str] = []
    page = 1
    while True:
        part = world.get("/v1/videos", params={"page": page, "per_page": 100}).json()
        listed += [video["hashed_id"] for video in part]
        if len(part) < 100:
            break
        page += 1
    there = rows(
        world.company,
        "SELECT hashed_id FROM videos WHERE account_id = 228 AND deleted_at IS NULL ORDER BY id",
    )
    assert len(listed) > 300
    assert listed == [row["hashed_id"] for row in there]


def test_counts_of_videos_are_those_of_the_database(world: Api):
    held = openers(world.company)
    chosen = ", ".join(map(str, sorted(held)))
    videos = sample(
        world.company,
        f"""
        SELECT v.id, v.hashed_id, v.account_id FROM videos v
        WHERE v.deleted_at IS NULL AND v.account_id IN ({chosen})
            AND EXISTS (SELECT 1 FROM plays p WHERE p.video_id = v.id) ORDER BY v.id""",
        25,
    )
    assert len(videos) == 25
    for video in videos:
        counted = rows(
            world.company,
            """
            SELECT coalesce(sum(loads), 0) AS loads, coalesce(sum(plays), 0) AS plays,
                coalesce(sum(seconds_watched), 0) AS seconds
            FROM daily_stats WHERE video_id = :id""",
            id=video["id"],
        )[0]
        people = rows(
            world.company,
            """
            SELECT (SELECT count(DISTINCT visitor_key) FROM plays WHERE video_id = :id
                    AND viewer_user_id IS NULL AND received_at < :today) AS played,
                (SELECT count(DISTINCT visitor_key) FROM loads WHERE video_id = :id
                    AND received_at < :today) AS loaded""",
            id=video["id"],
            today=world.company.now.replace(hour=0),
        )[0]
        client = world.customer(held[video["account_id"]])
        stats = client.get(f"/v1/videos/{video['hashed_id']}/stats").json()
        assert stats["load_count"] == counted["loads"]
        assert stats["play_count"] == counted["plays"]
        assert stats["seconds_watched"] == counted["seconds"]
        assert stats["visitor_count"] == people["played"]
        rate = round(people["played"] / people["loaded"], 4) if people["loaded"] else 0
        assert stats["play_rate"] == rate
        days = client.get(f"/v1/videos/{video['hashed_id']}/stats/by_date").json()
        assert sum(day["play_count"] for day in days) == counted["plays"]
        curve = client.get(f"/v1/videos/{video['hashed_id']}/stats/engagement").json()["cells"]
        assert curve == sorted(curve, reverse=True)
        assert len(curve) <= 1_000


def test_plays_read_to_the_end_of_the_cursor_are_all_of_the_account(world: Api):
    seen: list[int] = []
    cursor = None
    while True:
        asked = {"limit": 100, **({"cursor": cursor} if cursor else {})}
        part = world.get("/v1/plays", params=asked).json()
        seen += [play["id"] for play in part["data"]]
        cursor = part["next_cursor"]
        if cursor is None:
            break
    there = rows(
        world.company,
        """
        SELECT p.id FROM plays p JOIN videos v ON v.id = p.video_id
        WHERE v.account_id = 228 AND v.deleted_at IS NULL AND p.viewer_user_id IS NULL
            AND p.received_at < :today ORDER BY p.id""",
        today=world.company.now.replace(hour=0),
    )
    assert len(seen) > 100
    assert seen == [row["id"] for row in there]


def test_calls_that_the_logs_recorded_are_answered_alike_today(world: Api):
    """Status and code of every call whose token and video are as they were when it was made."""
    recorded = rows(world.company, RECORDED)
    asking = {token: world.customer(token) for token in {call["token_id"] for call in recorded}}
    for call in recorded:
        answer = asking[call["token_id"]].get(call["path"])
        code = answer.json()["code"] if answer.status_code >= 400 else None
        assert (answer.status_code, code) == (call["status"], call["error"]), (call, answer.text)
    assert {(call["status"], call["error"]) for call in recorded} == {
        (200, None),
        (301, None),
        (401, "unauthorized_credentials"),
        (401, "unauthorized_scope"),
        (403, "plan_without_api"),
        (404, "not_found"),
    }


RECORDED = """
    SELECT DISTINCT r.token_id, r.path, r.status, r.error
    FROM api_requests r JOIN api_tokens t ON t.id = r.token_id
    LEFT JOIN videos v ON r.path LIKE '/v1/videos/' || v.hashed_id || '%'
    WHERE r.method = 'GET' AND r.status IN (200, 301, 401, 403, 404)
        AND (t.revoked_at IS NULL OR t.revoked_at <= r.requested_at)
        AND NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.action = 'token.scopes_changed'
            AND e.target_id = t.id AND e.happened_at > r.requested_at)
        AND (v.id IS NULL OR v.created_at <= r.requested_at)
        AND (v.deleted_at IS NULL OR v.deleted_at <= r.requested_at)
    ORDER BY 1, 2, 3"""
"""Left out: calls before a token was revoked or lost a scope, and before a video came or went."""
