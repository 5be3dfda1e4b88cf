"""Videos: lists, one of them, its title, and putting it away, back and elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Request, Response
from pydantic import Field

from champion.api import events, jobs
from champion.api.caching import cached
from champion.api.errors import Json, Refusal, not_found
from champion.api.forms import (
    Form,
    HashedId,
    Id,
    Moment,
    Object,
    Order,
    Page,
    Plain,
    answers,
    asked_for,
)  # fmt: skip
from champion.api.gate import Caller, Reading, Writing
from champion.api.jobs import Job
from champion.api.routes import Tags, router

_ABOUT: Tags = ["videos"]

TITLE = Field(min_length=1, max_length=300, examples=["Spring gala, live"])
COLUMNS = """hashed_id, title, status, duration_ms, folder_id, created_at, updated_at,
    'https://play.lantern.example/' || hashed_id AS embed_url,
    'https://cdn.lantern.example/v/' || hashed_id || '/thumb.jpg' AS thumbnail_url"""
_SORTS = {"created": "id", "updated": "updated_at", "title": "title"}


class Video(Object):
    """An uploaded video."""

    hashed_id: str = Field(
        description="Its id: ten letters and digits.",
        pattern="^[a-z0-9]{10}$",
        examples=["hpspring26"],
    )
    title: str = Field(description="Not unique.", examples=["Spring gala, live"])
    status: str = Field(description="uploading, processing, ready or failed.", examples=["ready"])
    duration_ms: int | None = Field(
        description="Length in milliseconds; null until it is ready.", examples=[4_920_000]
    )
    folder_id: int | None = Field(description="null: in no folder.", examples=[None])
    created_at: Moment
    updated_at: Moment
    embed_url: str = Field(examples=["https://play.lantern.example/hpspring26"])
    thumbnail_url: str = Field(examples=["https://cdn.lantern.example/v/hpspring26/thumb.jpg"])


class Videos(Page):
    """Which videos, and in which order."""

    sort_by: Literal["created", "updated", "title"] = Field(
        "created",
        description="`updated` moves while you read: a video that is changed jumps to another "
        "page.",
    )
    order: Order = Field("asc", description="asc: the oldest, or A, first.")
    folder_id: Id | None = Field(None, description="Those in this folder alone.")


class NewTitle(Form):
    """What can be changed of a video."""

    title: str = TITLE


class Destination(Form):
    """Where a video is to lie."""

    folder_id: Id | None = Field(description="The folder; null: in no folder.", examples=[None])


@router.get(
    "/v1/videos",
    tags=_ABOUT,
    summary="List videos",
    response_model=list[Video],
    responses={**answers("error"), 304: {"description": "Nothing has changed since that ETag."}},
    operation_id="listVideos",
)
async def videos(
    request: Request, caller: Reading, asked: Annotated[Videos, asked_for(Videos)]
) -> Response:
    """The account's videos, without archived ones: a bare array.

    There is no total and no link to the next page: a page that is shorter than `per_page` is the
    last one.
    """
    column = _SORTS[asked.sort_by]
    where = " AND folder_id = ?" if asked.folder_id is not None else ""
    values = (asked.folder_id,) if asked.folder_id is not None else ()
    direction = asked.order.upper()
    rows = caller.practice.all(
        f"SELECT {COLUMNS} FROM videos WHERE account_id = ? AND deleted_at IS NULL{where} "
        f"ORDER BY {column} {direction}, id {direction} LIMIT ? OFFSET ?",
        caller.account, *values, *asked.window,
    )  # fmt: skip
    return cached(request, rows)


@router.get(
    "/v1/videos/{hashed_id}",
    tags=_ABOUT,
    summary="Show a video",
    response_model=Video,
    responses={
        **answers("error", 404),
        304: {"description": "Nothing has changed since that ETag."},
    },
    operation_id="getVideo",
)
async def video(request: Request, hashed_id: HashedId, caller: Reading, _: Plain) -> Response:
    """One video, with an ETag."""
    return cached(request, shown(caller, own(caller, hashed_id)["id"]))


@router.patch(
    "/v1/videos/{hashed_id}",
    tags=_ABOUT,
    summary="Change a video's title",
    response_model=Video,
    responses=answers("fields", 404, 413),
    operation_id="updateVideo",
)
async def change(hashed_id: HashedId, caller: Writing, form: NewTitle) -> Response:
    """Give a video another title. Its `updated_at` moves."""
    found = own(caller, hashed_id)
    caller.practice.run(
        "UPDATE videos SET title = ?, updated_at = ? WHERE id = ?",
        (form.title, caller.practice.clock.text, found["id"]),
    )
    return Json(shown(caller, found["id"]))


@router.put(
    "/v1/videos/{hashed_id}/archive",
    tags=_ABOUT,
    summary="Archive a video",
    status_code=204,
    responses=answers("fields", 404),
    operation_id="archiveVideo",
)
async def archive(hashed_id: HashedId, caller: Writing) -> Response:
    """Put a video away: it is in no list any more and plays nowhere. `restore` brings it back."""
    found = own(caller, hashed_id)
    with caller.practice.change():
        caller.practice.run(
            "UPDATE videos SET deleted_at = ? WHERE id = ?",
            (caller.practice.clock.text, found["id"]),
        )
        events.happened(caller.practice, caller.account, "video.deleted", found["id"])
    return Response(status_code=204)


@router.put(
    "/v1/videos/{hashed_id}/restore",
    tags=_ABOUT,
    summary="Restore an archived video",
    status_code=202,
    response_model=Job,
    responses=answers("fields", 404, 409),
    operation_id="restoreVideo",
)
async def restore(hashed_id: HashedId, caller: Writing) -> Response:
    """Bring a video back. It is there at once; its statistics are counted anew in the next night,
    by a background job."""
    found = _any(caller, hashed_id)
    if found["deleted_at"] is None:
        raise Refusal(409, "conflict", "This video is not archived.")
    with caller.practice.change():
        caller.practice.run("UPDATE videos SET deleted_at = NULL WHERE id = ?", (found["id"],))
        job = jobs.queue(caller.practice, caller.account, "rebuild_stats", found["id"])
    return jobs.accepted(caller, job)


@router.put(
    "/v1/videos/{hashed_id}/move",
    tags=_ABOUT,
    summary="Move a video to another folder",
    status_code=202,
    response_model=Job,
    responses=answers("fields", 404, 413),
    operation_id="moveVideo",
)
async def move(hashed_id: HashedId, caller: Writing, form: Destination) -> Response:
    """Move a video. A background job does it, some seconds later."""
    found = own(caller, hashed_id)
    if form.folder_id is not None and not caller.practice.one(
        "SELECT 1 FROM folders WHERE id = ? AND account_id = ?", form.folder_id, caller.account
    ):
        raise not_found()
    with caller.practice.change():
        job = jobs.queue(caller.practice, caller.account, "move_video", found["id"], form.folder_id)
    return jobs.accepted(caller, job)


def shown(caller: Caller, number: int) -> dict[str, Any]:
    """The video of that number as the API shows it."""
    found = caller.practice.one(f"SELECT {COLUMNS} FROM videos WHERE id = ?", number)
    assert found is not None
    return found


def own(caller: Caller, hashed_id: str) -> dict[str, Any]:
    """The caller's video of that id; Refusal (404) when it is archived, not there or not theirs."""
    found = _any(caller, hashed_id)
    if found["deleted_at"] is not None:
        raise not_found()
    return found


def _any(caller: Caller, hashed_id: str) -> dict[str, Any]:
    found = caller.practice.one(
        "SELECT * FROM videos WHERE hashed_id = ? AND account_id = ?", hashed_id, caller.account
    )
    if found is None:
        raise not_found()
    return found
