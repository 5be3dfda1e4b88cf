from __future__ import annotations

from typing import Any

import pytest

from champion.lantern import accounts, content, money, signups, support, users, viewing
from champion.lantern.cast import FIRST_LATECOMER, cast
from champion.lantern.ledger import Ledger

STEPS = (
    money.add_plans,
    support.add_agents,
    accounts.add_accounts,
    users.add_users,
    money.add_subscriptions,
    content.add_folders,
    content.add_videos,
    viewing.add_viewing,
    support.add_tickets,
)


def _everything() -> dict[str, set[tuple[Any, ...]]]:
    ledger = Ledger(7, 0.005)
    for step in STEPS:
        step(ledger)
    return {
        table: set(
            zip(
                *(zip(each.values, each.gaps(), strict=True) for each in rows.values()), strict=True
            )
        )
        for table, rows in ledger.closed().items()
        if len(rows["id"])
    }


def test_who_joins_the_cast_later_moves_nobody_elses_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    with_all = _everything()
    first = tuple(member for member in cast() if member.id < FIRST_LATECOMER)
    for module in (signups, users, content):
        monkeypatch.setattr(module, "cast", lambda: first)
    without = _everything()
    assert len(with_all["accounts"]) > len(without["accounts"])
    assert [table for table in without if without[table] - with_all[table]] == []


def test_latecomers_have_no_videos_but_those_of_their_stories() -> None:
    assert all(member.quiet for member in cast() if member.id >= FIRST_LATECOMER)
