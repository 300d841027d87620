"""A build from a stale state is the build from nothing, byte for byte, whatever was edited and in whatever order."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parted import make_shards, make_small
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table, sha256
from ukrcorpus.derive.outputs import write
from ukrcorpus.release.build import build
from ukrcorpus.release.correct import Correction, correct
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

EDITS = int(os.environ.get("UKRCORPUS_EDITS", "3"))  # set it to 40 for the whole trial
TEXT = "Talks number {n} go on\n\nThe envoys met for the {n}th time, and nobody in the room would speak of terms.\n"


def an_article_comes(project: Project, draw: random.Random) -> None:
    number = draw.randrange(10**6)
    file = project.root.parent / f"more-{number}.txt"
    file.write_text(TEXT.format(n=number), encoding="utf-8")
    ingest(project, [file], IngestOptions(article_id=f"more-{number}", licence="CC0-1.0"))


def an_article_changes(project: Project, draw: random.Random) -> None:
    lines = [json.loads(line) for line in project.manifest.read_text(encoding="utf-8").splitlines()]
    line = draw.choice([one for one in lines if one["article_id"] not in ("talks", "spun")])
    file = project.raw / line["file"]
    file.write_bytes(file.read_bytes() + f"\nA last line, number {draw.random()}, came later.\n".encode())
    line["sha256"] = line["source_sha256"] = sha256(file.read_bytes())
    write_lines(project, lines)


def an_article_goes(project: Project, draw: random.Random) -> None:
    lines = [json.loads(line) for line in project.manifest.read_text(encoding="utf-8").splitlines()]
    more = [one for one in lines if one["article_id"].startswith("more-")]
    if more:
        gone = draw.choice(more)
        (project.raw / gone["file"]).unlink()
        write_lines(project, [one for one in lines if one is not gone])


def an_actor_comes(project: Project, draw: random.Random) -> None:
    number = draw.randrange(10**6)
    with (project.schema / "actors.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[actors]]\nid = "gov:r{number}"\nname = "Ruritania {number}"\ntype = "state"\nnames = []\n')
    write(project, read_schema(project.schema))


def a_label_is_decided(project: Project, draw: random.Random) -> None:
    build(project)
    rows = read_table(project.table("corpus", "statements")).to_pylist()
    row = draw.choice([one for one in rows if one["polarity"]])
    polarity = str(-row["polarity"])
    correct(
        project,
        read_schema(project.schema),
        Correction(row["statement_id"], {"polarity": polarity}, "It says the opposite.", "curator-c"),
    )


def an_article_is_corrected(project: Project, draw: random.Random) -> None:
    entry = {"article_id": "closed", "find": "in the east", "replace": f"in the east{'!' * draw.randint(1, 9)}"}
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in entry.items())
    text = f'format = 1\n\n[[corrections]]\n{text}occurrence = 1\nreason = "A slip."\n'
    (project.raw / "corrections.toml").write_text(text, encoding="utf-8")


def the_corpus_is_described_anew(project: Project, draw: random.Random) -> None:
    path = project.root / "corpus.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("contact")]
    path.write_text("\n".join([f'contact = "desk-{draw.random()}@example.org"', *kept]) + "\n", encoding="utf-8")


KINDS: tuple[Callable[[Project, random.Random], None], ...] = (
    *(an_article_comes, an_article_changes, an_article_goes),
    *(an_actor_comes, a_label_is_decided, an_article_is_corrected, the_corpus_is_described_anew),
)


def write_lines(project: Project, lines: list[dict[str, object]]) -> None:
    text = "".join(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n" for line in lines)
    project.manifest.write_text(text, encoding="utf-8")


def test_builds_after_random_edits_are_builds_from_nothing(
    annotated_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch)
    make_shards(monkeypatch, 2)
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "edited"))
    draw = random.Random(11)  # noqa: S311 - the same edits each time
    done = []
    for number in range(EDITS):
        for _ in range(draw.randint(1, 2)):
            edit = draw.choice(KINDS)
            edit(project, draw)
            done.append(edit.__name__)
        assert made(project) == made(from_nothing(project, tmp_path / f"fresh-{number}")), done


def from_nothing(project: Project, place: Path) -> Project:
    return Project(shutil.copytree(project.root, place, ignore=shutil.ignore_patterns("build", "dist")))


def made(project: Project) -> dict[str, str]:
    done = build(project)
    assert done.folder, done.report and done.report.as_text()
    found = hashes(project.root, [project.build, project.dist])
    return {name: digest for name, digest in found.items() if not name.startswith("build/ingest/")}
