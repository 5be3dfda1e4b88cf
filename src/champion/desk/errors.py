"""What an engine says of a failed query, in one clear line with the likely fix.

Each reading is a pattern over the engine's words (DuckDB's, and PostgreSQL's where it
differs) and a function from what it found to a `Problem`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from champion.desk import guard, joins, kinds, mixups, names, steps, syntax, windows, zones
from champion.desk.failure import Failure, Tables
from champion.problems import Problem

LINE = 60
"""Letters of a query's line that are shown."""


def explain(sql: str, error: BaseException, tables: Tables, *, writes: bool = False) -> Problem:
    """One clear line for what an engine answered.

    Args:
        sql: the query as the learner wrote it.
        error: the engine's own exception.
        tables: the tables of the company and their columns.
        writes: the statement is to change rows, so it need not read like a query.
    """
    failure = Failure(sql, str(error), tables)
    mixed_up = steps.slip(sql) or windows.slip(sql) or mixups.mixup(sql)
    if mixed_up is not None and not writes:
        return mixed_up
    for pattern, read in _READINGS:
        found = re.search(pattern, failure.said)
        if found:
            problem = read(failure, found)
            return Problem(f"{_line(failure)}{problem.what}", problem.then)
    return Problem(f"The query failed: {_first_line(failure.said)}", "Change it and run it again.")


def _line(failure: Failure) -> str:
    """The line at which the engine stopped, by its own text: nobody need count lines."""
    at = re.search(r"^LINE (\d+):", failure.said, re.MULTILINE)
    lines = failure.sql.splitlines()
    if at is None or "\n" not in failure.sql.strip() or int(at[1]) > len(lines):
        return ""
    text = " ".join(lines[int(at[1]) - 1].split())
    return (
        f"In the line `{text[:LINE].rstrip()}{'…' if len(text) > LINE else ''}`: " if text else ""
    )


def _first_line(said: str) -> str:
    text = said.strip().splitlines()[0] if said.strip() else "the engine gave no reason."
    reason = re.sub(r"^[A-Z]\w+(?: \w+)? Error: ", "", text).rstrip()
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."


def _operator(failure: Failure, found: re.Match[str]) -> Problem:
    return syntax.sign(found["sign"]) or Problem(
        f"`{found['sign']}` is not an SQL sign.", "The signs are = <> < <= > >=."
    )


def _many_rows(failure: Failure, found: re.Match[str]) -> Problem:
    return Problem(
        "A query in brackets gives several rows where one value is needed.",
        "Use IN instead of =, or make the inner query give one row.",
    )


def _write(failure: Failure, found: re.Match[str]) -> Problem:
    return guard.read_only(found["verb"])


def _file(failure: Failure, found: re.Match[str]) -> Problem:
    return guard.no_files("reading or writing one")


def _setting(failure: Failure, found: re.Match[str]) -> Problem:
    return guard.settings_locked("SET")


def _memory(failure: Failure, found: re.Match[str]) -> Problem:
    return Problem(
        "The result grew larger than this computer can hold.",
        "Add a WHERE, or a LIMIT; does a join lack its condition?",
    )


def _syntax(failure: Failure, found: re.Match[str]) -> Problem:
    near = found.groupdict().get("near") or ""
    return syntax.explain(failure.sql, near, failure.said, failure.tables)


