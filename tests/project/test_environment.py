"""pyproject.toml, requirements.lock and environment.yml say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

COURSE = Path(__file__).resolve().parents[2]
LOCK = (COURSE / "requirements.lock").read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    told: dict[str, Any] = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))
    return told["project"]


def pins(requirements: list[str]) -> dict[str, str]:
    """Versions by name, extras left out."""
    found = [re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", each) for each in requirements]
    assert all(found), f"not an exact pin among {requirements}"
    return {each[1].lower(): each[2] for each in found if each}


def everything() -> list[str]:
    extras = project()["optional-dependencies"]
    wanted = [*project()["dependencies"], *extras["postgresql"], *extras["dev"]]
    return [each for each in wanted if not each.startswith("customer-champion")]


def locked() -> list[tuple[str, str]]:
    """Name and version of every entry; some packages have one entry a system."""
    entries = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", LOCK, re.MULTILINE)
    return [(name.lower(), version) for name, version in entries]


def conda() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((COURSE / "environment.yml").read_text(encoding="utf-8"))
    return told


def through_pip() -> list[str]:
    last: dict[str, list[str]] = conda()["dependencies"][-1]
    return last["pip"]


def test_the_lock_holds_every_pin():
    assert set(pins(everything()).items()) <= set(locked())


def test_every_entry_of_the_lock_has_hashes():
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked()) > 100
    assert [each.split()[0] for each in entries if "--hash=sha256:" not in each] == []


def test_the_lock_names_no_place_to_download_from():
    assert re.findall(r"https?:|--(?:extra-)?index|--find-links", LOCK) == []


def test_conda_installs_the_same_versions():
    *packages, course = through_pip()
    wanted = [*project()["dependencies"], *project()["optional-dependencies"]["postgresql"]]
    assert pins(packages) == pins(wanted)
    assert course == "-e ."


def test_conda_has_a_python_that_the_course_supports():
    plain = [each for each in conda()["dependencies"] if isinstance(each, str)]
    pinned = next(each for each in plain if each.startswith("python="))
    version = tuple(map(int, pinned.removeprefix("python=").split(".")))
    lowest = tuple(map(int, project()["requires-python"].removeprefix(">=").split(".")))
    assert lowest <= version <= (3, 14)


def test_binder_finds_environment_yml():
    assert not (COURSE / ".binder").exists()
    assert not (COURSE / "binder").exists()


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_workflow_tries_every_supported_python(version):
    workflow = (COURSE / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert f'"{version}"' in workflow
