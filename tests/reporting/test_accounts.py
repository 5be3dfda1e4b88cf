"""Finding the account that somebody means."""

from __future__ import annotations

import pandas as pd
import pytest

from champion.problems import Problem
from champion.reporting import accounts

MADE = pd.Timestamp("2024-05-01", tz="UTC")
KNOWN = pd.DataFrame(
    [
        (105, "Harbor & Pine Outfitters"),
        (116, "Café Morgenrot"),
        (120, "Neukölln Nähwerk"),
        (151, "Pinheiros Café Lab"),
        (300, "Pine"),
        (301, "365 Days"),
        *((400 + n, f"Yoga {n}") for n in range(9)),
    ],
    columns=["id", "name"],
).assign(time_zone="UTC", created_at=MADE, closed_at=pd.NaT)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("105", 105),
        (105, 105),
        ("harbor & pine", 105),
        ("HARBOR AND PINE OUTFITTERS", 105),
        ("outfit", 105),
        ("neukolln", 120),
        ("Pinheiros", 151),
        (" cafe  morgenrot ", 116),
    ],
)
def test_a_number_a_name_or_a_part_of_it_finds_the_account(asked, number):
    assert accounts.chosen(KNOWN, asked).id == number


def test_a_whole_name_wins_over_a_part_of_another():
    assert accounts.chosen(KNOWN, "pine").id == 300


def test_several_that_fit_are_listed_in_one_line():
    with pytest.raises(Problem) as told:
        accounts.chosen(KNOWN, "café")
    assert "fits 2 accounts: 116 Café Morgenrot, 151 Pinheiros Café Lab." in str(told.value)
    with pytest.raises(Problem, match=r"fits 9 accounts: .* and 3 more\.") as many:
        accounts.chosen(KNOWN, "yoga")
    assert "\n" not in str(many.value)


@pytest.mark.parametrize("asked", ["Harbour Pine Outfitters", "outfiters"])
def test_a_misspelt_name_is_answered_with_the_nearest(asked):
    with pytest.raises(Problem, match="Nearest: 105 Harbor & Pine Outfitters"):
        accounts.chosen(KNOWN, asked)


@pytest.mark.parametrize("asked", ["", "  ", "!!!", "qqqqqqqq"])
def test_what_is_like_no_name_gets_no_suggestion(asked):
    with pytest.raises(Problem, match="Name it by its number or its name"):
        accounts.chosen(KNOWN, asked)


def test_a_number_that_nobody_has_is_said():
    with pytest.raises(Problem, match="There is no account 99999"):
        accounts.chosen(KNOWN, "99999")


def test_names_of_files_are_plain_on_every_system():
    slugs = {accounts.chosen(KNOWN, number).slug for number in (105, 116, 120)}
    assert slugs == {"105-harbor-pine-outfitters", "116-cafe-morgenrot", "120-neukolln-nahwerk"}
    in_another_script = accounts.Account(7, "山の上カフェ/../con", "UTC", MADE.to_pydatetime())
    assert in_another_script.slug == "7-con"
