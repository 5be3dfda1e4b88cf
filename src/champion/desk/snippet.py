"""Runs the cells of a key without a notebook: references, wrong answers, set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from champion.checking.answer import Answer, Run
from champion.checking.canonical import canonical
from champion.checking.nested import held
from champion.desk import cells, query
from champion.desk.deadline import OutOfTime, deadline
from champion.desk.files import Files
from champion.desk.logs import Logs
from champion.desk.quiet import quiet
from champion.desk.session import first_line
from champion.desk.verbs import USAGE

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.lantern.company import Company


def run(
    source: str,
    setup: Sequence[str],
    company: Company,
    limit_seconds: float = 20,
    names: Mapping[str, Any] | None = None,
    *,
    afresh: bool = False,
) -> dict[str, Any]:
    """Run one cell after its set-up, in a namespace of its own, and return what it made.

    Args:
        source: Python, or `%%sql name` and a query.
        setup: cells that run before it, in order.
        company: whom queries ask.
        limit_seconds: for each cell.
        names: what the cells find beside what every notebook begins with, or in its place.
        afresh: put the practice API back before the last cell.

    What the cells print goes nowhere.

    Raises:
        OutOfTime, query.TooSlow: the time was up.
        Exception: whatever the cell raised; Problem for a query that failed.
    """
    made = _namespace(company, names or {})
    for number, cell in enumerate((*setup, source)):
        if afresh and number == len(setup) > 0:
            made["api"].reset()
        with quiet(), deadline(limit_seconds):
            _run_cell(cell, made, company, limit_seconds)
    return made


def runner(task: Task, company: Company) -> Run:
    """What `checking.judge` runs a task's snippets with; each runs once and is remembered."""
    known: dict[str, Answer] = {}

    def remembered(source: str) -> Answer:
        if source not in known:
            known[source] = answer(task, source, company)
        return known[source]

    return remembered


def answer(task: Task, source: str, company: Company) -> Answer:
    """What one snippet of a task's key comes to on this company; never raises a mistake of its."""
    from champion.desk import performance

    try:
        setup = (*task.setup, *task.evidence)
        if task.kind == "state":
            left = run(source, setup, company, afresh=True)["api"]
            return performance.state(task, company, left.door, source)
        made = run(source, setup, company)
        if task.kind == "function" and task.variable in made:
            return performance.function(task, made[task.variable], company, source)
    except (OutOfTime, query.TooSlow):
        return Answer("timed out", source=source)
    except query.Stopped:
        raise KeyboardInterrupt from None
    except (Exception, SystemExit) as error:  # a wrong answer may fail in any way
        return Answer("error", source=source, error=first_line(error))
    if task.variable not in made:
        return Answer("missing", source=source)
    value = made[task.variable]
    return Answer("value", canonical(value), source, holds=held(value))


def _run_cell(source: str, names: dict[str, Any], company: Company, limit_seconds: float) -> None:
    sql = cells.query(source)
    if sql is None:
        exec(compile(source, "<cell>", "exec"), names)
        return
    rows = query.frame(company, sql.sql, names, limit_seconds)
    if sql.name:
        names[sql.name] = rows


def _namespace(company: Company, given: Mapping[str, Any]) -> dict[str, Any]:
    """What every notebook begins with; what only talks says nothing here."""
    import pandas

    from champion.desk.console import Console
    from champion.desk.scratch import apart
    from champion.desk.webhooks import listen

    shelves = {each.name: each(lambda: company.folder, _say_nothing) for each in (Logs, Files)}
    words = {**shelves, "console": Console(lambda: company)}
    verbs = {**dict.fromkeys(USAGE, _say_nothing), "listen": listen}
    api = given["api"] if "api" in given else apart(company)
    return {"__name__": "__main__", "pd": pandas, **verbs, **words, **given, "api": api}


def _say_nothing(*_: object, **__: object) -> None:
    return None
