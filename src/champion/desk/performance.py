"""A performance: a function on all its hidden inputs, or a look at what calls have left.

It is given on the practice API that the key's own cells have, never on the learner's; a look
alone goes where the learner's calls went, and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.nested import Group, Nested, nested
from champion.checking.trial import Trial, asked
from champion.desk import inputs, snippet
from champion.desk.api import Api
from champion.desk.deadline import OutOfTime, deadline
from champion.desk.query import TooSlow
from champion.desk.scratch import apart, looking, moved, set_stage, story
from champion.desk.session import first_line
from champion.desk.trying import CALL_SECONDS, attempt
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.desk.door import Door
    from champion.desk.inputs import Input, Inputs
    from champion.lantern.company import Company


def function(
    task: Task, value: Any, company: Company, source: str = "", *, learners: bool = False
) -> Answer:
    """What a function comes to on the task's inputs, each called once.

    Args:
        task: with its inputs.
        value: the function; anything else has no trials.
        company: whose inputs are used.
        source: the cell that made it.
        learners: it knows the notebook's own `api`, which is led aside meanwhile.
    """
    if not callable(value) or isinstance(value, type):
        return Answer("value", canonical(value), source)
    found = inputs.gather(task, company)
    if found.trouble:
        return Answer("error", source=source, error=found.trouble)
    api = apart(company)
    aside: AbstractContextManager[None] = nullcontext()
    if found.with_api and learners:
        aside = moved(api.door)
    try:
        with aside:
            trials = tuple(_trials(value, found, api))
    except Problem as problem:
        return Answer("error", source=source, error=problem.what)
    return Answer("value", canonical(value), source, trials=trials)


def state(task: Task, company: Company, place: Door, source: str = "") -> Answer:
    """What there is in the practice API behind a door, as the task's look sees it."""
    names = {"api": looking(company, place)}
    try:
        made = snippet.run("pass", task.look, company, names=names)
        seen = _labelled(made.get("state"))
    except (OutOfTime, TooSlow):
        return Answer("error", source=source, error="its look takes too long")
    except (Exception, SystemExit) as error:  # an author's cell may fail in any way
        return Answer("error", source=source, error=f"its look fails: {first_line(error)}")
    finally:
        names["api"].leave()
    return Answer("value", source=source, trials=(Trial("", "value", seen),))


def _labelled(made: object) -> Nested:
    seen = nested(made)
    if not isinstance(seen, Group) or seen.sort != "dictionary" or not seen.items:
        raise Problem('it makes no `state`, a dictionary: state = {"label": …}')
    return seen


def _trials(value: Callable[..., Any], found: Inputs, api: Api) -> Iterator[Trial]:
    """One trial for each input, as far as the calls come to an end."""
    for each in found.every:
        trial = _trial(value, each, api) if found.with_api else _alone(value, each, api)
        yield trial
        if trial.state == "timed out":
            return


def _alone(value: Callable[..., Any], each: Input, api: Api) -> Trial:
    limit = deadline(CALL_SECONDS)
    return attempt(value, each.call, each.label, api.sending, _pass_by, limit)


def _trial(value: Callable[..., Any], each: Input, api: Api) -> Trial:
    try:
        set_stage(api, each.stage)
    except Problem as problem:
        raise Problem(f"its input “{each.label}”: {problem.what}") from None
    limit = deadline(CALL_SECONDS)
    trial = attempt(value, each.call, each.label, api.sending, api.sleep, limit)
    return replace(trial, asked=tuple(asked(row) for row in story(api)))


def _pass_by(seconds: float) -> None:
    """There is no API whose clock would go on."""
