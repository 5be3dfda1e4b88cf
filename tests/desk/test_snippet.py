import time
from contextlib import suppress
from dataclasses import replace

import pytest
from tests.desk.conftest import CHOICE, COUNT

from champion.checking.canonical import Scalar, Table
from champion.desk import snippet
from champion.desk.deadline import OutOfTime, deadline
from champion.lantern import Company


def test_a_snippet_runs_sql_and_python_alike(company: Company) -> None:
    sql = snippet.run("%%sql some\nSELECT id FROM tickets LIMIT :many", ("many = 3",), company)
    assert len(sql["some"]) == 3
    python = snippet.run("n = len(some)", ("%%sql some\nSELECT id FROM tickets LIMIT 2",), company)
    assert python["n"] == 2


def test_every_snippet_begins_afresh(company: Company) -> None:
    snippet.run("left_over = 1", (), company)
    with pytest.raises(NameError):
        snippet.run("x = left_over", (), company)


def test_setup_cells_may_talk_and_say_nothing(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    snippet.run("x = 1", ('ticket("L-1002")', "queue()", "print('loud')"), company)
    assert capsys.readouterr().out == ""


def test_an_endless_snippet_is_stopped(company: Company) -> None:
    began = time.monotonic()
    with pytest.raises(OutOfTime):
        snippet.run(
            "while True:\n    try:\n        pass\n    except Exception:\n        pass",
            (),
            company,
            0.2,
        )
    assert time.monotonic() - began < 10


def test_the_time_of_one_cell_never_stops_what_comes_after_it() -> None:
    for _ in range(200):
        with suppress(OutOfTime), deadline(0.001):
            sum(range(10_000))
        sum(range(10_000))
    time.sleep(0.01)
    sum(range(10_000))


def test_the_runner_gives_the_answer_in_plain_values(company: Company) -> None:
    run = snippet.runner(COUNT, company)
    answer = run(COUNT.reference)
    assert answer.state == "value"
    assert isinstance(answer.value, Table)
    assert answer.value.names == ("channel", "tickets")
    assert snippet.runner(CHOICE, company)('reply = "b"').value == Scalar("text", "b")


def test_the_runner_never_raises(company: Company) -> None:
    run = snippet.runner(CHOICE, company)
    assert run("reply = L-1001").error == "NameError: name 'L' is not defined"
    assert run("repl = 1").state == "missing"
    assert run("reply = (").state == "error"
    assert run("%%sql reply\nSELECT nope FROM tickets").error.startswith("There is no column")
    assert run("raise SystemExit").state == "error"


def test_an_endless_query_is_timed_out_not_an_error(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = (
        "%%sql reply\nSELECT sum(a.range * b.range) AS n FROM range(10000000) a, range(10000000) b"
    )
    real = snippet.run
    monkeypatch.setattr(snippet, "run", lambda s, u, c: real(s, u, c, 0.3))
    assert snippet.answer(CHOICE, endless, company).state == "timed out"


def test_each_snippet_runs_once(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    real = snippet.answer
    monkeypatch.setattr(
        snippet, "answer", lambda t, source, c: (ran.append(source), real(t, source, c))[1]
    )
    run = snippet.runner(CHOICE, company)
    assert run(CHOICE.reference) == run(CHOICE.reference)
    assert ran == [CHOICE.reference]


def test_setup_runs_before_every_snippet(company: Company) -> None:
    task = replace(CHOICE, setup=("letters = ['a']", "letters.append('b')"))
    run = snippet.runner(task, company)
    assert run("reply = letters[-1]").value == Scalar("text", "b")
    assert run("letters.append('c'); reply = letters[-1]").value == Scalar("text", "c")
    assert run("reply = letters[-1] + ''").value == Scalar("text", "b")
