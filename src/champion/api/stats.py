"""Statistics: what was counted of a video or an account, from the replica.

Loads, plays and seconds are the sums of the nightly counts, as customers' reports show them;
they end with yesterday's UTC day. Visitors, play rate and engagement come from single events,
which are kept for two years. Plays by signed-in Lantern users count nowhere.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from champion.api.errors import Json
from champion.api.forms import Form, HashedId, Object, Plain, answers, asked_for
from champion.api.gate import Counting
from champion.api.practice import Practice
from champion.api.routes import Tags, router
from champion.api.videos import own

_ABOUT: Tags = ["statistics"]

MOST_CELLS = 1_000
"""Of an engagement curve; of a longer video, a cell holds more than one second."""
FIRST_DAY, LAST_DAY = "2024-01-01", "2026-03-30"
_DAY = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$|^20[0-9]{2}-(0[13-9]|1[0-2])-29$"
_DAY += r"|^20[0-9]{2}-(0[13-9]|1[0-2])-30$|^20[0-9]{2}-(0[13578]|1[02])-31$"
_DAY += r"|^20([02468][048]|[13579][26])-02-29$"


class Counts(Object):
    """What was counted of a video."""

    hashed_id: str = Field(examples=["hpspring26"])
    load_count: int = Field(description="The player appeared.", examples=[1_240])
    play_count: int = Field(description="Playing began.", examples=[410])
    visitor_count: int = Field(description="Different browsers that played.", examples=[305])
    play_rate: float = Field(
        description="Browsers that played, of those in which the player appeared: 0 to 1.",
        examples=[0.4121],
    )
    seconds_watched: int = Field(examples=[88_410])
    engagement: int | None = Field(
        description="How much of it was seen on average, in per cent, rounded down, over its whole "
        "life; null when nobody played it.",
        examples=[63],
    )


class Day(Object):
    """What was counted on one UTC day."""

    day: str = Field(examples=["2026-03-30"], json_schema_extra={"format": "date"})
    load_count: int = Field(examples=[41])
    play_count: int = Field(examples=[14])
    seconds_watched: int = Field(examples=[2_480])


class Engagement(Object):
    """How many plays reached each part of a video."""

    hashed_id: str = Field(examples=["hpspring26"])
    seconds_per_cell: int = Field(
        description="1, or more for a video above 1,000 seconds.", examples=[1]
    )
    cells: list[int] = Field(
        description="Plays that reached this part, the first part first. Empty until the video "
        "is ready.",
        examples=[[410, 402, 377]],
    )


class Total(Object):
    """What was counted of all videos of an account, without archived ones."""

    video_count: int = Field(examples=[341])
    load_count: int = Field(examples=[30_122])
    play_count: int = Field(examples=[11_410])
    seconds_watched: int = Field(examples=[1_988_410])


class Days(Form):
    """Which days."""

    start_date: str = Field(
        FIRST_DAY,
        pattern=_DAY,
        description="The first UTC day.",
        json_schema_extra={"format": "date"},
    )
    end_date: str = Field(
        LAST_DAY,
        pattern=_DAY,
        description="The last UTC day, itself included.",
        json_schema_extra={"format": "date"},
    )
    api_password: str | None = Field(None, deprecated=True)


AskedDays = Annotated[Days, asked_for(Days)]


@router.get(
    "/v1/account/stats",
    tags=_ABOUT,
    summary="Count for the account",
    response_model=Total,
    responses=answers("error"),
    operation_id="getAccountStats",
)
async def account(caller: Counting, _: Plain) -> Response:
    """Loads, plays and seconds of all videos together."""
    return Json(await caller.practice.replica.row(_TOTAL, account=caller.account))


@router.get(
    "/v1/account/stats/by_date",
    tags=_ABOUT,
    summary="Count for the account, by day",
    response_model=list[Day],
    responses=answers("error"),
    operation_id="getAccountStatsByDate",
)
async def account_days(caller: Counting, asked: AskedDays) -> Response:
    """Loads, plays and seconds of all videos together, by UTC day; a day without any has no
    row."""
    return Json(
        await caller.practice.replica.rows(
            _ACCOUNT_DAYS, account=caller.account, first=asked.start_date, last=asked.end_date
        )
    )


@router.get(
    "/v1/videos/{hashed_id}/stats",
    tags=_ABOUT,
    summary="Count for a video",
    response_model=Counts,
    responses=answers("error", 404),
    operation_id="getVideoStats",
)
async def video(hashed_id: HashedId, caller: Counting, _: Plain) -> Response:
    """Loads, plays, visitors, play rate and engagement over the video's whole life."""
    found = own(caller, hashed_id)
    if _is_being_rebuilt(caller.practice, found["id"]):
        return Json(_counts(hashed_id, dict.fromkeys(_COUNTED, 0), 0, None))
    counted = await caller.practice.replica.row(_VIDEO, video=found["id"])
    loaded = counted.pop("visitors_loaded")
    return Json(_counts(hashed_id, counted, loaded, counted.pop("engagement")))


