"""Folders: where videos lie. Making one is not idempotent: asked twice, it makes two."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic import Field
from starlette.requests import Request

from champion.api.caching import cached
from champion.api.errors import Json, Refusal, not_found
from champion.api.forms import Form, Id, Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import Caller, Reading, Writing
from champion.api.routes import Tags, router

_ABOUT: Tags = ["folders"]

_COLUMNS = "id, name, parent_id, created_at"
_NAME = Field(min_length=1, max_length=200, examples=["Spring term"])


class Folder(Object):
    """A place to keep videos."""

    id: int = Field(examples=[3_401])
    name: str = Field(description="Not unique.", examples=["Spring term"])
    parent_id: int | None = Field(
        description="The folder it lies in; null: at the top.", examples=[None]
    )
    created_at: Moment


class NewFolder(Form):
    """A folder to be made."""

    name: str = _NAME
    parent_id: Id | None = Field(None, description="The folder to put it in.")


class NewName(Form):
    """Another name."""

    name: str = _NAME


@router.get(
    "/v1/folders",
    tags=_ABOUT,
    summary="List folders",
    response_model=list[Folder],
    responses=answers("error"),
    operation_id="listFolders",
)
async def folders(request: Request, caller: Reading, asked: Paged) -> Response:
    """The account's folders, the oldest first: a bare array."""
    rows = caller.practice.all(
        f"SELECT {_COLUMNS} FROM folders WHERE account_id = ? ORDER BY id LIMIT ? OFFSET ?",
        caller.account, *asked.window,
    )  # fmt: skip
    return cached(request, rows)


@router.post(
    "/v1/folders",
    tags=_ABOUT,
    summary="Make a folder",
    status_code=201,
    response_model=Folder,
    responses=answers("errors", 404, 413),
    operation_id="createFolder",
)
async def make(caller: Writing, form: NewFolder) -> Response:
    """Make a folder. **Not idempotent**: who asks again after a timeout gets a second one. Look
    first whether it is there."""
    if form.parent_id is not None:
        own(caller, form.parent_id)
    number = caller.practice.add(
        "folders",
        account_id=caller.account,
        parent_id=form.parent_id,
        name=form.name,
        created_at=caller.practice.clock.text,
    )
    return Json(own(caller, number), 201, {"Location": f"/v1/folders/{number}"})


@router.get(
    "/v1/folders/{number}",
    tags=_ABOUT,
    summary="Show a folder",
    response_model=Folder,
    responses=answers("error", 404),
    operation_id="getFolder",
)
async def folder(request: Request, number: Number, caller: Reading, _: Plain) -> Response:
    """One folder, with an ETag."""
    return cached(request, own(caller, number))


@router.patch(
    "/v1/folders/{number}",
    tags=_ABOUT,
    summary="Rename a folder",
    response_model=Folder,
    responses=answers("errors", 404, 413),
    operation_id="renameFolder",
)
async def rename(number: Number, caller: Writing, form: NewName) -> Response:
    """Give a folder another name."""
    own(caller, number)
    caller.practice.run("UPDATE folders SET name = ? WHERE id = ?", (form.name, number))
    return Json(own(caller, number))


@router.delete(
    "/v1/folders/{number}",
    tags=_ABOUT,
    summary="Remove an empty folder",
    status_code=204,
    responses=answers("errors", 404, 409),
    operation_id="deleteFolder",
)
async def remove(number: Number, caller: Writing) -> Response:
    """Remove a folder that holds nothing, not even archived videos."""
    own(caller, number)
    if caller.practice.one(_HELD, number, number, number):
        raise Refusal(409, "conflict", "This folder is not empty.")
    caller.practice.run("DELETE FROM folders WHERE id = ?", (number,))
    return Response(status_code=204)


def own(caller: Caller, number: int) -> dict[str, Any]:
    """The caller's folder of that number; Refusal (404) when it is not there or not theirs."""
    found = caller.practice.one(
        f"SELECT {_COLUMNS} FROM folders WHERE id = ? AND account_id = ?", number, caller.account
    )
    if found is None:
        raise not_found()
    return found


_HELD = """
    SELECT 1 FROM videos WHERE folder_id = ? UNION SELECT 1 FROM folders WHERE parent_id = ?
    UNION SELECT 1 FROM background_jobs WHERE folder_id = ? AND status IN ('queued', 'running')"""
