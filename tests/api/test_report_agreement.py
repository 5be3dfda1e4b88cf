"""A report's figures and the API's statistics agree where they mean the same.

The API counts UTC days, leaves deleted videos out, and shows 2026-02-11 double, as the nightly
counts have it; a video that waits for its counts has none. Everything else must be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from tests.reporting.conftest import Asked, ask

from champion.desk import query
from champion.lantern import Company, proven_company
from champion.reporting import counting
from champion.reporting.counting import Views

from .conftest import Api
from .test_agreement import openers

DOUBLE = date(2026, 2, 11)
TODAY = datetime(2026, 3, 31, tzinfo=UTC)


@pytest.fixture(params=(2, 3))
def world(request: pytest.FixtureRequest, serve: Callable[[Company], Api]) -> Iterator[Api]:
    company = proven_company(request.param, 0.02)
    api = serve(company)
    api.switch("PUT", "limit", per_minute=1_000_000)
    yield api
    company.close()


def busy(world: Api, most: int) -> Iterator[tuple[int, Any]]:
    """Accounts with a token whose videos were played in February, most plays first, and that
    have no video whose counts are wrong on purpose."""
    told = query.frame(
        world.company,
        """
        SELECT v.account_id FROM plays p JOIN videos v ON v.id = p.video_id
        WHERE p.received_at >= '2026-02-01 00:00+00' AND p.received_at < '2026-03-01 00:00+00'
        GROUP BY v.account_id
        HAVING count(*) FILTER (WHERE v.id IN (
            SELECT video_id FROM background_jobs WHERE kind = 'rebuild_stats')) = 0
        ORDER BY count(*) DESC, v.account_id""",
    )["account_id"]
    held = openers(world.company)
    chosen = [number for number in told if number in held][:most]
    return ((number, world.customer(held[number])) for number in chosen)


def without_deleted(asked: Asked) -> Views:
    kept = asked.videos.loc[asked.videos["deleted_at"].isna(), "id"]
    seen = asked.seen
    return Views(
        seen.loads[seen.loads["video_id"].isin(kept)],
        seen.plays[seen.plays["video_id"].isin(kept)],
        seen.left_out,
    )


def test_the_days_of_a_month_are_the_same_in_utc(world: Api):
    compared = 0
    for number, client in busy(world, 6):
        asked = ask(world.company, number, "2026-02", zone="UTC")
        days = counting.by_day(without_deleted(asked), asked.month)
        path = "/v1/account/stats/by_date?start_date=2026-02-01&end_date=2026-02-28"
        told = {date.fromisoformat(each["day"]): each for each in client.get(path).json()}
        for _, row in days.iterrows():
            times = 2 if row["day"] == DOUBLE else 1
            there = told.get(row["day"], {"load_count": 0, "play_count": 0, "seconds_watched": 0})
            mine = [row["loads"], row["plays"], row["seconds_watched"]]
            wanted = [there["load_count"], there["play_count"], there["seconds_watched"]]
            assert [times * each for each in mine] == wanted, (number, row["day"])
            compared += row["plays"] > 0
    assert compared > 50


def test_viewers_play_rate_and_engagement_of_a_video_are_the_same(world: Api):
    compared = 0
    for number, client in busy(world, 6):
        asked = ask(world.company, number, "2026-02")
        videos = asked.videos[asked.videos["deleted_at"].isna()].head(25)
        for _, video in videos.iterrows():
            told = client.get(f"/v1/videos/{video['hashed_id']}/stats").json()
            life = counting.totals(whole_life(world.company, int(video["id"])), asked.month)
            assert life.viewers == told["visitor_count"], video["hashed_id"]
            assert round(life.play_rate or 0, 4) == told["play_rate"], video["hashed_id"]
            floor = None if life.engagement is None else int(life.engagement)
            assert floor == told["engagement"], video["hashed_id"]
            compared += life.plays > 0
    assert compared > 30


def whole_life(company: Company, video: int) -> Views:
    """All that was loaded and played of a video, up to yesterday's UTC day."""
    frames: list[pd.DataFrame] = [
        query.frame(
            company,
            f"SELECT * FROM {table} WHERE video_id = :video AND received_at < :until",
            {"video": video, "until": TODAY},
        )
        for table in ("loads", "plays")
    ]
    loads, plays = frames
    return Views(loads, plays[plays["viewer_user_id"].isna()], 0)
