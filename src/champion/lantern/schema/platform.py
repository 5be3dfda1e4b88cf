"""Platform: what customers' own programs ask of us, and what we tell them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, hexed, key, link, moment, number, text


class ApiToken(Base):
    """A key to the API."""

    __tablename__ = "api_tokens"
    __table_args__ = {  # noqa: RUF012
        "comment": "Keys by which customers' programs use the API, revoked ones included. They can "
        "be made on every plan, but only some plans may use the API: see plans.has_api. The token "
        "itself is kept nowhere."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "The account it opens.")
    created_by_id: Mapped[int] = link("users", "Who made it. They may have left since.")
    name: Mapped[str] = text("What its maker called it. Not unique.")
    prefix: Mapped[str] = text(
        "How it begins: 'lnt_' and six letters or digits. Enough to tell two tokens apart, and "
        "all that anybody can see."
    )
    scopes: Mapped[str] = text(
        "What it may do, separated by blanks, in no order: read:videos, read:stats, write:videos; "
        "as it is now: audit_events knows what was changed. A scope does not help where the plan "
        "has no API."
    )
    created_at: Mapped[datetime] = moment("When it was made.")
    last_used_at: Mapped[datetime | None] = moment(
        "The last request made with it, good or not. Missing when there never was one."
    )
    revoked_at: Mapped[datetime | None] = moment("When it was revoked. Missing while it is valid.")


class ApiRequest(Base):
    """A call of the API."""

    __tablename__ = "api_requests"
    __table_args__ = {  # noqa: RUF012
        "comment": "Calls of the API, kept for 14 days. An account may make 600 a minute (by the "
        "clock), all its tokens together; what is over gets 429."
    }

    id: Mapped[int] = key()
    request_id: Mapped[str] = hexed(
        "Sixteen hexadecimal digits, unique: the X-Request-Id that the caller got. A call that is "
        "made again gets another one."
    )
    account_id: Mapped[int] = link("accounts", "The account it was about.")
    token_id: Mapped[int] = link("api_tokens", "The token it came with.")
    method: Mapped[str] = text("GET or POST.")
    path: Mapped[str] = text("The path without what follows the question mark.")
    query: Mapped[str | None] = text(
        "What follows the question mark. Missing when nothing does. Pages begin at 1. Old programs "
        "still pass their token here, as ?api_password=: then all of it can be read here and in "
        "access.log."
    )
    body_digest: Mapped[str | None] = hexed(
        "A digest of the body that was sent: the same body has the same digest. Missing for GET."
    )
    status: Mapped[int] = number(
        "The HTTP status of our answer. 301: what is asked for has moved, the answer says where; "
        "addresses below /v0, of 2024, are such. 499: the caller hung up before it was ready; we "
        "finish the work all the same. 201: made; 200 for a POST of a video: the same "
        "Idempotency-Key had come before, so nothing was made again."
    )
    error: Mapped[str | None] = text(
        "The code in the answer's body: unauthorized_credentials (401: the token is "
        "unknown or was revoked), account_inactive (401: a bill has been open for more than 30 "
        "days), unauthorized_scope (401: the token may not do that), plan_without_api (403), "
        "not_found (404), upload_incomplete (408: the file stopped coming before it was whole; "
        "nothing is kept), invalid (422), too_many_requests (429, in a body of plain "
        "text) or internal (500, 503). Missing when all went well, and with 499."
    )
    duration_ms: Mapped[int] = number("How long it took us, in milliseconds.")
    client: Mapped[str] = text("What the caller calls itself: the User-Agent header.")
    ip_address: Mapped[str] = text("Where it came from.")
    requested_at: Mapped[datetime] = moment("When it came.")


class Webhook(Base):
    """An address that wants to be told."""

    __tablename__ = "webhooks"
    __table_args__ = {  # noqa: RUF012
        "comment": "Addresses of customers that want to be told when something happens, those that "
        "are switched off included."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose address.")
    created_by_id: Mapped[int] = link("users", "Who set it up.")
    url: Mapped[str] = text("Where we send to.")
    event_types: Mapped[str] = text(
        "Which events it wants, separated by blanks; * for all, later ones included."
    )
    created_at: Mapped[datetime] = moment("When it was set up.")
    disabled_at: Mapped[datetime | None] = moment(
        "When it was switched off; nothing is sent from then on. Missing while it is on."
    )
    disabled_reason: Mapped[str | None] = text(
        "failing (by us: nothing got through for 12 hours) or by_user. Missing while it is on."
    )


class WebhookEvent(Base):
    """Something customers wanted to be told."""

    __tablename__ = "webhook_events"
    __table_args__ = {  # noqa: RUF012
        "comment": "What happened in accounts that have a webhook: one row per event, whether or "
        "not it got through. Kept for 30 days. One upload makes several events."
    }

    id: Mapped[int] = key()
    uuid: Mapped[str] = text(
        "The event's own number, unique; it stays the same however often it is sent."
    )
    account_id: Mapped[int] = link("accounts", "The account it happened in.")
    type: Mapped[str] = text(
        "video.created, video.rendition_ready (one for each quality), video.ready (once, when all "
        "are there) or video.deleted."
    )
    video_id: Mapped[int] = link("videos", "The video it is about.")
    quality: Mapped[str | None] = text(
        "1080p, 720p or 360p for video.rendition_ready. Missing for the others."
    )
    generated_at: Mapped[datetime] = moment("When it happened; not when it was sent.")


class WebhookDelivery(Base):
    """One attempt to tell."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = {  # noqa: RUF012
        "comment": "Every attempt to send an event to an address. We send at least once: without "
        "an answer within 10 seconds, or with one outside 200 to 299, the same event is sent again "
        "after 1 minute, 10 minutes, 1 hour and 6 hours, even if it had arrived."
    }

    id: Mapped[int] = key()
    webhook_id: Mapped[int] = link("webhooks", "Where to.")
    event_id: Mapped[int] = link("webhook_events", "What.")
    attempt: Mapped[int] = number("1 for the first, at most 5.")
    status: Mapped[int | None] = number("The HTTP status they answered. Missing without an answer.")
    failure: Mapped[str | None] = text(
        "Why it does not count as told: timeout, connection_refused, certificate_expired, redirect "
        "(we do not follow), client_error or server_error. Missing when it arrived."
    )
    duration_ms: Mapped[int] = number("How long they took to answer, in milliseconds.")
    signed_at: Mapped[datetime] = moment(
        "The t= of the signature: whole seconds, by our clock. Signed anew for each attempt. The "
        "libraries we hand out refuse a signature that is more than five minutes old."
    )
    sent_at: Mapped[datetime] = moment("When it was sent.")
