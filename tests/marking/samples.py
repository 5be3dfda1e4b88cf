"""A small page with its key: a query, a pandas table, a value and a choice."""

from __future__ import annotations

import copy
from typing import Any

from champion.checking.key import Key, Right, Task, Wrong

LESSON = "9-samples/01-tickets"

BY_STATUS = "%%sql by_status\nSELECT status, count(*) AS tickets FROM tickets GROUP BY status"
BUSIEST = (
    "rows = pd.DataFrame({'status': ['a', 'b', 'b'], 'n': [1, 2, 3]})\n"
    "busiest = rows.groupby('status', as_index=False)['n'].sum().sort_values('n')"
)
OPEN_SQL = "%%sql open_tickets\nSELECT count(*) AS n FROM tickets WHERE status = 'closed'"

TASKS = (
    Task(
        slug="by-status",
        lesson=LESSON,
        page="exercise",
        number="1.1",
        title="Tickets by status",
        minutes=3,
        kind="table",
        variable="by_status",
        blank="%%sql by_status\nSELECT ...",
        reference=BY_STATUS,
        wrong=(
            Wrong(
                "all-together",
                "You counted all tickets together. Which word makes one row per status?",
                "That is one number. I asked for one each.",
                "%%sql by_status\nSELECT 'all' AS status, count(*) AS tickets FROM tickets",
            ),
            Wrong(
                "counted-accounts",
                "These are **accounts**. Where do tickets live?",
                "",
                "%%sql by_status\nSELECT status, count(DISTINCT account_id) AS tickets "
                "FROM tickets GROUP BY status",
            ),
        ),
    ),
    Task(
        slug="closed-share",
        lesson=LESSON,
        page="exercise",
        number="1.2",
        title="How many are closed",
        minutes=3,
        kind="value",
        variable="closed_count",
        blank="closed_count = ...",
        reference="closed_count = int(tickets.loc[tickets.status == 'closed', 'n'].iloc[0])",
        setup=("%%sql tickets\nSELECT status, count(*) AS n FROM tickets GROUP BY status",),
        wrong=(
            Wrong(
                "open-ones",
                "You counted the open ones. Which word means closed?",
                "",
                "closed_count = int(tickets.loc[tickets.status == 'open', 'n'].iloc[0])",
            ),
        ),
    ),
    Task(
        slug="frame-of-it",
        lesson=LESSON,
        page="exercise",
        number="1.3",
        title="Statuses in a frame",
        minutes=3,
        kind="table",
        variable="statuses",
        blank="statuses = ...",
        reference="statuses = tickets.sort_values('n', ascending=False)[['status', 'n']]",
        order=("n",),
        setup=("%%sql tickets\nSELECT status, count(*) AS n FROM tickets GROUP BY status",),
        also_right=(
            Right(
                "sql",
                "%%sql statuses\nSELECT status, count(*) AS n FROM tickets "
                "GROUP BY status ORDER BY n DESC",
            ),
        ),
        wrong=(
            Wrong(
                "upside-down",
                "Your rows run from few to many. Which end did the task ask for first?",
                "",
                "statuses = tickets.sort_values('n')[['status', 'n']]",
            ),
        ),
    ),
    Task(
        slug="do-or-stop",
        lesson=LESSON,
        page="exercise",
        number="1.4",
        title="Do it or stop",
        minutes=1,
        kind="choice",
        variable="choice",
        blank='choice = "..."',
        reference='choice = "b"',
        options=("a", "b"),
        wrong=(Wrong("did-it", "That deletes rows. May support do that?", "", 'choice = "a"'),),
    ),
)

KEY = Key(LESSON, "Tickets", TASKS)
REFERENCES = {task.slug: task.reference for task in TASKS}
VARIABLES = {task.slug: task.variable for task in TASKS}
SETUP = TASKS[1].setup[0]


def cell(kind: str, identity: str, source: str, role: str, task: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": identity,
        "metadata": {"champion": {"role": role, **({"task": task} if task else {})}},
        "source": source,
    }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def page() -> dict[str, Any]:
    """The exercise as it is handed out."""
    made = [
        cell("code", "start-load-1", "%load_ext champion", "load"),
        cell("markdown", "start-prose-1", "# Tickets", "prose"),
        cell("code", "start-setup-1", SETUP, "setup"),
        cell("code", "start-show-1", "1 / 0", "show"),
    ]
    made[-1]["metadata"]["tags"] = ["raises-exception"]
    for task in TASKS:
        slug = task.slug
        made += [
            cell("markdown", f"{slug}-prose", f"## {task.title}\n\nDo it.", "prose", slug),
            cell("code", f"{slug}-answer", task.blank, "answer", slug),
            cell("code", f"{slug}-check", f'check("{slug}")', "check", slug),
        ]
    return {
        "cells": made,
        "metadata": {
            "champion": {"lesson": LESSON, "page": "exercise", "source": "0"},
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def filled(**answers: str) -> dict[str, Any]:
    """A learner's notebook: these answers, by slug with _ for -, and blanks elsewhere."""
    notebook = page()
    for slug, source in answers.items():
        answer(notebook, slug.replace("_", "-"))["source"] = source
    return notebook


def solved() -> dict[str, Any]:
    """A learner's notebook with every reference in its place."""
    return filled(**{slug.replace("-", "_"): source for slug, source in REFERENCES.items()})


def answer(notebook: dict[str, Any], slug: str) -> dict[str, Any]:
    """The answer cell of a task."""
    return by_id(notebook, f"{slug}-answer")


def by_id(notebook: dict[str, Any], identity: str) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in notebook["cells"] if c.get("id") == identity)
    return found


def anonymous(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same without ids and metadata, as an older editor saves it."""
    bare = copy.deepcopy(notebook)
    bare["metadata"] = {}
    bare["nbformat_minor"] = 4
    for each in bare["cells"]:
        each.pop("id", None)
        each["metadata"] = {}
    return bare
