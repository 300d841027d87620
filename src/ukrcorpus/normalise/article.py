"""One article: from its source text to the rows of every table that normalising fills."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.blocks import Block, BlockKind, blocks_of
from ukrcorpus.normalise.flags import flags_of
from ukrcorpus.normalise.head import written_by
from ukrcorpus.normalise.language import languages_of
from ukrcorpus.normalise.measured import Measured, Sentence
from ukrcorpus.normalise.passes import RestlessError, fingerprint, run_passes
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.normalise.signals import signals_of
from ukrcorpus.normalise.spun_marks import per_1000_words, verdict
from ukrcorpus.schema.model import Repairs

Rows = list[dict[str, object]]

_WHOLE = frozenset((BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING))
_CELLS = frozenset((BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW))


@dataclass(frozen=True, slots=True)
class Correction:
    """Put ``replace`` in the place of the ``occurrence``-th (from 1) ``find`` of a source text."""

    find: str
    replace: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as ingested: the columns of ``articles`` that its manifest line gives, and its source text."""

    provenance: Mapping[str, object]
    source: str
    corrections: tuple[Correction, ...] = ()

    @property
    def article_id(self) -> str:
        """The article's id."""
        return str(self.provenance["article_id"])


def aligned(raw: RawArticle, repairs: Repairs) -> AlignedText:
    """Return the normalised text of an article; its own corrections come first, as pass ``correction``."""
    _refuse_half_characters(raw)
    text = AlignedText.of(raw.source)
    text = text.change("correction", _placed(raw))
    try:
        text = run_passes(text, repairs)
    except RestlessError as error:
        raise CorpusError(
            "article-restless",
            f"{error}: its marks stand inside each other too deep for an article.",
            where=f"article {raw.article_id}",
            remedy="Look at the raw file: mend it by a correction, or take it out of raw/ if it is no article.",
        ) from error
    if not text.text:
        raise CorpusError(
            "article-empty",
            "nothing is left of the text: all of it is page furniture.",
            where=f"article {raw.article_id}",
            remedy="Ingest the page's article text, or take the article out of raw/.",
        )
    return text


def rows_of(raw: RawArticle, repairs: Repairs) -> dict[str, Rows]:
    """Return the article's rows of ``articles``, ``blocks``, ``sentences``, ``edits``, ``flags`` and ``signals``."""
    text = aligned(raw, repairs)
    of = measured(text)
    return {
        "articles": [_article(raw, of, repairs)],
        "blocks": list(_blocks(raw.article_id, of)),
        "sentences": list(_sentences(raw.article_id, of)),
        "edits": list(_edits(raw.article_id, text)),
        "flags": [
            {"flag_id": f"{raw.article_id}:{flag.kind}:{flag.start}", "article_id": raw.article_id}
            | {"kind": flag.kind, "start": flag.start, "end": flag.end, "score": flag.score}
            for flag in flags_of(text, tuple(of.blocks))
        ],
        "signals": [
            {"article_id": raw.article_id, "name": name, "value": value} for name, value in signals_of(of).items()
        ],
    }


def byline_of(text: AlignedText) -> str | None:
    """Return the names that the author's line gives, or the line itself where it is but a name."""
    line = _removed(text, "boilerplate.byline")
    return line and (written_by(line) or line)


def dateline_of(text: AlignedText) -> str | None:
    """Return the place line that was taken out of the text."""
    return (_removed(text, "structure.dateline") or "").rstrip(" –—-:") or None


def measured(text: AlignedText) -> Measured:
    """Return a normalised text with its blocks, languages, sentences and rate of spun wording."""
    blocks = blocks_of(text)
    article, lines = languages_of([text.text[block.start : block.end] for block in blocks])
    spun = per_1000_words(text.text, verdict(text.text).marks)
    return Measured(text, blocks, lines, article, tuple(_sentence_spans(text, blocks)), spun)


