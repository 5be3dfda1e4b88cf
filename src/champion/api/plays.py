"""Plays, one by one: with a cursor instead of pages, and with errors as RFC 9457 has them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import Field

from champion.api.errors import Json
from champion.api.forms import Form, Moment, Object, answers, asked_for
from champion.api.gate import Counting
from champion.api.routes import Tags, router
from champion.api.videos import own

_ABOUT: Tags = ["plays"]

_BEFORE = "after-"


class Play(Object):
    """Playing began."""

    id: int = Field(examples=[610_211])
    hashed_id: str = Field(examples=["hpspring26"])
    received_at: Moment
    visitor_key: str = Field(description="A browser, not a person.", examples=["00c2f1a9b3d4e5f6"])
    play_reason: str = Field(description="click, autoplay or api.", examples=["click"])
    percent_viewed: int = Field(examples=[87])
    seconds_watched: int = Field(examples=[412])


class Plays(Object):
    """A piece of the list, and where it goes on."""

    data: list[Play]
    next_cursor: str | None = Field(
        description="Ask for this to read on; null at the end.", examples=["after-610211"]
    )


class Piece(Form):
    """Which piece of the list."""

    cursor: str | None = Field(
        None,
        pattern="^after-[0-9]{1,15}$",
        description="The `next_cursor` of the piece before. Unlike a page number, it stays right "
        "while rows are added.",
        examples=["after-610211"],
    )
    limit: int = Field(25, ge=1, le=100, description="How many at most.")
    hashed_id: str | None = Field(
        None, pattern="^[a-z0-9]{10}$", description="Those of this video alone."
    )
    api_password: str | None = Field(None, deprecated=True)


@router.get(
    "/v1/plays",
    tags=_ABOUT,
    summary="List plays",
    response_model=Plays,
    responses=answers("problem", 404),
    operation_id="listPlays",
)
async def plays(caller: Counting, asked: Annotated[Piece, asked_for(Piece)]) -> Response:
    """The plays of the account's videos in the order of their numbers, without those by
    signed-in Lantern users, up to the end of yesterday's UTC day."""
    video = own(caller, asked.hashed_id)["id"] if asked.hashed_id is not None else None
    rows = await caller.practice.replica.rows(
        _PLAYS.format(which="v.id = :video" if video else "v.account_id = :account"),
        account=caller.account,
        video=video,
        after=int((asked.cursor or "after-0").removeprefix(_BEFORE)),
        most=asked.limit + 1,
    )
    data = rows[: asked.limit]
    cursor = f"{_BEFORE}{data[-1]['id']}" if len(rows) > asked.limit else None
    return Json({"data": data, "next_cursor": cursor})


_PLAYS = """
    SELECT p.id, v.hashed_id, p.received_at, p.visitor_key, p.play_reason, p.percent_viewed,
        p.seconds_watched
    FROM plays p JOIN videos v ON v.id = p.video_id
    WHERE {which} AND v.deleted_at IS NULL AND p.id > :after AND p.viewer_user_id IS NULL
        AND p.received_at < :today
    ORDER BY p.id LIMIT :most"""
