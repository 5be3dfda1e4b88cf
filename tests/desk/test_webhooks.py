"""`listen()` in a notebook: a learner catches what a webhook really sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import Notebook
from tests.desk.test_desk import executed

from champion.lantern import Company
from champion.problems import Problem

MAKE = """made = api.writer.post("/v1/webhooks", json={"url": hook.url})
number = made.json()["id"]
film = api.get("/v1/videos").json()[0]["hashed_id"]
api.writer.post(f"/v1/webhooks/{number}/test", json={"hashed_id": film}).status_code"""


def said(outputs: list[Any]) -> str:
    """The text that a cell shows."""
    return "".join(each.get("text") or each["data"]["text/plain"] for each in outputs)


def test_a_learner_catches_a_real_delivery_in_a_real_kernel(
    course: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    cells = ["%load_ext champion", "listen", "hook = listen()\nhook", MAKE, "api.sleep(300)",
             "caught = hook.wait(5)\nlen({each.body for each in caught})", "caught[0]",
             "hook.close()\nhook.url"]  # fmt: skip
    _, alone, listening, told, _, counted, first, closed = executed(cells, course / "work")
    assert said(alone).startswith("To catch what a webhook sends, write hook = listen().")
    assert said(listening) == "Listening on loopback; 0 caught so far."
    assert said(told) == "202"
    assert int(said(counted)) == 5
    assert said(first).startswith("POST /hook\n")
    assert "Lantern-Signature: t=" in said(first)
    assert closed[0]["traceback"] == ["✗ This receiver is closed. Make another with listen()."]


@pytest.mark.parametrize("status", ["'on'", "0", "9000"])
def test_a_status_that_nobody_answers_with_is_one_line(notebook: Notebook, status: str) -> None:
    ran = notebook.run(f"hook = listen({status})")
    assert isinstance(ran.error, Problem)
    assert ran.text == "✗ A receiver answers with a status from 200 to 599. Write listen(500)."


def test_a_receiver_is_kept_and_the_command_stays(notebook: Notebook) -> None:
    assert "is a command of the desk" in notebook.run("listen = listen()").text
    assert notebook.run("hook = listen()\nhook.close()").error is None
