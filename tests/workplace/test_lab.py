"""`champion lab` for real, without a browser: it opens, is private and quiet, and ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import websocket

from champion.api import processes
from champion.problems import Problem
from champion.workplace import jupyter, lab, lease, settings

COMMAND = [Path(sys.executable).with_name("champion"), "lab", "--no-browser"]


@contextmanager
def opened(course, company, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command, started on a course and its work folder; ended with the block."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=surroundings(course, company),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def surroundings(course, company) -> dict[str, str]:
    return os.environ | {
        "CHAMPION_COURSE": str(course.root),
        "CHAMPION_WORK": str(course.work),
        "CHAMPION_COMPANY": str(company.folder),
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }


def address(process: subprocess.Popen[str]) -> str:
    """What stands behind "Ready"."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.match(r"Ready\s+(http\S+)", line):
            return found[1]
    pytest.fail("no Ready in: " + "".join(said))


def ask(ready: str, path: str, token: str | None = None, method: str = "GET") -> Any:
    """What the lab's server answers."""
    parts = urlsplit(ready)
    known = parts.query.removeprefix("token=") if token is None else token
    request = Request(
        f"{parts.scheme}://{parts.netloc}{path}",
        headers={"Authorization": f"token {known}"},
        method=method,
    )
    with build_opener(ProxyHandler({})).open(request, timeout=20) as answer:
        return json.load(answer)


def gone(ready: str) -> bool:
    """Whether nobody answers there any more, within ten seconds."""
    root = ready.split("/lab")[0]
    deadline = time.monotonic() + 10
    while jupyter.answers(root) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not jupyter.answers(root)


def test_a_lab_opens_is_quiet_and_private_and_ends_with_one_ctrl_c(course, company):
    with opened(course, company) as process:
        ready = address(process)
        assert re.fullmatch(
            r"http://127\.0\.0\.1:\d+/lab/tree/Start%20here\.md\?token=[\w-]{20,}", ready
        )
        names = {each["name"] for each in ask(ready, "/api/contents/")["content"]}
        assert {"Start here.md", "lessons", "exercises", "doctrine", "outbox"} <= names

        notices = ask(ready, "/lab/api/settings/@jupyterlab/apputils-extension:notification")
        defaults = {k: v["default"] for k, v in notices["schema"]["properties"].items()}
        assert defaults["fetchNews"] == "false"
        assert defaults["checkForUpdates"] is False
        assert defaults["doNotDisturbMode"] is True

        kernel = ask(ready, "/api/kernelspecs")["kernelspecs"]["python3"]["spec"]["argv"][0]
        assert Path(kernel).parent == Path(sys.executable).parent or kernel == "python"

        with pytest.raises(HTTPError, match="403"):
            ask(ready, "/api/contents/", token="guessed")
        assert lease.address(course.work) == ready

        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[0]
        assert process.returncode == 0
        assert "Ended. Your work lies in" in rest
        assert "Traceback" not in rest
        assert "leaked" not in rest
        assert gone(ready)
        assert lease.address(course.work) == ""


@contextmanager
def channel(ready: str, path: str) -> Iterator[websocket.WebSocket]:
    """A line to a kernel or a terminal of the lab."""
    parts = urlsplit(ready)
    token = parts.query.removeprefix("token=")
    line = websocket.create_connection(
        f"ws://{parts.netloc}{path}",
        header=[f"Authorization: token {token}"],
        timeout=30,
        http_no_proxy=["127.0.0.1"],
    )
    try:
        yield line
    finally:
        line.close()


def run_in_kernel(ready: str, source: str) -> str:
    """What a cell shows in a new kernel of the lab."""
    kernel = ask(ready, "/api/kernels", method="POST")["id"]
    content = {"code": source, "silent": False, "store_history": False, "allow_stdin": False}
    header = {"msg_id": "1", "msg_type": "execute_request", "session": "s", "username": "u",
              "version": "5.3"}  # fmt: skip
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content,
               "channel": "shell", "buffers": []}  # fmt: skip
    shown = []
    with channel(ready, f"/api/kernels/{kernel}/channels") as line:
        line.send(json.dumps(message))
        while True:
            said = json.loads(line.recv())
            if said["parent_header"].get("msg_id") != "1":
                continue
            shown.append(json.dumps(said["content"]))
            if said["content"].get("execution_state") == "idle":
                return "\n".join(shown)


