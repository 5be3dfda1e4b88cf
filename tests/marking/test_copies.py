"""What is left in a copy is judged in marking as in the notebook, whatever else is tried on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from champion.checking.judge import judge
from champion.checking.key import Wrong
from champion.desk import snippet
from champion.lantern import Company, engine
from champion.marking.runner import Runner

from .samples import TASKS, VARIABLES, page

Worlds = tuple[Company, Company]

_TRY = """
import sqlalchemy as sa
spare = console.copy("videos")
connection = spare.connect()
done = connection.execute(sa.text("UPDATE videos SET title = 'x' WHERE account_id = 283")).rowcount
{end}
tried = [done, spare]
"""
ROLLED_BACK = _TRY.format(end="connection.rollback()")
COMMITTED = _TRY.format(end="connection.commit()")
TASK = replace(
    TASKS[1],
    variable="tried",
    blank="tried = ...",
    reference=ROLLED_BACK,
    wrong=(Wrong("committed", "It is still there.", source=COMMITTED),),
)
_BY_FORCE = """
file = console._company().engine.url.database
for path in (file, {folder!r} + "/lantern.duckdb"):
    for statement in ("ATTACH '" + path + "' AS theirs", "COPY videos TO '" + path + "'"):
        try:
            connection.execute(sa.text(statement))
        except Exception:
            connection.rollback()
        try:
            spare._base.execute(statement)
        except Exception:
            pass
connection.rollback()
"""


@pytest.mark.parametrize(
    ("source", "outcome", "mistakes"),
    [
        (ROLLED_BACK, "passed", ()),
        (_TRY.format(end="connection.close()"), "passed", ()),
        (_TRY.format(end="kept_open = connection"), "passed", ()),
        (COMMITTED, "wrong", ("committed",)),
        (
            _TRY.format(end="connection.execute(sa.text('DROP TABLE videos'));connection.commit()"),
            "wrong",
            (),
        ),
        (f"{ROLLED_BACK}spare._base.close()", "wrong", ()),
        (f"{COMMITTED}tried = [done, 'a copy as it was made']", "wrong", ()),
        (f"{COMMITTED}spare._before['videos'] = None", "wrong", ()),
    ],
)
def test_a_copy_is_marked_by_what_was_left_in_it(
    runner: Runner, worlds: Worlds, source: str, outcome: str, mistakes: tuple[str, ...]
) -> None:
    variables = VARIABLES | {TASK.slug: TASK.variable}
    answers = runner.run(page(), {TASK.slug: source}, worlds[0].folder, variables=variables)
    assert answers[TASK.slug] == snippet.answer(TASK, source, worlds[0])
    verdict = judge(TASK, answers[TASK.slug], snippet.runner(TASK, worlds[0]))
    assert (verdict.outcome, verdict.mistakes) == (outcome, mistakes)


def test_a_marked_cell_cannot_reach_the_companys_file_through_its_copy(
    runner: Runner, worlds: Worlds
) -> None:
    file = worlds[0].folder / engine.FILE
    before = file.read_bytes()
    source = _TRY.format(end=_BY_FORCE.format(folder=str(worlds[0].folder)))
    variables = VARIABLES | {TASK.slug: TASK.variable}
    answers = runner.run(page(), {TASK.slug: source}, worlds[0].folder, variables=variables)
    verdict = judge(TASK, answers[TASK.slug], snippet.runner(TASK, worlds[0]))
    assert verdict.outcome == "passed"
    assert file.read_bytes() == before
