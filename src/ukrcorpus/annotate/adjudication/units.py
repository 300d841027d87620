"""The rows of adjudicated units; what may not be published is left out with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.adjudication.dates import DAY, TEXT, StatementDate, statement_date
from ukrcorpus.annotate.adjudication.judge import CONDITIONAL, POLARITY, Judged
from ukrcorpus.annotate.adjudication.versions import BOUNDARY, ISSUES, UNIT, Value, Version, is_soft
from ukrcorpus.annotate.values import Article, Fault, Sentence
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import HOLDERS, TIERS, VOICE, IssueCode
from ukrcorpus.schema.model import Layer, Schema, Table

Row = dict[str, object]

OPEN: Final = "conflict-open"
UNLISTED: Final = "actor-unlisted"
ROLES: Final = {HOLDERS: "holder", "ascriber_ids": "ascriber", "relayer_ids": "relayer"}
ACTORS: Final = "actor_ids"
_DATE: Final = "date"
_TYPED: Final = "unlisted_actor"
_ENTER: Final = "Enter the actor in schema/actors.toml, then name it as source in a decision."
_ESSENTIAL: Final = (UNIT, BOUNDARY, VOICE, ISSUES, ACTORS, *ROLES)
_DECIDE: Final = "Decide it in annotations/decisions/, then run ukrcorpus annotate adjudicate."


@dataclass(frozen=True, slots=True)
class Unit:
    """A claim or mention that can be published: its span and first sentence are known."""

    judged: Judged
    span: Span
    sentence: Sentence


def publishable(judged: Judged, layer: Layer, article: Article) -> Unit | Fault:
    """Return the unit with its place, or why it is left out."""
    blocking = [aspect for aspect in _ESSENTIAL if aspect in judged.open]
    if blocking or judged.span is None:
        votes = "; ".join(f"{name}: {said}" for aspect in blocking for name, said in judged.open[aspect])
        return Fault(OPEN, f"{', '.join(blocking)} ({votes})", "one version of it", _DECIDE)
    lacking = _lacking(judged, layer)
    if lacking:
        return lacking
    sentence = next((one for one in article.sentences if one.span.start <= judged.span.start < one.span.end), None)
    if sentence is None:
        expected = "a start inside a sentence"
        return Fault("span-outside-sentences", f"start {judged.span.start}", expected, "Mark a span that is text.")
    return Unit(judged, judged.span, sentence)


def claim_row(claim_id: str, unit: Unit, article: Article, schema: Schema) -> Row:
    """Return the row of ``claims``."""
    when = _when(unit, article)
    return {
        **_place(unit, article),
        **_answers(unit.judged, schema.table("claims")),
        "claim_id": claim_id,
        "tier": TIERS[str(unit.judged.hard[VOICE])],
        "date": when.day,
        "date_source": when.source,
        "date_precision": when.precision,
        **_decided(unit.judged),
        "scheme_version": schema.scheme_version,
    }


def mention_row(mention_id: str, unit: Unit, article: Article, schema: Schema) -> Row:
    """Return the row of ``mentions``."""
    return {
        **_place(unit, article),
        **_answers(unit.judged, schema.table("mentions")),
        "mention_id": mention_id,
        **_decided(unit.judged),
        "scheme_version": schema.scheme_version,
    }


def claim_source_rows(claim_id: str, unit: Unit) -> Iterator[Row]:
    """Yield the rows of ``claim_sources``."""
    for name, role in ROLES.items():
        for actor_id in _ids(unit.judged.hard[name]):
            yield {"claim_id": claim_id, "actor_id": actor_id, "role": role}


def claim_issue_rows(claim_id: str, unit: Unit) -> Iterator[Row]:
    """Yield the rows of ``claim_issues``."""
    for number, code in enumerate(unit.judged.issues):
        yield {"claim_id": claim_id, "issue": code.issue, "is_primary": number == 0}


def stance_rows(claim_id: str, unit: Unit) -> Iterator[Row]:
    """Yield the rows of ``stances``: each holder's polarity on each issue, where one was coded and is settled."""
    for code in unit.judged.issues:
        if code.polarity is None or not _is_settled(unit.judged, code.issue):
            continue
        for actor_id in _ids(unit.judged.hard[HOLDERS]):
            n_agree = sum(_vote(version, actor_id, code.issue) == _said(code) for version in unit.judged.versions)
            yield {
                "claim_id": claim_id,
                "actor_id": actor_id,
                "issue": code.issue,
                "polarity": code.polarity,
                "conditional": code.conditional,
                "condition": code.condition,
                **_counts(unit.judged, n_agree),
            }


