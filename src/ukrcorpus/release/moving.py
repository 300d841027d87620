"""The annotated articles whose text moves away from their labels: before a run, and after one."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.moves import Bound, Move, moves, read_bound
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import parts_of, read_table
from ukrcorpus.normalise.article import aligned
from ukrcorpus.normalise.run import STAGE
from ukrcorpus.release.stages import raw_articles
from ukrcorpus.schema.model import Schema


def would_move(project: Project, schema: Schema) -> tuple[Move, ...]:
    """Return the annotated articles that another text than the one bound to would be made of now.

    Only annotated articles are normalised, and nothing is written.
    """
    bound = read_bound(project, schema)
    return tuple(moves(bound, _texts_to_come(project, schema, bound)))


def have_moved(project: Project, schema: Schema) -> tuple[Move, ...]:
    """Return the annotated articles whose present text is not the one that their labels are bound to."""
    bound = read_bound(project, schema)
    return tuple(moves(bound, _texts(project, bound.labels.keys())) if bound.labels else ())


def _texts_to_come(project: Project, schema: Schema, bound: Bound) -> dict[str, str]:
    texts = {}
    for one in raw_articles(project):
        if one.article_id in bound.labels:
            try:
                texts[one.article_id] = aligned(one.load(), schema.repairs).text
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
