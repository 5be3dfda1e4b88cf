"""One JupyterLab: started as a child, waited for, and ended."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

from jupyter_core.paths import jupyter_runtime_dir

from champion.problems import Problem
from champion.workplace import files, lease, settings

PATIENCE = 90.0
"""Seconds JupyterLab may take to answer: a cold disk and a virus scanner are slow."""
FAREWELL = 15.0
"""Seconds it may take to end its kernels before it is ended."""


@dataclass(frozen=True)
class JupyterLab:
    """A JupyterLab that was started.

    Attributes:
        work: the folder it is open on.
        root: its address, "http://127.0.0.1:43211".
        token: what the browser brings to be let in.
        process: its process.
    """

    work: Path
    root: str
    token: str
    process: subprocess.Popen[bytes]

    def address(self, name: str = settings.START_PAGE) -> str:
        """Where a file of the work folder opens in the browser."""
        return f"{self.root}/lab/tree/{quote(name)}?token={self.token}"

    def tell(self, variables: Mapping[str, str]) -> None:
        """Give environment variables to the kernels and terminals that are started from now on.

        They go through a pipe: any user can read a command line, and a file would outlive it.
        """
        assert self.process.stdin is not None
        with suppress(OSError):  # it has ended; whoever waits for it says so
            self.process.stdin.write(json.dumps(dict(variables)).encode() + b"\n")
            self.process.stdin.flush()


@contextmanager
def running(work: Path, port: int | None) -> Iterator[JupyterLab]:
    """JupyterLab as a child, started but not waited for; ended with the block."""
    settings.prepare(work)
    number = free_port() if port is None else checked(port)
    token = secrets.token_urlsafe(24)
    runtime = Path(jupyter_runtime_dir())
    with log(work).open("wb") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "champion.workplace.server",
                *settings.arguments(work, number, runtime),
            ],
            cwd=work,
            env=settings.environment(work, token, runtime),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for the lab alone: it asks this child to end once, and waits.
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    try:
        yield JupyterLab(work, f"http://127.0.0.1:{number}", token, process)
    finally:
        end(process)


def wait_for(opening: JupyterLab) -> JupyterLab:
    """The lab, once it answers; a Problem when it ends first or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if opening.process.poll() is not None:
            raise Problem(f"JupyterLab did not start: {last_words(opening.work)}")
        if answers(opening.root):
            return opening
        time.sleep(0.05)
    raise Problem(
        f"JupyterLab did not answer within {PATIENCE:.0f} seconds.",
        f"Its log: {files.tilde(log(opening.work))}",
    )


def answers(root: str) -> bool:
    """Whether a Jupyter server answers there."""
    try:
        # Never through a company's proxy: that knows another 127.0.0.1.
        with build_opener(ProxyHandler({})).open(f"{root}/api", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def end(process: subprocess.Popen[bytes]) -> None:
    """End the child: closing its input asks it to; what does not listen is ended."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    for last_resort in (process.terminate, process.kill, None):
        try:
            process.wait(FAREWELL)
            return
        except subprocess.TimeoutExpired:
            if last_resort is not None:
                last_resort()


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def checked(port: int) -> int:
    """The port, if it is free; a Problem when it is taken or may not be used."""
    try:
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError as error:
        raise Problem(
            f"Port {port} cannot be used: {(error.strerror or str(error)).lower()}.",
            "Leave --port out, and a free one is found.",
        ) from None
    return port


def log(work: Path) -> Path:
    """Where JupyterLab's own words go."""
    return lease.corner(work) / "lab.log"


def last_words(work: Path) -> str:
    """The last line of the log that says anything."""
    lines = log(work).read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing.")
