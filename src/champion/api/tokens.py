"""Tokens: shown once, when they are made; afterwards only how they begin."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from fastapi import Response
from pydantic import Field

from champion.api import keys
from champion.api.errors import Invalid, Json, not_found
from champion.api.forms import Form, Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import SCOPES, Caller, Reading, Writing
from champion.api.practice import Practice
from champion.api.routes import Tags, router

_ABOUT: Tags = ["tokens"]

Scope = Literal["read:videos", "read:stats", "write:videos"]


class Token(Object):
    """A key to the API, as anybody may see it."""

    id: int = Field(examples=[912])
    name: str = Field(examples=["list of videos"])
    prefix: str = Field(description="How it begins.", examples=["lnt_pcc41w"])
    scopes: list[str] = Field(
        description="What it may do, in no order.", examples=[["read:videos"]]
    )
    created_at: Moment
    last_used_at: Moment | None = Field(description="Its last request; null: there was none.")
    revoked_at: Moment | None = Field(description="null while it is valid.")


class WholeToken(Token):
    """A new token: the only time that all of it can be seen."""

    token: str = Field(examples=["lnt_n3w0ne0123456789abcdef0123456789abcdef"])


class NewToken(Form):
    """A token to be made."""

    name: str = Field(min_length=1, max_length=100, examples=["Nightly export"])
    scopes: list[Scope] = Field(
        min_length=1,
        max_length=3,
        json_schema_extra={"uniqueItems": True},
        description="What it may do: nothing that the token you ask with may not.",
        examples=[["read:videos"]],
    )


@router.get(
    "/v1/tokens",
    tags=_ABOUT,
    summary="List tokens",
    response_model=list[Token],
    responses=answers("error"),
    operation_id="listTokens",
)
async def tokens(caller: Reading, asked: Paged) -> Response:
    """The account's tokens, revoked ones included. Support's own are not among them."""
    rows = caller.practice.all(
        f"{_SELECT} WHERE account_id = ? AND NOT support ORDER BY id LIMIT ? OFFSET ?",
        caller.account, *asked.window,
    )  # fmt: skip
    return Json([_shown(row) for row in rows])


@router.post(
    "/v1/tokens",
    tags=_ABOUT,
    summary="Make a token",
    status_code=201,
    response_model=WholeToken,
    responses=answers("fields", 413),
    operation_id="createToken",
)
async def make(caller: Writing, form: NewToken) -> Response:
    """Make a token. The answer is the only place where it can be read: we keep a digest."""
    if len(set(form.scopes)) < len(form.scopes):
        raise Invalid({"scopes": ["names a scope twice"]})
    beyond = [scope for scope in form.scopes if scope not in caller.scopes]
    if beyond:
        raise Invalid({"scopes": [f"asks for {beyond[0]}, which this token may not do itself"]})
    with caller.practice.change():
        number = caller.practice.add(
            "tokens",
            account_id=caller.account,
            name=form.name,
            prefix="",
            digest="",
            scopes=" ".join(scope for scope in SCOPES if scope in form.scopes),
            created_at=caller.practice.clock.text,
            support=False,
        )
        prefix = _prefix(caller.practice, number)
        whole = keys.token(caller.practice.seed, number, prefix)
        caller.practice.run(
            "UPDATE tokens SET prefix = ?, digest = ? WHERE id = ?",
            (prefix, keys.digest(whole), number),
        )
    made = {**_own(caller, number), "token": whole}
    return Json(made, 201, {"Location": f"/v1/tokens/{number}", "Cache-Control": "no-store"})


@router.get(
    "/v1/tokens/{number}",
    tags=_ABOUT,
    summary="Show a token",
    response_model=Token,
    responses=answers("error", 404),
    operation_id="getToken",
)
async def token(number: Number, caller: Reading, _: Plain) -> Response:
    """One token: how it begins, and what it may do."""
    return Json(_own(caller, number))


@router.put(
    "/v1/tokens/{number}/revoke",
    tags=_ABOUT,
    summary="Revoke a token",
    response_model=Token,
    responses=answers("fields", 404),
    operation_id="revokeToken",
)
async def revoke(number: Number, caller: Writing) -> Response:
    """Revoke a token, at once and for ever. It stays in the list."""
    _own(caller, number)
    caller.practice.run(
        "UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
        (caller.practice.clock.text, number),
    )
    return Json(_own(caller, number))


def _own(caller: Caller, number: int) -> dict[str, Any]:
    found = caller.practice.one(
        f"{_SELECT} WHERE id = ? AND account_id = ? AND NOT support", number, caller.account
    )
    if found is None:
        raise not_found()
    return _shown(found)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "scopes": row["scopes"].split()}


def _prefix(practice: Practice, number: int) -> str:
    """How a new token begins: six digits made of its number, and of nobody else's."""
    for nth in range(100):
        whole = hashlib.sha256(f"prefix\0{practice.seed}\0{number}\0{nth}".encode()).hexdigest()
        if not practice.one("SELECT 1 FROM tokens WHERE prefix = ?", f"lnt_{whole[:6]}"):
            return f"lnt_{whole[:6]}"
    raise AssertionError("there are not that many tokens")


_SELECT = """
    SELECT id, name, prefix, scopes, created_at, last_used_at, revoked_at FROM tokens"""
