"""Runs pages outside of this process and brings their answers back.

The judge's side of the three processes: it owns one zygote and asks it for one child a run.
Whatever a child does (sends nonsense, ends early, never ends), `Runner.run` returns an
answer for every task it was asked for, within the limits.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from champion.checking.answer import Answer
from champion.marking import children
from champion.marking.apis import Apis, Look, told
from champion.marking.cells import Notebook
from champion.marking.exams import Exam
from champion.marking.hearing import Hearing
from champion.marking.limits import Limits
from champion.marking.steps import Step, blanks, steps
from champion.problems import Problem


@dataclass(frozen=True)
class Ran:
    """What a page came to.

    Attributes:
        answers: by task.
        isolation: how the child was shut in; a key of `confine.MEANING`, "none" if none ran.
        looked: what the caller's look at the practice API saw after the last attempt.
    """

    answers: dict[str, Answer]
    isolation: str
    looked: Any = None


class Runner:
    """A zygote that hundreds of runs share; use it as a context manager.

    Args:
        limits: what each run may use.
        fork: False spawns a fresh process for each run, as must be done on Windows.

    Several threads may call `run` at once; each run has a child of its own.
    """

    def __init__(self, limits: Limits | None = None, *, fork: bool = hasattr(os, "fork")) -> None:
        self.limits = limits or Limits()
        self._nursery: children.Nursery = children.Zygote() if fork else children.Spawner()
        self._apis = Apis()

    def __enter__(self) -> Runner:
        self._nursery.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._nursery.stop()
        self._apis.close()

    def run(
        self,
        page: Notebook,
        sources: Mapping[str, str],
        company: Path,
        *,
        variables: Mapping[str, str] | None = None,
        helpers: Mapping[str, Sequence[str]] | None = None,
        only: str | None = None,
        exams: Mapping[str, Exam] | None = None,
    ) -> dict[str, Answer]:
        """Run a page's set-up cells and these answer cells on one company.

        Args:
            page: our notebook, as it is handed out (its cells' metadata name task and role).
            sources: the answer cell of each task, by slug.
            company: the folder of the company.
            variables: each task's variable; where missing, the page's blank names it.
            helpers: the learner's own cells that run before the answer of that task.
            only: run the set-up and the answer of this one task.
            exams: by task, what is asked once its answer has come: see `marking.exams`.

        Returns:
            An answer for every task of the page that `sources` holds (or for `only`):
            blank, missing, error, timed out, or a value.

        Raises:
            Problem: nothing could be run at all, whatever the learner wrote.
        """
        return self.run_page(
            page, sources, company, variables=variables, helpers=helpers, only=only, exams=exams
        ).answers

    def run_page(
        self,
        page: Notebook,
        sources: Mapping[str, str],
        company: Path,
        *,
        variables: Mapping[str, str] | None = None,
        helpers: Mapping[str, Sequence[str]] | None = None,
        only: str | None = None,
        exams: Mapping[str, Exam] | None = None,
        look: Look | None = None,
    ) -> Ran:
        """As `run`, and how the cells were shut in.

        Args:
            look: called with the state of the practice API once the cells have run, if any of
                them used it; what it returns is `Ran.looked`.
        """
        if not company.is_dir():
            raise Problem(f"There is no company in {company}.", "Run `champion lantern build`.")
        asked = [task for task in blanks(page) if task in sources and only in (None, task)]
        judged = exams or {}
        planned = steps(page, sources, variables, helpers, only, judged)
        answered = any(step.task for step in planned)
        ran = self._answers(planned, company, judged, look) if answered else Ran({}, "none")
        answers = {task: ran.answers.get(task, Answer("blank")) for task in asked}
        with_source = {t: replace(answer, source=sources[t]) for t, answer in answers.items()}
        return replace(ran, answers=with_source)

    def _answers(
        self, planned: list[Step], company: Path, exams: Mapping[str, Exam], look: Look | None
    ) -> Ran:
        """Run the steps; when one ends the child, go on without it, so that it harms no other."""
        seconds = self.limits.notebook_seconds
        left = list(planned)
        answers: dict[str, Answer] = {}
        isolation = "none"
        while wanted := {step.task for step in left if step.task} - answers.keys():
            if seconds <= 0:
                return Ran(answers | dict.fromkeys(wanted, Answer("timed out")), isolation)
            run, looked = self._attempt(left, company, seconds, exams, look)
            seconds -= run.seconds
            answers, isolation = run.answers | answers, run.isolation
            if run.at < 0:
                raise Problem(
                    f"The learner's cells could not be run: {run.trouble or 'it ended at once'}.",
                    "Run `champion doctor`, and mark again.",
                )
            if run.done:
                unheard = Answer("error", error="the run ended without an answer")
                return Ran(dict.fromkeys(wanted, unheard) | answers, isolation, looked)
            culprit = left.pop(run.at)
            if culprit.task:
                answers.setdefault(culprit.task, run.end())
            elif culprit.begins:  # the exam then begins with what follows
                left[run.at] = replace(left[run.at], begins=culprit.begins)
        return Ran(answers, isolation)

    def _attempt(
        self,
        planned: Sequence[Step],
        company: Path,
        seconds: float,
        exams: Mapping[str, Exam],
        look: Look | None,
    ) -> tuple[Hearing, Any]:
        asked = {step.task: exams[step.task] for step in planned if step.examined}
        needed = any(exam.with_api for exam in asked.values())
        looked = None
        with self._apis.beside(planned, company, needed=needed) as served:
            heard = Hearing(planned, self.limits, asked, served)
            with _scratch() as scratch, self._nursery.child(scratch, self.limits) as connection:
                job = {
                    "steps": [asdict(step) for step in planned],
                    "company": str(company.resolve()),
                    "scratch": str(scratch),
                    "limits": asdict(self.limits),
                    "api": told(served),
                }
                heard.hear(connection, job, seconds)
            if served is not None and look is not None:
                looked = look(served.practice)
        return heard, looked


@contextmanager
def _scratch() -> Iterator[Path]:
    """A temporary folder for one child; what it leaves there goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="champion-run-")).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
