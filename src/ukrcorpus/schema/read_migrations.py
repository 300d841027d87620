"""``schema/migrations/``: a chain of small files that ends at the scheme's present version.

A label's old name must be gone and its new one there: in the present scheme, or as the old name of a later migration.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.schema.changes import ACTOR, ATTRIBUTE, ISSUE, Change, ChangeKind, Migration
from ukrcorpus.schema.fields import Fields, each, formed, known, once, read_file

FOLDER: Final = "migrations"
_NAME: Final = r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*"
_VERSION: Final = r"\d+\.\d+\.\d+"
# How many old and new labels each kind takes: at least, and at most (None: any number).
_OLD: Final[Mapping[ChangeKind, tuple[int, int | None]]] = {
    ChangeKind.RENAME: (1, 1),
    ChangeKind.MERGE: (1, None),
    ChangeKind.SPLIT: (1, 1),
    ChangeKind.RETIRE: (1, None),
}
_NEW: Final[Mapping[ChangeKind, tuple[int, int | None]]] = {
    ChangeKind.RENAME: (1, 1),
    ChangeKind.MERGE: (1, 1),
    ChangeKind.SPLIT: (2, None),
    ChangeKind.RETIRE: (0, 0),
}
_OF_QUESTIONS: Final = (ChangeKind.RENAME, ChangeKind.RETIRE)

Labels = Mapping[str, Sequence[str]]  # by what they are of: issue, actor, attribute, or a vocabulary


def read_migrations(folder: Path, scheme_version: str, labels: Labels) -> tuple[Migration, ...]:
    """Return the chain in order; ``labels`` are those of the present scheme. A slip raises ``CorpusError``."""
    paths = sorted((folder / FOLDER).glob("*.toml"))
    files = [_file(path, f"{folder.name}/{FOLDER}/{path.name}", labels) for path in paths]
    once(((one.migration.since, f"{one.where}: from") for one in files), "version to migrate from")
    once(((one.migration.to, f"{one.where}: to") for one in files), "version to migrate to")
    _check_chain(files, scheme_version)
    _check_labels(files, labels)
    return tuple(one.migration for one in files)


@dataclass(frozen=True, slots=True)
class _File:
    migration: Migration
    where: str


def _file(path: Path, where: str, labels: Labels) -> _File:
    formed(path.stem, _NAME, "a number of four digits and a name, such as 0001-split-truce.toml", where)
    fields = read_file(path, where)
    migration = Migration(
        name=path.stem,
        since=formed(fields.text("from"), _VERSION, "MAJOR.MINOR.PATCH", fields.at("from")),
        to=formed(fields.text("to"), _VERSION, "MAJOR.MINOR.PATCH", fields.at("to")),
        reason=fields.text("reason"),
        changes=each(fields.maybe_tables("changes", "old"), lambda change: _change(change, labels)),
    )
    fields.done()
    if _parts(migration.to) <= _parts(migration.since):
        what = f"'{migration.to}' is not after '{migration.since}'."
        raise CorpusError(
            "migration-order", what, where=fields.at("to"), remedy="A migration leads to a newer version."
        )
    return _File(migration, where)


def _change(fields: Fields, labels: Labels) -> Change:
    change = Change(
        kind=fields.choice("kind", ChangeKind),
        of=known(fields.text("of"), labels, "the vocabulary", fields.at("of")),
        old=_texts(fields, "old"),
        new=_texts(fields, "new"),
    )
    for key, given, (least, most) in (("old", change.old, _OLD[change.kind]), ("new", change.new, _NEW[change.kind])):
        if len(set(given)) < least or (most is not None and len(given) > most):
            expected = f"{'exactly' if least == most else 'at least'} {least}"
            what = f"{len(given)} labels under '{key}' of a {change.kind}, {expected} expected."
            raise CorpusError("migration-change", what, where=fields.at(key), remedy="Mend the change.")
    if change.of == ATTRIBUTE and change.kind not in _OF_QUESTIONS:
        what, remedy = f"a question cannot be changed by {change.kind}.", "Rename or retire it."
        raise CorpusError("migration-change", what, where=fields.at("kind"), remedy=remedy)
    return change


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    """Take one text or a list of them; absent means that there are none."""
    return (fields.text(key),) if isinstance(fields.rest.get(key), str) else fields.maybe_texts(key)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _check_chain(files: Sequence[_File], scheme_version: str) -> None:
    """Refuse a gap, and a chain that ends before or after the present version."""
    for before, after in pairwise(files):
        if after.migration.since != before.migration.to:
            what = (
                f"it starts at '{after.migration.since}', and {before.migration.name} ends at '{before.migration.to}'."
            )
            remedy = "Add the migration between them (one without changes if no label changed), or mend 'from'."
            raise CorpusError("migration-gap", what, where=f"{after.where}: from", remedy=remedy)
    if files and files[-1].migration.to != scheme_version:
        what = f"the last migration ends at '{files[-1].migration.to}', and the scheme is '{scheme_version}'."
        remedy = "Set scheme_version in schema/scheme.toml to the same, or add the migration that is missing."
        raise CorpusError("migration-end", what, where=f"{files[-1].where}: to", remedy=remedy)


def _check_labels(files: Sequence[_File], labels: Labels) -> None:
    """Walk back from the present labels: what a migration leads to must be there, and what it leaves must be gone."""
    there = {of: set(own) for of, own in labels.items()}
    for file in reversed(files):
        before = {of: set(own) for of, own in there.items()}
        for change, where in _numbered(file):
            now = there[change.of]
            for label in change.new:
                if label not in now:
                    remedy = f"{near(label, now)} Add it to schema/ or mend the migration."
                    raise CorpusError(
                        "migration-label", f"the {change.of} '{label}' does not exist.", where=where, remedy=remedy
                    )
            for label in change.old:
                if label in now and label not in change.new:
                    what = f"the {change.of} '{label}' is still there in {file.migration.to}."
                    raise CorpusError(
                        "migration-label", what, where=where, remedy="Remove it from schema/, or from the migration."
                    )
            if change.kind is ChangeKind.RENAME:
                before[change.of] -= set(change.new)
            before[change.of] |= set(change.old)
        there = before
    for file in files:
        once(_olds(file), "label to be changed")


def _olds(file: _File) -> Iterator[tuple[str, str]]:
    for change, where in _numbered(file):
        for label in change.old:
            yield f"{change.of} {label}", where


def _numbered(file: _File) -> Iterator[tuple[Change, str]]:
    for number, change in enumerate(file.migration.changes, 1):
        yield change, f"{file.where}: changes #{number} ({', '.join(change.old)})"


def labels_of(attributes: Sequence[str], vocabularies: Labels, issues: Sequence[str], actors: Sequence[str]) -> Labels:
    """Return the labels of a scheme as migrations name them."""
    return {**vocabularies, ISSUE: issues, ACTOR: actors, ATTRIBUTE: attributes}
