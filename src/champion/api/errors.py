"""How the API says no: one reply for each cause, and three shapes of 422, as in life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

SAYS: Mapping[str, str] = {
    "unauthorized_credentials": "This token is unknown or has been revoked.",
    "account_inactive": "This account is inactive: a bill is open.",
    "unauthorized_scope": "This token may not do that.",
    "plan_without_api": "The plan of this account does not include the API.",
    "not_found": "There is no such object.",
    "method_not_allowed": "This method is not offered here.",
    "conflict": "The object is in a state that does not allow this.",
    "too_large": "The body is larger than one megabyte.",
    "wrong_host": "This server answers as 127.0.0.1 alone.",
    "internal": "Something went wrong on our side.",
}
TOO_MANY = "Too many requests: an account may make {limit} a minute.\n"
LARGEST_BODY = 1_000_000

_JSON = "application/json"


class Refusal(Exception):
    """A request that is answered with an error.

    Args:
        status: the HTTP status.
        code: what stands in the log; in the body too, but for 422.
        error: the sentence; None for the usual one.
        headers: more headers.
    """

    def __init__(
        self,
        status: int,
        code: str,
        error: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, code)
        self.status, self.code = status, code
        self.error = SAYS[code] if error is None else error
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer."""
        content = {"code": self.code, "error": self.error}
        return Json(content, self.status, self.headers)


class Invalid(Exception):
    """A request whose parts make no sense: 422, in the shape of its endpoint.

    Args:
        mistakes: by field, what is wrong with it; "body" for all of it.
    """

    def __init__(self, mistakes: Mapping[str, Sequence[str]]) -> None:
        super().__init__(mistakes)
        self.mistakes = {field: list(said) for field, said in mistakes.items()}


class Json(Response):
    """JSON in UTF-8, as compact as it gets."""

    media_type = _JSON

    def render(self, content: Any) -> bytes:
        """The bytes of a value."""
        return to_json(content)


def not_found() -> Refusal:
    """There is no such object, or it is another account's: the answer is the same."""
    return Refusal(404, "not_found")


def unauthorized(code: str) -> Refusal:
    """A 401, with the header that goes with it."""
    kind = "insufficient_scope" if code == "unauthorized_scope" else "invalid_token"
    return Refusal(
        401, code, headers={"WWW-Authenticate": f'Bearer realm="lantern", error="{kind}"'}
    )


def too_many(limit: int, wait: int) -> Response:
    """The 429: plain text, which trips whoever parses every answer as JSON."""
    return Response(
        TOO_MANY.format(limit=limit),
        429,
        {"Retry-After": str(wait)},
        media_type="text/plain",
    )


def invalid(shape: str, mistakes: Mapping[str, Sequence[str]]) -> Response:
    """The 422 of an endpoint.

    Args:
        shape: `error`, `errors`, `fields` or `problem`.
        mistakes: by field; "body" for all of it.
    """
    parts = [(field, said) for field, all_said in mistakes.items() for said in all_said]
    sentences = [_sentence(field, said) for field, said in parts]
    if shape == "error":
        return Json({"error": sentences[0]}, 422)
    if shape == "errors":
        return Json({"errors": sentences}, 422)
    if shape == "fields":
        return Json({"errors": dict(mistakes)}, 422)
    problem = {
        "type": "https://api.lantern.example/problems/invalid",
        "title": "The request is not valid.",
        "status": 422,
        "detail": " ".join(sentences),
        "errors": [{"parameter": field, "detail": said} for field, said in parts],
    }
    return Json(problem, 422, media_type="application/problem+json")


def _sentence(field: str, said: str) -> str:
    return f"{field} {said}."
