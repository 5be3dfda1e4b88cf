# ruff: noqa: T201
"""Everything that `make test` runs, step by step, each with its name and its seconds.

    style, types, imports    ruff, mypy, import-linter
    company                  the sample company is there
    sources                  the committed notebooks were built from the present sources
    build                    keys and solved copies of the exercises, in build/
    tests                    pytest
    proof                    every task on three companies
    notebooks                nbval, strict, over the lessons and the solved exercises

A step that fails does not hide the next ones, unless they stand on it. `--only` narrows to one
lesson or part; `--all` adds what takes long.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
CODE = ("src", "tests", "demobin", ".ci")
"""What ruff looks at: notebooks are built, and know names that the desk brings."""
CELL_SECONDS = 60
EXAMPLES = 100
"""Of each of the API's operations, tried by Schemathesis with `--all`: nearly three minutes."""


@dataclass(frozen=True)
class Step:
    """One step: its name, its command, whether the later steps stand on it, and environment
    variables of its own."""

    name: str
    command: tuple[str, ...]
    bears: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """How a step went."""

    step: Step
    seconds: float
    code: int


def main() -> int:
    """Run the steps; 0 when all of them passed."""
    asked = argparse.ArgumentParser(description="Run what `make test` runs.")
    asked.add_argument("--only", default="", help="one lesson (1-querying/01-one-table) or part")
    asked.add_argument("--all", action="store_true", help="add what takes long")
    options = asked.parse_args()
    only = options.only.strip("/")
    if only and not (COURSE / "curriculum" / only).is_dir():
        print(f"✗ There is no lesson or part called {only} in curriculum/.")
        return 2
    with tempfile.TemporaryDirectory(prefix="champion-") as work:
        done = list(run(steps(only, options.all), surroundings(work)))
    print(summary(done))
    return 1 if any(each.code for each in done) else 0


def steps(only: str, everything: bool) -> list[Step]:
    """The steps for the whole course, or for one lesson's share of it."""
    share = [
        Step("company", (tool("champion"), "lantern", "build"), bears=True),
        Step("sources", (tool("champion"), "build", "--check", *only.split())),
        Step("build", (tool("champion"), "build", *only.split()), bears=True),
        Step("proof", (tool("champion"), "prove", *only.split())),
        # Notebooks beside one another must not see each other's progress.
        Step("notebooks", nbval(only), settings={"CHAMPION_PROGRESS": "off"}),
    ]
    if only:
        return share
    code = [
        Step("style", (tool("ruff"), "check", *CODE)),
        Step("format", (tool("ruff"), "format", "--check", *CODE)),
        Step("types", (tool("mypy"),)),
        Step("imports", (tool("lint-imports"), "--no-cache")),
    ]
    at_length = {"CHAMPION_EXAMPLES": str(EXAMPLES)} if everything else {}
    return [*code, *share[:3], Step("tests", pytest(everything), settings=at_length), *share[3:]]


def tool(name: str) -> str:
    """A command of this environment."""
    return str(SCRIPTS / name)


def pytest(everything: bool) -> tuple[str, ...]:
    """The project's own tests, two modules at a time: what a module sets up, it sets up once."""
    chosen = () if everything else ("-m", "not slow")
    return (sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", *chosen)


def nbval(only: str) -> tuple[str, ...]:
    """The notebooks, every stored output compared, one notebook a process."""
    return (
        *(sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"),
        *("--nbval-cell-timeout", str(CELL_SECONDS), "--timeout", str(2 * CELL_SECONDS)),
        *("-n", "auto", "--dist", "loadscope", "-p", "no:cacheprovider"),
        *notebooks(only),
    )


def notebooks(only: str) -> tuple[str, str]:
    """Where the lessons and the solved copies lie, or will lie once they are built."""
    if not only:
        return "notebooks", "build/solved"
    one_lesson = (COURSE / "curriculum" / only / "lesson.md").is_file()
    return f"notebooks/{only}{'.ipynb' if one_lesson else ''}", f"build/solved/{only}"


def surroundings(work: str) -> dict[str, str]:
    """The caller's environment without its own course settings, and with a work folder to spoil."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CHAMPION_")}
    return plain | {"CHAMPION_WORK": work, "JUPYTER_PLATFORM_DIRS": "1"}


def run(steps: list[Step], environment: dict[str, str]) -> Iterator[Done]:
    """Run the steps in order; stop after one that failed and bears the rest."""
    for number, step in enumerate(steps, 1):
        print(f"\n── {number}/{len(steps)} {step.name} " + "─" * (60 - len(step.name)), flush=True)
        began = time.monotonic()
        own = environment | dict(step.settings)
        code = subprocess.run(step.command, cwd=COURSE, env=own, check=False).returncode
        yield Done(step, time.monotonic() - began, code)
        if code and step.bears:
            return


def summary(done: list[Done]) -> str:
    """A line for each step, and one for the whole."""
    lines = [
        f"  {'✗' if each.code else '✓'} {each.step.name:<10} {each.seconds:7.1f} s" for each in done
    ]
    failed = [each.step.name for each in done if each.code]
    seconds = sum(each.seconds for each in done)
    verdict = f"Not yet: {', '.join(failed)}." if failed else "Everything holds."
    return "\n".join(["", *lines, f"{verdict} {seconds:.0f} s"])


if __name__ == "__main__":
    sys.exit(main())
