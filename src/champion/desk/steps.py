"""The steps of a query, `WITH sent AS (…)`: what they are called, hand on, and lack.

`slip` reads the text of a failed query alone; the others answer a failure over a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from champion.desk import mask, mixups
from champion.desk.failure import Failure, Tables, near
from champion.problems import Problem

_I = re.IGNORECASE
_STEP = re.compile(r"(?:\bwith\s+(?:recursive\s+)?|,\s*)(\w+)\s+as\s*(?:materialized\s*)?\(", _I)


@dataclass(frozen=True)
class Step:
    """One step: its name, the query in its brackets, and where that begins and ends.

    Attributes:
        columns: the names that it hands on, small; None when its text does not tell.
    """

    name: str
    body: str
    start: int
    end: int
    columns: tuple[str, ...] | None


def find(sql: str) -> list[Step]:
    """The steps of a query, from the top; none where it does not begin with WITH."""
    code = mask.code(sql)
    return list(_steps(code)) if _has_steps(code) else []


def _has_steps(code: str) -> bool:
    return re.match(r"[\s(]*with\b", code, _I) is not None


def _steps(code: str) -> Iterator[Step]:
    past = 0
    for found in _STEP.finditer(code):
        if found.start() < past:  # a step inside a step is that one's own affair
            continue
        end = mask.closing(code, found.end() - 1)
        past = end
        body = code[found.end() : end]
        yield Step(found[1], body, found.end(), end, _handed_on(body))


def _handed_on(body: str) -> tuple[str, ...] | None:
    """The names of a step's columns, None where a star or an expression hides one."""
    listed = re.match(
        r"\s*select\s+(?:distinct\s+)?(.*?)(?:\bfrom\b|\Z)", mixups.outermost(body), _I | re.DOTALL
    )
    if listed is None:
        return None
    names = [re.search(r"(?:^|[\s.])([A-Za-z_]\w*)\s*$", item) for item in listed[1].split(",")]
    told = [name[1].lower() for name in names if name]
    return tuple(told) if len(told) == len(names) else None


# what its text gives away


def slip(sql: str) -> Problem | None:
    """What is wrong with the steps of a failed query; None when its text does not tell."""
    code = mask.code(sql)
    return next((said for read in _READINGS if (said := read(code))), None)


def _with_forgotten(code: str) -> Problem | None:
    found = re.match(r"\s*(\w+)\s+as\s*\(\s*select\b", code, _I)
    if found is None:
        return None
    return Problem("A query with steps begins with WITH.", f"Write WITH before `{found[1]}`, once.")


def _without_brackets(code: str) -> Problem | None:
    found = re.search(r"(?:\bwith\s+|\)\s*,\s*)(\w+)\s+as\s+select\b", code, _I)
    if found is None:
        return None
    return Problem(
        f"The step `{found[1]}` needs brackets.",
        f"Write {found[1]} AS ( before its SELECT, and ) where the step ends.",
    )


def _as_forgotten(code: str) -> Problem | None:
    found = re.search(r"(?:\bwith\s+|\)\s*,\s*)(?!exists\b)(\w+)\s*\(\s*select\b", code, _I)
    if found is None or not _has_steps(code):
        return None
    return Problem(f"AS is missing behind `{found[1]}`.", f"Write {found[1]} AS (…).")


def _never_closed(code: str) -> Problem | None:
    if not _has_steps(code) or code.count("(") <= code.count(")"):
        return None
    return Problem(
        "A bracket ( is opened and never closed.", "Does a step lack the ) where it ends?"
    )


def _second_with(code: str) -> Problem | None:
    found = re.search(r"\)\s*(,?)\s*with\s+(\w+)\s+as\b", code, _I)
    if found is None or not _has_steps(code):
        return None
    return Problem(
        "WITH stands once, before the first step.",
        f"Take it away before `{found[2]}`{'' if found[1] else ', and put a comma there'}.",
    )


def _comma_forgotten(code: str) -> Problem | None:
    found = re.search(r"\)\s*(\w+)\s+as\s*\(\s*select\b", code, _I)
    if found is None or not _has_steps(code):
        return None
    return Problem(
        "A comma is missing between two steps.", f"Write it behind the ) before `{found[1]}`."
    )


