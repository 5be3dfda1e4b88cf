from __future__ import annotations

import copy
from typing import Any

import pytest

from champion.marking.graft import Grafted, graft
from champion.problems import Problem

from . import samples
from .samples import BY_STATUS, REFERENCES, VARIABLES, answer, by_id, cell, filled, page, solved


def grafted(learner: dict[str, Any]) -> Grafted:
    return graft(page(), learner, VARIABLES)


def place_of(notebook: dict[str, Any], identity: str) -> int:
    return [each.get("id") for each in notebook["cells"]].index(identity)


def blank(slug: str) -> str:
    return next(task.blank for task in samples.TASKS if task.slug == slug)


def test_an_untouched_notebook_gives_every_blank_back() -> None:
    done = grafted(page())
    assert done.sources == {task.slug: task.blank for task in samples.TASKS}
    assert (done.helpers, done.unplaced, done.notes) == ({}, (), ())
    assert done.notebook == page()


def test_a_solved_notebook_gives_every_answer_back_in_our_own_notebook() -> None:
    learner = solved()
    by_id(learner, "by-status-prose")["source"] = "I changed your words"
    done = grafted(learner)
    assert done.sources == REFERENCES
    assert done.notes == ()
    assert by_id(done.notebook, "by-status-prose") == by_id(page(), "by-status-prose")
    assert answer(done.notebook, "by-status")["source"] == BY_STATUS


def test_the_learners_notebook_is_not_changed() -> None:
    learner = solved()
    before = copy.deepcopy(learner)
    grafted(learner)
    assert learner == before


def test_deleted_check_cells_and_prose_are_not_missed() -> None:
    learner = solved()
    learner["cells"] = [c for c in learner["cells"] if c["id"].endswith("-answer")]
    assert grafted(learner).sources == REFERENCES


def test_lost_ids_and_metadata_are_not_missed() -> None:
    assert grafted(samples.anonymous(solved())).sources == REFERENCES


def test_lost_ids_metadata_prose_and_checks_leave_the_variables_to_go_by() -> None:
    learner = samples.anonymous(solved())
    learner["cells"] = [
        c
        for c in learner["cells"]
        if c["cell_type"] == "code" and not c["source"].startswith("check")
    ]
    assert grafted(learner).sources == REFERENCES


def test_reordered_cells_find_their_tasks() -> None:
    learner = solved()
    learner["cells"].reverse()
    assert grafted(learner).sources == REFERENCES


def test_a_renamed_variable_beside_its_check_is_still_that_tasks_answer() -> None:
    learner = samples.anonymous(filled(by_status="%%sql my_table\nSELECT 1"))
    assert grafted(learner).sources["by-status"] == "%%sql my_table\nSELECT 1"


def test_a_renamed_variable_between_our_prose_is_found_without_the_check() -> None:
    learner = samples.anonymous(filled(by_status="mine = pd.DataFrame()"))
    learner["cells"] = [c for c in learner["cells"] if not c["source"].startswith("check")]
    assert grafted(learner).sources["by-status"] == "mine = pd.DataFrame()"


def test_a_renamed_variable_in_one_cell_with_its_check_is_found_without_our_prose() -> None:
    merged = 'mine = 3\ncheck("closed-share")'
    learner = {"cells": [{"cell_type": "code", "source": merged}], "metadata": {}}
    assert grafted(learner).sources["closed-share"] == "mine = 3"


def test_a_renamed_variable_above_its_check_is_found_without_our_prose() -> None:
    sources = ("mine = 3", 'check("closed-share")')
    learner = {"cells": [{"cell_type": "code", "source": s} for s in sources], "metadata": {}}
    assert grafted(learner).sources["closed-share"] == "mine = 3"


def test_with_every_sign_lost_the_most_alike_blank_gets_the_answer() -> None:
    source = "%%sql by_state\nSELECT status"
    learner = {"cells": [{"cell_type": "code", "source": source}], "metadata": {}}
    done = grafted(learner)
    assert done.sources["by-status"] == source
    assert done.sources["do-or-stop"] == blank("do-or-stop")
    assert any("likeness" in note for note in done.notes)


def test_a_query_split_in_two_is_joined() -> None:
    learner = solved()
    place = place_of(learner, "by-status-answer")
    head, tail = BY_STATUS.replace(" FROM", "\nFROM").rsplit("\n", 1)
    learner["cells"][place]["source"] = head
    learner["cells"].insert(place + 1, cell("code", "x1", tail, "answer", "by-status"))
    done = grafted(learner)
    assert done.sources["by-status"] == f"{head}\n{tail}"
    assert any("joined" in note for note in done.notes)


def test_a_query_split_in_two_is_joined_though_its_second_half_lost_its_metadata() -> None:
    learner = solved()
    place = place_of(learner, "by-status-answer")
    head, tail = BY_STATUS.replace(" FROM", "\nFROM").rsplit("\n", 1)
    learner["cells"][place]["source"] = head
    learner["cells"].insert(place + 1, {"cell_type": "code", "source": tail, "metadata": {}})
    assert grafted(learner).sources["by-status"] == f"{head}\n{tail}"


def test_python_split_in_two_is_joined() -> None:
    learner = filled(frame_of_it="part = tickets[['status', 'n']]")
    place = place_of(learner, "frame-of-it-answer")
    rest = "statuses = part.sort_values('n')"
    learner["cells"].insert(place + 1, cell("code", "x1", rest, "answer", "frame-of-it"))
    assert grafted(learner).sources["frame-of-it"] == f"part = tickets[['status', 'n']]\n{rest}"


