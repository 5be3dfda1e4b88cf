"""Proves every task on every proven company, by the runner that marks.

The reference passes, the blank is not attempted, every named wrong answer gets its own message
and no other, every other right answer passes, and nothing is given away or left unsaid.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from champion.authoring.course import sound_course
from champion.authoring.mistakes import Mistake
from champion.authoring.notebook import Notebook, learner_notebook
from champion.authoring.reading import lesson_troubles, unwritten
from champion.authoring.source import Lesson, Page
from champion.authoring.troubles import task_troubles
from champion.checking.answer import Answer, Run
from champion.checking.evidence import Evidence, Gather, none_at_hand
from champion.checking.key import Task
from champion.desk import evidence
from champion.lantern.company import PROVEN, open_company, proven_company

if TYPE_CHECKING:
    from champion.lantern.company import Company
    from champion.marking.exams import Exam
    from champion.marking.runner import Runner

    Exams = Mapping[str, Exam]

WORKERS = 2


@dataclass(frozen=True)
class Proof:
    """What came of proving.

    Attributes:
        tasks, wrong_answers, companies: how many were tried.
        troubles: what does not hold, by file and line; none when all does.
    """

    tasks: int
    wrong_answers: int
    companies: int
    troubles: tuple[Mistake, ...]

    @property
    def holds(self) -> bool:
        """Whether everything was proven."""
        return not self.troubles

    @property
    def text(self) -> str:
        """What to print: the troubles, and one last line."""
        counted = (
            f"{self.tasks} tasks · {self.wrong_answers} wrong answers · {self.companies} companies"
        )
        if self.holds:
            return f"{counted} · all told apart"
        plural = "s" * (len(self.troubles) != 1)
        listed = "\n".join(str(trouble) for trouble in self.troubles)
        return f"{listed}\n{counted} · {len(self.troubles)} trouble{plural}"


@dataclass(frozen=True)
class World:
    """One proven company as a proof uses it: its name, itself, and who runs cells there."""

    name: str
    company: Company
    runner: Runner


def prove(only: Sequence[str] | None = None, companies: Mapping[str, Path] | None = None) -> Proof:
    """Proves the tasks of the chosen lessons.

    Args:
        only: parts or lessons by name; None or empty means all.
        companies: folders by a name for messages; by default the proven ones, built when missing.

    Raises:
        Problem: mistakes in the sources, or an unknown name.
    """
    from champion.marking.runner import Runner

    lessons = sound_course().chosen(only)
    troubles = [trouble for lesson in lessons for trouble in lesson_troubles(lesson)]
    written = [lesson for lesson in lessons if not any(unwritten(page) for page in lesson.pages)]
    tried = [(lesson, page) for lesson in written for page in lesson.pages if page.tasks]
    at = companies or (_proven() if tried else {})
    if tried:
        with ExitStack() as opened, Runner() as runner, ThreadPoolExecutor(WORKERS) as pool:
            worlds = [World(name, _opened(folder, opened), runner) for name, folder in at.items()]
            jobs = [
                pool.submit(_on_one_company, lesson, page, world)
                for lesson, page in tried
                for world in worlds
            ]
            troubles += [trouble for job in jobs for trouble in job.result()]
    tasks = [task for lesson in lessons for task in lesson.key.tasks]
    return Proof(
        tasks=len(tasks),
        wrong_answers=sum(len(task.wrong) for task in tasks),
        companies=len(at) or len(PROVEN),
        troubles=tuple(dict.fromkeys(troubles)),
    )


def _proven() -> dict[str, Path]:
    """The folders of the proven companies, by what messages call them."""
    folders = {}
    for seed, scale in PROVEN:
        company = proven_company(seed, scale)
        company.close()
        folders[f"seed {seed} at {scale:g}"] = company.folder
    return folders


def _opened(folder: Path, until: ExitStack) -> Company:
    """A company that is open until the proof is over."""
    return until.enter_context(closing(open_company(folder)))


def _on_one_company(lesson: Lesson, page: Page, world: World) -> list[Mistake]:
    from champion.marking.exams import exams as exams_of

    notebook = learner_notebook(lesson, page, {})
    exams = exams_of(page.tasks, world.company)
    together = _run_together(page, notebook, world, exams)
    gathers = _gathers(page, world)
    found = []
    for task in page.tasks:
        gather = gathers.get(task.slug, none_at_hand)
        for known in (together, {}):  # a task that fails beside others has a run of its own
            run = _runs_once(task, notebook, world, known, exams)
            troubles = list(task_troubles(task, page, run, gather))
            if not troubles:
                break
        line = page.lines[task.slug]
        found += [
            Mistake(page.path, line, f"`{task.slug}` on {world.name}: {what}") for what in troubles
        ]
    return found


def _gathers(page: Page, world: World) -> dict[str, Gather]:
    """The evidence of the page's replies and decisions on one company."""
    resting = [task for task in page.tasks if task.evidence]
    made = {task.slug: evidence.gather(task, world.company) for task in resting}
    return {slug: _given(each) for slug, each in made.items()}


def _given(made: Evidence) -> Gather:
    return lambda: made


def _run_together(
    page: Page, notebook: Notebook, world: World, exams: Exams
) -> dict[tuple[str, str], Answer]:
    """What all cells of a page's keys come to, by task and source.

    The first cell of every task runs in one child, as a learner's notebook would, then the
    second of every task, and so on: a fraction of the children that one each would need.
    """
    cells = [[(task.slug, source) for source in _sources(task)] for task in page.tasks]
    variables = {task.slug: task.variable for task in page.tasks}
    helpers = {task.slug: task.evidence for task in page.tasks}
    known: dict[tuple[str, str], Answer] = {}
    for row in itertools.zip_longest(*cells):
        sources = dict(cell for cell in row if cell is not None)
        answers = world.runner.run(
            notebook,
            sources,
            world.company.folder,
            variables=variables,
            helpers=helpers,
            exams=exams,
        )
        known |= {(slug, sources[slug]): answer for slug, answer in answers.items()}
    return known


def _sources(task: Task) -> list[str]:
    """The cells of a key, each once."""
    wrong = [wrong.source for wrong in task.wrong if wrong.source]
    return list(dict.fromkeys([task.reference, *wrong, *(r.source for r in task.also_right)]))


def _runs_once(
    task: Task,
    notebook: Notebook,
    world: World,
    known: dict[tuple[str, str], Answer],
    exams: Exams,
) -> Run:
    """Runs a task's cells by the marking runner, those not known yet each in a child of its own."""

    def run(source: str) -> Answer:
        if (task.slug, source) not in known:
            known[task.slug, source] = world.runner.run(
                notebook,
                {task.slug: source},
                world.company.folder,
                variables={task.slug: task.variable},
                helpers={task.slug: task.evidence},
                exams=exams,
                only=task.slug,
            )[task.slug]
        return known[task.slug, source]

    return run
