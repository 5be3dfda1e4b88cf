"""Obeying: what a child does for the judge after an answer, one order at a time.

An order is to call the learner's function with one input. What the function prints, patches or
returns stays in here; out goes what came of the call, in plain values.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from champion.checking.nested import packed
from champion.desk.api import api
from champion.desk.trying import attempt
from champion.marking.limits import Limits
from champion.marking.saying import failed, send_measured, time_limit
from champion.marking.wire import Lines


class Judge:
    """The judge, as a child knows it.

    Args:
        connection: to the judge.
        limits: what the child may use.
        with_api: whether there is a practice API, whose clock goes on as a function waits.
    """

    def __init__(self, connection: socket.socket, limits: Limits, *, with_api: bool) -> None:
        self._connection = connection
        self._lines = Lines(connection)
        self._limits = limits
        self._tell: Callable[[float], None] = api.sleep if with_api else _pass_by

    def await_leave(self) -> None:
        """Wait until the judge has made ready."""
        self._next()

    def obey(self, function: Any) -> None:
        """Do what the judge orders, until it says go."""
        while "call" in (order := self._next()):
            message = {"called": order["call"], **self._called(function, order["with"])}
            send_measured(self._connection, message, self._limits.line)

    def _called(self, function: Any, call: str) -> dict[str, Any]:
        if not callable(function) or isinstance(function, type):
            return {"state": "no function"}
        limit = time_limit(self._limits.call_seconds)
        try:
            trial = attempt(function, call, "", api.sending, self._tell, limit)
        except BaseException as error:  # even what is raised to stop a notebook
            return failed(error)
        return {
            "state": trial.state,
            "error": trial.error,
            "value": None if trial.value is None else packed(trial.value),
            "left": None if trial.left is None else packed(trial.left),
            "printed": trial.printed,
        }

    def _next(self) -> dict[str, Any]:
        said = self._lines.next()
        if said is None:
            raise SystemExit
        return said


def _pass_by(seconds: float) -> None:
    """There is no API whose clock would go on."""
