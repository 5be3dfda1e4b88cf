"""A load generator: so many connections ask for one page, over and over, for some seconds.

It runs as a process of its own, beside the server it asks, and prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Load:
    """What is asked, and how long each answer took, in seconds."""

    port: int
    request: bytes
    until: float
    times: list[float] = field(default_factory=list)


class _Caller(asyncio.Protocol):
    """One connection that asks again as soon as it has its answer."""

    def __init__(self, load: Load, over: asyncio.Future[None]) -> None:
        self.load = load
        self.over = over
        self.held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.held += data
        head, end, body = self.held.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        assert head.startswith(b"HTTP/1.1 200"), head[:80]
        self.held = b""
        now = time.perf_counter()
        self.load.times.append(now - self.asked)
        if now < self.load.until:
            self._ask()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.load.request)


def _length(head: bytes) -> int:
    start = head.lower().index(b"content-length:") + len(b"content-length:")
    return int(head[start:].split(b"\r\n", 1)[0])


async def main(port: int, connections: int, seconds: float, path: str, token: str) -> None:
    """Ask, and print requests a second and the 95th percentile in seconds."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    load = Load(port, head.encode(), began + seconds)
    ends = [loop.create_future() for _ in range(connections)]
    for over in ends:
        await loop.create_connection(lambda over=over: _Caller(load, over), "127.0.0.1", port)
    await asyncio.gather(*ends)
    took = time.perf_counter() - began
    times = sorted(load.times)
    print(json.dumps({"rate": len(times) / took, "p95": times[int(0.95 * len(times))]}))  # noqa: T201


if __name__ == "__main__":
    port, connections, seconds, path, token = sys.argv[1:]
    asyncio.run(main(int(port), int(connections), float(seconds), path, token))
