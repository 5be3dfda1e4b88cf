"""The one module that knows the database's dialect.

Lessons run on DuckDB through `duckdb-sqlalchemy`; both are pinned exactly. DuckDB is made to
behave like PostgreSQL where it would not: the zone is UTC, dividing whole numbers gives a whole
number, missing values sort as in PostgreSQL, and `to_char` exists (with strftime's patterns).
Eighteen steps that lessons need are tried in `tests/lantern/test_engine.py`. Without ORDER BY,
rows come in the same sequence every time.

A reader may read this database and nothing else: no file, no other database, no network, and no
way to allow itself more. The order matters: external access off, then the settings, then the lock.

The way out, should the dialect stall: `duckdb==1.5.*` with its newest dialect. There `~` means a
full match, so the desk must rewrite it to `regexp_matches` (sqlglot can); the eighteen steps tell
whether all else still holds. Nothing outside this module needs to change.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from champion.lantern.columns import Column, Rows
from champion.lantern.outline import Field, Outline, outlines
from champion.problems import Problem

if TYPE_CHECKING:  # a builder needs no SQLAlchemy, and importing it takes a third of its time
    from duckdb_sqlalchemy import ConnectionWrapper
    from sqlalchemy.engine import Engine

FILE = "lantern.duckdb"

_SETTINGS = (
    "SET GLOBAL TimeZone = 'UTC'",
    "SET GLOBAL integer_division = true",
    "SET GLOBAL default_null_order = 'postgres'",
)
_QUICK_AND_SILENT = (
    "SET GLOBAL pandas_analyze_sample = 0",
    "SET GLOBAL checkpoint_threshold = '1KB'",  # what is committed is not written twice
    "SET enable_progress_bar = false",
)
_LOCK = (
    "SET GLOBAL enable_external_access = false",
    *_SETTINGS,
    # With more, rows without ORDER BY come in another sequence each time: what a page shows could
    # not be compared with what a learner sees. A lesson's queries take milliseconds either way.
    "SET GLOBAL threads = 1",
    "SET GLOBAL lock_configuration = true",
)


def reader(database: Path, stamp: str = "") -> Engine:
    """An engine that can read one database file and do nothing else.

    Several readers, in one process or in many, may be open at once. Nothing is opened before
    the first connection. DuckDB knows files by name: within one process, a file that took the
    place of one still open would be answered from the old one, so each connection compares.

    Args:
        stamp: what `write` was given; empty: not compared.

    Raises:
        Problem: on connecting, when the file that answers carries another stamp.
    """
    import sqlalchemy as sa

    engine = sa.create_engine(
        sa.URL.create("duckdb", database=str(database)),
        poolclass=sa.QueuePool,
    )
    sa.event.listen(engine, "do_connect", lambda *_: _silent(database))
    sa.event.listen(engine, "connect", _locked)
    if stamp:
        sa.event.listen(engine, "connect", partial(_compare, stamp))
    return engine


def server_reader(url: str) -> Engine:
    """An engine on a team's own PostgreSQL, read-only and in UTC.

    Raises:
        sqlalchemy.exc.ArgumentError: the address is not one.
    """
    import sqlalchemy as sa

    options = "-c timezone=UTC -c default_transaction_read_only=on"
    return sa.create_engine(url, connect_args={"options": options}, pool_pre_ping=True)


def spare(database: Path, tables: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """Some tables of a company's file in memory, to be changed and thrown away.

    The file is only read, and once the rows are here nothing leads back to it, or to any other.
    """
    base = duckdb.connect(":memory:", config={"threads": 1})
    base.execute("SET enable_progress_bar = false")
    base.execute("CREATE MACRO to_char(moment, pattern) AS strftime(moment, pattern)")
    base.execute(f"ATTACH {_quoted(str(database))} AS company (READ_ONLY)")
    for table in tables:
        base.execute(f"CREATE TABLE {table} AS FROM company.{table}")
    base.execute("DETACH company")
    for setting in _LOCK:
        base.execute(setting)
    return base


def on_spare(base: duckdb.DuckDBPyConnection) -> Engine:
    """An engine on such a spare; each of its connections has a transaction of its own."""
    import sqlalchemy as sa
    from duckdb_sqlalchemy import ConnectionWrapper

    engine = sa.create_engine("duckdb://", poolclass=sa.QueuePool)
    sa.event.listen(engine, "do_connect", lambda *_: ConnectionWrapper(base.cursor()))
    return engine


def row_prints(base: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, int]] | None:
    """The id of every row that is committed in a spare, with a print of all it holds, in order.

    None when the table is gone, or has become another.
    """
    try:
        asked = base.cursor().execute(f"SELECT id, hash(r) FROM {table} AS r ORDER BY ALL")
        return asked.fetchall()
    except duckdb.Error:
        return None


def column_prints(ask: Callable[[str], Sequence[Any]], table: str) -> dict[str, Any]:
    """A print of each column of a spare's table, by its name, and under "rows" their number.

    Args:
        ask: gives the one row of a query; so a connection can look into its own transaction.
    """
    names = list(outlines()[table].fields)
    # DuckDB joins two hashes by an exclusive or: without a hash around them, a value that is the
    # same in an even number of rows would cancel out
    prints = ", ".join(f"bit_xor(hash(hash(id, {name})))" for name in names)
    found = ask(f"SELECT count(*), {prints} FROM {table}")
    return dict(zip(("rows", *names), found, strict=True))


def write(database: Path, tables: Mapping[str, Rows], stamp: str = "") -> None:
    """Write a company into a new database file, with the dictionary's comments.

    There are no keys and no indexes in the file: it stays small, and the builder proves that
    every reference leads somewhere.

    Args:
        stamp: kept in the file, for readers to compare.

    Raises:
        OSError: it cannot be written; ENOSPC when the disk is full.
    """
    try:
        _write(database, tables, stamp)
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        full = "space" in str(error) or "too large" in str(error)
        code = errno.ENOSPC if full else errno.EIO
        raise OSError(code, str(error).splitlines()[0]) from None


def _write(database: Path, tables: Mapping[str, Rows], stamp: str) -> None:
    # rows come from Python one column at a time: more threads would only wait for each other
    with duckdb.connect(str(database), config={"threads": 1}) as connection:
        for setting in (*_QUICK_AND_SILENT, *_SETTINGS):
            connection.execute(setting)
        connection.execute("BEGIN")  # hundreds of comments and dozens of tables, one commit
        connection.execute("CREATE MACRO to_char(moment, pattern) AS strftime(moment, pattern)")
        connection.execute(f"CREATE MACRO lantern_stamp() AS {_quoted(stamp)}")
        connection.execute(";".join(_creation(name, table) for name, table in outlines().items()))
        for name, table in outlines().items():
            _fill(connection, name, table, tables[name])
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")


def _silent(database: Path) -> ConnectionWrapper:
    """A connection without DuckDB's progress bar, which would get into notebooks' outputs.

    In a notebook each new connection has one, and once the configuration is locked it cannot be
    switched off; the cursor of a connection has none.
    """
    from duckdb_sqlalchemy import ConnectionWrapper

    return ConnectionWrapper(duckdb.connect(str(database), read_only=True).cursor())


def _locked(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("SELECT current_setting('lock_configuration')")
    if not cursor.fetchone()[0]:
        for setting in _LOCK:
            cursor.execute(setting)
    cursor.close()


def _compare(stamp: str, connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT lantern_stamp()")
        found = cursor.fetchone()[0]
    except duckdb.CatalogException:
        found = None
    cursor.close()
    if found != stamp:
        raise Problem(
            "The sample company was built anew while the old one was open here.",
            "Restart the kernel (Kernel, Restart Kernel) and go on.",
        )


def _creation(name: str, table: Outline) -> str:
    fields = table.fields.values()
    columns = ", ".join(
        f"{field.name} {field.sql}{'' if field.nullable else ' NOT NULL'}" for field in fields
    )
    return ";".join(
        [
            f"CREATE TABLE {name} ({columns})",
            f"COMMENT ON TABLE {name} IS {_quoted(table.comment)}",
            *(f"COMMENT ON COLUMN {field} IS {_quoted(field.comment)}" for field in fields),
        ]
    )


def _fill(connection: duckdb.DuckDBPyConnection, name: str, table: Outline, rows: Rows) -> None:
    frame: dict[str, np.ndarray[Any, Any]] = {}
    shown = []
    for field in table.fields.values():
        held = rows[field.name]
        frame[field.name] = held.values
        value = _value(field, held)
        if held.missing is not None:
            frame[f"no_{field.name}"] = held.missing
            value = f"CASE WHEN no_{field.name} THEN NULL ELSE {value} END"
        shown.append(value)
    # DuckDB finds `frame` by its name here: quicker than to register it, and there are many tables
    connection.execute(f"INSERT INTO {name} SELECT {', '.join(shown)} FROM frame")


def _value(field: Field, held: Column) -> str:
    if field.kind == "moment":
        return f"make_timestamptz({field.name})"
    if field.kind == "day":
        return f"DATE '1970-01-01' + CAST({field.name} AS INTEGER)"
    if held.values.dtype == np.uint64:
        return f"lpad(lower(to_hex({field.name})), 16, '0')"
    return field.name


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
