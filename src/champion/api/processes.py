"""Processes: starting a practice API, finding the one that runs, and ending it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from champion.api.keys import READING, WRITING, token
from champion.problems import Problem

ADDRESS = "address.json"
CONTROL = "X-Lantern-Control"
LOOK = "X-Lantern-Look"
"""A header that, beside the control word, has a request neither counted nor noted."""
PATIENCE = "X-Lantern-Patience"
"""A header of a caller whose clock is the practice clock: the seconds after which it gives up."""
SILENCE = "X-Lantern-Silence"
"""A header of what is sent to such a caller in place of no answer at all."""
_PATIENCE = 5.0


@dataclass(frozen=True)
class Running:
    """A practice API that answers.

    Attributes:
        address: "http://127.0.0.1:43211".
        control: the word that allows resetting, limits and faults.
        seed: of its company.
        log: its access.log.
        process: where it was started here.
        said: what its user should know, line by line.
    """

    address: str
    control: str
    seed: int
    log: Path
    process: subprocess.Popen[bytes] | None = None
    said: tuple[str, ...] = ()

    @property
    def reading(self) -> str:
        """Support's own token that reads."""
        return token(self.seed, 1, READING)

    @property
    def writing(self) -> str:
        """Support's own token that writes too."""
        return token(self.seed, 2, WRITING)

    def ask(self, method: str, path: str, content: Any = None) -> dict[str, Any]:
        """Use one of the API's switches.

        Raises:
            Problem: it does not answer, or refuses.
        """
        where = urlsplit(self.address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_PATIENCE)
        headers = {CONTROL: self.control, "Content-Type": "application/json"}
        body = None if content is None else json.dumps(content)
        try:
            connection.request(method, f"/practice/{path}", body, headers)
            answer = connection.getresponse()
            told: dict[str, Any] = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            raise Problem(
                "The practice API does not answer.", "Start it with `champion api serve`."
            ) from None
        finally:
            connection.close()
        if answer.status >= 400:
            raise Problem(f"The practice API refuses: {_reason(told)}")
        return told

    def end(self) -> None:
        """End it, where it was started here; it ends by itself when its standard input closes."""
        if self.process is None:
            return
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        for last_resort in (self.process.terminate, self.process.kill, None):
            try:
                self.process.wait(_PATIENCE)
                return
            except subprocess.TimeoutExpired:
                if last_resort is not None:
                    last_resort()


def start(folder: Path | None = None, company: Path | None = None, port: int = 0) -> Running:
    """Start a practice API as a child of this process; it ends with it.

    Args:
        folder: where its state lies; None: a temporary one, gone at the end.
        company: the company's folder; None: the one in use.
        port: of the loopback address; 0 takes a free one.

    Raises:
        Problem: it could not be started, in its own words.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "champion.api.serving"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C, or a kernel's interrupt, is not for it.
        start_new_session=os.name != "nt",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    wanted = {
        "port": port,
        "folder": str(folder) if folder else None,
        "company": str(company) if company else None,
    }
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(wanted).encode() + b"\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
    except (OSError, ValueError):
        process.kill()
        process.wait()
        raise Problem(
            "The practice API could not be started.",
            "Run `champion api serve` in a terminal: it says why.",
        ) from None
    except BaseException:
        process.kill()
        process.wait()
        raise
    if "what" in told:
        Running("", "", 0, Path(), process).end()
        raise Problem(told["what"], told["then"])
    return _running(told, process)


def find(folder: Path) -> Running | None:
    """The practice API that serves this folder and answers, or None."""
    try:
        told = json.loads((folder / ADDRESS).read_text(encoding="utf-8"))
        running = _running(told)
        running.ask("GET", "status")
    except (OSError, ValueError, KeyError, TypeError, Problem):
        return None
    return running


def found(folder: Path) -> Running:
    """As `find`; Problem when none runs."""
    running = find(folder)
    if running is None:
        raise Problem("No practice API is running.", "Start one with `champion api serve`.")
    return running


def status(running: Running) -> str:
    """How a running API is, in one line."""
    told = running.ask("GET", "status")
    faults = f", {len(told['faults'])} faults waiting" if told["faults"] else ""
    return (
        f"Running at {running.address}: seed {told['seed']}, its clock says {told['now']}, "
        f"{told['requests']} requests since the last reset, "
        f"{told['per_minute']} a minute allowed{faults}."
    )


def address(folder: Path) -> str:
    """Where the API of this folder answers; "" when nobody has said."""
    try:
        return str(json.loads((folder / ADDRESS).read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _running(told: dict[str, Any], process: subprocess.Popen[bytes] | None = None) -> Running:
    return Running(
        told["address"], told["control"], told["seed"], Path(told["log"]), process,
        tuple(told.get("said", ())),
    )  # fmt: skip


def _reason(told: dict[str, Any]) -> str:
    if isinstance(told.get("errors"), dict):
        return " ".join(f"{field} {'; '.join(said)}." for field, said in told["errors"].items())
    return str(told.get("error", "it does not say why."))
