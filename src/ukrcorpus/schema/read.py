"""A schema folder as frozen values, or an error with file, key and remedy."""

from pathlib import Path

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields, known, read_file
from ukrcorpus.schema.model import Schema, Table
from ukrcorpus.schema.read_actors import read_actors
from ukrcorpus.schema.read_issues import read_issues
from ukrcorpus.schema.read_migrations import labels_of, read_migrations
from ukrcorpus.schema.read_repairs import read_repairs
from ukrcorpus.schema.read_scheme import Scheme, read_scheme
from ukrcorpus.schema.read_tables import read_tables


def read_schema(folder: Path) -> Schema:
    """Return the schema; the first slip in its files raises ``CorpusError`` (rules ``schema-*``)."""
    scheme = read_scheme(_file(folder, "scheme.toml"))
    codebook = read_issues(_file(folder, "issues.toml"))
    vocabularies = scheme.vocabularies + codebook.vocabularies()
    kinds = next((one.names for one in vocabularies if one.name == "name_kind"), ())
    actors = read_actors(_file(folder, "actors.toml"), kinds)
    repairs = read_repairs(_file(folder, "repairs.toml"))
    files = {path.stem: _file(folder, f"tables/{path.name}") for path in sorted((folder / "tables").glob("*.toml"))}
    tables = read_tables(files, tuple(vocabulary.name for vocabulary in vocabularies))
    _check_attributes(scheme, tables, f"{folder.name}/scheme.toml")
    labels = labels_of(
        [one.name for one in scheme.attributes],
        {one.name: one.names for one in vocabularies},
        [one.issue for one in codebook.issues],
        [one.id for one in actors],
    )
    return Schema(
        scheme_version=scheme.scheme_version,
        guideline_version=scheme.guideline_version,
        layers=scheme.layers,
        attributes=scheme.attributes,
        vocabularies=vocabularies,
        groups=codebook.groups,
        issues=codebook.issues,
        actors=actors,
        repairs=repairs,
        tables=tables,
        migrations=read_migrations(folder, scheme.scheme_version, labels),
    )


def _file(folder: Path, name: str) -> Fields:
    return read_file(folder / name, f"{folder.name}/{name}")


def _check_attributes(scheme: Scheme, tables: tuple[Table, ...], where: str) -> None:
    """Check that every question has its column in ``annotations``: votes are published as they were given."""
    table = next((table for table in tables if table.name == "annotations"), None)
    if table is None:
        raise CorpusError(
            "schema-file", "no table 'annotations'.", where="tables/annotations.toml", remedy="Restore it."
        )
    for attribute in scheme.attributes:
        known(attribute.name, table.names, "the annotations column", f"{where}: attributes ({attribute.name})")
