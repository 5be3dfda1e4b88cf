from __future__ import annotations

import json
from pathlib import Path

import pytest

from champion.lantern import Company, build_company, open_company, proven_company
from champion.problems import Problem


def test_a_company_that_is_not_built_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        open_company(tmp_path / "nowhere")
    assert str(told.value) == "The sample company is not built yet. Run `champion lantern build`."


def test_the_company_in_use_is_opened_by_default(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    monkeypatch.delenv("CHAMPION_DATABASE_URL", raising=False)
    opened = open_company()
    assert (opened.seed, opened.scale) == (2, 0.02)
    opened.close()


@pytest.mark.parametrize(("recipe", "age"), [(0, "an older"), (999, "a newer")])
def test_a_company_of_another_recipe_is_one_line(tmp_path: Path, recipe: int, age: str) -> None:
    folder = build_company(7, 0.005, tmp_path / "lantern")
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"recipe": recipe}))
    with pytest.raises(Problem, match=f"built by {age} recipe. Run `champion lantern build`"):
        open_company(folder)


def test_a_company_from_before_there_were_logs_is_one_line(tmp_path: Path) -> None:
    folder = build_company(7, 0.005, tmp_path / "lantern")
    path = folder / "manifest.json"
    older = {**json.loads(path.read_text(encoding="utf-8")), "recipe": 2}
    del older["files"]
    path.write_text(json.dumps(older), encoding="utf-8")
    with pytest.raises(Problem, match=r"built by an older recipe\. Run `champion lantern build`"):
        open_company(folder)


def test_a_proven_company_that_lost_a_log_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("champion.places.build", lambda: tmp_path)
    first = proven_company(7, 0.005)
    first.close()
    (first.logs / "worker.log").unlink()
    again = proven_company(7, 0.005)
    again.close()
    assert (again.logs / "worker.log").is_file()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"recipe": 1}'])
def test_a_damaged_manifest_counts_as_not_built(tmp_path: Path, damage: str) -> None:
    folder = build_company(7, 0.005, tmp_path / "lantern")
    (folder / "manifest.json").write_text(damage, encoding="utf-8")
    with pytest.raises(Problem, match="not built yet"):
        open_company(folder)


def test_two_readers_at_once_see_the_same(company: Company) -> None:
    other = open_company(company.folder)
    with company.engine.connect() as one, other.engine.connect() as two:
        sql = "SELECT count(*) FROM loads"
        assert one.exec_driver_sql(sql).scalar() == two.exec_driver_sql(sql).scalar()
    other.close()


def test_a_company_built_over_an_open_one_is_not_mixed_up_with_it(tmp_path: Path) -> None:
    folder = build_company(7, 0.005, tmp_path / "lantern")
    old = open_company(folder)
    with old.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    build_company(8, 0.005, folder)
    new = open_company(folder)
    with pytest.raises(Problem, match="built anew while the old one was open"):
        new.engine.connect()
    new.close()
    old.close()
    again = open_company(folder)
    with again.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    again.close()


def test_a_server_that_cannot_be_reached_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAMPION_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(Problem, match="CHAMPION_DATABASE_URL refused") as told:
        open_company()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("url", ["nonsense", "postgresql+nosuchdriver://x/y"])
def test_an_address_that_is_none_is_one_line(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CHAMPION_DATABASE_URL", url)
    with pytest.raises(Problem, match="not an address that can be used"):
        open_company()
