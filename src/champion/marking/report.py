"""What marking found out, for people and for programs.

`report.schema.json` beside this module describes the JSON form.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from champion.checking import words
from champion.checking.remarks import Remark
from champion.checking.verdict import Outcome
from champion.marking.confine import MEANING

FORMAT = 2
SCHEMA = Path(__file__).with_name("report.schema.json")
_SIGNS = {"passed": "✓", "not attempted": "○", "with mentor": "…"}


@dataclass(frozen=True)
class TaskMark:
    """The verdict on one task, with what a reader needs to know of the task.

    Attributes:
        task, number, title: the task.
        verdict, mistakes, message: as the learner's own check says them.
        reply: the text of a customer reply; "" for other kinds.
        remarks: on that reply, by its lines.
        rubric: what the mentor reads it for, a line each.
    """

    task: str
    number: str
    title: str
    verdict: Outcome
    mistakes: tuple[str, ...]
    message: str
    reply: str = ""
    remarks: tuple[Remark, ...] = ()
    rubric: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marked:
    """One submission, marked.

    Attributes:
        path: the file.
        learner: who, "" when the file does not tell.
        lesson, page: of which notebook; "" when that could not be told.
        submitted_at: when, as the file says; may be "".
        isolation: how the learner's cells were shut in: a key of `confine.MEANING`.
        problem: why it could not be marked; "" when it was.
        unplaced: code of the learner's that found no place.
        notes: what was mended in the notebook to mark it.
        remarks: signs that the notebook was changed to fool a test.
        tasks: the verdicts, in the page's order.
    """

    path: str
    learner: str = ""
    lesson: str = ""
    page: str = ""
    submitted_at: str = ""
    isolation: str = "none"
    problem: str = ""
    unplaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    tasks: tuple[TaskMark, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every task of it is right."""
        return not self.problem and all(mark.verdict == "passed" for mark in self.tasks)


@dataclass(frozen=True)
class Report:
    """Everything that one marking found out.

    Attributes:
        marked_at: when, ISO 8601 with zone.
        companies: seed and scale of each company the answers ran on, the learners' own first.
        submissions: one for each file, in the order they were found.
    """

    marked_at: str
    companies: tuple[tuple[int, float], ...]
    submissions: tuple[Marked, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many submissions, problems, and tasks of each verdict."""
        verdicts = Counter(mark.verdict for each in self.submissions for mark in each.tasks)
        return {
            "submissions": len(self.submissions),
            "problems": sum(bool(each.problem) for each in self.submissions),
            "tasks": sum(verdicts.values()),
            **{outcome: verdicts[outcome] for outcome in OUTCOMES},
        }


OUTCOMES: tuple[Outcome, ...] = (
    "passed",
    "wrong",
    "not attempted",
    "error",
    "timed out",
    "with mentor",
)


def as_json(report: Report) -> dict[str, Any]:
    """The report in the form that `report.schema.json` describes."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(report)))
    plain["companies"] = [{"seed": seed, "scale": scale} for seed, scale in report.companies]
    return {"format": FORMAT, **plain, "totals": report.totals}


def as_text(report: Report) -> str:
    """The report as lines to read."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for each in report.submissions:
        yield " · ".join(filter(None, [each.learner, each.lesson, each.page, Path(each.path).name]))
        if each.problem:
            yield f"  ✗ {each.problem}"
        for mark in each.tasks:
            sign = _SIGNS.get(mark.verdict, "✗")
            named = f" ({', '.join(mark.mistakes)})" if mark.mistakes else ""
            yield f"  {sign} {mark.number} {mark.title}: {mark.verdict}{named}"
            yield from _reply_lines(mark)
        yield from (f"  ! {remark}" for remark in each.remarks)
        yield from (f"  – {note}" for note in each.notes)
        for source in each.unplaced:
            yield "  – This code found no place:"
            yield from (f"      {line}" for line in source.splitlines())
        yield ""
    totals = report.totals
    counted = [f"{totals[outcome]} {outcome}" for outcome in OUTCOMES if totals[outcome]]
    yield " · ".join([_counted(totals["submissions"]), *counted])
    if totals["problems"]:
        yield f"{totals['problems']} could not be marked."
    worlds = ", ".join(f"seed {seed} at scale {scale:g}" for seed, scale in report.companies)
    yield f"Run on: {worlds}."
    for isolation in sorted({each.isolation for each in report.submissions} - {"none"}):
        yield f"Learners' code was shut in ({isolation}): {MEANING[isolation]}."


def _reply_lines(mark: TaskMark) -> Iterator[str]:
    """A reply with its lines numbered, what stands out in it, and what to read it for."""
    for number, line in enumerate(mark.reply.splitlines(), 1):
        yield f"      {number:>3} {line}".rstrip()
    yield from (f"      ! {remark.text}" for remark in mark.remarks)
    yield from (f"      ☐ {words.plain(line)}" for line in mark.rubric)


def _counted(submissions: int) -> str:
    return "1 submission" if submissions == 1 else f"{submissions} submissions"
