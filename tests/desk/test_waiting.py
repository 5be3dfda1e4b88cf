"""Waiting on the practice clock: no real time, in one thread, and put back whatever happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from champion.desk.deadline import OutOfTime
from champion.desk.parcel import pack, unpack
from champion.desk.quiet import quiet
from champion.desk.trying import attempt
from champion.desk.waiting import LONGEST, current, waiting
from champion.problems import Problem


def test_a_sleep_moves_every_clock_and_takes_no_time() -> None:
    began = time.monotonic()
    told: list[float] = []
    with waiting(told.append, {}) as clock:
        before = time.time(), time.monotonic(), time.perf_counter()
        time.sleep(100)
        time.sleep(0)
        after = time.time(), time.monotonic(), time.perf_counter()
        assert all(100 <= b - a < 130 for a, b in zip(before, after, strict=True))
        assert clock.waited == 100
    assert told == [100]
    assert time.monotonic() - began < 30
    assert current() is None


@pytest.mark.parametrize(
    ("seconds", "error"), [(-1, ValueError), ("5", TypeError), (None, TypeError)]
)
def test_what_a_real_sleep_refuses_is_refused(seconds: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        time.sleep(seconds)
    with waiting(lambda _: None, {}), pytest.raises(error):
        time.sleep(seconds)


def test_the_clocks_are_put_back_after_an_error_too() -> None:
    real = time.sleep
    names = {"sleep": time.sleep, "other": 1}
    seen: list[object] = []

    def fail() -> None:
        with waiting(lambda _: None, names):
            seen.append(names["sleep"])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert seen[0] is not real
    assert time.sleep is real
    assert names == {"sleep": real, "other": 1}


def test_another_thread_keeps_real_time() -> None:
    seen: list[float] = []

    def look() -> None:
        began = time.monotonic()
        time.sleep(0.01)
        seen.append(time.monotonic() - began)

    with waiting(lambda _: None, {}):
        time.sleep(1_000)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert 0.01 <= seen[0] < 100


def test_who_waits_for_more_than_an_hour_never_ends() -> None:
    with waiting(lambda _: None, {}):
        time.sleep(LONGEST)
        with pytest.raises(OutOfTime):
            time.sleep(1)


def tried(function: Callable[..., Any], *args: Any) -> Any:
    call = pack(args, {})
    return attempt(function, call, "x", lambda token: token, lambda _: None, nullcontext())


def test_whatever_a_function_raises_is_its_outcome() -> None:
    class Sly(BaseException):
        def __str__(self) -> str:
            raise SystemExit

    def sly() -> None:
        raise Sly

    def leaves() -> None:
        raise SystemExit(3)

    assert (tried(sly).state, tried(sly).error) == ("error", "Sly")
    assert tried(leaves).error == "SystemExit: 3"
    with pytest.raises(KeyboardInterrupt):
        tried(interrupt)


def interrupt() -> None:
    raise KeyboardInterrupt


def test_what_cannot_be_sent_is_said() -> None:
    with pytest.raises(Problem, match="cannot be sent to a function"):
        pack([lambda: 1], {})
    assert unpack(pack([1, b"x"], {"a": {2}}), str) == ((1, b"x"), {"a": {2}})


def test_threads_that_want_quiet_take_turns(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        for _ in range(50):
            with quiet() as said:
                print("hidden")  # noqa: T201
                assert said.getvalue() == "hidden\n"

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("shown")  # noqa: T201
    assert capsys.readouterr().out == "shown\n"
