"""The one way in which SQL is run for learners: read-only, within limits, errors in one line."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from champion.desk import binds as bindings
from champion.desk import clock, dictionary, errors, guard
from champion.problems import Problem

if TYPE_CHECKING:
    import pandas
    from sqlalchemy import Connection, TextClause

    from champion.lantern.company import Company


LOOK_UP_SECONDS = 0.1
"""How often the waiting thread looks up, for systems on which waiting cannot be interrupted."""


class TooSlow(Problem):
    """A query was stopped because its time was up."""


class Stopped(Problem):
    """The learner stopped the query."""


@dataclass(frozen=True)
class Result:
    """What a query gave: its rows, and the words of its clock that meant Lantern's time."""

    frame: pandas.DataFrame
    clock_words: tuple[str, ...] = ()


def frame(
    company: Company,
    sql: str,
    binds: Mapping[str, Any] | None = None,
    limit_seconds: float = 30,
    max_rows: int = 2_000_000,
) -> pandas.DataFrame:
    """The rows of one query.

    Args:
        company: whose database.
        sql: one reading statement; `:name` asks for a bind, `:now` and `:today` for the
            company's time, which `now()` and its relatives mean too.
        binds: values for `:name`, often the notebook's variables.
        limit_seconds: after these the query is stopped.
        max_rows: with more rows than these it is refused.

    Raises:
        TooSlow: the time was up.
        Stopped: the learner stopped it.
        Problem: anything else that keeps the query from giving rows, in one clear line.
    """
    return run(company, sql, binds, limit_seconds, max_rows).frame


def run(
    company: Company,
    sql: str,
    binds: Mapping[str, Any] | None = None,
    limit_seconds: float = 30,
    max_rows: int = 2_000_000,
) -> Result:
    """As `frame`, and which words of the query's clock were replaced."""
    guard.refuse(sql, frozenset(dictionary.tables()))
    still, words = clock.stand_still(sql, company.now)
    moment = company.now.astimezone(UTC)
    values = {**(binds or {}), "now": moment, "today": moment.date()}
    clause = bindings.clause(still, values)
    rows = _read(company, sql, clause, limit_seconds, max_rows)
    if len(rows) > max_rows:
        raise Problem(
            f"The query gives more than {max_rows:,} rows.",
            "Add a WHERE or a LIMIT; does a join lack its condition?",
        )
    return Result(rows, words)


def _read(
    company: Company, sql: str, clause: TextClause, limit_seconds: float, max_rows: int
) -> pandas.DataFrame:
    from pandas.errors import DatabaseError
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with company.engine.connect() as connection:
            return _in_time(connection, clause, limit_seconds, max_rows)
    except KeyboardInterrupt:
        raise Stopped("You stopped the query.", "Nothing is lost; run the cell again.") from None
    except (DatabaseError, SQLAlchemyError, RuntimeError) as error:
        engine_error = _engine_error(error)
        raise errors.explain(sql, engine_error, dictionary.tables()) from engine_error


def _in_time(
    connection: Connection, clause: TextClause, limit_seconds: float, max_rows: int
) -> pandas.DataFrame:
    """The rows, or TooSlow once the time is up.

    The query runs in a thread of its own: an engine deep in its work looks up rarely, and this
    thread must hear at once that the learner pressed Stop, or that the time is up.
    """
    asked: Future[pandas.DataFrame] = Future()
    worker = threading.Thread(
        target=_fetch, args=(asked, connection, clause, max_rows), daemon=True
    )
    until = time.monotonic() + limit_seconds
    worker.start()
    try:
        while not wait([asked], LOOK_UP_SECONDS).done:
            if time.monotonic() > until:
                raise _too_slow(limit_seconds)
    except BaseException:
        _interrupt(connection)
        worker.join()
        raise
    return asked.result()


def _fetch(
    asked: Future[pandas.DataFrame], connection: Connection, clause: TextClause, max_rows: int
) -> None:
    import pandas

    try:
        asked.set_result(next(pandas.read_sql(clause, connection, chunksize=max_rows + 1)))
    except BaseException as error:  # the thread that asked shall see it, whatever it is
        asked.set_exception(error)


def _interrupt(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    (getattr(driver, "interrupt", None) or driver.cancel)()


def _engine_error(error: BaseException) -> BaseException:
    """The engine's own exception, from inside pandas's and SQLAlchemy's."""
    for wrapped in (error, error.__cause__):
        original = getattr(wrapped, "orig", None)
        if isinstance(original, BaseException):
            return original
    return error


def _too_slow(limit_seconds: float) -> TooSlow:
    return TooSlow(
        f"The query was stopped after {limit_seconds:g} seconds.",
        "Does a join lack its condition? Try it with fewer rows: add a WHERE or a LIMIT.",
    )
