"""A hearing: all that one child says, and what the judge believes of it.

The child says at which step it is, what each answer came to, and that it is done. Before an
answer that has an exam it waits for leave, and afterwards it does what it is told until it may
go on.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from champion.checking.answer import Answer
from champion.checking.canonical import from_wire
from champion.checking.nested import unpacked
from champion.marking import children, confine
from champion.marking.exams import GONE, Exam
from champion.marking.limits import Limits
from champion.marking.steps import Step
from champion.marking.wire import Garbled, Lines, send

if TYPE_CHECKING:
    from champion.api.beside import Served

_GO = {"go": True}
_TIMED_OUT = {"state": "timed out"}


@dataclass
class Hearing:
    """What came of one child: answers so far, and the step it was at when it ended.

    Attributes:
        planned: the steps that the child was given.
        limits: what it may use.
        exams: by task, what is asked after its answer.
        served: the practice API beside the judge, where a step needs it.
        answers: by task, so far.
        at: the step that the child is at; -1 before the first.
        done: the child has come to its end.
        out_of_time: it was stopped since its time was up.
        trouble: why it could not begin, or what it said that is no message.
        isolation: how it is shut in, a key of `confine.MEANING`.
        began: when its first step did, as `time.monotonic` has it.
    """

    planned: Sequence[Step]
    limits: Limits
    exams: Mapping[str, Exam]
    served: Served | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    at: int = -1
    done: bool = False
    out_of_time: bool = False
    trouble: str = ""
    isolation: str = "none"
    began: float = 0.0

    @property
    def seconds(self) -> float:
        """How long its steps have taken until now."""
        return time.monotonic() - self.began if self.at >= 0 else 0.0

    def hear(self, connection: socket.socket, job: Mapping[str, Any], seconds: float) -> None:
        """Give the child its job, and take messages until it is done, gone, or out of time."""
        try:
            connection.settimeout(self.limits.cell_seconds)
            send(connection, job)
            self._listen(connection, seconds)
        except TimeoutError:
            self.out_of_time = True
        except (Garbled, OSError) as error:
            self.trouble = f"the run was stopped: {error}"

    def end(self) -> Answer:
        """What the step came to at which the child ended."""
        if self.out_of_time:
            return Answer("timed out")
        return Answer("error", error=self.trouble or "the cell ended Python itself")

    def _listen(self, connection: socket.socket, seconds: float) -> None:
        lines = Lines(connection, self.limits.line + 1024, self.limits.stream)
        grace = self.limits.grace(with_api=self.served is not None)
        patience = self.limits.cell_seconds + grace
        until = end = time.monotonic() + children.START_SECONDS
        while not self.done:
            message = lines.next(min(until, end))
            if message is None:
                return
            at, answered = self.at, len(self.answers)
            self._take(message)
            if at < 0 <= self.at:
                self.began = time.monotonic()
                end = self.began + seconds
            if self.at != at and (begins := self.planned[self.at].begins):
                if begins in self.exams:  # else the answer itself has ended an earlier child
                    self.exams[begins].begin(self.served)
                send(connection, _GO)
            exam = self.exams.get(self.planned[self.at].task) if self.at >= 0 else None
            if len(self.answers) != answered and exam is not None:
                self._examine(
                    exam, _Child(connection, lines, self.limits.call_seconds + grace, end)
                )
            if self.at != at or len(self.answers) != answered:
                until = time.monotonic() + patience

    def _take(self, message: Mapping[str, Any]) -> None:
        """Believe a message as far as it can be believed.

        An answer counts for its own step only, and the first alone, since it is examined.
        """
        at = message.get("at")
        if type(at) is int and self.at < at < len(self.planned):
            self.at = at
        elif message.get("isolation") in confine.MEANING and self.at < 0:
            self.isolation = message["isolation"]
        elif "answer" in message and self.at >= 0:
            task = self.planned[self.at].task
            if message["answer"] == task and not (task in self.exams and task in self.answers):
                self.answers[task] = _answer(message)
        elif "trouble" in message and self.at < 0:
            self.trouble = str(message["trouble"])[:500]
        elif message.get("done") is True:
            self.done = True

    def _examine(self, exam: Exam, child: _Child) -> None:
        task = self.planned[self.at].task
        orders = exam.orders(self.answers[task], self.served)
        try:
            order = next(orders)
            while True:
                order = orders.send(child.ask(order))
        except StopIteration as ended:
            self.answers[task] = ended.value
        child.go_on()


class _Child:
    """The other side while it is examined."""

    def __init__(
        self, connection: socket.socket, lines: Lines, patience: float, end: float
    ) -> None:
        self._connection = connection
        self._lines = lines
        self._patience = patience
        self._end = end
        self._lost: dict[str, Any] | None = None

    def ask(self, order: Mapping[str, Any]) -> Mapping[str, Any]:
        """What it says to an order; of one that is gone or stuck, that."""
        if self._lost is not None:
            return self._lost
        try:
            send(self._connection, order)
            until = min(time.monotonic() + self._patience, self._end)
            while (said := self._lines.next(until)) is not None:
                if said.get("called") == order["call"]:
                    return said
            self._lost = {"state": "error", "error": GONE}
        except TimeoutError:
            self._lost = _TIMED_OUT
        except (Garbled, OSError) as error:
            self._lost = {"state": "error", "error": f"{GONE}: {error}"}
        return self._lost

    def go_on(self) -> None:
        """Let it go on to the next step; TimeoutError when it is stuck, so that it is ended."""
        if self._lost is _TIMED_OUT:
            raise TimeoutError
        send(self._connection, _GO)


def _answer(message: Mapping[str, Any]) -> Answer:
    state = message.get("state")
    if state == "value":
        try:
            holds = message.get("holds")
            held = None if holds is None else unpacked(holds)
            return Answer("value", from_wire(message.get("value")), holds=held)
        except (ValueError, RecursionError, OverflowError):
            return Answer("error", error="what came back is no answer")
    if state == "error":
        stands = message.get("stands") is True
        return Answer("error", error=str(message.get("error"))[:500], stands=stands)
    return Answer("timed out") if state == "timed out" else Answer("missing")
