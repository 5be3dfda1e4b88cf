from __future__ import annotations

from pathlib import Path

import pytest

from champion.authoring.course import read_course, sound_course
from champion.authoring.coursemap import course_map, map_is_current, write_map
from champion.authoring.routes import read_routes
from champion.problems import Problem

from .conftest import COUNTING, Edit


def told(course: Path) -> str:
    return "\n".join(str(mistake) for mistake in read_course().mistakes)


def test_the_sample_course_is_sound(course: Path) -> None:
    assert [lesson.name for lesson in sound_course().lessons] == [COUNTING]


def test_needing_a_planned_lesson_is_fine_and_an_unknown_one_is_not(
    course: Path, edit: Edit
) -> None:
    edit("lesson", "[0-start/01-welcome]", "[0-start/01-welcom]")
    assert f"curriculum/{COUNTING}/lesson.md:4: needs 0-start/01-welcom, which" in told(course)


def test_a_route_that_puts_a_lesson_before_what_it_needs_is_refused(course: Path) -> None:
    routes = course / "curriculum" / "routes.toml"
    text = routes.read_text(encoding="utf-8")
    swapped = '["1-querying/03-counting", "0-start/01-welcome"]'
    routes.write_text(
        text.replace('["0-start/01-welcome", "1-querying/03-counting"]', swapped), encoding="utf-8"
    )
    assert told(course) == (
        "curriculum/routes.toml:6: the route core puts 1-querying/03-counting "
        "before 0-start/01-welcome, which it needs"
    )


def test_a_route_names_each_lesson_once_and_only_known_ones(course: Path) -> None:
    routes = course / "curriculum" / "routes.toml"
    text = routes.read_text(encoding="utf-8")
    listed = '"0-start/01-welcome", "0-start/01-welcome", "9-none/01-x"'
    routes.write_text(text.replace('"0-start/01-welcome", ', f"{listed}, "), encoding="utf-8")
    assert "names 0-start/01-welcome twice" in told(course)
    assert "names 9-none/01-x, which is not under [lessons]" in told(course)


def test_a_route_of_all_lessons_follows_the_map(course: Path) -> None:
    routes = course / "curriculum" / "routes.toml"
    with routes.open("a", encoding="utf-8") as file:
        file.write('\n[routes.whole]\ntitle = "Whole"\nlessons = "all"\n')
    assert read_routes().routes[1].lessons == tuple(read_routes().titles)


def test_routes_that_are_no_toml_are_one_line(course: Path) -> None:
    (course / "curriculum" / "routes.toml").write_text("lessons = [", encoding="utf-8")
    with pytest.raises(Problem, match=r"^curriculum/routes\.toml: "):
        read_course()


def test_two_lessons_cannot_share_a_slug(course: Path) -> None:
    copy = course / "curriculum" / "1-querying" / "04-joining"
    copy.mkdir()
    source = course / "curriculum" / COUNTING / "lesson.md"
    (copy / "lesson.md").write_bytes(source.read_bytes())
    assert f"the slug `how-many-rows` is taken by {COUNTING}; rename" in told(course)


def test_a_misspelt_lesson_is_answered_with_the_nearest(course: Path) -> None:
    with pytest.raises(Problem, match="Did you mean 1-querying/03-counting"):
        sound_course().chosen(["1-quering/03-countin"])


def test_a_planned_lesson_is_said_to_be_planned(course: Path) -> None:
    with pytest.raises(Problem, match="It is planned; start it with `champion new lesson"):
        sound_course().chosen(["1-querying/04-joining"])


@pytest.mark.parametrize("name", ["1-querying", "1-querying/", COUNTING])
def test_a_part_stands_for_its_lessons(course: Path, name: str) -> None:
    assert [lesson.name for lesson in sound_course().chosen([name])] == [COUNTING]


def test_the_map_links_written_lessons_and_marks_planned_ones(course: Path) -> None:
    assert course_map() == "\n".join(
        [
            "| | lesson | minutes | you learn |",
            "|---|---|---|---|",
            "| **0** | **Start** | | |",
            "| 1 | Welcome | | *planned* |",
            "| **1** | **Querying** | | |",
            "| 3 | [Counting](notebooks/1-querying/03-counting.ipynb) | 4 | loads and plays |",
            "| 4 | Joining | | *planned* |",
        ]
    )


def test_the_map_is_put_between_its_marks_and_nowhere_else(course: Path, edit: Edit) -> None:
    readme = course / "README.md"
    readme.write_text("Above\n<!-- map -->\nold\n<!-- /map -->\nBelow\n", encoding="utf-8")
    assert not map_is_current(readme)
    write_map(readme)
    assert map_is_current(readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("Above\n<!-- map -->\n| | lesson")
    assert text.endswith("\n<!-- /map -->\nBelow\n")
    edit("lesson", "title: Counting", "title: Counting plays")
    assert not map_is_current(readme)


def test_a_file_without_marks_is_left_alone(course: Path) -> None:
    readme = course / "README.md"
    readme.write_text("# Ours\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"README\.md has no place for the map"):
        write_map(readme)
    assert readme.read_text(encoding="utf-8") == "# Ours\n"
