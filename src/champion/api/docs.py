"""The API's description: /openapi.json, and /docs, which needs no network beyond loopback."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from champion.api.errors import not_found
from champion.api.forms import ProblemDetails, ProblemPart
from champion.api.gate import OLD_PARAMETER

router = APIRouter(include_in_schema=False)

ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
"""What the page is made of; the files come with the package `fastapi_offline`."""
_POLICY = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
_ABOUT = """\
The API of Lantern, which hosts video for businesses; this one is for practice.

- **Token**: `Authorization: Bearer lnt_…`. Scopes: `read:videos`, `read:stats`, `write:videos`.
- **Lists** are bare arrays, 25 objects a page, pages counted from 1. There is no total and no
  link: a page that is shorter than `per_page` is the last one. `/v1/plays` has a cursor instead.
- **Limit**: 600 requests a minute for an account, all its tokens together. What is over gets a
  429 in plain text, with `Retry-After`.
- **Errors**: 401 the token, 403 the plan, 404 not there or not yours, 422 something you sent; the
  422 comes in three shapes, and in a fourth on `/v1/plays`.
- **Moved**: addresses below `/v0`, of 2024, answer 301 with the new one in `Location`.
- Every answer has an `X-Request-Id`: quote it when you ask us.
"""
_TAGS = {
    "videos": "What was uploaded.",
    "statistics": "What was counted; it ends with yesterday's UTC day.",
    "plays": "Playing, one by one.",
    "folders": "Where videos lie.",
    "account": "What the token opens.",
    "background jobs": "What is done later.",
    "signed links": "Addresses that work for a while.",
    "allowed domains": "Where videos may be embedded.",
    "webhooks": "Who wants to be told.",
    "tokens": "Keys to the API.",
}
_LINKS: dict[str, dict[str, tuple[str, str, str]]] = {
    "createFolder": {
        "get": ("getFolder", "number", "$response.body#/id"),
        "rename": ("renameFolder", "number", "$response.body#/id"),
        "delete": ("deleteFolder", "number", "$response.body#/id"),
    },
    "createDomain": {
        "get": ("getDomain", "number", "$response.body#/id"),
        "delete": ("deleteDomain", "number", "$response.body#/id"),
    },
    "createWebhook": {
        "get": ("getWebhook", "number", "$response.body#/id"),
        "switch": ("switchWebhook", "number", "$response.body#/id"),
        "deliveries": ("listDeliveries", "number", "$response.body#/id"),
        "test": ("testWebhook", "number", "$response.body#/id"),
        "delete": ("deleteWebhook", "number", "$response.body#/id"),
    },
    "createToken": {
        "get": ("getToken", "number", "$response.body#/id"),
        "revoke": ("revokeToken", "number", "$response.body#/id"),
    },
    "listVideos": {
        "first": ("getVideo", "hashed_id", "$response.body#/0/hashed_id"),
        "stats": ("getVideoStats", "hashed_id", "$response.body#/0/hashed_id"),
        "engagement": ("getVideoEngagement", "hashed_id", "$response.body#/0/hashed_id"),
        "rename": ("updateVideo", "hashed_id", "$response.body#/0/hashed_id"),
        "move": ("moveVideo", "hashed_id", "$response.body#/0/hashed_id"),
        "archive": ("archiveVideo", "hashed_id", "$response.body#/0/hashed_id"),
        "restore": ("restoreVideo", "hashed_id", "$response.body#/0/hashed_id"),
    },
    "moveVideo": {"job": ("getJob", "number", "$response.body#/id")},
    "restoreVideo": {"job": ("getJob", "number", "$response.body#/id")},
}
"""Where an answer leads: by operation, the next one, its parameter and where its value stands."""


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The description."""
    return Response(_text(request.app), media_type="application/json")


@router.get("/docs")
async def docs() -> Response:
    """A page to read and try the API."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Lantern API",
        swagger_js_url="/docs/swagger-ui-bundle.js",
        swagger_css_url="/docs/swagger-ui.css",
        swagger_favicon_url="/docs/favicon.png",
        swagger_ui_parameters={"validatorUrl": None, "tryItOutEnabled": True},
    )
    page.headers["Content-Security-Policy"] = _POLICY
    return page


@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    """A part of that page."""
    if name not in ASSETS:
        raise not_found()
    content = resources.files("fastapi_offline").joinpath("static", name).read_bytes()
    return Response(content, media_type=ASSETS[name])


def description(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the endpoints below /v1."""
    told = get_openapi(
        title="Lantern API",
        version="1",
        description=_ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": about} for name, about in _TAGS.items()],
    )
    parts = told["components"]
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token, `lnt_…`."},
        "old": {
            "type": "apiKey",
            "in": "query",
            "name": "api_password",
            "description": "Where old programs pass their token; for reading alone. It shows up "
            "in access logs.",
        },
    }
    for model in (ProblemPart, ProblemDetails):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schema.pop("$defs", None)
        parts["schemas"][model.__name__] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name, None)
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    models = {route.operation_id: _model(route) for route in routes}
    for path in told["paths"].values():
        for method, operation in path.items():
            _complete(method, operation, models[operation["operationId"]])
    return told


def _model(route: APIRoute) -> type[BaseModel] | None:
    """The model of an endpoint's parameters, see `forms.asked_for`."""
    models = (getattr(each.call, "model", None) for each in route.dependant.dependencies)
    return next((model for model in models if model is not None), None)


def _parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "description": about.pop("description", ""),
            "schema": _without_null(about),
        }
        for name, about in schema["properties"].items()
        if name != OLD_PARAMETER
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out or has a value: there is no null in an address."""
    kinds = [each for each in schema.pop("anyOf", []) if each.get("type") != "null"]
    schema.pop("title", None)
    if not kinds:
        return schema
    schema.pop("default", None)
    return {**kinds[0], **schema}


def _complete(method: str, operation: dict[str, Any], model: type[BaseModel] | None) -> None:
    """Add to an operation what its function cannot say: security, request id, links."""
    operation["security"] = [{"token": []}, *([{"old": []}] if method == "get" else [])]
    for status, answer in operation["responses"].items():
        headers = answer.setdefault("headers", {})
        headers.setdefault("X-Request-Id", _REQUEST_ID)
        if status.startswith("2"):
            links = _LINKS.get(operation["operationId"], {})
            if links:
                answer["links"] = {
                    name: {"operationId": target, "parameters": {parameter: value}}
                    for name, (target, parameter, value) in links.items()
                }
    operation["parameters"] = [
        *operation.get("parameters", []), *(_parameters(model) if model else [])
    ]  # fmt: skip


_REQUEST_ID = {
    "description": "The request's own number; access.log has it too.",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9]{16}$"},
}


@cache
def _text(app: FastAPI) -> str:
    return json.dumps(description(app), ensure_ascii=False)
