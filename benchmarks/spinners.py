"""Ways to spin a text, each with a word source of its own; the detector knows none of them.

``wordnet`` and ``mythes`` swap content words for what a thesaurus offers, as spinning tools do; ``grammar`` breaks
determiners, prepositions and agreement. Each returns the spun text and the spans it touched (code points).
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?")
# Words a spinning tool leaves alone: they carry grammar, or a thesaurus has no entry worth the name.
KEPT = frozenset(
    """a an the and or but if so as at by for from in into of off on onto out over per than that then there these they
    this those to under until up upon was were what when where which while who whom whose why will with within would
    be been being am is are has have had having do does did done i he her hers him his it its me my our ours she their
    theirs them us we you your not no nor can could may might must shall should also both each few more most much many
    some any all one two three four five six seven eight nine ten about after before between during against""".split()
)
Synonyms = dict[str, tuple[str, ...]]
Spun = tuple[str, tuple[tuple[int, int], ...]]

_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""))


def wordnet(folder: Path) -> Synonyms:
    """Return each word's synonyms out of WordNet's first three senses, taken from its database files."""
    synonyms: dict[str, list[str]] = {}
    for part in _PARTS:
        offsets = dict(_wordnet_sets(folder / f"data.{part}"))
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            fields = line.split()
            if line[:1] != " " and "_" not in fields[0]:
                n_senses = int(fields[2])
                senses = fields[-n_senses:][:3]
                found = [word for sense in senses for word in offsets[sense] if word.islower() and word != fields[0]]
                synonyms.setdefault(fields[0], []).extend(found)
    return {word: tuple(dict.fromkeys(found)) for word, found in synonyms.items() if found}


def mythes(file: Path) -> Synonyms:
    """Return each word's synonyms out of an office suite's thesaurus: all senses, generic and related terms too."""
    synonyms: dict[str, list[str]] = {}
    lines = iter(file.read_text(encoding="utf-8").splitlines()[1:])
    for line in lines:
        word, n_senses = line.rsplit("|", 1)
        for _ in range(int(n_senses)):
            terms = next(lines).split("|")[1:]
            kept = [term.split(" (")[0] for term in terms if "(antonym)" not in term]
            synonyms.setdefault(word, []).extend(kept)
    usable = {word: tuple(dict.fromkeys(t for t in found if t.islower())) for word, found in synonyms.items()}
    return {word: found for word, found in usable.items() if found and " " not in word}


def swap_words(text: str, synonyms: Synonyms, share: float, chance: random.Random) -> Spun:
    """Replace ``share`` of the words by a synonym in the same ending, never a name inside a sentence."""
    found = [(match, choices) for match in _content(text) if (choices := _choices(match.group(), synonyms))]
    n_wanted = round(share * len(WORD.findall(text)))
    chosen = chance.sample(found, min(n_wanted, len(found)))
    return _replaced(text, [(m.start(), m.end(), chance.choice(choices)) for m, choices in chosen])


def common_only(synonyms: Synonyms, ranks: dict[str, int], worst: int) -> Synonyms:
    """Keep the synonyms that are common words (rank up to ``worst``): what a careful spinning tool offers."""
    kept = {
        word: tuple(term for term in found if all(ranks.get(part, worst) < worst for part in term.split()))
        for word, found in synonyms.items()
    }
    return {word: found for word, found in kept.items() if found}


def break_grammar(text: str, share: float, chance: random.Random) -> Spun:
    """Change ``share`` of the words: determiners, prepositions and auxiliaries to others, endings on or off."""
    found = [(m, new) for m in WORD.finditer(text) if (new := _broken(m.group(), chance)) != m.group()]
    n_wanted = round(share * len(WORD.findall(text)))
    chosen = chance.sample(found, min(n_wanted, len(found)))
    return _replaced(text, [(m.start(), m.end(), new) for m, new in chosen])


def _wordnet_sets(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in file.read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            n_words = int(fields[3], 16)
            words = fields[4 : 4 + 2 * n_words : 2]
            yield fields[0], tuple(word.split("(")[0].replace("_", " ") for word in words)


def _content(text: str) -> Iterator[re.Match[str]]:
    for match in WORD.finditer(text):
        word = match.group()
        before = text[: match.start()].rstrip(" “\"'(")
        opens = not before or before[-1] in ".!?\n:"
        if len(word) > 2 and word.lower() not in KEPT and (word.islower() or (opens and word.istitle())):
            yield match


def _choices(word: str, synonyms: Synonyms) -> tuple[str, ...]:
    lower = word.lower()
    found = [term for term in synonyms.get(lower, ()) if term.lower() != lower]
    for ending, stem in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            terms = synonyms.get(lower[: -len(ending)] + stem, ())
            found += [_inflected(term, ending) for term in terms if " " not in term]
    kept = [term for term in found if term.lower() != lower and len(term) > 2]
    return tuple(term.capitalize() if word[0].isupper() else term for term in kept)


def _inflected(word: str, ending: str) -> str:
    if ending == "ing":
        return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"
    if ending in ("ed", "ied"):
        return word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else word + ("d" if word.endswith("e") else "ed")
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


_SWAPS: tuple[tuple[str, ...], ...] = (
    ("the", "a", "an"),
    ("of", "for", "on", "by"),
    ("in", "at", "on", "into"),
    ("to", "for", "at"),
    ("is", "are", "be"),
    ("was", "were", "been"),
    ("has", "have", "having"),
    ("with", "by", "along"),
    ("from", "of", "off"),
    ("its", "it", "his"),
    ("their", "them", "his or her"),
    ("will", "can", "would be"),
    ("who", "which", "whom"),
)


def _broken(word: str, chance: random.Random) -> str:
    for group in _SWAPS:
        if word in group:
            return chance.choice([other for other in group if other != word])
    if word.islower() and len(word) > 4 and word not in KEPT:
        return word[:-1] if word.endswith("s") else word + "s"
    return word


def _replaced(text: str, changes: list[tuple[int, int, str]]) -> Spun:
    parts, spans, at, length = [], [], 0, 0
    for start, end, new in sorted(changes):
        parts += [text[at:start], new]
        length += start - at
        spans.append((length, length + len(new)))
        length, at = length + len(new), end
    return "".join([*parts, text[at:]]), tuple(spans)


SOURCES: dict[str, Callable[[Path], Synonyms]] = {"wordnet": wordnet, "mythes": mythes}
