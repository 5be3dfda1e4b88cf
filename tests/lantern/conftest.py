"""What tests of the sample company may ask for beyond the proven companies all at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.lantern import reading

from champion.lantern import PROVEN, Company, proven_company


@pytest.fixture(params=PROVEN, ids=lambda proven: f"seed {proven[0]}", scope="module")
def one(request: pytest.FixtureRequest) -> Iterator[Company]:
    """One proven company after the other."""
    opened = proven_company(*request.param)
    yield opened
    opened.close()
    reading.forget()
