"""What a release speaks of, as values that lead to each other: articles, claims, actors, issues, stances."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ukrcorpus.research.load import Corpus


@dataclass(frozen=True, slots=True)
class Linked:
    """A value that knows the release it is from."""

    corpus: "Corpus" = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Issue(Linked):
    """An issue of the codebook; polarity is measured against its ``pole``, one proposition (None for ``other``)."""

    issue: str
    label: str
    group: str
    pole: str | None
    definition: str
    valence: bool

    @property
    def statements(self) -> "tuple[Statement, ...]":
        """The rows of ``statements`` on this issue."""
        return self.corpus.select(Statement, "statements", "issue", self.issue)


@dataclass(frozen=True, slots=True)
class Actor(Linked):
    """An entry of the registry. ``type``: person, state, organisation, group or pseudo."""

    actor_id: str
    name: str
    type: str
    rolls_up_to: str | None
    wikidata: str | None

    @property
    def parent(self) -> "Actor | None":
        """The body or state this actor rolls up to; persons have dated roles instead."""
        return self.corpus.actor(self.rolls_up_to) if self.rolls_up_to else None

    @property
    def statements(self) -> "tuple[Statement, ...]":
        """The rows of ``statements`` that this actor holds."""
        return self.corpus.select(Statement, "statements", "holder_id", self.actor_id)


@dataclass(frozen=True, slots=True)
class Article(Linked):
    """An article. ``text`` has one block per line; it is None where it was withdrawn or may not be passed on."""

    article_id: str
    title: str | None
    text: str | None
    language: str | None
    genre: str | None
    origin: str
    publisher: str | None
    url: str | None
    published: date | None
    licence: str
    text_rights: str
    split: str
    status: str

    @property
    def claims(self) -> "tuple[Claim, ...]":
        """The article's adjudicated claims, in the order of the text."""
        found = self.corpus.select(Claim, "claims", "article_id", self.article_id)
        return tuple(sorted(found, key=lambda claim: claim.start))

    @property
    def mentions(self) -> "tuple[Mention, ...]":
        """The article's adjudicated mentions of actors, in the order of the text."""
        found = self.corpus.select(Mention, "mentions", "article_id", self.article_id)
        return tuple(sorted(found, key=lambda mention: mention.start))


@dataclass(frozen=True, slots=True)
class Mention(Linked):
    """A span that names actors: ``article.text[start:end] == quote``, offsets in code points."""

    mention_id: str
    article_id: str
    start: int
    end: int
    quote: str | None
    actor_ids: tuple[str, ...]
    form: str | None
    use: str | None

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Whom the mention names."""
        return tuple(self.corpus.actor(actor_id) for actor_id in self.actor_ids)


@dataclass(frozen=True, slots=True)
class Claim(Linked):
    """A claim: ``article.text[start:end] == quote``, offsets in code points, half-open.

    ``voice``: stated, enacted, ascribed or author. ``date`` is the day of the statement, None if not known.
    """

    claim_id: str
    article_id: str
    start: int
    end: int
    quote: str | None
    type: str | None
    voice: str
    quotation: str | None
    tier: int
    date: date | None
    decided_by: str
    n_annotators: int
    n_agree: int

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.corpus.article(self.article_id)

    @property
    def holders(self) -> tuple[Actor, ...]:
        """Whose claim it is."""
        return self.sources("holder")

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Its one or two issues, the primary one first; also where no stance was coded."""
        rows = self.corpus.rows("claim_issues", "claim_id", self.claim_id)
        return tuple(self.corpus.issue(row["issue"]) for row in sorted(rows, key=lambda row: not row["is_primary"]))

    @property
    def stances(self) -> "tuple[Stance, ...]":
        """The stances coded on it: at most one for each holder and issue."""
        return self.corpus.select(Stance, "stances", "claim_id", self.claim_id)

    def sources(self, role: str) -> tuple[Actor, ...]:
        """Return its actors in a role: holder, ascriber or relayer."""
        rows = self.corpus.rows("claim_sources", "claim_id", self.claim_id)
        return tuple(self.corpus.actor(row["actor_id"]) for row in rows if row["role"] == role)


@dataclass(frozen=True, slots=True)
class Stance(Linked):
    """A holder's ``polarity`` on an issue's pole: -2 rejects, -1 opposes, 0 neutral, 1 favours, 2 supports."""

    claim_id: str
    actor_id: str
    issue_name: str = field(metadata={"column": "issue"})
    polarity: int
    conditional: bool
    condition: str | None
    n_annotators: int
    n_agree: int

    @property
    def holder(self) -> Actor:
        """Who takes the stance."""
        return self.corpus.actor(self.actor_id)

    @property
    def issue(self) -> Issue:
        """What it is about."""
        return self.corpus.issue(self.issue_name)


@dataclass(frozen=True, slots=True)
class Statement(Linked):
    """A row of ``statements``: ``sentence[claim_start:claim_end] == claim``, offsets in code points."""

    statement_id: str
    article_id: str
    claim_id: str
    date: date | None
    sentence: str | None
    quote: str | None = field(metadata={"column": "claim"})
    claim_start: int
    claim_end: int
    holder_id: str
    holder_org: str | None
    voice: str
    issue_name: str = field(metadata={"column": "issue"})
    pole: str
    polarity: int
    stance: str
    conditional: bool

    @property
    def claim(self) -> Claim:
        """The claim it was coded on."""
        return self.corpus.claim(self.claim_id)

    @property
    def holder(self) -> Actor:
        """Who takes the stance."""
        return self.corpus.actor(self.holder_id)

    @property
    def issue(self) -> Issue:
        """What it is about."""
        return self.corpus.issue(self.issue_name)
