"""Where children come from: forked from a zygote, or spawned where there is no fork.

Both nurseries have the same three verbs: `start`, `stop`, and `child`, which gives a socket to
a new child and ends the child, and all it started, when the block is left.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from champion import places
from champion.marking.limits import Limits
from champion.marking.wire import TOKEN, Garbled, Lines
from champion.problems import Problem

START_SECONDS = 60.0
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "PYTHONPATH", "CHAMPION_COURSE")


class Nursery(Protocol):
    """Gives children."""

    def start(self) -> None:
        """Make ready."""

    def stop(self) -> None:
        """End everything that is still there."""

    def child(
        self, scratch: Path, limits: Limits
    ) -> contextlib.AbstractContextManager[socket.socket]:
        """A new child, for the length of the block."""


def environment(home: Path) -> dict[str, str]:
    """What a child sees of the environment: where Python is, and none of the mentor's secrets.

    Matplotlib keeps its list of fonts in `build/`: to look through all of them takes a second.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    plots = {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(places.build() / "matplotlib")}
    return {**kept, **one_thread, **plots, "HOME": str(home), "IPYTHONDIR": str(home)}


class Zygote:
    """The nursery that forks: one process with everything imported."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the zygote; it imports while the caller goes on."""
        self._home = Path(tempfile.mkdtemp(prefix="champion-zygote-"))
        self._control, theirs = socket.socketpair()
        self._lines = Lines(self._control)
        self._ready = False
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "champion.marking.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=self._home,
                env=environment(self._home),
            )

    def stop(self) -> None:
        """Close its socket, at which it ends its children and itself."""
        if self._process is None:
            return
        self._control.close()
        try:
            self._process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        shutil.rmtree(self._home, ignore_errors=True)
        self._process = None

    @contextmanager
    def child(self, scratch: Path, limits: Limits) -> Iterator[socket.socket]:
        """A forked child; Problem when the zygote cannot be started."""
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        order = {"id": number, "scratch": str(scratch), "limits": asdict(limits), "apart": True}
        with ours:
            with theirs:
                self._order({"do": "fork", **order}, theirs)
            try:
                yield ours
            finally:
                self._order({"do": "end", "id": number})

    def _order(self, order: dict[str, Any], connection: socket.socket | None = None) -> None:
        """Give one order and wait for its "ok"; a zygote that has died is replaced once."""
        with self._lock:
            try:
                self._say(order, connection)
            except (OSError, Garbled):
                self.stop()
                self.start()
                if order["do"] == "fork":
                    self._say(order, connection)

    def _say(self, order: dict[str, Any], connection: socket.socket | None) -> None:
        if not self._ready:
            self._await_birth()
        descriptors = [connection.fileno()] if connection else []
        socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)
        if self._lines.next(time.monotonic() + START_SECONDS) is None:
            raise OSError("the zygote is gone")

    def _await_birth(self) -> None:
        try:
            born = self._lines.next(time.monotonic() + START_SECONDS)
        except TimeoutError:
            born = None
        if born is None or born.get("threads") != 1:
            raise Problem(
                "The process that runs learners' cells could not be started"
                + (": it has more than one thread." if born else f": {self._last_words()}"),
                "Run `champion doctor`, and mark again.",
            )
        self._ready = True

    def _last_words(self) -> str:
        assert self._process is not None
        self._process.kill()
        said = self._process.communicate()[1].decode(errors="replace").strip()
        return said.rpartition("\n")[2] or "it said nothing."


class Spawner:
    """The nursery for systems without fork: a new Python for every child, a second or two each."""

    def start(self) -> None:
        """Nothing to make ready."""

    def stop(self) -> None:
        """Children end with their block."""

    @contextmanager
    def child(self, scratch: Path, limits: Limits) -> Iterator[socket.socket]:
        """A spawned child that calls back on the local network, with a token nobody else has."""
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as door:
            process = subprocess.Popen(
                [sys.executable, "-m", "champion.marking.child", str(door.getsockname()[1])],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=scratch,
                env=environment(scratch) | {TOKEN: token},
                start_new_session=True,
            )
            try:
                with _caller(door, token, process) as connection:
                    yield connection
            finally:
                _end_all(process)


def _caller(door: socket.socket, token: str, process: subprocess.Popen[bytes]) -> socket.socket:
    """The connection of the child that knows the token; Problem when none comes."""
    deadline = time.monotonic() + START_SECONDS
    door.settimeout(0.5)
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = door.accept()[0]
        except TimeoutError:
            continue
        with contextlib.suppress(TimeoutError, Garbled):
            if Lines(connection, line=200).next(deadline) == {"token": token}:
                return connection
        connection.close()
    raise Problem(
        "The process that runs learners' cells did not start.",
        "Run `champion doctor`, and mark again.",
    )


def _end_all(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, 9)
    process.kill()
    process.wait()
