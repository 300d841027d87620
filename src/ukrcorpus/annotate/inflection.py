"""Ukrainian and Russian names in all their cases, by pymorphy3 and its dictionaries."""

from collections.abc import Iterator
from functools import cache
from itertools import permutations, product
from typing import Any, Final

from ukrcorpus.schema.model import Actor, ActorType, Name

LANGUAGES: Final = ("uk", "ru")
_CASES: Final = ("gent", "datv", "accs", "ablt", "loct")
_AND: Final = ("і", "й", "та")  # one word, by sound and taste
_NOMINATIVE: Final = "nomn"
_NOUN: Final = "NOUN"
_ADJECTIVE: Final = "ADJF"
_MOST_READINGS: Final = 3  # of one word: more are rarer than they are wrong


def forms_of(name: Name, actor: Actor) -> tuple[str, ...]:
    """Return a name as written and, for Ukrainian and Russian, in the other cases.

    All words of a person's name are inflected; of any other name those up to its first noun, for what follows is a
    genitive that stays (``Рада Європи``, ``Ради Європи``). Words in capitals stay. Needs the extra ``studio``.
    """
    if name.language not in LANGUAGES:
        return (name.text,)
    words = name.text.split(" ")
    moving = list(_moving(words, name.language, whole=actor.type is ActorType.PERSON))
    found = {name.text}
    for case in _CASES:
        options = [
            _in_case(word, case, name.language) if move else (word,) for word, move in zip(words, moving, strict=True)
        ]
        found.update(" ".join(chosen) for chosen in product(*options))
    joined = (form.replace(f" {one} ", f" {other} ") for form in found for one, other in permutations(_AND, 2))
    return tuple(sorted({*found, *joined}))


def _moving(words: list[str], language: str, *, whole: bool) -> Iterator[bool]:
    """Yield of each word whether it changes with the case of the name."""
    done = False
    for word in words:
        readings = () if word.isupper() and len(word) > 1 else _readings(word, language)
        yield bool(readings) and not done
        nouns = [_NOUN in reading.tag for reading in readings]
        done = done or (not whole and bool(nouns) and all(nouns))


@cache
def _in_case(word: str, case: str, language: str) -> tuple[str, ...]:
    """Return the forms of a word in a case, in the word's own number and gender; the word itself without any."""
    forms = dict.fromkeys(
        _capitals(word, form.word)
        for reading in _readings(word, language)
        for form in reading.lexeme
        if case in form.tag and form.tag.number == reading.tag.number and form.tag.gender == reading.tag.gender
    )
    return tuple(forms) or (word,)


@cache
def _readings(word: str, language: str) -> tuple[Any, ...]:
    readings = _analyser(language).parse(word)
    named = [one for one in readings if _NOMINATIVE in one.tag and one.tag.POS in (_NOUN, _ADJECTIVE)]
    return tuple(named[:_MOST_READINGS])


def _capitals(model: str, word: str) -> str:
    """Return a word with capitals where the model has them, part by part of a hyphen compound."""
    parts = zip(model.split("-"), word.split("-"), strict=False)
    return "-".join(part[:1].upper() + part[1:] if like[:1].isupper() else part for like, part in parts)


@cache
def _analyser(language: str) -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)