def _refuse_half_characters(raw: RawArticle) -> None:
    try:
        raw.source.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CorpusError(
            "source-surrogate",
            f"half a character, U+{ord(raw.source[error.start]):04X}, stands at {error.start} of the source text.",
            where=f"article {raw.article_id}",
            remedy="A wrong decoding or a broken escape made it: mend the raw file and ingest it again.",
        ) from error


def _placed(raw: RawArticle) -> list[Change]:
    """Return the corrections of an article as changes, or raise ``correction-overlap``."""
    changes = sorted((_place(raw, correction) for correction in raw.corrections), key=lambda one: one.start)
    for one, other in pairwise(changes):
        if other.start < one.end:
            raise CorpusError(
                "correction-overlap",
                f"{raw.source[other.start : other.end]!r} lies in words that another correction replaces.",
                where=f"raw/corrections.toml: article {raw.article_id}",
                remedy="Make one correction of the two.",
            )
    return changes


def _place(raw: RawArticle, correction: Correction) -> Change:
    at = -1
    for _occurrence in range(correction.occurrence):
        at = raw.source.find(correction.find, at + 1)
        if at < 0:
            raise CorpusError(
                "correction-not-found",
                f"{correction.find!r} does not stand in the source text {correction.occurrence} times.",
                where=f"raw/corrections.toml: article {raw.article_id}",
                remedy="Copy the words from the raw file, or lower the occurrence.",
            )
    return Change(at, at + len(correction.find), correction.replace)


def _article(raw: RawArticle, of: Measured, repairs: Repairs) -> dict[str, object]:
    text = of.text
    title = next((text.text[block.start : block.end] for block in of.blocks if block.kind is BlockKind.TITLE), None)
    spun = verdict(text.text)
    return {
        **raw.provenance,
        "title": title or raw.provenance.get("title"),
        "text": text.text,
        "language": of.language or raw.provenance.get("language"),
        "machine_spun": spun.level,
        "machine_spun_score": spun.score,
        "byline": byline_of(text) or raw.provenance.get("byline"),
        "dateline": dateline_of(text),
        "source_sha256": sha256(raw.source.encode("utf-8")),
        "text_sha256": sha256(text.text.encode("utf-8")),
        "normaliser": fingerprint(repairs),
        "n_chars": len(text.text),
        "n_sentences": len(of.sentences),
    }


def _removed(text: AlignedText, name: str) -> str | None:
    """Return the first stretch of the source that a pass removed."""
    found = (text.source[edit.raw_start : edit.raw_end].strip() for edit in text.edits if name in edit.passes)
    return next((part for part in found if part), None)


def _blocks(article_id: str, of: Measured) -> Iterator[dict[str, object]]:
    for number, (block, language) in enumerate(zip(of.blocks, of.languages, strict=True)):
        yield {
            "block_id": _block_id(article_id, number),
            "article_id": article_id,
            "kind": block.kind.value,
            "level": block.level,
            "language": language,
            "start": block.start,
            "end": block.end,
        }


def _sentence_spans(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    for number, block in enumerate(blocks):
        line = text.text[block.start : block.end]
        spans = [(0, len(line))] if block.kind in _WHOLE else sentence_spans(line, cells=block.kind in _CELLS)
        for start, end in spans:
            yield Sentence(number, block.start + start, block.start + end)


def _sentences(article_id: str, of: Measured) -> Iterator[dict[str, object]]:
    for number, sentence in enumerate(of.sentences):
        yield {
            "sentence_id": f"{article_id}:s{number:04}",
            "article_id": article_id,
            "block_id": _block_id(article_id, sentence.block),
            "start": sentence.start,
            "end": sentence.end,
        }


def _edits(article_id: str, text: AlignedText) -> Iterator[dict[str, object]]:
    for number, edit in enumerate(text.edits):
        yield {
            "article_id": article_id,
            "edit_no": number,
            "raw_start": edit.raw_start,
            "raw_end": edit.raw_end,
            "start": edit.start,
            "end": edit.end,
            "inserted": text.text[edit.start : edit.end] or None,
            "passes": list(edit.passes),
        }


def _block_id(article_id: str, number: int) -> str:
    return f"{article_id}:b{number:04}"
