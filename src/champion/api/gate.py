"""The gate: whose token it is, and what it may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from champion.api import keys
from champion.api.errors import Refusal, unauthorized
from champion.api.practice import Practice

SCOPES = ("read:videos", "read:stats", "write:videos")
OLD_PARAMETER = "api_password"
"""Where old programs still pass their token. It works for reading, and access.log shows it."""


@dataclass(frozen=True)
class Caller:
    """Who asks.

    Attributes:
        account: the account that the token opens.
        token: the token's id.
        scopes: what it may do.
        practice: the state that the request is about.
    """

    account: int
    token: int
    scopes: frozenset[str]
    practice: Practice


def identify(practice: Practice, method: str, authorization: str | None, query: bytes) -> Caller:
    """Who asks, by the token that came with the request.

    Args:
        practice: the state that knows the tokens.
        method: the old parameter works for GET alone.
        authorization: the header, if there is one.
        query: what follows the question mark.

    Raises:
        Refusal: 401 for a bad token or an inactive account, 403 where the plan has no API.
    """
    whole = _bearer(authorization)
    if authorization is None and method == "GET" and OLD_PARAMETER.encode() in query:
        whole = dict(parse_qsl(query.decode("latin-1"))).get(OLD_PARAMETER, "")
    found = practice.one(_TOKEN, whole[: keys.PREFIX_LENGTH])
    # A prefix that nobody has costs as much time as a wrong token.
    known = keys.is_same(whole, found["digest"] if found is not None else _NO_DIGEST)
    if found is None or not known or found["revoked_at"] is not None:
        raise unauthorized("unauthorized_credentials")
    if found["inactive"]:
        raise unauthorized("account_inactive")
    if not found["has_api"]:
        raise Refusal(403, "plan_without_api")
    return Caller(found["account_id"], found["id"], frozenset(found["scopes"].split()), practice)


def may(scope: str) -> Callable[[Request], Caller]:
    """What lets a request through whose token has this scope; else 401."""

    async def caller(request: Request) -> Caller:
        found: Caller = request.scope["caller"]
        if scope not in found.scopes:
            raise unauthorized("unauthorized_scope")
        return found

    return caller  # type: ignore[return-value]  # FastAPI awaits it


async def practice_of(request: Request) -> Practice:
    """The state that this request is about."""
    found: Practice = request.scope["practice"]
    return found


Reading = Annotated[Caller, Depends(may("read:videos"))]
Counting = Annotated[Caller, Depends(may("read:stats"))]
Writing = Annotated[Caller, Depends(may("write:videos"))]
State = Annotated[Practice, Depends(practice_of)]

_NO_DIGEST = "0" * 64
_TOKEN = """
    SELECT t.id, t.account_id, t.digest, t.scopes, t.revoked_at, a.has_api, a.inactive
    FROM tokens t JOIN accounts a ON a.id = t.account_id WHERE t.prefix = ?"""


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
