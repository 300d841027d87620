"""A release folder, written beside its place and renamed: a killed build leaves the last good one whole."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from ukrcorpus.annotate.run import read_conflicts
from ukrcorpus.core.folders import atomic_folder
from ukrcorpus.core.project import CorpusInfo, Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.core.tables import write_json, write_table, write_text
from ukrcorpus.derive.documents.card_splits import SPLITS
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.papers import documents
from ukrcorpus.policy.rights import Edition
from ukrcorpus.policy.splits.tables import certificate
from ukrcorpus.release.conflicts import count_conflicts
from ukrcorpus.release.data import Holdings, write_data
from ukrcorpus.release.definition import Definition
from ukrcorpus.release.earlier import Earlier
from ukrcorpus.release.known_errors import read_known_errors
from ukrcorpus.release.numbers import examples, release_numbers
from ukrcorpus.release.origins import Origins
from ukrcorpus.release.record import write_record
from ukrcorpus.release.text_free.leaks import LeakError, find_leaks
from ukrcorpus.release.text_free.proofs import PROOFS, proofs_of
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.splitting import read_splitting


def release_folder(project: Project, edition: Edition = Edition.FULL) -> Path:
    """Return where the release of the corpus's current version lies."""
    info = project.info()
    suffix = "" if edition is Edition.FULL else f"-{edition}"
    return project.dist / f"{info.name}-{info.version}{suffix}"


def write_release(  # noqa: PLR0913 - what, of what, and what is there already
    project: Project,
    schema: Schema,
    tables: Mapping[str, pa.Table],
    edition: Edition = Edition.FULL,
    doi: str | None = None,
    *,
    known: Known | None = None,
) -> Path:
    """Write an edition to ``dist/<name>-<version>[-text-free]/`` and return the folder; ``tables`` are the full ones.

    ``known`` tells the hashes of ``build/corpus/`` where the tables were read from there: data files that releases in
    ``dist/`` have of the same rows are copied then.

    Raises ``LeakError`` where the text-free edition would hold protected characters, and writes nothing then.
    """
    place = release_folder(project, edition)
    earlier = Earlier(project, Origins(project, known, edition, tables["articles"])) if known else None
    with atomic_folder(place) as beside:
        _fill(beside, project, schema, replace(Holdings.of(schema, tables, edition), earlier=earlier), doi)
        if edition is Edition.TEXT_FREE:
            _prove(beside, schema, tables)
    if earlier:
        earlier.keep(place)
    return place


def _prove(beside: Path, schema: Schema, tables: Mapping[str, pa.Table]) -> None:
    leaks = find_leaks(beside, schema, tables)
    if leaks:
        raise LeakError(leaks)


def _fill(folder: Path, project: Project, schema: Schema, holdings: Holdings, doi: str | None) -> None:
    info, definition = project.info(), Definition.of(project, schema)
    schema = definition.schema
    written = write_data(folder, schema, holdings.held, holdings.earlier)
    conflicts = count_conflicts(read_conflicts(project), holdings.full)
    counted = release_numbers(schema, holdings.full, written, conflicts, holdings.edition)
    splits = certificate(holdings.full, read_splitting(project, schema.issues)).as_json()
    numbers = replace(counted, known_errors=read_known_errors(project, holdings.full), splits=splits)
    if definition.names:
        numbers = replace(numbers, examples=tuple(examples(definition.unnamed(holdings.full), shareable=True)))
    facts = ReleaseFacts(schema, info, numbers, doi or info.doi)
    for path, text in documents(facts):
        write_text(folder / path, text)
    write_json(folder / SPLITS, splits)
    write_text(folder / "CHANGELOG.md", _changelog(project, info))
    definition.copy(project, folder / "schema")
    if holdings.edition is Edition.TEXT_FREE:
        write_table(folder / PROOFS, proofs_of(schema, holdings.full))
    definition.check(folder)
    write_record(folder, project, holdings, facts)


def _changelog(project: Project, info: CorpusInfo) -> str:
    own = project.root / "CHANGELOG.md"
    return own.read_text(encoding="utf-8") if own.is_file() else f"# Changelog of {info.name}\n\n## {info.version}\n"
