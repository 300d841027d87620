"""Actors that annotators missed in the registry: typed by them, wanted here, and nowhere published as actors."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.rounds import Submission, read_submissions
from ukrcorpus.annotate.values import Article
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Actor, Layer, Schema

UNLISTED: Final = "unlisted_actor"
_ROLE: Final = re.compile(r"\s*\([^()]*\)\s*$")  # annotators add the role: "the harbour master (relayer)"


@dataclass(frozen=True, slots=True)
class Place:
    """A span where an actor was missed, as typed there and by how many annotators."""

    article_id: str
    layer: Layer
    span: Span
    quote: str
    typed: tuple[str, ...]
    n_annotators: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An actor that the registry lacks; ``actor_ids`` are those that have this name by now."""

    name: str
    n_articles: int
    actor_ids: tuple[str, ...]
    places: tuple[Place, ...]

    def as_text(self) -> str:
        """Return the actor, and a line for each place."""
        known = f"; the registry has it by now: {', '.join(self.actor_ids)}" if self.actor_ids else ""
        lines = [f"{self.name}: {len(self.places)} places in {self.n_articles} articles{known}"]
        for one in self.places:
            where = f"{one.article_id}, {one.layer} {one.span.start}..{one.span.end}"
            lines.append(f"  {where}, annotators {one.n_annotators}, typed “{'”, “'.join(one.typed)}”: {one.quote}")
        return "\n".join(lines)


def read_worklist(project: Project, schema: Schema) -> tuple[Wanted, ...]:
    """Return the actors typed in all present rounds."""
    articles = read_articles(project)
    findings: list[Finding] = []
    rounds = read_submissions(project, schema, articles.by_id, findings).rounds.values()
    return worklist(rounds, articles.by_id, schema.actors)


def worklist(
    rounds: Iterable[Submission], articles: Mapping[str, Article], actors: Sequence[Actor]
) -> tuple[Wanted, ...]:
    """Return the actors that rounds miss, those at most places first.

    Names that differ in case, or in the role that follows in brackets, are one.
    """
    typed: dict[str, dict[tuple[str, Layer, Span], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in rounds:
        for region in one.round.regions:
            words = region.answers.get(UNLISTED)
            if isinstance(words, str):
                place = (one.article_id, region.layer, region.span)
                typed[_name(words).casefold()][place][one.annotator] = words
    known = _known(actors)
    wanted = [_wanted(places, articles, known.get(name, ())) for name, places in typed.items()]
    return tuple(sorted(wanted, key=lambda one: (-len(one.places), one.name)))


def as_json(wanted: Iterable[Wanted]) -> list[dict[str, Any]]:
    """Return a worklist as values for JSON."""
    return [asdict(one) for one in wanted]


def _wanted(
    typed: Mapping[tuple[str, Layer, Span], Mapping[str, str]], articles: Mapping[str, Article], known: tuple[str, ...]
) -> Wanted:
    names = Counter(_name(words) for own in typed.values() for words in own.values())
    places = tuple(
        Place(
            article_id=article_id,
            layer=layer,
            span=span,
            quote=articles[article_id].text[span.start : span.end],
            typed=tuple(sorted(set(own.values()))),
            n_annotators=len(own),
        )
        for (article_id, layer, span), own in sorted(typed.items())
    )
    usual = max(sorted(names), key=lambda name: names[name])
    return Wanted(usual, len({one.article_id for one in places}), known, places)


def _name(words: str) -> str:
    """Return what was typed without the role at its end.

    >>> _name("the harbour master (relayer)")
    'the harbour master'
    """
    return _ROLE.sub("", words).strip() or words.strip()


def _known(actors: Sequence[Actor]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the actors that have a name, by the name in small letters."""
    ids: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for text in dict.fromkeys([actor.name, *(name.text for name in actor.names)]):
            ids[text.casefold()].append(actor.id)
    return {name: tuple(dict.fromkeys(own)) for name, own in ids.items()}
