"""The verdict on a decision: the move first, then whether its evidence is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from champion.checking.canonical import canonical, from_wire, to_wire
from champion.checking.evidence import Evidence
from champion.checking.judge import judge
from champion.checking.key import Need, Wrong
from champion.checking.verdict import Verdict

from .letters_to_hamish import fact, utc
from .making import answer, runs, task

REQUEST = "9f8e7d6c5b4a3921"
EVIDENCE = Evidence(
    facts=(
        fact("request id", REQUEST),
        fact("job", 48211),
        fact("other job", 48212),
        fact("moment", utc(2026, 3, 27, 13, 5, 9)),
    ),
    said="L-1131\nIt was 300 videos.",
    zone="Africa/Johannesburg",
    now=utc(2026, 3, 31, 12),
)
DECISION = task(
    slug="decide",
    title="Decide",
    kind="decision",
    variable="decision",
    blank="decision = [...]",
    reference="right",
    evidence=("evidence = {}",),
    needs=(
        Need("request id", "The developers find the call by it."),
        Need("job", "The job that waits."),
    ),
    wrong=(
        Wrong("answered", "What would you tell them? Nothing is mended.", source="answer"),
        Wrong("stopped", "Nothing dangerous was asked for.", source="stop"),
        Wrong("the-other-job", "That job went well. Which one waits?", source="other"),
        Wrong("both", "Two jobs are in your list. Which one waits?", source="both", advice=True),
        Wrong("typed", "Say it without `set`.", when=("source has `set`",)),
    ),
)
RUN = runs(
    {
        "right": ["escalate", REQUEST, 48211],
        "answer": "answer",
        "stop": "stop",
        "other": ["escalate", 48212],
        "both": ["escalate", REQUEST, 48211, 48212],
    }
)


def said(value: Any, source: str = "") -> Verdict:
    return judge(DECISION, answer(value, source), RUN, lambda: EVIDENCE)


@pytest.mark.parametrize(
    "value",
    [
        ["escalate", REQUEST, "job 48211"],
        ["Escalate", 48211, REQUEST.upper()],
        ("escalate", "48211", f"request {REQUEST}"),
        [" escalate. ", f"job #48211, request {REQUEST}"],
        ["escalate", [REQUEST, 48211]],
        ["escalate", REQUEST, pd.Series([48211])[0], pd.Timestamp("2026-03-27 13:05:09+00:00")],
        ["escalate", REQUEST, "JOB-48211", "since 27 March, 15:05 their time"],
        ["escalate", REQUEST, 48211, "stuck since Friday, 300 videos"],
    ],
)
def test_the_right_move_with_its_evidence_passes_however_it_is_written(value: Any) -> None:
    verdict = said(value)
    assert verdict.message == "✓ Decide: right."


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["escalate48211"], "`escalate48211`: the move and what follows are a single text."),
        ("answer, job 48211", "`answer, job 48211`: the move and what follows are a single text."),
        (pd.DataFrame({"id": [1]}), "`decision` is a table, and this task wants a list."),
        (48211, "`decision` is no list."),
        (["job 48211", "escalate"], "Your list begins with `job 48211`, which is no move."),
    ],
)
def test_a_list_that_begins_with_no_move_is_told_what_it_is(value: Any, says: str) -> None:
    assert said(value).message.startswith(f"✗ Decide: not yet. {says}\n")


def test_a_list_survives_the_way_out_of_the_learners_process() -> None:
    value = canonical(["escalate", REQUEST, 48211, None, 2.5])
    assert from_wire(to_wire(value)) == value
    assert value.items == ("escalate", REQUEST, "48211", "NULL", "2.5")  # type: ignore[union-attr]


def test_a_wrong_move_gets_its_own_words_before_any_evidence_is_looked_at() -> None:
    verdict = said(["answer", REQUEST, 48211])
    assert verdict.mistakes == ("answered",)
    assert verdict.message.startswith("✗ Decide: not yet. What would you tell them?")
    assert said("stop").mistakes == ("stopped",)


def test_missing_evidence_is_told_by_its_label_and_never_by_its_value() -> None:
    verdict = said(["escalate", "job 48211"])
    assert verdict.outcome == "wrong"
    assert verdict.message == (
        "✗ Decide: not yet. The move is right, and its evidence is not complete.\n"
        "  Not in your list yet: `request id`: The developers find the call by it."
    )
    assert "Not in your list yet: `job`" in said(["escalate"]).message
    assert REQUEST not in said(["escalate"]).message
    assert "48211" not in said(["escalate"]).message


def test_a_named_wrong_piece_of_evidence_is_recognised() -> None:
    verdict = said(["escalate", REQUEST, "48212"])
    assert verdict.mistakes == ("the-other-job",)
    assert "Not in your list yet: `job`" in verdict.message


def test_whoever_lists_all_candidates_side_by_side_hears_of_it() -> None:
    verdict = said(["escalate", REQUEST, 48211, "48212"])
    assert verdict.message == (
        "✓ Decide: right.\n  A remark: Two jobs are in your list. Which one waits?"
    )
    told = ["escalate", REQUEST, "48211; the job before it, 48212, went well"]
    assert not said(told).advice


@pytest.mark.parametrize(
    "given",
    [
        [REQUEST, "job 482110"],
        [REQUEST, "148211"],
        [REQUEST, "job148211"],
        [REQUEST, 4821],
        [REQUEST, "4 8 2 1 1"],
        [REQUEST[:-1], 48211],
        [REQUEST + "0", 48211],
    ],
)
def test_a_longer_or_shorter_id_is_another_id(given: list[Any]) -> None:
    verdict = said(["escalate", *given])
    assert verdict.outcome == "wrong"
    assert verdict.message.count("Not in your list yet:") == 1


def test_an_id_of_letters_alone_is_recognised_too_and_never_inside_a_longer_word() -> None:
    films = replace(DECISION, wrong=(Wrong("the-other-film", "Which one moved?", source="film"),))
    film = runs({"right": ["escalate", REQUEST, 48211], "film": ["escalate", "qpvbxsthwz"]})

    def said(piece: str) -> str:
        given = answer(["escalate", piece], "decision = …")
        return judge(films, given, film, lambda: EVIDENCE).message

    assert "Which one moved?" in said("qpvbxsthwz")
    assert "Which one moved?" in said("the film qpvbxsthwz, twice")
    assert "Which one moved?" not in said("qpvbxsthwzz")


@pytest.mark.parametrize(
    ("piece", "is_named"),
    [
        ("it is in Wool 2025", True),
        ("in the folder wool 2025", True),
        ("not at the top, in Wool 2025", True),
        ("not deleted; Wool 2025", True),
        ("not in the list but in Wool 2025", True),
        ("it is not in Wool 2025", False),
        ("Not in the folder 'wool 2025'", False),
        ("it isn't in Wool 2025", False),
        ("it is no longer in the Wool 2025", False),
    ],
)
def test_a_place_where_something_is_not_is_not_named_as_the_one_where_it_is(
    piece: str, is_named: bool
) -> None:
    places = replace(DECISION, needs=(Need("place", "where it lies"),))
    evidence = replace(EVIDENCE, facts=(*EVIDENCE.facts, fact("place", "Wool 2025")))
    verdict = judge(places, answer(["escalate", piece]), RUN, lambda: evidence)
    assert verdict.passed == is_named


def test_what_does_not_belong_is_remarked_on_after_it_passed() -> None:
    verdict = said(["escalate", REQUEST, 48211, "job 51000", "please hurry"])
    assert verdict.passed
    [remark] = verdict.advice
    assert remark.startswith("`job 51000` is no part of this ticket's evidence.")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([REQUEST, "escalate"], f"Your list begins with `{REQUEST}`, which is no move."),
        (5, "`decision` is no list."),
        ({"move": "escalate"}, "`decision` is no list."),
        (["escalate", *range(100)], "You name 49 pieces of evidence; at most 20 are read."),
    ],
)
def test_what_is_no_decision_is_told_its_form(value: Any, says: str) -> None:
    verdict = said(value)
    assert verdict.outcome == "wrong"
    assert says in verdict.message


@pytest.mark.parametrize("value", [..., "...", ["..."], ["…", "..."]])
def test_a_blank_is_not_attempted(value: Any) -> None:
    assert said(value).outcome == "not attempted"


def test_a_key_without_the_evidence_it_asks_for_is_broken() -> None:
    verdict = judge(
        DECISION, answer(["escalate"]), RUN, lambda: replace(EVIDENCE, facts=EVIDENCE.facts[:1])
    )
    assert verdict.outcome == "error"
    assert "its evidence has no `job`" in verdict.message


TIMED = replace(DECISION, needs=(Need("moment", "when it broke"),))


@pytest.mark.parametrize(
    "given",
    [
        ["2026-03-27 13:05"],
        ["2026-03-27 13.05"],
        ["27.03.2026 13.05, in UTC"],
        ["2026-03-27 13:05:09"],
        ["27 March, 13:05 UTC"],
        ["it broke at 2026-03-27T13:05:09Z"],
        ["2026-03-27 15:05:09 SAST"],
        ["2026-03-27", "13:05:09"],
        [pd.Timestamp("2026-03-27 13:05:09+00:00")],
    ],
)
def test_a_moment_is_named_by_its_day_and_time(given: list[Any]) -> None:
    verdict = judge(TIMED, answer(["escalate", *given]), RUN, lambda: EVIDENCE)
    assert verdict.message == "✓ Decide: right."


@pytest.mark.parametrize(
    "given",
    ["2026-03-27", "13:05:09", "yesterday", "2026-03-27 13.06",
     "2026-03-27 13.05 GB", "2026-03-27 13:05:33", "2026-03-27 13:06",
     "2026-03-27 15:05:09", "2026-03-26 13:05:09", "2026-03-27 1 pm"],
)  # fmt: skip
def test_a_day_alone_or_another_moment_does_not_name_a_moment(given: str) -> None:
    verdict = judge(TIMED, answer(["escalate", given]), RUN, lambda: EVIDENCE)
    assert "Not in your list yet: `moment`: when it broke" in verdict.message