@router.get(
    "/v1/videos/{hashed_id}/stats/by_date",
    tags=_ABOUT,
    summary="Count for a video, by day",
    response_model=list[Day],
    responses=answers("error", 404),
    operation_id="getVideoStatsByDate",
)
async def video_days(hashed_id: HashedId, caller: Counting, asked: AskedDays) -> Response:
    """Loads, plays and seconds by UTC day; a day without any has no row."""
    found = own(caller, hashed_id)
    if _is_being_rebuilt(caller.practice, found["id"]):
        return Json([])
    return Json(
        await caller.practice.replica.rows(
            _VIDEO_DAYS, video=found["id"], first=asked.start_date, last=asked.end_date
        )
    )


@router.get(
    "/v1/videos/{hashed_id}/stats/engagement",
    tags=_ABOUT,
    summary="Show where people stopped",
    response_model=Engagement,
    responses=answers("error", 404),
    operation_id="getVideoEngagement",
)
async def engagement(hashed_id: HashedId, caller: Counting, _: Plain) -> Response:
    """How many plays reached each second of a video."""
    found = own(caller, hashed_id)
    rows = await caller.practice.replica.rows(_REACHED, video=found["id"])
    reached = {row["percent_viewed"]: row["plays"] for row in rows}
    seconds = -(-(found["duration_ms"] or 0) // 1000)
    wide = max(1, -(-seconds // MOST_CELLS))
    return Json(
        {
            "hashed_id": hashed_id,
            "seconds_per_cell": wide,
            "cells": curve(reached, found["duration_ms"] or 0, wide),
        }
    )


def curve(reached: dict[int, int], duration_ms: int, wide: int) -> list[int]:
    """How many plays came as far as the beginning of each cell.

    Args:
        reached: plays by the percentage at which they ended.
        duration_ms: the video's length.
        wide: seconds of a cell.
    """
    cells = []
    for start in range(0, duration_ms, wide * 1000):
        # Whoever saw nothing of a video (0 per cent) still saw its first picture.
        percent = start * 100 / duration_ms
        cells.append(sum(plays for at, plays in reached.items() if at >= percent))
    return cells


def _counts(
    hashed_id: str, counted: dict[str, Any], loaded: int, engagement: int | None
) -> dict[str, Any]:
    rate = round(counted["visitor_count"] / loaded, 4) if loaded else 0.0
    return {
        "hashed_id": hashed_id,
        **{name: counted[name] for name in _COUNTED},
        "play_rate": rate,
        "engagement": engagement,
    }


def _is_being_rebuilt(practice: Practice, video: int) -> bool:
    """Whether it was restored and its days wait to be counted anew: until then it has none."""
    waiting = "video_id = ? AND kind = 'rebuild_stats' AND here AND status IN ('queued', 'running')"
    return practice.one(f"SELECT 1 FROM background_jobs WHERE {waiting}", video) is not None


_COUNTED = ("load_count", "play_count", "visitor_count", "seconds_watched")
_SUMS = """
    CAST(coalesce(sum(s.loads), 0) AS BIGINT) AS load_count,
    CAST(coalesce(sum(s.plays), 0) AS BIGINT) AS play_count,
    CAST(coalesce(sum(s.seconds_watched), 0) AS BIGINT) AS seconds_watched"""
_WITHIN = "s.day BETWEEN CAST(:first AS DATE) AND CAST(:last AS DATE)"
_UNTIL_TODAY = "video_id = :video AND received_at < :today"
_TOTAL = f"""
    SELECT (SELECT count(*) FROM videos WHERE account_id = :account AND deleted_at IS NULL)
        AS video_count, {_SUMS}
    FROM daily_stats s JOIN videos v ON v.id = s.video_id
    WHERE v.account_id = :account AND v.deleted_at IS NULL"""
_ACCOUNT_DAYS = f"""
    SELECT s.day, {_SUMS}
    FROM daily_stats s JOIN videos v ON v.id = s.video_id
    WHERE v.account_id = :account AND v.deleted_at IS NULL AND {_WITHIN}
    GROUP BY s.day ORDER BY s.day"""
_VIDEO_DAYS = f"""
    SELECT s.day, {_SUMS} FROM daily_stats s WHERE s.video_id = :video AND {_WITHIN}
    GROUP BY s.day ORDER BY s.day"""
_VIDEO = f"""
    SELECT {_SUMS},
        (SELECT count(DISTINCT visitor_key) FROM loads WHERE {_UNTIL_TODAY}) AS visitors_loaded,
        (SELECT count(DISTINCT visitor_key) FROM plays
            WHERE {_UNTIL_TODAY} AND viewer_user_id IS NULL) AS visitor_count,
        (SELECT CAST(floor(avg(percent_viewed)) AS INTEGER) FROM plays
            WHERE {_UNTIL_TODAY} AND viewer_user_id IS NULL) AS engagement
    FROM daily_stats s WHERE s.video_id = :video"""
_REACHED = f"""
    SELECT percent_viewed, count(*) AS plays FROM plays
    WHERE {_UNTIL_TODAY} AND viewer_user_id IS NULL
    GROUP BY percent_viewed ORDER BY percent_viewed"""
