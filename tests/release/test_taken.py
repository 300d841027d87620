"""A published number keeps its rows: `build`, `release record` and `release version` know what was published."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build
from ukrcorpus.release.correct import Correction, correct
from ukrcorpus.release.next_version import next_version
from ukrcorpus.release.publishing.recorded import check_recorded, record_release
from ukrcorpus.release.verify.run import verify_at
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.published import published_file
from ukrcorpus.sources.released import read_released, released_file

STALE = "What the stage annotate reads changed since build/corpus/ was made"


@pytest.fixture(scope="module")
def recorded(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The annotated articles, built, recorded as published, and built again; to be copied and not written in."""
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("taken") / "small"))
    folder = build(project).folder
    assert folder
    made = hashes(folder, [folder])
    assert record_release(project).is_new
    assert build(project).folder == folder
    assert hashes(folder, [folder]) == made
    return project


@pytest.fixture
def project(recorded: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(recorded.root, tmp_path / "small"))


def mend(project: Project, schema: Schema) -> None:
    rows = read_table(project.table("corpus", "statements_all")).to_pylist()
    one = next(row for row in rows if (row["holder_id"], row["issue"]) == ("gov:tr", "limited_truce"))
    correct(project, schema, Correction(one["statement_id"], {"polarity": "1"}, "It asks.", "curator-c"))


def raise_version(project: Project, version: str) -> None:
    toml = project.root / "corpus.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"0.1.0"', f'"{version}"'), encoding="utf-8")


def test_a_build_does_not_put_other_rows_under_a_published_number(project: Project, schema: Schema) -> None:
    mend(project, schema)
    before = hashes(project.root, [project.dist])
    for edition in Edition:
        with pytest.raises(
            CorpusError, match=r"0\.1\.0 was published on .* with other rows, says releases\.jsonl"
        ) as bad:
            build(project, edition)
        assert bad.value.rule == "version-published"
    assert hashes(project.root, [project.dist]) == before
    told = next_version(project, None)
    assert told.startswith("0.2.0 at least, a major step from 0.1.0")
    assert told.endswith("corpus.toml says 0.1.0.\n0.1.0 is published.")
    raise_version(project, "0.2.0")
    assert build(project).folder == project.dist / "project-0.2.0"
    assert next_version(project, None).endswith("corpus.toml says 0.2.0.")


def test_the_same_rows_are_built_again_from_nothing_and_as_the_other_edition(project: Project) -> None:
    before = hashes(project.root, [project.dist])
    shutil.rmtree(project.build)
    shutil.rmtree(project.dist)
    assert build(project).folder
    assert hashes(project.root, [project.dist]) == before
    free = build(project, Edition.TEXT_FREE).folder
    assert not record_release(project, free).is_new
    shutil.rmtree(project.dist / "project-0.1.0")
    assert next_version(project, None).startswith("0.1.1 at least, a patch step from 0.1.0")
    assert [one.version for one in read_released(project).values()] == ["0.1.0"]


def test_stale_tables_are_named_until_they_are_built(project: Project, schema: Schema) -> None:
    assert STALE not in next_version(project, None)
    before = hashes(project.root, [project.root])
    next_version(project, None)
    assert hashes(project.root, [project.root]) == before
    mend(project, schema)
    assert STALE in next_version(project, None)
    raise_version(project, "0.2.0")
    assert build(project).folder
    assert STALE not in next_version(project, None)


def test_a_published_release_that_is_away_is_asked_for(project: Project) -> None:
    shutil.rmtree(project.dist)
    assert next_version(project, None).endswith(
        "0.1.0 is published; its release is not in dist/: name a copy with --against."
    )


def test_a_rebuild_says_which_rows_differ_from_the_published_ones(project: Project, schema: Schema) -> None:
    released_file(project).unlink()  # nobody may have recorded its rows yet
    assert verify_at(str(project.dist / "project-0.1.0"), project).n_errors == 0
    mend(project, schema)
    rules = {one.rule for one in verify_at(str(project.dist / "project-0.1.0"), project).findings}
    assert {"rebuild-inputs", "rebuild-rows"} <= rules
    assert "rebuild-stopped" not in rules


def test_a_number_is_not_recorded_with_other_rows(project: Project, schema: Schema) -> None:
    line = released_file(project).read_bytes()
    for file in (released_file(project), published_file(project)):
        file.unlink()
    mend(project, schema)
    other = build(project).folder
    released_file(project).write_bytes(line)
    with pytest.raises(CorpusError, match=r"\[record-rows\]"):
        record_release(project, other)


def test_a_number_that_was_published_before_rows_were_recorded_asks_for_its_record(
    project: Project, schema: Schema
) -> None:
    copy = Path(shutil.copytree(project.dist / "project-0.1.0", project.root.with_name("copy")))
    released_file(project).unlink()
    mend(project, schema)
    with pytest.raises(CorpusError, match=r"0\.1\.0 was published, .* and releases\.jsonl does not say with") as bad:
        build(project)
    assert bad.value.rule == "version-unrecorded"
    with pytest.raises(CorpusError, match=r"0\.1\.0 is not recorded: releases\.jsonl has no line for it\.") as missing:
        check_recorded(project, copy)
    assert missing.value.rule == "record-missing"
    assert record_release(project, copy).is_new
    assert check_recorded(project, copy).startswith("0.1.0 is recorded: its rows in releases.jsonl, its 3 articles")
    with pytest.raises(CorpusError, match=r"\[version-published\]"):
        build(project)
    lines = published_file(project).read_text(encoding="utf-8").splitlines(keepends=True)
    published_file(project).write_text("".join(lines[1:]), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"not recorded: published\.jsonl lacks 1 of its 3 articles\."):
        check_recorded(project, copy)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda line: line.replace('"0.1.0"', '"one"'), "version is 'one'"),
        (lambda line: line.replace('"format": 1', '"format": 2'), "format is 2"),
        (lambda line: line * 2, "the version '0.1.0' a second time"),
        (
            lambda line: re.sub(r'"released_on": "[^"]+"', '"released_on": "2026-13-01"', line),
            "released_on is '2026-13-01'",
        ),
    ],
)
def test_a_line_that_is_none_is_refused(project: Project, changed: Callable[[str], str], said: str) -> None:
    file = released_file(project)
    file.write_text(changed(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"{said}.*\[released-line\]"):
        build(project, Edition.TEXT_FREE)
