from __future__ import annotations

import re

import nbformat
import pytest

from champion.authoring.notebook import as_text, learner_notebook, solved_notebook
from champion.authoring.source import Lesson, read_lesson

from .conftest import COUNTING, Edit

TITLES = {"0-start/01-welcome": "Welcome"}


def test_a_learner_never_gets_what_only_the_key_knows(counting: Lesson) -> None:
    for page in counting.pages:
        cells = learner_notebook(counting, page, TITLES)["cells"]
        text = "\n".join(cell["source"] for cell in cells)
        for task in page.tasks:
            assert task.reference not in text
            assert not any(hint in text for hint in task.hints)
            for wrong in task.wrong:
                assert wrong.name not in text
                assert wrong.says not in text
        assert "> after" not in text
        assert "> says" not in text


def test_ids_and_metadata_tell_task_and_role(counting: Lesson) -> None:
    notebook = learner_notebook(counting, counting.pages[1], TITLES)
    told = {cell["id"]: cell["metadata"]["champion"] for cell in notebook["cells"]}
    assert told["plays-not-loads-answer"] == {"task": "plays-not-loads", "role": "answer"}
    assert told["plays-not-loads-check"] == {"task": "plays-not-loads", "role": "check"}
    assert told["plays-not-loads-prose-2"] == {"task": "plays-not-loads", "role": "prose"}
    assert told["start-prose-1"] == {"role": "prose"}
    assert notebook["metadata"]["champion"] == {"lesson": COUNTING, "page": "exercise"}


def test_every_notebook_is_valid_and_opens_the_desk_first(counting: Lesson) -> None:
    for page in counting.pages:
        for make in (learner_notebook, solved_notebook):
            notebook = make(counting, page, TITLES)
            nbformat.validate(notebook)
            first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
            assert first["source"] == "%load_ext champion"
            assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
            assert all(
                re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"]) for cell in notebook["cells"]
            )


def test_a_notebook_is_written_as_jupyter_writes_it(counting: Lesson) -> None:
    for page in counting.pages:
        notebook = learner_notebook(counting, page, TITLES)
        assert as_text(notebook) == nbformat.writes(nbformat.from_dict(notebook)) + "\n"


def test_ids_stay_when_prose_changes(counting: Lesson, edit: Edit) -> None:
    before = [cell["id"] for cell in learner_notebook(counting, counting.pages[0], TITLES)["cells"]]
    edit("lesson", "Read what they say.", "Read it aloud.")
    changed = read_lesson(COUNTING)
    assert [
        cell["id"] for cell in learner_notebook(changed, changed.pages[0], TITLES)["cells"]
    ] == before


def test_sections_of_one_title_have_cells_of_different_ids(edit: Edit) -> None:
    edit("lesson", "## Break it on purpose", "## Where we are")
    changed = read_lesson(COUNTING)
    ids = [cell["id"] for cell in learner_notebook(changed, changed.pages[0], TITLES)["cells"]]
    assert len(set(ids)) == len(ids)


def test_a_section_named_like_the_cells_of_a_task_clashes_with_none(edit: Edit) -> None:
    edit("lesson", "## Keep", "## How many rows\n\n+++\n\nOne.\n\n+++\n\nTwo.\n\n## Keep")
    changed = read_lesson(COUNTING)
    ids = [cell["id"] for cell in learner_notebook(changed, changed.pages[0], TITLES)["cells"]]
    assert len(set(ids)) == len(ids)


def test_a_check_follows_its_answer_even_when_nobody_wrote_it(counting: Lesson) -> None:
    cells = learner_notebook(counting, counting.pages[0], TITLES)["cells"]
    ids = [cell["id"] for cell in cells]
    after = cells[ids.index("how-many-rows-answer") + 1]
    assert (after["id"], after["source"]) == ("how-many-rows-check", 'check("how-many-rows")')


def test_a_solved_copy_differs_in_its_answers_only(counting: Lesson) -> None:
    page = counting.pages[1]
    blank = learner_notebook(counting, page, TITLES)
    solved = solved_notebook(counting, page, TITLES)
    changed = [
        ours["id"]
        for ours, theirs in zip(solved["cells"], blank["cells"], strict=True)
        if ours["source"] != theirs["source"]
    ]
    assert changed == ["plays-not-loads-answer", "what-do-you-answer-answer"]
    assert solved["cells"][-2]["source"] == 'reply = "b"'


def test_the_first_cell_says_title_minutes_and_what_comes_before(counting: Lesson) -> None:
    lesson, exercise = (learner_notebook(counting, page, TITLES) for page in counting.pages)
    opening = lesson["cells"][0]["source"]
    assert opening.startswith("# Counting\n\n*About 4 minutes. Before this: Welcome.*\n\n")
    assert "<kbd>Shift</kbd>+<kbd>Enter</kbd>" in opening
    said = exercise["cells"][0]["source"]
    assert said.startswith("# Counting for Priya\n\n*2 tasks, about 5 minutes.*\n\n")


def test_a_break_starts_a_cell_and_a_heading_another(counting: Lesson) -> None:
    sources = [
        cell["source"] for cell in learner_notebook(counting, counting.pages[0], TITLES)["cells"]
    ]
    assert "This is a cell of its own." in sources
    assert "## Break it on purpose" in sources


def test_words_of_the_glossary_lead_to_their_entries(counting: Lesson) -> None:
    text = as_text(learner_notebook(counting, counting.pages[0], TITLES))
    assert "A [**load**](../Glossary.md#load) means" in text
    assert "two [**plays**](../Glossary.md#play) can" in text
    assert "{term}" not in text


def test_every_option_of_a_quiz_explains_itself_without_a_kernel(counting: Lesson) -> None:
    [quiz] = [
        cell["source"]
        for cell in learner_notebook(counting, counting.pages[0], TITLES)["cells"]
        if "<details>" in cell["source"]
    ]
    assert quiz == (
        "What does `len` count?\n\n"
        "<details><summary>things</summary>"
        "<p>✓ Right. Each one counts as one, whatever it holds.</p></details>\n"
        "<details><summary>values: their total</summary>"
        "<p>✗ Not this one. That is <code>sum</code>.</p></details>"
    )


@pytest.mark.parametrize("tag", ["details", "summary", "p", "code"])
def test_jupyterlab_lets_the_tags_of_a_quiz_through(tag: str) -> None:
    allowed = _jupyterlabs_tags()
    assert tag in allowed


def _jupyterlabs_tags() -> set[str]:
    """The tags that the installed JupyterLab's sanitizer allows in Markdown."""
    import sys
    from pathlib import Path

    static = Path(sys.prefix) / "share" / "jupyter" / "lab" / "static"
    if not static.is_dir():
        pytest.skip("JupyterLab's own files are not in this environment")
    for script in static.glob("*.js"):
        match = re.search(
            r'allowedTags:\[("a","abbr","acronym"[^\]]*)\]', script.read_text("utf-8")
        )
        if match:
            return set(re.findall(r'"(\w+)"', match[1]))
    pytest.fail("JupyterLab's list of allowed tags was not found")
