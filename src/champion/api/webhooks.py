"""Webhooks: the addresses that want to be told, and what became of telling them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Header, Response
from pydantic import Field

from champion.api import due, events
from champion.api.errors import Json, Refusal, not_found
from champion.api.forms import Form, Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import Caller, Reading, Writing
from champion.api.practice import Practice
from champion.api.routes import Tags, router
from champion.api.videos import own as own_video

_ABOUT: Tags = ["webhooks"]

ADDRESS = r"^https?://[A-Za-z0-9.-]{1,200}(:[0-9]{2,5})?(/[A-Za-z0-9._~/-]{0,200})?$"
EventType = Literal["*", "video.created", "video.rendition_ready", "video.ready", "video.deleted"]


class Webhook(Object):
    """An address that wants to be told."""

    id: int = Field(examples=[816])
    url: str = Field(examples=["https://hooks.north.example/lantern"])
    event_types: list[str] = Field(description="* for all.", examples=[["video.ready"]])
    created_at: Moment
    disabled_at: Moment | None = Field(description="null while it is on.")
    disabled_reason: str | None = Field(
        description="failing (by us: nothing got through for 12 hours) or by_user; null while it "
        "is on."
    )


class WholeWebhook(Webhook):
    """A new webhook, with the secret that its signatures are made with."""

    secret: str = Field(
        description="Shown once.", examples=["whsec_0123456789abcdef0123456789abcdef"]
    )


class NewWebhook(Form):
    """An address to be told."""

    url: str = Field(
        pattern=ADDRESS,
        description="Where we send to. The practice API delivers to 127.0.0.1 and localhost for "
        "real, and to nobody else.",
        examples=["http://127.0.0.1:8765/hook"],
    )
    event_types: list[EventType] = Field(
        ["*"], min_length=1, max_length=5, description="Which events; * for all."
    )


class Switch(Form):
    """On or off."""

    enabled: bool = Field(description="Whether it is told of what happens.", examples=[True])


class Upload(Form):
    """Which upload to pretend."""

    hashed_id: str = Field(pattern="^[a-z0-9]{10}$", examples=["hpspring26"])


class Delivery(Object):
    """One attempt to tell."""

    id: int = Field(examples=[2_801])
    event: str = Field(
        description="The event's uuid: the same however often it is sent.",
        examples=["6f1d0c5e-9a41-4b7e-a1f0-3c5d8e2b9a77"],
    )
    type: str = Field(examples=["video.ready"])
    attempt: int = Field(description="1 for the first, at most 5.", examples=[1])
    status: int | None = Field(description="What was answered; null: nothing was.", examples=[200])
    failure: str | None = Field(
        description="Why it does not count as told; null when it arrived.", examples=[None]
    )
    duration_ms: int = Field(examples=[153])
    sent_at: Moment


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern="^[A-Za-z0-9_-]+$",
        description="Asked again with the same key and body, the first answer comes once more and "
        "nothing is made. Kept until the state is reset.",
    ),
]


@router.get(
    "/v1/webhooks",
    tags=_ABOUT,
    summary="List webhooks",
    response_model=list[Webhook],
    responses=answers("error"),
    operation_id="listWebhooks",
)
async def webhooks(caller: Reading, asked: Paged) -> Response:
    """The account's webhooks, those that are switched off included."""
    rows = caller.practice.all(
        f"{_SELECT} WHERE account_id = ? ORDER BY id LIMIT ? OFFSET ?",
        caller.account, *asked.window,
    )  # fmt: skip
    return Json([_shown(row) for row in rows])


@router.post(
    "/v1/webhooks",
    tags=_ABOUT,
    summary="Make a webhook",
    status_code=201,
    response_model=WholeWebhook,
    responses=answers("fields", 409, 413),
    operation_id="createWebhook",
)
async def make(caller: Writing, form: NewWebhook, key: IdempotencyKey = None) -> Response:
    """Make a webhook. With an `Idempotency-Key`, asking again makes no second one: the one
    endpoint that knows this header."""
    asked = form.model_dump_json()
    before = caller.practice.one(
        "SELECT body, answer FROM idempotency WHERE token_id = ? AND key = ?", caller.token, key
    )
    if before is not None:
        if before["body"] != asked:
            raise Refusal(409, "conflict", "This Idempotency-Key came with another body before.")
        return Response(
            before["answer"], 201, {"Idempotent-Replay": "true"}, media_type="application/json"
        )
    with caller.practice.change():
        number = caller.practice.add(
            "webhooks",
            account_id=caller.account,
            url=form.url,
            event_types=" ".join(dict.fromkeys(form.event_types)),
            created_at=caller.practice.clock.text,
        )
        made = {**_own(caller, number), "secret": secret(caller.practice, number)}
        answer = Json(made, 201, {"Location": f"/v1/webhooks/{number}"})
        if key is not None:
            body = bytes(answer.body).decode()
            caller.practice.add(
                "idempotency", token_id=caller.token, key=key, body=asked, answer=body
            )
    return answer


