"""Background jobs: what is answered by 202, done later, and polled meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fastapi import Response
from pydantic import Field

from champion.api.clock import read, said
from champion.api.errors import Json, not_found
from champion.api.forms import Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import Caller, Reading
from champion.api.practice import Practice
from champion.api.routes import Tags, router

_ABOUT: Tags = ["background jobs"]

STARTS, TAKES = 1, 3
"""Seconds until a move begins, and until it is done."""
NIGHT = 2
"""The hour (UTC) at which statistics are counted anew."""
_WHOLE_NIGHT = timedelta(minutes=7)


class Job(Object):
    """A piece of work that is done later."""

    id: int = Field(examples=[51_204])
    kind: str = Field(
        description="move_video, rebuild_stats, bulk_delete, export_videos or transcribe.",
        examples=["move_video"],
    )
    status: str = Field(description="queued, running, done or failed.", examples=["queued"])
    hashed_id: str | None = Field(
        description="The video it is about; null: about none, or many.", examples=["hpspring26"]
    )
    queued_at: Moment
    started_at: Moment | None = Field(description="When it began; null while it is queued.")
    finished_at: Moment | None = Field(description="When it ended; null until then.")


@router.get(
    "/v1/background_jobs",
    tags=_ABOUT,
    summary="List background jobs",
    response_model=list[Job],
    responses=answers("error"),
    operation_id="listJobs",
)
async def jobs(caller: Reading, asked: Paged) -> Response:
    """The account's background jobs, the oldest first: a bare array."""
    rows = caller.practice.all(
        f"{_SELECT} WHERE j.account_id = ? ORDER BY j.id LIMIT ? OFFSET ?",
        caller.account, *asked.window,
    )  # fmt: skip
    return Json(rows)


@router.get(
    "/v1/background_jobs/{number}",
    tags=_ABOUT,
    summary="Show a background job",
    response_model=Job,
    responses=answers("error", 404),
    operation_id="getJob",
)
async def job(number: Number, caller: Reading, _: Plain) -> Response:
    """One background job: ask again until it is done or has failed."""
    return Json(shown(caller, number))


def queue(
    practice: Practice, account: int, kind: str, video: int, folder: int | None = None
) -> int:
    """Queue a job, and return its number."""
    number = practice.add(
        "background_jobs",
        account_id=account,
        video_id=video,
        kind=kind,
        status="queued",
        queued_at=practice.clock.text,
        folder_id=folder,
        here=True,
    )
    _await(practice, number, _course(kind, practice.clock.now)[1])
    return number


def resume(practice: Practice) -> None:
    """Wait again for the jobs that an API before this one had queued."""
    practice.waiting.clear()
    for row in practice.all(f"SELECT * {_OPEN}"):
        _await(practice, row["id"], _course(row["kind"], read(row["queued_at"]))[1])


def accepted(caller: Caller, number: int) -> Response:
    """The 202, with the job and where to ask for it."""
    where = {"Location": f"/v1/background_jobs/{number}"}
    return Json(shown(caller, number), 202, where)


def shown(caller: Caller, number: int) -> dict[str, Any]:
    """A job of the caller's, as it is now; Refusal (404) when there is none."""
    own = f"{_SELECT} WHERE j.id = ? AND j.account_id = ?"
    found = caller.practice.one(own, number, caller.account)
    if found is None:
        raise not_found()
    return found


def settle(practice: Practice) -> None:
    """Begin and end the jobs whose time has come; those of the company's past stay as they are."""
    if not practice.waiting:
        return
    for row in practice.all(f"SELECT * {_OPEN}"):
        started, done = _course(row["kind"], read(row["queued_at"]))
        if practice.waiting[row["id"]].is_over():
            _finish(practice, row, started, done)
        elif practice.clock.now >= started and row["status"] == "queued":
            practice.run(
                "UPDATE background_jobs SET status = 'running', started_at = ? WHERE id = ?",
                (said(started), row["id"]),
            )


def _await(practice: Practice, number: int, done: datetime) -> None:
    seconds = (done - practice.clock.now) / timedelta(seconds=1)
    practice.waiting[number] = practice.clock.deadline(seconds)


def _finish(practice: Practice, row: dict[str, Any], started: datetime, done: datetime) -> None:
    with practice.change():
        practice.run(
            "UPDATE background_jobs SET status = 'done', started_at = ?, finished_at = ? "
            "WHERE id = ?",
            (said(started), said(done), row["id"]),
        )
        if row["kind"] == "move_video":
            practice.run(
                "UPDATE videos SET folder_id = ?, updated_at = ? WHERE id = ?",
                (row["folder_id"], said(done), row["video_id"]),
            )
    practice.waiting.pop(row["id"])


def _course(kind: str, queued: datetime) -> tuple[datetime, datetime]:
    """When a job begins and ends."""
    if kind != "rebuild_stats":
        return queued + timedelta(seconds=STARTS), queued + timedelta(seconds=TAKES)
    night = queued.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    night += timedelta(days=1) if night <= queued else timedelta(0)
    return night, night + _WHOLE_NIGHT


_OPEN = "FROM background_jobs WHERE here AND status IN ('queued', 'running')"
_SELECT = """
    SELECT j.id, j.kind, j.status, v.hashed_id, j.queued_at, j.started_at, j.finished_at
    FROM background_jobs j LEFT JOIN videos v ON v.id = j.video_id"""
