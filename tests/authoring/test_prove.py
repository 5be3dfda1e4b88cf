from __future__ import annotations

from pathlib import Path

import pytest

from champion.authoring.prove import Proof, prove
from champion.authoring.reading import lesson_troubles
from champion.authoring.source import Lesson, read_lesson
from champion.authoring.troubles import task_troubles
from champion.checking.answer import Run
from champion.desk.snippet import runner
from champion.lantern import Company

from .conftest import COUNTING, Edit


def troubles(company: Company, slug: str) -> list[str]:
    """What the proof says of one task of the sample lesson on one company."""
    lesson = read_lesson(COUNTING)
    page = next(page for page in lesson.pages if slug in page.lines)
    task = lesson.key.task(slug)
    assert task is not None
    run: Run = runner(task, company)
    return list(task_troubles(task, page, run))


def read_troubles() -> list[str]:
    return [mistake.what for mistake in lesson_troubles(read_lesson(COUNTING))]


def test_a_sound_lesson_is_proven_on_all_companies_by_the_runner_that_marks(
    course: Path, companies: tuple[Company, ...]
) -> None:
    proof = prove(companies={f"seed {each.seed}": each.folder for each in companies})
    assert proof.text == "3 tasks · 4 wrong answers · 3 companies · all told apart"
    assert proof.holds


def test_a_lesson_that_does_not_hold_names_the_task_the_company_and_the_reason(
    course: Path, edit: Edit, company: Company
) -> None:
    path = edit("lesson", "how_many = sum(rows)", "how_many = len(rows) + 0")
    lines = path.read_text(encoding="utf-8").split("\n")
    heading = lines.index("## How many rows {#how-many-rows minutes=2}") + 1
    proof = prove(companies={"seed 2": company.folder})
    assert not proof.holds
    assert proof.text == (
        f"curriculum/{COUNTING}/lesson.md:{heading}: `how-many-rows` on seed 2: "
        "`added-up` passes; the company does not tell it from the reference\n"
        "3 tasks · 4 wrong answers · 1 companies · 1 trouble"
    )


def test_the_last_line_never_claims_what_was_not_proven() -> None:
    assert "all told apart" not in Proof(1, 1, 3, ()).text.replace("all told apart", "", 1)
    from champion.authoring.mistakes import Mistake

    broken = Proof(1, 1, 3, (Mistake(Path("a.md"), 1, "no"),))
    assert "all told apart" not in broken.text
    assert not broken.holds


@pytest.mark.parametrize("slug", ["how-many-rows", "plays-not-loads", "what-do-you-answer"])
def test_the_sample_tasks_hold(counting: Lesson, company: Company, slug: str) -> None:
    assert troubles(company, slug) == []


def test_a_reference_that_fails_is_told_with_its_error(edit: Edit, company: Company) -> None:
    edit("lesson", "how_many = len(rows)", "how_many = len(row)")
    [told] = troubles(company, "how-many-rows")
    assert told.startswith("the reference does not come to a value: NameError")


def test_two_wrong_answers_of_one_result_are_not_told_apart(edit: Edit, company: Company) -> None:
    edit(
        "exercise",
        "```{code-cell}\n:role: also-right",
        "```{code-cell}\n:role: wrong\n:name: twenty-typed-in\n%%sql accounts_by_plan\n"
        "SELECT * FROM (VALUES ('pro', 20), ('team', 30)) AS t(plan, accounts)\n"
        "ORDER BY plan\n```\n> says · Typed in. Is it?\n\n```{code-cell}\n:role: also-right",
    )
    assert troubles(company, "plays-not-loads") == [
        "`every-row-counted` cannot be told from `twenty-typed-in`",
        "`twenty-typed-in` cannot be told from `every-row-counted`",
    ]


def test_an_other_right_answer_that_is_wrong_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", "AS t(plan, accounts) ORDER BY 1", "AS t(plan, accounts) ORDER BY 2 DESC")
    [told] = troubles(company, "plays-not-loads")
    assert told.startswith("`a-total` should pass: ✗ Plays, not loads")


def test_a_column_that_the_prose_never_names_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", "Columns `plan`, `accounts`;", "Columns `plan` and their number;")
    assert troubles(company, "plays-not-loads") == [
        "the prose never says that the column `accounts` is wanted"
    ]


def test_an_order_by_a_column_that_is_not_there_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", "order=plan", "order=plans")
    assert "`order=plans`: the reference has no such column" in troubles(company, "plays-not-loads")


def test_a_reference_without_rows_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", "AS t(plan, accounts) ORDER BY plan", "AS t(plan, accounts) WHERE false")
    assert any("has no rows" in told for told in troubles(company, "plays-not-loads"))


def test_a_table_task_whose_reference_is_a_number_is_told(edit: Edit, company: Company) -> None:
    edit("lesson", "{#how-many-rows", "{#how-many-rows kind=table")
    assert any("is no table" in told for told in troubles(company, "how-many-rows"))


def test_a_pattern_that_the_reference_itself_fits_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", "source has `= NULL`", "source has `SELECT`")
    assert troubles(company, "plays-not-loads") == [
        "`equals-null` fits the reference's own source; make its `when` narrower"
    ]


def test_a_blank_that_counts_as_an_answer_is_told(edit: Edit, company: Company) -> None:
    edit("exercise", 'reply = "..."', 'reply = "a"')
    assert troubles(company, "what-do-you-answer")[0].startswith("`says-fixed` is not recognised")


def test_advice_must_fit_its_example_and_not_the_reference(edit: Edit, company: Company) -> None:
    edit("exercise", ":name: equals-null\n", ":name: equals-null\n:advice: yes\n")
    edit("exercise", "source has `= NULL`", "source has `VALUES`")
    assert troubles(company, "plays-not-loads") == ["`equals-null` is said of the reference itself"]


def test_a_hint_that_is_the_reference_is_told(edit: Edit) -> None:
    edit("lesson", "> hint 1 · Which", "> hint 1 · Write `how_many  =  LEN(rows)`. Which")
    assert read_troubles() == ["hint 1 of `how-many-rows` is the reference"]


def test_a_page_that_gives_the_reference_away_is_told(edit: Edit) -> None:
    edit("lesson", "Put the number of", "As in `how_many = len(rows)`, put the number of")
    assert read_troubles() == ["the lesson a learner gets holds `how-many-rows`'s reference"]


def test_a_task_without_hints_or_wrong_answers_is_told(edit: Edit) -> None:
    edit("lesson", "> hint 1 · Which function gives the length of a list?", "")
    assert read_troubles() == ["`how-many-rows` has no hint; write `> hint 1 · …`"]


def test_minutes_that_are_half_the_truth_are_told(edit: Edit) -> None:
    edit("lesson", "minutes: 4", "minutes: 12")
    [told] = read_troubles()
    assert told.startswith("says 12 minutes; its words and tasks come to about 3")
