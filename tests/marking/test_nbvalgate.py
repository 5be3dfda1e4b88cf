"""What plain nbval lets through, and that it is refused here with its reason."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from champion.checking import key as keys
from champion.lantern import Company
from champion.marking.graft import graft
from champion.marking.mark import mark
from champion.marking.nbvalgate import Gate, Seen, gate, grafted_for_nbval, nbval
from champion.marking.runner import Runner
from champion.marking.tampering import MARKERS

from . import samples
from .samples import TASKS, answer, by_id

pytestmark = pytest.mark.timeout(600)
Notebook = dict[str, Any]
WRONG = {task.slug: task.wrong[0].source for task in TASKS}


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, worlds: tuple[Company, Company]
) -> Iterator[Path]:
    """A course that holds nothing but the sample's key; kernels find it by the environment."""
    folder = tmp_path_factory.mktemp("course")
    path = folder / "build" / "keys" / f"{samples.LESSON}.json"
    path.parent.mkdir(parents=True)
    path.write_text(keys.to_json(samples.KEY), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAMPION_COURSE", str(folder))
        patch.setenv("CHAMPION_COMPANY", str(worlds[0].folder))
        patch.setenv("CHAMPION_WORK", str(folder / "work"))
        yield folder


def executed(notebook: Notebook, folder: Path) -> Notebook:
    """Run as a learner runs it, errors and all, and save it."""
    node = nbformat.from_dict(copy.deepcopy(notebook))
    nbclient.NotebookClient(
        node, allow_errors=True, timeout=60, resources={"metadata": {"path": str(folder)}}
    ).execute()
    ran: Notebook = copy.deepcopy(dict(nbformat.from_dict(node)))
    for cell in ran["cells"]:
        cell["metadata"].pop("execution", None)
    return ran


def with_answers(answers: dict[str, str]) -> Notebook:
    return samples.filled(**{slug.replace("-", "_"): text for slug, text in answers.items()})


@dataclass(frozen=True)
class Saved:
    """Our solved notebook and a learner's all-wrong one, as they were saved."""

    solved: Notebook
    wrong: Notebook


@pytest.fixture(scope="module")
def saved(course: Path) -> Saved:
    return Saved(executed(samples.solved(), course), executed(with_answers(WRONG), course))


def checks(notebook: Notebook) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["id"].endswith("-check")]


def forged(cell: dict[str, Any]) -> None:
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "✓ All is right.\n"}]


def all_wrong_but_saved(notebook: Notebook) -> None:
    """Nothing else is done to it."""
    assert by_id(notebook, "by-status-check")["outputs"]


