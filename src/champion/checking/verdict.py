"""What is said of an answer: a verdict, the named mistake, and the words for the learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from champion.checking.remarks import Remark

DONE = ("passed", "with mentor")

Outcome = Literal["passed", "wrong", "not attempted", "error", "timed out", "with mentor"]


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer to one task.

    Attributes:
        task: the task's slug.
        outcome: passed, wrong, not attempted, error, timed out or with mentor.
        mistakes: names of the wrong answers recognised: none, one, or several that could
            not be told apart.
        message: Markdown for the learner; its first line says what is wrong in the task's words.
        advice: remarks on an answer that passed.
        reply: the text of a customer reply, as its remarks count its lines; "" for other kinds.
        remarks: on that reply.
    """

    task: str
    outcome: Outcome
    message: str
    mistakes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    reply: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.outcome == "passed"

    @property
    def done(self) -> bool:
        """Whether the learner has done what there is to do: it is right, or with the mentor."""
        return self.outcome in DONE
