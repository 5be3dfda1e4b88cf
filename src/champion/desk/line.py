"""A line to the database from Python: SQLAlchemy's connection, its troubles in one line each.

As in `%%sql`, `now()` is Lantern's time, a value may come out of a frame, and the company is
only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, TextClause
from sqlalchemy.exc import SQLAlchemyError

from champion.checking import words
from champion.desk import binds, clock, dictionary, errors, guard, mask
from champion.problems import Problem

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Line(Connection):
    """A connection.

    Attributes:
        now: the company's time.
        copied: the tables of the copy that it leads to; () for the company itself.
        look: called after each statement that may have changed rows.
    """

    now: datetime
    copied: tuple[str, ...] = ()
    look: Callable[[Connection], None] | None = None

    def execute(self, statement: Any, *given: Any, **named: Any) -> Any:
        """As SQLAlchemy's own; Problem for whatever it refuses."""
        if isinstance(statement, str):
            raise Problem(
                "SQL that stands in plain quotes is only text to Python.",
                'Write sa.text("…") around it.',
            )
        if not self.copied:
            _refuse(str(statement))
        values = given[0] if given else named
        if isinstance(statement, TextClause) and named and not given:
            raise Problem("A value goes by its name, in a dict.", _IN_A_DICT)
        if isinstance(statement, TextClause) and len(given) < 2 and isinstance(values, Mapping):
            statement, given = _bound(statement.text, values, self.now), ()
        try:
            result = super().execute(statement, *given, **named)
        except (SQLAlchemyError, TypeError) as error:
            raise _in_words(str(statement), values, error, self.copied) from None
        if self.look is not None and _CHANGES.search(mask.code(str(statement))):
            self.look(self)
        return result


def to(
    engine: Engine,
    now: datetime,
    copied: tuple[str, ...] = (),
    look: Callable[[Connection], None] | None = None,
) -> Line:
    """A new line to an engine's database; see `Line`."""
    line = Line(engine)
    line.now, line.copied, line.look = now, copied, look
    return line


def _refuse(sql: str) -> None:
    """As the guard of `%%sql`, which knows nothing of copies that may be changed."""
    try:
        guard.refuse(sql, frozenset(dictionary.tables()))
    except Problem as problem:
        if not _CHANGES.match(sql.strip()):
            raise
        raise Problem(
            problem.what,
            "This connection leads to the company, which you only read. "
            "To try a change, connect to a copy of it.",
        ) from None


def _bound(sql: str, values: Mapping[str, Any], now: datetime) -> TextClause:
    """The statement in Lantern's time, with its values."""
    if apart := re.search(r"=\s*:\s+(\w+)", mask.code(sql)):
        raise Problem(
            f"Between the colon and `{apart[1]}` stands a blank.",
            f"A parameter is written in one piece: `:{apart[1]}`.",
        )
    for name, value in values.items():
        if name.startswith(":"):
            raise Problem(
                f'In the dict the name has no colon: "{name[1:]}".',
                "The colon stands in the query alone.",
            )
        if isinstance(value, list) and re.search(rf"(?:=\s*|lower\(\s*):{name}\b", sql, re.I):
            raise Problem(
                f"`:{name}` holds a list of {len(value)}, and stands where one value belongs.",
                "Which name holds one of them?",
            )
        if re.search(rf"':{name}'", sql):
            raise Problem(
                f"':{name}' in quotes is a text of its own, and takes no value.",
                "Take the quotes away: the value brings what it needs.",
            )
    still, _ = clock.stand_still(sql, now)
    for name in binds.names(still):
        if name not in values:
            raise Problem(
                f"Nothing says what `:{name}` is.",
                f'Give its value in a dict, after a comma: execute(sa.text("…"), {{"{name}": …}}).',
            )
    return binds.clause(still, values)


def _in_words(statement: str, values: object, error: Exception, copied: tuple[str, ...]) -> Problem:
    for pattern, what, then in _TROUBLES:
        found = re.search(pattern, str(error))
        if found:
            return Problem(what.format(*found.groups()), then)
    said = getattr(error, "orig", None) or error
    column = re.search(r'column "(\w+)" not found', str(said))
    if column and isinstance(values, Mapping) and column[1] in values:
        return Problem(
            f"`{column[1]}` is a value of yours, and without a colon it is read as a column.",
            f"Write `:{column[1]}` in the query.",
        )
    missing = re.search(r"Table with name (\w+) does not exist", str(said))
    if copied and missing and missing[1] in dictionary.tables():
        return Problem(
            f"Your copy has no `{missing[1]}`; it has {words.names(copied)}.",
            f'Name it when you make the copy: console.copy("{missing[1]}", …).',
        )
    writes = not re.match(r"\s*\(*\s*(?:select|with)\b", statement, re.IGNORECASE)
    problem = errors.explain(statement, said, dictionary.tables(), writes=writes)
    if "could not be read" in problem.what and re.match(r"\s*update\b", statement, re.I):
        return Problem(
            problem.what,
            "An UPDATE has this order: UPDATE, a table, SET, a column = its new value, WHERE, "
            "a condition.",
        )
    return problem


_CHANGES = re.compile(r"\b(?:insert|update|delete|merge|truncate)\b", re.IGNORECASE)
_IN_A_DICT = 'Write it in a dict, after a comma: execute(sa.text("…"), {"name": name}).'
_TROUBLES = (
    (r"List argument must|mapping or list expected", "A value goes by its name.", _IN_A_DICT),
    (
        r"unexpected keyword argument|positional arguments? but",
        "A value goes by its name, in a dict.",
        _IN_A_DICT,
    ),
    (
        r"Could not convert string '(.+)' to INT",
        "'{0}' is a text, and it meets a column of whole numbers.",
        "Is it the value you meant, or the column?",
    ),
    (
        r"This Connection is closed",
        "This connection is closed: its with block has ended.",
        "Move the line into the block, or open another.",
    ),
    (
        r"transaction is aborted",
        "A statement before this one has failed, so its transaction does nothing more.",
        "Write connection.rollback(), and begin again.",
    ),
    (
        r"Conflict on|write-write conflict",
        "Another connection is changing these rows, and has not ended its transaction.",
        "Roll back there, or make another copy.",
    ),
)
