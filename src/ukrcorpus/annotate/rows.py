"""The rows of ``annotation_rounds`` and ``annotations``: what each annotator left, before adjudication."""

from collections.abc import Iterator

from ukrcorpus.annotate.rounds import Submission
from ukrcorpus.annotate.values import Answers, Article, Region
from ukrcorpus.schema.model import Layer

Row = dict[str, object]


def round_row(one: Submission) -> Row:
    """Return the row of a round."""
    return {
        "round_id": one.round.round_id,
        "article_id": one.article_id,
        "annotator": one.annotator,
        "annotator_kind": one.export.annotator_kind,
        "step": one.export.step,
        "status": str(one.round.status),
        "blind": one.export.blind,
        "suggestions_shown": one.export.suggestions_shown,
        "suggestion_version": one.export.suggestion_version,
        "n_regions": one.round.n_regions,
        "lead_time_s": one.round.lead_time_s,
        "scheme_version": one.scheme_version,
        "guideline_version": one.export.guideline_version,
        "text_sha256": one.text_sha256,
        "created_at": one.round.created_at,
    }


def annotation_rows(one: Submission, article: Article) -> Iterator[Row]:
    """Yield a row for each region of a round, and one for the document if anything was said of it."""
    for region in one.round.regions:
        yield _row(one, region.layer, region.region_id) | _span(region, article) | _answers(region.answers)
    if one.round.document:
        yield _row(one, Layer.DOCUMENT, str(Layer.DOCUMENT)) | _answers(one.round.document)


def _row(one: Submission, layer: Layer, part: str) -> Row:
    """Return the start of a row; the columns it does not fill are null."""
    round_id = one.round.round_id
    return {
        "annotation_id": f"{round_id}:{part}",
        "round_id": round_id,
        "article_id": one.article_id,
        "layer": str(layer),
    }


def _span(region: Region, article: Article) -> Row:
    start, end = region.span.start, region.span.end
    quote = article.text[start:end]
    return {"start": start, "end": end, "quote": quote, "region_id": region.region_id, "origin": region.origin}


def _answers(answers: Answers) -> Row:
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
