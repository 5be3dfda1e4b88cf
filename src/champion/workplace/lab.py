"""The course opened: company, keys and work folder made ready, and JupyterLab on top of them."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import Console

from champion import places
from champion.problems import Problem
from champion.workplace import files, jupyter, lease

if TYPE_CHECKING:
    from champion.api.processes import Running


def lab(port: int | None = None, browser: bool = True, work: Path | None = None) -> None:
    """Open the course in JupyterLab and stay until Ctrl-C.

    Args:
        port: of the loopback address; None finds a free one.
        browser: open the browser when it is ready.
        work: the folder; None is the learner's own.

    Raises:
        Problem: the port is taken, the folder cannot be written to or is open in another
            lab, the company cannot be built, or JupyterLab does not start.
    """
    console = Console(highlight=False, soft_wrap=True)
    folder = (work or places.work()).absolute()
    from champion.api import processes

    with ended_by_signals(), lease.lease(folder), jupyter.running(folder, port) as opening:
        make_ready(folder, console)
        api = practice_api(folder, console)
        if api is not None:
            opening.tell(processes.variables(api.address, api.reading))
        opened = jupyter.wait_for(opening)
        lease.announce(folder, opened.address())
        try:
            console.print(f"[bold green]Ready[/]  {opened.address()}")
            console.print("Leave this window open. Ctrl-C here ends the lab; your work is saved.")
            if browser and has_a_screen():
                webbrowser.open(opened.address())
            opened.process.wait()
            raise Problem(
                "JupyterLab has ended by itself.", f"Its log: {files.tilde(jupyter.log(folder))}"
            )
        except KeyboardInterrupt:
            console.print("\nEnding the lab …")
        finally:
            lease.withdraw(folder)
            if api is not None:
                api.end()
    console.print(f"Ended. Your work lies in {files.tilde(folder)}.")


def make_ready(work: Path, console: Console) -> None:
    """Company, keys and work folder, while JupyterLab starts beside them."""
    # Loading these takes as long as starting JupyterLab: they come when that is under way.
    from champion.workplace import layout, supplies

    for line in supplies.supply(console):
        console.print(line, markup=False)
    changes = layout.lay_out(work)
    for change in changes:
        if change.what != "new":
            console.print(str(change), markup=False)
    new = sum(change.what == "new" for change in changes)
    if new:
        console.print(f"{new} new files in {files.tilde(work)}", markup=False)


def practice_api(work: Path, console: Console) -> Running | None:
    """The practice API for this folder's notebooks; None when it cannot be had.

    One that serves the folder already is used, and left alone at the end; else it is a child.
    Without one, each notebook starts its own.
    """
    from champion.api import processes

    folder = lease.corner(work) / "api"
    serving = processes.find(folder)
    if serving is not None:
        return serving
    try:
        running = processes.start(folder)
    except Problem as problem:
        console.print(f"No practice API: {problem}", markup=False)
        return None
    for line in running.said:
        console.print(line, markup=False)
    return running


def has_a_screen() -> bool:
    """Whether a browser can show itself: over ssh, a text browser would take the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Treat a closed terminal or a request to end as Ctrl-C, so that kernels end too."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
