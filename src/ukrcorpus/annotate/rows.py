"""The rows of ``annotation_rounds`` and ``annotations``: what each annotator left, before adjudication."""

from collections.abc import Iterator

from ukrcorpus.annotate.rounds import Submission
from ukrcorpus.annotate.values import Answers
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


def annotation_rows(one: Submission, text: str, scheme_version: str) -> Iterator[Row]:
    """Yield a row for each region of a round over the present text, and one for the document if anything was said.

    The columns that a row does not fill are null; ``scheme_version`` is the one that the answers are in by now.
    """
    round_id, article_id = one.round.round_id, one.article_id
    for region in one.round.regions:
        start, end = region.span.start, region.span.end
        yield {
            "annotation_id": f"{round_id}:{region.region_id}",
            "round_id": round_id,
            "article_id": article_id,
            "layer": str(region.layer),
            "start": start,
            "end": end,
            "quote": text[start:end],
            "region_id": region.region_id,
            "origin": region.origin,
            "scheme_version": scheme_version,
            **_answers(region.answers),
        }
    if one.round.document:
        yield {
            "annotation_id": f"{round_id}:{Layer.DOCUMENT}",
            "round_id": round_id,
            "article_id": article_id,
            "layer": str(Layer.DOCUMENT),
            "scheme_version": scheme_version,
            **_answers(one.round.document),
        }


def _answers(answers: Answers) -> Row:
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
