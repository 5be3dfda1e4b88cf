"""Tries a function on one input, and tells what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from champion.checking.nested import Nested, nested
from champion.checking.trial import Trial
from champion.desk.deadline import OutOfTime
from champion.desk.parcel import Clients, unpack
from champion.desk.query import TooSlow
from champion.desk.quiet import quiet
from champion.desk.session import first_line
from champion.desk.waiting import waiting

CALL_SECONDS = 5.0
"""Real seconds that one call may take."""


def attempt(
    function: Callable[..., Any],
    call: str,
    label: str,
    clients: Clients,
    tell: Callable[[float], None],
    limit: AbstractContextManager[None],
) -> Trial:
    """Call a function once; whatever it does comes back as a trial.

    Args:
        function: the learner's, or one of the key's.
        call: the packed arguments.
        label: of the input.
        clients: gives the client of a token.
        tell: told how long the function waits, in seconds.
        limit: raises OutOfTime in its block when the time is up.

    Raises:
        KeyboardInterrupt: the learner stopped it.
    """
    args, named = unpack(call, clients)
    before = _seen(args, named)
    names = getattr(function, "__globals__", {})
    try:
        with quiet() as said, limit, waiting(tell, names):
            value = nested(function(*args, **named))
        after = _seen(args, named)
    except (OutOfTime, TooSlow):
        return Trial(label, "timed out")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a function may fail in any way, and end Python too
        return Trial(label, "error", error=_line(error))
    left = None if after == before else after
    return Trial(label, "value", value, left=left, printed=bool(said.getvalue()))


def _seen(args: Any, named: Any) -> Nested:
    """What a function is called with, clients left out: they are no data."""
    plain = [each for each in (*args, *named.values()) if not _is_client(each)]
    return nested(plain)


def _is_client(thing: object) -> bool:
    api = sys.modules.get("champion.desk.api")
    return api is not None and isinstance(thing, api.Api)


def _line(error: BaseException) -> str:
    try:
        return first_line(error)
    except BaseException:  # a learner's exception may even fail to say what it is
        return type(error).__name__
