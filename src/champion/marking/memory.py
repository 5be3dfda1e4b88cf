"""Remembers verdicts, so that after a key is mended only what changed runs again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import champion
from champion import places
from champion.checking.key import Task
from champion.checking.remarks import Remark
from champion.checking.verdict import Verdict
from champion.lantern.company import Company
from champion.marking.limits import Limits
from champion.marking.steps import Step

_LIBRARIES = ("duckdb", "duckdb-sqlalchemy", "ipython", "numpy", "pandas", "sqlalchemy", "sqlglot")
_OURS = ("api", "checking", "desk", "lantern", "marking", "reading")


class Memory:
    """Verdicts on disk, each under what it depends on; a lost or damaged one is made again.

    Args:
        folder: where they lie; None: `build/marks`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or places.build() / "marks"

    def recall(self, under: str) -> Verdict | None:
        """The verdict kept under a digest of `digest`, or None."""
        try:
            kept = json.loads(self._path(under).read_text(encoding="utf-8"))
            lists = {name: tuple(kept[name]) for name in ("mistakes", "advice")}
            remarks = tuple(Remark(**each) for each in kept["remarks"])
            return Verdict(**{**kept, **lists, "remarks": remarks})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, under: str, verdict: Verdict) -> None:
        """Keep a verdict; one that hung on the machine's mood (timed out) is not kept."""
        if verdict.outcome == "timed out":
            return
        path = self._path(under)
        half = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(asdict(verdict), ensure_ascii=False), encoding="utf-8")
            half.replace(path)
        except OSError:  # a full disk costs time on the next run, and nothing else
            half.unlink(missing_ok=True)

    def _path(self, under: str) -> Path:
        return self._folder / under[:2] / f"{under}.json"


def digest(task: Task, steps: Sequence[Step], companies: Sequence[Company], limits: Limits) -> str:
    """All that the verdict on a task depends on, as one SHA-256 in hex.

    Args:
        task: with its whole key.
        steps: the cells that run, of which those up to the task's own count.
        companies: on which they run.
        limits: under which they run.
    """
    own = next((n for n, step in enumerate(steps) if step.task == task.slug), -1)
    return _sha256(
        {
            "cells": [step.source for step in steps[: own + 1]],
            "task": asdict(task),
            "companies": [_company(company.folder) for company in companies],
            "limits": asdict(limits),
            "versions": _versions(),
        }
    )


def _company(folder: Path) -> str:
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


@cache
def _versions() -> dict[str, str]:
    """Python's, the libraries' and our own; ours by what is written in it."""
    here = Path(champion.__file__).parent
    code = hashlib.sha256()
    for part in _OURS:
        for path in sorted((here / part).rglob("*.py")):
            code.update(path.read_bytes())
    libraries = {name: metadata.version(name) for name in _LIBRARIES}
    return {"python": platform.python_version(), "champion": code.hexdigest(), **libraries}


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
