"""The schema of one corpus as frozen values: layers, vocabularies, issues, actors, repairs, tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Final

from ukrcorpus.schema.changes import Migration

FLAG_VALUE: Final = "yes"
"""What a ticked flag is called in results and in conditions."""


class Kind(StrEnum):
    """The closed set of column kinds; each target has one dict from kind to its own type."""

    ID = "id"
    TEXT = "text"
    LABEL = "label"
    HASH = "hash"
    FLAG = "flag"
    COUNT = "count"
    OFFSET = "offset"
    POLARITY = "polarity"
    SCORE = "score"
    DATE = "date"
    INSTANT = "instant"
    IDS = "ids"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``references`` is ``table.column``; ``vocabulary`` names a closed list; ``protected`` columns
    hold article text and are empty in the text-free edition for articles without text rights.
    """

    name: str
    kind: Kind
    description: str
    required: bool = True
    references: str | None = None
    vocabulary: str | None = None
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key, columns in order, and whether it follows the articles' splits."""

    name: str
    description: str
    key: tuple[str, ...]
    split: "SplitBy"
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def protected(self) -> tuple[str, ...]:
        """The columns that hold characters of an article."""
        return tuple(column.name for column in self.columns if column.protected)


class SplitBy(StrEnum):
    """``article``: rows go to their article's split; ``registry``: one split of that name."""

    ARTICLE = "article"
    REGISTRY = "registry"


@dataclass(frozen=True, slots=True)
class Border:
    """A hard case and what to do with it."""

    text: str
    decision: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a vocabulary, with what an annotator needs to choose it."""

    value: str
    label: str
    definition: str
    hotkey: str | None = None
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    border: Border | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of values, in the order annotators see."""

    name: str
    values: tuple[Value, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The values as stored."""
        return tuple(value.value for value in self.values)


class Layer(StrEnum):
    """What an annotation is about: the article, an actor mention, or a claim."""

    DOCUMENT = "document"
    MENTION = "mention"
    CLAIM = "claim"


class Control(StrEnum):
    """How an attribute is asked in Label Studio."""

    CHOICE = "choice"
    CHOICES = "choices"
    ISSUE = "issue"
    ACTORS = "actors"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class AskedIf:
    """When a question is asked at all: another one has one of these answers, or any answer where none is named."""

    question: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question to the annotator; its name is the control's and the ``annotations`` column's.

    ``otherwise`` is the answer that follows where the question is not asked; ``hotkey`` ticks a flag.
    """

    name: str
    layers: tuple[Layer, ...]
    control: Control
    question: str
    definition: str
    required: bool = False
    vocabulary: str | None = None
    options: str | None = None
    hotkey: str | None = None
    asked_if: AskedIf | None = None
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class LayerText:
    """A layer's part of the guideline: unit, decision list, examples."""

    layer: Layer
    label: str
    hotkey: str | None
    colour: str | None
    definition: str
    rules: tuple[str, ...]
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    border: tuple[Border, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An issue that is easily mistaken for another, and when the other one is right."""

    issue: str
    because: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of issues."""

    group: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue and its pole: the one proposition that polarity is measured against."""

    issue: str
    label: str
    group: str
    definition: str
    pole: str | None
    valence: bool
    context: bool
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    border: Border | None
    near_misses: tuple[NearMiss, ...]
    replaces: str | None = None
    excuse: dict[str, str] = field(default_factory=dict)


class ActorType(StrEnum):
    """What kind of actor an id names."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"
    PSEUDO = "pseudo"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an actor. ``case``, ``after``, ``not_in`` and ``ambiguous`` limit when it counts."""

    text: str
    kind: str
    language: str | None
    case: str | None = None
    after: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """An office held for ``org`` from ``valid_from`` (inclusive) to ``valid_to`` (inclusive, None: still)."""

    org: str
    role: str
    valid_from: date | None
    valid_to: date | None
    source: str
    from_unknown: bool = False

    def holds(self, day: date) -> bool:
        """Say whether the office was held on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the registry."""

    id: str
    name: str
    type: ActorType
    wikidata: str | None
    wikidata_sources: tuple[str, ...]
    rolls_up_to: str | None
    counterpart: str | None
    no_counterpart: str | None
    roles: tuple[Role, ...]
    names: tuple[Name, ...]
    excuse: dict[str, str] = field(default_factory=dict)

    def org_on(self, day: date | None) -> str | None:
        """Return the body a person spoke for on a day, or what a body or group rolls up to.

        Without a day only an actor whose roles all belong to one body has an answer. Of several
        offices on one day the one taken up last counts.
        """
        if self.type is not ActorType.PERSON:
            return self.rolls_up_to
        if day is None:
            orgs = {role.org for role in self.roles}
            return orgs.pop() if len(orgs) == 1 else None
        held = [role for role in self.roles if role.holds(day)]
        return max(held, key=lambda role: role.valid_from or date.min).org if held else None


@dataclass(frozen=True, slots=True)
class Slip:
    """A letter slip whose mend is certain: ``wrong`` as a whole word becomes ``right``."""

    wrong: str
    right: str
    language: str


@dataclass(frozen=True)
class Repairs:
    """What repair passes may use: names whose case is mended, and the closed list of slips.

    ``uncertain`` names are common words too; only another name beside one makes it a name.
    """

    names: tuple[str, ...]
    phrases: tuple[str, ...]
    slips: tuple[Slip, ...]
    digest: str
    uncertain: tuple[str, ...] = ()

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """Each name by its form in small letters."""
        return {name.lower(): name for name in (*self.names, *self.uncertain)}

    @cached_property
    def mends(self) -> Mapping[str, str]:
        """What stands right for each slip, with a small and with a capital first letter."""
        right = {slip.wrong: slip.right for slip in self.slips}
        return right | {wrong.capitalize(): mended.capitalize() for wrong, mended in right.items()}

    @cached_property
    def by_first_word(self) -> Mapping[str, tuple[str, ...]]:
        """All that is mended wherever it stands, by its first word: some names are several."""
        words = sorted({*self.capitals, *self.mends})
        return {first: tuple(same) for first, same in groupby(words, key=lambda word: word.split(" ", 1)[0])}

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The keys of ``by_first_word``, as a set that others remember answers by."""
        return frozenset(self.by_first_word)


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything in ``schema/``."""

    scheme_version: str
    guideline_version: str
    layers: tuple[LayerText, ...]
    attributes: tuple[Attribute, ...]
    vocabularies: tuple[Vocabulary, ...]
    groups: tuple[Group, ...]
    issues: tuple[Issue, ...]
    actors: tuple[Actor, ...]
    repairs: Repairs
    tables: tuple[Table, ...]
    migrations: tuple[Migration, ...] = ()

    def vocabulary(self, name: str) -> Vocabulary:
        """Return a vocabulary by name; ``issue`` and ``issue_group`` come from the codebook."""
        return next(vocabulary for vocabulary in self.vocabularies if vocabulary.name == name)

    def table(self, name: str) -> Table:
        """Return a table by name."""
        return next(table for table in self.tables if table.name == name)

    def actor(self, actor_id: str) -> Actor | None:
        """Return a registry entry by id."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)

    def issue(self, name: str) -> Issue | None:
        """Return an issue by name."""
        return next((issue for issue in self.issues if issue.issue == name), None)

    def attributes_of(self, layer: Layer) -> tuple[Attribute, ...]:
        """Return the questions of one layer in order."""
        return tuple(attribute for attribute in self.attributes if layer in attribute.layers)
