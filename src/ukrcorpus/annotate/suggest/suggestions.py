"""Suggestions for annotators: what a task shows as a prediction of actor mentions, claims and their answers.

A suggestion is no evidence: articles that count for agreement or for a test are labelled without any.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.annotate.inflection import forms_of
from ukrcorpus.annotate.migrate import migrate_answers
from ukrcorpus.annotate.suggest.around import Around
from ukrcorpus.annotate.suggest.claim_types import model_text
from ukrcorpus.annotate.suggest.claims import Claim, Coder
from ukrcorpus.annotate.suggest.groups import Groups
from ukrcorpus.annotate.suggest.mentions import Mention, Reading, named_mentions, without_overlaps
from ukrcorpus.annotate.suggest.nominals import Nominals
from ukrcorpus.annotate.suggest.pairs import Pairs
from ukrcorpus.annotate.suggest.words import suggestion_words
from ukrcorpus.derive.label_studio import LABEL_CONTROL, TEXT_OBJECT
from ukrcorpus.derive.label_studio_controls import stored_as
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.changes import path_from
from ukrcorpus.schema.model import Layer, Schema

Json = dict[str, Any]

SCHEME: Final = "0.2.0"  # whose labels the word lists and the model speak; migrations lead from it
# The modules that a suggestion depends on beside the word lists and the model.
_CODE: Final = ("suggest/*.py", "gazetteer.py", "inflection.py", "adjudication/dates.py")
_HEAVY: Final = "heavy"
_DIGITS: Final = 10


@dataclass(frozen=True)
class Suggester:
    """Makes predictions in Label Studio's shape from rows of ``articles``; it holds nothing of an article."""

    schema: Schema
    gazetteer: Gazetteer
    coder: Coder
    version: str

    @classmethod
    def of(cls, schema: Schema) -> "Suggester":
        """Return the suggester of a schema; its version hashes rules, word lists, model, registry and codebook."""
        gazetteer = Gazetteer.of(schema.actors, forms_of)
        return cls(schema, gazetteer, Coder.of(schema), f"rules-{_digest(schema)}")

    def __call__(self, row: Mapping[str, object]) -> Json | None:
        """Return the prediction for a row of ``articles``, or None where there is nothing to suggest.

        ``kinds`` of the row, where it has any, are those of the text's lines, and ``sentences`` the spans of its
        sentences: without these no claims are suggested.
        """
        text = str(row["text"] or "")
        mentions = self.mentions(row)
        claims = self.claims(row, mentions)
        if not mentions and not claims:
            return None
        scores = [*(one.score for one in mentions), *(one.score for one in claims)]
        result = [item for one in mentions for item in self._mention(text, row, one)]
        result += [item for one in claims for item in self._claim(text, row, one)]
        return {"model_version": self.version, "score": round(sum(scores) / len(scores), 3), "result": result}

    def mentions(self, row: Mapping[str, object]) -> tuple[Mention, ...]:
        """Return the actor mentions of an article, in text order and without overlaps."""
        day = row.get("published")
        text = str(row["text"] or "")
        reading = Reading(text, day if isinstance(day, date) else None, row.get("machine_spun") == _HEAVY)
        named = named_mentions(reading, self.gazetteer, self.schema)
        around = Around(reading, self.schema, named)
        persons = [one for one in Nominals(around).mentions() if one.actor_ids[0].startswith("per:")]
        known = Around(reading, self.schema, without_overlaps([*named, *persons]))
        plural = [*Groups(known).mentions(), *Pairs(known).mentions()]
        found = without_overlaps([*named, *persons, *Nominals(known).countries(), *plural])
        notices = self.coder.notices(text, _kinds(row))
        return tuple(one for one in found if not any(one.span.shared(notice) for notice in notices))

    def claims(self, row: Mapping[str, object], mentions: tuple[Mention, ...]) -> tuple[Claim, ...]:
        """Return the claims of an article, in text order."""
        given = row.get("sentences")
        sentences = sorted(given) if isinstance(given, list | tuple) else []
        return self.coder.claims(str(row["text"] or ""), _kinds(row), sentences, mentions)

    def _mention(self, text: str, row: Mapping[str, object], one: Mention) -> Iterator[Json]:
        answers = {"actor_ids": one.actor_ids, "form": (one.form,), "use": (one.use,)}
        yield from self._region(text, row, Layer.MENTION, one.span, one.score, answers)

    def _claim(self, text: str, row: Mapping[str, object], one: Claim) -> Iterator[Json]:
        yield from self._region(text, row, Layer.CLAIM, one.span, one.score, one.answers)

    def _region(  # noqa: PLR0913, PLR0917 - what a region consists of
        self,
        text: str,
        row: Mapping[str, object],
        layer: Layer,
        span: Span,
        score: float,
        answers: Mapping[str, tuple[str, ...]],
    ) -> Iterator[Json]:
        """Yield the items of a region: its span, then its answers in the order of the questions."""
        place = {"start": span.start, "end": span.end}
        key = f"{row['article_id']}|{layer}|{span.start}|{span.end}"
        head = {
            "id": f"s{sha256(key.encode()).hexdigest()[:_DIGITS]}",
            "to_name": TEXT_OBJECT,
            "score": round(score, 3),
        }
        quote = text[span.start : span.end]
        yield {
            **head,
            "from_name": LABEL_CONTROL,
            "type": "labels",
            "value": {**place, "text": quote, "labels": [str(layer)]},
        }
        present = self._present(answers)
        for attribute in self.schema.attributes_of(layer):
            if given := present.get(attribute.name):
                kind, value = stored_as(attribute, self.schema, given)
                yield {**head, "from_name": attribute.name, "type": kind, "value": {**place, **value}}

    def _present(self, answers: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """Return answers with the labels of the present scheme; what was split or retired is not suggested."""
        steps = path_from(self.schema.migrations, SCHEME)
        if not steps:
            return answers
        given, _ = migrate_answers({name: list(values) for name, values in answers.items()}, steps, self.schema)
        return {name: tuple(values) for name, values in given.items() if isinstance(values, list)}


def _kinds(row: Mapping[str, object]) -> tuple[str, ...]:
    kinds = row.get("kinds")
    return tuple(str(kind) for kind in kinds) if isinstance(kinds, list | tuple) else ()


def _digest(schema: Schema) -> str:
    """Return what names everything that a suggestion depends on."""
    folder = Path(__file__).parents[1]
    code = (path.read_text(encoding="utf-8") for pattern in _CODE for path in sorted(folder.glob(pattern)))
    parts = (*code, repr(schema.actors), repr(schema.issues), schema.scheme_version)
    words = (suggestion_words().digest, model_text())
    return sha256("\n".join((*parts, *words)).encode("utf-8")).hexdigest()[:12]