_READINGS: tuple[tuple[str, Callable[[Failure, re.Match[str]], Problem]], ...] = (
    (r"timezone\((?:VARCHAR|STRING_LITERAL), (?:VARCHAR|STRING_LITERAL)\)", zones.text_alone),
    (r"Unknown TimeZone '(?P<zone>[^']*)'", zones.unknown),
    (r'time zone "(?P<zone>[^"]*)" not recognized', zones.unknown),
    (r"Table with name \"?(?P<name>[\w.]+)\"? does not exist", names.table),
    (r'relation "(?P<name>[\w.]+)" does not exist', names.table),
    (r'Referenced column "(?P<name>[^"]+)" was not found because the FROM', names.no_from),
    (r"expression without FROM clause|SELECT \* with no tables", names.no_from),
    (r'Referenced column "(?P<name>[^"]+)" not found', names.column),
    (r"Referenced update column (?P<name>\w+) not found", names.column),
    (
        r'(?:Table|Values list) "(?P<owner>[^"]+)" does not have a column named "(?P<name>[^"]+)"',
        names.column_of,
    ),
    (r"column (?P<owner>\w+)\.(?P<name>\w+) does not exist", names.column_of),
    (r'column "(?P<name>[^"]+)" does not exist', names.column),
    (r'Referenced table "(?P<name>[^"]+)" not found', names.owner),
    (r'(?:missing|invalid reference to) FROM-clause entry for table "(?P<name>\w+)"', names.owner),
    (r'Ambiguous reference to column name "(?P<name>[^"]+)"', names.ambiguous),
    (r'column reference "(?P<name>[^"]+)" is ambiguous', names.ambiguous),
    (r'column "(?P<name>[^"]+)" must appear in the GROUP BY', names.ungrouped),
    (
        r"WHERE clause cannot contain aggregates|aggregate functions are not allowed in WHERE",
        names.aggregate_in_where,
    ),
    (
        r"(?P<clause>WHERE|HAVING) clause cannot contain window functions|"
        r"window functions are not allowed in (?P<there>WHERE|HAVING)",
        names.window_in_where,
    ),
    (r"invalid (?:date|timestamp|time)\w* field format: \"(?P<value>[^\"]*)\"", kinds.bad_date),
    (r"(?:date|timestamp|time) field value out of range: \"(?P<value>[^\"]*)\"", kinds.bad_date),
    (
        r"Could not convert string '(?P<value>[^']*)' to (?P<type>[A-Z]+\d*) when casting from "
        r"source column (?P<name>\w+)",
        kinds.text_column,
    ),
    (r"Unimplemented type for cast \([^\n]*STRUCT\(", joins.table_for_column),
    (
        r'Column "(?P<name>[^"]+)" referenced that exists in the SELECT clause',
        joins.name_of_select,
    ),
    (r"Unimplemented type for cast \((?P<left>[A-Z ]+) -> (?P<right>[A-Z ]+)\)", kinds.no_cast),
    (r"Function with name (?P<sign>[^\w\s\"]+) does not exist", _operator),
    (r"Could not convert string '(?P<value>[^']*)' to (?P<type>[A-Z]+\d*)", kinds.conversion),
    (r'invalid input syntax for type (?P<type>[\w ]+): "(?P<value>[^"]*)"', kinds.conversion),
    (
        r"Cannot compare values of type (?P<left>[A-Z][\w() ,]*?) and (?:values? of )?(?:type )?"
        r"(?P<right>[A-Z][A-Z ]*)",
        kinds.types_differ,
    ),
    (r"operator does not exist: (?P<left>[\w ]+) [=<>!]+ (?P<right>[\w ]+)", kinds.types_differ),
    (
        r"No function matches the given name and argument types "
        r"'(?P<name>[^(]+)\((?P<types>.*?)\)'\.",
        kinds.no_function_for,
    ),
    (r'for the function call "(?P<name>[^(]+)\((?P<types>.*?)\)"', kinds.no_function_for),
    (r"Function with name \"?(?P<name>\w+)\"? does not exist", names.no_function),
    (r"function (?P<name>\w+)\(.*?\) does not exist", names.no_function),
    (r"More than one row returned by a subquery", _many_rows),
    (r'Cannot execute statement of type "(?P<verb>\w+)', _write),
    (r"cannot execute (?P<verb>\w+) in a read-only transaction", _write),
    (r"file system operations are disabled|disabled by configuration|external access", _file),
    (r"configuration has been locked|Cannot change configuration", _setting),
    (r"Out of Memory|out of memory", _memory),
    (r'syntax error at or near "(?P<near>.*)"', _syntax),
    (r'Alias with name "+(?P<name>\w+)"+ exists, but aliases cannot be used', names.reused),
    (r"unterminated (?:quoted|string)|syntax error|Parser Error|unterminated", _syntax),
)
