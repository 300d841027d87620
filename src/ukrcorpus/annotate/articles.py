"""What ``build/normalise/`` says of the articles, as far as annotations need it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from ukrcorpus.annotate.values import Article, Sentence
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.measure.matching import Span

_STAGE = "normalise"


@dataclass(frozen=True, slots=True)
class Articles:
    """The normalised articles by id, their table's rows, and what each line of an article is."""

    by_id: Mapping[str, Article]
    rows: tuple[dict[str, object], ...]
    kinds: Mapping[str, tuple[str, ...]]


def read_articles(project: Project) -> Articles:
    """Return the articles, or raise ``stage-missing``."""
    rows = {name: _read(project, name).to_pylist() for name in ("articles", "blocks", "sentences")}
    blocks: dict[str, list[Span]] = defaultdict(list)
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows["blocks"], key=lambda row: (row["start"], row["end"])):
        blocks[row["article_id"]].append(Span(row["start"], row["end"]))
        kinds[row["article_id"]].append(row["kind"])
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    for row in sorted(rows["sentences"], key=lambda row: (row["start"], row["end"])):
        sentences[row["article_id"]].append(Sentence(row["sentence_id"], Span(row["start"], row["end"])))
    articles = {
        row["article_id"]: Article(
            article_id=row["article_id"],
            text=row["text"],
            text_sha256=row["text_sha256"],
            published=row["published"],
            published_precision=row["published_precision"],
            sentences=tuple(sentences[row["article_id"]]),
            blocks=tuple(blocks[row["article_id"]]),
        )
        for row in rows["articles"]
        if row["text"] is not None
    }
    return Articles(articles, tuple(rows["articles"]), {name: tuple(own) for name, own in kinds.items()})


def _read(project: Project, name: str) -> pa.Table:
    path = project.table(_STAGE, name)
    if not path.exists():
        what, where = "the articles are not normalised.", project.address(path)
        raise CorpusError("stage-missing", what, where=where, remedy="Run ukrcorpus normalise first.")
    return read_table(path)
