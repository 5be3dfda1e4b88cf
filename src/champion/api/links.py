"""Signed links: an address at which one video plays for a while, whoever holds it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from fastapi import Response
from pydantic import Field

from champion.api.clock import said
from champion.api.errors import Json
from champion.api.forms import Form, Moment, Object, answers
from champion.api.gate import Writing
from champion.api.routes import Tags, router
from champion.api.videos import own

_ABOUT: Tags = ["signed links"]

_DAY = 86_400


class SignedLink(Object):
    """An address that works for a while."""

    hashed_id: str = Field(examples=["hpspring26"])
    url: str = Field(examples=["https://play.lantern.example/hpspring26?until=1774962000&sig=6f"])
    expires_at: Moment


class NewLink(Form):
    """A link to be signed."""

    hashed_id: str = Field(pattern="^[a-z0-9]{10}$", examples=["hpspring26"])
    expires_in: int = Field(
        3_600, ge=60, le=30 * _DAY, description="Seconds: a minute to thirty days."
    )


@router.post(
    "/v1/signed_links",
    tags=_ABOUT,
    summary="Sign a link",
    status_code=201,
    response_model=SignedLink,
    responses=answers("fields", 404, 413),
    operation_id="createSignedLink",
)
async def sign(caller: Writing, form: NewLink) -> Response:
    """Make an address at which a video plays for so many seconds."""
    found = own(caller, form.hashed_id)
    until = caller.practice.clock.now + timedelta(seconds=form.expires_in)
    signed = f"link\0{caller.practice.seed}\0{found['hashed_id']}\0{said(until)}"
    seal = hashlib.sha256(signed.encode()).hexdigest()[:32]
    address = f"https://play.lantern.example/{found['hashed_id']}"
    url = f"{address}?until={int(until.timestamp())}&sig={seal}"
    return Json({"hashed_id": found["hashed_id"], "url": url, "expires_at": said(until)}, 201)
