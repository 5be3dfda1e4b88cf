import os
import stat
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.conftest import COUNT, Notebook

from champion.desk import check, progress, query, session

RIGHT = "%%sql by_channel\nSELECT channel, count(*) AS tickets FROM tickets GROUP BY channel"
OPEN = RIGHT.replace("GROUP BY", "WHERE status = 'open' GROUP BY")
CHECK = 'check("tickets-by-channel")'


def test_a_right_answer_passes(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    assert notebook.run(CHECK).text == "✓ Tickets by channel: right."


def test_a_named_mistake_gets_its_own_words_and_the_customers(notebook: Notebook) -> None:
    notebook.run(OPEN)
    said = notebook.run(CHECK).text
    assert said.splitlines()[0] == "✗ Tickets by channel: not yet. These are the open ones alone."
    assert 'the customer would have written: "Only that few?"' in said


def test_a_blank_or_unrun_cell_is_not_attempted_whatever_the_variable_holds(
    notebook: Notebook,
) -> None:
    assert notebook.run(CHECK).text.startswith("○ Tickets by channel: not attempted yet.")
    notebook.run(RIGHT)
    notebook.run("%%sql by_channel\nSELECT ...")
    assert notebook.run(CHECK).text.startswith("○ Tickets by channel: not attempted yet.")
    notebook.run("reply = ...")
    assert notebook.run('check("pick-a-reply")').text.startswith("○ Pick a reply: not attempted")


def test_an_error_after_a_right_answer_is_not_passed_on_the_old_value(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    notebook.run("%%sql by_channel\nSELECT chanel FROM tickets")
    said = notebook.run(CHECK).text
    assert said.startswith("✗ Tickets by channel: not yet.")
    assert "There is no column called `chanel`" in said


def test_a_renamed_variable_is_found_out(notebook: Notebook) -> None:
    notebook.run(RIGHT.replace("by_channel", "per_channel"))
    assert "`per_channel`, and the check looks for `by_channel`" in notebook.run(CHECK).text


def test_some_other_variable_made_before_is_not_taken_for_the_answer(notebook: Notebook) -> None:
    notebook.run("helper = 3")
    assert "helper" not in notebook.run(CHECK).text
    notebook.run("%%sql looked_at\nSELECT 1 AS one")
    notebook.run("1 + 1")
    assert "looked_at" not in notebook.run(CHECK).text
    notebook.run("%%sql looked_at\nSELECT 1 AS one")
    assert "looked_at" not in notebook.run(CHECK).text


def test_an_answer_and_its_check_may_share_a_cell(notebook: Notebook) -> None:
    assert notebook.run('reply = "a"\ncheck("pick-a-reply")').text.startswith("✗")
    assert notebook.run('reply = "b"\ncheck("pick-a-reply")').text.startswith("✓")


def test_a_value_may_be_handed_over(notebook: Notebook) -> None:
    assert notebook.run('check("pick-a-reply", "b")').text.startswith("✓ Pick a reply: right.")
    assert notebook.run('check("pick-a-reply", None)').text.startswith("✗ Pick a reply: not yet.")


def test_a_misspelt_task_is_one_line(notebook: Notebook) -> None:
    said = notebook.run('check("tickets-by-chanel")').text
    assert (
        said == "✗ There is no task called `tickets-by-chanel`. Did you mean `tickets-by-channel`?"
    )


def test_cells_out_of_order_are_judged_as_they_ran(notebook: Notebook) -> None:
    assert notebook.run(CHECK).text.startswith("○")
    notebook.run('check("pick-a-reply")')
    notebook.run(OPEN)
    notebook.run('reply = "b"')
    notebook.run(RIGHT)
    assert notebook.run(CHECK).text.startswith("✓")
    assert notebook.run('check("pick-a-reply")').text.startswith("✓")


@pytest.mark.parametrize(
    "made",
    [
        "by_channel = by_channel['tickets']",
        "by_channel = by_channel.values.tolist()",
        "by_channel = None",
        "by_channel = by_channel.iloc[:0]",
        "by_channel = pd.DataFrame({'channel': 'x', 'tickets': range(5_000_000)})",
        "async def later(): return 1\nby_channel = later()",
        "import matplotlib.pyplot as plt\nby_channel = plt.figure()",
        "by_channel = by_channel.groupby('channel')",
        "by_channel = pd.DataFrame({'channel': [object()], 'tickets': [print]})",
        "by_channel = print",
        "class Hostile:\n    def __eq__(self, other): raise SystemExit\nby_channel = Hostile()",
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine")
def test_anything_may_be_checked_and_the_first_line_says_what_is_wrong(
    notebook: Notebook, made: str
) -> None:
    notebook.run(RIGHT)
    assert notebook.run(made).error is None
    ran = notebook.run(CHECK)
    assert ran.error is None
    assert ran.text.startswith("✗ Tickets by channel: not yet. ")
    assert "Traceback" not in ran.text
    notebook.run(RIGHT)
    assert notebook.run(CHECK).text == "✓ Tickets by channel: right."


def test_what_a_check_says_does_not_depend_on_earlier_tries(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    first = notebook.run(CHECK).text
    notebook.run(OPEN)
    notebook.run(CHECK)
    notebook.run(RIGHT)
    assert notebook.run(CHECK).text == first


def test_a_closed_ticket_thanks_rates_and_leads_on(notebook: Notebook) -> None:
    notebook.run('reply = "b"')
    said = notebook.run('check("pick-a-reply")').text
    assert "Ticket L-1002 is closed." in said
    assert 'The customer answers: "Thank you!"' in said
    assert "★★★★☆ (4 of 5)" in said
    assert "Next: ticket L-1003." in said
    notebook.run('reply = "a"')
    assert "closed" not in notebook.run('check("pick-a-reply")').text


def test_a_check_that_is_stopped_leaves_everything_whole(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    notebook.run(RIGHT)
    with monkeypatch.context() as patched:
        patched.setattr(check, "judge", stopped)
        assert notebook.run(CHECK).text == "✗ You stopped the check. Nothing is lost; run it again."
    assert notebook.run(CHECK).text.startswith("✓")
    assert [each.outcome for each in progress.attempts()] == ["passed"]


def test_a_check_stopped_while_the_reference_runs_forgets_the_half_run(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise query.Stopped("You stopped the query.")

    notebook.run(RIGHT)
    with monkeypatch.context() as patched:
        patched.setattr(query, "frame", stopped)
        assert notebook.run(CHECK).text.startswith("✗ You stopped the check.")
    assert notebook.run(CHECK).text == "✓ Tickets by channel: right."


def test_hints_come_one_at_a_time_and_the_last_stays(notebook: Notebook) -> None:
    said = [notebook.run('hint("tickets-by-channel")').text for _ in range(4)]
    assert [line[:11] for line in said] == [
        "hint 1 of 3",
        "hint 2 of 3",
        "hint 3 of 3",
        "hint 3 of 3",
    ]
    assert said[2] == said[3] == "hint 3 of 3 · Count the rows. This is the last one."
    assert "has no hints" in notebook.run('hint("pick-a-reply")').text


def test_hints_used_are_noted_with_the_next_try(notebook: Notebook) -> None:
    notebook.run('hint("tickets-by-channel")')
    notebook.run(CHECK)
    assert [(each.outcome, each.hints) for each in progress.attempts()] == [("not attempted", 1)]


def test_the_reference_opens_after_success_only(notebook: Notebook) -> None:
    shut = notebook.run('reference("tickets-by-channel")').text
    assert shut == "Tickets by channel: the reference opens once your own answer is right."
    notebook.run(RIGHT + " ORDER BY 1")
    notebook.run(CHECK)
    said = notebook.run('reference("tickets-by-channel")').text
    assert said.index("Your answer:") < said.index("ORDER BY 1") < said.index("The reference:")
    assert "`GROUP BY` makes one row of each group." in said


def test_the_reference_stays_open_the_next_day(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    notebook.run(CHECK)
    session.current().passed.clear()
    assert "The reference:" in notebook.run('reference("tickets-by-channel")').text


def test_without_a_company_a_check_says_how_to_build_it(unbuilt: Notebook) -> None:
    unbuilt.run('reply = "b"')
    said = unbuilt.run('check("pick-a-reply")').text
    assert said.startswith("✗ The sample company is not built yet.")
    assert "\n" not in said


def test_without_keys_a_check_says_how_to_build_them(notebook: Notebook, course: Path) -> None:
    next((course / "build" / "keys").rglob("*.json")).unlink()
    said = notebook.run(CHECK).text
    assert said == "✗ The answer keys are not built yet. Run `champion build --keys` in a terminal."


def test_a_mended_key_counts_from_the_next_check_on(notebook: Notebook, course: Path) -> None:
    notebook.run(OPEN)
    assert notebook.run(CHECK).text.startswith("✗")
    key = next((course / "build" / "keys").rglob("*.json"))
    text = key.read_text(encoding="utf-8")
    mended = text.replace(
        "AS tickets FROM tickets GROUP BY channel",
        "AS tickets FROM tickets WHERE status = 'open' GROUP BY channel",
    )
    assert mended != text
    key.write_text(mended, encoding="utf-8")
    os.utime(key, ns=(1, 1))
    assert notebook.run(CHECK).text.startswith("✓")


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no write bit there")
def test_a_folder_that_cannot_be_written_loses_no_check(
    notebook: Notebook, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(progress, "_append", refuse)
    notebook.run(RIGHT)
    said = notebook.run(CHECK).text.splitlines()
    assert said[0] == "✓ Tickets by channel: right."
    assert said[1:] == [
        "  This try could not be noted in your work folder (Permission denied). "
        "The check itself holds."
    ]
    assert stat.S_ISDIR(work.stat().st_mode)


def test_no_disk_space_loses_no_check(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(progress, "_append", full)
    notebook.run(RIGHT)
    said = notebook.run(CHECK).text
    assert said.startswith("✓ Tickets by channel: right.\n")
    assert "No space left on device" in said


def test_two_notebooks_at_once_lose_no_try(notebook: Notebook) -> None:
    def many() -> None:
        for _ in range(25):
            assert progress.record("a", "wrong", (), 0) == ""

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(progress.attempts()) == 100


def test_a_key_whose_set_up_changed_is_run_anew(notebook: Notebook) -> None:
    statuses = "SELECT DISTINCT status AS channel, 1 AS tickets FROM tickets WHERE status = :wanted"
    task = replace(COUNT, reference=f"%%sql by_channel\n{statuses}", setup=("wanted = 'open'",))
    notebook.run("wanted = 'open'")
    notebook.run(f"%%sql by_channel\n{statuses}")
    assert check.checked(task).verdict.passed
    assert not check.checked(replace(task, setup=("wanted = 'closed'",))).verdict.passed


def test_the_tasks_own_record_is_what_is_judged(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    assert check.checked(COUNT).verdict.passed
