"""A user's own copies of articles: found by their bytes or their file's name, and read as the corpus read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.article import RawArticle, aligned
from ukrcorpus.schema.model import Repairs
from ukrcorpus.sources import front_matter, pages
from ukrcorpus.sources.accept import page_text

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelved:
    """The files of a folder, by the hash of their bytes and by their names."""

    by_hash: Mapping[str, Path]
    by_name: Mapping[str, Path]

    @classmethod
    def of(cls, folder: Path) -> "Shelved":
        """Hash every file below a folder; ``raw-folder-missing`` where there is none."""
        if not folder.is_dir():
            what, remedy = "there is no such folder.", "Name the folder that holds your copies of the articles."
            raise CorpusError("raw-folder-missing", what, where=str(folder), remedy=remedy)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        names = {path.name: path for path in reversed(files)}
        stems = {path.stem: path for path in reversed(files)}
        return cls({file_sha256(path): path for path in reversed(files)}, stems | names)

    def copy_of(self, article: _Row) -> Path | None:
        """Return the file with an article's raw bytes or source text, else one of its name."""
        same = self.by_hash.get(article["raw_sha256"]) or self.by_hash.get(article["source_sha256"])
        return same or self.by_name.get(Path(article["raw_file"]).name) or self.by_name.get(article["article_id"])


@dataclass(frozen=True, slots=True)
class Read:
    """What a copy gives: its text, and whether source text and text are those of the corpus."""

    text: AlignedText
    same_source: bool
    same_text: bool


def read_copy(path: Path, article: _Row, shelved: Shelved, repairs: Repairs) -> Read:
    """Return a copy's text, made of it as the corpus made it; a ``CorpusError`` says why there is none."""
    source = _source(path, article)
    extracted = shelved.by_hash.get(article["source_sha256"])
    if sha256(source.encode("utf-8")) != article["source_sha256"] and extracted:
        source = extracted.read_bytes().decode("utf-8")  # the extractor has changed; its text of then is there
    text = aligned(RawArticle(article, source), repairs)
    same_source = sha256(source.encode("utf-8")) == article["source_sha256"]
    return Read(text, same_source, sha256(text.text.encode("utf-8")) == article["text_sha256"])


def _source(path: Path, article: _Row) -> str:
    data = path.read_bytes()
    if sha256(data) == article["source_sha256"]:
        return data.decode("utf-8")
    try:
        text = data.decode(article["raw_encoding"])
        text.encode("utf-8")
    except UnicodeError as error:
        what, remedy = f"its bytes are not {article['raw_encoding']}.", "Give the file as it was published."
        raise CorpusError("copy-encoding", what, where=path.name, remedy=remedy) from error
    if article["extractor"] == pages.EXTRACTOR:
        return page_text(text, path.name)[0]
    if article["extractor"] == front_matter.EXTRACTOR:
        body = front_matter.split_front_matter(text, path.name)[1]
        return text if body is None else body
    return text
