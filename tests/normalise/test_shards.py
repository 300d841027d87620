"""Only what is stale is made, nothing depends on how the work was cut, and a killed run can go on."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from damaged_parquet import with_other_values
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, hashes
from ukrcorpus.core.tables import read_table, sha256
from ukrcorpus.normalise import makers, parts, shards
from ukrcorpus.normalise.article import RawArticle
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import TABLES, run_normalise
from ukrcorpus.normalise.shards import cut
from ukrcorpus.schema.model import Schema

N = 60


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 4)
    monkeypatch.setattr(shards, "PART", 16)
    monkeypatch.setattr(parts, "WHOLE", 8)


def article(number: int, word: str = "barges") -> Pending:
    article_id = f"a{number:02}"
    source = f"Talks, day {number}\n\nDelegation {number} counted {number * 7} {word} on the river,and left the hall.\n"
    provenance = {"article_id": article_id, "origin": "published", "licence": "CC0-1.0", "text_rights": "full"}
    provenance |= {"raw_file": f"articles/{article_id}.txt", "raw_encoding": "utf-8"}
    raw = RawArticle(provenance | {"raw_sha256": sha256(source.encode())}, source)
    return Pending.of(raw)._replace(stat="as it was")


def articles(n: int = N) -> list[Pending]:
    return [article(number) for number in range(n)]


def made(project: Project) -> Hashes:
    return hashes(project.root, [project.build])


def test_processes_change_no_byte(empty_project: Project, schema: Schema, tmp_path: Path) -> None:
    run_normalise(empty_project, schema, articles())
    other = Project(tmp_path)
    run_normalise(other, schema, articles(), LocalEngine(2))
    assert made(other) == made(empty_project)
    assert len(list(empty_project.table("normalise", "articles").iterdir())) > 1


def test_parts_together_are_the_table(
    empty_project: Project, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_normalise(empty_project, schema, articles())
    monkeypatch.setattr(parts, "WHOLE", N)
    whole = Project(tmp_path)
    run_normalise(whole, schema, articles())
    for name in TABLES:
        table = read_table(empty_project.table("normalise", name))
        assert table.equals(read_table(whole.table("normalise", name)))
        assert pq.read_table(empty_project.table("normalise", name)).equals(table)


def test_nothing_changed_makes_nothing_and_touches_no_file(empty_project: Project, schema: Schema) -> None:
    run_normalise(empty_project, schema, articles())
    before = {path: path.stat().st_mtime_ns for path in empty_project.build.rglob("*.parquet")}
    assert run_normalise(empty_project, schema, articles()).n_new == 0
    assert {path: path.stat().st_mtime_ns for path in empty_project.build.rglob("*.parquet")} == before


def test_one_changed_article_is_one_article_of_work(empty_project: Project, schema: Schema, tmp_path: Path) -> None:
    changed = [*articles()[:30], article(30, "lorries"), *articles()[31:]]
    run_normalise(empty_project, schema, articles())
    before = made(empty_project)
    assert run_normalise(empty_project, schema, changed).n_new == 1
    touched = {path for path, digest in made(empty_project).items() if before.get(path) != digest}
    assert sum("/shards/" in path for path in touched) == 1
    assert sum("/articles.parquet/" in path for path in touched) == 1
    fresh = Project(tmp_path)
    run_normalise(fresh, schema, changed)
    assert made(fresh) == made(empty_project)


@pytest.mark.parametrize("n", [0, 7, N - 1, N + 1])
def test_a_corpus_that_grows_or_shrinks_ends_as_one_made_at_once(
    empty_project: Project, schema: Schema, tmp_path: Path, n: int
) -> None:
    run_normalise(empty_project, schema, articles())
    run_normalise(empty_project, schema, articles(n))
    fresh = Project(tmp_path)
    run_normalise(fresh, schema, articles(n))
    assert made(fresh) == made(empty_project)


def test_a_new_version_of_a_maker_makes_everything_anew(
    empty_project: Project, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_normalise(empty_project, schema, articles(9))
    changed = (*makers.MAKERS[:-1], replace(makers.MAKERS[-1], version=makers.MAKERS[-1].version + 1))
    monkeypatch.setattr(makers, "MAKERS", changed)
    assert run_normalise(empty_project, schema, articles(9)).n_new == 9


def test_other_repairs_make_everything_anew(empty_project: Project, schema: Schema) -> None:
    run_normalise(empty_project, schema, articles(9))
    other = replace(schema, repairs=replace(schema.repairs, digest="another"))
    assert run_normalise(empty_project, other, articles(9)).n_new == 9


def test_an_article_set_aside_stays_so_in_every_later_run(empty_project: Project, schema: Schema) -> None:
    raw = replace(article(9).load(), source="Leave a Comment\n")
    empty = Pending.of(raw)._replace(stat="as it was")
    for _run in range(2):
        report = run_normalise(empty_project, schema, [*articles(9), empty, article(10)])
        assert ([error.rule for error in report.set_aside], report.n_articles) == (["article-empty"], 10)
    assert run_normalise(empty_project, schema, articles(11)).set_aside == ()
    assert (empty_project.quarantine / "normalise.jsonl").read_bytes() == b""


def test_a_table_that_is_gone_is_written_again(empty_project: Project, schema: Schema) -> None:
    run_normalise(empty_project, schema, articles())
    before = made(empty_project)
    next(empty_project.table("normalise", "flags").iterdir()).unlink()
    assert run_normalise(empty_project, schema, articles()).n_new == 0
    assert made(empty_project) == before


def test_without_its_state_a_run_proves_the_shards_and_makes_none(empty_project: Project, schema: Schema) -> None:
    run_normalise(empty_project, schema, articles())
    before = made(empty_project)
    (empty_project.build / "normalise/.state.json").write_text("{", encoding="utf-8")
    assert run_normalise(empty_project, schema, articles()).n_new == 0
    assert made(empty_project) == before


@pytest.mark.parametrize("kept_state", [True, False])
@pytest.mark.parametrize("damage", ["cut", "emptied", "flipped"])
def test_damaged_records_are_made_again(
    empty_project: Project, schema: Schema, tmp_path: Path, damage: str, kept_state: bool
) -> None:
    run_normalise(empty_project, schema, articles())
    before = made(empty_project)
    folder = empty_project.build / "normalise"
    path = min((folder / "shards").glob("*.parquet"))
    data, stat = path.read_bytes(), path.stat()
    flipped = with_other_values(path, tmp_path / "beside.parquet")
    path.write_bytes({"cut": data[: len(data) // 2], "emptied": b"", "flipped": flipped}[damage])
    os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    if not kept_state:
        (folder / ".state.json").unlink()
    shutil.rmtree(folder / "blocks.parquet")
    run_normalise(empty_project, schema, articles())
    assert made(empty_project) == before


@pytest.mark.parametrize("processes", [1, 2])
def test_our_own_mistake_names_the_article(empty_project: Project, schema: Schema, processes: int) -> None:
    broken = Pending("a30", "", None, partial(int, "no number"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no number") as caught:
        run_normalise(empty_project, schema, [*articles(30), broken], LocalEngine(processes))
    assert "while normalising article a30" in caught.value.__notes__


def test_a_killed_worker_stops_the_run_and_keeps_the_finished_shards(empty_project: Project, schema: Schema) -> None:
    deadly = Pending("a59", "", None, partial(signal.raise_signal, signal.SIGKILL))  # type: ignore[arg-type]
    with pytest.raises(CorpusError) as caught:
        run_normalise(empty_project, schema, [*articles(59), deadly], LocalEngine(2))
    assert caught.value.rule == "worker-died"
    assert 0 < run_normalise(empty_project, schema, articles()).n_new < N


_KILLED = """
import os, signal, sys
from multiprocessing import active_children
from pathlib import Path
sys.path[:0] = {tests!r}
import test_shards as t
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema

