"""What is noted of a request, and its line in access.log."""

from __future__ import annotations

from dataclasses import dataclass

from champion.api.clock import Clock


@dataclass(frozen=True)
class Request:
    """What is noted of one request, in the state and in access.log.

    Attributes:
        number: 1 for the first since the last reset; its id is made of it.
        body: what was sent with it, as text; None where nothing was.
        error: the code of the answer, where it was refused or failed.
    """

    number: int
    account: int | None
    token: int | None
    method: str
    path: str
    query: str | None
    body: str | None
    status: int
    error: str | None
    size: int
    client: str
    address: str = "127.0.0.1"

    @property
    def identity(self) -> str:
        """Its X-Request-Id."""
        return request_id(self.number)

    @property
    def milliseconds(self) -> int:
        """How long it took, made up of its number: a real one would differ on every run."""
        return 9 + self.number * 37 % 58


def request_id(number: int) -> str:
    """The X-Request-Id of a request: sixteen digits."""
    return f"{number:016d}"


def line(request: Request, query: str | None, clock: Clock) -> str:
    """The line of a request in access.log, in the form of Lantern's own."""
    target = request.path + (f"?{query}" if query else "")
    ms = request.milliseconds
    return (
        f'{request.address} - - [{clock.log_date}] "{request.method} {_quoted(target)} HTTP/1.1" '
        f'{request.status} {request.size} "-" "{_quoted(request.client)}" '
        f"{request.identity} {ms // 1000}.{ms % 1000:03d}\n"
    )


def _quoted(text: str) -> str:
    """As nginx writes what a caller sent: quotation marks and what is no ASCII, escaped."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(
        sign if " " <= sign <= "~" and sign not in '"\\' else f"\\x{ord(sign) & 0xFF:02X}"
        for sign in text
    )
