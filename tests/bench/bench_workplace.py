"""How long a learner waits: for the command's help, and from the command to the first lesson."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e import driver

Row = tuple[str, str, str]

COMMAND = Path(sys.executable).with_name("champion")
LESSON = "lessons/1-querying/01-one-table.ipynb"
HELP_ROUNDS = 15
LAB_ROUNDS = 4


def bench() -> list[Row]:
    """The help, and a lab opened again and again; the first time only warms the caches."""
    return [_help(), *_lab()]


def _help() -> Row:
    seconds = []
    for _ in range(HELP_ROUNDS):
        began = time.perf_counter()
        subprocess.run([COMMAND, "--help"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    measured = f"{statistics.median(seconds):.2f} s median of {HELP_ROUNDS}"
    return "champion --help", measured, "≤ 0.25 s"


def _lab() -> list[Row]:
    if driver.browser_path() is None:
        return [("command to lesson visible, warm", "no browser here", "≤ 8 s")]
    with tempfile.TemporaryDirectory() as folder, driver.browser() as browser:
        context = browser.new_context()
        rounds = [_opened(Path(folder), context.new_page()) for _ in range(LAB_ROUNDS)][1:]
    ready, visible, kernel = (statistics.median(each) for each in zip(*rounds, strict=True))
    how = f"median of {LAB_ROUNDS - 1}, browser open"
    return [
        ("champion lab: command to Ready, warm", f"{ready:.1f} s {how}", ""),
        ("champion lab: command to lesson visible, warm", f"{visible:.1f} s {how}", "≤ 8 s"),
        ("champion lab: command to kernel ready, warm", f"{kernel:.1f} s {how}", ""),
    ]


def _opened(folder: Path, page: driver.Page) -> tuple[float, float, float]:
    """Seconds from the command to Ready, to the lesson on the screen, and to its kernel."""
    began = time.perf_counter()
    with driver.open_lab(folder / "work", folder / "inbox") as lab:
        ready = time.perf_counter() - began
        learner = driver.Learner(page, lab)
        learner.go_to(LESSON)
        visible = time.perf_counter() - began
        learner.wait_until_idle()
        kernel = time.perf_counter() - began
        page.close()
    return ready, visible, kernel
