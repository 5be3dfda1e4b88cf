"""A stage: how the API is set up for one call of a learner's function, and the story afterwards.

Marking sets it beside the judge, the desk by a switch of its own scratch API; both come here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from champion.api.faults import Plan, Step
from champion.api.gate import identify
from champion.api.practice import Practice


@dataclass(frozen=True)
class Stage:
    """How the API is before a call.

    Attributes:
        faults: which request of the call is struck, counted from 1, and by what.
        per_minute: how many requests a minute are allowed; None: as always.
        token: of the account whose videos are counted.
        videos: how many that account has, its oldest; None: all.
    """

    faults: Sequence[tuple[int, str]] = ()
    per_minute: int | None = None
    token: str = ""
    videos: int | None = None


def set_up(practice: Practice, stage: Stage) -> int | None:
    """Put everything back, then set the stage.

    Returns:
        How many videos the account has now, where the stage says how many it should.

    Raises:
        Refusal: nobody has that token.
    """
    practice.reset()
    left = None
    if stage.videos is not None:
        caller = identify(practice, "GET", f"Bearer {stage.token}", b"")
        left = _keep(practice, caller.account, stage.videos)
    if stage.per_minute is not None:
        practice.limiter.set(stage.per_minute)
    practice.plan = Plan([Step(fault, nth) for nth, fault in stage.faults])
    return left


def story(practice: Practice) -> list[dict[str, Any]]:
    """Every request since the last reset, the oldest first, as columns of `requests`.

    With it come `told_to_wait` and `waited`: the seconds that its answer asked the caller to
    wait, and those that the caller let pass before the next one. A first row of number 0
    stands for the time before the first request, where some was waited away.
    """
    rows = practice.all(
        "SELECT id AS number, method, path, query, body, status FROM requests ORDER BY id"
    )
    before = [_BEFORE] if practice.waited.get(0) else []
    return [
        {
            **row,
            "told_to_wait": practice.told_to_wait.get(row["number"], 0),
            "waited": practice.waited.get(row["number"], 0),
        }
        for row in (*before, *rows)
    ]


_BEFORE = {"number": 0, "method": "", "path": "", "query": None, "body": None, "status": 0}


def _keep(practice: Practice, account: int, count: int) -> int:
    """Leave an account so many videos, its oldest; return how many it has then."""
    practice.traces.archive(
        account,
        practice.clock.text,
        "id NOT IN (SELECT id FROM videos WHERE account_id = ? AND deleted_at IS NULL "
        "ORDER BY id LIMIT ?)",
        account,
        count,
    )
    left = practice.one(
        "SELECT count(*) AS n FROM videos WHERE account_id = ? AND deleted_at IS NULL", account
    )
    return int(left["n"]) if left else 0
