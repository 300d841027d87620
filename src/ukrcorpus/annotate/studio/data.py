"""Data directories of Label Studio: the migrated template, copies of it, and what is in them."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ukrcorpus.annotate.studio.environment import BINARY_VARIABLE, Program, cache_folder
from ukrcorpus.annotate.studio.place import Place, Say, disk, locked
from ukrcorpus.annotate.studio.quiet import quiet_environment
from ukrcorpus.core.problems import CorpusError

DATABASE: Final = "label_studio.sqlite3"
# Sessions and tokens are signed with the key in here: a copy would let one annotator's login open another's server.
_KEY_FILE: Final = ".env"
_MIGRATIONS: Final = "SELECT app, name FROM django_migrations"
_COUNTS: Final = """
    SELECT project.id, project.title, count(task.id), count(done.task_id)
    FROM project
    LEFT JOIN task ON task.project_id = project.id
    LEFT JOIN (SELECT DISTINCT task_id FROM task_completion WHERE NOT was_cancelled) AS done ON done.task_id = task.id
    GROUP BY project.id ORDER BY project.id
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """A project on a server: how many tasks it has, and how many with an annotation that was not skipped."""

    project_id: int
    title: str
    n_tasks: int
    n_annotated: int


def template(program: Program, say: Say) -> Path:
    """Return the migrated data directory without users of this version, made once (about a minute) in the cache."""
    made = cache_folder() / f"label-studio-template-{program.version}"
    if made.is_dir():
        return made
    with disk(str(made)):
        made.parent.mkdir(parents=True, exist_ok=True)
        with locked(made.with_name(f"{made.name}.lock"), say) as lock:
            if not made.is_dir():
                say("preparing Label Studio's database (once; about 1 minute)")
                making = made.with_name(f"{made.name}.making")
                shutil.rmtree(making, ignore_errors=True)
                making.mkdir()
                _migrate(program, making, lock)
                making.rename(made)
    return made


def copy_template(made: Path, data: Path) -> None:
    """Make a data directory from the template, whole or not at all; its keys are its own."""
    making = data.with_name(f"{data.name}.making")
    with disk(str(data)):
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        for path in sorted(made.rglob("*")):  # copytree would hide a full disk in a list of texts
            copy = making / path.relative_to(made)
            if path.is_dir():
                copy.mkdir()
            elif path.name != _KEY_FILE:
                shutil.copyfile(path, copy)
        making.rename(data)


def check_version(place: Place, made: Path, program: Program, version: str | None) -> None:
    """Refuse data whose tables are those of another Label Studio: ``studio-data-version``."""
    have, need = _migrations(place.data / DATABASE, place.where), _migrations(made / DATABASE, str(made))
    if have == need:
        return
    other = f"Label Studio {version}" if version and version != program.version else "another Label Studio"
    what = (
        f"the data were made by {other}, and this one is {program.version} "
        f"({len(have - need)} of its table changes are unknown here, {len(need - have)} are missing)."
    )
    remedy = (
        f"Set {BINARY_VARIABLE} to the program that made them, pull the annotations, then move this folder away "
        "and run ukrcorpus studio up again."
    )
    raise CorpusError("studio-data-version", what, where=f"{place.where}/data", remedy=remedy)


def read_counts(place: Place) -> tuple[Counts, ...]:
    """Return the projects of a server, up or down, as its database has them; without data there are none."""
    database = place.data / DATABASE
    if not database.is_file():
        return ()
    return tuple(Counts(*row) for row in _query(database, _COUNTS, place.where))


def _migrate(program: Program, folder: Path, lock: int) -> None:
    """Let Label Studio make and migrate its database; the lock lives as long as it works."""
    done = subprocess.run(  # noqa: S603 - the program that the user chose
        [program.binary, "version"],
        env=quiet_environment(folder, folder.parent / "label-studio-home"),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        pass_fds=(lock,),
    )
    if done.returncode != 0 or not (folder / DATABASE).is_file():
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        full = any("No space left" in line or "disk is full" in line for line in said)
        what = "no space is left on the disk." if full else f"it could not make its database: {(said or ['?'])[-1]}"
        rule = "disk-full" if full else "studio-template"
        raise CorpusError(rule, what, where=str(folder), remedy="Mend that and run the command again.")


def _migrations(database: Path, where: str) -> frozenset[tuple[str, str]]:
    return frozenset((str(row[0]), str(row[1])) for row in _query(database, _MIGRATIONS, where))


def _query(database: Path, query: str, where: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query; the database is opened for reading only, while its server may write."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise CorpusError(
            "studio-data",
            f"Label Studio's database cannot be read: {error}.",
            where=f"{where}/data/{database.name}",
            remedy="Restore the folder from a backup, or move it away and run ukrcorpus studio up again.",
        ) from error
