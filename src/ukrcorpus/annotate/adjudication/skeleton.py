"""A decision file to be filled in for the open conflicts of an article: places and hashes are there, words are not."""

from collections.abc import Iterable, Iterator, Mapping

from ukrcorpus.annotate.adjudication.adjudicate import Adjudicated
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.versions import cause_of
from ukrcorpus.annotate.values import Article, shown
from ukrcorpus.core.tables import sha256
from ukrcorpus.schema.model import Layer


def skeletons(
    adjudicated: Mapping[str, Adjudicated], articles: Mapping[str, Article], scheme_version: str
) -> Iterator[tuple[str, str]]:
    """Yield (article_id, text) for each article with open conflicts.

    ``reason`` is empty, so that nothing is decided by copying the file to ``annotations/decisions/`` alone.
    """
    for article_id, one in adjudicated.items():
        article = articles[article_id]
        layers = ((Layer.DOCUMENT, [one.document]), (Layer.CLAIM, one.claims), (Layer.MENTION, one.mentions))
        entries = [entry for layer, units in layers for entry in _entries(layer, units, article)]
        if entries:
            head = [
                "format = 1",
                f'article_id = "{article_id}"',
                f'text_sha256 = "{article.text_sha256}"',
                f'scheme_version = "{scheme_version}"',
                'curator = ""',
            ]
            yield article_id, "\n".join(head) + "\n\n" + "\n".join(entries)


def _entries(layer: Layer, units: Iterable[Judged | None], article: Article) -> Iterator[str]:
    for unit in units:
        if unit is None or not unit.open:
            continue
        place = _place(unit, article) if layer is not Layer.DOCUMENT else []
        lines = [f"# {aspect}: {name}: {said}" for aspect, votes in unit.open.items() for name, said in votes]
        lines += [
            "[[decisions]]",
            f'layer = "{layer}"',
            *place,
            "keep = true",
            f'take = "{unit.versions[0].annotator}"',
        ]
        lines += ["set = {}", 'reason = ""', f'cause = "{cause_of(next(iter(unit.open)))}"', ""]
        yield "\n".join(lines) + "\n"


def _place(unit: Judged, article: Article) -> list[str]:
    """Return the span of the unit, or that of its first version where the boundaries are open; all are shown."""
    spans = [(version.annotator, version.span) for version in unit.versions if version.span]
    notes = [f"# {name} {span.start}..{span.end}: {shown(article.text[span.start : span.end])}" for name, span in spans]
    span = unit.span or spans[0][1]
    digest = sha256(article.text[span.start : span.end].encode("utf-8"))
    return [*notes, f"start = {span.start}", f"end = {span.end}", f'quote_sha256 = "{digest}"']
