"""The tables of a built corpus cut into parts of one article each, as a large corpus has them."""

import shutil
from pathlib import Path

import pyarrow as pa

from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, write_table
from ukrcorpus.schema.model import Schema, SplitBy
from ukrcorpus.validate.evidence import STAGE

_CLAIM = "claim_id"


def cut(project: Project, schema: Schema, articles: tuple[str, ...]) -> None:
    """Put the rows of each article into a part; rows without a known one go into the first."""
    claims = read_table(project.table(STAGE, "claims")).to_pylist()
    of_claim = {row.get(_CLAIM): row.get("article_id") for row in claims}
    for table in schema.tables:
        path = project.table(STAGE, table.name)
        if table.split is not SplitBy.ARTICLE or not path.is_file():
            continue
        rows = read_table(path)
        path.unlink()
        known = [row.get("article_id") or of_claim.get(row.get(_CLAIM)) for row in rows.to_pylist()]
        own = [one if one in articles else articles[0] for one in known]
        for name in articles:
            mask = pa.array([one == name for one in own], pa.bool_())
            write_table(part(project, table.name, name, articles), rows.filter(mask))


def part(project: Project, table: str, article: str, articles: tuple[str, ...]) -> Path:
    """Return the file of an article's part."""
    name = "first" if article == articles[0] else f"from-{article}"
    return project.table(STAGE, table) / f"{name}.parquet"


def whole(project: Project, schema: Schema) -> None:
    """Make each table one file again."""
    for table in schema.tables:
        path = project.table(STAGE, table.name)
        if path.is_dir():
            rows = read_table(path)
            shutil.rmtree(path)
            write_table(path, rows)
