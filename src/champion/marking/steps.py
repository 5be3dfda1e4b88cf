"""Which cells of a page run, in which order, to bring out the answers."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from champion.marking import cells
from champion.marking.cells import Notebook

_NEVER = ("prose", "load", "check")


@dataclass(frozen=True)
class Step:
    """One cell to run.

    Attributes:
        source: its text.
        task: the task it answers, or "" for set-up and helpers.
        variable: where its answer is found afterwards; "" when it answers nothing.
        examined: the judge has more to ask about its answer.
        begins: the task whose exam begins with this step, "" for none: its answer, or the first
            of the learner's cells that run before it.
    """

    source: str
    task: str = ""
    variable: str = ""
    examined: bool = False
    begins: str = ""


def blanks(page: Notebook) -> dict[str, str]:
    """The answer cells of a page as it is handed out, by task, in the page's order."""
    found = {}
    for cell in page.get("cells", []):
        task, role = cells.told(cell)
        if role == "answer" and task:
            found[task] = cells.text(cell)
    return found


def steps(
    page: Notebook,
    sources: Mapping[str, str],
    variables: Mapping[str, str] | None = None,
    helpers: Mapping[str, Sequence[str]] | None = None,
    only: str | None = None,
    examined: Container[str] = (),
) -> list[Step]:
    """The cells to run: set-up, what the learner's cells lean on, and the answers, in order.

    Args:
        page: our notebook, as it is handed out.
        sources: the learner's answer cell of each task; blank ones are left out.
        variables: the variable of each task; where it says nothing, the blank does.
        helpers: cells of the learner's own that run before the answer of that task.
        only: run the answer of this task alone.
        examined: tasks about whose answers the judge has more to ask.
    """
    given = variables or {}
    extra = helpers or {}
    wanted = {
        task: sources[task]
        for task, blank in blanks(page).items()
        if task in sources and only in (None, task) and not cells.is_blank(sources[task], blank)
    }
    planned: list[Step] = []
    optional: list[bool] = []
    for cell in page.get("cells", []):
        task, role = cells.told(cell)
        if role == "answer":
            if task in wanted:
                name = given.get(task) or cells.variable(cells.text(cell))
                own = [Step(each) for each in extra.get(task, ()) if _has_effect(each)]
                own.append(Step(wanted[task], task, name, task in examined))
                own[0] = replace(own[0], begins=task if task in examined else "")
                planned += own
        elif cell.get("cell_type") == "code" and role not in _NEVER:
            planned.append(Step(cells.text(cell)))
        optional += [role not in ("setup", "answer")] * (len(planned) - len(optional))
    return _needed(planned, optional)


def _needed(planned: Sequence[Step], optional: Sequence[bool]) -> list[Step]:
    """Leave out what only shows something: our cells whose names no later step mentions."""
    mentioned: set[str] = set()
    kept: list[Step] = []
    for step, may_go in zip(reversed(planned), reversed(optional), strict=True):
        if may_go and not cells.assigned(step.source) & mentioned:
            continue
        mentioned |= cells.mentions(step.source)
        kept.append(step)
    return kept[::-1]


def _has_effect(source: str) -> bool:
    """A query without a name only shows rows."""
    return not cells.is_sql(source) or bool(cells.query_name(source))