def _no_query(code: str) -> Problem | None:
    steps = list(_steps(code)) if _has_steps(code) else []
    if not steps or code[steps[-1].end + 1 :].strip(" \t\n;,"):
        return None
    return Problem(
        "The steps are there, and no query behind them.",
        f"Add one that reads from the last: SELECT … FROM {steps[-1].name}.",
    )


_READINGS: tuple[Callable[[str], Problem | None], ...] = (
    _with_forgotten,
    _without_brackets,
    _as_forgotten,
    _never_closed,
    _second_with,
    _comma_forgotten,
    _no_query,
)


# a name that is not there


def table(failure: Failure, name: str) -> Problem | None:
    """A table that is not there, and a step of nearly this name, or one that comes later."""
    steps = find(failure.sql)
    what = f"There is no table called `{name}`"
    if name.lower() in [step.name.lower() for step in steps]:
        return Problem(f"{what} yet: this step comes later.", "A step reads those above it.")
    nearest = near(name, [step.name for step in steps], 0.7)
    return Problem(f"{what}.", f"Did you mean your step `{nearest}`?") if nearest else None


def as_value(failure: Failure, name: str) -> Problem | None:
    """A step that stands where a column or a value is expected."""
    if name.lower() not in [step.name.lower() for step in find(failure.sql)]:
        return None
    return Problem(
        f"`{name}` is a step: a table, not a value.",
        f"Read it like one: JOIN {name} ON …, or (SELECT … FROM {name}).",
    )


def column(failure: Failure, name: str) -> Problem | None:
    """A column that the step which is read does not hand on."""
    steps = {step.name.lower(): step for step in find(failure.sql)}
    code = mask.code(failure.sql)
    for part in reversed(_parts(code, list(steps.values()))):
        if re.search(rf"\b{re.escape(name)}\b", part, _I):
            read = [word.lower() for word in re.findall(r"\b(?:from|join)\s+(\w+)", part, _I)]
            if read and all(word in steps for word in read):
                return _not_handed_on(
                    name, [steps[word] for word in dict.fromkeys(read)], failure.tables
                )
    return None


def _parts(code: str, steps: list[Step]) -> list[str]:
    """The queries of the steps from the top, and the one behind them."""
    bodies = [step.body for step in steps]
    return [*bodies, code[steps[-1].end :]] if steps else bodies


def _not_handed_on(name: str, read: list[Step], tables: Tables) -> Problem | None:
    handed = [each for step in read for each in step.columns or ()]
    if any(step.columns is None for step in read) or name.lower() in handed:
        return None
    nearest = near(name, handed, 0.7)
    if nearest:
        return Problem(f"There is no column called `{name}`.", f"Did you mean `{nearest}`?")
    if len(read) > 1:
        these = " and ".join(f"`{step.name}`" for step in read)
        return Problem(
            f"The steps {these} do not hand on `{name}`.", "Add it to the SELECT of one of them."
        )
    is_known = any(name.lower() in columns for columns in tables.values())
    return Problem(
        f"The step `{read[0].name}` hands on {', '.join(handed)}; `{name}` is not among them.",
        "Add it to the step's SELECT, or join the table that has it."
        if is_known
        else f"Choose one of them, or write what it is: … AS {name}.",
    )


def owner(failure: Failure, name: str) -> Problem | None:
    """The name before a dot: a step that is not read, or a table that only a step reads."""
    steps = find(failure.sql)
    if name.lower() in [step.name.lower() for step in steps]:
        return Problem(
            f"`{name}` is a step, and this part of the query does not read it.",
            f"Add JOIN {name} ON …, with what the two have in common.",
        )
    for step in steps:
        if re.search(rf"\b(?:from|join)\s+(?:\w+\s+(?:as\s+)?)?{re.escape(name)}\b", step.body, _I):
            return Problem(
                f"`{name}` is known inside the step `{step.name}` alone.",
                f"Behind the step, take `{name}.` out.",
            )
    return None


def column_of(failure: Failure, owner: str, name: str) -> Problem | None:
    """A column, with a step's name or alias before the dot, that the step does not hand on."""
    given = re.search(
        rf"\b(?:from|join|,)\s+(\w+)\s+(?:as\s+)?{re.escape(owner)}\b", mask.code(failure.sql), _I
    )
    real = (given[1] if given else owner).lower()
    step = next((each for each in find(failure.sql) if each.name.lower() == real), None)
    return _not_handed_on(name, [step], failure.tables) if step else None
