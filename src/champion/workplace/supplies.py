"""What the lessons need before they can be opened: the sample company and the answer keys."""

from __future__ import annotations

import os
from collections.abc import Iterator

from champion import places
from champion.authoring.keys import build_keys
from champion.problems import Problem


def supply() -> Iterator[str]:
    """Build the company when it is missing or older than its recipe, and the keys that changed.

    Yields:
        What there is to say about it, line by line; nothing when all is in place.

    Raises:
        Problem: the company cannot be built.
    """
    if not company_stands():
        from champion.lantern.build import from_words

        yield from_words("1", "1", None)
    try:
        build_keys()
    except Problem as mistakes:
        yield f"Some lessons cannot be checked: {mistakes}"


def company_stands() -> bool:
    """Whether there is a company that this version of the course can open."""
    if os.environ.get("CHAMPION_DATABASE_URL"):
        return True
    from champion.lantern import engine, manifest

    built = manifest.read(places.company())
    return (
        built is not None
        and built.recipe == manifest.RECIPE
        and (places.company() / engine.FILE).is_file()
    )


def why_not() -> str:
    """Why the company cannot be opened, in one line; "" when it can."""
    from champion.lantern.company import open_company

    try:
        open_company().close()
    except Problem as problem:
        return str(problem)
    return ""
