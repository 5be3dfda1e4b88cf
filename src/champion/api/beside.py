"""Beside: practice APIs in a thread of this process, each with a state of its own.

Marking serves one for every submission, on a Unix socket where there are such; it is made and
closed within milliseconds. The judge then reads its state and its requests. Tests do the same.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from champion.api.keys import READING, WRITING, token
from champion.api.practice import Practice, open_practice
from champion.api.pristine import pristine
from champion.api.serving import HOST, delivering, server_of

SOCKET = "api.sock"
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Served:
    """A practice API that answers.

    Attributes:
        practice: its state; look at it when no request is under way.
        address: what requests are addressed to.
        socket: the Unix socket; None where it is a port of the loopback address.
    """

    practice: Practice
    address: str
    socket: Path | None
    _do: Callable[[Coroutine[Any, Any, Any]], Any]

    def do(self, what: Callable[[], _Result]) -> _Result:
        """Have something done to the state between two requests, whichever are under way."""
        result: _Result = self._do(_called(what))
        return result

    @property
    def reading(self) -> str:
        """Support's own token that reads."""
        return token(self.practice.seed, 1, READING)

    @property
    def writing(self) -> str:
        """Support's own token that writes too."""
        return token(self.practice.seed, 2, WRITING)


class Beside:
    """A thread that serves practice APIs; use it as a context manager. Any thread may ask."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @contextmanager
    def fresh(
        self, company: Path | None, control: str = "", *, port: bool = os.name == "nt"
    ) -> Iterator[Served]:
        """A fresh practice API for this company, while the block runs.

        Args:
            company: its folder; None: a team's own PostgreSQL.
            control: the word that allows resetting, limits and faults; "": nobody may.
            port: serve on a port of the loopback address, not on a Unix socket.

        Raises:
            Problem: there is no company.
        """
        kept = pristine(company)
        home = Path(tempfile.mkdtemp(prefix="champion-api-"))
        practice, _ = open_practice(kept, home, company, control)
        over = asyncio.Event()
        try:
            ready: asyncio.Future[str] = self._do(_future())
            serving = asyncio.run_coroutine_threadsafe(
                _serve(practice, None if port else home / SOCKET, ready, over), self._loop
            )
            address = self._do(_result(ready, serving))
            try:
                yield Served(practice, address, None if port else home / SOCKET, self._do)
            finally:
                self._loop.call_soon_threadsafe(over.set)
                serving.result()
        finally:
            practice.close()
            shutil.rmtree(home, ignore_errors=True)

    def _do(self, what: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()


async def _called(what: Callable[[], _Result]) -> _Result:
    return what()


async def _future() -> asyncio.Future[str]:
    return asyncio.get_running_loop().create_future()


async def _result(ready: asyncio.Future[str], serving: Any) -> str:
    await asyncio.wait([ready, asyncio.wrap_future(serving)], return_when="FIRST_COMPLETED")
    if not ready.done():
        serving.result()
    return await ready


async def _serve(
    practice: Practice, socket: Path | None, ready: asyncio.Future[str], over: asyncio.Event
) -> None:
    """Serve with uvicorn's protocol alone: its server looks up ten times a second, too seldom."""
    server = server_of(practice)
    config, state = server.config, server.server_state
    config.load()
    loop = asyncio.get_running_loop()

    def protocol() -> asyncio.Protocol:
        made: asyncio.Protocol = config.http_protocol_class(  # type: ignore[call-arg]
            config=config, server_state=state, app_state={}
        )
        return made

    if socket is not None:
        door = await loop.create_unix_server(protocol, socket)
    else:
        door = await loop.create_server(protocol, HOST, 0)
    async with door, delivering(practice):
        name = door.sockets[0].getsockname()
        ready.set_result("http://lantern" if socket else f"http://{HOST}:{name[1]}")
        await over.wait()
        for connection in list(state.connections):
            connection.transport.close()
        for task in list(state.tasks):
            task.cancel()
