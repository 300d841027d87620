"""The annotated articles whose text moves away from their labels: before a run, and after one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.spans.moves import Bound, Move, moves, read_bound
from ukrcorpus.annotate.spans.reanchor import SourceMap
from ukrcorpus.core.alignment import AlignedText, Edit
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import parts_of, read_table, sha256
from ukrcorpus.normalise.article import aligned
from ukrcorpus.normalise.run import STAGE
from ukrcorpus.release.stages import raw_articles
from ukrcorpus.schema.model import Schema

_EDIT: Final = ["article_id", "edit_no", "raw_start", "raw_end", "start", "end", "passes"]


def would_move(project: Project, schema: Schema) -> tuple[Move, ...]:
    """Return the annotated articles that another text than the one bound to would be made of now.

    Only annotated articles are normalised, and nothing is written.
    """
    bound = read_bound(project, schema)
    to_come = _texts_to_come(project, schema, bound)
    texts = {article_id: one.text for article_id, one in to_come.items()}
    return tuple(moves(bound, texts, _ways(project, to_come)))


def have_moved(project: Project, schema: Schema) -> tuple[Move, ...]:
    """Return the annotated articles whose present text is not the one that their labels are bound to."""
    bound = read_bound(project, schema)
    return tuple(moves(bound, _texts(project, bound.labels.keys())) if bound.labels else ())


def _texts_to_come(project: Project, schema: Schema, bound: Bound) -> dict[str, AlignedText]:
    texts = {}
    for one in raw_articles(project):
        if one.article_id in bound.labels:
            try:
                texts[one.article_id] = aligned(one.load(), schema.repairs)
            except CorpusError:  # a run sets it aside, with this reason
                continue
    return texts


def _texts(project: Project, article_ids: Collection[str]) -> dict[str, str]:
    path, wanted = project.table(STAGE, "articles"), pa.array(article_ids, pa.string())
    texts: dict[str, str] = {}
    # One part at a time: the texts of all would not fit into memory.
    for part in parts_of(path) if path.is_dir() else [path]:
        table = read_table(part, ["article_id", "text"])
        texts |= zip(*table.filter(pc.is_in(table["article_id"], value_set=wanted)).to_pydict().values(), strict=True)
    return texts


def _ways(project: Project, to_come: Mapping[str, AlignedText]) -> dict[str, SourceMap]:
    """Return the ways from the texts of the last run to those to come, where the source texts are the same."""
    if not project.table(STAGE, "articles").exists() or not to_come:
        return {}
    edits: dict[str, list[Edit]] = defaultdict(list)
    for row in _own(project, "edits", _EDIT, to_come).sort_by("edit_no").to_pylist():
        span = (row["raw_start"], row["raw_end"], row["start"], row["end"])
        edits[row["article_id"]].append(Edit(*span, tuple(row["passes"])))
    found = {}
    for row in _own(project, "articles", ["article_id", "text", "source_sha256"], to_come).to_pylist():
        article_id, new = row["article_id"], to_come[row["article_id"]]
        if sha256(new.source.encode("utf-8")) == row["source_sha256"]:
            found[article_id] = SourceMap(AlignedText(new.source, row["text"], tuple(edits[article_id])), new)
    return found


def _own(project: Project, name: str, columns: list[str], article_ids: Collection[str]) -> pa.Table:
    table = read_table(project.table(STAGE, name), columns)
    return table.filter(pc.is_in(table["article_id"], value_set=pa.array(article_ids, pa.string())))
