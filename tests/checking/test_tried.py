"""What a learner reads of a change that was undone and was not the wanted one."""

from __future__ import annotations

import pytest

from champion.checking.contrast import withheld
from champion.checking.nested import Group
from champion.checking.values import Other, Scalar


def _answer(number: int, *tried: str, left: str = "a copy as it was made") -> Group:
    return Group("list", (Scalar("number", number), Other(left, items=tried, whole=True)))


WANTED = _answer(10, "`email` of `users` 77")


@pytest.mark.parametrize(
    ("mine", "begins"),
    [
        (_answer(10, "`email` of `users` 78"), "The numbers are right, and `email` of `users`"),
        (_answer(9, "`email` of `users` 78"), "9 is there and should not be."),
        (_answer(10), "Nothing was changed in this copy"),
        (
            _answer(10, "`account_id` of `users` 5", "`email` of `users` 77"),
            "It was undone, and until then `account_id` of `users` had changed",
        ),
        (_answer(10, "`rows` of `users` 9"), "It was undone, and until then the number of rows of"),
        (_answer(10, "`email` of `users` 77", left="a copy with other rows"), "Yours is a copy wi"),
    ],
)
def test_an_undone_change_is_told_by_its_columns(mine: Group, begins: str) -> None:
    assert withheld(mine, WANTED)[0].startswith(begins)


def test_rows_that_are_gone_are_not_looked_for_behind_set() -> None:
    said = " ".join(withheld(_answer(10, "`rows` of `users` 9"), WANTED))
    assert "leaves every row there" in said
    assert "SET" not in said
