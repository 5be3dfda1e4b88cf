# ruff: noqa: T201
"""The environment in .venv: made once, from the lock alone, and left alone while the lock holds.

1. Make .venv.
2. Install every package of requirements.lock; pip refuses one whose hash differs.
3. Install the course itself, linked to this folder; pip takes no link beside hashes.
4. Leave a stamp: while it fits, the next run has nothing to do.

Only the standard library is used here: nothing is installed yet.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
VENV = COURSE / ".venv"
LOCK = COURSE / "requirements.lock"
STAMP = VENV / "champion-stamp.txt"


class Halt(Exception):
    """Setting up cannot go on; says why and what to do, in one line."""


def set_up() -> int:
    """Make .venv fit the lock; 0 when it does, 1 after one line that says why it cannot.

    Run again after whatever went wrong: it goes on from where it was.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        if is_ready():
            return 0
        began = time.monotonic()
        make_venv()
        install_locked()
        install_course()
        STAMP.write_text(fingerprint(), encoding="utf-8")
        print(f"Set up in {time.monotonic() - began:.0f} s.")
    except Halt as halt:
        print(f"✗ {halt}")
        return 1
    except OSError as error:
        print(f"✗ .venv cannot be written: {error.strerror}. Is the disk full, or read-only?")
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run it again: it goes on from here.")
        return 1
    return 0


def is_ready() -> bool:
    """Whether .venv was set up from this lock, in this place, and its Python still starts."""
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != fingerprint():
        return False
    return starts(venv_python())


def fingerprint() -> str:
    """What .venv depends on: the lock, the package's own entry points, and where it lies."""
    parts = (LOCK.read_bytes(), (COURSE / "pyproject.toml").read_bytes(), os.fsencode(VENV))
    return hashlib.sha256(b"\0".join(parts)).hexdigest() + "\n"


def venv_python() -> Path:
    """The Python inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def starts(python: Path) -> bool:
    """Whether a Python is there, starts and is new enough."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def make_venv() -> None:
    """Step 1; an environment that still works is kept, whichever Python made it."""
    if starts(venv_python()):
        return
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"1/3  Making .venv with Python {version}", flush=True)
    try:
        import ensurepip  # noqa: F401  (Debian ships venv without it)
        import venv
    except ImportError:
        raise Halt(
            "This Python cannot make environments: its venv module is missing. On Debian and"
            f" Ubuntu: sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        ) from None
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        raise Halt("Making .venv failed. Delete the folder .venv and run this again.") from None


def install_locked() -> None:
    """Step 2."""
    wanted = len(re.findall(r"^[A-Za-z0-9].*==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    print(
        "2/3  Installing what requirements.lock names, each file checked (minutes, once)",
        flush=True,
    )
    pip("--require-hashes", "-r", LOCK.name, count=wanted)


def install_course() -> None:
    """Step 3; built with the hatchling that the lock names, so nothing else is fetched."""
    print("3/3  Installing the course", flush=True)
    pip("--no-deps", "--no-build-isolation", "-e", ".", count=1)


def pip(*arguments: str, count: int) -> None:
    """Run `pip install`, counting packages on one line; on failure show how pip ended."""
    command = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    last: deque[str] = deque(maxlen=12)
    with subprocess.Popen(
        command,
        cwd=COURSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdout is not None
        for done, line in enumerate_packages(process.stdout, last):
            show_progress(min(done, count), count, line)
    show_progress(count, count, "")
    if process.returncode:
        print("\n".join(last))
        raise Halt(
            "pip could not install the packages; the lines above say why. Then run this again."
        )


def enumerate_packages(lines: Iterator[str], last: deque[str]) -> Iterator[tuple[int, str]]:
    """How many packages pip has looked at so far, and the name of each; `last` keeps its words."""
    done = 0
    for line in lines:
        last.append(line.rstrip())
        found = re.match(r"(?:Collecting|Requirement already satisfied:|Obtaining) ([\w.-]+)", line)
        if found:
            done += 1
            yield done, found[1]
        elif line.startswith("Installing collected packages"):
            yield done, "installing"


def show_progress(done: int, count: int, what: str) -> None:
    """One line that is rewritten in a terminal; nothing where nobody watches."""
    if not sys.stdout.isatty():
        return
    text = f"     {done:>3} of {count}  {what[:40]}" if what else ""
    print(f"\r{text:<60}", end="" if what else "\r", flush=True)
