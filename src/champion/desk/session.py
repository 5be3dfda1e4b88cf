"""The learner's session in one notebook: the only state the desk keeps."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from champion.checking import refusals
from champion.desk import cells, screen, verbs
from champion.problems import Problem

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from champion.checking.answer import Run
    from champion.checking.evidence import Evidence
    from champion.checking.key import Task
    from champion.desk.verbs import Word
    from champion.lantern.company import Company


@dataclass(frozen=True)
class Origin:
    """One run of a cell.

    Attributes:
        source: its text.
        error: the first line of its error, or "".
        cell: as the how many-th cell it ran.
        timed_out: a query of it took too long.
        made: the variables to which it gave a value, when an error stopped it.
    """

    source: str
    error: str = ""
    cell: int = 0
    timed_out: bool = False
    made: frozenset[str] = frozenset()


@dataclass
class Session:
    """What one notebook's desk remembers.

    Attributes:
        shell: the notebook's IPython.
        origins: by variable, the cell that last assigned it, whether or not it came to its end.
        runs_by_id: by cell id, where the notebook tells it, that cell's last run.
        hints: by task, how many hints were given.
        runs: by task, the task as its key had it and the snippets of it that have run.
        evidence: by task, the task as its key had it and what its answer may rest on.
        cell: how many cells have run, the running one included.
        ran_before: when the cell before this one began to run, in seconds since 1970.
        passed: tasks whose answer was right, or went to the mentor, in this session.
    """

    shell: InteractiveShell | None = None
    origins: dict[str, Origin] = field(default_factory=dict)
    runs_by_id: dict[str, Origin] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    runs: dict[str, tuple[Task, Run]] = field(default_factory=dict)
    evidence: dict[str, tuple[Task, Evidence]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    cell: int = 0
    ran_before: float | None = None
    _runs_since: float | None = None
    _company: Company | None = None
    _before: dict[str, Any] = field(default_factory=dict)
    _verbs: dict[str, Word] = field(default_factory=dict)

    @property
    def company(self) -> Company:
        """The sample company, opened when it is first needed; Problem when it is not built."""
        if self._company is None:
            from champion.lantern.company import open_company

            self._company = open_company()
        return self._company

    @company.setter
    def company(self, company: Company) -> None:
        self._company = company
        self.runs.clear()
        self.evidence.clear()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The notebook's variables."""
        return self.shell.user_ns if self.shell is not None else {}

    def watch(self, shell: InteractiveShell) -> None:
        """Follow this shell's cells from now on."""
        self.shell = shell
        shell.events.register("pre_run_cell", self.before_cell)
        shell.events.register("post_run_cell", self.after_cell)

    def leave(self) -> None:
        """Follow no cells any more, and close the company."""
        if self.shell is not None:
            self.shell.events.unregister("pre_run_cell", self.before_cell)
            self.shell.events.unregister("post_run_cell", self.after_cell)
        if self._company is not None:
            self._company.close()

    def before_cell(self, info: Any) -> None:
        """Remember what the cell is about to assign, so that a check in the same cell knows."""
        if self.shell is not None:
            # otherwise IPython would not open the desk again, when it is asked to
            self.shell.extension_manager.loaded.discard("champion")
        self._verbs = verbs.held(self.variables)
        self.cell += 1
        self.ran_before, self._runs_since = self._runs_since, time.time()
        source = info.raw_cell or ""
        self._before = {name: self.variables.get(name) for name in cells.assigned(source)}
        ran = Origin(source, cell=self.cell)
        self.origins.update(dict.fromkeys(self._before, ran))
        self._note_run(info, ran)

    def after_cell(self, result: Any) -> None:
        """When the cell failed, note it for every variable of it: what it holds is half made."""
        self._give_back_verbs()
        before, self._before = self._before, {}
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return
        source = result.info.raw_cell if result.info is not None else ""
        slow = type(error).__name__ == "TooSlow"
        made = (name for name, old in before.items() if self.variables.get(name) is not old)
        failed = Origin(source, first_line(error), self.cell, slow, frozenset(made))
        self.origins.update(dict.fromkeys(before, failed))
        self._note_run(result.info, failed)

    def _give_back_verbs(self) -> None:
        said = verbs.give_back(self.shell.user_ns, self._verbs) if self.shell else ""
        if said:
            screen.say(said)

    def _note_run(self, info: Any, ran: Origin) -> None:
        identity = getattr(info, "cell_id", None)
        if identity:
            self.runs_by_id[identity] = ran


def first_line(error: BaseException) -> str:
    """An error in one line: "KeyError: 'day'", and a `Problem` in its own words."""
    said = str(error).strip().partition("\n")[0]
    if isinstance(error, Problem):
        return said
    if isinstance(error, json.JSONDecodeError) and error.doc.startswith(refusals.SENTENCE):
        said = f"{said} of “{error.doc.strip()}”"  # which alone tells why there is no JSON
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


class _Desk:
    """Where this process's session is kept."""

    session: Session = Session()


def current() -> Session:
    """The session of the notebook that this process serves."""
    return _Desk.session


def begin(shell: InteractiveShell) -> Session:
    """A session that follows this shell; the same one again when it already does."""
    if _Desk.session.shell is not shell:
        _Desk.session.leave()
        _Desk.session = Session()
        _Desk.session.watch(shell)
    return _Desk.session
