"""`champion api …`: served in one window, looked at and ended from another."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from champion.lantern import Company

CHAMPION = (sys.executable, "-c", "from champion.cli import main; main()")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(company: Company, tmp_path: Path) -> dict[str, str]:
    surroundings = {**os.environ, "CHAMPION_COMPANY": str(company.folder)}
    return surroundings | {"CHAMPION_WORK": str(tmp_path / "my work")}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*CHAMPION, "api", *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, timeout=60
        )

    return ran


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*CHAMPION, "api", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    ready = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", ready)
    assert found, ready
    yield process, found[0]
    process.kill()
    process.communicate()


def test_status_reset_and_stop(served: tuple[subprocess.Popen[str], str], run: Run):
    process, address = served
    status = run("status")
    assert address in status.stdout
    assert "0 requests since the last reset" in status.stdout
    assert run("reset").stdout == "Reset. Its clock stands at 2026-03-31T12:00:00.000Z.\n"
    second = run("serve")
    assert second.returncode == 1
    assert second.stderr.startswith(f"champion: The practice API runs already, at {address}.")
    assert run("stop").stdout == "Ended.\n"
    assert process.wait(20) == 0
    gone = run("status")
    assert gone.returncode == 1
    assert gone.stderr == (
        "champion: No practice API is running. Start one with `champion api serve`.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise on Windows")
def test_ctrl_c_ends_it_in_one_line(served: tuple[subprocess.Popen[str], str]):
    process, _ = served
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "champion: Stopped. Nothing is lost; run it again to go on."
