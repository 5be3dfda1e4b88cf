"""Webhooks: the addresses that want to be told, and what became of telling them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Response
from pydantic import Field

from champion.api import events
from champion.api.errors import Json, Refusal, not_found
from champion.api.forms import Form, Moment, Number, Object, Paged, Plain, answers
from champion.api.gate import Caller, Reading, State, Writing
from champion.api.practice import Practice
from champion.api.videos import own as own_video

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

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

    enabled: bool


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
    status: int | None = Field(
        description="What was answered; null: nothing was.", examples=[200]
    )
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
    "",
    summary="List webhooks",
    response_model=list[Webhook],
    responses=answers("error"),
    operation_id="listWebhooks",
)
async def webhooks(caller: Reading, practice: State, asked: Paged) -> Response:
    """The account's webhooks, those that are switched off included."""
    rows = practice.all(
        f"{_SELECT} WHERE account_id = ? ORDER BY id LIMIT ? OFFSET ?",
        caller.account, *asked.window,
    )  # fmt: skip
    return Json([_shown(row) for row in rows])


@router.post(
    "",
    summary="Make a webhook",
    status_code=201,
    response_model=WholeWebhook,
    responses=answers("fields", 409, 413),
    operation_id="createWebhook",
)
async def make(
    caller: Writing, practice: State, form: NewWebhook, key: IdempotencyKey = None
) -> Response:
    """Make a webhook. With an `Idempotency-Key`, asking again makes no second one: the one
    endpoint that knows this header."""
    asked = form.model_dump_json()
    before = practice.one(
        "SELECT body, answer FROM idempotency WHERE token_id = ? AND key = ?", caller.token, key
    )
    if before is not None:
        if before["body"] != asked:
            raise Refusal(409, "conflict", "This Idempotency-Key came with another body before.")
        return Response(
            before["answer"], 201, {"Idempotent-Replay": "true"}, media_type="application/json"
        )
    with practice.change():
        number = practice.add(
            "webhooks",
            account_id=caller.account,
            url=form.url,
            event_types=" ".join(dict.fromkeys(form.event_types)),
            created_at=practice.clock.text,
        )
        made = {**_own(practice, caller, number), "secret": secret(practice, number)}
        answer = Json(made, 201, {"Location": f"/v1/webhooks/{number}"})
        if key is not None:
            body = bytes(answer.body).decode()
            practice.add(
                "idempotency", token_id=caller.token, key=key, body=asked, answer=body
            )
    return answer


@router.get(
    "/{number}",
    summary="Show a webhook",
    response_model=Webhook,
    responses=answers("error", 404),
    operation_id="getWebhook",
)
async def webhook(number: Number, caller: Reading, practice: State, _: Plain) -> Response:
    """One webhook, without its secret."""
    return Json(_own(practice, caller, number))


@router.patch(
    "/{number}",
    summary="Switch a webhook on or off",
    response_model=Webhook,
    responses=answers("fields", 404, 413),
    operation_id="switchWebhook",
)
async def switch(number: Number, caller: Writing, practice: State, form: Switch) -> Response:
    """Switch a webhook on or off; on again, it is told what happens from then on."""
    found = _own(practice, caller, number)
    if form.enabled:
        change = (None, None)
    else:
        change = (
            found["disabled_at"] or practice.clock.text,
            found["disabled_reason"] or "by_user",
        )
    practice.base.execute(
        "UPDATE webhooks SET disabled_at = ?, disabled_reason = ?, failing_since = NULL "
        "WHERE id = ?",
        (*change, number),
    )
    return Json(_own(practice, caller, number))


@router.delete(
    "/{number}",
    summary="Remove a webhook",
    status_code=204,
    responses=answers("fields", 404),
    operation_id="deleteWebhook",
)
async def remove(number: Number, caller: Writing, practice: State) -> Response:
    """Remove a webhook, with what is known of its deliveries."""
    _own(practice, caller, number)
    with practice.change():
        practice.base.execute("DELETE FROM webhook_deliveries WHERE webhook_id = ?", (number,))
        practice.base.execute("DELETE FROM webhooks WHERE id = ?", (number,))
    return Response(status_code=204)


@router.get(
    "/{number}/deliveries",
    summary="List a webhook's deliveries",
    response_model=list[Delivery],
    responses=answers("error", 404),
    operation_id="listDeliveries",
)
async def deliveries(number: Number, caller: Reading, practice: State, asked: Paged) -> Response:
    """Every attempt to tell this webhook something in the last 30 days, the oldest first."""
    _own(practice, caller, number)
    return Json(practice.all(_DELIVERIES, number, *asked.window))


@router.post(
    "/{number}/test",
    summary="Pretend an upload",
    status_code=202,
    response_model=list[str],
    responses=answers("fields", 404, 409, 413),
    operation_id="testWebhook",
)
async def pretend(number: Number, caller: Writing, practice: State, form: Upload) -> Response:
    """Tell the account's webhooks that this video was uploaded now: five events, of which those
    are sent that a webhook asked for. The answer is the events' uuids."""
    if _own(practice, caller, number)["disabled_at"] is not None:
        raise Refusal(409, "conflict", "This webhook is switched off.")
    video = own_video(practice, caller, form.hashed_id)
    with practice.change():
        numbers = events.uploaded(practice, caller.account, video["id"])
    marks = ", ".join("?" * len(numbers))
    rows = practice.all(f"SELECT uuid FROM webhook_events WHERE id IN ({marks})", *numbers)
    return Json([row["uuid"] for row in rows], 202)


def secret(practice: Practice, number: int) -> str:
    """The secret of a webhook."""
    from champion.lantern import signing
    from champion.lantern.dice import Dice

    return signing.secret(Dice(practice.seed), number)


def _own(practice: Practice, caller: Caller, number: int) -> dict[str, Any]:
    found = practice.one(f"{_SELECT} WHERE id = ? AND account_id = ?", number, caller.account)
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
