from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from champion.lantern import Company, build_company, manifest, open_company, proven_company
from champion.lantern.build import as_scale, as_seed
from champion.lantern.manifest import RECIPE
from champion.lantern.site import Site
from champion.lantern.traps.asking import number
from champion.problems import Problem

DIGESTS = Path(__file__).with_name("digests.json")
TINY = 0.005


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return build_company(7, TINY, tmp_path / "lantern")


BUILDS = """
    import sys
    from pathlib import Path
    from champion.lantern import build_company
    build_company(int(sys.argv[2]), 0.005, Path(sys.argv[1]))
    """


def _python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that runs this code."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("seed", [2, 3])
def test_a_seed_gives_the_committed_content(seed: int) -> None:
    """When this fails after a change that was meant: raise RECIPE, and commit the new digests.

    `python -m tests.lantern.digests` writes them.
    """
    committed = json.loads(DIGESTS.read_text(encoding="utf-8"))
    company = proven_company(seed, 0.02)
    made = manifest.read(company.folder)
    company.close()
    assert made is not None
    assert committed["recipe"] == made.recipe == RECIPE
    assert committed["seeds"][str(seed)] == {"tables": made.tables, "files": made.files}


def test_digests_are_of_the_content_and_two_seeds_differ(built: Path, tmp_path: Path) -> None:
    again = manifest.read(build_company(7, TINY, tmp_path / "again"))
    other = manifest.read(build_company(8, TINY, tmp_path / "other"))
    made = manifest.read(built)
    assert made is not None
    assert made == again
    assert other is not None
    same = {table for table, digest in made.tables.items() if other.tables[table] == digest}
    assert same - {"ticket_attachments"} == {"plans", "agents", "developers"}
    alike = {name for name in made.files if made.files[name] == other.files[name]}
    assert not [name for name in alike if name.startswith("logs/")]


def test_the_manifest_counts_the_rows_that_are_there(company: Company) -> None:
    made = manifest.read(company.folder)
    assert made is not None
    for table, rows in made.rows.items():
        assert number(company, f"SELECT count(*) FROM {table}") == rows


