"""A build that is killed, or cannot write, or is not alone: the last good release stays, and the next run finishes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import label_studio_server
from ukrcorpus.annotate.exports.importing import ImportOptions, import_tasks
from ukrcorpus.annotate.run import mint_ids
from ukrcorpus.core.folders import atomic_folder, sweep
from ukrcorpus.core.locks import working
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import atomic_path
from ukrcorpus.release.build import build, sweep_project
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

HERE = Path(__file__).parent
KILLS = os.environ.get("UKRCORPUS_KILLS", "4")  # set it to 200 for the whole trial
MORE = "A fourth text\n\nThe envoys met again, and nobody in the room would speak of terms.\n"


def with_one_more(project: Project, folder: Path) -> None:
    (folder / "more.txt").write_text(MORE, encoding="utf-8")
    ingest(project, [folder / "more.txt"], IngestOptions(article_id="more", licence="CC0-1.0"))


def ran(*words: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_builds_killed_at_any_moment_leave_a_whole_release_and_the_next_one_finishes(
    annotated_project: Project, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "project"))
    shutil.copytree(project.raw, project.root / "raw.old")
    with_one_more(project, tmp_path)
    project.raw.rename(project.root / "raw.other")
    (project.root / "raw.old").rename(project.raw)
    words = [str(project.root), KILLS, "7"]
    done = ran(sys.executable, str(HERE / "killed_builds.py"), *words)
    assert done.stdout.count(": ok\n") == int(KILLS) + 1


def test_a_build_that_cannot_write_says_so_and_the_next_one_finishes(
    annotated_project: Project, tmp_path: Path
) -> None:
    label_studio_server.skip_unless_mounted("mount -t tmpfs tmpfs /mnt")
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "project"))
    build(project)
    ran(*label_studio_server.ISOLATED[:-2], sys.executable, str(HERE / "hindered_builds.py"), str(project.root))


def test_a_second_process_is_told_who_is_at_work_until_that_one_ends(empty_project: Project, schema: Schema) -> None:
    script = "import sys, time; from pathlib import Path; from ukrcorpus.core.locks import working\n"
    script += "from ukrcorpus.core.project import Project\n"
    script += "with working(Project(Path(sys.argv[1]))): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script, str(empty_project.root)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(CorpusError) as caught, working(empty_project):
            pass
        with pytest.raises(CorpusError, match="project-busy"):
            import_tasks(empty_project, schema, [], "export.json", ImportOptions(server="lab"))
        with pytest.raises(CorpusError, match="project-busy"):
            mint_ids(empty_project, schema)
        other.kill()
    assert str(caught.value) == (
        f"build/.lock: process {other.pid} is at work on this project. [project-busy]\n"
        "  Wait for it to end, then run the command again. If it was killed, nothing has to be removed."
    )
    with working(empty_project), working(empty_project):
        shutil.rmtree(empty_project.build)  # as `make clean` would
    with working(empty_project):
        pass


def test_what_was_left_half_written_is_swept_away_but_for_what_is_being_written(tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    left = [tmp_path / ".one.parquet.a1b2c3d4.tmp", tmp_path / "stage" / ".two.json.abcdefgh.tmp"]
    for path in left:
        path.write_text("half", encoding="utf-8")
    kept = [tmp_path / ".state.json", tmp_path / ".three.tmp", tmp_path / "stage" / "four.parquet"]
    for path in kept:
        path.write_text("whole", encoding="utf-8")
    for name in (".gone-0.1.0.new", ".moved-0.1.0.old", ".kept-0.1.0.old"):
        (tmp_path / name).mkdir()
    (tmp_path / "kept-0.1.0").mkdir()
    with atomic_path(tmp_path / "now.json") as beside, atomic_folder(tmp_path / "now-0.1.0") as folder:
        beside.write_text("{}", encoding="utf-8")
        sweep(tmp_path)
        assert {path for path in tmp_path.rglob("*") if path.name.startswith(".")} == {*kept[:2], beside, folder}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [
        *("kept-0.1.0", "moved-0.1.0", "now-0.1.0", "stage")
    ]


LEAVE = """
import os, signal, sys
from pathlib import Path
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import atomic_path
from ukrcorpus.sources.shelf import open_shelf
project = Project(Path(sys.argv[1]))
with open_shelf(project), atomic_path(project.raw / "articles" / "talks.txt") as beside:
    beside.write_text("half")
    with atomic_path(project.annotations / "exports" / "a.json"), atomic_path(project.manifest):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("following", [with_one_more, lambda project, _: sweep_project(project)])
def test_what_a_killed_ingest_left_is_cleared_away_by_the_next_ingest_or_build(
    empty_project: Project, tmp_path: Path, following: Callable[[Project, Path], None]
) -> None:
    with_one_more(empty_project, tmp_path)
    subprocess.run([sys.executable, "-c", LEAVE, str(empty_project.root)], check=False)
    left = [path for path in empty_project.root.rglob(".*.tmp") if path.is_file()]
    assert len(left) == 3
    following(empty_project, tmp_path)
    raw = [path for path in left if path.is_relative_to(empty_project.raw)]
    assert not any(path.exists() for path in (raw if following is with_one_more else left))


def test_where_folders_cannot_be_swapped_in_one_step_two_steps_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ukrcorpus.core.folders._exchanged", lambda *_: False)
    for words in ("old", "new"):
        with atomic_folder(tmp_path / "place") as beside:
            (beside / words).touch()
    assert [path.name for path in tmp_path.rglob("*")] == ["place", "new"]
    with pytest.raises(ZeroDivisionError), atomic_folder(tmp_path / "place"):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.rglob("*")] == ["place", "new"]
