"""What ``build/normalise/`` says of the articles, as far as annotations need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.values import Article, Sentence
from ukrcorpus.core.parts import Places, part_names
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.core.told import Told
from ukrcorpus.measure.matching import Span

_STAGE = "normalise"


@dataclass(frozen=True)
class Articles:
    """The normalised articles: their ids, and by id, told when asked for, each article and what its lines are."""

    ids: tuple[str, ...]
    by_id: Mapping[str, Article]
    kinds: Mapping[str, tuple[str, ...]]
    _path: Path

    @cached_property
    def rows(self) -> tuple[dict[str, object], ...]:
        """The rows of the table, in the order of the ids."""
        return tuple(read_table(self._path).sort_by("article_id").to_pylist())


def read_articles(project: Project) -> Articles:
    """Return the articles, or raise ``stage-missing``.

    Of a large corpus few articles are annotated: a part of a table is read, and a sentence becomes an object, where
    somebody asks for an article of it.
    """
    about, blocks, sentences = (Runs(_path(project, name)) for name in ("articles", "blocks", "sentences"))

    def article(article_id: str) -> Article:
        (row,) = about.rows(article_id)
        lines = sentences.rows(article_id)
        return Article(
            article_id=article_id,
            text=row["text"],
            text_sha256=row["text_sha256"],
            published=row["published"],
            published_precision=row["published_precision"],
            sentences=tuple(Sentence(one["sentence_id"], Span(one["start"], one["end"])) for one in lines),
            blocks=tuple(Span(one["start"], one["end"]) for one in blocks.rows(article_id)),
        )

    def kinds(article_id: str) -> tuple[str, ...]:
        return tuple(str(one["kind"]) for one in blocks.rows(article_id))

    path = _path(project, "articles")
    known = read_table(path, ["article_id", "text_sha256"])
    ids = known["article_id"].to_pylist()
    with_text = known.filter(known["text_sha256"].is_valid())["article_id"].to_pylist()
    return Articles(tuple(sorted(ids)), Told(with_text, article), Told(ids, kinds), path)


class Runs:
    """The rows of a table by article, in the order of their spans where they have some; parts are read when asked."""

    def __init__(self, path: Path) -> None:
        self._path, self._places = path, Places(part_names(path))
        self._parts: dict[int, tuple[pa.Table, dict[str, tuple[int, int]]]] = {}

    def rows(self, article_id: str) -> list[dict[str, Any]]:
        """Return the rows of one article."""
        number = self._places.number(article_id)
        if number not in self._parts:
            self._parts[number] = _runs(read_table(self._places.file(self._path, number)))
        table, places = self._parts[number]
        start, stop = places.get(article_id, (0, 0))
        return list(table.slice(start, stop - start).to_pylist())


def _runs(table: pa.Table) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
    """Return the rows in order, and where those of each article begin and end."""
    order = [name for name in ("article_id", "start", "end") if name in table.column_names]
    table = table.sort_by([(name, "ascending") for name in order]).combine_chunks()
    runs = pc.run_end_encode(table["article_id"].combine_chunks(), run_end_type=pa.int64())
    ends = runs.run_ends.to_pylist()
    return table, dict(zip(runs.values.to_pylist(), pairwise([0, *ends]), strict=True))


def _path(project: Project, name: str) -> Path:
    path = project.table(_STAGE, name)
    if not path.exists():
        what, where = "the articles are not normalised.", project.address(path)
        raise CorpusError("stage-missing", what, where=where, remedy="Run ukrcorpus normalise first.")
    return path
