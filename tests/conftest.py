"""What every test may ask for: the proven companies, and to go on without rights."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from champion.lantern import PROVEN, Company, proven_company

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A run in the background of a shell ignores Ctrl-C, and what it starts would do so, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def companies() -> Iterator[tuple[Company, ...]]:
    """All proven companies: seed 1 at full size, seeds 2 and 3 small."""
    opened = tuple(proven_company(seed, scale) for seed, scale in PROVEN)
    yield opened
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def company() -> Iterator[Company]:
    """The small proven company of seed 2."""
    opened = proven_company(2, 0.02)
    yield opened
    opened.close()


@pytest.fixture
def as_nobody(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Go on as a user without rights: root may write to a read-only folder."""

    @contextmanager
    def ordinary() -> Iterator[None]:
        if os.name == "nt":
            pytest.skip("rights work differently on Windows")
        for folder in (tmp_path, *tmp_path.parents):
            mode = folder.stat().st_mode
            if mode & 0o055 != 0o055:
                folder.chmod(mode | 0o055)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield
        finally:
            if root:
                os.seteuid(0)

    return ordinary
