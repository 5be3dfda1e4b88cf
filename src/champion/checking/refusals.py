"""The API's refusal of too many requests: how an error of a cell tells it, and what helps."""

from __future__ import annotations

import re

SENTENCE = "Too many requests"
"""How the text of a 429 begins; it is no JSON."""

_TOLD = re.compile(rf"JSONDecodeError: .*“{SENTENCE}|HTTPStatusError: .*'429 ")


def used_up(error: str) -> list[str] | None:
    """What to do when the minute's requests are used up; None for an error of another kind.

    The refused cell may be right: an earlier one, whose loop did not end, used them up.

    Args:
        error: the first line of a cell's error, of a 429's text read as JSON the text too.
    """
    if _TOLD.match(error) is None:
        return None
    return [
        "The minute's requests are used up: the API answered 429, a sentence and no JSON.",
        "If a loop of yours does not end, mend that first. Then run `api.reset()`, "
        "run your cell again, and check.",
    ]
