from __future__ import annotations

from typing import Any

from champion.marking.tampering import remarks

from .samples import anonymous, answer, by_id, cell, filled, page, solved


def saved() -> dict[str, Any]:
    """A solved notebook that was run: its checks have outputs."""
    notebook = solved()
    for number, each in enumerate(notebook["cells"], 1):
        if each["cell_type"] == "code":
            each["execution_count"] = number
            each["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "✓"}]
    by_id(notebook, "start-show-1")["outputs"] = [
        {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "", "traceback": []}
    ]
    return notebook


def test_an_honest_notebook_earns_no_remark() -> None:
    assert remarks(saved(), page()) == []
    assert remarks(page(), page()) == []


def test_a_submission_file_earns_none_for_the_outputs_that_submit_took_out() -> None:
    assert remarks(solved(), page(), saved=False) == []
    assert len(remarks(solved(), page())) == 4


def test_a_notebook_that_lost_its_metadata_earns_none() -> None:
    assert remarks(anonymous(saved()), page()) == []


def test_a_marker_is_named_with_its_cell_and_task() -> None:
    notebook = saved()
    answer(notebook, "by-status")["source"] += "\n  ## NBVAL_SKIP "
    place = notebook["cells"].index(answer(notebook, "by-status")) + 1
    expected = f"cell {place} (by-status): the comment NBVAL_SKIP changes what nbval compares."
    assert remarks(notebook, page()) == [expected]


def test_a_marker_in_the_middle_of_a_line_is_none() -> None:
    notebook = saved()
    answer(notebook, "closed-share")["source"] += "  # NBVAL_SKIP"
    assert remarks(notebook, page()) == []


def test_our_own_tags_earn_no_remark_and_new_ones_do() -> None:
    notebook = saved()
    assert by_id(notebook, "start-show-1")["metadata"]["tags"] == ["raises-exception"]
    answer(notebook, "by-status")["metadata"]["tags"] = ["raises-exception", "my-own"]
    (remark,) = remarks(notebook, page())
    assert "the tag raises-exception" in remark


def test_a_deleted_check_is_told_from_one_turned_into_prose_or_commented_out() -> None:
    notebook = saved()
    notebook["cells"].remove(by_id(notebook, "by-status-check"))
    by_id(notebook, "closed-share-check")["cell_type"] = "raw"
    by_id(notebook, "do-or-stop-check")["source"] = '# check("do-or-stop")'
    assert remarks(notebook, page()) == [
        'check("by-status"): the check cell was deleted or emptied.',
        'check("closed-share"): the check cell was turned into prose.',
        'check("do-or-stop"): the check cell was deleted or emptied.',
    ]


def test_every_way_to_redefine_check_is_seen() -> None:
    for source in (
        "def check(*a): pass",
        "check = print",
        "from mine import check",
        "globals()['check'] = print",
        "get_ipython().user_ns['check'] = print",
        "import builtins\nsetattr(builtins, 'check', print)",
    ):
        notebook = saved()
        notebook["cells"].insert(1, cell("code", "x", source, "show"))
        assert any("redefines check" in each for each in remarks(notebook, page())), source


def test_patching_the_courses_library_is_seen() -> None:
    notebook = saved()
    source = "import champion.checking.judge as j\nj.judge = print\nchoice = 'b'"
    answer(notebook, "do-or-stop")["source"] = source
    assert any("the course's own library" in each for each in remarks(notebook, page()))


def test_checks_that_were_never_run_matter_only_where_there_is_an_answer() -> None:
    notebook = filled(closed_share="closed_count = 1")
    (remark,) = remarks(notebook, page())
    assert remark.endswith(
        "(closed-share): its execution_count is null: nbval compares nothing there."
    )


def test_stripped_outputs_are_seen() -> None:
    notebook = saved()
    by_id(notebook, "by-status-check")["outputs"] = []
    (remark,) = remarks(notebook, page())
    assert "its outputs are stripped" in remark


def test_a_cell_that_should_raise_and_was_mended_is_seen_though_it_was_not_run() -> None:
    notebook = page()
    by_id(notebook, "start-show-1")["source"] = "1 / 1"
    (remark,) = remarks(notebook, page())
    assert "should raise an error, and does not" in remark


def test_a_cell_that_no_longer_raises_is_seen() -> None:
    notebook = saved()
    by_id(notebook, "start-show-1")["outputs"] = []
    (remark,) = remarks(notebook, page())
    assert "should raise an error, and does not" in remark
