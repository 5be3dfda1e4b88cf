"""`api` in a notebook: a ready client, started when first used and ended with the kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from champion.api import pristine, processes
from champion.desk import snippet
from champion.desk.api import Api
from champion.desk.door import VARIABLE
from champion.lantern import Company
from champion.problems import Problem


@pytest.fixture
def api(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    monkeypatch.setenv("CHAMPION_WORK", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("LANTERN", "")
    monkeypatch.setenv("LANTERN_TOKEN", "")
    made = Api()
    yield made
    made.close()


def test_it_is_a_ready_client_with_a_token_that_reads(api: Api):
    answer = api.get("/v1/videos", params={"page": 1})
    assert answer.status_code == 200
    assert answer.request.headers["user-agent"] == "lantern-desk/1"
    assert api.post("/v1/folders", json={"name": "x"}).json()["code"] == "unauthorized_scope"
    assert api.writer.post("/v1/folders", json={"name": "x"}).status_code == 201
    assert api.anonymous.get("/v1/videos").status_code == 401


def test_printed_it_says_the_same_on_every_machine_and_how_to_use_curl(api: Api):
    shown = repr(api)
    assert "127.0.0.1" not in shown
    assert "$LANTERN." in shown
    assert api.token not in shown
    assert os.environ["LANTERN"] == api.address
    assert os.environ["LANTERN_TOKEN"] == api.token
    assert 'curl -H "Authorization: Bearer $LANTERN_TOKEN"' in shown


@pytest.mark.skipif(os.name == "nt", reason="the line is for a POSIX shell")
def test_the_line_for_curl_works_as_it_stands(api: Api):
    line = next(line for line in repr(api).splitlines() if "curl" in line).partition(": ")[2]
    ran = subprocess.run(["sh", "-c", f"{line} -s"], capture_output=True, text=True, check=False)
    if ran.returncode == 127:
        pytest.skip("there is no curl")
    assert ran.stdout.startswith("[{"), ran.stderr


def test_a_cell_shows_that_a_state_was_damaged_and_not_that_one_was_made(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    start = processes.start

    def telling(*given: Path | None, **named: Path | None) -> processes.Running:
        said = (pristine.BUILDING, "It was damaged; it begins afresh.")
        return replace(start(*given, **named), said=said)

    monkeypatch.setattr(processes, "start", telling)
    assert api.get("/v1/account").status_code == 200
    assert capsys.readouterr() == ("", "It was damaged; it begins afresh.\n")


def test_a_customers_token_opens_the_customers_account(api: Api):
    harrow = api.as_token("lnt_har5ow")
    assert harrow.get("/v1/account").json()["id"] == 202
    assert api.as_token(harrow.token) is harrow
    with pytest.raises(Problem, match="No token of Lantern's begins with 'lnt_nobody'"):
        api.as_token("lnt_nobody")


def test_reset_clock_limit_faults_and_log(api: Api):
    api.limit(2)
    assert [api.get("/v1/account").status_code for _ in range(3)] == [200, 200, 429]
    api.sleep(60)
    assert api.get("/v1/account").status_code == 200
    assert len(api.log()) == 4
    api.faults(steps=[{"fault": "500"}])
    assert api.get("/v1/account").status_code == 500
    api.reset()
    assert api.log() == []
    answer = api.get("/v1/account")
    assert answer.headers["x-request-id"] == "0000000000000001"
    with pytest.raises(Problem, match="The plans are"):
        api.faults("bumpyy")


def test_it_finds_the_one_that_the_lab_started(api: Api, company: Company, tmp_path: Path):
    lab = processes.start(tmp_path / ".champion" / "api", company.folder)
    try:
        assert api.address == lab.address
    finally:
        lab.end()


def test_one_that_ended_is_started_again(api: Api):
    api.get("/v1/account")
    assert api._place is not None
    assert api._place.running is not None
    api._place.running.end()
    assert api.get("/v1/account").status_code == 200


def test_it_ends_with_its_kernel(company: Company, tmp_path: Path):
    script = (
        "from champion.desk.api import api\napi.get('/v1/account')\n"
        "print(api._place.running.log.parent)\n"
    )
    environment = {**os.environ, "CHAMPION_COMPANY": str(company.folder)}
    environment |= {"CHAMPION_WORK": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    assert not Path(ran.stdout.strip()).exists()


def test_a_keys_cell_asks_the_company_it_is_proven_on_and_begins_afresh(company: Company):
    source = "made = api.writer.post('/v1/folders', json={'name': 'x'})\nfirst = made.json()['id']"
    one = snippet.run(source, (), company)["first"]
    again = snippet.run(source, (), company)["first"]
    assert one == again
    account = snippet.run("seen = api.get('/v1/account').json()", (), company)["seen"]
    assert account["id"] == 228


def test_opening_the_desk_loads_no_web_client():
    script = (
        "import sys\nfrom IPython.core.interactiveshell import InteractiveShell\n"
        "from champion.desk import open_desk\nopen_desk(InteractiveShell.instance())\n"
        "print([m for m in ('httpx', 'fastapi', 'pydantic') if m in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
