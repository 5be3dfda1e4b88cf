"""Processing: what becomes of an upload, and the work that is done in the background."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, day, flag, key, large, link, moment, number, text


class VideoVersion(Base):
    """One file of a video: the original, or one that we made of it."""

    __tablename__ = "video_versions"
    __table_args__ = {  # noqa: RUF012
        "comment": "The files of a video: the original as it was uploaded, and the renditions we "
        "made of it. Joining videos to it gives a row per file. A video that failed, or is still "
        "being processed, has its original only; one that is still uploading has none."
    }

    id: Mapped[int] = key()
    video_id: Mapped[int] = link("videos", "The video.")
    quality: Mapped[str] = text(
        "original, or a rendition: 1080p, 720p, 360p. None is made that is taller than the "
        "original. The number is the height of a landscape picture; of an upright one it is the "
        "width."
    )
    codec: Mapped[str] = text("h264, hevc, vp9 or prores. Renditions are always h264.")
    fps: Mapped[int] = number(
        "Frames a second, rounded: 29.97 is kept as 30. 1 or 2 is a recording of slides."
    )
    variable_frame_rate: Mapped[bool] = flag(
        "Whether the rate varies, as phones record it; fps is then the mean. Never true of a "
        "rendition."
    )
    hdr: Mapped[bool] = flag("Whether it has high dynamic range. Renditions have not.")
    width: Mapped[int] = number("Width of the picture in pixels.")
    height: Mapped[int] = number("Height of the picture in pixels.")
    bytes: Mapped[int] = large("Size of the file in bytes, not in kilobytes; often above 2³¹.")
    created_at: Mapped[datetime] = moment("When the file was complete on our side.")


class EncodeJob(Base):
    """One attempt to make the renditions of a video."""

    __tablename__ = "encode_jobs"
    __table_args__ = {  # noqa: RUF012
        "comment": "Attempts to make the renditions of a video, one row each: a job that failed "
        "is tried once more, so a video may have two rows and still be ready."
    }

    id: Mapped[int] = key()
    video_id: Mapped[int] = link("videos", "The video.")
    attempt: Mapped[int] = number("1, or 2 for the second try.")
    status: Mapped[str] = text("queued, running, done or failed.")
    error_code: Mapped[str | None] = text(
        "Why it failed: worker_lost (ours; the second try mends it), no_video_track, "
        "truncated_file or unsupported_codec (the file's). Missing unless it failed."
    )
    queued_at: Mapped[datetime] = moment("When it could have begun: the upload was complete.")
    started_at: Mapped[datetime | None] = moment(
        "When it began, mostly within five minutes. Missing while it is queued."
    )
    finished_at: Mapped[datetime | None] = moment(
        "When it ended, well or not. Missing while it is queued or running. A customer waits from "
        "queued_at; the encoder works from started_at."
    )


class BackgroundJob(Base):
    """A piece of work that is done later."""

    __tablename__ = "background_jobs"
    __table_args__ = {  # noqa: RUF012
        "comment": "Work that is done later: what customers asked for, and Lantern's own nightly "
        "jobs since 2024-01-01."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int | None] = link(
        "accounts", "Whose work. Missing for Lantern's own nightly jobs."
    )
    video_id: Mapped[int | None] = link(
        "videos", "The video it is about. Missing where it is about none, or about many."
    )
    kind: Mapped[str] = text(
        "nightly_rollup (counts one UTC day into daily_stats), purge_views (removes loads and "
        "plays older than two years), rebuild_stats (a deleted video was restored: its days are "
        "counted anew from its plays), bulk_delete (a video was deleted together with others, by "
        "emptying a folder; one row per video), export_videos, transcribe."
    )
    status: Mapped[str] = text("queued, running, done or failed.")
    counts_day: Mapped[date | None] = day(
        "The UTC day that a nightly_rollup counts. Missing for every other kind."
    )
    queued_at: Mapped[datetime] = moment("When it was asked for.")
    started_at: Mapped[datetime | None] = moment(
        "When it began. Missing while it is queued. rebuild_stats begins between 02:00 and 04:00 "
        "UTC of the next night, so one that has waited longer is stuck: the developers want its "
        "id."
    )
    finished_at: Mapped[datetime | None] = moment("When it ended. Missing until then.")
