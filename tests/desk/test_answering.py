"""A reply and a decision in the notebook: text first, the ticket's end, and the panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.conftest import CHOICE, COUNT, LESSON, Notebook

from champion.checking.evidence import Evidence
from champion.checking.key import Key, Need, Task, Wrong, to_json
from champion.desk import check, panel, progress, session
from champion.desk.evidence import gather
from champion.lantern import Company

SQL = """%%sql hamish
SELECT e.event, e.detail, e.address, e.happened_at FROM email_events e
JOIN tickets t ON t.requester_id = e.user_id WHERE t.reference = 'L-1136'"""
MADE = """bounce = hamish[hamish["event"] == "hard_bounced"].iloc[0]
evidence = {"bounce": bounce["happened_at"], "address": bounce["address"], "rows": len(hamish)}"""
REPLY = Task(
    slug="write-to-hamish",
    lesson=LESSON,
    page="exercise",
    number="1.3",
    title="Write to Hamish",
    minutes=5,
    kind="reply",
    variable="mail",
    blank="mail = ...",
    reference="mail = f\"Hello Hamish, a mail bounced on {evidence['bounce']:%Y-%m-%d}. Tom\"",
    after="Short is fine.",
    home=True,
    ticket="L-1136",
    evidence=(SQL, MADE),
    needs=(Need("bounce", "The day it bounced."),),
    rubric=("Is it friendly?",),
    closes="L-1136",
    thanks="Thank you!",
    next_ticket="L-1003",
    next_lesson="1-querying/02-filtering",
)
DECISION = Task(
    slug="decide-on-hamish",
    lesson=LESSON,
    page="exercise",
    number="1.4",
    title="Decide on Hamish",
    minutes=3,
    kind="decision",
    variable="decision",
    blank="decision = [...]",
    reference='decision = ["answer", evidence["address"]]',
    ticket="L-1136",
    evidence=(SQL, MADE),
    needs=(Need("address", "The address that is held back."),),
    wrong=(Wrong("handed-on", "What could a developer do?", source='decision = "escalate"'),),
)
CHECK = 'check("write-to-hamish")'


@pytest.fixture
def desk(notebook: Notebook, course: Path) -> Notebook:
    """A notebook whose course has a reply and a decision, too."""
    path = course / "build" / "keys" / f"{LESSON}.json"
    key = Key(LESSON, "One table", (COUNT, CHOICE, REPLY, DECISION))
    path.write_text(to_json(key), encoding="utf-8")
    return notebook


@pytest.fixture
def day(company: Company) -> str:
    return f"{gather(REPLY, company).moments[0]:%Y-%m-%d}"


def write(desk: Notebook, text: str) -> str:
    desk.run(f'mail = """{text}"""')
    return desk.run(CHECK).text


def test_a_reply_closes_its_ticket_and_waits_for_the_mentor(desk: Notebook, day: str) -> None:
    said = write(desk, f"Hello Hamish, a mail to you bounced on {day}. Tom")
    assert said.splitlines()[0] == (
        "… Write to Hamish: written, and for your mentor to read. No number, date, id, name or "
        "promise in it stands out; whether it is right and kind, no program can tell."
    )
    assert f"      Hello Hamish, a mail bounced on {day}. Tom" in said
    assert said.splitlines()[-3:] == [
        "  Ticket L-1136 is answered by you; waiting for your mentor.",
        '  To the colleague\'s reply the customer said: "Thank you!"',
        "  Next: ticket L-1003. The lesson for it, 1-querying/02-filtering, "
        "is still being written.",
    ]
    assert "answered by you; waiting for your mentor" in desk.run('ticket("L-1136")').text
    assert "… with mentor" in desk.run("queue()").text
    assert "✓ solved" not in desk.run("queue()").text
    assert "1 of 4 solved" in desk.run("queue()").text
    assert progress.with_mentor() == progress.solved() == {"write-to-hamish"}


def test_remarks_stand_with_their_lines_and_the_customer_does_not_thank_yet(
    desk: Notebook, day: str
) -> None:
    said = write(desk, f"Hello Hamish,\n\na mail bounced on {day}. It will work by Friday.\n\nTom")
    assert "with 1 remark. line 3: `by Friday`: this promises a time" in said
    assert "Thank you!" not in said
    assert "Ticket L-1136 is answered by you" in said
    shown = desk.run('reference("write-to-hamish")').text
    assert f"Hello Hamish, a mail bounced on {day}. Tom" in shown
    assert "evidence[" not in shown.partition("The reference:")[2]
    assert shown.endswith("Short is fine.")


def test_a_leak_keeps_the_ticket_open_and_the_reference_shut(desk: Notebook, day: str) -> None:
    said = write(desk, f"Hello Hamish, on {day} a mail bounced, as at Tamarind Cookery. Tom")
    assert said.startswith("✗ Write to Hamish: not yet. It gives another customer's data away.")
    assert "Ticket" not in said
    assert "opens once" in desk.run('reference("write-to-hamish")').text
    assert progress.solved() == frozenset()


def test_an_untouched_reply_is_not_attempted(desk: Notebook) -> None:
    desk.run("mail = ...")
    assert desk.run(CHECK).text.startswith("○ Write to Hamish: not attempted yet.")


def test_a_decision_is_built_from_ones_own_query(desk: Notebook) -> None:
    desk.run(SQL)
    desk.run('decision = ["answer", hamish["address"].iloc[0]]')
    assert desk.run('check("decide-on-hamish")').text == "✓ Decide on Hamish: right."
    assert "decision = ['answer', '" in desk.run('reference("decide-on-hamish")').text
    desk.run('decision = ["escalate"]')
    assert "What could a developer do?" in desk.run('check("decide-on-hamish")').text
    desk.run('decision = ["answer"]')
    assert (
        "Not in your list yet: `address`: The address" in desk.run('check("decide-on-hamish")').text
    )


def test_the_panel_says_the_same_and_can_compare_what_waits(desk: Notebook, day: str) -> None:
    text = write(desk, f"Hello Hamish, a mail to you bounced on {day}. Tom")
    state = panel.answer(REPLY, "check")
    assert state["said"] == text
    assert state["outcome"] == "with mentor"
    assert state["can_compare"]
    assert "The reference:" in panel.answer(REPLY, "compare")["comparison"]


def test_evidence_is_gathered_once_until_the_company_changes(
    desk: Notebook, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered: list[str] = []

    def counting(task: Task, company: Company) -> Evidence:
        gathered.append(task.slug)
        return gather(task, company)

    monkeypatch.setattr(check.evidence, "gather", counting)
    for _ in range(3):
        write(desk, f"Hello Hamish, a mail to you bounced on {day}. Tom")
    assert len(gathered) == 1
    session.current().company = session.current().company
    write(desk, f"Hello Hamish, a mail to you bounced on {day}. Tom")
    assert len(gathered) == 2


def test_strangers_are_everybody_but_the_customer(company: Company) -> None:
    found = gather(REPLY, company)
    assert found.trouble == ""
    assert found.zone == "Pacific/Auckland"
    assert found.strangers["tamarind cookery"] == "the name of another customer"
    assert found.strangers["l-1101"] == "another customer's ticket"
    assert "bellwether wool" not in found.strangers
    assert "l-1136" not in found.strangers
    assert "Forgot" in found.said


def test_a_tuple_is_said_as_a_whole_and_a_list_by_any_of_its_values(company: Company) -> None:
    cell = "evidence = {'mondays': (9, 8, 9), 'words': [1, 2]}"
    mondays, words = gather(replace(REPLY, evidence=(cell,)), company).facts
    assert (mondays.together, [each.value for each in mondays.values]) == (True, [9, 8, 9])
    assert not words.together


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("evidence = 5", "its evidence cells make no `evidence`"),
        ("evidence = {1: nothing}", "its evidence fails: NameError"),
        ("raise SystemExit", "its evidence fails: SystemExit"),
    ],
)
def test_an_author_s_broken_evidence_is_told_in_one_line(
    company: Company, cell: str, says: str
) -> None:
    told = gather(replace(REPLY, evidence=(cell,)), company).trouble
    assert says in told
    assert "\n" not in told
