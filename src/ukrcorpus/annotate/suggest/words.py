"""The word lists of ``words.toml``, parsed once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Final

_FILE: Final = "words.toml"


@dataclass(frozen=True, slots=True)
class Cue:
    """What a verb tells of a claim: its voice and, where the verb decides them, its type and polarity."""

    voice: str
    kind: str | None
    side: int | None


@dataclass(frozen=True)
class Words:
    """The lists by their names; ``listed`` are those that are plain lists of words, by section and name."""

    demonyms: Mapping[str, str]
    offices: Mapping[str, tuple[str, ...]]
    functions: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    bodies: Mapping[str, str]
    members: Mapping[str, str]
    people: Mapping[str, str]
    parliaments: Mapping[str, str]
    unions: Mapping[str, str]
    listed: Mapping[tuple[str, str], frozenset[str]]
    cues: Mapping[str, Cue]
    issues: Mapping[str, str]
    digest: str

    @cached_property
    def progressive(self) -> Mapping[str, Cue]:
        """The cues of regular verbs by their forms in -ing (``complaining`` from ``complained``)."""
        return {word.removesuffix("ed") + "ing": cue for word, cue in self.cues.items() if word.endswith("ed")}

    def of(self, section: str, name: str) -> frozenset[str]:
        """Return a plain list of words."""
        return self.listed[section, name]


def any_of(words: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> str:
    """Return a pattern for any of the words, the longest first.

    >>> any_of(("no", "nobody"))
    'nobody|no'
    """
    return _either(frozenset(words))


@cache
def _either(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def suggestion_words() -> Words:
    """Return the word lists that the package ships."""
    content = files("ukrcorpus.annotate.suggest").joinpath(_FILE).read_bytes()
    data = tomllib.loads(content.decode("utf-8"))
    plain = ("bare", "plurals", "places", "titles", "claims")
    return Words(
        demonyms=data["demonyms"],
        offices={name: tuple(roles) for name, roles in data["offices"].items()},
        functions={noun: tuple(roles.split("|")) for noun, roles in data["functions"].items()},
        short={noun: tuple(bodies.split()) for noun, bodies in data["short"].items()},
        bodies=data["bodies"],
        members=data["members"],
        people=data["people"],
        parliaments=data["parliaments"],
        unions=data["unions"],
        listed={(one, name): frozenset(words.split()) for one in plain for name, words in data[one].items()},
        cues={
            word: Cue(entry["voice"], entry.get("kind"), entry.get("side"))
            for entry in data["cues"]
            for word in entry["words"].split()
        },
        issues=data["issues"],
        digest=sha256(content).hexdigest(),
    )
