"""What has moved: addresses of the first version, below /v0, lead to the same below /v1.

Its callers are told where to go, and have to go there by themselves. Nothing of it is described
in /openapi.json: nobody shall begin with it.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

router = APIRouter(include_in_schema=False)
PREFIX = "/v0/"


@router.get(PREFIX + "{rest:path}")
async def moved(request: Request) -> Response:
    """301, with the new address in `Location` and in a line of plain text."""
    scope = request.scope
    there = "/v1/" + scope["raw_path"].decode("latin-1").removeprefix(PREFIX)
    query = scope["query_string"].decode("latin-1")
    target = f"{there}?{query}" if query else there
    return Response(
        f"Moved permanently to {there}\n", 301, {"Location": target}, media_type="text/plain"
    )
