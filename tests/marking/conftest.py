from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from champion.lantern import Company, proven_company
from champion.marking.limits import Limits
from champion.marking.runner import Runner

SHORT = Limits(cell_seconds=3, notebook_seconds=20)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """A runner with short limits, shared by all tests."""
    with Runner(SHORT) as running:
        yield running


@pytest.fixture(scope="session")
def worlds() -> Iterator[tuple[Company, Company]]:
    """The learner's company, and one the learner has not seen."""
    opened = proven_company(2, 0.02), proven_company(3, 0.02)
    yield opened
    for each in opened:
        each.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
