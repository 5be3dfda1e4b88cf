"""The same seed gives the same company: on other Pythons, other NumPys and other processors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from champion.lantern import build_company, manifest

COURSE = Path(__file__).resolve().parents[2]
DIGESTS = Path(__file__).with_name("digests.json")
TINY = 0.005

PYTHONS = ("3.14", "3.13", "3.12", "3.11")
NEEDED = ("duckdb", "duckdb-sqlalchemy", "filelock", "numpy", "sqlalchemy", "tzdata")
"""All of the course's dependencies that building a company takes."""

Digests = dict[str, dict[str, dict[str, str]]]
"""By seed, "tables" or "files", and name."""

BUILDS = """
import json, sys
from pathlib import Path
folder, scale, *seeds = sys.argv[1:]
from champion import places
places.build = lambda: Path(folder) / "build"
from champion.lantern import build_company, manifest
from numpy._core import _multiarray_umath as numpy
built = {s: manifest.read(build_company(s, scale, Path(folder) / s)) for s in seeds}
made = {s: {"tables": one.tables, "files": one.files} for s, one in built.items()}
fast = [each for each in numpy.__cpu_dispatch__ if numpy.__cpu_features__.get(each)]
print(json.dumps({"fast": fast, "made": made}))
"""
"""Builds seeds in a folder, with an outline of its own; prints digests, and NumPy's fast paths."""


def _built(
    python: Path | str, folder: Path, scale: float, *seeds: int, **more: str
) -> tuple[Digests, list[str]]:
    """What another process builds, and the fast paths that it took."""
    done = subprocess.run(
        [str(python), "-c", BUILDS, str(folder), str(scale), *map(str, seeds)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(COURSE / "src"), **more},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return told["made"], told["fast"]


def _committed() -> Digests:
    seeds: Digests = json.loads(DIGESTS.read_text(encoding="utf-8"))["seeds"]
    return seeds


def _elsewhere() -> dict[str, str]:
    """Surroundings that must not matter: no fast paths, another hash seed, zone and language."""
    from numpy._core import _multiarray_umath as umath

    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(umath.__cpu_dispatch__),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Kolkata",
        "LC_ALL": "C",
        "PYTHONUTF8": "1",  # or Python itself could not read a path with an accent in it
        "PYTHONWARNINGS": "ignore",
    }


def test_content_does_not_depend_on_the_processor(tmp_path: Path) -> None:
    made, fast = _built(sys.executable, tmp_path / "slow", TINY, 7, **_elsewhere())
    assert fast == []
    here = manifest.read(build_company(7, TINY, tmp_path / "fast"))
    assert here is not None
    assert made["7"] == {"tables": here.tables, "files": here.files}


def _python(version: str) -> Path | None:
    """A Python of this version, on the PATH or among pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = shutil.which(f"python{version}")
    for each in [found, *sorted(pyenv.glob(f"{version}.*/bin/python"))]:
        asked = "import sys; print(*sys.version_info[:2], sep='.')"
        told = each and subprocess.run([each, "-c", asked], capture_output=True, text=True)
        if each and told and told.stdout.strip() == version:
            return Path(each)
    return None


def _world(folder: Path, python: Path, **others: str) -> Path:
    """The Python of a new environment with only what building takes; or the test is skipped.

    Args:
        others: versions in place of the pinned ones, by package.
    """
    project = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = dict(each.split("==") for each in project["dependencies"])
    wanted = [f"{name}=={others.get(name, pins[name])}" for name in NEEDED]
    made = subprocess.run([python, "-m", "venv", folder], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no environment can be made here: {made.stdout}{made.stderr}")
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    quietly = ("-q", "--disable-pip-version-check", "--only-binary", ":all:")
    got = subprocess.run(
        [inside, "-m", "pip", "install", *quietly, *wanted], capture_output=True, text=True
    )
    if got.returncode:
        pytest.skip(f"the packages cannot be had here: {got.stderr.strip().splitlines()[-1]}")
    return inside


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", PYTHONS)
def test_every_python_builds_the_committed_content(version: str, tmp_path: Path) -> None:
    found = _python(version)
    if found is None:
        pytest.skip(f"there is no Python {version} here")
    python = _world(tmp_path / "venv", found)
    made, _ = _built(python, tmp_path, 0.02, 2, 3)
    assert made == _committed()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", ["2.2.*", "2.3.*", "2.5.*"])
def test_every_numpy_builds_the_committed_content(version: str, tmp_path: Path) -> None:
    """Integers only, so that no NumPy can round differently; another one has other fast paths."""
    assert not np.__version__.startswith(version.removesuffix("*"))
    newest = next(filter(None, map(_python, PYTHONS)), Path(sys.executable))
    python = _world(tmp_path / "venv", newest, numpy=version)
    made, _ = _built(python, tmp_path, 0.02, 2, 3)
    assert made == _committed()


@pytest.mark.slow
def test_without_fast_paths_the_committed_content_is_built(tmp_path: Path) -> None:
    made, fast = _built(sys.executable, tmp_path, 0.02, 2, 3, **_elsewhere())
    assert fast == []
    assert made == _committed()
