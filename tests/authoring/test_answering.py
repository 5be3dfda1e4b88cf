"""A lesson with a reply and a decision, from its source to a mentor's report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from champion.authoring.notebook import Notebook, learner_notebook, solved_notebook
from champion.authoring.prove import prove
from champion.authoring.source import Lesson, read_lesson
from champion.authoring.troubles import task_troubles
from champion.checking.key import Task, from_json, to_json
from champion.desk import snippet
from champion.desk.evidence import gather
from champion.lantern import Company
from champion.marking import report as reporting
from champion.marking.feedback import write_feedback
from champion.marking.limits import Limits
from champion.marking.mark import mark
from champion.marking.memory import Memory
from champion.problems import Problem

SOURCES = Path(__file__).parent / "answering"
ANSWERING = "1-querying/05-answering"
EXERCISE = f"curriculum/{ANSWERING}/exercise.md"
PLANNED = """\
[lessons]
"0-start/01-welcome" = "Welcome"
"1-querying/05-answering" = "Answering"

[routes.core]
title = "Core"
lessons = ["0-start/01-welcome", "1-querying/05-answering"]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "course"
    shutil.copytree(SOURCES, home / "curriculum")
    (home / "curriculum" / "routes.toml").write_text(PLANNED, encoding="utf-8")
    monkeypatch.setenv("CHAMPION_COURSE", str(home))
    for name in ("CHAMPION_COMPANY", "CHAMPION_WORK", "CHAMPION_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


Edit = Callable[[str, str], None]


@pytest.fixture
def edit(course: Path) -> Edit:
    """Replaces text in the exercise; the text must be there."""
    path = course / EXERCISE

    def change(old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def lesson(course: Path) -> Lesson:
    return read_lesson(ANSWERING)


def task_of(lesson: Lesson, slug: str) -> Task:
    found = lesson.key.task(slug)
    assert found is not None
    return found


def troubles(company: Company, slug: str) -> list[str]:
    lesson = read_lesson(ANSWERING)
    task = task_of(lesson, slug)
    run = snippet.runner(task, company)
    evidence = gather(task, company)
    return list(task_troubles(task, lesson.pages[1], run, lambda: evidence))


def test_replies_and_decisions_are_proven_on_three_companies(
    course: Path, companies: tuple[Company, ...]
) -> None:
    proof = prove(companies={f"seed {each.seed}": each.folder for each in companies})
    assert proof.text == "3 tasks · 8 wrong answers · 3 companies · all told apart"


def test_the_key_holds_what_the_learner_does_not_see(lesson: Lesson) -> None:
    reply = task_of(lesson, "write-to-hamish")
    assert reply.kind == "reply"
    assert reply.ticket == reply.closes == "L-1136"
    assert reply.home
    assert task_of(lesson, "mareks-videos").home
    assert [need.label for need in reply.needs] == ["day of the bounce", "server's answer"]
    assert reply.rubric[1:] == (
        "It asks for one thing, and says who has to do it.",
        "It is friendly without a fuss.",
    )
    assert from_json(to_json(lesson.key)) == lesson.key
    seen = json.dumps(learner_notebook(lesson, lesson.pages[1], {}))
    for hidden in ("hard_bounced", "bulk_delete", "It asks for one thing", "my_evidence"):
        assert hidden not in seen


def test_a_solved_copy_has_the_evidence_in_front_of_its_reference(lesson: Lesson) -> None:
    cells = solved_notebook(lesson, lesson.pages[1], {})["cells"]
    ids = [cell["id"] for cell in cells]
    at = ids.index("write-to-hamish-answer")
    assert ids[at - 2 : at] == ["write-to-hamish-helper-1", "write-to-hamish-helper-2"]
    assert "hard_bounced" in cells[at - 1]["source"]


MISTAKES = {
    "evidence that makes nothing": (
        'evidence = {\n    "first job"', 'found = {\n    "first job"',
        "no evidence cell of this task makes `evidence`",
    ),
    "a label that is not made": (
        "> must day of the bounce ·", "> must the day ·",
        "the evidence cells never make `the day`",
    ),
    "a label named twice": (
        "> evidence second job ·", "> evidence first job ·", "`first job` is named twice",
    ),
    "no label": ("> must day of the bounce ·", "> must ·", "write the label and why"),
    "no why": (
        "> evidence moment · the moment they were deleted", "> evidence moment ·",
        "write the label and why it is needed: `> evidence label · why`",
    ),
    "the other kind's note": (
        "> evidence moment ·", "> must moment ·",
        "a decision names what it needs by `> evidence label · why`",
    ),
    "no ticket": (" closes=L-1136", "", "say which ticket it answers: `ticket=L-1136`"),
    "a ticket that is none": ("ticket=L-1130", "ticket=1130", "`ticket=1130`: ticket is a ticket"),
    "a rubric of a decision": (
        "> hint 1 · Which table", "> rubric · Is it kind?\n>\n> hint 1 · Which table",
        "only a reply has a rubric",
    ),
    "a move unexplained": (
        ":choice: stop", ":choice: wait", "the move `stop` explains itself nowhere",
    ),
    "a reference without a move": (
        'decision = ["escalate", evidence["first job"], ev',
        'decision = ["tell", evidence["first job"], ev',
        "the reference of a decision begins with one of",
    ),
    "advice on a reply": (
        ":name: spam-folder\n", ":name: spam-folder\n:advice: yes\n",
        "every remark on a reply is advice already",
    ),
    "a reply's pattern elsewhere": (
        "> says · Nothing here is", "> when · reply has `stop`\n> says · Nothing here is",
        "`reply …` looks at a reply; this task has none",
    ),
    "evidence in another kind": (
        "kind=decision minutes=5 ticket=L-1130", "kind=value minutes=5",
        "an `evidence` cell belongs in a task with `kind=reply` or `kind=decision`",
    ),
    "a kind that is none": ("kind=reply", "kind=letter", "`kind=letter`: kind is one of"),
    "a bad pattern": ("reply matches `(look", "reply says `(look", "not a pattern"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_malformed_task_is_one_clear_line_with_its_place(
    course: Path, edit: Edit, name: str
) -> None:
    old, new, said = MISTAKES[name]
    edit(old, new)
    with pytest.raises(Problem) as problem:
        read_lesson(ANSWERING)
    lines = [line for line in str(problem.value).splitlines() if said in line]
    assert lines, str(problem.value)
    assert f"{EXERCISE}:" in lines[0]
    assert lines[0].split(":")[1].isdigit()


@pytest.mark.parametrize(
    ("slug", "word"), [("write-to-hamish", "must"), ("mareks-videos", "evidence")]
)
def test_a_task_that_rests_on_nothing_says_what_it_lacks(
    course: Path, slug: str, word: str
) -> None:
    path = course / EXERCISE
    text = path.read_text(encoding="utf-8").replace(":role: evidence", ":role: show")
    kept = [line for line in text.split("\n") if not line.startswith(f"> {word} ")]
    bare = [line.removeprefix("> rubric · ") for line in kept if not line.startswith("> - ")]
    path.write_text("\n".join(bare), encoding="utf-8")
    with pytest.raises(Problem) as problem:
        read_lesson(ANSWERING)
    said = str(problem.value)
    kind = "reply" if word == "must" else "decision"
    assert f"a {kind} rests on evidence; add a cell with `:role: evidence`" in said
    assert f"say what a right {kind} names: `> {word} label · why it is needed`" in said


def test_a_model_reply_that_quotes_what_is_not_in_evidence_is_no_proof(
    edit: Edit, company: Company
) -> None:
    edit("mails were held\nback", "mails of 99 were held\nback")
    [said] = troubles(company, "write-to-hamish")
    assert said.startswith("the reference earns a remark: line 6: `99`")


def test_a_wrong_reply_that_earns_nothing_or_another_s_words_is_no_proof(
    edit: Edit, company: Company
) -> None:
    edit(". It will be fixed by Friday.", ". It came back.")
    [said] = troubles(company, "write-to-hamish")
    assert said.startswith("`promised-a-day` is not recognised")
    edit("your server refused our mails. Please", "your server refused our mails by Friday. Please")
    edit(". It came back.", ".")
    assert troubles(company, "write-to-hamish")


def test_what_must_be_said_is_said_in_the_prose_first(edit: Edit, company: Company) -> None:
    edit("says the day since which nothing is sent, and", "says")
    [said] = troubles(company, "write-to-hamish")
    assert said.startswith("the prose never says that `day of the bounce` is wanted")


def test_a_decision_s_wrong_move_that_is_right_is_no_proof(edit: Edit, company: Company) -> None:
    edit('decision = ["escalate", evidence["first job"]]', 'decision = ["stop"]')
    said = troubles(company, "mareks-videos")
    assert any("cannot be told from" in each for each in said)


def test_a_broken_evidence_cell_names_its_error(edit: Edit, company: Company) -> None:
    edit('bulk["queued_at"].iloc[0]', 'bulk["queued"].iloc[0]')
    said = troubles(company, "mareks-videos")
    assert "KeyError: 'queued'" in said[0]


GOOD = '''reply = """
Hello Hamish,

a mail to you bounced on {:%d %B}, so we stopped.
Your provider can tell whether the mailbox exists.

Best, Tom
"""'''
REMARKED = GOOD.replace("so we stopped.", "and 1,999 others too.")
LEAKING = GOOD.replace("so we stopped.", "as at Tamarind Cookery.")
DECIDED = """
%%sql jobs
SELECT j.id, j.queued_at FROM background_jobs j JOIN tickets t ON t.account_id = j.account_id
WHERE t.reference = 'L-1130' AND j.kind = 'bulk_delete'
""".strip()


def filled(lesson: Lesson, reply: str, decision: str) -> Notebook:
    notebook = learner_notebook(lesson, lesson.pages[1], {})
    answers = {"write-to-hamish": reply, "mareks-videos": decision}
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        known = cell["metadata"]["champion"]
        if known["role"] == "answer":
            if known["task"] == "mareks-videos":
                cells.append({**cell, "id": "mine", "metadata": {}, "source": DECIDED})
            cell["source"] = answers[known["task"]]
        cells.append(cell)
    return {**notebook, "cells": cells}


def test_marking_gives_the_mentor_the_reply_its_remarks_and_the_rubric(
    lesson: Lesson, companies: tuple[Company, ...], tmp_path: Path
) -> None:
    worlds = companies[1:]
    bounce = gather(task_of(lesson, "write-to-hamish"), worlds[0]).moments[0]
    decision = 'decision = ["escalate", *jobs["id"], jobs["queued_at"][0]]'
    typed = 'decision = ["escalate", "jobs 22401 and 22402", "15 March"]'
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, reply, decided in (
        ("a good", GOOD.format(bounce), decision),
        ("b remarked", REMARKED.format(bounce), typed),
        ("c leaking", LEAKING.format(bounce), "decision = 'escalate'"),
        ("d endless", 'reply = "x" * 10**7', "decision = [[[]]] * 10**5"),
        ("e binary", 'reply = "\\x00\\x1b[2J \\ud800" * 2500', "decision = ['escalate', b'\\xff']"),
    ):
        handed_in = {
            "format": 1,
            "learner": name,
            "lesson": ANSWERING,
            "page": "exercise",
            "submitted_at": "2026-04-01T09:00:00+00:00",
            "notebook": filled(lesson, reply, decided),
            "attempts": [],
        }
        (inbox / f"{name}.json").write_text(json.dumps(handed_in), encoding="utf-8")
    memory = Memory(tmp_path / "marks")
    made = [
        mark(
            [inbox],
            worlds,
            keys=[lesson.key],
            pages=lambda *_: learner_notebook(lesson, lesson.pages[1], {}),
            remembered=memory,
            limits=Limits(cell_seconds=5, notebook_seconds=30),
            workers=1,
        )
        for _ in range(2)
    ]
    assert replace(made[0], marked_at="") == replace(
        made[1],
        marked_at="",
        submissions=tuple(
            replace(again, isolation=first.isolation)
            for first, again in zip(made[0].submissions, made[1].submissions, strict=True)
        ),
    )
    good, remarked, leaking, endless, binary = made[0].submissions
    outcomes = [[task.verdict for task in each.tasks] for each in made[0].submissions]
    assert outcomes[:4] == [
        ["with mentor", "passed"],
        ["with mentor", "wrong"],
        ["wrong", "wrong"],
        ["wrong", "wrong"],
    ]
    assert remarked.tasks[0].reply.startswith("Hello Hamish,\n\na mail to you bounced")
    assert [(each.line, each.piece) for each in remarked.tasks[0].remarks] == [(3, "1,999")]
    assert remarked.tasks[0].rubric == task_of(lesson, "write-to-hamish").rubric
    assert leaking.tasks[0].remarks[0].sort == "leak"
    assert "Your reply has 10,000,000 characters" in endless.tasks[0].message
    assert [task.verdict for task in binary.tasks] == ["with mentor", "wrong"]
    assert binary.tasks[0].message.replace("\n", "").isprintable()
    assert good.tasks[0].remarks == ()

    form = reporting.as_json(made[0])
    jsonschema.validate(form, json.loads(reporting.SCHEMA.read_text(encoding="utf-8")))
    text = reporting.as_text(made[0])
    assert "      … 5.2" not in text
    assert "        3 a mail to you bounced" in text
    assert "      ! line 3: `1,999`: this number stands neither" in text
    assert "      ☐ It is friendly without a fuss." in text

    [*_] = write_feedback(made[0], inbox)
    told = json.loads(
        (inbox / "feedback" / "b-remarked" / "1-querying--05-answering.json").read_text("utf-8")
    )
    assert told["tasks"][0]["verdict"] == "with mentor"
    assert told["tasks"][0]["remarks"][0]["line"] == 3
    assert "line 3: `1,999`" in told["tasks"][0]["message"]