done = 0
def stop(n, *, made):
    global done
    done += 1
    if done == 4:
        print(*(child.pid for child in active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    t.shards.SHARD, t.shards.PART, t.parts.WHOLE = 4, 16, 8
    project = Project(Path({root!r}))
    changed = [t.article(number, "lorries") for number in range(t.N)]
    t.run_normalise(project, read_schema(Path({schema!r})), changed, LocalEngine(2), stop)
"""


def test_a_killed_run_leaves_the_last_tables_whole_and_the_next_one_goes_on(
    empty_project: Project, schema: Schema, tmp_path: Path
) -> None:
    run_normalise(empty_project, schema, articles())
    tables = [empty_project.table("normalise", name) for name in TABLES]
    before = hashes(empty_project.root, tables)
    here = Path(__file__)
    tests = [str(here.parent), str(here.parents[1])]
    names = {"tests": tests, "root": str(empty_project.root), "schema": str(here.parents[2] / "schema")}
    script = tmp_path / "killed.py"
    script.write_text(_KILLED.format(**names), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert hashes(empty_project.root, tables) == before
    assert _ended(int(pid) for pid in done.stdout.split())
    changed = [article(number, "lorries") for number in range(N)]
    assert 0 < run_normalise(empty_project, schema, changed).n_new < N
    fresh = Project(tmp_path / "fresh")
    run_normalise(fresh, schema, changed)
    assert made(fresh) == made(empty_project)


def _ended(pids: "object") -> bool:
    """Wait for orphans to notice that they are; a process that has ended cannot be told anything."""
    left = set(pids)  # type: ignore[call-overload]
    for _turn in range(300):
        left = {pid for pid in left if _is_alive(pid)}
        if not left:
            return True
        time.sleep(0.1)
    return False


def _is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_run_killed_while_it_puts_tables_into_place_is_finished_by_the_next(
    empty_project: Project, schema: Schema
) -> None:
    run_normalise(empty_project, schema, articles())
    before = made(empty_project)
    folder = empty_project.build / "normalise"
    names = sorted(path.relative_to(folder).as_posix() for path in (folder / "blocks.parquet").iterdir())
    for name in names:
        (folder / ".next" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).rename(folder / ".next" / name)
    (folder / ".next/commit.json").write_text(json.dumps({"put": names, "gone": []}), encoding="utf-8")
    run_normalise(empty_project, schema, articles())
    assert made(empty_project) == before
    assert not (folder / ".next").exists()


def test_one_article_more_moves_no_other_shard() -> None:
    names = [[one.article_id for one in shard.pending] for shard in cut(articles())]
    fewer = [[one.article_id for one in shard.pending] for shard in cut([*articles()[:30], *articles()[31:]])]
    assert sum(own not in names for own in fewer) <= 2
    assert len(names) > 5


def test_articles_out_of_order_are_our_mistake(empty_project: Project, schema: Schema) -> None:
    with pytest.raises(AssertionError, match="a01 comes after a02"):
        run_normalise(empty_project, schema, [article(2), article(1)])


def test_processes_do_all_the_work_that_comes_until_the_engine_is_left() -> None:
    with LocalEngine(2) as engine:
        pids = [set(engine(_pid, range(6))) for _call in range(2)]
    assert len(pids[0] | pids[1]) <= 2
    assert os.getpid() not in pids[0] | pids[1]
    assert _ended(pids[0] | pids[1])


def _pid(_: int) -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each worker loads the models itself")
def test_what_workers_are_forked_from_has_loaded_the_models() -> None:
    code = (
        "import sys, ukrcorpus.normalise.engines.warm; from ukrcorpus.normalise import language;"
        "print(language._identifier.cache_info().currsize, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 True\n"


def test_there_are_as_many_processes_as_this_one_may_use() -> None:
    assert LocalEngine().processes == len(os.sched_getaffinity(0))
