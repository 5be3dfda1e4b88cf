"""What does not hold of one task on one company: its answers, its blank, what its prose leaves
unsaid.
"""

from __future__ import annotations

from collections.abc import Iterator

from champion.authoring.reading import is_unsaid, unsaid_columns, unsaid_manners, unsaid_needs
from champion.authoring.source import Page
from champion.checking import patterns, performed, words
from champion.checking.answer import Answer, Run
from champion.checking.canonical import Table
from champion.checking.compare import single
from champion.checking.diagnose import advice
from champion.checking.evidence import Gather, none_at_hand
from champion.checking.judge import judge
from champion.checking.key import Task, Wrong
from champion.checking.verdict import Verdict


def task_troubles(task: Task, page: Page, run: Run, gather: Gather = none_at_hand) -> Iterator[str]:
    """What does not hold of one task on one company.

    Args:
        task: to be proven.
        page: its page, whose prose is the contract.
        run: runs a cell of the key on that company.
        gather: gives what a reply or a decision may rest on there.
    """
    reference = run(task.reference)
    if reference.state != "value":
        yield f"the reference does not come to a value: {reference.error or reference.state}"
        return
    if task.kind in performed.KINDS and (fault := performed.fault(task, reference)):
        yield fault
        return
    yield from _contract_troubles(task, page, reference)
    said = judge(task, reference, run, gather)
    if not _is_right(task, said):
        yield f"the reference {_not_right(task, said)}"
        return
    blank = judge(task, run(task.blank), run, gather)
    if blank.outcome != "not attempted":
        yield f"the blank is {blank.outcome}, not “not attempted”"
    for right in task.also_right:
        verdict = judge(task, run(right.source), run, gather)
        if not _is_right(task, verdict):
            yield f"`{right.name}` {_not_right(task, verdict)}"
    for wrong in task.wrong:
        yield from _wrong_troubles(task, wrong, reference, run, gather)


def _is_right(task: Task, verdict: Verdict) -> bool:
    """Whether an answer is as right as it can be: a reply goes to the mentor, without a remark."""
    if task.kind == "reply":
        return verdict.outcome == "with mentor" and not (verdict.remarks or verdict.mistakes)
    return verdict.passed and not (task.kind == "decision" and verdict.advice)


def _not_right(task: Task, verdict: Verdict) -> str:
    if task.kind == "reply" and verdict.remarks:
        return f"earns a remark: {verdict.remarks[0].text}"
    if task.kind == "reply" and verdict.mistakes:
        return f"is taken for `{verdict.mistakes[0]}`"
    if verdict.passed:
        return f"earns a remark: {verdict.advice[0]}"
    return f"should pass: {_first_line(verdict)}"


def _contract_troubles(task: Task, page: Page, reference: Answer) -> Iterator[str]:
    for need in unsaid_needs(page, task):
        yield f"the prose never says that `{need.label}` is wanted; use its words, or its why's"
    for word in unsaid_manners(page, task):
        yield f"it watches {word}, and the prose says nothing of a “{word[:-1]}”"
    if any(trial.stops for trial in reference.trials) and is_unsaid(page, task, "error"):
        yield "it has to stop with an error, and the prose says nothing of an “error”"
    if task.kind in ("reply", "decision", "function", "state"):
        return
    if not isinstance(reference.value, Table):
        if task.kind == "table":
            yield "the reference is no table; write `kind=value` in the heading"
        return
    if task.kind != "table":
        if single(reference.value) is None:
            yield "the reference is a table; write `kind=table` in the heading"
        return
    columns = tuple(column.name for column in reference.value.columns)
    for column in unsaid_columns(page, task, columns):
        yield f"the prose never says that the column `{column}` is wanted"
    for column in task.order:
        if column not in columns:
            yield f"`order={column}`: the reference has no such column"
    if not reference.value.whole:
        yield f"the reference has {reference.value.rows:,} rows, more than a check reads"
    if reference.value.rows == 0:
        yield "the reference has no rows, so an empty answer passes; choose another question"


def _wrong_troubles(
    task: Task, wrong: Wrong, reference: Answer, run: Run, gather: Gather
) -> Iterator[str]:
    if wrong.advice:
        if wrong in advice(task, reference):
            yield f"`{wrong.name}` is said of the reference itself"
        if wrong.source:
            yield from _advice_troubles(task, wrong, run, gather)
        return
    if not wrong.source and task.kind == "reply":
        if wrong.name in judge(task, reference, run, gather).mistakes:
            yield f"`{wrong.name}` fits the reference's own text; make its `when` narrower"
        return
    if not wrong.source:
        if all(patterns.holds(pattern, task.reference) for pattern in wrong.when):
            yield f"`{wrong.name}` fits the reference's own source; make its `when` narrower"
        return
    verdict = judge(task, run(wrong.source), run, gather)
    if verdict.passed:
        yield f"`{wrong.name}` passes; the company does not tell it from the reference"
    elif verdict.mistakes != (wrong.name,):
        others = [name for name in verdict.mistakes if name != wrong.name]
        if wrong.name in verdict.mistakes:
            yield f"`{wrong.name}` cannot be told from {', '.join(f'`{name}`' for name in others)}"
        elif others:
            yield f"`{wrong.name}` is taken for {', '.join(f'`{name}`' for name in others)}"
        else:
            yield f"`{wrong.name}` is not recognised: {_first_line(verdict)}"


def _advice_troubles(task: Task, wrong: Wrong, run: Run, gather: Gather) -> Iterator[str]:
    answer = run(wrong.source)
    verdict = judge(task, answer, run, gather)
    if not verdict.passed:
        yield f"`{wrong.name}` is advice and should pass: {_first_line(verdict)}"
    elif task.kind == "decision":
        if verdict.advice != (words.line(wrong.says),):
            yield f"`{wrong.name}` is not what its own example is told"
    elif wrong not in advice(task, answer):
        yield f"`{wrong.name}` is not said of its own example"


def _first_line(verdict: Verdict) -> str:
    return verdict.message.partition("\n")[0]
