"""Runs the cells of a key without a notebook: references, wrong answers, set-up."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

from champion.checking.answer import Answer, Run
from champion.checking.canonical import canonical
from champion.desk import cells, query
from champion.desk.deadline import OutOfTime, deadline
from champion.desk.files import Files
from champion.desk.logs import Logs
from champion.desk.session import first_line
from champion.desk.verbs import USAGE

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.lantern.company import Company


def run(
    source: str, setup: Sequence[str], company: Company, limit_seconds: float = 20
) -> dict[str, Any]:
    """Run one cell after its set-up, in a namespace of its own, and return what it made.

    Args:
        source: Python, or `%%sql name` and a query.
        setup: cells that run before it, in order.
        company: whom queries ask.
        limit_seconds: for each cell.

    What the cells print goes nowhere.

    Raises:
        OutOfTime, query.TooSlow: the time was up.
        Exception: whatever the cell raised; Problem for a query that failed.
    """
    names = _namespace(company)
    for cell in (*setup, source):
        with redirect_stdout(StringIO()), deadline(limit_seconds):
            _run_cell(cell, names, company, limit_seconds)
    return names


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
    try:
        made = run(source, (*task.setup, *task.evidence), company)
    except (OutOfTime, query.TooSlow):
        return Answer("timed out", source=source)
    except query.Stopped:
        raise KeyboardInterrupt from None
    except (Exception, SystemExit) as error:  # a wrong answer may fail in any way
        return Answer("error", source=source, error=first_line(error))
    if task.variable not in made:
        return Answer("missing", source=source)
    return Answer("value", canonical(made[task.variable]), source)


def _run_cell(source: str, names: dict[str, Any], company: Company, limit_seconds: float) -> None:
    sql = cells.query(source)
    if sql is None:
        exec(compile(source, "<cell>", "exec"), names)
        return
    rows = query.frame(company, sql.sql, names, limit_seconds)
    if sql.name:
        names[sql.name] = rows


def _namespace(company: Company) -> dict[str, Any]:
    """What every notebook begins with; what only talks says nothing here."""
    import pandas

    from champion.desk.api import apart
    from champion.desk.webhooks import listen

    shelves = {each.name: each(lambda: company.folder, _say_nothing) for each in (Logs, Files)}
    verbs = {**dict.fromkeys(USAGE, _say_nothing), "listen": listen}
    tools = {"pd": pandas, "api": apart(company)}
    return {"__name__": "__main__", **tools, **verbs, **shelves}


def _say_nothing(*_: object, **__: object) -> None:
    return None
