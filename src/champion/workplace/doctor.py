"""How this set-up is, in ten lines that a learner can paste: no secret, no home folder's name."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import sqlalchemy as sa

from champion import __version__, places
from champion.checking import key
from champion.lantern import manifest
from champion.lantern.company import open_company
from champion.problems import Problem
from champion.workplace import files, jupyter, laid, lease

SETTINGS = ("access_mode", "enable_external_access", "lock_configuration", "TimeZone")
TROUBLE = re.compile(r"Traceback|Error|\[[EC] ", re.IGNORECASE)
SECRET = re.compile(r"((?:token|password)=)[^\s&]+|(://)[^\s/@]+(?=@)", re.IGNORECASE)


def lines() -> list[str]:
    """The ten lines; what cannot be found out says so in its own line."""
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Champion", _course),
        ("System", _system),
        ("Python", _python),
        ("Packages", _packages),
        ("Company", _company),
        ("Database", _database),
        ("Keys", _keys),
        ("Work", _work),
        ("JupyterLab", _jupyterlab),
        ("Last error", _last_error),
    )
    return [f"{name + ':':<12}{_in_one_line(find)}" for name, find in parts]


def _in_one_line(find: Callable[[], str]) -> str:
    try:
        found = find()
    except Problem as problem:
        found = f"✗ {problem}"
    except Exception as error:
        found = f"✗ {type(error).__name__}: {error}"
    return discreet(" ".join(found.split()))


def discreet(text: str) -> str:
    """Text without the name of the home folder, tokens and passwords."""
    return SECRET.sub(r"\1\2…", text.replace(str(Path.home()), "~"))


def _course() -> str:
    return f"{__version__}{_commit()}, in {files.tilde(places.course())}"


def _commit() -> str:
    command = ["git", "-C", str(places.course()), "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return f" ({told.stdout.strip()})"


def _system() -> str:
    return f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores"


def _python() -> str:
    own = "in an environment" if sys.prefix != sys.base_prefix else "✗ not in an environment"
    return f"{platform.python_version()}, {own}, {files.tilde(Path(sys.prefix))}"


def _packages() -> str:
    pins = {
        found[1]: found[2]
        for each in metadata.requires("customer-champion") or ()
        if (found := re.fullmatch(r"([\w.-]+)==([\w.]+)", each))
    }
    other = [
        f"{name} {_installed(name) or 'missing'}" for name in pins if _installed(name) != pins[name]
    ]
    return f"✗ not as the lock has them: {', '.join(other)}" if other else f"{len(pins)}, as pinned"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _company() -> str:
    company = open_company()
    try:
        built = manifest.read(company.folder)
        count = sum(built.rows.values()) if built else 0
        missing = _tables_that_differ(company.engine, built.rows) if built else []
        state = f"✗ not as built: {', '.join(missing)}" if missing else f"{count:,} rows, as built"
        return f"seed {company.seed}, scale {company.scale:g}, recipe {manifest.RECIPE}, {state}"
    finally:
        company.close()


def _tables_that_differ(engine: sa.Engine, rows: dict[str, int]) -> list[str]:
    with engine.connect() as connection:
        return [
            name
            for name, count in rows.items()
            if connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) != count
        ]


def _database() -> str:
    company = open_company()
    try:
        with company.engine.connect() as connection:
            dialect = connection.dialect.name
            if dialect != "duckdb":
                return f"{dialect}, by CHAMPION_DATABASE_URL"
            said = [
                f"{name}={connection.scalar(sa.text(f'SELECT current_setting({name!r})'))}"
                for name in SETTINGS
            ]
        return f"{dialect}, {', '.join(said)}; {company.now:%Y-%m-%d %H:%M %Z}"
    finally:
        company.close()


def _keys() -> str:
    found = [key.read(path) for path in sorted(places.keys().glob("*/*.json"))]
    if not found:
        return "✗ none. Run `champion build --keys`."
    return f"{len(found)} lessons, {sum(len(each.tasks) for each in found)} tasks"


def _work() -> str:
    work = places.work()
    free = shutil.disk_usage(work if work.exists() else work.parent).free / 2**30
    known = laid.read(lease.corner(work) / "laid.json")
    return f"{files.tilde(work)}, {_writable(work)}, {len(known)} files, {free:.1f} GiB free"


def _writable(work: Path) -> str:
    if not work.is_dir():
        return "not laid out yet"
    try:
        with tempfile.TemporaryFile(dir=work):
            return "writable"
    except OSError as error:
        return f"✗ not writable ({error.strerror})"


def _jupyterlab() -> str:
    state = "open now" if lease.is_held(places.work()) else "not open"
    return f"{metadata.version('jupyterlab')}, {state}"


def _last_error() -> str:
    log = jupyter.log(places.work())
    if not log.is_file():
        return "none"
    said = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line[-160:] for line in reversed(said) if TROUBLE.search(line)), "none")
