"""The practice API while an answer is marked: on a socket, fresh, out of the learner's reach."""

from __future__ import annotations

from typing import Any

import pytest

from champion.api.practice import Practice
from champion.lantern import Company
from champion.marking.runner import Ran, Runner

from . import samples

Worlds = tuple[Company, Company]
VALUE = "closed-share"


def run(runner: Runner, company: Company, source: str, look: Any = None) -> Ran:
    return runner.run_page(
        samples.page(),
        {VALUE: source},
        company.folder,
        variables={VALUE: "closed_count"},
        only=VALUE,
        look=look,
    )


def requests(practice: Practice) -> list[tuple[str, str, int]]:
    noted = practice.all("SELECT method, path, status FROM requests ORDER BY id")
    return [(each["method"], each["path"], each["status"]) for each in noted]


def test_a_cell_reaches_the_api_of_each_company_and_the_judge_sees_what_it_asked(
    runner: Runner, worlds: Worlds
):
    source = "closed_count = api.get('/v1/account').json()['video_count']"
    counts = []
    for world in worlds:
        ran = run(runner, world, source, requests)
        assert ran.answers[VALUE].state == "value", ran.answers[VALUE]
        counts.append(ran.answers[VALUE].value)
        assert ran.looked == [("GET", "/v1/account", 200)]
    assert counts[0] != counts[1]


def test_each_run_begins_afresh(runner: Runner, worlds: Worlds):
    source = "closed_count = api.writer.post('/v1/folders', json={'name': 'x'}).json()['id']"
    first, again = (run(runner, worlds[0], source).answers[VALUE] for _ in range(2))
    assert first.state == "value"
    assert first == again


def test_time_can_pass_and_nobody_waits(runner: Runner, worlds: Worlds):
    source = "api.sleep(3600)\nclosed_count = api.get('/v1/account').headers['date']"
    answer = run(runner, worlds[0], source).answers[VALUE]
    assert "13:00:00" in repr(answer.value)


@pytest.mark.parametrize(
    "tried",
    ["api.reset()", "api.limit(5)", "api.faults('bumpy')", "api.log()",
     "assert api.post('/practice/reset', json={}).status_code == 200"],
)  # fmt: skip
def test_no_cell_resets_what_it_is_judged_by(runner: Runner, worlds: Worlds, tried: str):
    source = f"api.get('/v1/account')\n{tried}\nclosed_count = 1"
    ran = run(runner, worlds[0], source, requests)
    assert ran.answers[VALUE].state == "error"
    assert ran.looked == [("GET", "/v1/account", 200)]


def test_without_the_api_in_a_cell_none_is_served(runner: Runner, worlds: Worlds):
    assert run(runner, worlds[0], "closed_count = 1", requests).looked is None