def outputs_stripped(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["id"] != "start-show-1":
            cell["outputs"], cell["execution_count"] = [], None


def count_is_null(notebook: Notebook) -> None:
    for cell in checks(notebook):
        cell["outputs"], cell["execution_count"] = [], None


def markers_written(notebook: Notebook) -> None:
    one, two, three, four = checks(notebook)
    one["source"] = f"# NBVAL_IGNORE_OUTPUT\n{one['source']}"
    two["source"] = f"# NBVAL_SKIP\n{two['source']}"
    three["metadata"]["tags"] = ["nbval-ignore-output"]
    four["metadata"]["tags"] = ["nbval-skip"]
    for cell in (one, two, three, four):
        forged(cell)


def checks_gone(notebook: Notebook) -> None:
    one, two, three, four = checks(notebook)
    for cell in (one, two):
        notebook["cells"].remove(cell)
    for cell in (three, four):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


def check_redefined(notebook: Notebook) -> None:
    mine = samples.cell("code", "mine", "def check(slug): print('✓ All is right.')", "show")
    mine["execution_count"] = 1
    notebook["cells"].insert(1, mine)
    for cell in checks(notebook):
        forged(cell)


def raises_what_should_not_and_the_other_way_round(notebook: Notebook) -> None:
    broken = by_id(notebook, "start-show-1")
    broken["source"] = "1 / 1"
    broken["outputs"] = [
        {
            "output_type": "execute_result",
            "execution_count": 4,
            "data": {"text/plain": "1.0"},
            "metadata": {},
        }
    ]
    mine = answer(notebook, "closed-share")
    mine["source"] = "closed_count = 1 / 0"
    mine["metadata"]["tags"] = ["raises-exception"]
    error = {"ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": []}
    mine["outputs"] = [{"output_type": "error", **error}]
    by_id(notebook, "closed-share-check")["metadata"]["tags"] = ["nbval-ignore-output"]


WAYS: dict[str, tuple[Callable[[Notebook], None], tuple[str, ...]]] = {
    "all answers wrong but saved": (
        all_wrong_but_saved,
        tuple(f"({slug} check): Cell outputs differ" for slug in WRONG),
    ),
    "outputs stripped": (outputs_stripped, ("(by-status): its execution_count is null",)),
    "execution_count null": (count_is_null, ("(by-status): its execution_count is null",)),
    "markers and tags": (
        markers_written,
        (
            "(by-status): the comment NBVAL_IGNORE_OUTPUT",
            "(closed-share): the comment NBVAL_SKIP",
            "(frame-of-it): the tag nbval-ignore-output",
            "(do-or-stop): the tag nbval-skip",
        ),
    ),
    "check cells deleted or turned into prose": (
        checks_gone,
        (
            'check("by-status"): the check cell was deleted',
            'check("frame-of-it"): the check cell was turned into prose',
        ),
    ),
    "check redefined": (check_redefined, ("cell 2: it redefines check",)),
    "an error where none should be, and none where one should": (
        raises_what_should_not_and_the_other_way_round,
        (
            "it should raise an error, and does not",
            "(closed-share): the tag raises-exception",
            "(closed-share answer): Cell execution caused an exception",
        ),
    ),
}


@dataclass(frozen=True)
class Fooled:
    """What each way of fooling came to: by plain nbval, and by our gate; and an honest one."""

    plain: dict[str, Seen]
    gates: dict[str, Gate]
    honest: Gate


@pytest.fixture(scope="module")
def fooled(saved: Saved) -> Fooled:
    notebooks = {}
    for name, (change, _) in WAYS.items():
        notebooks[name] = copy.deepcopy(saved.wrong)
        change(notebooks[name])
    several = list(notebooks.values())
    *gates, honest = gate([*several, saved.solved], samples.page(), saved.solved, workers=2)
    plain = nbval(several, workers=2)
    return Fooled(dict(zip(WAYS, plain, strict=True)), dict(zip(WAYS, gates, strict=True)), honest)


@pytest.mark.parametrize("way", sorted(set(WAYS) - {"check redefined"}))
def test_plain_nbval_lets_it_through(way: str, fooled: Fooled) -> None:
    assert fooled.plain[way] == Seen(True, ())


def test_a_redefined_check_comes_back_so_that_even_plain_nbval_sees_it(fooled: Fooled) -> None:
    assert not fooled.plain["check redefined"].passed


@pytest.mark.parametrize("way", WAYS)
def test_the_gate_refuses_it_and_says_why(way: str, fooled: Fooled) -> None:
    assert not fooled.gates[way].passed
    for reason in WAYS[way][1]:
        assert any(reason in each for each in fooled.gates[way].reasons)


def test_a_saved_right_notebook_passes_the_gate(fooled: Fooled) -> None:
    assert fooled.honest == Gate(True, ())


@pytest.mark.slow
def test_nbval_agrees_with_our_verdict_for_the_kth_wrong_answer_of_every_task(
    saved: Saved, worlds: tuple[Company, Company], inbox: Path, runner: Runner
) -> None:
    columns = zip_longest(*([w.source for w in task.wrong if w.source] for task in TASKS))
    made = [samples.solved()]
    for sources in columns:
        paired = zip(TASKS, sources, strict=True)
        made.append(with_answers({t.slug: source or t.reference for t, source in paired}))
    for number, notebook in enumerate(made):
        (inbox / f"{number}.ipynb").write_text(nbformat.writes(nbformat.from_dict(notebook)))
    grafted = [grafted_for_nbval(saved.solved, graft(samples.page(), each)) for each in made]
    seen = nbval(grafted, workers=2)
    report = mark(
        [inbox],
        worlds[:1],
        keys=[samples.KEY],
        pages=lambda *_: samples.page(),
        fresh=True,
        runner=runner,
    )
    for nbvals, ours in zip(seen, report.submissions, strict=True):
        failed = {m.task for m in ours.tasks if m.verdict != "passed"}
        assert {line.split("(")[1].split()[0] for line in nbvals.failing} == failed
    assert [each.passed for each in report.submissions] == [True] + [False] * (len(made) - 1)


def test_every_marker_that_nbval_knows_is_known_here() -> None:
    from nbval import plugin

    assert set(plugin.comment_markers) == set(MARKERS)
