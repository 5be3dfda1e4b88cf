"""One practice API's own state: a working copy of the pristine one, a clock, limits and a log.

Every request is one row of `requests` and one line of access.log, both written before its answer
is sent. What a request changes is one transaction: an API that is ended in the middle of a write
has made it or has not. `reset` puts the pristine state back over the working one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from champion.api import clock as clocks
from champion.api import keys
from champion.api.clock import Clock, Deadline
from champion.api.faults import Plan
from champion.api.limits import Limiter
from champion.api.noted import Request, line
from champion.api.replica import Replica
from champion.api.tables import VERSION
from champion.api.traces import Traces

STATE, LOG = "state.sqlite", "access.log"
_OURS = 0o600


@dataclass
class Practice:
    """The state of one practice API.

    Attributes:
        base: the working copy; other threads must not use it.
        pristine: the file that `reset` copies.
        company: the folder of the company, for statistics; None: a team's own PostgreSQL.
        control: the word that allows resetting, limits and faults; "": nobody may.
        plan: faults that wait for their requests.
        waiting: by background job, when it is done.
        told: events that no webhook has been told of yet.
        deliverer: sends what webhooks are due, where somebody serves.
        stop: ends the server, where one may end it.
        generation: how many resets there were.
        demos: by name, the server-side piece of a demo from the demobin.
        told_to_wait: by a request's number, the seconds that its 429 told the caller to wait.
        waited: by a request's number, the seconds that the caller let pass after it.
    """

    base: sqlite3.Connection
    pristine: Path
    folder: Path
    company: Path | None
    control: str
    seed: int
    clock: Clock
    log: TextIO
    requests: int
    plan: Plan = field(default_factory=Plan)
    waiting: dict[int, Deadline] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    deliverer: Callable[[], Awaitable[None]] | None = None
    stop: Callable[[], None] | None = None
    generation: int = 0
    demos: dict[str, Any] = field(default_factory=dict)
    told_to_wait: dict[int, int] = field(default_factory=dict)
    waited: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limiter = Limiter(self.clock)
        self.replica = Replica(self.company)
        self.traces = Traces(self.base)

    def one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """The first row, by column, or None."""
        rows = self.all(sql, *values)
        return rows[0] if rows else None

    def all(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """All rows, by column."""
        found = self.base.execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    def run(self, sql: str, values: tuple[Any, ...]) -> None:
        """Run a statement that gives no rows."""
        self.base.execute(sql, values)

    def add(self, table: str, **columns: Any) -> int:
        """Add a row, and return its id: one above the highest there is."""
        marks = ", ".join("?" * len(columns))
        made = self.base.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
        )
        return int(made.lastrowid or 0)

    @contextmanager
    def change(self) -> Iterator[None]:
        """All that the block changes, or nothing of it."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def next_number(self) -> int:
        """Another request has come: its number."""
        self.clock.tick()
        self.requests += 1
        return self.requests

    def note(self, request: Request) -> None:
        """Write a request into the state and into access.log."""
        query = keys.masked(request.query) if request.query else request.query
        self.traces.leave(
            "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            request.number, request.identity, request.account, request.token, request.method,
            request.path, query, request.body, request.status, request.error,
            request.milliseconds, request.client, self.clock.text,
        )  # fmt: skip
        self.log.write(line(request, query, self.clock))
        self.log.flush()

    def sleep(self, seconds: float) -> None:
        """Let the practice clock go on by so many seconds, and remember that it did."""
        self.clock.sleep(seconds)
        self.traces.leave("UPDATE meta SET value = ? WHERE name = 'clock'", self.clock.text)

    def nap(self, seconds: float) -> None:
        """A caller waits: let the clock go on, and remember after which request that was."""
        self.sleep(seconds)
        self.waited[self.requests] = self.waited.get(self.requests, 0) + seconds

    async def settled(self) -> None:
        """Return once nothing is under way that the practice clock set going: no delivery."""
        if self.deliverer is not None:
            await self.deliverer()

    def shrink(self, account: int) -> None:
        """Archive the oldest video of an account: every later page of a list moves up by one."""
        self.traces.archive(
            account,
            self.clock.text,
            "id = (SELECT min(id) FROM videos WHERE account_id = ? AND deleted_at IS NULL)",
            account,
        )

    def reset(self) -> None:
        """Put back the pristine state, the clock, the request ids, the limit; no faults."""
        if not self.traces.wipe():
            with closing(sqlite3.connect(f"{self.pristine.as_uri()}?mode=ro", uri=True)) as source:
                source.backup(self.base)
            self.traces.begin(_facts(self.base)["clock"])
        self.log.truncate(0)
        self.requests, self.generation = 0, self.generation + 1
        self.clock.now = clocks.read(_facts(self.base)["clock"])
        self.limiter = Limiter(self.clock)
        self.plan = Plan()
        self.waiting.clear()
        self.told.clear()
        for gone in (self.demos, self.told_to_wait, self.waited):
            gone.clear()

    def close(self) -> None:
        """Let go of the files."""
        self.replica.close()
        self.base.close()
        self.log.close()


def open_practice(
    pristine: Path, folder: Path, company: Path | None, control: str = ""
) -> tuple[Practice, str]:
    """The state in a folder, as it was left, or fresh where there is none that fits.

    Args:
        pristine: the company's pristine state.
        folder: where the working copy and access.log lie.
        company: the company's folder.
        control: the word that allows resetting, limits and faults.

    Returns:
        The state, and a line to say when what was there could not be used ("" otherwise).
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pristine.parent.name
    said = ""
    base = _kept(folder / STATE, wanted)
    if base is None and (folder / STATE).exists():
        said = _why(folder / STATE, wanted)
    if base is None:
        _forget(folder / STATE)
        base = _fresh(folder / STATE, pristine)
    log = _own(folder / LOG)
    facts = _facts(base)
    last = base.execute(
        "SELECT coalesce(max(id), 0), coalesce(max(requested_at), '') FROM requests"
    ).fetchone()
    if not last[0]:
        log.truncate(0)
    clock = Clock(clocks.read(max(facts["clock"], last[1])))
    return (
        Practice(base, pristine, folder, company, control, int(facts["seed"]), clock, log, last[0]),
        said,
    )


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    return base


def _kept(path: Path, wanted: str) -> sqlite3.Connection | None:
    """The working copy that is there, if it is sound and of this company."""
    if not path.is_file():
        return None
    base = None
    try:
        base = _connected(path)
        facts = _facts(base)
        sound = base.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if sound and facts.get("stamp") == wanted and facts.get("version") == VERSION:
            return base
    except sqlite3.Error:
        pass
    if base is not None:
        base.close()
    return None


def _why(path: Path, wanted: str) -> str:
    try:
        with closing(sqlite3.connect(path)) as base:
            other = dict(base.execute("SELECT name, value FROM meta")).get("stamp") != wanted
    except sqlite3.Error:
        other = False
    if other:
        return "The practice API's state was of another company; it begins afresh."
    return "The practice API's state was damaged; it begins afresh, and what was changed is lost."


def _forget(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _fresh(path: Path, pristine: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _OURS))
    base = _connected(path)
    with closing(sqlite3.connect(f"{pristine.as_uri()}?mode=ro", uri=True)) as source:
        source.backup(base)
    return base


def _own(path: Path) -> TextIO:
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, _OURS)
    return os.fdopen(descriptor, "a", encoding="utf-8", newline="\n")


def _facts(base: sqlite3.Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in base.execute("SELECT name, value FROM meta")}
