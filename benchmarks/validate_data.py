"""A valid corpus of any size for `validate.py`: the sample corpus again and again, under new ids.

    python benchmarks/validate_data.py N_CLAIMS DIR

The copies are `published`, so that the rules on samples have nothing to ask; texts, spans, votes and the share of each
table are those of the sample: 56 claims, 81 mentions and 275 annotations an article.
"""

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl

from ukrcorpus.annotate.adjudication.ids import NAME
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Stamp, hashes
from ukrcorpus.core.tables import read_table, write_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.release.stages import stamp_file
from ukrcorpus.schema.model import Kind, Schema, Table
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.validate.evidence import STAGE

ROOT = Path(__file__).parents[1]
REGISTRY = ("actors", "actor_names", "actor_roles", "issues")
PUBLISHER = "Example Gazette"


def write_corpus(folder: Path, n_claims: int) -> Project:
    """Write a project with at least so many claims; the sample must have been built."""
    sample = Project.open(ROOT)
    for name in ("schema", "annotations", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "corpus.toml", folder)
    project, schema = Project.open(folder), read_schema(folder / "schema")
    copies = -(-n_claims // read_table(sample.table(STAGE, "claims"), ["claim_id"]).num_rows)
    for table in schema.tables:
        frame = pl.from_arrow(read_table(sample.table(STAGE, table.name)))
        assert isinstance(frame, pl.DataFrame)
        many = frame if table.name in REGISTRY else _copies(frame, table, schema, copies)
        write_table(project.table(STAGE, table.name), many.to_arrow().cast(arrow_schema(table)))
    _write_raw(sample, project, copies)
    _write_ids(project, copies)
    Stamp(stamp_file(project, STAGE), {}).set(hashes(project.root, [project.build / STAGE]))  # as a build leaves it
    return project


def _copies(frame: pl.DataFrame, table: Table, schema: Schema, copies: int) -> pl.DataFrame:
    own = _own_ids(table, schema)
    if "origin" in frame.columns and "publisher" in frame.columns:
        frame = frame.with_columns(origin=pl.lit("published"), publisher=pl.lit(PUBLISHER))
    return pl.concat([_copy(frame, own, n) for n in range(copies)]).sort(table.key)


def _own_ids(table: Table, schema: Schema) -> list[str]:
    """Return the columns whose ids differ from copy to copy: all but those of the registry."""
    first = schema.table(table.name).key[0]
    referring = {c.name for c in table.columns if c.references and c.references.split(".")[0] not in REGISTRY}
    return sorted(referring | ({first} if table.column(first).kind is Kind.ID else set()) | _clusters(table))


def _clusters(table: Table) -> set[str]:
    return {"duplicate_cluster"} & set(table.names)


def _copy(frame: pl.DataFrame, own: list[str], n: int) -> pl.DataFrame:
    def renamed(expr: pl.Expr) -> pl.Expr:
        return expr.str.strip_prefix("sample-") + f"-{n}"

    lists = [name for name in own if frame.schema[name] == pl.List]
    copied = frame.with_columns(
        *(renamed(pl.col(name)) for name in own if name not in lists),
        *(pl.col(name).list.eval(renamed(pl.element())) for name in lists),
    )
    if "raw_file" not in frame.columns:
        return copied
    return copied.with_columns(
        raw_file=pl.format("articles/{}{}", "article_id", pl.col("raw_file").str.extract(r"(\.\w+)$"))
    )


def _write_raw(sample: Project, project: Project, copies: int) -> None:
    (project.raw / "articles").mkdir(parents=True)
    (project.raw / "extracted").mkdir()
    lines = []
    for entry in read_manifest(sample):
        for n in range(copies):
            name = f"{entry.article_id.removeprefix('sample-')}-{n}"
            file = f"articles/{name}{Path(entry.file).suffix}"
            made = replace(entry, article_id=name, file=file, origin="published", publisher=PUBLISHER)
            if made.supersedes:
                made = replace(made, supersedes=f"{made.supersedes.removeprefix('sample-')}-{n}")
            os.link(sample.raw / entry.file, project.raw / file)
            if entry.extracted and made.extracted:
                os.link(sample.raw / entry.extracted, project.raw / made.extracted)
            lines.append(made.as_line())
    project.manifest.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def _write_ids(project: Project, copies: int) -> None:
    path = project.annotations / NAME
    minted = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as file:
        for one in minted:
            article_id = one["article_id"].removeprefix("sample-")
            for n in range(copies):
                renamed = one | {"id": f"{one['id']}-{n}", "article_id": f"{article_id}-{n}"}
                file.write(json.dumps(renamed, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    write_corpus(Path(sys.argv[2]), int(sys.argv[1]))
