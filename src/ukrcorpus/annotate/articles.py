"""What ``build/normalise/`` says of the articles, as far as annotations need it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.values import Article, Sentence
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.measure.matching import Span

_STAGE = "normalise"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Articles:
    """The normalised articles: their table, and by id, told when asked for, each article and what its lines are."""

    table: pa.Table
    by_id: Mapping[str, Article]
    kinds: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> tuple[dict[str, object], ...]:
        """The table's rows."""
        return tuple(self.table.to_pylist())


def read_articles(project: Project) -> Articles:
    """Return the articles, or raise ``stage-missing``.

    Of a large corpus few articles are annotated: sentences and blocks become objects where somebody asks for them.
    """
    table, blocks, sentences = (_read(project, name) for name in ("articles", "blocks", "sentences"))
    about, own_blocks, own_sentences = Runs(table), Runs(blocks), Runs(sentences)

    def article(article_id: str) -> Article:
        (row,) = about.rows(article_id)
        lines = own_sentences.rows(article_id)
        return Article(
            article_id=article_id,
            text=row["text"],
            text_sha256=row["text_sha256"],
            published=row["published"],
            published_precision=row["published_precision"],
            sentences=tuple(Sentence(one["sentence_id"], Span(one["start"], one["end"])) for one in lines),
            blocks=tuple(Span(one["start"], one["end"]) for one in own_blocks.rows(article_id)),
        )

    def kinds(article_id: str) -> tuple[str, ...]:
        return tuple(str(one["kind"]) for one in own_blocks.rows(article_id))

    with_text = table.filter(table["text"].is_valid())["article_id"].to_pylist()
    return Articles(table, Told(with_text, article), Told(own_blocks.article_ids, kinds))


class Runs:
    """The rows of a table by article, in the order of their spans where they have some."""

    def __init__(self, table: pa.Table) -> None:
        order = [name for name in ("article_id", "start", "end") if name in table.column_names]
        self._table = table.sort_by([(name, "ascending") for name in order]).combine_chunks()
        runs = pc.run_end_encode(self._table["article_id"].combine_chunks(), run_end_type=pa.int64())
        ends = runs.run_ends.to_pylist()
        self._places = dict(zip(runs.values.to_pylist(), pairwise([0, *ends]), strict=True))

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles that have rows."""
        return tuple(self._places)

    def rows(self, article_id: str) -> list[dict[str, Any]]:
        """Return the rows of one article."""
        start, stop = self._places.get(article_id, (0, 0))
        return list(self._table.slice(start, stop - start).to_pylist())


class Told(Mapping[str, Value]):
    """A mapping from known ids to values that are told when they are first asked for."""

    def __init__(self, ids: Iterable[str], tell: Callable[[str], Value]) -> None:
        self._ids = dict.fromkeys(ids)
        self._tell = tell
        self._told: dict[str, Value] = {}

    def __getitem__(self, one: str) -> Value:
        if one not in self._told:
            if one not in self._ids:
                raise KeyError(one)
            self._told[one] = self._tell(one)
        return self._told[one]

    def __contains__(self, one: object) -> bool:
        return one in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _read(project: Project, name: str) -> pa.Table:
    path = project.table(_STAGE, name)
    if not path.exists():
        what, where = "the articles are not normalised.", project.address(path)
        raise CorpusError("stage-missing", what, where=where, remedy="Run ukrcorpus normalise first.")
    return read_table(path)
