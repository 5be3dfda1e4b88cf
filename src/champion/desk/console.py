"""`console`: SQL from Python, on the company to read it, and on a copy to change it.

What the engine refuses comes in one line, as for `%%sql`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from champion.desk import dictionary, errors, failure
from champion.desk.verbs import Word
from champion.lantern import engine, manifest
from champion.problems import Problem

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from champion.lantern.company import Company

UNTOUCHED = "a copy as it was made"
_USAGE = (
    "To read the company from Python, write with console.connect() as connection.\n"
    'For a copy that you may change, write spare = console.copy("videos"), with its tables.'
)


class Line(Connection):
    """A connection whose troubles are one line.

    Attributes:
        copied: the tables of the copy that it leads to; () for the company itself.
    """

    copied: tuple[str, ...] = ()

    def execute(self, statement: Any, *given: Any, **named: Any) -> Any:
        """As SQLAlchemy's own; Problem for whatever it refuses."""
        if isinstance(statement, str):
            raise Problem(
                "SQL that stands in plain quotes is only text to Python.",
                'Write sa.text("…") around it.',
            )
        try:
            return super().execute(statement, *given, **named)
        except (SQLAlchemyError, TypeError) as error:
            raise _in_words(str(statement), given, error, self.copied) from None


class Copy:
    """Some of the company's tables in memory: they may be changed, and go with the kernel.

    Nothing that is done here reaches the company.
    """

    def __init__(self, company: Company, tables: tuple[str, ...]) -> None:
        self._tables = tables
        self._base = engine.spare(company.folder / engine.FILE, tables)
        self._before = {table: engine.row_prints(self._base, table) for table in tables}
        self.engine: Engine = engine.on_spare(self._base)

    def connect(self) -> Line:
        """A connection to the copy. What is not committed is undone when it closes."""
        line = Line(self.engine)
        line.copied = self._tables
        return line

    def __repr__(self) -> str:
        return f"A copy of {_listed(self._tables)}. You may change it; it goes with the kernel."


class Console(Word):
    """Connections to the company, and copies of its tables.

    Args:
        company: gives the company at hand.
    """

    def __init__(self, company: Callable[[], Company]) -> None:
        self._company = company

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine on the company: it reads, and refuses the rest."""
        return self._company().engine

    def connect(self) -> Line:
        """A connection to the company that reads."""
        return Line(self.engine)

    def copy(self, *tables: str) -> Copy:
        """A copy of these tables that may be changed; another one each time.

        Raises:
            Problem: a name is no table, or the company lies on a server alone.
        """
        company = self._company()
        known = dictionary.tables()
        if not tables:
            raise Problem("Which tables?", 'Write console.copy("videos"), with their names.')
        for table in tables:
            if table not in known:
                meant = failure.near(str(table), list(known))
                then = f"Did you mean `{meant}`?" if meant else "`%schema` lists them."
                raise Problem(f"There is no table `{table}`.", then)
        _must_lie_here(company)
        return Copy(company, tuple(dict.fromkeys(tables)))

    def __repr__(self) -> str:
        return _USAGE


def left_in(copy: Copy) -> str:
    """What was committed in a copy, in words; two copies hold the same if the words are.

    What another connection has changed and not committed does not count.
    """
    told = [_told(table, before, engine.row_prints(copy._base, table))
            for table, before in copy._before.items()]  # fmt: skip
    return f"a copy with {'; '.join(filter(None, told))}" if any(told) else UNTOUCHED


def _told(table: str, before: Any, after: Any) -> str:
    if after == before:
        return ""
    if after is None:
        return f"no table `{table}` any more"
    old, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    mark = sha256(repr(sorted(new.elements())).encode()).hexdigest()[:6]
    changed = len({number for number, _ in old} & {number for number, _ in new})
    counts = {"changed": changed, "gone": old.total() - changed, "new": new.total() - changed}
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"other rows in `{table}` ({said}; mark {mark})"


def _must_lie_here(company: Company) -> None:
    """Refuse where the company is read from a server and no such company is built here."""
    built = manifest.read(company.folder)
    is_same = built is not None and (built.seed, built.scale) == (company.seed, company.scale)
    if not is_same or not (company.folder / engine.FILE).is_file():
        raise Problem(
            "A copy is made from a company on this computer, and here is none like yours.",
            f"Run `champion lantern build --seed {company.seed} --scale {company.scale:g}`.",
        )


def _in_words(
    statement: str, given: tuple[Any, ...], error: Exception, copied: tuple[str, ...]
) -> Problem:
    quoted = re.search(r"':(\w+)'", statement)
    if quoted:
        return Problem(
            f"':{quoted[1]}' in quotes is a text of its own, and takes no value.",
            "Take the quotes away: the value brings what it needs.",
        )
    for pattern, what, then in _TROUBLES:
        found = re.search(pattern, str(error))
        if found:
            return Problem(what.format(*found.groups()), then.format(*found.groups()))
    said = getattr(error, "orig", None) or error
    column = re.search(r'column "(\w+)" not found', str(said))
    if column and given and isinstance(given[0], dict) and column[1] in given[0]:
        return Problem(
            f"`{column[1]}` is a value of yours, and without a colon it is read as a column.",
            f"Write `:{column[1]}` in the query.",
        )
    missing = re.search(r"Table with name (\w+) does not exist", str(said))
    if copied and missing and missing[1] in dictionary.tables():
        return Problem(
            f"Your copy has no `{missing[1]}`; it has {_listed(copied)}.",
            f'Name it when you make the copy: console.copy("{missing[1]}", …).',
        )
    writes = not re.match(r"\s*\(*\s*(?:select|with)\b", statement, re.IGNORECASE)
    return errors.explain(statement, said, dictionary.tables(), writes=writes)


_IN_A_DICT = 'Write it in a dict, after a comma: execute(sa.text("…"), {{"name": name}}).'
_TROUBLES = (
    (
        r"A value is required for bind parameter '(\w+)'",
        "Nothing says what `:{0}` is.",
        'Give its value in a dict, after a comma: execute(sa.text("…"), {{"{0}": …}}).',
    ),
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
        r"Unable to transform python value|can't adapt|cannot adapt type",
        "One of the values is nothing that a database could hold.",
        "Look at what stands in the dict: are round brackets missing behind a name?",
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


def _listed(names: tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
