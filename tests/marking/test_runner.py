from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.test_logs import lay

from champion.checking.answer import Answer
from champion.checking.canonical import Scalar
from champion.checking.judge import judge
from champion.checking.key import Wrong
from champion.desk import snippet
from champion.lantern import Company
from champion.marking import confine
from champion.marking.limits import Limits
from champion.marking.runner import Runner
from champion.problems import Problem

from . import samples
from .samples import REFERENCES, TASKS, VARIABLES, page

Worlds = tuple[Company, Company]


def test_an_answer_comes_back_exactly_as_the_desk_would_see_it(
    runner: Runner, worlds: Worlds
) -> None:
    answers = runner.run(page(), REFERENCES, worlds[0].folder, variables=VARIABLES)
    for task in TASKS:
        assert answers[task.slug] == snippet.answer(task, task.reference, worlds[0])


@pytest.mark.parametrize("task", TASKS, ids=[task.slug for task in TASKS])
def test_every_wrong_answer_gets_the_same_verdict_as_in_the_notebook(
    task: samples.Task, runner: Runner, worlds: Worlds
) -> None:
    run = snippet.runner(task, worlds[0])
    for wrong in task.wrong:
        answers = runner.run(page(), {task.slug: wrong.source}, worlds[0].folder)
        theirs = judge(task, answers[task.slug], run)
        assert theirs == judge(task, snippet.answer(task, wrong.source, worlds[0]), run)
        assert theirs.mistakes == (wrong.name,)


OF_EACH = replace(
    TASKS[1],
    variable="of_each",
    blank="of_each = ...",
    reference="of_each = dict(zip(tickets['status'], tickets['n']))",
    wrong=(Wrong("one-each", "Each has 1.", source="of_each = {s: 1 for s in tickets['status']}"),),
)
"""As the second task, and a dictionary."""


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        (OF_EACH.reference, "passed"),
        ("of_each = tickets.set_index('status')['n'].to_dict()", "passed"),
        (OF_EACH.wrong[0].source, "wrong"),
        ("of_each = {'open': [1, {2: of_each}] for of_each in (3,)}", "wrong"),
        ("of_each = {}\nof_each['open'] = of_each", "wrong"),
    ],
)
def test_a_dictionary_comes_back_to_the_bottom(
    runner: Runner, worlds: Worlds, source: str, outcome: str
) -> None:
    variables = VARIABLES | {OF_EACH.slug: OF_EACH.variable}
    answers = runner.run(page(), {OF_EACH.slug: source}, worlds[0].folder, variables=variables)
    assert answers[OF_EACH.slug] == snippet.answer(OF_EACH, source, worlds[0])
    verdict = judge(OF_EACH, answers[OF_EACH.slug], snippet.runner(OF_EACH, worlds[0]))
    assert verdict.outcome == outcome
    assert verdict.mistakes == (("one-each",) if source == OF_EACH.wrong[0].source else ())


@pytest.mark.parametrize(
    "source", [f"{OF_EACH.reference}\nnobody", "of_each = {}\nof_each['open'] += 1"]
)
def test_a_cell_that_stopped_is_an_error_whatever_it_had_kept_by_then(
    runner: Runner, worlds: Worlds, source: str
) -> None:
    variables = VARIABLES | {OF_EACH.slug: OF_EACH.variable}
    answers = runner.run(page(), {OF_EACH.slug: source}, worlds[0].folder, variables=variables)
    verdict = judge(OF_EACH, answers[OF_EACH.slug], snippet.runner(OF_EACH, worlds[0]))
    assert verdict.outcome == "error"
    assert "Your cell stopped with an error." in verdict.message


def test_an_answer_may_come_from_the_companys_logs_and_files(
    runner: Runner, worlds: Worlds, tmp_path: Path
) -> None:
    stocked = tmp_path / "company"
    shutil.copytree(worlds[0].folder, stocked, ignore=shutil.ignore_patterns("logs", "files"))
    lay(stocked)
    source = (
        "import os\n"
        "closed_count = 100 * len(logs.access(older=True)) + 10 * len(files.list())"
        " + (os.environ['LANTERN_LOGS'] == str(logs.folder))"
    )
    answers = runner.run(page(), {"closed-share": source}, stocked)
    assert answers["closed-share"].value == Scalar("number", 331)


def test_only_one_task_can_be_run_after_its_set_up(runner: Runner, worlds: Worlds) -> None:
    sources = REFERENCES | {"by-status": "by_status = 1 / 0"}
    answers = runner.run(page(), sources, worlds[0].folder, only="closed-share")
    assert list(answers) == ["closed-share"]
    assert answers["closed-share"].state == "value"


def test_a_blank_is_blank_and_is_not_run(runner: Runner, worlds: Worlds) -> None:
    sources = {task.slug: task.blank for task in TASKS}
    answers = runner.run(page(), sources, worlds[0].folder)
    assert answers["by-status"] == Answer("blank", source=TASKS[0].blank)
    assert answers["closed-share"].state == "blank"


def test_an_answer_under_another_name_is_missing(runner: Runner, worlds: Worlds) -> None:
    answers = runner.run(page(), {"closed-share": "mine = 3"}, worlds[0].folder)
    assert answers["closed-share"].state == "missing"