@router.get(
    "/v1/webhooks/{number}",
    tags=_ABOUT,
    summary="Show a webhook",
    response_model=Webhook,
    responses=answers("error", 404),
    operation_id="getWebhook",
)
async def webhook(number: Number, caller: Reading, _: Plain) -> Response:
    """One webhook, without its secret."""
    return Json(_own(caller, number))


@router.patch(
    "/v1/webhooks/{number}",
    tags=_ABOUT,
    summary="Switch a webhook on or off",
    response_model=Webhook,
    responses=answers("fields", 404, 413),
    operation_id="switchWebhook",
)
async def switch(number: Number, caller: Writing, form: Switch) -> Response:
    """Switch a webhook on or off; on again, it is told what happens from then on."""
    found = _own(caller, number)
    since = found["disabled_at"] or caller.practice.clock.text
    change = (None, None) if form.enabled else (since, found["disabled_reason"] or "by_user")
    with caller.practice.change():
        caller.practice.run(
            "UPDATE webhooks SET disabled_at = ?, disabled_reason = ?, failing_since = NULL "
            "WHERE id = ?",
            (*change, number),
        )
        if not form.enabled:
            due.none_to(caller.practice, number)
    return Json(_own(caller, number))


@router.delete(
    "/v1/webhooks/{number}",
    tags=_ABOUT,
    summary="Remove a webhook",
    status_code=204,
    responses=answers("fields", 404),
    operation_id="deleteWebhook",
)
async def remove(number: Number, caller: Writing) -> Response:
    """Remove a webhook, with what is known of its deliveries."""
    _own(caller, number)
    with caller.practice.change():
        caller.practice.run("DELETE FROM webhook_deliveries WHERE webhook_id = ?", (number,))
        due.none_to(caller.practice, number)
        caller.practice.run("DELETE FROM webhooks WHERE id = ?", (number,))
    return Response(status_code=204)


@router.get(
    "/v1/webhooks/{number}/deliveries",
    tags=_ABOUT,
    summary="List a webhook's deliveries",
    response_model=list[Delivery],
    responses=answers("error", 404),
    operation_id="listDeliveries",
)
async def deliveries(number: Number, caller: Reading, asked: Paged) -> Response:
    """Every attempt to tell this webhook something in the last 30 days, the oldest first."""
    _own(caller, number)
    return Json(caller.practice.all(_DELIVERIES, number, *asked.window))


@router.post(
    "/v1/webhooks/{number}/test",
    tags=_ABOUT,
    summary="Pretend an upload",
    status_code=202,
    response_model=list[str],
    responses=answers("fields", 404, 409, 413),
    operation_id="testWebhook",
)
async def pretend(number: Number, caller: Writing, form: Upload) -> Response:
    """Tell the account's webhooks that this video was uploaded now: five events, of which those
    are sent that a webhook asked for. The answer is the events' uuids."""
    if _own(caller, number)["disabled_at"] is not None:
        raise Refusal(409, "conflict", "This webhook is switched off.")
    video = own_video(caller, form.hashed_id)
    with caller.practice.change():
        numbers = events.uploaded(caller.practice, caller.account, video["id"])
    marks = ", ".join("?" * len(numbers))
    rows = caller.practice.all(f"SELECT uuid FROM webhook_events WHERE id IN ({marks})", *numbers)
    return Json([row["uuid"] for row in rows], 202)


def secret(practice: Practice, number: int) -> str:
    """The secret of a webhook."""
    from champion.lantern import signing
    from champion.lantern.dice import Dice

    return signing.secret(Dice(practice.seed), number)


def _own(caller: Caller, number: int) -> dict[str, Any]:
    own = f"{_SELECT} WHERE id = ? AND account_id = ?"
    found = caller.practice.one(own, number, caller.account)
    if found is None:
        raise not_found()
    return _shown(found)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "event_types": row["event_types"].split()}


_SELECT = """
    SELECT id, url, event_types, created_at, disabled_at, disabled_reason FROM webhooks"""
_DELIVERIES = """
    SELECT d.id, e.uuid AS event, e.type, d.attempt, d.status, d.failure, d.duration_ms, d.sent_at
    FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
    WHERE d.webhook_id = ? ORDER BY d.id LIMIT ? OFFSET ?"""
