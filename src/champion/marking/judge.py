"""Decides what answers are worth; it holds the keys, and never runs a learner's cell.

An answer is judged on the learner's own company, and if it is right there, on one the
learner has not seen, unless the task asks for what is read at home. A reply and a decision
quote what was read at home, so they are judged there alone. The same `checking.judge` speaks
in the notebook.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from champion.checking import judge as checking
from champion.checking import words
from champion.checking.answer import Answer, Run
from champion.checking.evidence import Evidence
from champion.checking.key import Task
from champion.checking.verdict import Verdict
from champion.desk import evidence, snippet
from champion.lantern.company import Company

TYPED_IN = "typed-in"


class Judge:
    """Judges answers, and remembers what the keys' own cells come to on each company.

    Args:
        companies: the learner's own first, then those the learner has not seen.

    Several threads may ask at once; they are served one after the other.
    """

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = tuple(companies)
        self._runs: dict[tuple[Task, Company], Run] = {}
        self._evidence: dict[tuple[Task, Company], Evidence] = {}
        self._lock = threading.Lock()

    def verdict(self, task: Task, answers: Sequence[Answer]) -> Verdict:
        """The verdict on one task.

        Args:
            task: with its reference and named wrong answers.
            answers: what the learner's cell came to on each company, in their order; those
                after the first may be left out.
        """
        with self._lock:
            at_home = self._judged(task, answers[0], self._companies[0])
            if task.home or not at_home.passed:
                return at_home
            for company, answer in zip(self._companies[1:], answers[1:], strict=False):
                away = self._judged(task, answer, company)
                if not away.passed:
                    return _only_at_home(task, answer)
            return at_home

    def _judged(self, task: Task, answer: Answer, company: Company) -> Verdict:
        run = self._run(task, company)
        return checking.judge(task, answer, run, lambda: self._rests_on(task, company))

    def _rests_on(self, task: Task, company: Company) -> Evidence:
        known = (task, company)
        if known not in self._evidence:
            self._evidence[known] = evidence.gather(task, company)
        return self._evidence[known]

    def _run(self, task: Task, company: Company) -> Run:
        known = (task, company)
        if known not in self._runs:
            self._runs[known] = snippet.runner(task, company)
        return self._runs[known]


def _only_at_home(task: Task, away: Answer) -> Verdict:
    reasons: Mapping[str, str] = {
        "error": f"There it stops with an error: {away.error}",
        "timed out": "There it does not come to an end.",
        "missing": "There it leaves no answer at all.",
    }
    first = (
        f"✗ {task.title}: not yet. "
        "It is right for your company, wrong for another: is a result typed in?"
    )
    rest = [
        "Marking runs your cell on a second company too, with the same names and other numbers. "
        "Let the query or the code work the result out, then submit again."
    ]
    if away.state in reasons:
        rest.insert(0, reasons[away.state])
    return Verdict(task.slug, "wrong", words.message(first, rest), (TYPED_IN,))
