"""The command `champion report`: the account found, the notebook run, its files put in place."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from champion import places
from champion.reporting import page, running
from champion.workplace import files

Step = Callable[[int, int, str], None]
"""How many steps are done, of how many, and which one it is at."""


def main(
    account: str,
    month: str | None,
    to: Path | None,
    browser: bool,
    notebook: bool,
    console: Console,
) -> str:
    """Make a report with a bar that says what it does; the lines to print.

    Args:
        account: its number, its name or a part of it.
        month: "2026-02"; None: the last one that is over in the account's zone.
        to: the folder; None: `reports` in the work folder.
        browser: open the page when it is there.
        notebook: keep the executed notebook too.
        console: where the bar goes.

    Raises:
        Problem: as `report`.
    """
    with _bar(console) as step:
        written = report(account, month, to, notebook, step)
    if browser:
        webbrowser.open(written[0].resolve().as_uri())
    return "\n".join(files.tilde(path) for path in written)


def report(
    account: str,
    month: str | None = None,
    to: Path | None = None,
    notebook: bool = False,
    step: Step = lambda done, total, what: None,
) -> tuple[Path, ...]:
    """Make a report; files of the same name are replaced whole, once all of it is made.

    Returns:
        The page, the CSV files, and the notebook when it was asked for.

    Raises:
        Problem: no company, no such account or month, a cell that failed, a folder that cannot
            be written to.
    """
    folder = places.work() / "reports" if to is None else to
    files.make_folder(folder)
    with tempfile.TemporaryDirectory(prefix="champion-", ignore_cleanup_errors=True) as bench:
        made = running.run({"account": account, "month": month}, Path(bench), step)
        beside = {f"-{each.name}": each.read_bytes() for each in sorted(Path(bench).iterdir())}
    about = running.about(made)
    contents = {".html": page.html(made, about["title"]).encode(), **beside}
    if notebook:
        from nbformat import writes

        contents[".ipynb"] = writes(made).encode()
    for name, content in contents.items():
        files.write(folder / f"{about['file']}{name}", content)
    return tuple(folder / f"{about['file']}{name}" for name in contents)


@contextmanager
def _bar(console: Console) -> Iterator[Step]:
    columns = (TextColumn("Making the report"), BarColumn(), TextColumn("{task.description}"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Starting")
        yield lambda done, total, what: bar.update(
            task, completed=done, total=total, description=what
        )
