"""The paths of one corpus project, and what its ``corpus.toml`` says."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ukrcorpus.core.citing import Author, Related, authors_of, bare_doi, related_of
from ukrcorpus.core.documentation import documentation
from ukrcorpus.core.problems import CorpusError, near

FORMAT = 1
UNFILLED_CONTACT = "Name a contact here"
UNFILLED_AUTHOR = "Name the authors here"
"""What `ukrcorpus new` writes where contact and authors belong."""
_KEYS = ("format", "name", "version", "release_date", "title", "authors", "licence", "contact", "description")
_OPTIONAL = ("thresholds", "adjudication", "without_suggestions", "documentation", "doi", "related", "splits")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")
_LARGEST = 2**53  # beyond it, a number is no longer the one that was written


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least and the most that a quality signal may be for an article to count; None is no bound."""

    signal: str
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """What ``corpus.toml`` says of a corpus; ``licence`` is that of the annotations (an SPDX id).

    ``adjudication`` leads from layers to what settles them without a curator, ``documentation`` from the questions of
    ``core.documentation`` to answers. ``authors`` are the names of ``creators``; ``doi`` is that of this version;
    ``splits`` is what ``policy.splits.plan`` reads. Annotators of articles ``without_suggestions`` are shown none.
    """

    name: str
    version: str
    release_date: date
    title: str
    description: str
    authors: tuple[str, ...]
    licence: str
    contact: str
    thresholds: tuple[Threshold, ...] = ()
    adjudication: Mapping[str, str] = field(default_factory=dict)
    documentation: Mapping[str, str] = field(default_factory=dict)
    creators: tuple[Author, ...] = ()
    related: tuple[Related, ...] = ()
    doi: str | None = None
    splits: Mapping[str, object] = field(default_factory=dict)
    without_suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``corpus.toml``, ``raw/``, ``schema/`` and ``annotations/``."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> "Project":
        """Return the project at ``root``, or raise ``project-missing``."""
        if not (root / "corpus.toml").is_file():
            raise CorpusError(
                "project-missing",
                "no corpus.toml, so this folder is not a corpus project.",
                where=str(root),
                remedy="Name one with --project DIR, or make one: ukrcorpus new DIR.",
            )
        return cls(root)

    @property
    def raw(self) -> Path:
        """Articles as received, and their manifest."""
        return self.root / "raw"

    @property
    def manifest(self) -> Path:
        """One JSON line per article."""
        return self.raw / "manifest.jsonl"

    @property
    def schema(self) -> Path:
        """The definition of layers, issues, actors, repairs and tables."""
        return self.root / "schema"

    @property
    def annotations(self) -> Path:
        """Exports, decisions and minted ids."""
        return self.root / "annotations"

    @property
    def build(self) -> Path:
        """Everything the pipeline makes; may be deleted at any time."""
        return self.root / "build"

    @property
    def quarantine(self) -> Path:
        """What was set aside, each with its reason."""
        return self.build / "quarantine"

    @property
    def dist(self) -> Path:
        """Built releases."""
        return self.root / "dist"

    def table(self, stage: str, name: str) -> Path:
        """Return the path of a table that a stage made."""
        return self.build / stage / f"{name}.parquet"

    def address(self, path: Path) -> str:
        """Return a path as messages show it: relative to the project."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def info(self) -> CorpusInfo:
        """Read ``corpus.toml``; every slip is a ``CorpusError`` with the key's name."""
        return _read_info(self.root / "corpus.toml", self.address(self.root / "corpus.toml"))


def _read_info(path: Path, where: str) -> CorpusInfo:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # among them a number of 5,000 digits
        raise CorpusError(
            "corpus-toml-syntax", f"not readable as TOML: {error}.", where=where, remedy="Mend the line it names."
        ) from error
    for key in given:
        if key not in _KEYS + _OPTIONAL:
            raise CorpusError(
                "corpus-toml-key", f"unknown key '{key}'.", where=where, remedy=near(key, _KEYS + _OPTIONAL)
            )
    for key in _KEYS:
        if key not in given:
            raise CorpusError("corpus-toml-key", f"the key '{key}' is missing.", where=where, remedy=f"Add '{key}'.")
    _check(given, "format", given["format"] == FORMAT, f"{FORMAT}", where)
    _check(given, "name", bool(_NAME.fullmatch(str(given["name"]))), "lower-case letters, digits and '-'", where)
    _check(given, "version", bool(_VERSION.fullmatch(str(given["version"]))), "MAJOR.MINOR.PATCH", where)
    _check(given, "release_date", type(given["release_date"]) is date, "a date such as 2026-11-22, unquoted", where)
    for key in ("title", "licence", "contact", "description"):
        _check(given, key, isinstance(given[key], str) and bool(given[key].strip()), "a text", where)
    cited = _cited(given, where)
    without = given.get("without_suggestions", [])
    _check(given, "without_suggestions", _is_names(without), "a list of article ids", where)
    values = {key: given[key] for key in _KEYS if key not in ("format", "authors")}
    adjudication = given.get("adjudication", {})
    told = isinstance(adjudication, dict) and all(isinstance(one, str) for one in adjudication.values())
    _check(given, "adjudication", told, "a table such as claim = 'majority'", where)
    thresholds = _thresholds(given.get("thresholds", {}), where)
    documented = documentation(given.get("documentation", {}), where)
    splits = given.get("splits", {})
    _check(given, "splits", isinstance(splits, dict), "a table such as train = 80", where)
    return CorpusInfo(
        **values,
        **cited,
        thresholds=thresholds,
        adjudication=adjudication,
        documentation=documented,
        splits=splits,
        without_suggestions=tuple(without),
    )


def _cited(given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return what is said of authors, related works and the DOI."""
    creators = authors_of(given["authors"], where)
    doi = bare_doi(str(given["doi"]), f"{where}: doi") if "doi" in given else None
    related, authors = related_of(given.get("related", []), where), tuple(one.name for one in creators)
    return {"authors": authors, "creators": creators, "related": related, "doi": doi}


def _is_names(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) and one for one in given)


def _thresholds(given: object, where: str) -> tuple[Threshold, ...]:
    _check({"thresholds": given}, "thresholds", isinstance(given, dict), "a table of signals", where)
    assert isinstance(given, dict)
    found = []
    for signal, bounds in given.items():
        told = isinstance(bounds, dict) and bool(bounds) and bounds.keys() <= {"min", "max"}
        right = told and all(type(bound) in (int, float) and abs(bound) <= _LARGEST for bound in bounds.values())
        _check(
            {f"thresholds.{signal}": bounds},
            f"thresholds.{signal}",
            right,
            "{ min = 1, max = 2 } or one of both",
            where,
        )
        found.append(Threshold(signal, bounds.get("min"), bounds.get("max")))
    return tuple(found)


def _check(given: dict[str, object], key: str, right: bool, expected: str, where: str) -> None:
    if not right:
        raise CorpusError("corpus-toml-value", f"{key} is {given[key]!r}.", where=where, remedy=f"Expected {expected}.")
