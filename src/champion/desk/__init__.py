"""What a notebook talks to: `%%sql`, `check`, `ticket`, `submit`, `console`, `logs`,
`files`, `api`, `listen`.

The journey of a query: `magic` takes it from the cell, `guard` refuses what does not read,
`clock` gives it Lantern's time, `binds` the notebook's values, `query` runs it within limits,
`errors` and `syntax` put a failure into one line, `advice` says what the engine does not, and
`screen` shows it. Of a Python cell, `tracebacks` shows an error and `numbers` its last line. The
journey of an answer: `session` knows which cell made it, `check` has it judged with the task from
`keys`, the company's results from `snippet` and what a reply may quote from `evidence`, `progress`
notes it, `closing` ends the ticket, `panel` shows it, and `outbox` sends the notebook to the
mentor. `console` reads the company from Python, and copies tables of it that may be changed.
`logs` and `files` find what is to be read on the company's `shelf`; `reading` reads it.
`api` asks the practice API at its `place`; `webhooks` catches what that sends.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from champion import places

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def open_desk(shell: InteractiveShell) -> None:
    """Lay the desk out in a notebook: magics, and the verbs as its variables.

    Prints one line. Asking again brings back what was overwritten.
    """
    import pandas as pd

    from champion.desk import magic, numbers, session, shelf, tracebacks, verbs
    from champion.desk.api import api
    from champion.desk.check import check, hint, reference
    from champion.desk.console import Console
    from champion.desk.files import Files
    from champion.desk.logs import Logs
    from champion.desk.show import show
    from champion.desk.submit import submit
    from champion.desk.tickets import queue, ticket
    from champion.desk.webhooks import listen
    from champion.desk.widgets.day import watch_midnight
    from champion.desk.widgets.fanout import watch_join
    from champion.desk.widgets.window import watch_window

    session.begin(shell)
    magic.register(shell)
    tracebacks.shorten(shell)
    numbers.show_plainly(shell)
    shell.push({"pd": pd}, interactive=False)
    shelves = {each.name: each(_company) for each in (Logs, Files)}
    words = {**shelves, "api": api, "console": Console(lambda: session.current().company)}
    watches = (watch_join, watch_midnight, watch_window)
    does = (check, hint, reference, ticket, queue, submit, show, listen, *watches)
    verbs.lay_out(shell, does, words)
    shelf.announce(places.company())
    print(_greeting())  # noqa: T201 — the cell's one line of output


def _company() -> Path:
    """The folder of the company that the notebook asks."""
    from champion.desk import session

    return session.current().company.folder


def _greeting() -> str:
    """One line, the same every time; a second one while there is no company to ask."""
    is_built = (places.company() / "manifest.json").is_file()
    if is_built or os.environ.get("CHAMPION_DATABASE_URL"):
        return "The desk is open."
    return (
        "The desk is open.\n"
        "The sample company is not built yet. Run `champion lantern build` in a terminal."
    )
