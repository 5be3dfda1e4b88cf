"""The pristine state: what the API holds before anybody has changed anything.

It is made once from a company's database, beside the keys in `build/api/<stamp>/`, whole or not
at all; the stamp ties it to that very company and to this version of the tables. A damaged one
is made anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion import places
from champion.api import keys
from champion.api.tables import TABLES, VERSION
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.lantern.company import Company

FILE = "pristine.sqlite"
BUILDING = "Building the practice API's state …"
"""What is told when a company's state is made for the first time."""
HOME_ACCOUNT = 228
"""Pacific Crest Conservatory: more than 300 videos, on every seed. Support's tokens open it."""
PATIENCE_DAYS = 30
"""How long after an unpaid bill the API still answers."""
_SUPPORT = (
    (1, "Support desk, reading", keys.READING, "read:videos read:stats"),
    (2, "Support desk, writing", keys.WRITING, "read:videos read:stats write:videos"),
)

Tell = Callable[[str], None]


def pristine(folder: Path | None = None, tell: Tell = lambda line: None) -> Path:
    """The pristine state of a company, made when it is not there.

    Args:
        folder: the company's folder; None: the company in use, or the team's own PostgreSQL
            where CHAMPION_DATABASE_URL is set.
        tell: told, in one line, when it has to be made, and why.

    Returns:
        The file.

    Raises:
        Problem: there is no company, or the file cannot be written.
    """
    known = _stamp_of(folder)
    path = places.build() / "api" / known / FILE if known else None
    if path is not None and path.is_file():
        if is_sound(path):
            return path
        tell("The practice API's state was damaged. Building it anew …")
    else:
        tell(BUILDING)
    return _made(folder, known)


def is_sound(path: Path) -> bool:
    """Whether the file is a state of this version that SQLite can read to its end."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            version = base.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
            if version != (VERSION,):
                return False
            return bool(base.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def moment(value: datetime | None) -> str | None:
    """A moment as the API says it: 2026-03-30T17:04:11.412Z."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "Z"


def _stamp_of(folder: Path | None) -> str:
    """What tells this company's state from others; without loading what can open a database."""
    if folder is None and os.environ.get("CHAMPION_DATABASE_URL"):
        return ""
    try:
        about = ((folder or places.company()) / "manifest.json").read_bytes()
    except OSError:
        return ""
    return _stamp(about)


def _stamp(about: bytes) -> str:
    return hashlib.sha256(about.replace(b"\r\n", b"\n") + VERSION.encode()).hexdigest()[:16]


def _made(folder: Path | None, known: str) -> Path:
    from champion.lantern.company import open_company

    company = open_company(folder)
    stamp = known or _stamp(f"{company.engine.url} {company.seed} {company.scale}".encode())
    path = places.build() / "api" / stamp / FILE
    draft = path.with_name(f".{FILE}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as base:
            _fill(base, company, stamp)
        draft.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise Problem(
            f"The practice API's state cannot be written to {path.parent}: {error}.",
            "Is the disk full, or read-only?",
        ) from None
    finally:
        company.close()
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def _fill(base: sqlite3.Connection, company: Company, stamp: str) -> None:
    import sqlalchemy

    base.execute("PRAGMA synchronous = OFF")  # a draft that is half-written is thrown away
    base.executescript(TABLES)
    base.execute("BEGIN")
    with company.engine.connect() as source:
        for table, query in _QUERIES.items():
            found = source.execute(sqlalchemy.text(query), {"now": company.now})
            for rows in found.partitions(10_000):
                _insert(base, table, _plain(rows))
        about = "SELECT id, prefix, account_id, name, scopes, created_at, last_used_at, revoked_at"
        found = source.execute(sqlalchemy.text(f"{about} FROM api_tokens ORDER BY id"))
        _insert(base, "tokens", _tokens(company.seed, _plain(found.fetchall())))
    now = moment(company.now)
    support = [(n, prefix, HOME_ACCOUNT, name, scopes, now, None, None)
               for n, name, prefix, scopes in _SUPPORT]  # fmt: skip
    _insert(base, "tokens", _tokens(company.seed, support))
    facts = {"version": VERSION, "stamp": stamp, "seed": company.seed, "clock": now}
    base.executemany("INSERT INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in facts.items()])
    base.commit()


def _insert(base: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        base.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _plain(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [
        tuple(moment(value) if isinstance(value, datetime) else value for value in row)
        for row in rows
    ]


def _tokens(seed: int, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return list(_token_rows(seed, rows))


def _token_rows(seed: int, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    for number, prefix, account, name, scopes, created, used, revoked in rows:
        kept = keys.digest(keys.token(seed, number, prefix))
        support = prefix in (keys.READING, keys.WRITING)
        yield number, account, name, prefix, kept, scopes, created, used, revoked, support


_QUERIES = {
    "accounts": f"""
        SELECT a.id, a.name, a.domain, p.code, a.status, a.time_zone, a.country, a.created_at,
            p.has_api, a.closed_at IS NOT NULL OR EXISTS (
                SELECT 1 FROM invoices i WHERE i.account_id = a.id AND i.status = 'open'
                AND i.issued_at <= :now - INTERVAL '{PATIENCE_DAYS} days')
        FROM accounts a JOIN plans p ON p.id = a.plan_id ORDER BY a.id""",
    "folders": "SELECT id, account_id, parent_id, name, created_at FROM folders ORDER BY id",
    "videos": """
        SELECT id, account_id, folder_id, hashed_id, title, status, duration_ms, created_at,
            updated_at, deleted_at
        FROM videos ORDER BY id""",
    "allowed_domains": "SELECT id, account_id, host, created_at FROM allowed_domains ORDER BY id",
    "webhooks": """
        SELECT id, account_id, url, event_types, created_at, disabled_at, disabled_reason, NULL
        FROM webhooks ORDER BY id""",
    "webhook_events": """
        SELECT id, uuid, account_id, type, video_id, quality, generated_at
        FROM webhook_events ORDER BY id""",
    "webhook_deliveries": """
        SELECT id, webhook_id, event_id, attempt, status, failure, duration_ms, sent_at
        FROM webhook_deliveries ORDER BY id""",
    "background_jobs": """
        SELECT id, account_id, video_id, kind, status, queued_at, started_at, finished_at, NULL, 0
        FROM background_jobs WHERE account_id IS NOT NULL ORDER BY id""",
}
"""What each table is filled with; the columns in the order of `TABLES`."""
