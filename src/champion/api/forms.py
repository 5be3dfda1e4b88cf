"""What all endpoints' forms share: models that name what they do not know, texts, ids, pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Path
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

Asked = TypeVar("Asked", bound=BaseModel)

LARGEST_ID = 2**53 - 1
"""The largest whole number that every JSON reader can hold."""
PER_PAGE, PER_PAGE_MOST = 25, 100
LAST_PAGE = 1_000_000_000


class Form(BaseModel):
    """Something that is sent to us: an unknown field is named, not ignored."""

    model_config = ConfigDict(extra="forbid")


class Object(BaseModel):
    """Something that we answer with."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


Id = Annotated[int, Field(ge=1, le=LARGEST_ID, description="Its number.")]
HashedId = Annotated[
    str,
    Path(pattern="^[a-z0-9]{10}$", description="The video's id: ten letters and digits."),
]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The object's number.")]
Moment = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date-time"},
        description="A moment in UTC, to the millisecond.",
        examples=["2026-03-30T17:04:11.412Z"],
    ),
]


class Page(Form):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Pages are counted from 1.")
    per_page: int = Field(
        PER_PAGE,
        ge=1,
        le=PER_PAGE_MOST,
        description="How many objects a page has at most. A shorter page is the last one.",
    )
    api_password: str | None = Field(
        None,
        deprecated=True,
        description="Where old programs pass their token. Access logs show it: send the "
        "Authorization header.",
    )

    @property
    def window(self) -> tuple[int, int]:
        """How many rows, and how many before them."""
        return self.per_page, (self.page - 1) * self.per_page


class OldPassword(Form):
    """The one parameter of endpoints that have none of their own."""

    api_password: str | None = Field(
        None, deprecated=True, description="Where old programs pass their token."
    )


def asked_for(model: type[Asked]) -> Any:
    """What hands an endpoint its parameters as this model.

    FastAPI could take a model of parameters apart by itself; that costs a fifth of a request's
    time. `docs` describes these as it would.

    Raises:
        RequestValidationError: they do not fit.
    """

    async def parameters(request: Request) -> Asked:
        try:
            return model.model_validate_strings(dict(request.query_params))
        except ValidationError as error:
            found = [{**each, "loc": ("query", *each["loc"])} for each in error.errors()]
            raise RequestValidationError(found) from None

    parameters.model = model  # type: ignore[attr-defined]
    return Depends(parameters)


Paged = Annotated[Page, asked_for(Page)]
Plain = Annotated[OldPassword, asked_for(OldPassword)]
Order = Literal["asc", "desc"]


class Mistake(Object):
    """Why a request is refused."""

    code: str = Field(description="A word for programs.", examples=["not_found"])
    error: str = Field(description="A sentence for people.", examples=["There is no such object."])


class MistakeText(Object):
    """A 422 in the first of three shapes: one sentence."""

    error: str = Field(examples=["page must be at least 1."])


class MistakeList(Object):
    """A 422 in the second shape: sentences."""

    errors: list[str] = Field(min_length=1, examples=[["name is missing."]])


class MistakeFields(Object):
    """A 422 in the third shape: sentences by field."""

    errors: dict[str, list[str]] = Field(examples=[{"title": ["is missing"]}])


class ProblemPart(Object):
    """One part of a problem."""

    parameter: str = Field(examples=["limit"])
    detail: str = Field(examples=["must be at least 1"])


class ProblemDetails(Object):
    """A 422 as RFC 9457 has it."""

    type: str = Field(examples=["https://api.lantern.example/problems/invalid"])
    title: str = Field(examples=["The request is not valid."])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["limit must be at least 1."])
    errors: list[ProblemPart]


_HEADERS: dict[str, Any] = {
    "X-Request-Id": {
        "description": "The request's own number; access.log has it too.",
        "schema": {"type": "string", "pattern": "^[0-9]{16}$"},
    }
}
_JSON_MISTAKE = {"model": Mistake, "headers": _HEADERS}
_SHAPES: dict[str, dict[str, Any]] = {
    "error": {"model": MistakeText},
    "errors": {"model": MistakeList},
    "fields": {"model": MistakeFields},
    "problem": {
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
        }
    },
}


def answers(shape: str, *more: int) -> dict[int | str, dict[str, Any]]:
    """The answers of an endpoint beside its good one, for its description.

    Args:
        shape: of its 422: `error`, `errors`, `fields` or `problem`.
        more: which of 404, 409 and 413 it has.
    """
    said: dict[int | str, dict[str, Any]] = {
        401: {
            **_JSON_MISTAKE,
            "description": "The token is unknown or revoked, may not do this, or the account is "
            "inactive: the code says which.",
        },
        403: {**_JSON_MISTAKE, "description": "The account's plan does not include the API."},
        422: {
            **_SHAPES[shape],
            "headers": _HEADERS,
            "description": "A part of the request makes no sense.",
        },
        429: {
            "description": "Too many requests a minute; in plain text. Wait as long as "
            "Retry-After says.",
            "content": {
                "text/plain": {
                    "schema": {"type": "string"},
                    "example": "Too many requests: an account may make 600 a minute.\n",
                }
            },
            "headers": {
                **_HEADERS,
                "Retry-After": {
                    "description": "Seconds to wait.",
                    "schema": {"type": "string", "pattern": "^[0-9]+$"},
                },
            },
        },
    }
    described = {
        404: "There is no such object, or it is another account's.",
        409: "The object is in a state that does not allow this.",
        413: "The body is larger than one megabyte.",
    }
    for status in more:
        said[status] = {**_JSON_MISTAKE, "description": described[status]}
    return dict(sorted(said.items(), key=lambda each: int(each[0])))
