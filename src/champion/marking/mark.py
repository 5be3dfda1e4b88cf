"""Marks what learners handed in: files in, one report out. No file of a learner's is changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress as Bar

from champion import places
from champion.checking.answer import Answer
from champion.checking.key import Key, Task
from champion.checking.verdict import Verdict
from champion.desk import keys as desk_keys
from champion.lantern.company import Company, open_company, proven_company
from champion.marking import memory, submission, tampering
from champion.marking.cells import Notebook
from champion.marking.exams import exams
from champion.marking.feedback import write_feedback
from champion.marking.graft import Grafted, graft
from champion.marking.judge import Judge
from champion.marking.limits import Limits
from champion.marking.memory import Memory
from champion.marking.report import Marked, Report, TaskMark, as_text
from champion.marking.report import as_json as as_json_form
from champion.marking.runner import Ran, Runner
from champion.marking.steps import steps
from champion.marking.submission import Submission
from champion.problems import Problem

Progress = Callable[[int, int, str], None]
Pages = Callable[[str, str], Notebook]


@dataclass(frozen=True)
class _Bench:
    """What marking one submission needs beside it."""

    keys: Sequence[Key]
    pages: Pages
    companies: Sequence[Company]
    runner: Runner
    judge: Judge
    memory: Memory | None


def mark(
    paths: Iterable[Path],
    companies: Sequence[Company] | None = None,
    progress: Progress | None = None,
    *,
    keys: Sequence[Key] | None = None,
    pages: Pages = submission.pristine,
    limits: Limits | None = None,
    workers: int | None = None,
    remembered: Memory | None = None,
    fresh: bool = False,
    runner: Runner | None = None,
) -> Report:
    """Mark notebooks, submission files, and folders of them.

    Args:
        paths: files and folders; folders are searched to the bottom.
        companies: the learners' own, then unseen ones; None: `default_companies()`.
        progress: told how many files are done, of how many, and the latest one's name.
        keys: the answer keys; None: those in `build/keys`.
        pages: gives our notebook of a lesson and page.
        limits: what each notebook may use.
        workers: how many at once; None: one for each processor.
        remembered: verdicts of earlier runs; None: those in `build/marks`.
        fresh: look at no earlier verdict, and keep none.
        runner: one that is running already, to share its zygote; `limits` are then its own.

    Returns:
        A report with one entry for each file; a file that cannot be marked says why there.

    Raises:
        Problem: a path does not exist, or there are no keys or no company.
    """
    files = submission.find(paths)
    known = desk_keys.every() if keys is None else keys
    worlds = default_companies() if companies is None else tuple(companies)
    with nullcontext(runner) if runner else Runner(limits) as running:
        kept = None if fresh else remembered or Memory()
        bench = _Bench(known, pages, worlds, running, Judge(worlds), kept)
        done = _all_marked(files, bench, workers or os.cpu_count() or 1, progress)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(now, tuple((each.seed, each.scale) for each in worlds), tuple(done))


def main(paths: Sequence[Path], *, as_json: bool = False, feedback: bool = True) -> str:
    """What `champion mark` prints: the report as text or JSON; feedback files are written.

    Raises:
        Problem: as `mark`, or the feedback cannot be written.
    """
    with _shown_progress() as progress:
        report = mark(paths, progress=progress)
    if feedback:
        inbox = os.environ.get("CHAMPION_INBOX")
        write_feedback(report, Path(inbox) if inbox else None)
    if as_json:
        return json.dumps(as_json_form(report), ensure_ascii=False, indent=1)
    return as_text(report)


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """A progress bar on the error stream of a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        job = bar.add_task("Marking", total=None)
        yield lambda done, total, name: bar.update(
            job, completed=done, total=total, description=f"Marked {name}"
        )


def default_companies() -> tuple[Company, Company]:
    """The company in use, or seed 1 where none is built; and a small one of another seed."""
    try:
        home = open_company(places.company())
    except Problem:
        home = proven_company(1, 1)
    return home, proven_company(3 if home.seed == 2 else 2, 0.02)


