"""How long a warm check takes: the reference and the wrong answers have been run before."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pandas as pd

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.judge import judge
from champion.checking.key import Task, Wrong

Row = tuple[str, str, str]

ROWS = 10_000
ROUNDS = 60
LOADS = Wrong("counted-loads", "These are loads. Which table holds plays?", source="loads")
TASK = Task(
    slug="plays-not-loads",
    lesson="1-querying/03-counting",
    page="exercise",
    number="3.2",
    title="Plays, not loads",
    minutes=4,
    kind="table",
    variable="plays",
    blank="plays = ...",
    reference="reference",
    wrong=(LOADS,),
)


def bench() -> list[Row]:
    """Checks of frames of 10,000 rows and five columns, and of one far too large."""
    right = _frame()
    shuffled = right.iloc[random.Random(1).sample(range(ROWS), ROWS)]
    summed_otherwise = shuffled.assign(share=shuffled["share"] * (1 + 1e-14))
    outcomes = {
        "reference": Answer("value", canonical(right)),
        "loads": Answer("value", canonical(right.assign(plays=right["plays"] + 7))),
    }
    named = right.assign(plays=right["plays"] + 7)
    unnamed = shuffled.assign(plays=shuffled["plays"].where(shuffled["id"] > 3, 0))
    huge = pd.concat([right] * 500, ignore_index=True)
    cases = [
        ("right, rows in another order", shuffled, "≤ 20 ms"),
        ("right, floats off in the last digit", summed_otherwise, "≤ 20 ms"),
        ("a named mistake", named, "≤ 20 ms"),
        ("a mistake without a name", unnamed, "≤ 20 ms"),
        ("5,000,000 rows", huge, ""),
    ]
    return [
        (
            f"warm check of a 10,000-row frame: {what}"
            if frame is not huge
            else f"warm check of a frame of {what}",
            f"{_p95(_check(frame, outcomes)):.1f} ms p95 of {ROUNDS}",
            goal,
        )
        for what, frame, goal in cases
    ]


def _frame() -> pd.DataFrame:
    chance = random.Random(2)
    return pd.DataFrame(
        {
            "id": range(ROWS),
            "title": [f"Video {each}" for each in range(ROWS)],
            "started_at": pd.date_range("2026-01-01", periods=ROWS, freq="7min", tz="UTC"),
            "plays": [chance.randrange(500) for _ in range(ROWS)],
            "share": [chance.random() for _ in range(ROWS)],
        }
    )


def _check(frame: pd.DataFrame, outcomes: dict[str, Answer]) -> Callable[[], object]:
    return lambda: judge(TASK, Answer("value", canonical(frame)), outcomes.__getitem__)


def _p95(action: Callable[[], object]) -> float:
    action()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[int(0.95 * ROUNDS)]
