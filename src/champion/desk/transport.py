"""How the desk's client asks the practice API: plain HTTP, and timeouts that cost no time."""

from __future__ import annotations

import httpx

from champion.api.processes import PATIENCE, SILENCE
from champion.desk import waiting
from champion.desk.deadline import OutOfTime


class Transport(httpx.HTTPTransport):
    """HTTP to the loopback address or to a Unix socket.

    While a function is tried, the API is told how long the function would wait for an answer. It
    says at once that none will come, and the time passes on the practice clock.

    Args:
        socket: the Unix socket; None: the address is asked.
    """

    def __init__(self, socket: str | None) -> None:
        super().__init__(uds=socket, verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask once; errors as httpx raises them."""
        clock = waiting.current()
        if clock is None:
            return super().handle_request(request)
        patience = request.extensions.get("timeout", {}).get("read")
        request.headers[PATIENCE] = str(float("inf") if patience is None else patience)
        response = super().handle_request(request)
        if SILENCE not in response.headers:
            return response
        response.close()
        if patience is None:
            raise OutOfTime
        clock.sleep(patience)
        raise httpx.ReadTimeout("timed out", request=request)
