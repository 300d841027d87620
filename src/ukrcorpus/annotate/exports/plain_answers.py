"""What the answers about one unit come to, worked out once for each combination of answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.answers import missing, parse_answer
from ukrcorpus.annotate.exports.plain_json import UNSET
from ukrcorpus.annotate.exports.plain_task import Said
from ukrcorpus.annotate.exports.results import PAYLOAD, check_answers, given_in
from ukrcorpus.annotate.values import Answer, Fault, Problems
from ukrcorpus.derive.label_studio_controls import SEARCH
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

_REMEMBERED: Final = 10_000

Key = tuple[Any, ...]  # a span's label, or None, whether answers were asked for, then control and value by turns


class UnusualError(Exception):
    """Something in the task needs a closer look."""


@dataclass(frozen=True, slots=True)
class Combinations:
    """The combinations of answers met so far; None for one that leads to a finding."""

    schema: Schema
    questions: dict[str, Attribute]
    met: dict[Key, Said | None]

    @classmethod
    def of(cls, schema: Schema) -> "Combinations":
        """Return an empty memory."""
        return cls(schema, dict(_questions(schema)), {})

    def said(self, key: Key) -> Said:
        """Return what a combination comes to."""
        if key not in self.met:
            if len(self.met) == _REMEMBERED:
                self.met.clear()
            try:
                self.met[key] = self._put_in_order(key)
            except UnusualError:
                self.met[key] = None
        found = self.met[key]
        if found is None:
            raise UnusualError
        return found

    def _put_in_order(self, key: Key) -> Said:
        label, coded, *given = key
        layer = self._layer(label)
        answers = dict(self._answers(layer, given))
        if layer is Layer.DOCUMENT:
            if coded and missing(answers, layer, self.schema):
                raise UnusualError
            return Said(layer, answers)
        problems = Problems("")
        check_answers(answers, layer, self.schema, problems, () if coded else None)
        if problems.findings:
            raise UnusualError
        return Said(layer, answers)

    def _layer(self, label: str | None) -> Layer:
        """Return the layer that a label names; the document has none."""
        if label is None:
            return Layer.DOCUMENT
        layer = next((one.layer for one in self.schema.layers if one.layer == label), Layer.DOCUMENT)
        if layer is Layer.DOCUMENT:
            raise UnusualError
        return layer

    def _answers(self, layer: Layer, given: Sequence[Any]) -> Iterator[tuple[str, Answer]]:
        names = given[::2]
        if len(set(names)) < len(names):
            raise UnusualError
        for name, value in zip(names, given[1::2], strict=True):
            question = self.questions.get(name)
            if question is None or not _belongs(question, layer):
                raise UnusualError
            texts = given_in(question, _payload(question, value))
            if texts:
                answer = texts if isinstance(texts, Fault) else parse_answer(question, self.schema, texts)
                if isinstance(answer, Fault):
                    raise UnusualError
                yield name, answer


def _questions(schema: Schema) -> Iterator[tuple[str, Attribute]]:
    """Yield each question by the names of its controls: actors are searched for in a second one."""
    for one in schema.attributes:
        yield one.name, one
        if one.control is Control.ACTORS:
            yield one.name + SEARCH, one


def _belongs(question: Attribute, layer: Layer) -> bool:
    """Say whether a question is stored with units of a layer: with the document if it is about nothing else."""
    return (layer is Layer.DOCUMENT) == (question.layers == (Layer.DOCUMENT,)) and layer in question.layers


def _payload(question: Attribute, value: object) -> dict[str, object]:
    """Return the value's first field that may hold the answer, as JSON has it."""
    for key in PAYLOAD[question.control]:
        raw = getattr(value, key, UNSET)
        if raw is not UNSET:
            texts = raw if isinstance(raw, str) else [list(one) if isinstance(one, tuple) else one for one in raw]
            return {key: texts}
    raise UnusualError
