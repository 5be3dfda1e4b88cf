"""The house rules that a machine can keep."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 300
FORBIDDEN = {
    "a place packages come from": r"https?://\S+/simple\b|https?://\S+/packages/[0-9a-f]{2}/",
    "a folder of one machine": r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work/\w+)/",
    "a lock file with addresses": r'"resolved": "https?://',
}
EXAMPLES = ("README.md", "tests/")
"""Where a made-up path may stand as an example."""


def tracked() -> list[Path]:
    """The project's own files, as git knows them."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=COURSE,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = told.stdout.decode().split("\0")
    return [COURSE / name for name in names if name and (COURSE / name).is_file()]


def words(path: Path) -> str:
    """A file's text; nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_nothing_imports_upwards():
    tool = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([tool, "--no-cache"], cwd=COURSE, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    found = [
        f"{path.relative_to(COURSE)}: {match[0]}"
        for path in tracked()
        if not path.relative_to(COURSE).as_posix().startswith(EXAMPLES)
        for match in [re.search(FORBIDDEN[what], words(path))]
        if match
    ]
    assert found == []


def test_every_module_is_short():
    long = {
        path.relative_to(COURSE).as_posix(): lines
        for path in (COURSE / "src").rglob("*.py")
        if (lines := words(path).count("\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_nothing_large_is_kept():
    large = [path.name for path in tracked() if path.stat().st_size > 2_000_000]
    assert large == []


def test_every_text_is_utf8_with_unix_line_ends():
    odd = [path.name for path in tracked() if "\r" in words(path)]
    assert odd == []
