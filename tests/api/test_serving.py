"""Serving: started, found, ended; and what happens when something is damaged or in the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from champion.api import pristine, processes
from champion.api.practice import STATE
from champion.api.processes import Running
from champion.desk.webhooks import listen
from champion.lantern import Company
from champion.problems import Problem


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "work é" / ".champion" / "api"


@pytest.fixture
def running(home: Path, company: Company) -> Iterator[Running]:
    started = processes.start(home, company.folder)
    yield started
    started.end()


def ask(running: Running, method: str, path: str, content: object = None) -> Any:
    request = urllib.request.Request(
        running.address + path,
        None if content is None else json.dumps(content).encode(),
        {"Authorization": f"Bearer {running.writing}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_it_is_found_by_its_address_and_by_its_owner_alone(running: Running, home: Path):
    found = processes.find(home)
    assert found is not None
    assert found.address == running.address
    if os.name != "nt":
        for name in ("address.json", STATE, "access.log"):
            assert stat.S_IMODE((home / name).stat().st_mode) == 0o600, name


def test_it_listens_on_loopback_alone(running: Running):
    assert running.address.startswith("http://127.0.0.1:")
    port = int(running.address.rpartition(":")[2])
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), port)}
    for other in others - {"127.0.0.1", "::1"}:
        if not other.startswith("127."):
            with pytest.raises(ConnectionRefusedError), socket.create_connection((other, port), 1):
                pass


def test_what_was_changed_is_there_after_it_was_started_again(home: Path, company: Company):
    first = processes.start(home, company.folder)
    made = ask(first, "POST", "/v1/folders", {"name": "Kept"})
    first.end()
    assert processes.find(home) is None
    again = processes.start(home, company.folder)
    try:
        assert ask(again, "GET", f"/v1/folders/{made['id']}")["name"] == "Kept"
        assert again.ask("GET", "status")["requests"] == 2
        again.ask("POST", "reset")
        assert again.ask("GET", "status")["requests"] == 0
    finally:
        again.end()


def test_a_second_one_in_the_same_folder_says_where_the_first_is(
    running: Running, home: Path, company: Company
):
    with pytest.raises(Problem, match=f"runs already, at {running.address}"):
        processes.start(home, company.folder)


def test_a_port_that_is_taken_is_said(home: Path, company: Company):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"cannot use port {port}: it is taken"):
            processes.start(home, company.folder, port)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_ended_in_the_middle_of_writing_nothing_is_half_written(home: Path, company: Company):
    started = processes.start(home, company.folder)
    script = (
        "import json, sys, urllib.request\n"
        "address, token = sys.argv[1:]\n"
        "while True:\n"
        "    body = json.dumps({'name': 't', 'scopes': ['read:videos']}).encode()\n"
        "    headers = {'Authorization': 'Bearer ' + token, 'Content-Type': 'application/json'}\n"
        "    ask = urllib.request.Request(address + '/v1/tokens', body, headers)\n"
        "    urllib.request.urlopen(ask).read()\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script, started.address, started.writing], stderr=subprocess.DEVNULL
    )
    time.sleep(1.0)
    assert started.process is not None
    os.kill(started.process.pid, signal.SIGKILL)
    writer.wait()
    started.process.wait()
    with sqlite3.connect(home / STATE) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        whole = base.execute("SELECT count(*) FROM tokens WHERE name = 't'").fetchone()[0]
        half = base.execute("SELECT count(*) FROM tokens WHERE digest = ''").fetchone()[0]
    assert whole > 0
    assert half == 0
    again = processes.start(home, company.folder)
    assert again.said == ()
    again.end()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_between_two_attempts_it_goes_on_telling_a_webhook(home: Path, company: Company):
    with listen(status=500) as listener:
        first = processes.start(home, company.folder)
        hook = ask(first, "POST", "/v1/webhooks", {"url": listener.url})
        film = ask(first, "GET", "/v1/videos?per_page=1")[0]["hashed_id"]
        told = ask(first, "POST", f"/v1/webhooks/{hook['id']}/test", {"hashed_id": film})
        ask(first, "POST", "/practice/sleep", {"seconds": 30})
        assert {json.loads(each.body)["uuid"] for each in listener.caught} == set(told)
        assert first.process is not None
        os.kill(first.process.pid, signal.SIGKILL)
        first.end()

        caught = len(listener.caught)
        again = processes.start(home, company.folder)
        try:
            listener.status = 200
            ask(again, "POST", "/practice/sleep", {"seconds": 120})
            arrived = [json.loads(each.body)["uuid"] for each in listener.caught[caught:]]
            assert sorted(arrived) == sorted(told)
            listed = ask(again, "GET", f"/v1/webhooks/{hook['id']}/deliveries?per_page=100")
        finally:
            again.end()
    by_event = {uuid: [each for each in listed if each["event"] == uuid] for uuid in told}
    for attempts in by_event.values():
        assert [(each["attempt"], each["status"]) for each in attempts] == [(1, 500), (2, 200)]


def test_without_anybody_moving_the_clock_a_restarted_one_tries_again(home: Path, company: Company):
    with listen(status=500) as listener:
        first = processes.start(home, company.folder)
        hook = ask(first, "POST", "/v1/webhooks", {"url": listener.url})
        film = ask(first, "GET", "/v1/videos?per_page=1")[0]["hashed_id"]
        ask(first, "POST", f"/v1/webhooks/{hook['id']}/test", {"hashed_id": film})
        ask(first, "POST", "/practice/sleep", {"seconds": 30})
        first.end()
        caught = len(listener.caught)
        again = processes.start(home, company.folder)
        try:
            assert len(listener.wait(caught + 5, seconds=10)) >= caught + 5
        finally:
            again.end()


def test_a_damaged_state_is_built_anew_and_said(home: Path, company: Company):
    processes.start(home, company.folder).end()
    (home / STATE).write_bytes(b"no database at all" * 100)
    again = processes.start(home, company.folder)
    assert any("damaged" in line for line in again.said)
    assert ask(again, "GET", "/v1/account")["id"] == 228
    again.end()


def test_a_damaged_pristine_state_is_built_anew_and_said(
    tmp_path: Path, company: Company, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("champion.places.build", lambda: tmp_path / "build")
    said: list[str] = []
    made = pristine.pristine(company.folder, said.append)
    content = made.read_bytes()
    made.write_bytes(content[: len(content) // 2])
    assert pristine.pristine(company.folder, said.append) == made
    assert [line.split(".")[0] for line in said] == [
        "Building the practice API's state …",
        "The practice API's state was damaged",
    ]
    assert made.read_bytes()[:16] == content[:16]
    assert not list(made.parent.glob(".*"))


def test_a_state_of_another_company_is_not_used(home: Path, company: Company, tmp_path: Path):
    processes.start(home, company.folder).end()
    with sqlite3.connect(home / STATE) as base:
        base.execute("UPDATE meta SET value = 'another' WHERE name = 'stamp'")
    base.close()
    again = processes.start(home, company.folder)
    assert any("another company" in line for line in again.said)
    again.end()


def test_it_ends_with_who_started_it(home: Path, company: Company):
    script = (
        "import os, sys; from pathlib import Path; from champion.api import processes\n"
        "r = processes.start(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(r.process.pid, flush=True); os._exit(9)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(home), str(company.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 9
    deadline = time.monotonic() + 10
    while (home / "address.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_temporary_one_leaves_nothing_behind(company: Company):
    started = processes.start(None, company.folder)
    folder = started.log.parent
    assert folder.is_dir()
    started.end()
    assert not folder.exists()


def test_stopping_it_from_elsewhere(home: Path, company: Company):
    started = processes.start(home, company.folder)
    found = processes.found(home)
    found.ask("POST", "stop")
    assert started.process is not None
    assert started.process.wait(10) == 0
    with pytest.raises(Problem, match="No practice API is running"):
        processes.found(home)
    started.end()


def test_without_a_company_it_says_what_to_do(home: Path, tmp_path: Path):
    with pytest.raises(Problem, match="not built yet"):
        processes.start(home, tmp_path)


def test_its_first_answers_need_no_database_engine(company: Company, home: Path):
    processes.start(home, company.folder).end()
    script = (
        "import sys; from champion.api import app, beside, deliveries, front, serving\n"
        "app.endpoints()\n"
        "print([m for m in ('sqlalchemy', 'duckdb', 'numpy', 'pandas') if m in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
