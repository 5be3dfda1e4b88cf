"""Serving: the practice API on a port of the loopback address, or on a Unix socket.

As a process of its own (`python -m champion.api.serving`) it reads one line of JSON from standard
input, says in one line on standard output where it answers or why it cannot, and ends when
standard input closes: with whoever started it, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.api import keys
from champion.api.processes import ADDRESS, address
from champion.problems import Problem

if TYPE_CHECKING:
    import uvicorn

    from champion.api.practice import Practice

LOCK = "api.lock"
HOST = "127.0.0.1"
_GOODBYE = 1
"""Seconds that requests under way have to end."""

Ready = Callable[[dict[str, Any]], None]


def serve(
    port: int = 0,
    folder: Path | None = None,
    company: Path | None = None,
    tell: Callable[[str], None] = lambda line: None,
    ready: Ready = lambda about: None,
    until: Callable[[Callable[[], None]], None] | None = None,
) -> None:
    """Serve until somebody ends it.

    Args:
        port: of the loopback address; 0 takes a free one.
        folder: where state, log and address lie; None: a temporary one, gone at the end.
        company: the company's folder; None: the one in use.
        tell: told what a user should know, line by line.
        ready: told the address, the control word and the seed, once requests are answered.
        until: is given what ends the server, and calls it some day, from any thread.

    Raises:
        Problem: the port is taken, another API serves this folder, or there is no company.
    """
    from champion.api.pristine import pristine

    with _listening(port) as door, _home(folder) as home, _alone(home):
        from champion.api.practice import open_practice

        kept = pristine(company, tell)
        control = secrets.token_urlsafe(16)
        where = company or _in_use()
        practice, said = open_practice(kept, home, where, control)
        if said:
            tell(said)
        about = {
            "address": f"http://{HOST}:{door.getsockname()[1]}",
            "control": control,
            "seed": practice.seed,
            "log": str(home / "access.log"),
        }
        try:
            with _announced(home, about):
                asyncio.run(_serve(practice, door, lambda: ready(about), until))
        finally:
            practice.close()


def greeting(about: dict[str, Any]) -> str:
    """Where it answers, and how to ask it with curl."""
    token = keys.token(about["seed"], 1, keys.READING)
    return (
        f"Ready  {about['address']}  (to read about it: {about['address']}/docs)\n"
        f"  demos on it: {about['address']}/demobin\n"
        f'  curl -H "Authorization: Bearer {token}" "{about["address"]}/v1/videos?page=1"\n'
        "Leave this window open. Ctrl-C here ends it; what was changed is kept."
    )


async def _serve(
    practice: Practice,
    door: socket.socket,
    ready: Callable[[], None],
    until: Callable[[Callable[[], None]], None] | None,
) -> None:
    server = server_of(practice)
    practice.stop = lambda: _end(server)
    if until is not None:
        until(practice.stop)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    async with delivering(practice):
        while not server.started and not serving.done():
            await asyncio.sleep(0.001)
        ready()
        await serving


@contextlib.asynccontextmanager
async def delivering(practice: Practice) -> Any:
    """Send webhooks while the block runs."""
    from champion.api import jobs
    from champion.api.deliveries import Deliverer

    jobs.resume(practice)
    deliverer = Deliverer(practice)
    practice.deliverer = deliverer.send
    task = asyncio.create_task(deliverer.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await deliverer.close()


def server_of(practice: Practice, **where: Any) -> uvicorn.Server:
    """A server for this state; `where` may name a Unix socket (`uds`)."""
    import uvicorn

    from champion.api.app import endpoints
    from champion.api.front import Front

    config = uvicorn.Config(
        Front(endpoints(), practice),
        loop="asyncio",
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GOODBYE,
        **where,
    )
    return uvicorn.Server(config)


def _end(server: uvicorn.Server) -> None:
    server.should_exit = True


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """The door, open before anything is loaded: who knocks early waits, and is let in."""
    # Named as TCP, it has asyncio send small answers at once: else each waits for 40 ms.
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((HOST, port))
        door.listen(1024)
    except OSError as error:
        door.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "it is taken" if taken else (error.strerror or str(error)).lower()
        raise Problem(
            f"The practice API cannot use port {port}: {reason}.",
            "Leave --port out, and a free one is found.",
        ) from None
    with door:
        yield door


@contextmanager
def _home(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(
                f"The practice API cannot write to {folder}: {error.strerror}.",
                "Set CHAMPION_WORK to a folder of your own.",
            ) from None
        yield folder
        return
    own = Path(tempfile.mkdtemp(prefix="champion-api-"))
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(home / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        where = address(home)
        raise Problem(
            f"The practice API runs already{f', at {where}' if where else ''}.",
            "Use that one, or end it with `champion api stop`.",
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _announced(home: Path, about: dict[str, Any]) -> Iterator[None]:
    """Leave the address in a file that its owner alone can read."""
    note, draft = home / ADDRESS, home / f".{ADDRESS}.new"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(about, file)
    draft.replace(note)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def _in_use() -> Path | None:
    """The folder of the company in use; None: a team's own PostgreSQL."""
    from champion import places

    return None if os.environ.get("CHAMPION_DATABASE_URL") else places.company()


def main() -> None:
    """Serve as a process of its own."""
    wanted = json.loads(sys.stdin.buffer.readline() or b"{}")
    lines: list[str] = []

    def ready(about: dict[str, Any]) -> None:
        _say({**about, "said": lines})

    def until(end: Callable[[], None]) -> None:
        def wait() -> None:
            # Not through sys.stdin: a thread that waits there cannot be left when Python ends.
            while os.read(0, 1024):
                pass
            end()

        threading.Thread(target=wait, daemon=True).start()

    folder, company = wanted.get("folder"), wanted.get("company")
    try:
        serve(
            wanted.get("port", 0),
            Path(folder) if folder else None,
            Path(company) if company else None,
            lines.append,
            ready,
            until,
        )
    except Problem as problem:
        _say({"what": problem.what, "then": problem.then})
    except KeyboardInterrupt:
        pass


def _say(about: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(about) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
