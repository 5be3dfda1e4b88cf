"""Failures over names: a table, column or function that is not there, not meant, or not alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from champion.desk import joins, mask, steps
from champion.desk.failure import Failure, near
from champion.problems import Problem

_FUNCTIONS = re.findall(
    r"\w+",
    """
    abs avg cast ceil coalesce concat count date_part date_trunc extract first floor greatest
    lag last lead least left length lower max median min mod nullif rank replace right round
    row_number split_part strftime string_agg substr substring sum to_char trim upper
    """,
)


def table(failure: Failure, found: re.Match[str]) -> Problem:
    """There is no such table."""
    name = found["name"].split(".")[-1]
    if step := steps.table(failure, name):
        return step
    nearest = near(name, list(failure.tables))
    return Problem(
        f"There is no table called `{found['name']}`.",
        f"Did you mean `{nearest}`?"
        if nearest
        else "`%schema` lists the tables; a result that you kept is for Python alone.",
    )


def column(failure: Failure, found: re.Match[str]) -> Problem:
    """There is no such column: misspelt, text without its quotes, or another table's."""
    name = found["name"].split(".")[-1]
    if {name[:1], name[-1:]} & set("‘’“”"):
        return Problem(
            f"Curly quotes, as in `{name}`, are letters to SQL.",
            f"Type the quotes again: '{name.strip('‘’“”')}'.",
        )
    what = f"There is no column called `{name}`."
    compared = _is_compared_with(name, failure.sql)
    quoted = f'"{name}"' in failure.sql
    lacking = None if compared or quoted else steps.column(failure, name)
    if step := steps.as_value(failure, name) or lacking:
        return step
    columns = [column for columns in failure.read.values() for column in columns]
    nearest = near(name, columns, 0.85 if compared else 0.6)
    if nearest and nearest != name.lower():
        return Problem(what, f"Did you mean `{nearest}`?")
    if quoted:
        return Problem(
            f'Double quotes make "{name}" the name of a column, and there is none.',
            f"Text goes in single quotes: '{name}'.",
        )
    if f"`{name}`" in failure.sql:
        return Problem(
            f"Backticks make {name} the name of a column, and there is none.",
            f"Text goes in single quotes: '{name}'.",
        )
    if name.lower() in joins.declared(failure.sql).values():
        return Problem(f"`{name}` is a table, and a column is needed here.", "Which column of it?")
    owners = _nearest_first(failure, name)
    if owners and not set(owners) & set(failure.read):
        return _elsewhere(failure, name, owners)
    if compared:
        return Problem(what, f"If it is text, quote it: '{name}'.")
    look = f"`%schema {next(iter(failure.read))}`" if failure.read else "`%schema`"
    return Problem(what, f"{look} lists what there is.")


def _nearest_first(failure: Failure, name: str) -> list[str]:
    """The tables that have this column; one alone where the query's table points at it."""
    owners = [table for table, columns in failure.tables.items() if name.lower() in columns]
    pointers = {column for columns in failure.read.values() for column in columns}
    pointed = [owner for owner in owners if f"{owner.removesuffix('s')}_id" in pointers]
    return pointed[:1] or owners


def _elsewhere(failure: Failure, name: str, owners: list[str]) -> Problem:
    named = " and of ".join(f"`{owner}`" for owner in owners[:2])
    what = f"`{name}` is a column of {named}, which this query does not read."
    for table, columns in failure.read.items():
        meant = _own_column(name.lower(), table, columns)
        if meant:
            return Problem(what, f"In `{table}`, did you mean `{meant}`?")
    return Problem(what, "Choose a column of the table you read, or join that one.")


def _own_column(name: str, table: str, columns: Sequence[str]) -> str:
    """The column of this table that holds what the other one's is called in English."""
    if name == f"{table.removesuffix('s')}_id" and "id" in columns:
        return "id"
    alike = {"name": ("title", "subject"), "title": ("name", "subject"), "subject": ("title",)}
    return next((each for each in alike.get(name, ()) if each in columns), "")


def _is_compared_with(name: str, sql: str) -> bool:
    """Whether the word stands where a value is expected: to the right of a comparison."""
    before = r"(?:[=<>]|\b(?:i?like|and)\b|\bin\s*\((?:[^()]*,)?)\s*"
    return bool(re.search(rf"{before}\"?{re.escape(name)}(?!\w|\s*[=<>])", sql, re.IGNORECASE))


def column_of(failure: Failure, found: re.Match[str]) -> Problem:
    """A table has no such column."""
    name, owner = found["name"], found["owner"]
    if step := steps.column_of(failure, owner, name):
        return step
    columns = failure.tables.get(_real(owner, failure), ())
    nearest = near(name, columns)
    if near(name, columns, 0.85) == "" and (led := joins.by_thread(failure, owner, name)):
        return led
    look = f"`%schema {_real(owner, failure)}` lists its columns."
    return Problem(
        f"`{owner}` has no column called `{name}`.",
        f"Did you mean `{nearest}`?" if nearest else look,
    )


