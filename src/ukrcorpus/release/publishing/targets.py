"""What a place that releases are published to can say and do: survey, send, read back, list."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.publishing.shipment import File, Shipment

_WORDS: Final = ("name", "version", "edition", "release_date")
_VERSION = re.compile(r"\d+\.\d+\.\d+")

Progress = Callable[[File], None]


class Standing(StrEnum):
    """How far a version is published at a place."""

    ABSENT = "absent"
    BEGUN = "begun"  # some of its files are there, none of them loadable as a release
    UNTAGGED = "untagged"  # committed, but no tag names the commit
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a place holds: of the release (``there``), of an older version (``goes``), and of others (``stays``).

    ``begun`` are files of the release with other bytes, cut on the way. ``address`` is where the version will be or
    is, ``how`` the way it gets there, ``head`` what it is built upon.
    """

    standing: Standing
    address: str
    how: str
    there: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    newest: str | None = None
    head: str | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is published at a place, as its ``release.json`` says."""

    name: str
    version: str
    edition: str
    release_date: str
    address: str

    @classmethod
    def of(cls, release: Mapping[str, Any], address: str) -> "Version":
        """Return what a ``release.json`` says."""
        name, version, edition, day = (str(release[key]) for key in _WORDS)
        return cls(name, version, edition, day, address)


class Target(Protocol):
    """A place that releases are published to."""

    def survey(self, shipment: Shipment) -> Survey:
        """Return what is there, or raise why this release cannot go there (rules ``publish-*``)."""

    def send(self, shipment: Shipment, survey: Survey, progress: Progress) -> None:
        """Send what is not there yet; the version can be loaded only once all of it is."""

    def read_back(self, shipment: Shipment) -> None:
        """Read every file of the published version and compare it, or raise ``publish-damaged``."""

    def versions(self) -> tuple[Version, ...]:
        """Return the versions that are published there, the newest last."""


def record_of(data: bytes) -> dict[str, Any] | None:
    """Return what a ``release.json`` says, or None if it is none of ours: others may use the name."""
    try:
        given = json.loads(data)
    except ValueError:
        return None
    ours = isinstance(given, dict) and all(isinstance(given.get(key), str) for key in _WORDS)
    whole = ours and all(isinstance(given.get(key), dict) for key in ("files", "tables"))
    return given if whole and _VERSION.fullmatch(given["version"]) else None


def taken(shipment: Shipment, address: str, differing: list[str]) -> CorpusError:
    """Return ``publish-taken``: the version is published with other content."""
    few = ", ".join(differing[:3]) + (f" and {len(differing) - 3} more" if len(differing) > 3 else "")  # noqa: PLR2004 - a few
    return CorpusError(
        "publish-taken",
        f"version {shipment.version} is published there with other content ({few}).",
        where=address,
        remedy="A published version never changes. Set a higher one in corpus.toml (ukrcorpus release version "
        "--against a copy of the published one says which), build, and publish that. If releases.jsonl has no line for "
        "it, ukrcorpus release record with that copy lets build refuse its number.",
    )


def damaged(address: str, differing: list[str]) -> CorpusError:
    """Return ``publish-damaged``: what was read back is not what was sent."""
    return CorpusError(
        "publish-damaged",
        f"read back, these files are missing or not as sent: {', '.join(differing)}.",
        where=address,
        remedy="Nobody should load it from there. Find out who changed it; then publish a higher version.",
    )
