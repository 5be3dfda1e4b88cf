"""What the lessons need before they can be opened: the sample company and the answer keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from champion.lantern.company import open_company
from champion.problems import Problem


def supply(console: Console) -> Iterator[str]:
    """Build the company when it is missing or older than its recipe, and the keys that changed.

    Args:
        console: where the progress bar goes.

    Yields:
        What there is to say about it, line by line; nothing when all is in place.

    Raises:
        Problem: the company cannot be built, or the team's database cannot be reached.
    """
    from champion.authoring.keys import build_keys

    if os.environ.get("CHAMPION_DATABASE_URL"):
        open_company().close()
    elif not company_stands():
        build_with_bar(console)
        yield "The sample company is built."
    try:
        build_keys()
    except Problem as mistakes:
        yield f"Some lessons cannot be checked: {mistakes}"


def company_stands() -> bool:
    """Whether there is a company that this version of the course can open."""
    try:
        open_company().close()
    except Problem:
        return False
    return True


def build_with_bar(
    console: Console, seed: str = "1", scale: str = "1", to: Path | None = None
) -> Path:
    """Build a company with a bar that names each step; its folder. Errors as `build_company`'s."""
    from champion.lantern.build import as_scale, as_seed, build_company

    number, size = as_seed(seed), as_scale(scale)
    columns = (TextColumn("Building Lantern"), BarColumn(), TextColumn("{task.description}"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("")
        return build_company(
            number,
            size,
            to,
            progress=lambda done, total, what: bar.update(
                task, completed=done, total=total, description=what
            ),
        )
