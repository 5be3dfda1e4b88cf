"""Lantern, the sample company: a made-up host of video for businesses.

The journey of a build (`build.py`): the recipe in `data/` and a seed → `dice` →
one module per subject (`customers`, `money`, `content`, `viewing`, `support`) writes what
happened into the `ledger`; `cases` and `traps` plant their stories → `logs` and `engine` write
the logs, the customers' files and the database, `manifest` their digests → `company` opens it
all, to read only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from champion.lantern.clock import now
from champion.lantern.company import PROVEN, Company, open_company, proven_company


def build_company(
    seed: int | str = 1,
    scale: float | str = 1,
    to: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Path:
    """Build a company: see `champion.lantern.build.build_company`."""
    from champion.lantern.build import build_company as build

    return build(seed, scale, to, progress)


__all__ = ["PROVEN", "Company", "build_company", "now", "open_company", "proven_company"]
