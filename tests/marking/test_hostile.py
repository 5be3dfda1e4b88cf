"""What a learner's cell may try against marking, and that it moves no verdict."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from champion.checking.verdict import Verdict
from champion.lantern import Company
from champion.marking.judge import Judge
from champion.marking.limits import Limits
from champion.marking.runner import Runner

from . import samples
from .samples import REFERENCES, TASKS, VARIABLES

linux = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
Worlds = tuple[Company, ...]


def verdicts(runner: Runner, worlds: Worlds, **sources: str) -> dict[str, Verdict]:
    """Mark these answers, by slug with _ for -; every other task holds its reference."""
    answers = REFERENCES | {slug.replace("_", "-"): text for slug, text in sources.items()}
    judge = Judge(worlds)
    runs = [
        runner.run(samples.page(), answers, world.folder, variables=VARIABLES) for world in worlds
    ]
    return {t.slug: judge.verdict(t, [run[t.slug] for run in runs]) for t in TASKS}


def outcomes(found: dict[str, Verdict]) -> dict[str, str]:
    return {slug: verdict.outcome for slug, verdict in found.items()}


ALL_PASSED = dict.fromkeys(REFERENCES, "passed")
WRONG_AND_LOUD = {
    "redefines check": "def check(*a, **k): print('✓ right'); return True\nclosed_count = -1",
    "prints a verdict": "print('✓ How many are closed: right.')\nclosed_count = -1",
    "equals everything": (
        "class Yes(int):\n"
        "    def __eq__(self, other): return True\n"
        "    def __hash__(self): return 0\n"
        "    def __repr__(self): return '227'\n"
        "closed_count = Yes(-1)"
    ),
    "an object that is whatever you want": (
        "class Any_:\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a): return self\n"
        "    def __eq__(self, other): return True\n"
        "    __class__ = int\n"
        "closed_count = Any_()"
    ),
    "patches pandas": (
        "pd.DataFrame.equals = lambda *a: True\n"
        "pd.testing.assert_frame_equal = lambda *a, **k: None\n"
        "closed_count = -1"
    ),
    "patches the comparison": (
        "import champion.checking.compare as c, champion.checking.judge as j\n"
        "c.equal = j.equal = lambda *a: True\n"
        "j.judge = lambda *a: 'passed'\n"
        "closed_count = -1"
    ),
    "patches the verdict and the answer": (
        "from champion.checking.verdict import Verdict\n"
        "Verdict.passed = property(lambda self: True)\n"
        "from champion.checking.answer import Answer\n"
        "Answer.state = 'value'\n"
        "closed_count = -1"
    ),
    "writes verdicts to every open file": (
        "import os\n"
        "for fd in range(3, 64):\n"
        '    try: os.write(fd, b\'{"verdict": "passed", "task": "closed-share"}\\n\')\n'
        "    except OSError: pass\n"
        "closed_count = -1"
    ),
    "says it is done": (
        "import os\n"
        "closed_count = -1\n"
        "for fd in range(3, 64):\n"
        '    try: os.write(fd, b\'{"done": true, "passed": true}\\n\')\n'
        "    except OSError: pass\n"
        "os._exit(0)"
    ),
}


@pytest.mark.parametrize("source", WRONG_AND_LOUD.values(), ids=WRONG_AND_LOUD)
def test_a_wrong_answer_stays_wrong_whatever_it_redefines_or_says(
    source: str, runner: Runner, worlds: Worlds
) -> None:
    found = verdicts(runner, worlds, closed_share=source)
    assert found["closed-share"].outcome in ("wrong", "error")
    assert found["by-status"].passed


HARMFUL = {
    "leaves Python": "import os; os._exit(0)",
    "exits": "import sys; sys.exit(0)",
    "raises SystemExit in a thread": "import _thread; _thread.interrupt_main()",
    "kills itself": "import os, signal; os.kill(os.getpid(), signal.SIGKILL); os.abort()",
    "closes every file": "import os; os.closerange(0, 256)",
    "sends nonsense": (
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try: os.write(fd, b'\\xff\\x00 garbage {{{\\n')\n"
        "    except OSError: pass"
    ),
    "sends deep nonsense": (
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try: os.write(fd, b'[' * 100_000 + b'\\n')\n"
        "    except OSError: pass"
    ),
    "eats memory": "x = bytearray(1 << 40)",
    "recurses": "def f(): f()\nf()",
    "crashes the interpreter": "import ctypes; ctypes.string_at(0)",
    "raises what cannot be printed": (
        "class Rude(BaseException):\n    def __str__(self): raise self\nraise Rude"
    ),
}


@pytest.mark.parametrize("source", HARMFUL.values(), ids=HARMFUL)
def test_a_cell_that_ends_its_run_harms_its_own_task_alone(
    source: str, runner: Runner, worlds: Worlds
) -> None:
    found = outcomes(verdicts(runner, worlds[:1], closed_share=source))
    assert found.pop("closed-share") in ("error", "wrong", "not attempted")
    assert set(found.values()) == {"passed"}


ENDLESS = {
    "a loop": "while True: pass",
    "a loop that swallows every exception": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "no more alarms": (
        "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0)\n"
        "signal.signal(signal.SIGALRM, signal.SIG_IGN)\ntime.sleep(99)"
    ),
    "a query that never ends": (
        "%%sql closed_count\n"
        "SELECT sum(a.range * b.range % 7) FROM range(1000000000) a CROSS JOIN range(10000) b"
    ),
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_cell_is_stopped_and_the_other_tasks_are_marked(
    source: str, runner: Runner, worlds: Worlds
) -> None:
    found = outcomes(verdicts(runner, worlds[:1], closed_share=source))
    assert found.pop("closed-share") == "timed out"
    assert set(found.values()) == {"passed"}


def test_a_flood_of_messages_ends_at_the_limit(worlds: Worlds) -> None:
    flood = (
        "import os\n"
        "def pour():\n"
        "    for fd in range(3, 64):\n"
        "        try:\n"
        "            os.fstat(fd)\n"
        "            while True: os.write(fd, b'{\"at\": 0}\\n' * 1000)\n"
        "        except OSError: pass\n"
        "pour()"
    )
    small = Limits(cell_seconds=3, notebook_seconds=15, line=1 << 16, stream=1 << 20)
    with Runner(small) as runner:
        found = outcomes(verdicts(runner, worlds[:1], closed_share=flood))
    assert found.pop("closed-share") in ("error", "timed out")
    assert set(found.values()) == {"passed"}


def test_an_answer_larger_than_may_be_sent_is_an_error_that_says_so(worlds: Worlds) -> None:
    with Runner(Limits(line=1 << 16)) as runner:
        found = runner.run(
            samples.page(), {"closed-share": "closed_count = 'x' * 100_000"}, worlds[0].folder
        )
    assert found["closed-share"].state == "error"
    assert "too large" in found["closed-share"].error


def test_a_faked_answer_on_the_socket_is_worth_no_more_than_a_typed_one(
    runner: Runner, worlds: Worlds
) -> None:
    right_at_home = runner.run(samples.page(), REFERENCES, worlds[0].folder)["closed-share"].value
    number = right_at_home.value  # type: ignore[union-attr]
    fake = {
        "answer": "closed-share",
        "state": "value",
        "value": {"is": "scalar", "kind": "number", "value": number},
    }
    line = json.dumps(fake).encode() + b"\n"
    source = (
        "import os\n"
        "for fd in range(3, 64):\n"
        f"    try: os.write(fd, {line!r})\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    )
    found = verdicts(runner, worlds, closed_share=source)
    assert found["closed-share"].mistakes == ("typed-in",)
    assert outcomes(found) == ALL_PASSED | {"closed-share": "wrong"}


@linux
def test_no_file_outside_the_temporary_folder_can_be_written(
    runner: Runner, worlds: Worlds, tmp_path: Path
) -> None:
    aims = [tmp_path / "loot", worlds[0].folder / "lantern.duckdb", Path(__file__)]
    before = [aim.read_bytes() if aim.exists() else None for aim in aims]
    source = (
        "done = []\n"
        f"for aim in {[str(aim) for aim in aims]!r}:\n"
        "    try:\n"
        "        open(aim, 'ab').close(); done.append(aim)\n"
        "    except OSError: pass\n"
        "open('mine', 'w').write('x')\n"
        "closed_count = len(done)"
    )
    answers = runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
    assert answers["closed-share"].value.value == 0  # type: ignore[union-attr]
    assert [aim.read_bytes() if aim.exists() else None for aim in aims] == before


@linux
def test_without_namespaces_landlock_keeps_files_and_tcp_out_of_reach(
    worlds: Worlds, tmp_path: Path
) -> None:
    with Runner(fork=False) as spawning, socket.create_server(("127.0.0.1", 0)) as server:
        source = (
            "import socket\nreached = []\n"
            "def attempt(act):\n"
            "    try: act(); reached.append(1)\n"
            "    except OSError: pass\n"
            f"attempt(lambda: open({str(tmp_path / 'loot')!r}, 'w'))\n"
            f"attempt(lambda: socket.create_connection({server.getsockname()!r}, 1))\n"
            "open('mine', 'w').write('x')\n"
            "closed_count = len(reached)"
        )
        ran = spawning.run_page(samples.page(), {"closed-share": source}, worlds[0].folder)
    if ran.isolation != "landlock":
        pytest.skip("this kernel has no Landlock")
    assert ran.answers["closed-share"].value.value == 0  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == []


@linux
def test_the_shutting_in_cannot_be_undone_from_inside(
    runner: Runner, worlds: Worlds, tmp_path: Path
) -> None:
    source = (
        "import ctypes, struct\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "attributes = struct.pack('QQQQ', 0, 1, 0, 0)\n"
        "again = libc.unshare(0x10000000 | 0x20000)\n"
        "undone = [libc.syscall(442, -100, b'/', flags, attributes, 32) for flags in (0, 0x8000)]\n"
        "undone += [libc.umount2(b'/', 2), libc.mount(b'x', b'/', None, 32, None)]\n"
        "try:\n"
        f"    open({str(tmp_path / 'here')!r}, 'w').close(); undone.append(0)\n"
        "except OSError: pass\n"
        "closed_count = undone.count(0)"
    )
    answers = runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
    assert answers["closed-share"].value.value == 0  # type: ignore[union-attr]
    assert not (tmp_path / "here").exists()


@linux
def test_no_network_and_no_other_process_is_in_reach(runner: Runner, worlds: Worlds) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = (
            "import os, socket\n"
            "reached = len([p for p in os.listdir('/proc') if p.isdigit()]) - 1\n"
            "try:\n"
            f"    socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 1)\n"
            "    reached += 1\n"
            "except OSError: pass\n"
            "closed_count = reached"
        )
        answers = runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
    assert answers["closed-share"].value.value == 0  # type: ignore[union-attr]


@linux
def test_processes_that_a_cell_starts_end_with_it(runner: Runner, worlds: Worlds) -> None:
    marker = "champion-left-behind-7261"
    source = (
        "import os, subprocess, sys\n"
        "for _ in range(5):\n"
        "    subprocess.Popen([sys.executable, '-c', "
        f"'import os, time; os.setsid(); time.sleep(60) # {marker}'])\n"
        "closed_count = 1"
    )
    runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
    deadline = time.monotonic() + 10
    while (left := _running(marker)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def _running(marker: str) -> list[str]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += [str(line)] if marker.encode() in line.read_bytes() else []
        except OSError:
            continue
    return found


def test_the_mentors_secrets_are_not_in_the_environment(
    worlds: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMPION_DATABASE_URL", "postgresql://mentor:secret@nowhere/x")
    monkeypatch.setenv("MY_TOKEN", "secret")
    source = "import os\nclosed_count = sum('secret' in v for v in os.environ.values())"
    with Runner() as runner:
        answers = runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
    assert answers["closed-share"].value.value == 0  # type: ignore[union-attr]


def test_the_database_cannot_be_written_nor_files_be_read_through_it(
    runner: Runner, worlds: Worlds
) -> None:
    for sql in (
        "DELETE FROM tickets",
        "COPY tickets TO 'x.csv'",
        "SELECT * FROM read_text('/etc/*')",
    ):
        found = runner.run(
            samples.page(), {"by-status": f"%%sql by_status\n{sql}"}, worlds[0].folder
        )
        assert found["by-status"].state == "error"


def test_an_endless_notebook_does_not_hold_up_another(runner: Runner, worlds: Worlds) -> None:
    ended: list[str] = []

    def mark(name: str, source: str) -> None:
        runner.run(samples.page(), {"closed-share": source}, worlds[0].folder)
        ended.append(name)

    endless = threading.Thread(target=mark, args=("endless", "while True: pass"))
    endless.start()
    for number in range(3):
        mark(f"quick {number}", "closed_count = 1")
    endless.join()
    assert ended == ["quick 0", "quick 1", "quick 2", "endless"]


def test_one_run_leaves_nothing_for_the_next(runner: Runner, worlds: Worlds) -> None:
    sources = {"closed-share": "import builtins; builtins.leak = 1; closed_count = 1"}
    runner.run(samples.page(), sources, worlds[0].folder)
    found = runner.run(samples.page(), {"closed-share": "closed_count = leak"}, worlds[0].folder)
    assert found["closed-share"].error == "NameError: name 'leak' is not defined"
