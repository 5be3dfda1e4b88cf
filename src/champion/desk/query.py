"""The one way in which SQL is run for learners: read-only, within limits, errors in one line."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


class TooSlow(Problem):
    """A query was stopped because its time was up."""


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
    import pandas
    from sqlalchemy.exc import SQLAlchemyError

    stopped = threading.Event()
    try:
        with (
            company.engine.connect() as connection,
            _interrupted_after(limit_seconds, connection, stopped),
        ):
            return next(pandas.read_sql(clause, connection, chunksize=max_rows + 1))
    except KeyboardInterrupt:
        raise _stopped_by_hand() from None
    except (pandas.errors.DatabaseError, SQLAlchemyError, RuntimeError) as error:
        if stopped.is_set():
            raise _too_slow(limit_seconds) from None
        engine_error = _engine_error(error)
        if "Query interrupted" in str(engine_error):
            raise _stopped_by_hand() from None
        raise errors.explain(sql, engine_error, dictionary.tables()) from engine_error


@contextmanager
def _interrupted_after(
    seconds: float, connection: Connection, stopped: threading.Event
) -> Iterator[None]:
    """Stop whatever the connection runs, from another thread, once the time is up."""
    driver: Any = connection.connection.driver_connection
    stop = getattr(driver, "interrupt", None) or driver.cancel

    def interrupt() -> None:
        stopped.set()
        stop()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _engine_error(error: BaseException) -> BaseException:
    """The engine's own exception, from inside pandas's and SQLAlchemy's."""
    for wrapped in (error, error.__cause__):
        original = getattr(wrapped, "orig", None)
        if isinstance(original, BaseException):
            return original
    return error


def _stopped_by_hand() -> Problem:
    return Problem("You stopped the query.", "Nothing is lost; run the cell again.")


def _too_slow(limit_seconds: float) -> TooSlow:
    return TooSlow(
        f"The query was stopped after {limit_seconds:g} seconds.",
        "Does a join lack its condition? Try it with fewer rows: add a WHERE or a LIMIT.",
    )
