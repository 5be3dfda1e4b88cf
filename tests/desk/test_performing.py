"""Functions and states in a notebook: checked where the learner works, and nothing disturbed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.conftest import Notebook

from champion.checking.key import Key, Task, Wrong, to_json
from champion.checking.nested import Group, nested
from champion.desk import inputs, performance, snippet
from champion.desk.api import api
from champion.desk.scratch import apart
from champion.desk.waiting import LONGEST
from champion.lantern import Company

LESSON = "2-api/02-functions"
LONG = "def long_titles(titles):\n    return [title for title in titles if len(title) > 10]\n"
EVERY = """\
import time
from time import sleep

def every_title(client):
    titles, page = [], 1
    while True:
        answer = client.get("/v1/videos", params={"page": page, "per_page": 100})
        if answer.status_code in (429, 500):
            sleep(int(answer.headers.get("Retry-After", 1)))
            continue
        titles += [video["title"] for video in answer.json()]
        if len(answer.json()) < 100:
            return titles
        page += 1
"""
FOLDER = 'made = api.writer.post("/v1/folders", json={"name": "Spring term"})'
LONG_TASK = Task(
    slug="long-titles",
    lesson=LESSON,
    page="exercise",
    number="2.1",
    title="Long titles",
    minutes=3,
    kind="function",
    variable="long_titles",
    blank="def long_titles(titles):\n    ...",
    reference=LONG,
    inputs=('inputs = {"two titles": given(["Welcome", "Getting started"]), "none": given([])}',),
    hints=("len counts letters.",),
    wrong=(Wrong("all", "These are all. Which are long?", "", LONG.replace("> 10", "> 0")),),
)
EVERY_TASK = replace(
    LONG_TASK,
    slug="every-title",
    title="Every title",
    variable="every_title",
    blank="def every_title(client):\n    ...",
    reference=EVERY,
    watch=("waits", "requests"),
    inputs=(
        'large = api.as_token("lnt_pcc41w")\n'
        "inputs = {\n"
        '    "130 videos": given(large, videos=130),\n'
        '    "a 429 on the second page": given(large, videos=130, faults={2: 429}),\n'
        '    "three requests a minute": given(large, videos=330, limit=3),\n'
        "}",
    ),
    wrong=(),
)
STATE_TASK = replace(
    LONG_TASK,
    slug="spring-folder",
    title="A folder",
    kind="state",
    variable="made",
    blank="made = ...",
    reference=FOLDER,
    inputs=(),
    look=(
        "state = {\n"
        "    'folders': {folder['name'] for folder in api.get('/v1/folders').json()},\n"
        "    'posts': len([c for c in api.calls() if c['method'] == 'POST']),\n"
        "}",
    ),
    wrong=(Wrong("twice", "Now there are two. What does a POST do?", "", f"{FOLDER}\n{FOLDER}"),),
)
TASKS = (LONG_TASK, EVERY_TASK, STATE_TASK)


@pytest.fixture
def doing(
    notebook: Notebook, course: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Notebook]:
    """A notebook with these tasks, and a practice API of its own."""
    keys = course / "build" / "keys" / f"{LESSON}.json"
    keys.parent.mkdir(parents=True)
    keys.write_text(to_json(Key(LESSON, "Functions", TASKS)), encoding="utf-8")
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    monkeypatch.setenv("LANTERN", "")
    monkeypatch.setenv("LANTERN_TOKEN", "")
    yield notebook
    api.close()


def checked(doing: Notebook, source: str, slug: str, cell: str | None = None) -> str:
    doing.run(source, cell)
    ran = doing.run(f'check("{slug}")')
    assert ran.error is None, ran.error
    return ran.text


def test_a_function_is_checked_right_wrong_blank_and_failing(doing: Notebook):
    assert "not attempted" in doing.run('check("long-titles")').text
    assert "not attempted" in checked(doing, LONG_TASK.blank, "long-titles")
    assert checked(doing, LONG, "long-titles") == "✓ Long titles: right."
    assert LONG.splitlines()[1] in doing.run('reference("long-titles")').text
    wrong = checked(doing, "def long_titles(titles):\n    return titles[:1]", "long-titles")
    assert wrong == (
        "✗ Long titles: not yet. With two titles: `long_titles` gives back "
        '["Welcome"]; wanted: ["Getting started"].'
    )
    failing = checked(doing, "def long_titles(titles):\n    return titles[5]", "long-titles")
    assert "stopped with an error.\n\n      IndexError: list index out of range" in failing
    named = checked(doing, LONG.replace("> 10", ">= 1"), "long-titles")
    assert "not yet. These are all." in named
    assert "Which are long?" in named
    printing = checked(doing, "def long_titles(titles):\n    print(titles)", "long-titles")
    assert "it prints instead" in printing
    assert "['Welcome'" not in printing
    assert "len counts letters" in doing.run('hint("long-titles")').text


def test_a_function_that_is_given_to_the_check_is_tried_too(doing: Notebook):
    doing.run("mine = lambda titles: [each for each in titles if len(each) > 10]")
    doing.run(LONG_TASK.blank.replace("...", "return []"))
    assert doing.run('check("long-titles", mine)').text == "✓ Long titles: right."


def test_a_cell_that_stops_with_an_error_is_told_and_the_older_function_is_not_judged(
    doing: Notebook,
):
    doing.run(LONG)
    said = checked(doing, "1 / 0\ndef long_titles(titles):\n    return 1", "long-titles")
    assert "Your cell stopped with an error.\n\n      ZeroDivisionError" in said
    said = checked(doing, "def long_titles(titles)\n    return 1", "long-titles")
    assert "SyntaxError" in said


def test_a_function_counts_whatever_stopped_below_it(doing: Notebook):
    said = checked(doing, "def long_titles(titles):\n    return 1\n1 / 0", "long-titles")
    assert "`long_titles` gives back 1; wanted" in said
    said = checked(doing, f"{LONG}\nlong_titles(None)", "long-titles", "long-titles-answer")
    assert said.startswith("✓ Long titles: right.\n  A remark: A line below your function stopped:")
    said = checked(doing, "long_titles = 3 if 1 / 0 else 4", "long-titles", "long-titles-answer")
    assert "Your cell defines no function." in said


def test_waiting_costs_no_time_and_is_put_back_afterwards(doing: Notebook):
    real = time.sleep, time.time, time.monotonic, time.perf_counter
    doing.run(EVERY)
    doing.run('check("every-title")')  # starts the key's own API
    began = time.monotonic()
    assert doing.run('check("every-title")').text == "✓ Every title: right."
    assert time.monotonic() - began < 30, "the limit alone would have them wait for a minute"
    assert (time.sleep, time.time, time.monotonic, time.perf_counter) == real
    assert doing["sleep"] is real[0]


def test_hurry_and_needless_requests_are_told_from_one_another(doing: Notebook):
    hasty = EVERY.replace('sleep(int(answer.headers.get("Retry-After", 1)))', "sleep(1)")
    said = checked(doing, hasty, "every-title")
    assert "With a 429 on the second page: `every_title` waits 1 second; the answer" in said
    chatty = EVERY.replace("        if len(answer.json()) < 100:", "        if not answer.json():")
    assert "makes 3 requests; 2 would do." in checked(doing, chatty, "every-title")


def test_the_learners_own_api_is_left_alone_by_a_function_that_uses_it(doing: Notebook):
    doing.run('api.get("/v1/account")')
    own = EVERY.replace("client.get", "api.as_token('lnt_pcc41w').get")
    assert checked(doing, own, "every-title") == "✓ Every title: right."
    doing.run("calls = api.calls()")
    assert [each["path"] for each in doing["calls"]] == ["/v1/account"]
    doing.run("address = api.address")
    assert doing["address"] != apart_address(doing)


def apart_address(doing: Notebook) -> str:
    from champion.desk import session

    return apart(session.current().company).address


def test_a_function_that_never_ends_is_stopped(doing: Notebook):
    said = checked(doing, "def long_titles(titles):\n    while True: pass", "long-titles")
    assert "With two titles: `long_titles` never ended." in said
    asks = "def every_title(client):\n    while True: client.get('/v1/account')"
    assert "never ended.\n  It was stopped after 200 requests." in checked(
        doing, asks, "every-title"
    )
    waits = f"import time\ndef every_title(client):\n    time.sleep({LONGEST + 1})"
    assert "never ended" in checked(doing, waits, "every-title")


def test_a_function_that_catches_everything_is_stopped_too(doing: Notebook):
    stubborn = (
        "def long_titles(titles):\n"
        "    while True:\n"
        "        try:\n"
        "            sum(range(1000))\n"
        "        except:\n"
        "            continue\n"
    )
    assert "`long_titles` never ended." in checked(doing, stubborn, "long-titles")
    assert checked(doing, LONG, "long-titles") == "✓ Long titles: right."


def test_a_state_is_checked_missing_wrong_twice_and_right(doing: Notebook):
    assert "not attempted" in doing.run('check("spring-folder")').text
    assert "not attempted" in checked(doing, "made = ...", "spring-folder")
    wrong = FOLDER.replace("Spring", "Summer")
    said = checked(doing, wrong, "spring-folder", "spring-folder-answer")
    assert said.splitlines()[0] == '✗ A folder: not yet. folders: "Spring term" is missing.'
    assert '  folders: "Summer term" is there and should not be.' in said.splitlines()
    assert "api.reset()" in said
    said = checked(doing, f"api.reset()\n{FOLDER}", "spring-folder", "spring-folder-answer")
    assert said == "✓ A folder: right."
    said = checked(doing, FOLDER, "spring-folder", "spring-folder-answer")
    assert "not yet. Now there are two." in said
    said = checked(doing, f"1 / 0\n{FOLDER}", "spring-folder", "spring-folder-answer")
    assert "ZeroDivisionError" in said


def test_a_notebook_without_cell_ids_is_checked_by_the_variable(doing: Notebook):
    assert checked(doing, FOLDER, "spring-folder") == "✓ A folder: right."


def test_a_look_is_not_seen_and_counts_for_nothing(doing: Notebook):
    doing.run("api.limit(2)")
    assert checked(doing, FOLDER, "spring-folder") == "✓ A folder: right."
    for _ in range(3):
        doing.run('check("spring-folder")')
    doing.run('calls = api.calls()\nnext = api.get("/v1/account")')
    assert [each["method"] for each in doing["calls"]] == ["POST"]
    assert doing["next"].status_code == 200
    assert doing["next"].headers["x-request-id"] == "0000000000000002"
    assert doing.run("len(api.log())").text.endswith("2")


def test_a_look_may_only_read(doing: Notebook, company: Company):
    doing.run('api.get("/v1/account")')
    writing = replace(STATE_TASK, look=("api.writer.post('/v1/folders', json={'name': 'x'})\n"
                                        "state = {'status': 1}",))  # fmt: skip
    answer = performance.state(writing, company, api.door)
    assert answer.state == "value"
    doing.run('folders = api.get("/v1/folders").json()')
    assert "x" not in [each["name"] for each in doing["folders"]]


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ("seen = 1", "it makes no `state`, a dictionary"),
        ("state = {}", "it makes no `state`, a dictionary"),
        ("state = 1 / 0", "its look fails: ZeroDivisionError"),
    ],
)
def test_a_look_that_sees_nothing_is_the_keys_mistake(
    doing: Notebook, company: Company, look: str, said: str
):
    doing.run(FOLDER)
    answer = performance.state(replace(STATE_TASK, look=(look,)), company, api.door)
    assert answer.state == "error"
    assert said in answer.error


def test_an_unanswered_request_gives_up_on_the_practice_clock(company: Company):
    task = replace(
        EVERY_TASK,
        variable="account",
        watch=("waits",),
        inputs=('inputs = {"no answer": given(api, faults={1: "timeout", 2: "slow"})}',),
        reference=(
            "import httpx\n"
            "def account(client):\n"
            "    try:\n"
            "        client.get('/v1/account', timeout=7)\n"
            "    except httpx.ReadTimeout:\n"
            "        return client.get('/v1/account', timeout=6).status_code\n"
        ),
    )
    began = time.monotonic()
    answer = snippet.answer(task, task.reference, company)
    assert time.monotonic() - began < 7
    [trial] = answer.trials
    assert trial.value == nested(200)
    assert [(each.status, each.waited) for each in trial.asked] == [(499, 7), (200, 0)]
    hasty = snippet.answer(task, task.reference.replace("timeout=6", "timeout=3"), company)
    assert "ReadTimeout" in hasty.trials[0].error, "slow takes five seconds"
    forever = snippet.answer(task, task.reference.replace("timeout=7", "timeout=None"), company)
    assert forever.trials[0].state == "timed out"


def test_a_shrinking_page_a_fixed_count_and_a_client_of_another_kind(company: Company):
    task = replace(
        EVERY_TASK,
        variable="count",
        inputs=(
            "large = api.as_token('lnt_pcc41w')\n"
            "inputs = {\n"
            "    'no videos': given(large, 100, videos=0),\n"
            "    'shrinking': given(large, 100, videos=150, faults={2: 'shrink'}),\n"
            "    'a writer': given(client=api.writer, size=100, videos=0),\n"
            "}",
        ),
        reference=(
            "def count(client, size):\n"
            "    page, found = 1, 0\n"
            "    while got := client.get(\n"
            "        '/v1/videos', params={'page': page, 'per_page': size}\n"
            "    ).json():\n"
            "        page, found = page + 1, found + len(got)\n"
            "    return found\n"
        ),
    )
    answer = snippet.answer(task, task.reference, company)
    assert [each.value for each in answer.trials] == [nested(0), nested(149), nested(0)]


def test_each_call_has_arguments_of_its_own(company: Company):
    task = replace(
        LONG_TASK,
        inputs=(
            "import pandas as pd, httpx\n"
            "shared = [1, 2]\n"
            "frame = pd.DataFrame({'a': [1]})\n"
            "answer = httpx.Response(422, json={'error': 'no'})\n"
            "inputs = {'one': given(shared, frame, answer), 'two': given(shared, frame, answer)}",
        ),
    )
    source = (
        "def long_titles(numbers, frame, answer):\n"
        "    numbers.append(frame['a'].sum() + answer.status_code)\n"
        "    return list(numbers)\n"
    )
    answer = snippet.answer(task, source, company)
    assert [each.value for each in answer.trials] == [nested([1, 2, 423])] * 2
    assert all(isinstance(each.left, Group) for each in answer.trials)


def test_inputs_are_gathered_once_on_each_company(company: Company):
    assert inputs.gather(LONG_TASK, company) is inputs.gather(LONG_TASK, company)
    assert not inputs.gather(LONG_TASK, company).with_api
    assert inputs.gather(EVERY_TASK, company).with_api