def vote_rows(claim_id: str, unit: Unit) -> Iterator[Row]:
    """Yield the rows of ``votes``: what each annotator of the unit coded for each holder and issue of theirs."""
    judged = unit.judged
    stands = {
        (actor_id, code.issue): _said(code)
        for code in judged.issues
        for actor_id in _ids(judged.hard[HOLDERS])
        if _is_settled(judged, code.issue)
    }
    for version in judged.versions:
        for code in version.issues if version.coded else ():
            for holder_id in _ids(version.hard[HOLDERS]):
                yield {
                    "claim_id": claim_id,
                    "annotator": version.annotator,
                    "holder_id": holder_id,
                    "issue": code.issue,
                    "polarity": code.polarity,
                    "conditional": code.conditional,
                    "agrees": stands.get((holder_id, code.issue)) == _said(code),
                }


def document_columns(judged: Judged, schema: Schema) -> Row:
    """Return what annotators settled of an article, as columns of ``articles``; open questions are left out."""
    said = {
        one.name: judged.soft(one.name) if is_soft(one) else judged.hard.get(one.name)
        for one in schema.attributes_of(Layer.DOCUMENT)
    }
    return {name: value for name, value in said.items() if value is not None}


def _lacking(judged: Judged, layer: Layer) -> Fault | None:
    if layer is Layer.MENTION:
        if judged.hard.get(ACTORS):
            return None
        expected = "at least one actor of the registry"
        return Fault(
            "mention-without-actor", "no actor", expected, "Enter the actor in schema/actors.toml and name it."
        )
    for name, there in ((VOICE, judged.hard.get(VOICE)), (ISSUES, judged.issues)):
        if not there:
            return Fault("claim-incomplete", f"no {name}", f"an answer to {name}", _DECIDE)
    if any(judged.hard[name] for name in ROLES):
        return None
    if typed := judged.soft(_TYPED):
        return Fault(UNLISTED, f"'{typed}'", "an actor of the registry", _ENTER)
    expected = "a holder, ascriber or relayer; pseudo:unspecified where the text names nobody"
    return Fault("claim-without-source", "no source", expected, _DECIDE)


def _place(unit: Unit, article: Article) -> Row:
    return {
        "article_id": article.article_id,
        "sentence_id": unit.sentence.sentence_id,
        "start": unit.span.start,
        "end": unit.span.end,
        "quote": article.text[unit.span.start : unit.span.end],
    }


def _answers(judged: Judged, table: Table) -> Row:
    """Return the settled answers that have a column in a table; the date follows by rule."""
    hard = {name: value for name, value in judged.hard.items() if name in table.names and name != _DATE}
    return {name: _ids(value) if isinstance(value, frozenset) else value for name, value in hard.items()}


def _counts(judged: Judged, n_agree: int) -> Row:
    return {"decided_by": str(judged.how(n_agree)), "n_annotators": judged.n_annotators, "n_agree": n_agree}


def _decided(judged: Judged) -> Row:
    """Return who settled a unit, and the regions of those who voted."""
    decision = judged.decision
    return {
        **_counts(judged, judged.n_agree),
        "decided_by": str(judged.decided_by),
        "curator_annotated": decision.is_annotator if decision else None,
        "annotation_ids": [version.annotation_id for version in judged.versions],
    }


def _when(unit: Unit, article: Article) -> StatementDate:
    """Return the annotators' date if they settled one, else what the sentence says by rule."""
    given = unit.judged.hard.get(_DATE)
    if given is not None and not isinstance(given, str | int | frozenset):
        return StatementDate(given, TEXT, DAY)
    sentence, offset = unit.sentence.span, unit.sentence.span.start
    text = article.text[sentence.start : max(sentence.end, unit.span.end)]
    claim = Span(unit.span.start - offset, unit.span.end - offset)
    return statement_date(text, claim, article.published, article.published_precision)


def _is_settled(judged: Judged, issue: str) -> bool:
    return f"{POLARITY}:{issue}" not in judged.open and f"{CONDITIONAL}:{issue}" not in judged.open


def _said(code: IssueCode) -> tuple[int | None, bool]:
    return code.polarity, code.conditional


def _vote(version: Version, holder_id: str, issue: str) -> tuple[int | None, bool] | None:
    code = version.code(issue) if version.coded and holder_id in _ids(version.hard[HOLDERS]) else None
    return _said(code) if code else None


def _ids(value: Value | Mapping[str, object]) -> list[str]:
    return sorted(value) if isinstance(value, frozenset) else []
