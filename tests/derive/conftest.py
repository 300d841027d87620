"""A tiny release in the shape of the shipped schema, and its numbers."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from derive.tiny import filled, parts, rows
from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.core.tables import n_bytes, sha256, write_table
from ukrcorpus.derive.numbers import AgreementFigure, FileNumbers, ReleaseNumbers, SplitNumbers, TableNumbers, data_file
from ukrcorpus.derive.profile import Days, MachineShare, Profile, Size, StanceCell
from ukrcorpus.schema.model import Schema, Table
from ukrcorpus.schema.read import read_schema

os.environ["HF_HUB_OFFLINE"] = "1"
SHIPPED = Path(__file__).parents[2] / "schema"


@pytest.fixture(scope="session")
def schema() -> Schema:
    return read_schema(SHIPPED)


@pytest.fixture(scope="session")
def info() -> CorpusInfo:
    return CorpusInfo(
        name="tiny",
        version="1.2.3",
        release_date=date(2026, 11, 22),
        title="tiny: two articles",
        description="Two invented articles.",
        authors=("A. Author", "B. Author"),
        licence="CC-BY-4.0",
        contact="the issue tracker",
    )


@pytest.fixture(scope="session")
def release(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the tables where a release has them."""
    folder = tmp_path_factory.mktemp("release") / "tiny-1.2.3"
    for table in schema.tables:
        for split, part in parts(schema, table):
            write_table(folder / data_file(table.name, split, 0, 1), part)
    return folder


@pytest.fixture(scope="session")
def numbers(schema: Schema, release: Path) -> ReleaseNumbers:
    """Return the numbers of a release whose texts and labels a model wrote."""
    return ReleaseNumbers(
        tables=tuple(_numbers(schema, table, release) for table in schema.tables),
        default_config="statements",
        n_articles=2,
        n_machine_written=2,
        languages=(("no", 1), ("uk", 1)),
        genres=(("news_report", 2),),
        licences=(("CC0-1.0", 2),),
        annotator_kinds=(("model", 2),),
        labels=(("claims.type", (("position", 2), ("fact", 1))),),
        agreement=(AgreementFigure("claim", "overlap F1", 0.8125, 3), AgreementFigure("polarity", "alpha", None, 0)),
        examples=tuple(rows(schema, schema.table("statements"))[:2]),
        profile=_profile(schema),
    )


@pytest.fixture(scope="session")
def by_people(numbers: ReleaseNumbers) -> ReleaseNumbers:
    """Return the numbers of a release that people wrote and labelled."""
    return replace(
        numbers, n_machine_written=0, licences=(("GFDL-1.3", 2),), annotator_kinds=(("human", 2), ("model", 1))
    )


def _profile(schema: Schema) -> Profile:
    issue, holder = schema.issues[0].issue, schema.actors[0].id
    return Profile(
        size=Size(n_chars=1200, n_words=200, n_sentences=12),
        fetched=(date(2026, 1, 2), date(2026, 2, 3)),
        published=Days(None, None, 0, 2, ()),
        stated=Days(date(2025, 3, 2), date(2025, 5, 9), 3, 1, (("2025-03", 2), ("2025-05", 1))),
        machine=(MachineShare("articles: texts", 2, 2, 0), MachineShare("claims", 3, 2, 1)),
        annotators=(("model", 2),),
        rounds=(("2", 2),),
        n_curated=1,
        n_publishers=1,
        n_withdrawn=0,
        claims_by_issue=((issue, 3),),
        holders=((holder, 3),),
        issues=((issue, 3),),
        stances=(StanceCell(holder, issue, 1, 0, 2),),
    )


def _numbers(schema: Schema, table: Table, release: Path) -> TableNumbers:
    splits = []
    for split, part in parts(schema, table):
        path = data_file(table.name, split, 0, 1)
        data = (release / path).read_bytes()
        splits.append(SplitNumbers(split, (FileNumbers(path, sha256(data), part.num_rows, n_bytes(part), len(data)),)))
    return TableNumbers(table.name, logical_hash(filled(schema, table), table.key), tuple(splits))
