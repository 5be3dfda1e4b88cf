"""Mistakes that are made where tables are joined: a word out of place, a short name, a thread."""

from __future__ import annotations

import re
from collections.abc import Callable

from champion.desk import mask
from champion.desk.failure import Failure, Tables
from champion.problems import Problem

_I = re.IGNORECASE
_NO_NAMES = frozenset(
    re.findall(
        r"\w+", "on using where join left right inner full cross group order having limit natural"
    )
)
_SHORT = rf"(?!(?:{'|'.join(sorted(_NO_NAMES))})\b)\w+"
_DECLARED = re.compile(rf"\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?({_SHORT}))?", _I)
_COLUMN = r"\w+(?:\.\w+)?"


def glued(sql: str, code: str) -> Problem | None:
    """Two words of SQL written as one."""
    found = re.search(r"\b(left|right|inner|full|cross)(join)\b|\b(group|order)(by)\b", code, _I)
    if found is None:
        return None
    first, second = (part for part in found.groups() if part)
    return Problem(
        f"`{found[0]}` is two words.", f"Write {first.upper()} {second.upper()}, with a space."
    )


def where_for_on(sql: str, code: str) -> Problem | None:
    """WHERE behind each joined table, as if it said what fits."""
    if len(re.findall(r"\bwhere\b", code, _I)) < 2:
        return None
    if not re.search(rf"\bjoin\s+\w+(?:\s+(?:as\s+)?{_SHORT})?\s+where\b", code, _I):
        return None
    return Problem(
        "After JOIN comes ON: it says which rows fit.",
        "WHERE comes once, after all joins, and says which rows you want.",
    )


def join_after_where(sql: str, code: str) -> Problem | None:
    """A table that is joined behind WHERE."""
    inside = re.search(r"\bwhere\b(?:(?!\bselect\b|\bunion\b)[^()])*?\bjoin\b", code, _I)
    if inside is None:
        return None
    return Problem("WHERE comes after all joins.", "Move each JOIN, with its ON, up before WHERE.")


def unequal(sql: str, code: str) -> Problem | None:
    """Two columns after ON with a comma, an arrow or nothing between them."""
    found = re.search(
        rf"\bon\s*\(?\s*({_COLUMN})(?:\s*(,|→|-->)\s*|\s+(?=\w+\.))({_COLUMN})", code, _I
    )
    if found is None or {found[1].lower(), found[3].lower()} & _NO_NAMES:
        return None
    return Problem(
        f"No sign compares `{found[1]}` with `{found[3]}`.", "Write = between the two columns."
    )


READINGS: tuple[Callable[[str, str], Problem | None], ...] = (
    glued,
    where_for_on,
    join_after_where,
    unequal,
)
"""What the text of a refused query gives away, tried in this order."""


def declared(sql: str) -> dict[str, str]:
    """The tables of a query by the names that it gives them, all in small letters."""
    found = _DECLARED.findall(mask.code(sql))
    return {(short or table).lower(): table.lower() for table, short in found}


def short_name(failure: Failure, name: str) -> Problem | None:
    """A short name before a dot that no table has, or has only in a later line."""
    known = declared(failure.sql)
    if name.lower() in known:
        return Problem(
            f"`{name}` is joined only further on, and this ON cannot see it yet.",
            f"Join `{known[name.lower()]}` before the table that needs it.",
        )
    meant = [table for called, table in known.items() if called == table]
    meant = [table for table in meant if name.lower() in _short_for(table)]
    if not meant:
        return None
    exact = [table for table in meant if _has_each(failure, name, table)]
    table = (exact or meant)[0]
    return Problem(
        f"No table in this query is called `{name}`.",
        f"A short name stands behind its table: `{table} {name}`.",
    )


def by_thread(failure: Failure, owner: str, name: str) -> Problem | None:
    """A column that this table lacks, and a table to which it leads has."""
    table = declared(failure.sql).get(owner.lower(), owner.lower())
    threads = [
        column
        for column in failure.tables.get(table, ())
        if column.endswith("_id")
        and name.lower() in failure.tables.get(f"{column.removesuffix('_id')}s", ())
    ]
    if not threads or name.lower() == "id":
        return None
    there = f"{threads[0].removesuffix('_id')}s"
    called = [short for short, each in declared(failure.sql).items() if each == there]
    then = (
        f"Did you mean `{called[0]}.{name}`?"
        if called
        else f"`{threads[0]}` leads there: join `{there}` as well."
    )
    return Problem(f"`{owner}` has no column called `{name}`; `{there}` has.", then)


def table_for_column(failure: Failure, found: re.Match[str]) -> Problem:
    """A whole table where one of its columns is meant."""
    named = {*declared(failure.sql), *declared(failure.sql).values()}
    code = _DECLARED.sub(" ", mask.code(failure.sql))
    words = re.findall(r"(?<![\w.])([A-Za-z_]\w*)(?!\w|\s*[.(])", code)
    bare = next((word for word in words if word.lower() in named), "")
    what = f"`{bare}` is a table" if bare else "A whole table stands in a condition"
    return Problem(f"{what}; a column is needed here.", "Which column of it? Write table.column.")


def name_of_select(failure: Failure, found: re.Match[str]) -> Problem:
    """A name that SELECT gives, used inside what it names."""
    name = found["name"]
    if name.lower() in {*failure.tables, *declared(failure.sql)}:
        return Problem(
            f"`{name}` is a table, and a column is needed here.",
            "Which column of it? Write table.column.",
        )
    return Problem(
        f"`{name}` is the name that you give here, and no table has a column called so.",
        "Which column is meant in the brackets?",
    )


def two_columns(failure: Failure, name: str) -> bool:
    """Whether a column is compared with another column, not with a value."""
    column = re.escape(name)
    return bool(
        re.search(
            rf"(?<![\w'])[A-Za-z_]\w*(?:\.\w+)?\s*=\s*(?:\w+\.)?{column}\b"
            rf"|\b{column}\s*=\s*[A-Za-z_]\w*(?:\.\w+)?",
            mask.code(failure.sql),
            _I,
        )
    )


def without_on(code: str, tables: Tables) -> Problem | None:
    """A joined table of which nothing says what fits."""
    parts = re.split(r"(?<!cross )\bjoin\b", code, flags=_I)[1:]
    bare = [part for part in parts if not re.search(r"\b(?:on|using)\b", part, _I)]
    conditions = len(re.findall(r"\b(?:on|using)\b", code, _I))
    if len(parts) <= conditions or re.search(r"\bnatural\b", code, _I):
        return None
    table = re.match(r"\s*(\w+)", bare[0]) if bare else None
    which = f"The JOIN of `{table[1]}`" if table and table[1].lower() in tables else "A JOIN"
    return Problem(
        f"{which} does not say which rows belong together.",
        "Add ON, and the two columns that have to be equal, with = between them.",
    )


def _short_for(table: str) -> set[str]:
    """The short names that people give a table: the first letter of each word, and all of them."""
    letters = [word[0] for word in table.split("_")]
    return {*letters, "".join(letters)}


def _has_each(failure: Failure, name: str, table: str) -> bool:
    """Whether a table has every column that is asked of a short name."""
    asked = re.findall(rf"\b{re.escape(name)}\.(\w+)", mask.code(failure.sql), _I)
    return {column.lower() for column in asked} <= set(failure.tables.get(table, ()))
