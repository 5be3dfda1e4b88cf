"""Runs one learner's cells, shut in, and sends what each answer came to.

A child is forked from the zygote (or spawned where there is no fork), takes one job, and
ends. It runs the cells by IPython in its own process, without a kernel, each under a time
limit, and answers in canonical values as JSON lines.

Nothing a child says is believed but as an answer. A hostile cell may find the socket and
write answers itself; that is worth no more than typing the same values into the cell, and
like them they must be right on a second company. Which task passed is decided elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from champion.checking.canonical import canonical, to_wire
from champion.desk import open_desk, shelf, verbs
from champion.desk.place import VARIABLE as API
from champion.desk.query import TooSlow
from champion.desk.session import first_line
from champion.marking import confine
from champion.marking.limits import Limits
from champion.marking.wire import TOKEN, Lines, send


class OutOfTime(BaseException):
    """The cell has used up its time; no `except Exception` of the learner's stops it."""


def make_shell() -> Any:
    """The IPython shell that cells run in: no history, no files, no pictures of errors.

    The desk lies open in it as after `%load_ext champion`, with the verbs that only talk
    made silent. It opens no company before a cell asks for one.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryAccessor.enabled = False
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = _say_nothing
    shell.showsyntaxerror = _say_nothing
    open_desk(shell)
    for verb in verbs.USAGE:
        shell.user_ns[verb] = _say_nothing
    shell.run_cell("pass", store_history=False)
    return shell


def serve(
    connection: socket.socket, job: Mapping[str, Any], shell: Any, isolation: confine.Isolation
) -> None:
    """Run one job of the judge's and send the answers; then there is nothing left to do.

    Args:
        connection: to the judge.
        job: the steps to run, the company's folder, the temporary folder, the limits.
        shell: from `make_shell`, unused so far.
        isolation: how this process is shut in, for the report.
    """
    send(connection, {"isolation": isolation})
    _be_quiet()
    try:
        _stand_in(Path(job["scratch"]), Path(job["company"]), job.get("api"))
    except OSError as error:  # the mentor is told; the learner has run nothing yet
        send(connection, {"trouble": first_line(error)})
        return
    for number, step in enumerate(job["steps"]):
        send(connection, {"at": number})
        answer = _run(shell, step, Limits(**job["limits"]))
        if step["task"]:
            _send_answer(connection, step["task"], answer, job["limits"]["line"])
    send(connection, {"done": True})


def _run(shell: Any, step: Mapping[str, str], limits: Limits) -> dict[str, Any]:
    """Run one cell and fetch its variable, all within the cell's time."""
    try:
        with _time_limit(limits.cell_seconds):
            ran = shell.run_cell(step["source"], store_history=False)
            error = ran.error_before_exec or ran.error_in_exec
            if error is not None:
                return _failed(error)
            if not step["task"] or step["variable"] not in shell.user_ns:
                return {"state": "missing"}
            value = shell.user_ns[step["variable"]]
            return {"state": "value", "value": to_wire(canonical(value))}
    except BaseException as error:  # whatever the learner's objects raise is their error
        return _failed(error)


def _failed(error: BaseException) -> dict[str, Any]:
    """What a failed cell came to, in the words the desk has for it."""
    if isinstance(error, OutOfTime | TooSlow):
        return {"state": "timed out"}
    try:
        return {"state": "error", "error": first_line(error)}
    except BaseException:  # a learner's exception may even fail to say what it is
        return {"state": "error", "error": type(error).__name__}


def _send_answer(
    connection: socket.socket, task: str, answer: Mapping[str, Any], most: int
) -> None:
    message = {"answer": task, **answer}
    try:
        send(_Measured(connection, most), message)  # type: ignore[arg-type]
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        send(connection, {"answer": task, **_failed(error)})


class _Measured:
    """A socket that refuses a message longer than the judge would read."""

    def __init__(self, connection: socket.socket, most: int) -> None:
        self._connection = connection
        self._most = most

    def sendall(self, data: bytes) -> None:
        if len(data) > self._most:
            raise ValueError(f"the answer is too large to mark ({len(data):,} bytes)")
        self._connection.sendall(data)


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after `seconds`, and again should it be swallowed."""
    if not hasattr(signal, "setitimer"):  # Windows: the judge alone keeps the time
        yield
        return
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.25)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _out_of_time(_signal: int, _frame: types.FrameType | None) -> None:
    raise OutOfTime


def _say_nothing(*_: object, **__: object) -> None:
    return None


def _stand_in(scratch: Path, company: Path, api: object) -> None:
    os.chdir(scratch)
    for name in ("CHAMPION_WORK", "HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        os.environ[name] = str(scratch)
    os.environ["CHAMPION_COMPANY"] = str(company)
    shelf.announce(company)
    os.environ[API] = json.dumps(api)


def _be_quiet() -> None:
    """Nothing a cell prints is looked at, and no file but the socket stays open."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def main(port: int) -> None:
    """A spawned child, where there is no fork: call the judge back and serve."""
    connection = socket.create_connection(("127.0.0.1", port))
    send(connection, {"token": os.environ.pop(TOKEN)})
    job = Lines(connection).next()
    if job is None:
        return
    limits = Limits(**job["limits"])
    inside = confine.enter_landlock(Path(job["scratch"]))
    confine.limit(limits)
    serve(connection, job, make_shell(), "landlock" if inside else "limits")


if __name__ == "__main__":
    main(int(sys.argv[1]))