def _real(alias: str, failure: Failure) -> str:
    """The table that an alias stands for, as far as the query's text shows."""
    given = re.search(
        rf"\b(?:from|join|,)\s+(\w+)\s+(?:as\s+)?{re.escape(alias)}\b", failure.sql, re.IGNORECASE
    )
    return (given[1] if given else alias).lower()


def owner(failure: Failure, found: re.Match[str]) -> Problem:
    """The table named before a dot is not in the query."""
    name = found["name"]
    if step := steps.owner(failure, name):
        return step
    alias = re.search(rf"\b(?:from|join|,)\s+{name}\s+(?:as\s+)?(\w+)", failure.sql, re.IGNORECASE)
    if alias:
        return Problem(
            f"This query calls `{name}` by another name, `{alias[1]}`.",
            f"Write `{alias[1]}.` before the column.",
        )
    if name.lower() in failure.tables:
        return Problem(f"`{name}` is not in FROM.", f"Join it, or take `{name}.` out.")
    if short := joins.short_name(failure, name):
        return short
    candidates = re.search(r'Candidate tables: (".*")', failure.said)
    named = re.findall(r'"([^"]+)"', candidates[1]) if candidates else list(failure.read)
    choice = " or ".join(f"`{each}`" for each in named[:3])
    return Problem(
        f"No table in this query is called `{name}`.",
        f"Did you mean {choice}?" if choice else "`%schema` lists the tables.",
    )


def no_from(failure: Failure, found: re.Match[str]) -> Problem:
    """Columns, and no table to take them from."""
    name = found.groupdict().get("name") or ""
    if name and re.search(rf"\blimit\s+{re.escape(name)}\b", failure.sql, re.IGNORECASE):
        return Problem(
            f"LIMIT takes a number in digits, and `{name}` is not one.",
            "Write, for example, LIMIT 3.",
        )
    named = [t for t in failure.tables if re.search(rf"\b{t}\b", failure.sql, re.IGNORECASE)]
    return Problem(
        "The query names columns and no table to take them from.",
        f"Add FROM {named[0] if named else 'and the name of the table'}.",
    )


def ambiguous(failure: Failure, found: re.Match[str]) -> Problem:
    """A column that two tables have."""
    name = found["name"].split(".")[-1]
    used = re.findall(rf"'(\w+)\.\"?{name}\"?'", failure.said)
    owners = [f"{each}.{name}" for each in used]
    owners = owners or [f"{table}.{name}" for table, held in failure.read.items() if name in held]
    choice = " or ".join(f"`{each}`" for each in owners)
    return Problem(
        f"More than one table here has a column `{name}`.",
        f"Say which: {choice}." if choice else "Say which: the table's name, a dot, the column.",
    )


def ungrouped(failure: Failure, found: re.Match[str]) -> Problem:
    """A column beside a count that is not grouped."""
    name = found["name"]
    if _is_named_only(failure, name.split(".")[-1]):
        return Problem(
            f"`{name}` is a name of yours, and nothing says what it holds.",
            f"Write what it is before it: count(*) AS {name}, for example.",
        )
    if re.search(r"\bselect\s+\*", mask.code(failure.sql), re.IGNORECASE):
        return Problem(
            "`SELECT *` with GROUP BY asks for every row and for one row a group.",
            "Name the columns you group by, and count() or sum() what you want of the rest.",
        )
    return Problem(
        f"`{name}` has many values in each group, and one row has room for one.",
        f"Add {name} to GROUP BY, or put it into a function such as count({name}) or max({name}).",
    )


def reused(failure: Failure, found: re.Match[str]) -> Problem:
    """A name given with AS that another column of the same SELECT is worked out from."""
    return Problem(
        f"`{found['name']}` is a name you gave in SELECT; no group can be worked out from it.",
        "Repeat what it stands for.",
    )


def _is_named_only(failure: Failure, name: str) -> bool:
    """Whether a word is no column of any table or step that the query's text shows."""
    held = [step.columns for step in steps.find(failure.sql)] + [*failure.read.values()]
    return bool(held) and not any(columns is None or name.lower() in columns for columns in held)


def aggregate_in_where(failure: Failure, found: re.Match[str]) -> Problem:
    """A count in WHERE."""
    return Problem(
        "WHERE looks at one row at a time, before anything is counted.",
        "Put a condition on a count() or sum() into HAVING, after GROUP BY.",
    )


def window_in_where(failure: Failure, found: re.Match[str]) -> Problem:
    """A window in WHERE or HAVING."""
    clause = found["clause"] or found["there"]
    return Problem(
        f"{clause} chooses rows before any window is opened, so it cannot use one.",
        "Make the query with the window a step of its own, WITH name AS (…), and choose after it.",
    )


def no_function(failure: Failure, found: re.Match[str]) -> Problem:
    """There is no such function."""
    name = found["name"]
    nearest = near(name, _FUNCTIONS, 0.7)
    return Problem(
        f"There is no function called `{name}`.",
        f"Did you mean `{nearest}()`?" if nearest else "Look it up, or take it out.",
    )
