"""``annotations/places.jsonl``: where a human put labels that a changed text left without a sure place.

A place counts for one label over one text of its article; over another text the label waits for a human again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.records import read_records, record_line, write_records
from ukrcorpus.measure.matching import Span

NAME: Final = "places.jsonl"
RULE: Final = "places-file"
_RESTORE: Final = "Restore the file from git; ukrcorpus studio pull writes it from the reviews."

Key = tuple[str, str, str]  # round, region, SHA-256 of the text that the place is in


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands in a text of its article, code points; without ``start`` and ``end`` it is given up.

    ``review`` is the annotation that it came from; what a hand wrote has none, and stands above reviews.
    """

    article_id: str
    round_id: str
    region_id: str
    text_sha256: str
    start: int | None
    end: int | None
    quote_sha256: str | None
    curator: str
    reason: str | None = None
    review: str | None = None

    @property
    def key(self) -> Key:
        """Which label over which text."""
        return self.round_id, self.region_id, self.text_sha256

    @property
    def span(self) -> Span | None:
        """Where it stands; None: nowhere."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)


Places = Mapping[Key, Place]
NONE: Final[Places] = MappingProxyType({})


def places_path(project: Project) -> Path:
    """Return where the places are written down."""
    return project.annotations / NAME


def read_places(project: Project) -> Places:
    """Return the places by label and text; a line that is none raises ``places-file``."""
    path = places_path(project)
    where = project.address(path)
    places: dict[Key, Place] = {}
    for number, one in enumerate(read_records(path, where, Place, rule=RULE, remedy=_RESTORE), 1):
        if (one.start is None) is not (one.end is None) or (one.start is None) is not (one.quote_sha256 is None):
            what = "start, end and quote_sha256 stand together, or none of them does."
            raise CorpusError(RULE, what, where=f"{where}: line {number}", remedy=_RESTORE)
        if places.get(one.key, one).review is not None or one.review is None:
            places[one.key] = one
    return places


def take_places(project: Project, of_reviews: Iterable[Place]) -> bool:
    """Put the places of all reviews in the stead of those of earlier ones; return whether the file changed.

    What hands wrote stays, and so do places in other texts than those that the reviews are about now.
    """
    new = {one.key: one for one in of_reviews}
    texts = {(one.article_id, one.text_sha256) for one in new.values()}
    old = read_places(project)
    kept = {
        key: one for key, one in old.items() if one.review is None or (one.article_id, one.text_sha256) not in texts
    }
    ordered = sorted((new | kept).values(), key=lambda one: (one.article_id, *one.key))
    if [record_line(one) for one in ordered] == [record_line(one) for one in old.values()]:
        return False
    write_records(places_path(project), ordered)
    return True
