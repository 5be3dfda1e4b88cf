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


class FolderShare(Base):
    """A folder that somebody was given access to."""

    __tablename__ = "folder_shares"
    __table_args__ = {  # noqa: RUF012
        "comment": "Who was given access to a folder. Owners and managers see every folder of "
        "their account and need no row. Contributors see what they uploaded, what lies in no "
        "folder, and what lies in folders shared with them; viewers the latter two. Only the "
        "customer's owner or manager may share: support never does, and does not tell a user "
        "what is shared with another."
    }

    id: Mapped[int] = key()
    folder_id: Mapped[int] = link("folders", "The folder. A folder inside it needs its own row.")
    user_id: Mapped[int] = link("users", "Who may see it. Always somebody of the same account.")
    access: Mapped[str] = text("view (watch and download) or edit (also upload and delete).")
    shared_by_id: Mapped[int | None] = link(
        "users", "The owner or manager who shared it. Missing where the API did."
    )
    created_at: Mapped[datetime] = moment("When it was shared.")
    revoked_at: Mapped[datetime | None] = moment(
        "When it was taken back. Missing while it holds. The row stays."
    )


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


class AllowedDomain(Base):
    """A host on which an account's videos may be embedded."""

    __tablename__ = "allowed_domains"
    __table_args__ = {  # noqa: RUF012
        "comment": "Hosts on which an account's videos may be embedded. An account without any "
        "row allows every host. Our own pages on play.lantern.example are always allowed. Where "
        "there is a list, a request that does not say which page it comes from is refused too."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose list.")
    host: Mapped[str] = text(
        "The host exactly as browsers send it, in small letters: www.north.example does not "
        "allow north.example. *.north.example allows every host below it, not itself."
    )
    created_at: Mapped[datetime] = moment("When it was put on the list. Removed rows are gone.")