def run_in_terminal(ready: str, command: str, until: str) -> str:
    """What a terminal of the lab shows after a command, up to a pattern in it."""
    name = ask(ready, "/api/terminals", method="POST")["name"]
    shown = ""
    with channel(ready, f"/terminals/websocket/{name}") as line:
        line.send(json.dumps(["stdin", f"{command}\r"]))
        while not re.search(until, shown):
            kind, *words = json.loads(line.recv())
            shown += words[0] if kind == "stdout" else ""
    return shown


@pytest.mark.skipif(os.name == "nt", reason="the line is for a POSIX shell")
def test_curl_asks_the_practice_api_in_terminals_and_kernels_and_the_token_is_kept_nowhere(
    course, company
):
    curl = 'curl -s $LANTERN/v1/account -H "Authorization: Bearer $LANTERN_TOKEN"'
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    with opened(course, company) as process:
        ready = address(process)
        token = processes.found(course.work / ".champion" / "api").reading
        shown = run_in_terminal(ready, curl, r"\}")
        assert re.search(r'"id":228,.*"video_count":\d+\}', shown), shown
        assert token not in shown
        shown = run_in_kernel(ready, f"!{curl}")
        assert '\\"id\\":228,' in shown
        assert token not in shown
        shown = run_in_kernel(ready, "%env")
        assert "'LANTERN_TOKEN': '<hidden>'" in shown
        assert token not in shown
        process.send_signal(signal.SIGINT)
        assert token not in process.communicate(timeout=60)[0]
    kept = [path for path in course.work.rglob("*") if path.is_file()]
    assert jupyter.log(course.work) in kept
    assert [path for path in kept if token.encode() in path.read_bytes()] == []


def test_a_second_lab_on_the_same_folder_is_one_line_with_the_address(course, company):
    with opened(course, company) as first:
        ready = address(first)
        with opened(course, company) as second:
            said = second.communicate(timeout=60)[0]
            assert second.returncode == 1
        assert said.count("\n") == 1
        assert f"is open in a lab already, at {ready}." in said
        assert jupyter.answers(ready.split("/lab")[0])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_lab_that_is_killed_leaves_no_server_behind(course, company):
    with opened(course, company) as process:
        ready = address(process)
        process.kill()
        process.wait()
        assert gone(ready)
    with opened(course, company) as again:
        assert address(again)


def test_a_taken_port_is_one_line(course, company):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with opened(course, company, "--port", str(port)) as process:
            said = process.communicate(timeout=60)[0]
            assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"Port {port} cannot be used: address already in use." in said
    assert "Leave --port out" in said


def test_a_read_only_work_folder_is_one_line(course, as_nobody):
    course.work.mkdir()
    course.work.chmod(0o555)
    with as_nobody(), pytest.raises(Problem, match="may not be written to") as refused:
        lab.lab(browser=False, work=course.work)
    assert "\n" not in str(refused.value)


def test_a_jupyterlab_that_dies_is_quoted(course, monkeypatch):
    monkeypatch.setattr(settings, "arguments", lambda *about: ["--ServerApp.port=nonsense"])
    with jupyter.running(course.work, None) as opening, pytest.raises(Problem) as told:
        jupyter.wait_for(opening)
    assert str(told.value).startswith("JupyterLab did not start: ")
    assert "nonsense" in jupyter.log(course.work).read_text(encoding="utf-8")
    assert "\n" not in str(told.value)


def test_kernels_use_sockets_only_where_the_path_is_short_enough():
    assert settings.sockets_fit(Path("/run/jupyter"), "posix")
    assert not settings.sockets_fit(Path("/" + "a" * 60), "posix")
    assert not settings.sockets_fit(Path("/" + "é" * 30), "posix")
    assert not settings.sockets_fit(Path("C:/run"), "nt")


def test_the_users_own_jupyter_settings_stay_out(tmp_path):
    outside = {"JUPYTER_PATH": "/mine", "PATH": "/usr/bin", "JUPYTER_CONFIG_DIR": "/mine"}
    inside = settings.environment(tmp_path, "secret", tmp_path / "run", outside)
    assert "JUPYTER_PATH" not in inside
    assert inside["JUPYTER_CONFIG_DIR"].startswith(str(tmp_path))
    assert inside["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert "secret" not in " ".join(settings.arguments(tmp_path, 8888, tmp_path / "run"))


@pytest.mark.parametrize(
    ("system", "screen", "opens"),
    [("linux", "", False), ("linux", ":0", True), ("darwin", "", True), ("win32", "", True)],
)
def test_no_text_browser_takes_a_terminal_over(monkeypatch, system, screen, opens):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert lab.has_a_screen() is opens
