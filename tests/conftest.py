"""What every test may ask for: the proven companies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from champion.lantern import PROVEN, Company, proven_company


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
