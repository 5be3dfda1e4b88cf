"""What a function is called with, as text that can be kept, sent to a child, and unpacked afresh.

It is pickled, which goes one way alone: from the key's own cells to whoever tries a function.
Nothing that a learner's code has made is ever unpacked here. A client of the practice API is
packed as its token, and becomes a client of the API at hand.
"""

from __future__ import annotations

import base64
import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from champion.desk.api import Api
from champion.problems import Problem

Clients = Callable[[str], Any]
"""Gives the client that sends a token."""


def pack(args: Sequence[Any], named: Mapping[str, Any]) -> str:
    """The arguments of a call as text.

    Raises:
        Problem: one of them cannot be packed.
    """
    packed = io.BytesIO()
    try:
        _Packer(packed).dump((tuple(args), dict(named)))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise Problem(f"what it is called with cannot be sent to a function: {error}") from None
    return base64.b64encode(packed.getvalue()).decode()


def unpack(text: str, clients: Clients) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments that `pack` packed, made anew each time."""
    unpacker = _Unpacker(io.BytesIO(base64.b64decode(text)))
    unpacker.clients = clients
    args, named = unpacker.load()
    return args, named


class _Packer(pickle.Pickler):
    def persistent_id(self, thing: Any) -> str | None:
        return thing.sends if isinstance(thing, Api) else None


class _Unpacker(pickle.Unpickler):
    clients: Clients

    def persistent_load(self, identity: Any) -> Any:
        return self.clients(identity)
