"""The API on stage: set up for one call of a function, looked at unseen, wiped without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from champion.api.beside import Beside, Served
from champion.api.processes import CONTROL, LOOK, PATIENCE, SILENCE
from champion.api.stage import Stage, set_up, story
from champion.lantern import Company

WORD = "open sesame"


@pytest.fixture(scope="module")
def served(company: Company) -> Iterator[Served]:
    with Beside() as beside, beside.fresh(company.folder, WORD) as one:
        yield one


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    served.do(served.practice.reset)
    socket = str(served.socket) if served.socket else None
    headers = {"Authorization": f"Bearer {served.reading}"}
    with httpx.Client(
        base_url=served.address, transport=httpx.HTTPTransport(uds=socket), headers=headers
    ) as made:
        yield made


def stage(served: Served, **how: Any) -> int | None:
    return served.do(lambda: set_up(served.practice, Stage(**how)))


def told(served: Served) -> list[dict[str, Any]]:
    return served.do(lambda: story(served.practice))


def state_of(served: Served) -> str:
    """All of the state, but what asking leaves in it."""
    return "\n".join(served.do(lambda: list(served.practice.base.iterdump())))


def test_an_account_has_as_many_videos_as_the_stage_says(served: Served, client: httpx.Client):
    all_of_them = client.get("/v1/account").json()["video_count"]
    assert stage(served, token=served.reading, videos=3) == 3
    assert len(client.get("/v1/videos").json()) == 3
    assert stage(served, token=served.reading, videos=0) == 0
    assert client.get("/v1/videos").json() == []
    assert stage(served, token=served.reading, videos=10**6) == all_of_them
    assert stage(served) is None
    assert client.get("/v1/account").json()["video_count"] == all_of_them


def test_faults_and_a_limit_are_for_one_call(served: Served, client: httpx.Client):
    stage(served, faults=((2, "429"),), per_minute=3)
    assert [client.get("/v1/account").status_code for _ in range(4)] == [200, 429, 200, 429]
    stage(served)
    assert [client.get("/v1/account").status_code for _ in range(4)] == [200] * 4


def test_the_story_tells_what_was_asked_and_waited(served: Served, client: httpx.Client):
    stage(served, faults=((1, "429"),))
    client.post("/practice/sleep", json={"seconds": 2})
    client.get("/v1/videos?page=1")
    client.post("/practice/sleep", json={"seconds": 5})
    client.get("/v1/videos?page=1")
    assert [
        (row["number"], row["path"], row["status"], row["told_to_wait"], row["waited"])
        for row in told(served)
    ] == [(0, "", 0, 0, 2), (1, "/v1/videos", 429, 5, 5), (2, "/v1/videos", 200, 0, 0)]
    assert client.get("/practice/requests").json()["requests"] == told(served)
    assert client.get("/practice/requests", headers={"Authorization": ""}).status_code == 401


def test_asking_leaves_nothing_behind_and_no_copy_is_needed(
    served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    pristine = state_of(served)
    copies: list[bool] = []
    wipe = served.practice.traces.wipe
    monkeypatch.setattr(
        served.practice.traces, "wipe", lambda: copies.append(wiped := wipe()) or wiped
    )
    stage(served, token=served.reading, videos=30, faults=((2, "shrink"), (3, "500")))
    for _ in range(4):
        client.get("/v1/videos")
        client.post("/practice/sleep", json={"seconds": 70})
    assert state_of(served) != pristine
    served.do(served.practice.reset)
    assert state_of(served) == pristine
    assert copies == [True, True]


def test_what_was_written_is_put_back_by_a_copy(served: Served, client: httpx.Client):
    pristine = state_of(served)
    writer = {"Authorization": f"Bearer {served.writing}"}
    client.post("/v1/folders", json={"name": "x"}, headers=writer)
    served.do(served.practice.reset)
    assert state_of(served) == pristine
    assert client.get("/v1/account").headers["x-request-id"] == "0000000000000001"


def test_a_look_is_neither_counted_nor_noted_and_only_reads(served: Served, client: httpx.Client):
    stage(served, per_minute=1, faults=((1, "500"),))
    unseen = {LOOK: "1", CONTROL: WORD}
    for _ in range(3):
        answer = client.get("/v1/account", headers=unseen)
        assert answer.status_code == 200
        assert "x-request-id" not in answer.headers
    assert client.post("/v1/folders", json={"name": "x"}, headers=unseen).status_code == 405
    assert client.get("/v1/account", headers={**unseen, "Authorization": ""}).status_code == 401
    assert told(served) == []
    assert client.get("/v1/account").status_code == 500


@pytest.mark.parametrize("word", ["", "guess"])
def test_without_the_control_word_a_look_is_a_request(
    served: Served, client: httpx.Client, word: str
):
    client.get("/v1/account", headers={LOOK: "1", CONTROL: word})
    assert len(told(served)) == 1
    assert client.put("/practice/stage", json={}, headers={CONTROL: word}).status_code == 403


def test_nobody_has_the_control_word_of_an_api_that_has_none(company: Company):
    with Beside() as beside, beside.fresh(company.folder) as one:
        socket = str(one.socket) if one.socket else None
        transport = httpx.HTTPTransport(uds=socket)
        with httpx.Client(base_url=one.address, transport=transport) as client:
            headers = {LOOK: "1", CONTROL: "", "Authorization": f"Bearer {one.reading}"}
            client.get("/v1/account", headers=headers)
        assert len(told(one)) == 1


@pytest.mark.parametrize(
    ("fault", "patience"), [("timeout", "7"), ("slow", "3"), ("timeout", "inf")]
)
def test_a_caller_on_the_practice_clock_hears_at_once_that_no_answer_comes(
    served: Served, client: httpx.Client, fault: str, patience: str
):
    stage(served, faults=((1, fault),))
    answer = client.get("/v1/account", headers={PATIENCE: patience}, timeout=2)
    assert SILENCE in answer.headers
    assert [row["status"] for row in told(served)] == [499]


def test_a_slow_answer_comes_within_its_patience(served: Served, client: httpx.Client):
    stage(served, faults=((1, "slow"),))
    answer = client.get("/v1/account", headers={PATIENCE: "6"}, timeout=0.9)
    assert answer.status_code == 200
    assert answer.headers["date"].endswith("12:00:05 GMT")
