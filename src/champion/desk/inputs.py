"""The hidden inputs of a function task: what the key's own cells say the function is called with.

The desk and the marker ask the same `gather`, so both see the same on the same company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from champion.desk import snippet
from champion.desk.api import Api
from champion.desk.deadline import OutOfTime
from champion.desk.parcel import pack
from champion.desk.query import TooSlow
from champion.desk.session import first_line
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.lantern.company import Company

FAULTS = ("429", "500", "slow", "timeout", "disconnect", "shrink")
"""What may strike a request of a function."""


@dataclass(frozen=True)
class Input:
    """One thing that a function is called with.

    Attributes:
        label: what the learner is told of it.
        call: the packed arguments.
        stage: how the API is set up before, as its switch takes it; {} as it is at first.
    """

    label: str
    call: str
    stage: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Inputs:
    """All inputs of a task on one company.

    Attributes:
        every: in the sequence in which they are tried.
        with_api: whether the practice API must be there.
        trouble: what is wrong with the key's cells; "" when nothing is.
    """

    every: tuple[Input, ...] = ()
    with_api: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Given:
    """What `given(…)` in an `inputs` cell makes."""

    args: tuple[Any, ...]
    named: dict[str, Any]
    faults: Mapping[int, object]
    limit: int | None
    videos: int | None


def given(
    *args: Any,
    faults: Mapping[int, object] | None = None,
    limit: int | None = None,
    videos: int | None = None,
    **named: Any,
) -> Given:
    """One input: what the function is called with, and how the practice API is then.

    Args:
        args, named: the arguments of the call.
        faults: by the number of the function's request, from 1, what strikes it: of `FAULTS`.
        limit: how many requests a minute are allowed.
        videos: how many videos the first client's account has, its oldest.
    """
    return Given(args, named, faults or {}, limit, videos)


@lru_cache(maxsize=64)
def gather(task: Task, company: Company) -> Inputs:
    """The inputs of a function task on this company.

    Never raises an author's mistake: what is wrong stands in the `trouble`.
    """
    try:
        made = snippet.run("pass", (*task.setup, *task.inputs), company, names={"given": given})
        every = tuple(_every(made.get("inputs")))
    except (OutOfTime, TooSlow):
        return Inputs(trouble="its inputs take too long")
    except (Exception, SystemExit) as error:  # an author's cell may fail in any way
        return Inputs(trouble=f"its inputs fail: {first_line(error)}")
    mentions = any("api" in text for text in (*task.inputs, task.reference, task.blank))
    return Inputs(every, with_api=mentions or any(each.stage for each in every))


def _every(inputs: object) -> Iterator[Input]:
    if not isinstance(inputs, Mapping) or not inputs:
        raise Problem('its cells make no `inputs`, a dictionary: inputs = {"label": given(…)}')
    for label, each in inputs.items():
        if not isinstance(label, str) or not label.strip():
            raise Problem(f"the label {label!r} is no text")
        if not isinstance(each, Given):
            raise Problem(f"“{label}” is no given(…)")
        try:
            yield Input(label, pack(each.args, each.named), _stage(each))
        except Problem as problem:
            raise Problem(f"“{label}”: {problem.what}") from None


def _stage(each: Given) -> dict[str, Any]:
    """The set-up that this input needs, as the API's switch takes it."""
    stage: dict[str, Any] = {}
    if each.faults:
        stage["faults"] = [
            {"nth": _count("faults", nth, 1), "fault": _fault(fault)}
            for nth, fault in each.faults.items()
        ]
    if each.limit is not None:
        stage["per_minute"] = _count("limit", each.limit, 1)
    if each.videos is not None:
        client = next((one for one in (*each.args, *each.named.values()) if _is_client(one)), None)
        if client is None:
            raise Problem("videos=… counts those of a client, and it is called with none")
        stage |= {"videos": _count("videos", each.videos, 0), "token": client.token}
    return stage


def _is_client(thing: object) -> bool:
    return isinstance(thing, Api)


def _count(what: str, number: object, least: int) -> int:
    if type(number) is not int or number < least:
        raise Problem(f"{what}: {number!r} is no whole number from {least}")
    return number


def _fault(fault: object) -> str:
    if str(fault) not in FAULTS:
        raise Problem(f"the fault {fault!r} is unknown; it is one of {', '.join(FAULTS)}")
    return str(fault)
