from pathlib import Path

import pytest
from tests.desk.conftest import CHOICE, COUNT, LESSON

from champion.checking.key import Key, to_json
from champion.desk import keys
from champion.problems import Problem


def test_a_task_is_found_by_its_slug(course: Path) -> None:
    assert keys.task("pick-a-reply") == CHOICE
    with pytest.raises(Problem, match="Did you mean `pick-a-reply`"):
        keys.task("pick-a-replay")


def test_lessons_come_in_their_order(course: Path) -> None:
    earlier = course / "build" / "keys" / "0-start" / "01-welcome.json"
    earlier.parent.mkdir()
    earlier.write_text(to_json(Key("0-start/01-welcome", "Welcome", ())), encoding="utf-8")
    assert [key.lesson for key in keys.every()] == ["0-start/01-welcome", LESSON]
    assert keys.lesson(LESSON) == Key(LESSON, "One table", (COUNT, CHOICE))
    assert keys.lesson("9-nowhere/01-x") is None


@pytest.mark.parametrize(
    "text", ["", "{", '{"format": 99}', '{"format": 1}', '{"format": 1, "tasks": 3}']
)
def test_a_damaged_key_is_one_line_with_the_way_out(course: Path, text: str) -> None:
    key = course / "build" / "keys" / f"{LESSON}.json"
    key.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=r"01-one-table.json cannot be read.*champion build --keys"):
        keys.task("pick-a-reply")
