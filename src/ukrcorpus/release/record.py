"""``release.json`` and ``SHA256SUMS``: what a release holds and what it was made from."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ukrcorpus.core.logical_hash import LOGICAL_HASH, logical_hash
from ukrcorpus.core.project import FORMAT, CorpusInfo, Project
from ukrcorpus.core.stamps import Hashes, hashes, source_hash, tool_versions
from ukrcorpus.core.tables import sha256, write_json, write_text
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.numbers import TableNumbers
from ukrcorpus.release.data import Holdings
from ukrcorpus.schema.model import Table
from ukrcorpus.sources.published import lines_of_others, published_file

RECORD: Final = "release.json"
SUMS: Final = "SHA256SUMS"
_KEY_FILE: Final = ".key.toml"  # the annotators' pseudonyms: not even its hash leaves the project


def write_record(folder: Path, project: Project, holdings: Holdings, facts: ReleaseFacts) -> None:
    """Write both files; all others of the release must be there."""
    schema, numbers = facts.schema, facts.numbers
    files = _files(folder, numbers.tables)
    record = {
        "format": FORMAT,
        **_about(facts.info),
        "doi": facts.doi,
        "edition": holdings.edition.value,
        "scheme_version": schema.scheme_version,
        "guideline_version": schema.guideline_version,
        "made_with": tool_versions(),
        "code_sha256": source_hash(),
        "logical_hash": LOGICAL_HASH,
        "default_config": numbers.default_config,
        "tables": {one.table: _table(schema.table(one.table), holdings, one) for one in numbers.tables},
        "known_errors": [
            {"about": one.about, "what": one.what, "reported": one.reported.isoformat()} for one in numbers.known_errors
        ],
        "inputs": inputs_of(project),
        "files": {name: {"sha256": digest, "bytes": (folder / name).stat().st_size} for name, digest in files.items()},
    }
    write_json(folder / RECORD, record)
    sums = sorted((files | hashes(folder, [folder / RECORD])).items())
    write_text(folder / SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums))


def _files(folder: Path, tables: Iterable[TableNumbers]) -> Hashes:
    """Return the hashes of all files; those of data files were told when they were written."""
    data = {file.path: file.sha256 for table in tables for split in table.splits for file in split.files}
    return data | hashes(folder, (one for one in folder.iterdir() if one.name != "data"))


def _about(info: CorpusInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "version": info.version,
        "release_date": info.release_date.isoformat(),
        "title": info.title,
        "authors": list(info.authors),
        "licence": info.licence,
    }


def _table(about: Table, holdings: Holdings, written: TableNumbers) -> dict[str, object]:
    table, full = holdings.held[about.name], holdings.full[about.name]
    lacking = {} if table is full else {"full_logical_hash": logical_hash(full, about.key)}
    return lacking | {
        "rows": table.num_rows,
        "logical_hash": logical_hash(table, about.key),
        "key": list(about.key),
        "columns": [
            {"name": one.name, "kind": one.kind.value, "required": one.required, "description": one.description}
            for one in about.columns
        ],
        "splits": {
            split.split: {"rows": split.n_rows, "files": [file.path for file in split.files]}
            for split in written.splits
        },
    }


def inputs_of(project: Project) -> Hashes:
    """Return the hashes of what the release was made from; those of raw articles are in the manifest.

    Of ``published.jsonl`` only other versions count: recording a release must not change it.
    """
    listed = [*sorted(project.raw.glob("*.toml")), project.manifest]
    found = hashes(project.root, [project.root / "corpus.toml", *listed, project.annotations, project.schema])
    found = {name: digest for name, digest in found.items() if not name.endswith(_KEY_FILE)}
    others = lines_of_others(project, project.info().version)
    return found | ({published_file(project).name: sha256(others.encode("utf-8"))} if others else {})
