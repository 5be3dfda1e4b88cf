"""Runs one learner's cells, shut in, and sends what each answer came to.

A child is forked from the zygote (or spawned where there is no fork), takes one job, and
ends. It runs the cells by IPython in its own process, without a kernel, each under a time
limit, and answers in canonical values as JSON lines.

Nothing a child says is believed but as an answer. A hostile cell may find the socket and
write answers itself; that is worth no more than typing the same values into the cell, and
like them they must be right on a second company. Which task passed is decided elsewhere.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from champion.checking.canonical import canonical, to_wire
from champion.checking.nested import held, packed
from champion.desk import open_desk, shelf, verbs
from champion.desk.door import VARIABLE as API
from champion.desk.session import first_line
from champion.marking import confine, obeying
from champion.marking.limits import Limits
from champion.marking.saying import failed, send_measured, time_limit
from champion.marking.wire import TOKEN, Lines, send


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
    limits = Limits(**job["limits"])
    judge = obeying.Judge(connection, limits, with_api=job.get("api") is not None)
    for number, step in enumerate(job["steps"]):
        send(connection, {"at": number})
        if step["begins"]:
            judge.await_leave()
        answer = _run(shell, step, limits)
        if step["task"]:
            send_measured(connection, {"answer": step["task"], **answer}, limits.line)
        if step["examined"]:
            judge.obey(shell.user_ns.get(step["variable"]))
    send(connection, {"done": True})


def _run(shell: Any, step: Mapping[str, str], limits: Limits) -> dict[str, Any]:
    """Run one cell and fetch its variable, all within the cell's time."""
    before = shell.user_ns.get(step["variable"])
    try:
        with time_limit(limits.cell_seconds):
            ran = shell.run_cell(step["source"], store_history=False)
            error = ran.error_before_exec or ran.error_in_exec
            if error is not None:
                stands = shell.user_ns.get(step["variable"]) is not before
                return failed(error) | {"stands": stands}
            if not step["task"] or step["variable"] not in shell.user_ns:
                return {"state": "missing"}
            value = shell.user_ns[step["variable"]]
            message = {"state": "value", "value": to_wire(canonical(value))}
            holds = held(value)
            return message if holds is None else message | {"holds": packed(holds)}
    except BaseException as error:  # whatever the learner's objects raise is their error
        return failed(error)


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
