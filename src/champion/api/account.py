"""The account: what the token opens."""

from __future__ import annotations

from fastapi import Response
from pydantic import Field
from starlette.requests import Request

from champion.api.caching import cached
from champion.api.forms import Moment, Object, Plain, answers
from champion.api.gate import Reading
from champion.api.routes import Tags, router

_ABOUT: Tags = ["account"]


class Account(Object):
    """A business that hosts video with Lantern."""

    id: int = Field(examples=[228])
    name: str = Field(examples=["Pacific Crest Conservatory"])
    domain: str = Field(examples=["pacificcrestconservatory.example"])
    plan: str = Field(examples=["business"])
    status: str = Field(examples=["active"])
    time_zone: str = Field(
        description="Where its day begins and ends.", examples=["America/Vancouver"]
    )
    country: str = Field(examples=["CA"])
    created_at: Moment
    video_count: int = Field(description="Videos, without archived ones.", examples=[341])


@router.get(
    "/v1/account",
    tags=_ABOUT,
    summary="Show the account",
    response_model=Account,
    responses=answers("error"),
    operation_id="getAccount",
)
async def account(request: Request, caller: Reading, _: Plain) -> Response:
    """The account that the token opens, and how many videos it has."""
    return cached(request, caller.practice.one(_SELECT, caller.account))


_SELECT = """
    SELECT id, name, domain, plan, status, time_zone, country, created_at,
        (SELECT count(*) FROM videos v WHERE v.account_id = a.id AND v.deleted_at IS NULL)
            AS video_count
    FROM accounts a WHERE id = ?"""
