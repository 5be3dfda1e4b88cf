"""Runs the benchmarks and prints one table."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from champion.problems import Problem

HERE = Path(__file__).parent


def main(chosen: list[str]) -> int:
    """Run the benchmarks of these names, or all; 1 when one of them broke."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}; trust ratios over absolutes"
    )
    table = Table("what", "measured", "goal", box=None, padding=(0, 2, 0, 0))
    broken = False
    for name in chosen or names():
        console.print(f"… {name}")
        try:
            rows = importlib.import_module(f"tests.bench.bench_{name}").bench()
        except (Problem, ImportError, OSError, AssertionError) as error:
            rows, broken = [(name, f"✗ {error}".split("\n")[0], "")], True
        for row in rows:
            table.add_row(*row)
    console.print(table)
    return 1 if broken else 0


def names() -> list[str]:
    """The nouns of all benchmarks."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
