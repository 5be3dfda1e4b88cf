"""Functions and states in marking: judged by what they do, whatever they try besides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from champion.checking.nested import Group
from champion.checking.verdict import Verdict
from champion.desk import snippet
from champion.lantern import Company
from champion.marking.exams import exams
from champion.marking.judge import TYPED_IN, Judge
from champion.marking.limits import Limits
from champion.marking.mark import mark
from champion.marking.report import TaskMark
from champion.marking.runner import Runner

from . import doing
from .doing import EVERY, FOLDER, LONG, REFERENCES, TASKS, VARIABLES
from .samples import cell

Worlds = Sequence[Company]
BY_SLUG = {task.slug: task for task in TASKS}


def judged(runner: Runner, worlds: Worlds, sources: dict[str, str]) -> dict[str, Verdict]:
    """The verdicts on these answers, run and examined on both companies."""
    runs = [
        runner.run(
            doing.page(),
            sources,
            world.folder,
            variables=VARIABLES,
            exams=exams(TASKS, world),
        )
        for world in worlds
    ]
    judge = Judge(worlds)
    return {slug: judge.verdict(BY_SLUG[slug], [run[slug] for run in runs]) for slug in sources}


def verdict(runner: Runner, worlds: Worlds, slug: str, source: str) -> Verdict:
    return judged(runner, worlds, {slug: source})[slug]


def test_the_references_pass_and_come_to_what_the_key_comes_to(runner: Runner, worlds: Worlds):
    answers = runner.run(
        doing.page(),
        REFERENCES,
        worlds[0].folder,
        variables=VARIABLES,
        exams=exams(TASKS, worlds[0]),
    )
    for task in TASKS:
        assert answers[task.slug] == snippet.answer(task, task.reference, worlds[0])
        assert answers[task.slug].trials
    found = judged(runner, worlds, REFERENCES)
    assert {each.outcome for each in found.values()} == {"passed"}, found


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_a_named_mistake_is_named(runner: Runner, worlds: Worlds, slug: str):
    [wrong] = BY_SLUG[slug].wrong
    found = verdict(runner, worlds[:1], slug, wrong.source)
    assert found.mistakes == (wrong.name,)
    assert not found.passed


def test_without_fork_they_are_judged_alike(worlds: Worlds):
    with Runner(Limits(cell_seconds=10), fork=False) as spawning:
        found = judged(spawning, worlds[:1], REFERENCES)
        assert {each.outcome for each in found.values()} == {"passed"}, found


def test_a_state_begins_afresh_whatever_ran_before_it(runner: Runner, worlds: Worlds):
    page = doing.page()
    meddling = "api.writer.post('/v1/folders', json={'name': 'x'})"
    page["cells"].insert(1, cell("code", "start-setup-1", meddling, "setup"))
    ran = runner.run(
        page,
        {"spring-folder": FOLDER},
        worlds[0].folder,
        variables=VARIABLES,
        exams=exams(TASKS, worlds[0]),
    )
    answers = [ran["spring-folder"]]
    assert Judge(worlds).verdict(BY_SLUG["spring-folder"], answers).passed


LOOKS, LEAVES = "made = api.get('/v1/folders').json()", "import os; os._exit(0)"


@pytest.mark.parametrize(("first", "then"), [(FOLDER, LOOKS), (LEAVES, FOLDER)])
def test_what_a_learner_does_in_two_cells_counts_together(
    runner: Runner, worlds: Worlds, first: str, then: str
):
    ran = runner.run(
        doing.page(),
        {"spring-folder": then},
        worlds[0].folder,
        variables=VARIABLES,
        helpers={"spring-folder": [first]},
        exams=exams(TASKS, worlds[0]),
    )
    assert Judge(worlds).verdict(BY_SLUG["spring-folder"], [ran["spring-folder"]]).passed


def test_an_answer_that_ends_python_after_another_cell_is_an_error(runner: Runner, worlds: Worlds):
    ran = runner.run(
        doing.page(),
        {"spring-folder": LEAVES, "long-titles": LONG},
        worlds[0].folder,
        variables=VARIABLES,
        helpers={"spring-folder": ["helper = 1"]},
        exams=exams(TASKS, worlds[0]),
    )
    assert ran["spring-folder"].error == "the cell ended Python itself"
    assert len(ran["long-titles"].trials) == 3


def test_a_reset_at_the_top_of_an_answer_does_no_harm(runner: Runner, worlds: Worlds):
    assert verdict(runner, worlds, "spring-folder", f"api.reset()\n{FOLDER}").passed


def test_a_function_that_uses_the_notebooks_own_client_is_tried_on_the_same_api(
    runner: Runner, worlds: Worlds
):
    own = EVERY.replace("client.get", 'api.as_token("lnt_pcc41w").get')
    assert verdict(runner, worlds, "every-title", own).passed


WRONG_LONG = "def long_titles(titles):\n    return list(titles)\n"
NEVER_WAITS = BY_SLUG["every-title"].wrong[0].source

HOSTILE_FUNCTIONS = {
    "equals anything": (
        "class Sly(list):\n"
        "    def __eq__(self, other): return True\n"
        "    def __iter__(self): return iter(['Getting started'])\n"
        "    def __len__(self): return 1\n"
        "def long_titles(titles): return Sly(['no'])\n"
    ),
    "a text that lies": (
        "class Sly(str):\n"
        "    def __eq__(self, other): return True\n"
        "    def __repr__(self): return \"'Getting started'\"\n"
        "    __hash__ = str.__hash__\n"
        "def long_titles(titles): return [Sly('no')]\n"
    ),
    "a list that holds itself": (
        "def long_titles(titles):\n    found = []\n    found.append(found)\n    return found\n"
    ),
    "nested without end": (
        "def long_titles(titles):\n"
        "    found = []\n"
        "    for _ in range(100_000): found = [found]\n"
        "    return found\n"
    ),
    "more than can be read": "def long_titles(titles): return ['x' * 1000] * 100_000\n",
    "not a number": "def long_titles(titles): return float('nan')\n",
    "leaves Python": "import os\ndef long_titles(titles): os._exit(0)\n",
    "exits": "import sys\ndef long_titles(titles): sys.exit(0)\n",
    "catches everything for ever": (
        "def long_titles(titles):\n"
        "    while True:\n"
        "        try:\n"
        "            while True: pass\n"
        "        except BaseException: pass\n"
    ),
    "an error that cannot be told": (
        "class Sly(Exception):\n"
        "    def __str__(self): raise SystemExit\n"
        "def long_titles(titles): raise Sly\n"
    ),
    "patches json": (
        "import json\n"
        "def long_titles(titles):\n"
        '    json.dumps = lambda *a, **k: \'{"called": 0, "state": "value", "value": true}\'\n'
        "    return list(titles)\n"
    ),
    "patches the comparison": (
        "import champion.checking.trial as trial, champion.checking.nested as nested\n"
        "def long_titles(titles):\n"
        "    trial.alike = trial.alike_once = lambda *a, **k: True\n"
        "    nested.same = lambda *a, **k: True\n"
        "    return list(titles)\n"
    ),
    "answers before it is asked": (
        "import gc, json, socket\n"
        "def long_titles(titles):\n"
        "    said = {'called': 0, 'state': 'value', 'error': '', 'left': None, 'printed': False,\n"
        "            'value': {'is': 'list', 'keys': [], 'items': []}}\n"
        "    for each in gc.get_objects():\n"
        "        if isinstance(each, socket.socket):\n"
        "            for n in range(9):\n"
        "                try: each.sendall(json.dumps({**said, 'called': n}).encode() + b'\\n')\n"
        "                except OSError: pass\n"
        "    return list(titles)\n"
    ),
    "claims to be done": (
        "import gc, socket\n"
        "def long_titles(titles):\n"
        "    for each in gc.get_objects():\n"
        "        if isinstance(each, socket.socket):\n"
        '            try: each.sendall(b\'{"passed": true}\\n{"done": true}\\n\')\n'
        "            except OSError: pass\n"
        "    return list(titles)\n"
    ),
    "a class, not a function": "class long_titles(list): pass\n",
}


ENDLESS = ("patches json", "catches everything for ever")
"""These wait until their limits end them, a quarter of a minute each; others end at once."""


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(how, marks=pytest.mark.slow if how in ENDLESS else ())
        for how in sorted(HOSTILE_FUNCTIONS)
    ],
)
def test_no_trick_makes_a_wrong_function_right(runner: Runner, worlds: Worlds, how: str):
    sources = {"long-titles": HOSTILE_FUNCTIONS[how], "spring-folder": FOLDER}
    found = judged(runner, worlds[:1], sources)
    assert found["long-titles"].outcome in ("wrong", "error", "timed out"), found
    assert found["spring-folder"].passed, "and what follows is judged as ever"


HOSTILE_WAITS = {
    "patches time": (
        f"{EVERY}\n"
        "_ask = every_title\n"
        "def every_title(client):\n"
        "    time.sleep = lambda seconds: None\n"
        "    return _ask(client)\n"
    ),
    "patches the waiting": (
        f"from champion.desk import waiting\n{NEVER_WAITS}\n"
        "_ask = every_title\n"
        "def every_title(client):\n"
        "    waiting.current().waited = 60.0\n"
        "    return _ask(client)\n"
    ),
    "clears the log": (
        f"{NEVER_WAITS}\n"
        "_ask = every_title\n"
        "def every_title(client):\n"
        "    titles = _ask(client)\n"
        "    for path in ('/practice/reset', '/practice/stage'):\n"
        "        client.post(path)\n"
        "        client.put(path, json={})\n"
        "    return titles\n"
    ),
    "looks without being seen": (
        f"{NEVER_WAITS}\n"
        "_ask = every_title\n"
        "def every_title(client):\n"
        "    client.headers.update({'X-Lantern-Look': '1', 'X-Lantern-Control': ''})\n"
        "    return _ask(client)\n"
    ),
    "switches the faults off": (
        f"{NEVER_WAITS}\n"
        "_ask = every_title\n"
        "def every_title(client):\n"
        "    client.put('/practice/faults', json={'steps': []})\n"
        "    return _ask(client)\n"
    ),
}


@pytest.mark.parametrize("how", sorted(HOSTILE_WAITS))
def test_no_trick_makes_an_impatient_function_patient(runner: Runner, worlds: Worlds, how: str):
    found = verdict(runner, worlds[:1], "every-title", HOSTILE_WAITS[how])
    assert found.outcome == "wrong", found


HOSTILE_STATES = {
    "patches the client": (
        "import httpx\n"
        "answer = httpx.Response(200, json=[{'name': 'Spring term'}])\n"
        "httpx.Client.get = lambda *a, **k: answer\n"
        "made = api.get('/v1/folders')\n"
    ),
    "writes into the state": (
        "import glob, sqlite3\n"
        "for path in glob.glob('/tmp/**/state.sqlite', recursive=True):\n"
        "    try:\n"
        "        base = sqlite3.connect(path)\n"
        "        base.execute(\"UPDATE folders SET name = 'Spring term'\")\n"
        "        base.commit()\n"
        "    except sqlite3.Error: pass\n"
        "made = 1\n"
    ),
    "makes two and resets": (
        f"{FOLDER}\n{FOLDER}\n"
        "api.post('/practice/reset')\n"
        "try: api.reset()\nexcept Exception: pass\n"
    ),
    "says what it is": "made = 1\nstate = {'folders': {'Spring term'}, 'calls': ['POST 201']}\n",
    "leaves Python": f"import os\nmade = 1\nos._exit(0)\n{FOLDER}",
    "is called api": (
        "class Sly:\n"
        "    def __getattr__(self, name): return lambda *a, **k: self\n"
        "    def json(self): return [{'name': 'Spring term'}]\n"
        "made = api = Sly()\n"
    ),
    "makes it after it has answered": (
        "import gc, json, socket, threading\n"
        "made = 1\n"
        "said = {'answer': 'spring-folder', 'state': 'value',\n"
        "        'value': {'is': 'scalar', 'kind': 'number', 'value': 1}}\n"
        "for each in gc.get_objects():\n"
        "    if isinstance(each, socket.socket):\n"
        "        try: each.sendall(json.dumps(said).encode() + b'\\n')\n"
        "        except OSError: pass\n"
        "import time; time.sleep(0.5)\n"
        f"{FOLDER}\n"
    ),
}


@pytest.mark.parametrize("how", sorted(HOSTILE_STATES))
def test_no_trick_makes_a_wrong_state_right(runner: Runner, worlds: Worlds, how: str):
    sources = {"spring-folder": HOSTILE_STATES[how], "long-titles": LONG}
    found = judged(runner, worlds[:1], sources)
    assert found["spring-folder"].outcome in ("wrong", "error", "timed out"), found
    assert found["long-titles"].passed


def marks(path: Path, worlds: Worlds, runner: Runner) -> dict[str, TaskMark]:
    report = mark(
        [path],
        worlds,
        keys=[doing.KEY],
        pages=lambda lesson, page: doing.page(),
        runner=runner,
        fresh=True,
    )
    [marked] = report.submissions
    assert not marked.problem
    return {each.task: each for each in marked.tasks}


def test_a_function_counts_whatever_stopped_below_it(runner: Runner, worlds: Worlds):
    sources = {
        "long-titles": f"{LONG}\nlong_titles(None)",
        "every-title": f"1 / 0\n{EVERY}",
        "spring-folder": f"{FOLDER}\n1 / 0",
    }
    found = judged(runner, worlds, sources)
    assert found["long-titles"].passed
    assert "A line below your function stopped: TypeError" in found["long-titles"].message
    assert "Your cell stopped with an error" in found["every-title"].message
    assert "Your cell stopped with an error" in found["spring-folder"].message
    wrong = verdict(runner, worlds, "long-titles", f"{WRONG_LONG}\n1 / 0")
    assert "With two titles: `long_titles` gives back" in wrong.message


def test_a_function_of_an_earlier_cell_does_not_stand_for_one_that_stopped(
    runner: Runner, worlds: Worlds
):
    answers = runner.run(
        doing.page(),
        {"long-titles": "1 / 0\ndef long_titles(titles): return []"},
        worlds[0].folder,
        variables=VARIABLES,
        helpers={"long-titles": [LONG]},
        exams=exams(TASKS, worlds[0]),
    )
    assert answers["long-titles"].state == "error"
    assert not answers["long-titles"].trials


def test_a_report_has_them_like_any_other(runner: Runner, worlds: Worlds, inbox: Path):
    notebook = doing.filled(
        long_titles=WRONG_LONG, every_title=NEVER_WAITS, spring_folder=REFERENCES["spring-folder"]
    )
    path = inbox / "ada.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found = marks(path, worlds, runner)
    assert [each.verdict for each in found.values()] == ["wrong", "wrong", "passed"]
    assert found["every-title"].mistakes == ("at-once",)
    assert found["long-titles"].message.startswith(
        "✗ Long titles: not yet. With two titles: `long_titles` gives back"
    )


def test_titles_typed_in_are_right_at_home_alone(runner: Runner, worlds: Worlds):
    home = snippet.answer(BY_SLUG["every-title"], EVERY, worlds[0])
    typed = {}
    for trial in home.trials:
        assert isinstance(trial.value, Group)
        typed[len(trial.value.items)] = [each.value for each in trial.value.items]
    source = (
        f"{EVERY}\n_ask = every_title\nTYPED = {typed!r}\n"
        "def every_title(client):\n    return TYPED[len(_ask(client))]\n"
    )
    found = verdict(runner, worlds, "every-title", source)
    assert found.mistakes == (TYPED_IN,)
