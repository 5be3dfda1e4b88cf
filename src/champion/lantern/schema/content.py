"""Content: what customers upload, and where they keep it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, key, link, moment, number, text


class Folder(Base):
    """A place to keep videos."""

    __tablename__ = "folders"
    __table_args__ = {  # noqa: RUF012
        "comment": "Folders of an account. They may lie in one another, two levels deep."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose folder.")
    parent_id: Mapped[int | None] = link("folders", "The folder it lies in. Missing at the top.")
    name: Mapped[str] = text("Its name. Not unique, not even within an account.")
    created_at: Mapped[datetime] = moment("When it was made.")


class Video(Base):
    """An uploaded video."""

    __tablename__ = "videos"
    __table_args__ = {  # noqa: RUF012
        "comment": "Uploaded videos, deleted ones included: deleting only sets deleted_at. "
        "Customers do not see deleted videos, so a list for them says deleted_at IS NULL."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose video.")
    folder_id: Mapped[int | None] = link("folders", "Where it lies. Missing: not in any folder.")
    uploaded_by_id: Mapped[int | None] = link(
        "users", "Who uploaded it. Missing for uploads by the API. They may have left since."
    )
    hashed_id: Mapped[str] = text(
        "Ten letters and digits, unique: the id that customers and embed codes know. Small "
        "letters only."
    )
    title: Mapped[str] = text("Its title. Not unique: the same title twice is common.")
    status: Mapped[str] = text(
        "uploading, processing, ready or failed. It says how far the upload came and does not "
        "change when a video is deleted: a deleted one is still 'ready'."
    )
    duration_ms: Mapped[int | None] = number(
        "Length in milliseconds (1 minute = 60000). Missing until it is ready, and when it failed."
    )
    created_at: Mapped[datetime] = moment("When the upload began.")
    updated_at: Mapped[datetime] = moment(
        "Last change of anything: title, folder, thumbnail. Not when the video itself was made."
    )
    deleted_at: Mapped[datetime | None] = moment(
        "When the customer deleted it. Missing while it exists. The row stays (a soft delete)."
    )
