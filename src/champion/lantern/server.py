"""A team's own PostgreSQL: a built company copied there, and what is known of it.

`publish` copies the database of a built company in one transaction: readers see the old company
or the new one. With CHAMPION_DATABASE_URL set, `open_company()` then reads there. Logs and
customers' files stay files in the company's folder: whoever needs them builds the same company,
seed and scale.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import OperationalError as Unreachable

from champion.lantern import engine, manifest
from champion.lantern.manifest import Manifest
from champion.lantern.schema import Base
from champion.problems import Problem

PUBLISH = "Publish a company there first."
_ROWS = 20_000

_about = sa.Table("lantern_manifest", sa.MetaData(), sa.Column("manifest", sa.Text, nullable=False))


def publish(folder: Path, url: str, step: Callable[[str], None] = lambda table: None) -> None:
    """Copy a built company to a PostgreSQL database, in place of the one that is there.

    Args:
        folder: a built company.
        url: `postgresql+psycopg://…`; its user must be allowed to create tables.
        step: called with each table's name before it is copied.

    Raises:
        Problem: nothing is built in the folder, or the server cannot be reached or written.
    """
    built = manifest.read(folder)
    if built is None:
        raise Problem(f"There is no built company in {folder}.", "Run `champion lantern build`.")
    source = engine.reader(folder / engine.FILE)
    target = _connected(url)
    try:
        with source.connect() as old, target.begin() as new:
            for metadata in (_about.metadata, Base.metadata):
                metadata.drop_all(new)
                metadata.create_all(new)
            for table in Base.metadata.sorted_tables:
                step(table.name)
                _copy(old, new, table)
            new.execute(_about.insert(), {"manifest": manifest.to_json(built)})
    except DBAPIError as error:
        raise _refused(error) from None
    finally:
        source.dispose()
        target.dispose()


def manifest_at(url: str) -> Manifest:
    """The manifest of the company that was published to a server.

    Raises:
        Problem: the server cannot be reached, or holds no company.
    """
    target = _connected(url)
    try:
        with target.connect() as connection:
            return manifest.from_json(connection.execute(sa.select(_about)).scalar_one())
    except Unreachable as error:
        raise _refused(error) from None
    except (DBAPIError, ValueError):
        raise Problem("The database at CHAMPION_DATABASE_URL holds no company.", PUBLISH) from None
    finally:
        target.dispose()


def _connected(url: str) -> sa.Engine:
    try:
        return sa.create_engine(url, connect_args={"options": "-c timezone=UTC"})
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise Problem(
            "CHAMPION_DATABASE_URL is not an address that can be used.",
            "It looks like postgresql+psycopg://user@host/database, and psycopg must be installed.",
        ) from None


def _refused(error: DBAPIError) -> Problem:
    reason = str(error.orig).strip().splitlines()[0]
    return Problem(f"The database at CHAMPION_DATABASE_URL refused: {reason}.")


def _copy(old: sa.Connection, new: sa.Connection, table: sa.Table) -> None:
    names = ", ".join(column.name for column in table.columns)
    driver: Any = new.connection.driver_connection
    rows = old.execute(sa.text(f"SELECT {names} FROM {table.name} ORDER BY id"))
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for part in rows.partitions(_ROWS):
            for row in part:
                copy.write_row(row)
