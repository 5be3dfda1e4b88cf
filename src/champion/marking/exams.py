"""Exams: what the judge asks of a child once an answer cell has run, one thing at a time.

A function is called with one hidden input after the other, and its requests are read from the
API's own log. A state is looked at. The child learns an input when it is called with it, never
the next one, and never what should come of it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from champion.checking.answer import Answer
from champion.checking.nested import Nested, unpacked
from champion.checking.trial import Trial, asked
from champion.desk import inputs, performance
from champion.desk.door import Door

if TYPE_CHECKING:
    from champion.api.beside import Served
    from champion.checking.key import Task
    from champion.lantern.company import Company

Orders = Generator[dict[str, Any], Mapping[str, Any], Answer]
"""Gives orders for the child, takes what it says to each, and ends in the answer."""

GONE = "the call ended Python itself"


class Exam(Protocol):
    """What happens around one answer cell."""

    @property
    def with_api(self) -> bool:
        """Whether the practice API must be there."""

    def begin(self, served: Served | None) -> None:
        """Make ready, before the cell runs."""

    def orders(self, answer: Answer, served: Served | None) -> Orders:
        """Ask what is to be asked, after the cell has come to this answer."""


@dataclass(frozen=True)
class Calls:
    """The exam of a function: called with each input once."""

    inputs: inputs.Inputs

    @property
    def with_api(self) -> bool:
        """Whether an input needs the API, or the task speaks of it."""
        return self.inputs.with_api

    def begin(self, served: Served | None) -> None:
        """Nothing: each call has a stage of its own."""

    def orders(self, answer: Answer, served: Served | None) -> Orders:
        """One call for each input, in their order.

        A function that was made before an error stopped its cell is called as well.
        """
        if answer.state != "value" and not answer.stands:
            return answer
        if self.inputs.trouble:
            return replace(answer, state="error", value=None, error=self.inputs.trouble)
        trials = []
        for number, each in enumerate(self.inputs.every):
            trouble = _set_stage(served, each)
            if trouble:
                return replace(answer, state="error", value=None, error=trouble)
            said = yield {"call": number, "with": each.call}
            if said.get("state") == "no function":
                return answer
            trial = replace(_trial(each.label, said), stops=each.stops)
            trials.append(replace(trial, asked=_story(served)) if served else trial)
            if trial.state == "timed out":
                break
        return replace(answer, state="value", trials=tuple(trials))


@dataclass(frozen=True)
class Look:
    """The exam of a state: the API is put back before the cell, and looked at after it."""

    task: Task
    company: Company

    with_api = True

    def begin(self, served: Served | None) -> None:
        """Put the API back."""
        if served is not None:
            served.do(served.practice.reset)

    def orders(self, answer: Answer, served: Served | None) -> Orders:
        """No orders: the child has nothing to say to it."""
        yield from ()
        if answer.state not in ("value", "missing"):  # it need not have kept anything
            return answer
        assert served is not None  # it was asked for
        return performance.state(self.task, self.company, _door(served), answer.source)


def exam(task: Task, company: Company) -> Exam | None:
    """The exam of a task on a company; None for a kind whose answer is a value."""
    if task.kind == "function":
        return Calls(inputs.gather(task, company))
    return Look(task, company) if task.kind == "state" else None


def exams(tasks: Sequence[Task], company: Company) -> dict[str, Exam]:
    """The exams of those tasks that have one, by slug."""
    found = {task.slug: exam(task, company) for task in tasks}
    return {slug: each for slug, each in found.items() if each is not None}


def _set_stage(served: Served | None, each: inputs.Input) -> str:
    """Set the API up for a call; what is wrong with that, or ""."""
    if served is None:
        return ""
    from champion.api.stage import Stage, set_up

    told = each.stage
    faults = tuple((step["nth"], step["fault"]) for step in told.get("faults", ()))
    stage = Stage(faults, told.get("per_minute"), told.get("token", ""), told.get("videos"))
    left = served.do(lambda: set_up(served.practice, stage))
    if left is not None and stage.videos is not None and left < stage.videos:
        return f"its input “{each.label}”: its account has only {left} videos, not {stage.videos}"
    return ""


def _story(served: Served) -> tuple[Any, ...]:
    from champion.api.stage import story

    return tuple(asked(row) for row in served.do(lambda: story(served.practice)))


def _trial(label: str, said: Mapping[str, Any]) -> Trial:
    """Believe what the child says of a call as far as it can be believed."""
    state = said.get("state")
    if state == "timed out":
        return Trial(label, "timed out")
    if state != "value":
        return Trial(label, "error", error=str(said.get("error"))[:500])
    try:
        left = said.get("left")
        value: Nested = unpacked(said.get("value"))
        return Trial(
            label,
            "value",
            value,
            left=None if left is None else unpacked(left),
            printed=said.get("printed") is True,
        )
    except (ValueError, RecursionError, OverflowError):
        return Trial(label, "error", error="what came back is no value")


def _door(served: Served) -> Door:
    socket = str(served.socket) if served.socket else None
    control = served.practice.control
    return Door(served.address, served.reading, served.writing, socket, control=control)
