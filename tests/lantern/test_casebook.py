from __future__ import annotations

import re

import pytest

from champion.lantern import casebook
from champion.lantern.cast import member
from champion.lantern.stories import cases, truths
from champion.problems import Problem


def test_every_case_is_there_with_its_customer_and_its_truth() -> None:
    text = casebook.text(2, 0.02)
    flat = " ".join(text.split())
    for case in cases():
        assert f"{case.ticket}  {member(case.account).name} (account {case.account}" in text
        truth = truths(2)[case.ticket]
        assert truth.cause in flat
        assert all(f"evidence {key}: " in flat for key in truth.evidence)


def test_it_says_when_the_developers_are_needed() -> None:
    entries = casebook.text(2).split("\n\n")[1:]
    said = {entry.split()[0]: entry.split()[-1] for entry in entries}
    assert said == {
        ticket: "yes" if truth.escalate else "no" for ticket, truth in truths(2).items()
    }
    assert {"yes", "no"} <= set(said.values())


def test_moments_are_read_as_moments_and_lines_fit_the_screen() -> None:
    text = casebook.text(3)
    assert re.search(r"trial_ends_at: 2026-04-\d\d \d\d:\d\d:\d\d UTC", text)
    assert not re.search(r"\d{13}", text)
    assert max(map(len, text.splitlines())) <= casebook.WIDTH


def test_evidence_moves_with_the_seed_and_not_with_the_scale() -> None:
    one, same, other = (casebook.text(*which) for which in ((2, 0.02), (2, 1), (3, 0.02)))
    assert one.split("\n")[1:] == same.split("\n")[1:]
    assert one.split("\n")[1:] != other.split("\n")[1:]


@pytest.mark.parametrize(("seed", "scale"), [("one", 1), (1, 0), (1, "large")])
def test_a_seed_or_a_scale_that_makes_no_sense_is_one_line(seed: object, scale: object) -> None:
    with pytest.raises(Problem) as told:
        casebook.text(seed, scale)  # type: ignore[arg-type]
    assert "\n" not in str(told.value)
