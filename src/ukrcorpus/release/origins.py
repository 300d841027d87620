"""What makes a data file of a release, told by one hash, so that the same file need not be made again."""

import json
from bisect import bisect_right
from functools import cached_property
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.parts import part_start
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.core.tables import files_of, sha256
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.assemble import STAGE
from ukrcorpus.release.shards import Shards
from ukrcorpus.release.stages import tool_hashes
from ukrcorpus.schema.model import SplitBy, Table

_DECIDING: Final = ["article_id", "split", "text_rights"]  # which file an article's rows go to, and what they show


class Origins:
    """The keys of an edition's data files: of shards of tables that lie in ``build/corpus/``.

    A key is the hash of the files there that have the shard's rows, of the splits and rights of its articles, of the
    table's definition, and of the code and the versions of its tools.
    """

    def __init__(self, project: Project, known: Known, edition: Edition, articles: pa.Table) -> None:
        self._project, self._known, self._edition = project, known, edition
        self.shards = Shards.of(articles)
        self._tools = tool_hashes()
        self._articles = articles.select(_DECIDING)

    def keys(self, about: Table) -> list[str] | None:
        """Return the key of each shard of a table; None where a file has rows of several shards."""
        starts = self.shards.starts_of(about)
        of = [about.name]
        if about.split is SplitBy.ARTICLE and "article_id" not in about.names:
            of.append("claims")  # through which such rows belong to an article
        hashes = [found for name in of if (found := self._hashes(name, starts))]
        if len(hashes) < len(of):
            return None
        articles = self._of_articles if about.split is SplitBy.ARTICLE else [""]
        edition = self._edition if about.protected else ""
        return [_hash(self._tools, repr(about), edition, *its) for its in zip(articles, *hashes, strict=True)]

    def _hashes(self, table: str, starts: tuple[str, ...]) -> list[list[str]] | None:
        """Return the hashes of the files of each shard."""
        found: list[list[str]] = [[] for _ in range(len(starts) + 1)]
        path = self._project.table(STAGE, table)
        files = files_of(path)
        begins = [part_start(file.stem) or "" for file in files] if path.is_dir() else [""]
        for file, begin in zip(files, begins, strict=True):
            found[bisect_right(starts, begin)].append(self._known.sha256(file))
        return found if set(starts) <= set(begins) else None

    @cached_property
    def _of_articles(self) -> list[str]:
        numbers = self.shards.of_article["shard"]
        shards = (self._articles.filter(pc.equal(numbers, at)) for at in range(len(self.shards.starts) + 1))
        return [_hash(shard.to_pydict()) for shard in shards]


def _hash(*values: object) -> str:
    return sha256(json.dumps(values, sort_keys=True).encode("utf-8"))
