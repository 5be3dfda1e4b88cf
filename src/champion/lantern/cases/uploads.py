"""Uploads by program, step by step: the file, the attempts to encode it, and what the logs tell."""

from __future__ import annotations

from champion.lantern.cases.telling import Shown, Story
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import AppLine

Fields = dict[str, str | int | bool | None]
"""What a line of app.jsonl tells beyond its event."""


def add_original(ledger: Ledger, film: Shown, stored: int, size: int) -> None:
    """The file as it was uploaded, complete at `stored`; so many bytes."""
    ledger.add(
        "video_versions",
        id=ledger.next_ids("video_versions", 1),
        video_id=film.id,
        quality="original",
        codec="h264",
        fps=30,
        variable_frame_rate=False,
        hdr=False,
        width=1920,
        height=1080,
        bytes=size,
        created_at=stored,
    )


def add_job(
    ledger: Ledger,
    number: int,
    film: Shown,
    attempt: int,
    queued: int,
    started: int | None = None,
    finished: int | None = None,
    error: str | None = None,
) -> None:
    """One attempt to make the renditions: waiting, done, or failed with this error."""
    status = "queued" if started is None else "done" if error is None else "failed"
    ledger.add(
        "encode_jobs",
        id=number,
        video_id=film.id,
        attempt=attempt,
        status=status,
        error_code=error,
        queued_at=queued,
        started_at=started,
        finished_at=finished,
    )


def log_accepted(story: Story, request: str, film: Shown, stored: int, size: int, job: int) -> None:
    """What the API told when a file was complete: its request led to this video and this job."""
    about: Fields = {"request_id": request, "account_id": story.account, "video": film.hashed_id}
    story.ledger.log(
        AppLine(stored, "INFO", "api", "upload.accepted", {**about, "bytes": size}),
        encode_queued(story, request, film, stored + 3_000, job, 1),
    )


def encode_queued(
    story: Story, request: str, film: Shown, moment: int, job: int, attempt: int
) -> AppLine:
    """What the encoders told when an attempt was put into their queue."""
    about: Fields = {"request_id": request, "account_id": story.account, "video": film.hashed_id}
    more = {**about, "job_id": job, "attempt": attempt}
    return AppLine(moment, "INFO", "encoder", "encode.queued", more)
