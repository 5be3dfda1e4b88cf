"""Setting up: what it says when it cannot, and when it has nothing to do."""

from __future__ import annotations

import ast
import importlib.util
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

COURSE = Path(__file__).resolve().parents[2]
CI = COURSE / ".ci"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ci_{name}", CI / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The environment's script, at home in a course of its own."""
    module = load("environment")
    course = tmp_path / "un cours"
    course.mkdir()
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(COURSE / name, course / name)
    monkeypatch.setattr(module, "COURSE", course)
    monkeypatch.setattr(module, "VENV", course / ".venv")
    monkeypatch.setattr(module, "LOCK", course / "requirements.lock")
    monkeypatch.setattr(module, "STAMP", course / ".venv" / "champion-stamp.txt")
    return module


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_one_line_that_says_what_to_type(version, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(CI / "setup.py"), run_name="__main__")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert said.startswith(f"This is Python {version[0]}.{version[1]}; the course needs 3.11")
    assert "make lab PYTHON=python3." in said
    assert said.count("\n") == 1


def test_every_python_can_read_the_first_file():
    tree = ast.parse((CI / "setup.py").read_text(encoding="ascii"))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Match)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [each.name for each in functions if each.returns or each.args.kwonlyargs] == []


def test_a_python_without_venv_is_one_line(environment, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert environment.set_up() == 1
    said = capsys.readouterr().out.strip().split("\n")
    assert said[-1].startswith("✗ This Python cannot make environments: its venv module is missing")
    assert "sudo apt install python3" in said[-1]


def test_a_stamp_that_fits_leaves_nothing_to_do(environment, monkeypatch, capsys):
    made = environment.VENV
    monkeypatch.setattr(environment, "starts", lambda python: True)
    made.mkdir()
    environment.STAMP.write_text(environment.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(environment, "pip", pytest.fail)
    assert environment.set_up() == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_sets_up_again(environment, monkeypatch, name):
    environment.VENV.mkdir()
    environment.STAMP.write_text(environment.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(environment, "starts", lambda python: True)
    with (environment.COURSE / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not environment.is_ready()
    ran = []
    monkeypatch.setattr(environment, "pip", lambda *arguments, count: ran.append(arguments))
    assert environment.set_up() == 0
    assert ran == [
        ("--require-hashes", "-r", "requirements.lock"),
        ("--no-deps", "--no-build-isolation", "-e", "."),
    ]
    assert environment.is_ready()


def test_a_moved_environment_is_set_up_again(environment, monkeypatch):
    monkeypatch.setattr(environment, "starts", lambda python: True)
    environment.VENV.mkdir()
    environment.STAMP.write_text(environment.fingerprint(), encoding="utf-8")
    moved = environment.COURSE.with_name("elsewhere")
    environment.COURSE.rename(moved)
    monkeypatch.setattr(environment, "COURSE", moved)
    monkeypatch.setattr(environment, "VENV", moved / ".venv")
    monkeypatch.setattr(environment, "LOCK", moved / "requirements.lock")
    monkeypatch.setattr(environment, "STAMP", moved / ".venv" / "champion-stamp.txt")
    assert not environment.is_ready()


def test_a_package_that_cannot_be_had_ends_with_pips_own_words(environment, monkeypatch, capsys):
    monkeypatch.setattr(environment, "venv_python", lambda: Path(sys.executable))
    with pytest.raises(environment.Halt, match="the lines above say why"):
        environment.pip("--no-index", "surely-no-such-package-here", count=1)
    assert "surely-no-such-package-here" in capsys.readouterr().out


@pytest.fixture
def gate(monkeypatch):
    """The gate, with steps that cost nothing."""
    return load("gate")


def step(gate, name, code, bears=False):
    return gate.Step(name, (sys.executable, "-c", f"raise SystemExit({code})"), bears)


def test_a_failed_step_does_not_hide_the_next(gate):
    done = list(gate.run([step(gate, "style", 1), step(gate, "tests", 0)], {}))
    assert [each.code for each in done] == [1, 0]
    assert "Not yet: style." in gate.summary(done)


def test_a_failed_step_that_bears_the_rest_ends_it(gate):
    done = list(gate.run([step(gate, "company", 3, bears=True), step(gate, "proof", 0)], {}))
    assert [each.code for each in done] == [3]


def test_every_step_shows_its_seconds(gate):
    done = list(gate.run([step(gate, "style", 0)], {}))
    said = gate.summary(done)
    assert "✓ style" in said
    assert "Everything holds." in said


def test_one_lessons_share_leaves_the_rest_alone(gate):
    names = [each.name for each in gate.steps("1-querying/01-one-table", everything=False)]
    assert names == ["company", "sources", "build", "proof", "notebooks"]
    commands = [each.command for each in gate.steps("1-querying/01-one-table", everything=False)]
    assert commands[3][-2:] == ("prove", "1-querying/01-one-table")


def test_the_whole_gate_proves_everything_that_the_readme_says(gate):
    names = [each.name for each in gate.steps("", everything=False)]
    assert names == [
        *("style", "format", "types", "imports", "company", "sources", "build"),
        *("tests", "proof", "notebooks"),
    ]


def test_all_tries_the_api_at_length_and_what_is_set_outside_counts_for_nothing(gate, monkeypatch):
    monkeypatch.setenv("CHAMPION_EXAMPLES", "1")
    seen = []

    def run(command, env, **_):
        seen.append((command, env.get("CHAMPION_EXAMPLES"), env.get("CHAMPION_PROGRESS")))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(gate.subprocess, "run", run)
    for everything in (False, True):
        list(gate.run(gate.steps("", everything), gate.surroundings("a folder to spoil")))
    assert [examples for command, examples, _ in seen if command == gate.pytest(False)] == [None]
    assert [examples for command, examples, _ in seen if command == gate.pytest(True)] == ["100"]
    assert {progress for command, _, progress in seen if "--nbval" in command} == {"off"}
    assert {progress for command, _, progress in seen if "--nbval" not in command} == {None}


def test_nbval_is_strict_and_has_a_time_limit(gate):
    command = gate.nbval("")
    assert "--nbval" in command
    assert "--nbval-cell-timeout" in command
    assert command[command.index("--dist") + 1] == "loadscope"


@pytest.mark.parametrize(
    ("only", "places"),
    [
        ("", ("notebooks", "build/solved")),
        ("1-querying", ("notebooks/1-querying", "build/solved/1-querying")),
        (
            "1-querying/01-one-table",
            ("notebooks/1-querying/01-one-table.ipynb", "build/solved/1-querying/01-one-table"),
        ),
    ],
)
def test_nbval_runs_lessons_and_solved_copies_before_they_are_built(
    gate, only, places, monkeypatch, tmp_path
):
    lesson = tmp_path / "curriculum/1-querying/01-one-table/lesson.md"
    lesson.parent.mkdir(parents=True)
    lesson.touch()
    monkeypatch.setattr(gate, "COURSE", tmp_path)
    assert gate.notebooks(only) == places


def test_a_misspelt_lesson_is_one_line(gate, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["gate.py", "--only", "1-quering/01"])
    assert gate.main() == 2
    assert capsys.readouterr().out == (
        "✗ There is no lesson or part called 1-quering/01 in curriculum/.\n"
    )


def test_the_gate_touches_nothing_of_the_users(gate, monkeypatch):
    monkeypatch.setenv("CHAMPION_WORK", "mine")
    monkeypatch.setenv("CHAMPION_DATABASE_URL", "postgresql://team")
    environment = gate.surroundings("a folder to spoil")
    named = {name: value for name, value in environment.items() if name.startswith("CHAMPION_")}
    assert named == {"CHAMPION_WORK": "a folder to spoil"}


def test_ci_runs_make_test():
    script = (CI / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("\nmake test")
    assert "set -euo pipefail" in script
    if shutil.which("bash"):
        subprocess.run(["bash", "-n", CI / "run"], check=True)
