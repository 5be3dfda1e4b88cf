"""The practice API's own switches, which no real API has: reset, clock, limit and faults.

Letting time pass is for everybody with a token; the rest needs the control word that the API's
starter knows, so that no learner's program resets the state it is judged by. Both come in
headers, which a web page of somebody else's cannot send here.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from champion.api import faults, jobs
from champion.api import stage as stages
from champion.api.errors import Json, Refusal
from champion.api.forms import Form
from champion.api.gate import State, identify, practice_of
from champion.api.practice import Practice
from champion.api.processes import CONTROL

router = APIRouter(prefix="/practice", include_in_schema=False)

_YEAR = 366 * 86_400


class Nap(Form):
    """How long to let the practice clock run."""

    seconds: float = Field(gt=0, le=_YEAR)


class Limit(Form):
    """Another limit."""

    per_minute: int = Field(ge=1, le=1_000_000)


class Fault(Form):
    """One step of a plan."""

    fault: str = Field(pattern=f"^({'|'.join(faults.KINDS)})$")
    nth: int = Field(1, ge=1, le=100_000)
    method: str = ""
    path: str = ""


class Faults(Form):
    """A plan by its name, or step by step."""

    plan: str | None = None
    steps: list[Fault] = Field(default_factory=list)


class Setting(Form):
    """The stage for one call: see `stage.Stage`."""

    faults: list[Fault] = Field(default_factory=list)
    per_minute: int | None = Field(None, ge=1, le=1_000_000)
    token: str = ""
    videos: int | None = Field(None, ge=0, le=1_000_000)


async def controlled(request: Request) -> None:
    """Let through who knows the control word."""
    practice = await practice_of(request)
    given = request.headers.get(CONTROL, "")
    if not practice.control or not hmac.compare_digest(given.encode(), practice.control.encode()):
        raise Refusal(403, "not_found", "This needs the control word of who started the API.")


Controlled = Annotated[None, Depends(controlled)]


@router.get("/status")
async def status(practice: State) -> Response:
    """What time it is here, how many requests there were, and the limit."""
    return Json(
        {
            "now": practice.clock.text,
            "requests": practice.requests,
            "per_minute": practice.limiter.per_minute,
            "seed": practice.seed,
            "faults": [asdict(step) for step in practice.plan.steps],
        }
    )


@router.post("/sleep")
async def sleep(request: Request, practice: State, nap: Nap) -> Response:
    """Let time pass on the practice clock; nobody waits."""
    _known(request, practice)
    practice.nap(nap.seconds)
    jobs.settle(practice)
    await practice.settled()
    return Json({"now": practice.clock.text})


@router.get("/requests")
async def requests(request: Request, practice: State) -> Response:
    """Every request since the last reset, and what was waited after each."""
    _known(request, practice)
    return Json({"requests": stages.story(practice)})


@router.put("/stage")
async def stage(practice: State, _: Controlled, form: Setting) -> Response:
    """Put everything back, and set the stage for one call of a function."""
    steps = tuple((each.nth, each.fault) for each in form.faults)
    set_for = stages.Stage(steps, form.per_minute, form.token, form.videos)
    return Json({"videos": stages.set_up(practice, set_for)})


@router.post("/reset")
async def reset(practice: State, _: Controlled) -> Response:
    """Put everything back."""
    practice.reset()
    return Json({"now": practice.clock.text})


@router.put("/limit")
async def limit(practice: State, _: Controlled, form: Limit) -> Response:
    """Set how many requests a minute an account may make."""
    practice.limiter.set(form.per_minute)
    return Json({"per_minute": form.per_minute})


@router.put("/faults")
async def plan(practice: State, _: Controlled, form: Faults) -> Response:
    """Set the plan of faults; an empty one switches it off."""
    steps = [faults.Step(**each.model_dump()) for each in form.steps]
    if form.plan is not None:
        if form.plan not in faults.PLANS:
            raise Refusal(404, "not_found", f"The plans are {', '.join(sorted(faults.PLANS))}.")
        steps += faults.named(form.plan, practice.seed)
    practice.plan = faults.Plan(list(steps))
    return Json({"steps": len(steps)})


@router.post("/stop")
async def stop(practice: State, _: Controlled) -> Response:
    """End the server, once this is answered."""
    if practice.stop is not None:
        practice.stop()
    return Json({})


def _known(request: Request, practice: Practice) -> None:
    """Let through who has the control word or any token."""
    if not practice.control or request.headers.get(CONTROL) != practice.control:
        identify(practice, "POST", request.headers.get("authorization"), b"")
