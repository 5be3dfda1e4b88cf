"""One lab and one browser for all journeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from . import driver


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser; without one, the journeys are skipped and say so."""
    if driver.browser_path() is None:
        pytest.skip(f"no browser here: none of {', '.join(driver.BROWSERS)}")
    with driver.browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[driver.OpenLab]:
    """`champion lab` on a folder with a space and an accent."""
    work = tmp_path_factory.mktemp("e2e") / "mon travail été"
    inbox = tmp_path_factory.mktemp("inbox")
    with driver.open_lab(work, inbox) as opened:
        yield opened


@pytest.fixture
def learner(browser: Browser, lab: driver.OpenLab) -> Iterator[driver.Learner]:
    """Someone new at the browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    yield driver.Learner(context.new_page(), lab)
    context.close()