def test_progress_is_told_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build_company(7, TINY, tmp_path / "lantern", progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert told[-1][0] == told[-1][1]
    assert {total for _, total, _ in told} == {len(told) - 1}


@pytest.mark.parametrize("seed", ["one", "1.5", "", "0x10"])
def test_a_seed_that_is_no_number_is_one_line(seed: str) -> None:
    with pytest.raises(Problem, match="The seed must be a whole number, not"):
        as_seed(seed)


@pytest.mark.parametrize("scale", ["0", "-1", "1e6", "nan", "inf", "large"])
def test_a_scale_that_makes_no_sense_is_one_line(scale: str) -> None:
    with pytest.raises(Problem, match="The scale must be"):
        as_scale(scale)


def test_a_bad_seed_leaves_the_company_alone(built: Path) -> None:
    before = (built / "manifest.json").read_bytes()
    with pytest.raises(Problem):
        build_company("one", TINY, built)
    assert (built / "manifest.json").read_bytes() == before


def test_a_target_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    with pytest.raises(Problem, match=r"Cannot write the company to .*file.*--to") as told:
        build_company(7, TINY, file / "lantern")
    assert "\n" not in str(told.value)


def test_a_file_in_the_companys_place_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "lantern"
    file.write_text("my notes", encoding="utf-8")
    with pytest.raises(Problem, match="Cannot write the company"):
        build_company(7, TINY, file)
    assert file.read_text(encoding="utf-8") == "my notes"


def test_a_folder_of_somebody_elses_things_is_not_lost(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(Problem, match="holds other things"):
        build_company(7, TINY, folder)
    assert (folder / "thesis.txt").is_file()


def test_an_empty_folder_can_be_built_in(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert (build_company(7, TINY, folder) / "manifest.json").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
@pytest.mark.parametrize(
    ("largest", "at"), [(200_000, "writing logs and files"), (5_000_000, "writing the database")]
)
def test_a_full_disk_is_one_line_and_the_old_company_stays(
    built: Path, largest: int, at: str
) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    process = _python(
        """
        import resource, sys
        from pathlib import Path
        from champion.lantern import build_company
        from champion.problems import Problem
        largest = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        steps = []
        try:
            build_company(8, 0.02, Path(sys.argv[1]), progress=lambda *step: steps.append(step))
        except Problem as problem:
            print(steps[-1][2], problem, sep=": ")
        """,
        str(built),
        str(largest),
    )
    told, errors = process.communicate(timeout=60)
    assert told.startswith(f"{at}: There is no room left on the disk"), errors
    assert told.count("\n") == 1
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before
    assert [path.name for path in built.parent.iterdir() if path.suffix == ".new"] == []


def _killed_at(moment: str, folder: Path) -> None:
    """A builder that is killed as it comes to this point."""
    process = _python(
        """
        import os, signal, sys
        from pathlib import Path
        from champion.lantern import build_company
        def die(done, total, what):
            if what == sys.argv[2]:
                os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        build_company(8, 0.005, Path(sys.argv[1]), progress=die)
        """,
        str(folder),
        moment,
    )
    process.communicate(timeout=60)
    assert process.returncode != 0


@pytest.mark.parametrize("moment", ["videos", "writing logs and files", "writing the database"])
def test_a_killed_build_leaves_the_old_company_whole(built: Path, moment: str) -> None:
    _killed_at(moment, built)
    company = open_company(built)
    assert company.seed == 7
    assert number(company, "SELECT count(*) FROM plans") == 6
    assert (company.logs / "cdn.tsv.1.gz").is_file()
    company.close()
    assert open_company(build_company(8, TINY, built)).seed == 8


def test_a_build_killed_in_the_moment_of_exchange_loses_nothing(built: Path) -> None:
    built.rename(built.with_name(".lantern.old"))
    company = open_company(built)
    assert company.seed == 7
    company.close()


def test_an_exchange_that_fails_puts_the_old_company_back(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def in_use(self: Path, target: Path) -> Path:
        if self.name == ".lantern.new":
            raise PermissionError(13, "The file is in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", in_use)
    with pytest.raises(Problem, match="The file is in use"):
        build_company(8, TINY, built)
    monkeypatch.undo()
    assert open_company(built).seed == 7


def test_two_builds_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    both = [_python(BUILDS, str(tmp_path / "lantern"), seed) for seed in ("8", "9")]
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert open_company(tmp_path / "lantern").seed in (8, 9)


def test_who_waits_is_told_who_builds_and_gives_up_in_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "lantern"
    process = _python(
        """
        import sys, time
        from pathlib import Path
        from champion.lantern.site import Site
        site = Site(Path(sys.argv[1]))
        with site.alone(), site.fresh():
            print("building", flush=True)
            time.sleep(30)
        """,
        str(folder),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    told: list[str] = []
    with (
        pytest.raises(Problem, match=f"Process {process.pid} is still building"),
        Site(folder).alone(told.append, patience=0.2),
    ):
        pass
    assert told == [f"process {process.pid}"]
    process.kill()
    process.communicate()
    with Site(folder).alone(patience=5):
        pass


def test_a_proven_company_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("champion.places.build", lambda: tmp_path)
    first = proven_company(7, TINY)
    stamp = (first.folder / "lantern.duckdb").stat().st_mtime_ns
    first.close()
    second = proven_company(7, TINY)
    assert (second.folder / "lantern.duckdb").stat().st_mtime_ns == stamp
    second.close()


def test_a_proven_company_of_other_sources_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("champion.places.build", lambda: tmp_path)
    first = proven_company(7, TINY)
    first.close()
    path = first.folder / "manifest.json"
    stale = json.loads(path.read_text(encoding="utf-8")) | {"source": "older"}
    path.write_text(json.dumps(stale), encoding="utf-8")
    proven_company(7, TINY).close()
    assert json.loads(path.read_text(encoding="utf-8"))["source"] != "older"
