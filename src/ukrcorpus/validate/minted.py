"""Rules on annotations/ids.jsonl: every claim and mention has its line there, of its layer, article and place."""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from ukrcorpus.annotate.adjudication.ids import NAME, PREFIX, Minted, read_ids
from ukrcorpus.core.problems import Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address, rows
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule

_LINES = 100_000  # as many are objects at once
# Few articles and texts have many lines: they are kept once each.
_COLUMNS: Final[dict[str, type[pl.DataType]]] = {
    "id": pl.String,
    "layer_minted": pl.Categorical,
    "article_id_minted": pl.Categorical,
    "text_sha256_minted": pl.Categorical,
    "start_minted": pl.Int64,
    "end_minted": pl.Int64,
}
_VALUES = {name: attrgetter(name.removesuffix("_minted")) for name in _COLUMNS}


# A line as ``Minted`` has it; msgspec makes values of its own kind without asking Python's collector.
_Line = msgspec.defstruct(
    "_Line",
    [(one.name, one.type) if one.default is MISSING else (one.name, one.type, one.default) for one in fields(Minted)],
    forbid_unknown_fields=True,
    gc=False,
)


def check_minted(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``minted-id`` for a claim or mention whose id does not stand, stands twice, or means another unit."""
    layer = evidence.subject.name.removesuffix("s")
    another = (pl.col("layer_minted") != layer) | (pl.col("article_id_minted") != pl.col("article_id"))
    for row in rows(_with_minted(evidence).filter((pl.col("n_lines") != 1) | another)):
        where = address(evidence.subject, row)
        if row["n_lines"] != 1:
            yield Broken(where, f"{row['n_lines']} lines in annotations/{NAME}", "one line for every id")
        else:
            got = f"the id of a {row['layer_minted']} in {row['article_id_minted']}"
            yield Broken(where, got, f"the id of a {layer} in {row['article_id']}, as in annotations/{NAME}")


def check_minted_span(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``minted-span`` where ids.jsonl has another place for an id in the very same text."""
    moved = (pl.col("start") != pl.col("start_minted")) | (pl.col("end") != pl.col("end_minted"))
    texts = evidence.scan("articles", "text_sha256")
    told = _with_minted(evidence, "start", "end").filter(moved).join(texts, on="article_id")
    for row in rows(told.filter(pl.col("text_sha256") == pl.col("text_sha256_minted"))):
        got, minted = f"[{row['start']}:{row['end']}]", f"[{row['start_minted']}:{row['end_minted']}]"
        yield Broken(address(evidence.subject, row), got, f"{minted}, as in annotations/{NAME}")


def units(_: Schema) -> Iterable[tuple[str, ...]]:
    """Give the tables whose ids are minted, with the texts."""
    return ((f"{layer}s", "articles") for layer in PREFIX)


def _with_minted(evidence: Evidence, *columns: str) -> pl.LazyFrame:
    """Return claims or mentions with what ids.jsonl says of their ids, and how many of its lines do."""
    told = evidence.scan(evidence.subject.name, "article_id", *columns)
    minted = evidence.once(_minted).lazy()
    told = told.join(minted, left_on=evidence.subject.key[0], right_on="id", how="left")
    return told.with_columns(
        pl.col("n_lines").fill_null(0), pl.col("layer_minted", "article_id_minted").cast(pl.String)
    )


def _minted(project: Project) -> pl.DataFrame:
    """Return the first line of each id in ids.jsonl, and how many lines it has."""
    path = project.annotations / NAME
    lines = _read(path, project.address(path)).with_columns(n_lines=pl.len().over("id"))
    return lines.unique("id", keep="first")


def _read(path: Path, where: str) -> pl.DataFrame:
    """Return the lines of ids.jsonl as columns; what ``read_ids`` refuses is refused in its words."""
    if not path.is_file():
        return pl.DataFrame(schema=_COLUMNS)
    try:
        return _columns(_quickly(path))
    except msgspec.MsgspecError:
        return _columns(iter(read_ids(path, where)))


def _quickly(path: Path) -> Iterator[Any]:
    decode = msgspec.json.Decoder(_Line).decode
    with path.open("rb") as file:
        yield from map(decode, file)


def _columns(lines: Iterator[Any] | Iterator[Minted]) -> pl.DataFrame:
    frames = [pl.DataFrame(schema=_COLUMNS)]
    while part := list(islice(lines, _LINES)):
        columns = {name: list(map(value, part)) for name, value in _VALUES.items()}
        frames.append(pl.DataFrame(columns, schema=_COLUMNS))
    return pl.concat(frames)


MINTED = (
    Rule(
        "minted-id",
        Depth.CORPUS,
        units,
        check_minted,
        "Every claim and mention has its line in annotations/ids.jsonl, of its layer and article.",
        "Run ukrcorpus annotate adjudicate; restore ids.jsonl from git if lines of it were lost or doubled.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.annotations / NAME],
    ),
    Rule(
        "minted-span",
        Depth.CORPUS,
        units,
        check_minted_span,
        "annotations/ids.jsonl has the present place of every claim and mention.",
        "Run ukrcorpus annotate adjudicate, so that the id is found again when the text or a boundary changes.",
        Severity.NOTE,
        alone=Alone.ARTICLE,
        given=lambda project: [project.annotations / NAME],
    ),
)
