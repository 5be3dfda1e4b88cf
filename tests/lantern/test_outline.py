from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from champion.lantern import outline
from champion.lantern.outlining import outlines_of_models


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("champion.places.build", lambda: tmp_path / "build")
    return tmp_path / "build"


def _anew() -> dict[str, outline.Outline]:
    """The outlines as the next process sees them."""
    return outline.outlines.__wrapped__()


def test_the_kept_outline_says_what_the_models_say(folder: Path) -> None:
    models = outlines_of_models()
    assert _anew() == models
    kept = json.loads((folder / "outline.json").read_text(encoding="utf-8"))
    assert _anew() == models
    assert list(kept["tables"]) == list(models)


def test_after_a_change_of_the_sources_the_models_are_asked_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _anew()
    file = folder / "outline.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    del kept["tables"]["plans"]
    file.write_text(json.dumps(kept), encoding="utf-8")
    assert "plans" not in _anew()
    monkeypatch.setattr("champion.lantern.recipe.fingerprint", lambda: "changed")
    assert "plans" in _anew()
    assert json.loads(file.read_text(encoding="utf-8"))["source"] == "changed"


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"source": null}', '"text"'])
def test_a_damaged_outline_is_taken_anew(folder: Path, damage: str) -> None:
    folder.mkdir()
    (folder / "outline.json").write_text(damage, encoding="utf-8")
    assert _anew() == outlines_of_models()


def test_where_nothing_can_be_kept_the_models_are_asked_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    monkeypatch.setattr("champion.places.build", lambda: file / "build")
    assert _anew() == outlines_of_models()


def test_a_builder_does_without_what_only_readers_need(tmp_path: Path) -> None:
    """Importing SQLAlchemy and the models would take longer than building a small company."""
    outline.outlines()
    code = """
import sys
from pathlib import Path
from champion.lantern import build_company
build_company(7, 0.005, Path(sys.argv[1]))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"sqlalchemy", "pandas"}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "lantern")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == []
