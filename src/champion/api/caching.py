"""Caching: an ETag on what is read, and a 304 for who has it already."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from champion.api.errors import Json


def cached(request: Request, content: Any) -> Response:
    """The answer with its ETag; a 304 without a body when the caller holds the same."""
    response = Json(content)
    tag = f'"{hashlib.blake2b(response.body, digest_size=8).hexdigest()}"'
    response.headers["ETag"] = tag
    held = request.headers.get("if-none-match")
    if held is not None and (held.strip() == "*" or tag in _tags(held)):
        return Response(status_code=304, headers={"ETag": tag})
    return response


def _tags(held: str) -> set[str]:
    return {each.strip().removeprefix("W/") for each in held.split(",")}
