"""A process that has imported everything and done nothing: children are forked from it.

It has opened no database and started no thread, so a fork of it is whole. Importing pandas,
SQLAlchemy, DuckDB and IPython takes a second; a fork of what has them takes milliseconds.

It takes orders from the judge over one socket, one at a time, each answered by one line:
`fork` comes with the child's own socket to the judge; `end` kills a child and all it started.
Between the zygote and a child stands a keeper, a process that runs nothing of the learner's:
it makes the namespaces, starts the child inside, and ends it when told or when the zygote goes.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from champion.marking import child, confine, scout
from champion.marking.limits import Limits
from champion.marking.wire import Lines, send


def main(control: socket.socket) -> None:
    """Make ready, say so, and fork on demand until the judge closes the socket."""
    scout.prepare()
    shell = child.make_shell()
    _rehearse()
    gc.collect()
    gc.freeze()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    send(control, {"ready": True, "threads": threads()})
    keepers: dict[int, int] = {}
    while True:
        order, connection = _next_order(control, keepers)
        if order is None:
            break
        if order["do"] == "fork" and connection is not None:
            keepers[order["id"]] = _fork(order, connection, control, shell)
        elif order["do"] == "end" and (keeper := keepers.get(order["id"])):
            _end(keeper)
        send(control, {"ok": True})
    for keeper in keepers.values():
        _end(keeper)


def _rehearse() -> None:
    """Do once, without a company, what every child does, so that no child has to learn it."""
    import httpx  # noqa: F401  (what `api` is made of: loading it takes a tenth of a second)
    import matplotlib.pyplot  # noqa: F401  (many set-up cells plot: half a second)
    import pandas

    from champion.checking.canonical import canonical, to_wire
    from champion.desk import advice, dictionary, screen

    frame = pandas.DataFrame({"name": ["a"], "n": [1]})
    to_wire(canonical(frame))
    screen.show_frame(frame, "rehearsal")
    sql = "SELECT status, count(*) AS n FROM tickets AS t WHERE opened_at > now() GROUP BY 1"
    advice.remarks(sql, dictionary.tables(), dictionary.moments())
    for thread in threading.enumerate():  # matplotlib's reminder that looking for fonts takes long
        if thread is not threading.current_thread():
            thread.join(1)


def threads() -> int:
    """How many threads this process has, those of C libraries too where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _next_order(
    control: socket.socket, keepers: dict[int, int]
) -> tuple[dict[str, Any] | None, socket.socket | None]:
    while not select.select([control], [], [], 0.5)[0]:
        _bury(keepers)
    _bury(keepers)
    data, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
    connection = socket.socket(fileno=descriptors[0]) if descriptors else None
    return (json.loads(data) if data else None), connection


def _bury(keepers: dict[int, int]) -> None:
    """Collect the keepers that have ended, so that none stays a zombie."""
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            for number in [key for key, keeper in keepers.items() if keeper == ended]:
                del keepers[number]


def _end(keeper: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(keeper, signal.SIGTERM)


def _fork(
    order: Mapping[str, Any], connection: socket.socket, control: socket.socket, shell: Any
) -> int:
    pid = os.fork()
    if pid:
        connection.close()
        return pid
    try:
        control.close()
        _keep(order, connection, shell)
    finally:
        os._exit(0)


def _keep(order: Mapping[str, Any], connection: socket.socket, shell: Any) -> None:
    """Start the child in namespaces and wait for its end."""
    confine.die_with_parent(signal.SIGTERM)
    scratch, limits = Path(order["scratch"]), Limits(**order["limits"])
    apart = order["apart"] and confine.enter_namespaces(scratch, limits)
    pid = os.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.setsid()
        isolation = _shut_in(scratch, limits, apart=apart)
        job = Lines(connection).next()
        if job is not None:
            child.serve(connection, job, shell, isolation)
        os._exit(0)
    connection.close()

    def end(_signal: int, _frame: types.FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.waitpid(pid, 0)


def _shut_in(scratch: Path, limits: Limits, *, apart: bool) -> confine.Isolation:
    if apart:
        confine.settle_in_namespaces(limits)
    landlocked = not apart and confine.enter_landlock(scratch)
    confine.limit(limits)
    if apart:
        return "namespaces"
    return "landlock" if landlocked else "limits"


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
