"""Same inputs, same bytes: whatever the folder, the time zone, the locale, the umask, the threads or the hash seed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import ukrcorpus
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build

BUILD = """
import os, sys, time
from pathlib import Path
os.umask(int(sys.argv[2], 8))
time.tzset()
from ukrcorpus.core.project import Project
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build
for edition in Edition:
    done = build(Project(Path(sys.argv[1])), edition)
    assert done.folder, done.report.as_text()
"""
# No variable of ours is read by a build; each of these changes what Python or a library does by itself.
ELSEWHERE = {
    "TZ": "XYZ-13:45",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "4242",
    "COLUMNS": "30",
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONPATH": str(Path(ukrcorpus.__file__).parents[1]),
}


def copied_backwards(source: Path, place: Path) -> Path:
    """Copy a folder's files in the opposite order, so that the file system lists them in another."""
    for path in sorted((one for one in source.rglob("*") if one.is_file()), reverse=True):
        target = place / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return place


def test_a_build_elsewhere_gives_the_same_bytes(annotated_project: Project, tmp_path: Path) -> None:
    here = Project(copied_backwards(annotated_project.root, tmp_path / "here"))
    for edition in Edition:
        assert build(here, edition).folder
    there = copied_backwards(annotated_project.root, tmp_path / "somewhere else (2)" / "corpus")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(there), "077"],
        env=os.environ | ELSEWHERE,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = hashes(there / "dist", [there / "dist"])
    assert len({name.partition("/")[0] for name in made}) == len(Edition)
    assert made == hashes(here.dist, [here.dist])
    tables = [path for path in there.glob("build/*/*.parquet") if path.parent.name != "quarantine"]
    assert hashes(there, tables) == hashes(here.root, [here.root / path.relative_to(there) for path in tables])
    modes = {path.stat().st_mode & 0o777 for path in (there / "dist").rglob("*") if path.is_file()}
    assert modes == {0o644}
