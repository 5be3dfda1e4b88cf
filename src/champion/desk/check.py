"""`check`, `hint` and `reference`: what a learner asks about a task."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from champion.checking import decisions, replies, words
from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.evidence import Evidence
from champion.checking.judge import judge
from champion.checking.key import Task
from champion.checking.nested import held
from champion.checking.source import is_blank, is_sql
from champion.checking.verdict import Verdict
from champion.desk import (
    cells,
    closing,
    evidence,
    feedback,
    keys,
    performance,
    progress,
    screen,
    snippet,
)
from champion.desk.api import api
from champion.desk.session import Origin, Session, current
from champion.desk.widgets import stage
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.desk.panel import CheckPanel

_NOT_GIVEN: Any = object()


@dataclass(frozen=True)
class Said:
    """What a check says: all of its text, and the verdict behind it."""

    text: str
    verdict: Verdict


def check(slug: str, value: Any = _NOT_GIVEN) -> None:
    """Check an answer and say what is right or wrong with it.

    Args:
        slug: the task's name, as it stands in its check cell.
        value: the answer, when it is not the task's own variable.

    Raises:
        Problem: no such task, keys or company not built, or stopped by the learner.
    """
    task = keys.task(slug)
    said = checked(task, value)
    stage.show(said.text, lambda: _panel(task, said))


def hint(slug: str) -> None:
    """Show the next hint of a task."""
    screen.say(next_hint(keys.task(slug)))


def reference(slug: str) -> None:
    """Show a task's reference beside one's own answer, once that is right."""
    screen.say(comparison(keys.task(slug)))


def checked(task: Task, value: Any = _NOT_GIVEN) -> Said:
    """Judge the answer as it is now, note the attempt, and put everything into words."""
    session = current()
    try:
        answer, run = _answer(session, task, value), _run(session, task)
        verdict = judge(task, answer, run, lambda: _evidence(session, task))
    except KeyboardInterrupt:
        raise Problem("You stopped the check.", "Nothing is lost; run it again.") from None
    if verdict.done:
        session.passed.add(task.slug)
    hints = session.hints.get(task.slug, 0)
    trouble = progress.record(task.slug, verdict.outcome, verdict.mistakes, hints)
    more = [
        *(closing.lines(task, verdict) if verdict.done else ()),
        *feedback.lines(task),
        *([trouble] if trouble else ()),
    ]
    return Said(words.message(verdict.message, more), verdict)


def next_hint(task: Task) -> str:
    """The next hint, or the last one again: "hint 1 of 3 · …"."""
    if not task.hints:
        return f"{task.title} has no hints. Ask a colleague, and tell them what you tried."
    session = current()
    given = min(session.hints.get(task.slug, 0) + 1, len(task.hints))
    session.hints[task.slug] = given
    last = " This is the last one." if given == len(task.hints) > 1 else ""
    return f"hint {given} of {len(task.hints)} · {words.plain(task.hints[given - 1])}{last}"


def comparison(task: Task) -> str:
    """The learner's own cell, the reference, and what there is to say about other ways."""
    session = current()
    if task.slug not in session.passed | progress.solved():
        return f"{task.title}: the reference opens once your own answer is right."
    origin = session.origins.get(task.variable)
    own = ["Your answer:", _indented(origin.source)] if origin else []
    return "\n".join(
        [*own, "The reference:", _reference(session, task), words.plain(task.after)]
    ).strip()


def _reference(session: Session, task: Task) -> str:
    """The reference as it is shown: its cell, and for what rests on evidence what comes of it."""
    if not task.evidence:
        return _indented(task.reference)
    value = _run(session, task)(task.reference).value
    text = replies.written(value)
    if text is not None:
        return replies.model(text)
    return _indented(f"{task.variable} = {list(decisions.items(value))}")


