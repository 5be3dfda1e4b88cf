"""What a learner has tried, kept in `work/.champion/attempts.jsonl`, one line for each check.

It is private until a submission takes a lesson's share along. CHAMPION_PROGRESS=off keeps
nothing and shows nothing, so that a built notebook prints the same on every machine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from champion import places
from champion.checking.verdict import DONE


@dataclass(frozen=True)
class Attempt:
    """One check of one task.

    Attributes:
        task: its slug.
        at: the moment, "2026-11-23T21:28:02+00:00".
        outcome: a verdict's outcome.
        mistakes: the wrong answers that were recognised.
        hints: how many hints had been given by then.
    """

    task: str
    at: str
    outcome: str
    mistakes: tuple[str, ...] = ()
    hints: int = 0


def is_kept() -> bool:
    """Whether there is a learner's folder to keep progress in, and it is not switched off."""
    return os.environ.get("CHAMPION_PROGRESS", "").lower() != "off" and places.work().is_dir()


def attempts(work: Path | None = None) -> tuple[Attempt, ...]:
    """All attempts so far, oldest first; lines that were torn are passed over."""
    if work is None and not is_kept():
        return ()
    return tuple(_read(_file(work or places.work())))


def solved() -> frozenset[str]:
    """The tasks that were done at least once: right, or with the mentor."""
    return frozenset(each.task for each in attempts() if each.outcome in DONE)


def with_mentor() -> frozenset[str]:
    """The tasks whose answer waits for the mentor; none of them was right by itself."""
    known = attempts()
    passed = {each.task for each in known if each.outcome == "passed"}
    return frozenset(each.task for each in known if each.outcome == "with mentor") - passed


def record(task: str, outcome: str, mistakes: Iterable[str], hints: int) -> str:
    """Add one attempt; returns "", or in one line why it could not be kept."""
    if not is_kept():
        return ""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    attempt = Attempt(task, moment, outcome, tuple(mistakes), hints)
    try:
        _append(_file(places.work()), json.dumps(asdict(attempt), ensure_ascii=False))
    except (OSError, TimeoutError) as error:
        reason = getattr(error, "strerror", None) or "it is in use"
        return (
            f"This try could not be noted in your work folder ({reason}). The check itself holds."
        )
    return ""


def _file(work: Path) -> Path:
    return work / ".champion" / "attempts.jsonl"


def _append(path: Path, line: str) -> None:
    """One whole line at the end, whoever else is writing; a torn line before it is closed off."""
    from filelock import FileLock

    path.parent.mkdir(exist_ok=True)
    with FileLock(path.with_suffix(".lock"), timeout=10), path.open("ab+") as file:
        torn = file.seek(0, os.SEEK_END) > 0 and not _ends_a_line(file)
        file.write(f"{chr(10) if torn else ''}{line}\n".encode())
        file.flush()


def _ends_a_line(file: object) -> bool:
    file.seek(-1, os.SEEK_END)  # type: ignore[attr-defined]
    return bool(file.read(1) == b"\n")  # type: ignore[attr-defined]


def _read(path: Path) -> Iterator[Attempt]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            data = json.loads(line)
            yield Attempt(**{**data, "mistakes": tuple(data["mistakes"])})
        except (ValueError, TypeError, KeyError):
            continue
