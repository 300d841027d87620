"""Copies of articles as agencies' clients and spinning tools make them, from our own reports in ``events.toml``."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from ukrcorpus.normalise.duplicates import clusters
from ukrcorpus.normalise.function_words import ALL
from ukrcorpus.normalise.sketches import Sketches

_WORD = re.compile(r"\w+")
# Spinning tools also put phrases in the place of words.
_PHRASES = ("a number of", "in order to", "as well as", "with regard to")


class Pair(NamedTuple):
    """Two texts, how the second came about, and whether they are copies of each other."""

    kind: str
    one: str
    other: str
    copies: bool


def clustered(signatures: Mapping[str, bytes]) -> dict[str, str]:
    """Return the representative of each text by its id; a text without copies has itself."""
    sketches = Sketches()
    columns = pa.array(signatures, pa.string()), pa.array(signatures.values(), pa.binary())
    sketches.add(pa.table(columns, ["article_id", "signature"]))
    others = clusters(sketches).to_pydict().values()
    return {name: name for name in signatures} | dict(zip(*others, strict=True))


def events() -> list[tuple[str, str, str]]:
    """Return language and both independent reports of each event."""
    given = tomllib.loads((Path(__file__).parent / "normalise" / "events.toml").read_text(encoding="utf-8"))
    return [(event["language"], event["one"].strip(), event["other"].strip()) for event in given["events"]]


def templates() -> list[tuple[str, str]]:
    """Return pairs of notices that share a template and nothing else."""
    given = tomllib.loads((Path(__file__).parent / "normalise" / "events.toml").read_text(encoding="utf-8"))
    return [(pair["one"].strip(), pair["other"].strip()) for pair in given["templates"]]


def pairs(seed: int = 1) -> Iterator[Pair]:
    """Yield copies of every report in every way, and all pairs that are none."""
    reports = [(language, text) for language, *both in events() for text in both]
    for number, (language, text) in enumerate(reports):
        for kind, make in {**WIRE, **SPUN}.items():
            chance = random.Random(f"{seed}:{number}:{kind}")  # noqa: S311 - nothing secret
            others = [other for own, other in reports if own == language and other is not text]
            yield Pair(kind, text, make(text, others, chance), copies=True)
    for _, one, other in events():
        yield Pair("independent", one, other, copies=False)
    for one, other in templates():
        yield Pair("template", one, other, copies=False)
    for (_, one), (_, other) in combinations(reports[::2], 2):
        yield Pair("other event", one, other, copies=False)


def _parts(text: str) -> list[str]:
    return text.split("\n\n")


def shortened(text: str, _: list[str], __: random.Random) -> str:
    """Return the text without its last paragraphs, about half of it."""
    return "\n\n".join(_parts(text)[:3])


def headed(text: str, others: list[str], chance: random.Random) -> str:
    """Return the text under another headline and another first paragraph."""
    other = _parts(chance.choice(others))
    lead, _, _ = other[1].partition(". ")
    return "\n\n".join([other[0], f"{lead}.", *_parts(text)[2:]])


def added(text: str, others: list[str], chance: random.Random) -> str:
    """Return the text with a paragraph of the region in its middle and one at its end."""
    parts, other = _parts(text), _parts(chance.choice(others))
    return "\n\n".join([*parts[:3], other[2], *parts[3:], other[-1]])


def reordered(text: str, _: list[str], chance: random.Random) -> str:
    """Return the text with its sentences behind the first paragraph in another order."""
    first, second, *rest = _parts(text)
    sentences = [one for part in rest for one in re.split(r"(?<=[.!?”\"]) (?=\S)", part)]
    chance.shuffle(sentences)
    return "\n\n".join([first, second, " ".join(sentences)])


def all_at_once(text: str, others: list[str], chance: random.Random) -> str:
    """Return a shortened text under another headline with a paragraph added."""
    other = _parts(chance.choice(others))
    return "\n\n".join([other[0], *_parts(text)[1:4], other[-1]])


def spun(share: float) -> Callable[[str, list[str], random.Random], str]:
    """Return a maker of texts in which this share of all words, content words only, are other words."""

    def make(text: str, others: list[str], chance: random.Random) -> str:
        stock = [word for other in others for word in _WORD.findall(other) if _content(word)]
        places = [found for found in _WORD.finditer(text) if _content(found.group())]
        n = min(len(places), round(share * len(_WORD.findall(text))))
        chosen = {found.start() for found in chance.sample(places, n)}
        return _WORD.sub(lambda found: chance.choice(stock) if found.start() in chosen else found.group(), text)

    return make


def sloppy(share: float) -> Callable[[str, list[str], random.Random], str]:
    """Return a maker of spun texts that also swaps function words, lowers names and puts phrases in."""

    def make(text: str, others: list[str], chance: random.Random) -> str:
        stock = [*(word for other in others for word in _WORD.findall(other)), *_PHRASES]

        def swapped(found: re.Match[str]) -> str:
            keep = found.group().isdigit() or chance.random() > share
            return found.group() if keep else chance.choice(stock)

        return _WORD.sub(swapped, text)

    return make


def _content(word: str) -> bool:
    return word.islower() and word not in ALL


WIRE = {"shortened": shortened, "headed": headed, "added": added, "reordered": reordered, "all at once": all_at_once}
SPUN = {
    **{f"spun {share:.0%}": spun(share) for share in (0.1, 0.2, 0.35)},
    **{f"sloppily spun {share:.0%}": sloppy(share) for share in (0.1, 0.2)},
}
