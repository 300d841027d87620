"""Signs: cheap looks at a text that tell which passes can find work in it; a sign never misses any.

Most texts need few passes. A sign looks for what every place that a pass changes must hold, so it may say yes
for nothing, but a no is certain: tests hold each pass against its sign.
"""

from collections.abc import Callable
from functools import lru_cache

from ukrcorpus.normalise.lines import lines_of, remembered

Sign = Callable[[str], bool]

# Words that open lines are told apart by so many letters.
_OPENING = 4
# Small letters that patterns of plain ones match when they ignore case.
_LIKE = {"ı": "i", "ſ": "s"} | dict(zip("ᲀᲁᲂᲃᲄᲅᲆ", "вдосттъ", strict=True))


def always(_: str) -> bool:
    """Say yes: the pass itself is as fast as any look."""
    return True


def holds(*parts: str) -> Sign:
    """Return the sign of texts that hold one of these."""
    if len(parts) == 1:
        return lambda text: parts[0] in text

    def sign(text: str) -> bool:
        for part in parts:  # noqa: SIM110 - `any` over a generator takes three times as long
            if part in text:
                return True
        return False

    return sign


def holds_folded(*parts: str) -> Sign:
    """Return the sign of texts that hold one of these, case aside; the parts are in lower case."""
    # One character is found many times faster than several: texts in Latin letters hold no Cyrillic ones.
    firsts = [(part[0], part) for part in parts]
    return lambda text: any(first in folded(text) and part in folded(text) for first, part in firsts)


def opens(*words: str) -> Sign:
    r"""Return the sign of texts with a line that begins with one of these, case aside.

    Each is one character, two, or at least four.

    >>> opens("#", "contents")("One\n# Two"), opens("contents")("Contents of it"), opens("#")("No. #1")
    (True, True, False)
    """
    known = frozenset(word[:_OPENING] for word in words)
    return lambda text: not known.isdisjoint(openings(text))


def both(one: Sign, other: Sign) -> Sign:
    """Return the sign of texts that have both."""
    return lambda text: one(text) and other(text)


def either(*signs: Sign) -> Sign:
    """Return the sign of texts that have any of these."""
    return lambda text: any(sign(text) for sign in signs)


@lru_cache(maxsize=4)
def unprintable(text: str) -> bool:
    """Say whether there is any character but letters, marks, symbols, plain spaces and line ends."""
    return not text.replace("\n", "").isprintable()


@lru_cache(maxsize=4)
def folded(text: str) -> str:
    """Return the folded text, made once for all that ask."""
    return "\n".join([folded_line(line.text) for line in lines_of(text)])


@remembered
def folded_line(line: str) -> str:
    """Return a folded line, made once for all that ask."""
    return fold(line)


def fold(text: str) -> str:
    """Return a text in lower case, of the same length, and equal where a pattern that ignores case is.

    >>> fold("İſtanbul")
    'istanbul'
    """
    if text.isascii():
        return text.lower()
    text = text.replace("İ", "i").lower()
    for odd, plain in _LIKE.items():
        text = text.replace(odd, plain)
    return text


@lru_cache(maxsize=4)
def openings(text: str) -> frozenset[str]:
    """Return how lines begin: their first character, the first two and the first four, in lower case."""
    heads = [line.text[:_OPENING] for line in lines_of(text)]
    words = fold("\n".join(heads)).split("\n")
    return frozenset([*words, *(word[:1] for word in words), *(word[:2] for word in words)])