def _answer(session: Session, task: Task, value: Any) -> Answer:
    """The learner's answer as it stands: the value, or why there is none."""
    if task.kind == "state":
        return _state(session, task)
    origin = session.origins.get(task.variable)
    source = _source(session, task)
    if value is not _NOT_GIVEN:
        return _valued(session, task, value, source)
    idle = _run_that_kept_nothing(session, task)
    if idle is not None and idle.timed_out:
        return Answer("timed out", source=idle.source)
    if idle is not None:
        return Answer("error" if idle.error else "missing", source=idle.source, error=idle.error)
    if origin and origin.error:
        if origin.timed_out:
            return Answer("timed out", source=source)
        return _standing(session, task, origin)
    if task.variable not in session.variables:
        return Answer("missing", source=_renamed(session, task) or source)
    return _valued(session, task, session.variables[task.variable], source)


def _source(session: Session, task: Task) -> str:
    """The cell that the answer is from: the task's own, where it changed what another had made."""
    origin = session.origins.get(task.variable)
    ran = session.runs_by_id.get(f"{task.slug}-answer")
    if ran and cells.changes(ran.source, task.variable) and (not origin or origin.cell < ran.cell):
        return ran.source
    return origin.source if origin else ""


def _valued(session: Session, task: Task, value: Any, source: str) -> Answer:
    """The answer that a value is; a function is first tried, unless its cell is still blank."""
    if task.kind != "function" or is_blank(task, source):
        return Answer("value", canonical(value), source, holds=held(value))
    return performance.function(task, value, session.company, source, learners=True)


def _standing(session: Session, task: Task, origin: Origin) -> Answer:
    """What a cell came to that an error stopped: a function that it had made by then counts."""
    stopped = Answer("error", source=origin.source, error=origin.error)
    if task.kind != "function" or task.variable not in origin.made:
        return stopped
    tried = _valued(session, task, session.variables.get(task.variable), origin.source)
    return replace(tried, error=origin.error) if tried.trials else stopped


def _state(session: Session, task: Task) -> Answer:
    """What the learner's calls have left; missing as long as the answer cell has not run."""
    ran = session.runs_by_id.get(f"{task.slug}-answer") or session.origins.get(task.variable)
    if ran is None or is_blank(task, ran.source):
        return Answer("missing", source=ran.source if ran else "")
    if ran.error and ran.timed_out:
        return Answer("timed out", source=ran.source)
    if ran.error:
        return Answer("error", source=ran.source, error=ran.error)
    return performance.state(task, session.company, api.door, ran.source)


def _run_that_kept_nothing(session: Session, task: Task) -> Origin | None:
    """The last run of the task's own cell, when it left the variable as it was, or half changed.

    What the variable holds then comes from an earlier run, and says nothing of the cell as
    it stands. A later cell that gives the variable a value counts again.
    """
    ran = session.runs_by_id.get(f"{task.slug}-answer")
    if ran is None or (not ran.error and cells.changes(ran.source, task.variable)):
        return None
    origin = session.origins.get(task.variable)
    return ran if origin is None or origin.cell < ran.cell else None


def _renamed(session: Session, task: Task) -> str:
    """The cell that ran last, when it looks like the task's own with another name in it.

    It assigns something that no task asks for and that is spelt much like the task's variable,
    is in the language of the blank, and is no set-up cell. An older cell may be about anything.
    """
    asked = {each.variable for key in keys.every() for each in key.tasks}
    for name, origin in session.origins.items():
        if origin.cell < session.cell - 1 or origin.error or name in asked:
            continue
        if not difflib.get_close_matches(name, [task.variable], 1):
            continue
        if is_sql(origin.source) == is_sql(task.blank) and origin.source not in task.setup:
            return origin.source
    return ""


def _run(session: Session, task: Task) -> Any:
    """The task's snippets on the learner's company, kept until the key or the company changes."""
    company = session.company
    if session.runs.get(task.slug, (None, None))[0] != task:
        session.runs[task.slug] = (task, snippet.runner(task, company))
    return session.runs[task.slug][1]


def _evidence(session: Session, task: Task) -> Evidence:
    """What the answer may rest on, gathered once until the key or the company changes."""
    if session.evidence.get(task.slug, (None, None))[0] != task:
        session.evidence[task.slug] = (task, evidence.gather(task, session.company))
    return session.evidence[task.slug][1]


def _panel(task: Task, said: Said) -> CheckPanel:
    from champion.desk import panel

    return panel.drawn(task, said)


def _indented(source: str) -> str:
    return "\n" + "\n".join(f"    {line}".rstrip() for line in source.strip().splitlines()) + "\n"
