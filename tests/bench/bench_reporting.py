"""A customer's report: from the command's first import to its page and CSV files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from champion.lantern import proven_company

Row = tuple[str, str, str]

ACCOUNT = "110"
TRIES = 3
_MAKE = "from champion.cli import main; main()"


def bench() -> list[Row]:
    """Seconds of one report at scale 1, by the clock and of the processor."""
    company = proven_company(1, 1)
    company.close()
    place = {**os.environ, "CHAMPION_COMPANY": str(company.folder.resolve())}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _MAKE, "report", ACCOUNT, "--to", folder]
        clock, processor = map(min, zip(*(_run(command, place) for _ in range(TRIES)), strict=True))
    what = f"champion report {ACCOUNT} at scale 1, the whole command, best of {TRIES}"
    return [
        (what, f"{clock:.1f} s", "≤ 5 s"),
        ("of the processor, both processes together", f"{processor:.1f} s", ""),
    ]


def _run(command: list[str], place: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor (0 on Windows, which does not tell)."""
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, env=place, capture_output=True, check=True)
    took, after = time.perf_counter() - began, os.times()
    user, system = after.children_user, after.children_system
    return took, user + system - before.children_user - before.children_system
