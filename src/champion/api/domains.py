"""Allowed domains: the hosts on which an account's videos may be embedded."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic import Field

from champion.api.errors import Json, not_found
from champion.api.forms import Form, Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import Caller, Reading, Writing
from champion.api.routes import Tags, router

_ABOUT: Tags = ["allowed domains"]

HOST = r"^(\*\.)?([a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\.){1,6}[a-z]{2,20}$"
"""A host in small letters, perhaps with `*.` before it: at most 160 characters."""
_COLUMNS = "id, host, created_at"


class Domain(Object):
    """A host on which videos may be embedded."""

    id: int = Field(examples=[612])
    host: str = Field(examples=["www.north.example"])
    created_at: Moment


class NewDomain(Form):
    """A host to be allowed."""

    host: str = Field(
        pattern=HOST,
        description="As browsers send it, in small letters: www.north.example does not allow "
        "north.example; *.north.example allows every host below it, not itself.",
        examples=["www.north.example"],
    )


@router.get(
    "/v1/allowed_domains",
    tags=_ABOUT,
    summary="List allowed domains",
    response_model=list[Domain],
    responses=answers("error"),
    operation_id="listDomains",
)
async def domains(caller: Reading, asked: Paged) -> Response:
    """The hosts on the account's list. An account without any allows every host."""
    return Json(
        caller.practice.all(
            f"SELECT {_COLUMNS} FROM allowed_domains WHERE account_id = ? ORDER BY id "
            "LIMIT ? OFFSET ?",
            caller.account, *asked.window,
        )
    )  # fmt: skip


@router.post(
    "/v1/allowed_domains",
    tags=_ABOUT,
    summary="Allow a domain",
    status_code=201,
    response_model=Domain,
    responses={
        **answers("errors", 413),
        200: {"model": Domain, "description": "The host was on the list already."},
    },
    operation_id="createDomain",
)
async def allow(caller: Writing, form: NewDomain) -> Response:
    """Put a host on the list; one that is on it stays as it is, and the answer is a 200."""
    known = caller.practice.one(
        f"SELECT {_COLUMNS} FROM allowed_domains WHERE account_id = ? AND host = ?",
        caller.account, form.host,
    )  # fmt: skip
    if known:
        return Json(known)
    number = caller.practice.add(
        "allowed_domains",
        account_id=caller.account,
        host=form.host,
        created_at=caller.practice.clock.text,
    )
    return Json(_own(caller, number), 201, {"Location": f"/v1/allowed_domains/{number}"})


@router.get(
    "/v1/allowed_domains/{number}",
    tags=_ABOUT,
    summary="Show an allowed domain",
    response_model=Domain,
    responses=answers("error", 404),
    operation_id="getDomain",
)
async def domain(number: Number, caller: Reading, _: Plain) -> Response:
    """One host of the list."""
    return Json(_own(caller, number))


@router.delete(
    "/v1/allowed_domains/{number}",
    tags=_ABOUT,
    summary="Take a domain off the list",
    status_code=204,
    responses=answers("errors", 404),
    operation_id="deleteDomain",
)
async def remove(number: Number, caller: Writing) -> Response:
    """Take a host off the list. When the last one goes, every host is allowed again."""
    _own(caller, number)
    caller.practice.run("DELETE FROM allowed_domains WHERE id = ?", (number,))
    return Response(status_code=204)


def _own(caller: Caller, number: int) -> dict[str, Any]:
    found = caller.practice.one(
        f"SELECT {_COLUMNS} FROM allowed_domains WHERE id = ? AND account_id = ?",
        number, caller.account,
    )  # fmt: skip
    if found is None:
        raise not_found()
    return found
