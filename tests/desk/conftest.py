"""A learner's notebook for tests: a real IPython shell, a work folder, two tasks' keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from champion.checking.key import Key, Task, Wrong, to_json
from champion.desk import open_desk, session
from champion.lantern import Company

LESSON = "1-querying/01-one-table"

COUNT = Task(
    slug="tickets-by-channel",
    lesson=LESSON,
    page="exercise",
    number="1.1",
    title="Tickets by channel",
    minutes=3,
    kind="table",
    variable="by_channel",
    blank="%%sql by_channel\nSELECT ...",
    reference="%%sql by_channel\nSELECT channel, count(*) AS tickets FROM tickets GROUP BY channel",
    after="`GROUP BY` makes one row of each group.",
    hints=("Which column says how a ticket came?", "One row per channel.", "Count the rows."),
    wrong=(
        Wrong(
            "open-only",
            "These are the open ones alone. Did the ticket ask for them?",
            "Only that few?",
            "%%sql by_channel\nSELECT channel, count(*) AS tickets FROM tickets\n"
            "WHERE status = 'open' GROUP BY channel",
        ),
    ),
)
CHOICE = Task(
    slug="pick-a-reply",
    lesson=LESSON,
    page="exercise",
    number="1.2",
    title="Pick a reply",
    minutes=2,
    kind="choice",
    variable="reply",
    blank="reply = ...",
    reference='reply = "b"',
    options=("a", "b"),
    wrong=(Wrong("rude", "Would you like to read this?", source='reply = "a"'),),
    closes="L-1002",
    thanks="Thank you!",
    rating=4,
    next_ticket="L-1003",
    next_lesson="1-querying/02-filtering",
)


@dataclass(frozen=True)
class Ran:
    """What a cell showed: its text, its outputs, and its error or None."""

    text: str
    outputs: list[Any]
    error: BaseException | None


class Notebook:
    """A notebook whose desk is open."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def run(self, source: str, cell: str | None = None) -> Ran:
        """Run a cell, as a notebook without ids does, or as the cell of that id."""
        with capture_output() as captured:
            result = self.shell.run_cell(source, cell_id=cell)
        shown = [str(each.data.get("text/plain", "")) for each in captured.outputs]
        text = "\n".join([captured.stdout, *shown]).strip()
        return Ran(text, captured.outputs, result.error_before_exec or result.error_in_exec)

    def __getitem__(self, name: str) -> Any:
        return self.shell.user_ns[name]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with two tasks' keys, at a path with a space and an accent, and a work folder."""
    home = tmp_path / "Mes cours é"
    keys = home / "build" / "keys" / f"{LESSON}.json"
    keys.parent.mkdir(parents=True)
    keys.write_text(to_json(Key(LESSON, "One table", (COUNT, CHOICE))), encoding="utf-8")
    (home / "work").mkdir()
    for name in ("CHAMPION_WORK", "CHAMPION_COMPANY", "CHAMPION_INBOX", "CHAMPION_PROGRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("CHAMPION_DATABASE_URL", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setenv("CHAMPION_COURSE", str(home))
    return home


@pytest.fixture
def work(course: Path) -> Path:
    """The learner's folder."""
    return course / "work"


@pytest.fixture
def unbuilt(course: Path) -> Iterator[Notebook]:
    """An open notebook of a course whose company is not built yet."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    with capture_output():
        open_desk(shell)
    yield Notebook(shell)
    InteractiveShell.clear_instance()


@pytest.fixture
def notebook(unbuilt: Notebook, company: Company) -> Notebook:
    """An open notebook on the small proven company."""
    session.current().company = company
    return unbuilt