def _all_marked(
    files: Sequence[Path], bench: _Bench, workers: int, progress: Progress | None
) -> list[Marked]:
    done: list[Marked] = []
    with ThreadPoolExecutor(max_workers=min(workers, len(files) or 1)) as pool:
        for path, marked in zip(files, pool.map(lambda f: _marked(f, bench), files), strict=True):
            done.append(marked)
            if progress is not None:
                progress(len(done), len(files), path.name)
    return done


def _marked(path: Path, bench: _Bench) -> Marked:
    """Mark one file; what is wrong with it as a whole is said in its entry."""
    marked = Marked(str(path))
    try:
        handed_in = submission.read(path, bench.keys)
        marked = replace(
            marked,
            learner=handed_in.learner,
            lesson=handed_in.lesson,
            page=handed_in.page,
            submitted_at=handed_in.submitted_at,
        )
        return _with_verdicts(marked, handed_in, bench)
    except Problem as problem:
        return replace(marked, problem=str(problem))


def _with_verdicts(marked: Marked, handed_in: Submission, bench: _Bench) -> Marked:
    page = bench.pages(handed_in.lesson, handed_in.page)
    tasks = _tasks(bench.keys, handed_in.lesson, handed_in.page)
    grafted = graft(page, handed_in.notebook, {task.slug: task.variable for task in tasks})
    verdicts, isolation = _verdicts(page, grafted, tasks, bench)
    return replace(
        marked,
        isolation=isolation,
        unplaced=grafted.unplaced,
        notes=grafted.notes,
        remarks=tuple(tampering.remarks(handed_in.notebook, page, saved=handed_in.bare)),
        tasks=tuple(_task_mark(task, verdicts[task.slug]) for task in tasks),
    )


def _tasks(keys: Sequence[Key], lesson: str, page: str) -> list[Task]:
    return [t for key in keys if key.lesson == lesson for t in key.tasks if t.page == page]


def _verdicts(
    page: Notebook, grafted: Grafted, tasks: Sequence[Task], bench: _Bench
) -> tuple[dict[str, Verdict], str]:
    """The verdict on every task: remembered where nothing changed, judged afresh elsewhere."""
    planned = steps(page, grafted.sources, _variables(tasks), grafted.helpers)
    digests = {
        task.slug: memory.digest(task, planned, bench.companies, bench.runner.limits)
        for task in tasks
        if bench.memory is not None
    }
    verdicts = {
        slug: verdict
        for slug, under in digests.items()
        if bench.memory and (verdict := bench.memory.recall(under))
    }
    left = [task for task in tasks if task.slug not in verdicts]
    if not left:
        return verdicts, "none"
    fresh, isolation = _judged(page, grafted, left, tasks, bench)
    for slug, verdict in fresh.items():
        if bench.memory:
            bench.memory.keep(digests[slug], verdict)
    return verdicts | fresh, isolation


def _judged(
    page: Notebook,
    grafted: Grafted,
    left: Sequence[Task],
    tasks: Sequence[Task],
    bench: _Bench,
) -> tuple[dict[str, Verdict], str]:
    """Run on the learner's company, and where an answer is right there, on the unseen ones."""
    runs: list[Ran] = []
    verdicts: dict[str, Verdict] = {}
    for company in bench.companies:
        runs.append(
            bench.runner.run_page(
                page,
                grafted.sources,
                company.folder,
                variables=_variables(tasks),
                helpers=grafted.helpers,
                exams=exams(tasks, company),
            )
        )
        for task in left:
            if len(runs) == 1 or verdicts[task.slug].passed:
                answers = [run.answers.get(task.slug, Answer("blank")) for run in runs]
                verdicts[task.slug] = bench.judge.verdict(task, answers)
        if not any(verdict.passed for verdict in verdicts.values()):
            break
    return verdicts, runs[0].isolation


def _variables(tasks: Sequence[Task]) -> dict[str, str]:
    return {task.slug: task.variable for task in tasks}


def _task_mark(task: Task, verdict: Verdict) -> TaskMark:
    return TaskMark(
        task.slug,
        task.number,
        task.title,
        verdict.outcome,
        verdict.mistakes,
        verdict.message,
        reply=verdict.reply,
        remarks=verdict.remarks,
        rubric=task.rubric if verdict.reply else (),
    )
