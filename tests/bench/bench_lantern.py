"""How long the sample company takes to build, how much room it needs, and how others compare."""

from __future__ import annotations

import gzip
import importlib
import itertools
import subprocess
import sys
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from champion.lantern import recipe
from champion.lantern.build import ledger_of
from champion.lantern.clock import DAY, HISTORY_START, SECOND
from champion.lantern.columns import texts
from champion.lantern.dice import Dice
from champion.lantern.logs import LOGS
from champion.lantern.logs.render import render

Row = tuple[str, str, str]

_BUILD = """
import sys
from pathlib import Path
from champion.lantern import build_company
build_company(1, float(sys.argv[2]), Path(sys.argv[1]))
try:
    import resource
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
except ImportError:
    print(0)
"""


def bench() -> list[Row]:
    """Build at both sizes in a fresh process, start-up included."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for scale, goal in (("1", "≤ 10 s"), ("0.02", "≤ 1 s")):
            target = Path(folder) / scale
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", _BUILD, str(target), scale],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds = time.perf_counter() - start
            rows.append((f"company at scale {scale}, from start to end", f"{seconds:.2f} s", goal))
            if scale == "1":
                size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
                rows.append(("its size on disk", f"{size / 10**6:.0f} MB", "≤ 100 MB"))
                rows.append(("its peak memory", f"{int(done.stdout) / 2**20:.0f} MiB", "≤ 1 GB"))
    return [*rows, _logs(), *_beside_others()]


def _logs() -> Row:
    """Render the logs of the whole company once more; the first time only warms up."""
    ledger = ledger_of(1, 1)
    tables = ledger.closed()
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            render(Path(folder), ledger, tables)
            seconds = time.perf_counter() - start
            lines = sum(_lines(path) for path in (Path(folder) / LOGS).iterdir())
    measured = f"{lines / seconds:,.0f} lines a second ({lines:,} lines in {seconds:.2f} s)"
    return "its logs: rendered, digested, written", measured, "≤ 2 s"


def _lines(log: Path) -> int:
    content = log.read_bytes()
    return (gzip.decompress(content) if log.suffix == ".gz" else content).count(b"\n")


Columns = dict[str, Any]

_CITIES = sorted({city for city, *_ in recipe.table("towns")["town"]})
_WORDS = ("click", "autoplay", "api")
_WEIGHTS = (90, 7, 3)
_SINCE, _UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)
_WRITE = """
    CREATE TABLE made AS
    SELECT id, make_timestamptz(received_at) AS received_at, visitor_key, city, play_reason
    FROM frame"""


def _beside_others() -> list[Row]:
    """Rows a second of one table of five columns: made, and written to a database of its own.

    Each maker draws the same: a number, a moment of two years, a key of 64 bits, a city, and one
    of three words of different weight. Each makes as many rows as take it about a second, twice;
    the better time counts.
    """
    what = "rows a second of five columns, writing included: {}"
    ours = _rate(_by_lantern, 2_000_000)
    rows: list[Row] = [(what.format("Lantern"), f"{ours:,.0f}", "")]
    others = (
        ("Faker", "faker", _by_faker, 20_000, 100),
        ("Mimesis", "mimesis", _by_mimesis, 100_000, 20),
    )
    for name, package, maker, count, goal in others:
        try:
            importlib.import_module(package)
        except ImportError:
            rows.append((what.format(name), f"not here: .venv/bin/pip install {package}", ""))
            continue
        theirs = _rate(maker, count)
        rows.append((what.format(name), f"{theirs:,.0f}", ""))
        rows.append((f"Lantern against {name}", f"{ours / theirs:,.0f} times", f"≥ {goal} times"))
    return rows


def _rate(make: Callable[[int], Columns], count: int) -> float:
    return count / min(_seconds(make, count) for _ in range(2))


def _seconds(make: Callable[[int], Columns], count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        frame = make(count)
        with duckdb.connect(str(Path(folder) / "made.duckdb")) as connection:
            connection.register("frame", frame)
            connection.execute(_WRITE)
            connection.execute("CHECKPOINT")
        return time.perf_counter() - start


def _by_lantern(count: int) -> Columns:
    dice, n = Dice(1), np.arange(count, dtype=np.int64)
    seconds = dice.between("bench", "received_at", n, 0, 820 * DAY // SECOND)
    return {
        "id": n,
        "received_at": HISTORY_START + seconds * SECOND,
        "visitor_key": dice.roll("bench", "visitor_key", n),
        "city": texts(_CITIES, dice.pick("bench", "city", n, [1] * len(_CITIES))),
        "play_reason": texts(_WORDS, dice.pick("bench", "play_reason", n, _WEIGHTS)),
    }


def _by_faker(count: int) -> Columns:
    fake: Any = importlib.import_module("faker").Faker("en_GB")
    fake.seed_instance(1)
    reasons = OrderedDict(zip(_WORDS, _WEIGHTS, strict=True))
    return _columns(
        (
            n,
            fake.date_time_between(_SINCE, _UNTIL, UTC),
            fake.random_int(0, 2**64 - 1),
            fake.city(),
            fake.random_element(reasons),
        )
        for n in range(count)
    )


def _by_mimesis(count: int) -> Columns:
    mimesis: Any = importlib.import_module("mimesis")
    when, numbers = mimesis.Datetime(seed=1), mimesis.Numeric(seed=1)
    address, choose = mimesis.Address("en-gb", seed=1), mimesis.random.Random()
    choose.seed(1)
    edges = list(itertools.accumulate(_WEIGHTS))
    return _columns(
        (
            n,
            when.datetime(2024, 2026, timezone="UTC"),
            numbers.integer_number(0, 2**64 - 1),
            address.city(),
            choose.choices(_WORDS, cum_weights=edges)[0],
        )
        for n in range(count)
    )


def _columns(rows: Any) -> Columns:
    """Rows of objects as the columns that are written, as a script would have to."""
    numbers, moments, keys, cities, reasons = zip(*rows, strict=True)
    return {
        "id": np.array(numbers, dtype=np.int64),
        "received_at": np.array(
            [round(moment.timestamp() * SECOND) for moment in moments], dtype=np.int64
        ),
        "visitor_key": np.array(keys, dtype=np.uint64),
        "city": np.array(cities, dtype=object),
        "play_reason": np.array(reasons, dtype=object),
    }
