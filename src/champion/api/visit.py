"""A visit: one request on its way, and its answer, held back until it is noted."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Message, Scope

from champion.api import faults
from champion.api.errors import Refusal
from champion.api.gate import identify
from champion.api.limits import Admission
from champion.api.noted import Request, request_id
from champion.api.practice import Practice
from champion.api.processes import CONTROL, LOOK, PATIENCE

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "lantern"})
"""As whom the API answers. Another name would be a web page that has been led here."""


@dataclass
class Visit:
    """One request on its way.

    Attributes:
        scope: of its connection.
        practice: the state that it is about.
        number: 1 for the first since the last reset.
        admission: whether the limit lets it through, once that is decided.
        text: what was sent with it.
    """

    scope: Scope
    practice: Practice
    number: int = 0
    admission: Admission | None = None
    headers: dict[bytes, bytes] = field(init=False)
    text: str | None = None

    def __post_init__(self) -> None:
        self.headers = dict(self.scope["headers"])

    def header(self, name: str) -> str:
        """One of its headers, "" when it has none."""
        return self.headers.get(name.encode(), b"").decode("latin-1")

    def is_a_look(self) -> bool:
        """Whether the API's starter looks at the state, which is neither counted nor noted."""
        control = self.practice.control
        given = self.header(CONTROL.lower())
        return bool(self.header(LOOK.lower())) and bool(control) and given == control

    @property
    def patience(self) -> float | None:
        """How long the caller would wait for an answer, where its clock is not the wall's."""
        try:
            return float(self.header(PATIENCE.lower()))
        except ValueError:
            return None

    def is_for_us(self) -> bool:
        """Whether the API answers under the name that it is addressed to."""
        host = self.header("host")
        return host in HOSTS or host.rpartition(":")[0] in HOSTS

    def identify(self) -> None:
        """Find out who asks; Refusal when that is nobody."""
        given = self.headers.get(b"authorization")
        self.scope["caller"] = identify(
            self.practice,
            self.scope["method"],
            given.decode("latin-1") if given is not None else None,
            self.scope["query_string"],
        )

    def fault(self) -> str:
        """The fault that strikes it, "" for none."""
        asked = self.header("x-lantern-fault").strip().lower()
        if asked in faults.BY_HEADER:
            return asked
        return self.practice.plan.strike(self.scope["method"], self.scope["path"])

    def admit(self, *, refuse: bool) -> None:
        """Count it; Refusal when the limit is reached, or a fault has it so."""
        self.admission = self.practice.limiter.admit(self.scope["caller"].account)
        if refuse or not self.admission.granted:
            raise TooMany(self.admission.limit, self.admission.wait or A_WHILE)

    def note(self, status: int, size: int) -> None:
        """Write it into the state and into access.log."""
        caller = self.scope.get("caller")
        self.practice.note(
            Request(
                self.number,
                caller.account if caller else None,
                caller.token if caller else None,
                self.scope["method"],
                self.scope["path"],
                self.scope["query_string"].decode("latin-1") or None,
                self.text,
                status,
                self.scope.get("error"),
                size,
                self.header("user-agent") or "-",
            )
        )

    def own_headers(self) -> list[tuple[bytes, bytes]]:
        """The headers that every answer has."""
        own = [
            (b"x-request-id", request_id(self.number).encode()),
            (b"date", self.practice.clock.http_date.encode()),
        ]
        if self.admission is not None:
            own += [
                (b"x-ratelimit-limit", b"%d" % self.admission.limit),
                (b"x-ratelimit-remaining", b"%d" % self.admission.left),
            ]
        return own


A_WHILE = 5
"""Seconds that a 429 of a plan asks to wait."""


@dataclass
class Held:
    """An endpoint's answer, held back until it is noted."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    @classmethod
    def of(cls, response: Response) -> Held:
        """The answer that a response makes."""
        return cls(response.status_code, list(response.raw_headers), bytes(response.body))

    async def take(self, message: Message) -> None:
        """Take a part of an endpoint's answer."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


class TooMany(Refusal):
    """The limit is reached: of how many a minute, and how many seconds there are to wait."""

    def __init__(self, limit: int, wait: int) -> None:
        super().__init__(429, "too_many_requests", "")
        self.limit, self.wait = limit, wait
