"""The practice API: how soon it answers, how often, how late, and how soon it is reset."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from champion.api import processes
from champion.api.processes import Running
from champion.lantern import proven_company

Row = tuple[str, str, str]

CONNECTIONS, SECONDS, STARTS = 16, 4, 5
_LOAD = Path(__file__).with_name("load.py")
_PAGE = "/v1/videos?page=1"
_BARE = """
import asyncio, sys, uvicorn
body = sys.stdin.buffer.read({size})
head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
async def app(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200, "headers": head}})
    await send({{"type": "http.response.body", "body": body}})
uvicorn.run(app, port={port}, loop="asyncio", http="httptools", log_config=None, lifespan="off")
"""
"""uvicorn alone, with the same bytes: what no application on it can exceed."""


def bench() -> list[Row]:
    """The API's figures, one worker, the load beside it on the same machine."""
    company = proven_company(1, 1)
    company.close()
    processes.start(company=company.folder).end()  # the pristine state is there
    first = min(_start(company.folder) for _ in range(STARTS))
    running = processes.start(company=company.folder)
    try:
        running.ask("PUT", "limit", {"per_minute": 1_000_000})
        rates = [_load(running) for _ in range(3)]
        bare = _bare(running)
        reset = max(_reset(running) for _ in range(3))
    finally:
        running.end()
    rate, late = max(each["rate"] for each in rates), min(each["p95"] for each in rates)
    return [
        (f"first 200 after starting, best of {STARTS}", f"{first:.2f} s", "≤ 1.0 s"),
        (
            f"requests a second for a page of 25, {CONNECTIONS} connections",
            f"{rate:,.0f} ({rate / bare:.0%} of uvicorn alone with the same bytes)",
            "≥ 2,200",
        ),
        (f"95th percentile at {CONNECTIONS} connections", f"{late * 1000:.1f} ms", "≤ 20 ms"),
        ("reset after some 20,000 requests, slowest of 3", f"{reset:.2f} s", "≤ 1 s"),
    ]


def _start(company: Path) -> float:
    began = time.perf_counter()
    running = processes.start(company=company)
    _page(running)
    took = time.perf_counter() - began
    running.end()
    return took


def _page(running: Running) -> bytes:
    headers = {"Authorization": f"Bearer {running.reading}"}
    request = urllib.request.Request(running.address + _PAGE, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        content: bytes = answer.read()
        return content


def _load(running: Running, port: str = "") -> dict[str, float]:
    port = port or running.address.rpartition(":")[2]
    words = (port, str(CONNECTIONS), str(SECONDS), _PAGE, running.reading)
    ran = subprocess.run(
        [sys.executable, str(_LOAD), *words], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def _bare(running: Running) -> float:
    """Requests a second of uvicorn alone."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    body = _page(running)
    process = subprocess.Popen(
        [sys.executable, "-c", _BARE.format(size=len(body), port=port)],
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    try:
        process.stdin.write(body)
        process.stdin.flush()
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "uvicorn alone did not start"
                time.sleep(0.05)
        return _load(running, str(port))["rate"]
    finally:
        process.kill()
        process.communicate()


def _reset(running: Running) -> float:
    began = time.perf_counter()
    running.ask("POST", "reset")
    took = time.perf_counter() - began
    running.ask("PUT", "limit", {"per_minute": 1_000_000})
    return took
