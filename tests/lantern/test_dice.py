from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champion.lantern.dice import Dice, along, below, mixed, pick


def test_the_finaliser_gives_the_published_sequence_of_splitmix64() -> None:
    gamma = np.uint64(0x9E3779B97F4A7C15)
    counters = gamma * np.arange(1, 4, dtype=np.uint64)
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert mixed(counters).tolist() == published


def test_the_same_question_gets_the_same_answer_and_another_field_another() -> None:
    dice = Dice(1)
    ids = np.arange(1000)
    assert (dice.roll("t", "f", ids) == dice.roll("t", "f", ids)).all()
    for other in (dice.roll("t", "g", ids), dice.roll("u", "f", ids), Dice(2).roll("t", "f", ids)):
        assert (dice.roll("t", "f", ids) != other).all()


def test_a_row_keeps_its_draw_when_other_rows_come_and_go() -> None:
    dice = Dice(7)
    assert dice.roll("t", "f", [5])[0] == dice.roll("t", "f", np.arange(10))[5]


def test_a_die_shows_every_side_about_as_often() -> None:
    counts = np.bincount(below(Dice(1).roll("t", "f", np.arange(60_000)), 6))
    assert len(counts) == 6
    assert counts.min() > 9_600
    assert counts.max() < 10_400


def test_a_die_has_two_to_the_32_sides_at_most() -> None:
    with pytest.raises(ValueError, match="sides"):
        below(Dice(1).roll("t", "f", [1]), (1 << 32) + 1)
    with pytest.raises(ValueError, match="sides"):
        Dice(1).one("t", "f", 1, (1 << 32) + 1)


@given(st.integers(), st.integers(-(1 << 63), (1 << 63) - 1), st.integers(1, 1 << 32))
def test_one_throw_shows_what_it_shows_among_many(seed: int, entity: int, sides: int) -> None:
    dice = Dice(seed)
    assert dice.one("t", "f", entity, sides) == below(dice.roll("t", "f", entity), sides)[0]


def test_weights_are_kept_and_a_weight_of_zero_is_never_drawn() -> None:
    counts = np.bincount(Dice(1).pick("t", "f", np.arange(40_000), (1, 0, 3)), minlength=3)
    assert counts[1] == 0
    assert 2.85 < counts[2] / counts[0] < 3.15


def test_huge_weights_are_drawn_in_proportion() -> None:
    drawn = pick(Dice(1).roll("t", "f", np.arange(40_000)), (1 << 40, 3 << 40))
    assert 2.85 < (drawn == 1).sum() / (drawn == 0).sum() < 3.15


def test_a_curve_is_followed_through_its_quantiles() -> None:
    drawn = along(Dice(1).roll("t", "f", np.arange(40_000)), (0, 10, 100))
    assert drawn.min() == 0
    assert drawn.max() == 99
    assert abs(int((drawn < 10).sum()) - 20_000) < 400


def test_shuffling_keeps_everything_and_moves_with_the_seed() -> None:
    orders = {tuple(Dice(seed).shuffled("t", "f", 1, 8)) for seed in range(20)}
    assert len(orders) > 15
    assert all(sorted(order) == list(range(8)) for order in orders)
