"""What a release says things about, and how its rows change: articles, mentions, claims, stances, actors, issues."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Change(StrEnum):
    """What became of a row; of several changes the first in this order that applies."""

    ADDED = "added"
    REMOVED = "removed"
    RELABELLED = "relabelled"
    MOVED = "moved"
    READJUDICATED = "re-adjudicated"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Subject:
    """A table of subjects: which of its columns are labels, and by what it can be known again under another key.

    ``shown`` is what a reader knows a row by. ``same`` are columns by which a row that went and one that came are
    one, relabelled, as long as only one of each has them.
    """

    name: str
    table: str
    shown: str
    labels: frozenset[str]
    same: tuple[tuple[str, ...], ...] = ()


# What these columns mean is the same in every table that has them.
PLACES: Final = frozenset({"start", "end", "sentence_id", "split", "claim_start", "claim_end"})
DECIDED: Final = frozenset({"decided_by", "n_annotators", "n_agree", "curator_annotated", "annotation_ids"})
OF_REGISTRY: Final = frozenset({"holder", "holder_type", "holder_org"})
OF_SCHEME: Final = frozenset({"pole", "scheme_version"})
# Follows by rule from the text, from what raw/ says of the article, and from the labels.
COMPUTED: Final = frozenset({"date", "date_source", "date_precision", "tier", "published", "publisher", "origin"})
ACTOR_IDS: Final = ("actor_id", "actor_ids", "holder_id", "ascriber_ids")
ISSUE: Final = "issue"

SUBJECTS: Final[tuple[Subject, ...]] = (
    Subject(
        "articles",
        "articles",
        "title",
        frozenset({"genre", "text_quality", "machine_spun", "synthetic_suspected", "event_anchor"}),
    ),
    Subject(
        "mentions",
        "mentions",
        "quote",
        frozenset({"actor_ids", "form", "use"}),
        (("article_id", "start", "end"),),
    ),
    Subject(
        "claims",
        "claims",
        "quote",
        frozenset({"type", "voice", "quotation", "tier", "date", "date_source", "date_precision"}),
        (("article_id", "start", "end"),),
    ),
    Subject(
        "stances",
        "stances",
        "claim_id",
        frozenset({"actor_id", "issue", "polarity", "conditional", "condition"}),
        (("claim_id", "actor_id"), ("claim_id", "issue")),
    ),
    Subject(
        "statements",
        "statements_all",
        "claim",
        frozenset(
            {"holder_id", "issue", "polarity", "stance", "conditional", "voice", "ascriber_ids", "n_holders"}
            | {"date", "date_source"}
        ),
        (("claim_id", "holder_id"), ("claim_id", "issue")),
    ),
    Subject("actors", "actors", "name", frozenset({"name", "type", "rolls_up_to", "wikidata"})),
    Subject("issues", "issues", "label", frozenset({"label", "group", "pole", "definition", "valence", "scope"})),
)
