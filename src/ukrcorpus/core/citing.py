"""How a corpus is cited, as ``corpus.toml`` and ``--doi`` give it: DOI, authors with their ORCID, related works."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ukrcorpus.core.problems import CorpusError, near

# The relations that DataCite and Zenodo share.
RELATIONS: Final = (
    "cites",
    "continues",
    "describes",
    "documents",
    "hasPart",
    "isCitedBy",
    "isContinuedBy",
    "isDerivedFrom",
    "isDescribedBy",
    "isDocumentedBy",
    "isIdenticalTo",
    "isNewVersionOf",
    "isPartOf",
    "isPreviousVersionOf",
    "isReferencedBy",
    "isRequiredBy",
    "isSourceOf",
    "isSupplementTo",
    "isSupplementedBy",
    "references",
    "requires",
)
_RULE: Final = "corpus-toml-value"
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[A-Za-z0-9._;()/:-]+")
_BEFORE_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ORCID: Final = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_AUTHOR: Final = frozenset({"name", "orcid", "affiliation"})
_RELATED: Final = frozenset({"identifier", "relation"})


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who made the corpus; ``orcid`` has four groups of four and no address before them."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another work, by DOI or address, and what this one is to it."""

    identifier: str
    relation: str


def bare_doi(given: str, where: str) -> str:
    """Return a DOI without what may stand before it, or raise ``doi-form``.

    >>> bare_doi("https://doi.org/10.5281/zenodo.123", where="--doi")
    '10.5281/zenodo.123'
    """
    doi = _BEFORE_DOI.sub("", given.strip(), count=1)
    if not _DOI.fullmatch(doi):
        remedy = "Give the DOI that was reserved for this version, such as 10.5281/zenodo.1234567."
        raise CorpusError("doi-form", f"{given!r} is no DOI.", where=where, remedy=remedy)
    return doi


def authors_of(given: object, where: str) -> tuple[Author, ...]:
    """Return the authors: names, or tables of name, ORCID and affiliation; every slip is a ``CorpusError``."""
    listed = given if isinstance(given, list) else []
    _check(bool(listed), f"authors is {given!r}.", "a list of names", where)
    return tuple(_author(one, f"{where}: authors: {number}") for number, one in enumerate(listed, start=1))


def related_of(given: object, where: str) -> tuple[Related, ...]:
    """Return the related works; every slip is a ``CorpusError``."""
    listed = given if isinstance(given, list) else [given]
    return tuple(_related(one, f"{where}: related: {number}") for number, one in enumerate(listed, start=1))


def _author(given: object, where: str) -> Author:
    values = _texts({"name": given} if isinstance(given, str) else given, _AUTHOR, {"name"}, where)
    orcid = values.get("orcid", "").rpartition("orcid.org/")[2] or None
    right = orcid is None or (bool(_ORCID.fullmatch(orcid)) and _check_digit(orcid) == orcid[-1])
    _check(right, f"orcid is {values.get('orcid')!r}.", "an ORCID iD, such as 0000-0002-1825-0097", where)
    return Author(values["name"], orcid, values.get("affiliation"))


def _related(given: object, where: str) -> Related:
    values = _texts(given, _RELATED, _RELATED, where)
    relation = values["relation"]
    if relation not in RELATIONS:
        raise CorpusError(_RULE, f"relation is {relation!r}.", where=where, remedy=near(relation, RELATIONS))
    identifier = values["identifier"]
    named = identifier.startswith("https://") or bool(_DOI.fullmatch(identifier))
    _check(named, f"identifier is {identifier!r}.", "a DOI or an address with https://", where)
    return Related(identifier, relation)


def _texts(given: object, known: frozenset[str], needed: set[str] | frozenset[str], where: str) -> Mapping[str, str]:
    """Return a table of texts with these keys."""
    table = given if isinstance(given, dict) else {}
    right = needed <= table.keys() <= known and all(isinstance(one, str) and one.strip() for one in table.values())
    _check(right, f"{given!r}.", f"a table of texts: {', '.join(sorted(known))}", where)
    return table


def _check(right: bool, what: str, expected: str, where: str) -> None:
    if not right:
        raise CorpusError(_RULE, what, where=where, remedy=f"Expected {expected}.")


def _check_digit(orcid: str) -> str:
    """Return the last digit that the others ask for (ISO 7064, MOD 11-2).

    >>> _check_digit("0000-0002-1825-0097")
    '7'
    """
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]
