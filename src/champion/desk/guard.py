"""Why a statement is refused: the lesson database is read-only and opens no files.

The engine refuses all of this by itself. Here it is said in a sentence that helps.
"""

from __future__ import annotations

import re

from champion.desk import mask
from champion.problems import Problem

_READ_ONLY = "The lesson database is read-only"
_ROWS = frozenset({"insert", "update", "delete", "merge", "truncate", "replace", "upsert"})
_TABLES = frozenset({"create", "drop", "alter", "comment", "vacuum", "checkpoint", "reindex"})
_FILES = frozenset({"copy", "export", "import", "attach", "detach", "install", "load"})
_SETTINGS = frozenset({"set", "reset", "pragma", "use", "call", "grant", "revoke"})
_TRANSACTIONS = frozenset({"begin", "start", "commit", "rollback", "savepoint", "abort", "end"})
_FILE_FUNCTION = re.compile(
    r"\b(read_\w+|glob|sniff_csv|parquet_\w+|sqlite_scan|postgres_scan|pg_read_\w*file)\s*\(",
    re.IGNORECASE,
)
_FROM_TEXT = re.compile(r"\b(?:from|join)\s+'([^']*)'", re.IGNORECASE)


def refuse(sql: str, tables: frozenset[str] = frozenset()) -> None:
    """Let one reading statement through, refuse everything else.

    Args:
        sql: what the learner wrote.
        tables: the names of the tables there are.

    Raises:
        Problem: nothing to run, several statements, a write, a setting, or a file.
    """
    found = mask.statements(sql)
    if not found:
        raise Problem("There is no query in this cell.", "Write one below the %%sql line.")
    for statement in found:
        _refuse_verb(statement)
    _refuse_files(sql, tables)
    if len(found) > 1:
        raise Problem(
            f"This cell holds {len(found)} statements, and a cell runs one.",
            "Put each into a cell of its own, or take out the ; between them.",
        )


def read_only(verb: str) -> Problem:
    """The sentence for a statement that begins with this word and would change rows."""
    return Problem(
        f"{_READ_ONLY}: {verb.upper()} would change rows.",
        "Support reads a copy. Write a SELECT that shows the rows you mean.",
    )


def no_files(what: str) -> Problem:
    """The sentence for a statement that would open a file."""
    return Problem(
        f"The lesson database opens no files: {what} is refused.",
        "Query the tables it has; `%schema` lists them.",
    )


def settings_locked(verb: str) -> Problem:
    """The sentence for a statement that would change a setting."""
    return Problem(
        f"The lesson database's settings are locked: {verb.upper()} is refused.",
        "Nothing needs setting here. Write a SELECT.",
    )


def _refuse_verb(statement: str) -> None:
    word = re.match(r"\(*\s*([A-Za-z_]+)", statement)
    verb = word[1].lower() if word else ""
    if verb in _ROWS:
        raise read_only(verb)
    if verb in _TABLES:
        raise Problem(
            f"{_READ_ONLY}: {verb.upper()} would change its tables.",
            "Support reads a copy. To keep a result, name it after %%sql.",
        )
    if verb in _FILES:
        raise no_files(verb.upper())
    if verb in _SETTINGS:
        raise settings_locked(verb)
    if verb in _TRANSACTIONS:
        raise Problem(
            f"{_READ_ONLY}: there is nothing to {verb.lower()}, because nothing changes.",
            "Run the SELECT by itself.",
        )


def _refuse_files(sql: str, tables: frozenset[str]) -> None:
    code = mask.code(sql)
    function = _FILE_FUNCTION.search(code)
    if function:
        raise no_files(f"{function[1]}()")
    for named in _FROM_TEXT.finditer(mask.without_comments(sql)):
        if not code[named.start() :].lstrip().lower().startswith(("from", "join")):
            continue
        if named[1].lower() in tables:
            raise Problem(
                f"'{named[1]}' in quotes is text, here the name of a file.",
                f"Write the table's name without quotes: FROM {named[1]}.",
            )
        raise no_files(f"'{named[1]}'")