def test_errors_are_told_in_the_desks_words(runner: Runner, worlds: Worlds) -> None:
    sources = {
        "closed-share": "closed_count = tickets['nope']",
        "by-status": "%%sql by_status\nSELECT stattus FROM tickets",
        "frame-of-it": "statuses = (",
    }
    answers = runner.run(page(), sources, worlds[0].folder)
    for task in TASKS[:3]:
        if not sources[task.slug].endswith("("):
            assert answers[task.slug] == snippet.answer(task, sources[task.slug], worlds[0])
    assert answers["frame-of-it"].error.startswith("SyntaxError: ")


def test_a_later_answer_may_lean_on_an_earlier_one_and_on_a_helper(
    runner: Runner, worlds: Worlds
) -> None:
    sources = {"by-status": "by_status = 20", "closed-share": "closed_count = twice(by_status)"}
    helpers = {"closed-share": ("def twice(n):\n    return 2 * n",)}
    answers = runner.run(page(), sources, worlds[0].folder, helpers=helpers)
    assert answers["closed-share"].value.value == 40  # type: ignore[union-attr]


def test_a_helper_that_fails_or_never_ends_leaves_the_answers_alone(worlds: Worlds) -> None:
    helpers = {"by-status": ("1 / 0", "while True: pass", "import os; os._exit(1)")}
    with Runner(Limits(cell_seconds=1)) as runner:
        answers = runner.run(
            page(), {"by-status": "by_status = 1"}, worlds[0].folder, helpers=helpers
        )
    assert answers["by-status"].state == "value"


def test_our_own_cells_run_where_an_answer_leans_on_them_and_only_there(
    runner: Runner, worlds: Worlds
) -> None:
    notebook = page()
    shows = samples.cell("code", "s1", "first_look = 41", "show")
    other = samples.cell("code", "s2", "__import__('builtins').shown = look = 1", "show")
    notebook["cells"][2:2] = [shows, other]
    source = "import builtins\nclosed_count = first_look + 1 + 100 * hasattr(builtins, 'shown')"
    answers = runner.run(notebook, {"closed-share": source}, worlds[0].folder)
    assert answers["closed-share"].value.value == 42  # type: ignore[union-attr]


def test_the_notebook_as_a_whole_has_a_limit_too(worlds: Worlds) -> None:
    slow = "import time\ntime.sleep(1.5)\n"
    sources = {t.slug: f"{slow}{t.variable} = 1" for t in TASKS} | {"do-or-stop": "choice = 1"}
    with Runner(Limits(cell_seconds=2, notebook_seconds=2)) as runner:
        answers = runner.run(page(), sources, worlds[0].folder)
    assert answers["by-status"].state == "value"
    assert answers["do-or-stop"].state == "timed out"


def test_five_million_rows_come_to_a_verdict(runner: Runner, worlds: Worlds) -> None:
    source = "statuses = pd.DataFrame({'n': range(5_000_000)})"
    answers = runner.run(page(), {"frame-of-it": source}, worlds[0].folder)
    run = snippet.runner(TASKS[2], worlds[0])
    assert judge(TASKS[2], answers["frame-of-it"], run).outcome in ("wrong", "error", "timed out")


def test_a_company_that_is_not_there_is_the_mentors_problem_not_the_learners_error(
    runner: Runner, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="There is no company in"):
        runner.run(page(), REFERENCES, tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_the_strongest_isolation_that_works_is_used_and_told(
    runner: Runner, worlds: Worlds
) -> None:
    ran = runner.run_page(page(), {"closed-share": "closed_count = 1"}, worlds[0].folder)
    assert ran.isolation in confine.MEANING
    assert ran.isolation != "none"


def test_without_fork_a_spawned_child_does_the_same(worlds: Worlds) -> None:
    with Runner(Limits(cell_seconds=10), fork=False) as spawning:
        ran = spawning.run_page(page(), REFERENCES, worlds[0].folder, variables=VARIABLES)
    for task in TASKS:
        assert ran.answers[task.slug] == snippet.answer(task, task.reference, worlds[0])
    assert ran.isolation in ("landlock", "limits")


def test_a_spawned_child_that_never_ends_is_ended(worlds: Worlds) -> None:
    stubborn = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    with Runner(Limits(cell_seconds=1), fork=False) as spawning:
        answers = spawning.run(page(), {"closed-share": stubborn}, worlds[0].folder)
    assert answers["closed-share"].state == "timed out"


def test_a_zygote_that_was_killed_is_replaced(worlds: Worlds) -> None:
    with Runner() as runner:
        runner.run(page(), {"closed-share": "closed_count = 1"}, worlds[0].folder)
        runner._nursery._process.kill()  # type: ignore[attr-defined]
        answers = runner.run(page(), {"closed-share": "closed_count = 2"}, worlds[0].folder)
    assert answers["closed-share"].value.value == 2  # type: ignore[union-attr]


def test_the_zygote_has_one_thread_and_no_database_open(worlds: Worlds) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell")
    with Runner() as runner:
        runner.run(page(), {"by-status": REFERENCES["by-status"]}, worlds[0].folder)
        process = Path("/proc") / str(runner._nursery._process.pid)  # type: ignore[attr-defined]
        opened = [str(each.readlink()) for each in (process / "fd").iterdir()]
        assert len(list((process / "task").iterdir())) == 1
    assert not [path for path in opened if "duckdb" in path]
