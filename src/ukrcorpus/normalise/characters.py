"""A text as an array of characters: their classes, and hashes of spans of them, without a loop over characters."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

# Classes of characters, as bits.
WORD, LETTER, UPPER, LOWER, DIGIT, LONE = 1, 2, 4, 8, 16, 32
SPACE, ENDER, EDGE, UNKNOWN = 64, 128, 256, 512
LATIN, CYRILLIC = 1024, 2048
_PLANE = 0x10000
# Odd, so that it has an inverse modulo 2 to the 64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
# The 64-bit finaliser of MurmurHash3.
_MIX = (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)
_ENDERS = frozenset(".!?…\n")
_EDGES = frozenset("\"'’”“«»„‚‘()[]{}.,;:!?…–—-")
_APOSTROPHE = "ʼ"
# Scripts without spaces: each character is a word.
_LONE = (range(0x3040, 0x3100), range(0x3400, 0xA000), range(0x20000, 0x40000))
_LATIN_BLOCKS = (range(0x41, 0x250), range(0x1E00, 0x1F00))
_CYRILLIC_BLOCK = range(0x400, 0x530)


@dataclass(frozen=True)
class Characters:
    """The characters of a text; ``classes`` are bits, ``folded`` lower-case code points."""

    classes: Any
    folded: Any

    @classmethod
    def of(cls, text: str) -> "Characters":
        """Return the characters of a text."""
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
        classes, folded = _tables()
        if not len(codes) or int(codes.max()) < _PLANE:
            return cls(classes[codes], folded[codes])
        low = np.where(codes < _PLANE, codes, 0)
        classes, folded = classes[low], folded[low]
        for code in np.unique(codes[codes >= _PLANE]).tolist():
            classes[codes == code], folded[codes == code] = _class(chr(code), code), _folded(chr(code))
        return cls(classes, folded)

    def has(self, kind: int) -> Any:
        """Return which characters are of a class."""
        return (self.classes & kind) != 0

    @cached_property
    def _sums(self) -> Any:
        import numpy as np

        powers, _ = _powers(len(self.folded))
        sums = np.zeros(len(self.folded) + 1, dtype=np.uint64)
        np.cumsum((self.folded.astype(np.uint64) + np.uint64(1)) * powers[: len(self.folded)], out=sums[1:])
        return sums

    def hashes(self, starts: Any, ends: Any) -> Any:
        """Return a hash for each span: the same for the same characters in lower case, wherever they stand."""
        _, inverses = _powers(len(self.folded))
        return mixed((self._sums[ends] - self._sums[starts]) * inverses[starts])

    def words(self) -> tuple[Any, Any]:
        """Return starts and ends of the words: runs of letters and digits, and single characters of some scripts."""
        return _runs(self.has(WORD), self.has(LONE))

    def tokens(self) -> tuple[Any, Any]:
        """Return starts and ends of what stands between white space."""
        import numpy as np

        return _runs(~self.has(SPACE), np.zeros(len(self.classes), dtype=bool))


def _runs(inside: Any, lone: Any) -> tuple[Any, Any]:
    """Return starts and ends of runs of characters; a lone one is a run by itself."""
    import numpy as np

    edge = np.zeros(1, dtype=bool)
    starts = inside & (~np.concatenate([edge, inside[:-1]]) | lone | np.concatenate([edge, lone[:-1]]))
    ends = inside & (~np.concatenate([inside[1:], edge]) | lone | np.concatenate([lone[1:], edge]))
    return np.flatnonzero(starts), np.flatnonzero(ends) + 1


def among(hashes: Any, wanted: Any) -> Any:
    """Return which hashes are in a sorted array of some."""
    import numpy as np

    return wanted[np.minimum(np.searchsorted(wanted, hashes), len(wanted) - 1)] == hashes


def mixed(hashes: Any) -> Any:
    """Return hashes with their bits spread."""
    import numpy as np

    for factor in _MIX:
        hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(33))


def word_hash(word: str) -> int:
    """Return the hash of a word as ``Characters.hashes`` gives it."""
    import numpy as np

    return int(Characters.of(word).hashes(np.array([0]), np.array([len(word)]))[0])


def _powers(size: int) -> tuple[Any, Any]:
    """Return the powers of the base and of its inverse, at least as many as asked for."""
    return _powers_up_to(max(1 << 14, 1 << size.bit_length()))


@cache
def _powers_up_to(size: int) -> tuple[Any, Any]:
    import numpy as np

    def powers(base: int) -> Any:
        factors = np.full(size, base, dtype=np.uint64)
        factors[0] = 1
        return np.cumprod(factors)

    return powers(_BASE), powers(_INVERSE)


@cache
def _tables() -> tuple[Any, Any]:
    """Return the class and the lower-case form of each code point of the Basic Multilingual Plane."""
    import numpy as np

    classes, folded = np.zeros(_PLANE, dtype=np.uint16), np.zeros(_PLANE, dtype=np.uint32)
    for code in range(_PLANE):
        classes[code], folded[code] = _class(chr(code), code), _folded(chr(code))
    return classes, folded


def _folded(char: str) -> int:
    low = char.lower()
    return ord(low) if len(low) == 1 else ord(char)


def _class(char: str, code: int) -> int:
    kinds = {
        WORD: char.isalnum() and char != _APOSTROPHE,
        LETTER: char.isalpha(),
        UPPER: char.isupper() or char.istitle(),
        LOWER: char.islower(),
        DIGIT: char.isdigit(),
        LONE: any(code in block for block in _LONE),
        SPACE: char.isspace(),
        ENDER: char in _ENDERS,
        EDGE: char in _EDGES,
        UNKNOWN: char == "\ufffd" or not (char.isprintable() or char == "\n"),
        LATIN: char.isalpha() and any(code in block for block in _LATIN_BLOCKS),
        CYRILLIC: char.isalpha() and code in _CYRILLIC_BLOCK,
    }
    return sum(kind for kind, holds in kinds.items() if holds)
