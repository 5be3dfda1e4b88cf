"""The app: all endpoints, their description, and how their mistakes are said."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

# Each noun puts its endpoints on the router; those that are asked most come first.
from champion.api import (
    account,
    demobin,
    docs,
    domains,
    errors,
    folders,
    jobs,
    links,
    moved,
    plays,
    stats,
    switches,
    tokens,
    videos,
    webhooks,
)  # fmt: skip
from champion.api.errors import Invalid, Refusal
from champion.api.routes import router

NOUNS = (videos, stats, plays, folders, account, jobs, links, domains, webhooks, tokens)
SHAPES = {"folders": "errors", "allowed_domains": "errors", "plays": "problem"}
"""The shape of each endpoint's 422, by the first part of its path; reading is always `error`."""


@cache
def endpoints() -> FastAPI:
    """The endpoints, made once: they hold no state, `Front` gives it to each request."""
    app = FastAPI(title="Lantern API", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.extend(sorted(router.routes, key=_asked_seldom))
    for routes in (moved.router, switches.router, docs.router, demobin.router):
        app.router.routes.extend(routes.routes)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Invalid, _invalid)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _not_served)
    return app


def _asked_seldom(route: Any) -> bool:
    """False sorts first: most requests are about videos."""
    return not route.path.startswith("/v1/videos")


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    request.scope["error"] = refusal.code
    return refusal.response()


async def _invalid(request: Request, invalid: Exception) -> Response:
    assert isinstance(invalid, Invalid)
    request.scope["error"] = "invalid"
    return errors.invalid(_shape(request), invalid.mistakes)


async def _not_valid(request: Request, error: Exception) -> Response:
    """A part of the request does not fit; in the path, it names something that cannot exist."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["loc"][0] == "path" for each in found):
        return await _refused(request, errors.not_found())
    mistakes: dict[str, list[str]] = {}
    for each in found:
        mistakes.setdefault(_field(each["loc"]), []).append(_said(each))
    return await _invalid(request, Invalid(mistakes))


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:  # FastAPI's word for a body whose bytes are no text
        return await _invalid(request, Invalid({"body": ["is not JSON"]}))
    if error.status_code != 405:
        return await _refused(request, errors.not_found())
    allow = {"Allow": ", ".join(sorted(_methods(request)))}
    return await _refused(request, Refusal(405, "method_not_allowed", headers=allow))


def _methods(request: Request) -> set[str]:
    """What is offered at this path; each of its routes knows one method alone."""
    routes = [route for route in request.app.routes if isinstance(route, APIRoute)]
    fitting = [route for route in routes if route.path_regex.match(request.url.path)]
    return {method for route in fitting for method in route.methods or ()}


def _shape(request: Request) -> str:
    noun = request.url.path.split("/")[2]
    if SHAPES.get(noun) == "problem":
        return "problem"
    if request.method == "GET":
        return "error"
    return SHAPES.get(noun, "fields")


def _field(where: tuple[Any, ...]) -> str:
    """The name of what is wrong: its place in the body or the address."""
    named = ".".join(part for part in where[1:] if isinstance(part, str))
    return named or str(where[0])


def _said(mistake: dict[str, Any]) -> str:
    context = mistake.get("ctx", {})
    match mistake["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known here"
        case "json_invalid":
            return "is not JSON"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "literal_error":
            return f"must be {context['expected']}"
        case "string_pattern_mismatch":
            return "does not have the right form"
        case "int_parsing" | "int_type" | "int_from_float":
            return "must be a whole number"
    sentence = str(mistake["msg"])
    return sentence[:1].lower() + sentence[1:]
