from __future__ import annotations

import pytest

from champion.lantern import Company
from champion.lantern.stories import traps
from champion.lantern.traps.trap import Trap


def test_traps_are_found() -> None:
    assert len(traps()) >= 10


@pytest.mark.parametrize("trap", traps(), ids=lambda trap: trap.check.__module__.rsplit(".")[-1])
def test_every_trap_holds_on_every_proven_company(
    companies: tuple[Company, ...], trap: Trap
) -> None:
    assert trap.states.endswith(".")
    for company in companies:
        assert trap.check(company) == [], f"seed {company.seed}"