def test_of_duplicated_answers_the_last_that_is_not_blank_is_taken_and_said() -> None:
    learner = filled(closed_share="closed_count = 1")
    place = place_of(learner, "closed-share-answer")
    for number, source in enumerate(["closed_count = 2", blank("closed-share")], 1):
        copied = cell("code", f"x{number}", source, "answer", "closed-share")
        learner["cells"].insert(place + number, copied)
    done = grafted(learner)
    assert done.sources["closed-share"] == "closed_count = 2"
    assert any(note.startswith("closed-share: 2 cells answer it") for note in done.notes)


def test_an_answer_that_changes_itself_step_by_step_is_one_answer() -> None:
    learner = filled(closed_share="closed_count = 1")
    place = place_of(learner, "closed-share-answer")
    more = cell("code", "x1", "closed_count = closed_count + 1", "answer", "closed-share")
    learner["cells"].insert(place + 1, more)
    assert (
        grafted(learner).sources["closed-share"]
        == "closed_count = 1\nclosed_count = closed_count + 1"
    )


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_cell_retyped_by_accident_is_read_as_code(kind: str) -> None:
    learner = solved()
    answer(learner, "by-status")["cell_type"] = kind
    done = grafted(learner)
    assert done.sources["by-status"] == BY_STATUS
    assert any("no code cell any more" in note for note in done.notes)


def test_prose_that_names_no_variable_is_no_answer() -> None:
    learner = page()
    place = place_of(learner, "by-status-answer")
    learner["cells"].insert(place, {"cell_type": "markdown", "source": "Hm, by_status?"})
    assert grafted(learner).sources["by-status"] == blank("by-status")


def test_an_answer_written_above_the_check_in_the_check_cell_counts() -> None:
    learner = page()
    by_id(learner, "closed-share-check")["source"] = 'closed_count = 3\ncheck("closed-share")'
    assert grafted(learner).sources["closed-share"] == "closed_count = 3"


def test_an_answer_in_a_new_cell_beside_the_untouched_blank_counts() -> None:
    learner = page()
    place = place_of(learner, "by-status-answer")
    learner["cells"].insert(place + 1, {"cell_type": "code", "source": BY_STATUS, "metadata": {}})
    assert grafted(learner).sources["by-status"] == BY_STATUS


def test_an_answer_pasted_from_another_task_belongs_to_the_variable_it_makes() -> None:
    learner = filled(closed_share="closed_count = 1")
    pasted = cell("code", "x1", "statuses = closed_count", "answer", "closed-share")
    learner["cells"].insert(place_of(learner, "frame-of-it-check"), pasted)
    done = grafted(learner)
    assert done.sources["frame-of-it"] == "statuses = closed_count"
    assert done.sources["closed-share"] == "closed_count = 1"


def test_two_answers_in_one_cell_both_count() -> None:
    both = "closed_count = 1\nstatuses = tickets"
    done = grafted(filled(closed_share=both))
    assert done.sources["closed-share"] == both
    assert done.sources["frame-of-it"] == both


def test_a_helper_before_an_answer_is_kept_and_runs_before_it() -> None:
    learner = filled(frame_of_it="statuses = sorted_frame(tickets)")
    helper = "def sorted_frame(f):\n    return f.sort_values('n')"
    learner["cells"].insert(
        place_of(learner, "frame-of-it-prose"), {"cell_type": "code", "source": helper}
    )
    done = grafted(learner)
    assert done.helpers == {"frame-of-it": (helper,)}
    order = [c["source"] for c in done.notebook["cells"]]
    assert order.index(helper) < order.index("statuses = sorted_frame(tickets)")


def test_an_extra_load_or_check_is_no_helper() -> None:
    learner = solved()
    for source in ("%load_ext champion", 'check("by-status")'):
        learner["cells"].insert(3, {"cell_type": "code", "source": source, "metadata": {}})
    assert grafted(learner).helpers == {}


def test_code_that_finds_no_place_is_listed_when_a_task_lacks_its_answer() -> None:
    learner = page()
    learner["cells"].append({"cell_type": "code", "source": "print('where am I?')", "metadata": {}})
    assert grafted(learner).unplaced == ("print('where am I?')",)


def test_windows_line_ends_and_lists_of_lines_are_read() -> None:
    learner = solved()
    answer(learner, "by-status")["source"] = [
        line + "\r\n" for line in BY_STATUS.split("\n")[:-1]
    ] + [BY_STATUS.split("\n")[-1]]
    assert grafted(learner).sources["by-status"] == BY_STATUS


def test_an_empty_notebook_leaves_every_task_unanswered() -> None:
    done = grafted({"cells": [], "metadata": {}})
    assert done.sources == {task.slug: task.blank for task in samples.TASKS}


def test_cells_full_of_nonsense_break_nothing() -> None:
    learner = {
        "cells": [
            {},
            {"cell_type": 7, "source": 3, "metadata": [], "id": ["x"]},
            {"cell_type": "code", "source": [1, None, "a ="], "metadata": {"champion": "no"}},
            {"cell_type": "code", "source": "(" * 5000, "metadata": {"champion": {"task": {}}}},
            *solved()["cells"],
        ],
        "metadata": 5,
    }
    assert {k: v for k, v in grafted(learner).sources.items() if v != REFERENCES[k]} == {}


def test_a_notebook_of_another_lesson_is_refused_in_one_line() -> None:
    learner = solved()
    learner["metadata"]["champion"]["lesson"] = "1-querying/02-joins"
    with pytest.raises(Problem, match="exercise notebook of 1-querying/02-joins, not"):
        grafted(learner)
