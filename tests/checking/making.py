"""Tasks, tables and runs for these tests, in as few words as a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from champion.checking.answer import Answer, Run
from champion.checking.canonical import canonical
from champion.checking.key import Task
from champion.checking.values import Table

REFERENCE = "the reference"


def task(**changes: Any) -> Task:
    """A table task, unless the changes say otherwise."""
    plain: dict[str, Any] = {
        "slug": "plays-not-loads",
        "lesson": "1-querying/03-counting",
        "page": "exercise",
        "number": "3.2",
        "title": "Plays, not loads",
        "minutes": 4,
        "kind": "table",
        "variable": "plays_by_day",
        "blank": "%%sql plays_by_day\nSELECT ...",
        "reference": REFERENCE,
    }
    return Task(**{**plain, **changes})


def table(**columns: Any) -> Table:
    """The canonical table of some columns."""
    made = canonical(pd.DataFrame(columns))
    assert isinstance(made, Table)
    return made


def answer(value: Any, source: str = "") -> Answer:
    """An answer that holds a value, canonical already or not."""
    return Answer("value", value if isinstance(value, Table) else canonical(value), source)


def runs(outcomes: Mapping[str, Any]) -> Run:
    """A run that knows what each source comes to: an Answer, or a value."""

    def run(source: str) -> Answer:
        made = outcomes[source]
        return made if isinstance(made, Answer) else answer(made, source)

    return run
