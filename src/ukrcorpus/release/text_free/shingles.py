"""Finding words of some texts in other bytes, however they are wrapped, quoted or escaped there.

Both sides are reduced to letters: one byte for each letter or digit of Latin, Cyrillic and Greek, without case, white
space and punctuation. Every run of ``SHINGLE`` letters that both sides share is found: the texts are indexed by windows
of ``WINDOW`` letters, so close to each other that any such run holds one, and the bytes are looked up at every place.
Texts of ``LEAST`` letters and more are found as a whole.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

SHINGLE: Final = 40
WINDOW: Final = 28
LEAST: Final = 20

_APART: Final = b"\0"  # never a letter
_CHUNK: Final = 1 << 19
_REACH: Final = 256  # letters on each side of a place that a run is followed
_COMPARED: Final = 8  # places of one shingle that the longest run is looked for at
_MOST_BITS: Final = 28
_MIX: Final = tuple(np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F))

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of letters of a text found elsewhere: where it begins there, the run, and the text's owner."""

    start: int
    letters: bytes
    owner: str


class _Index:
    """Where windows of some length stand in texts; hashes may lie, so what is found must be compared."""

    def __init__(self, texts: Sequence[bytes], window: int, step: int | None) -> None:
        self.window = window
        self.letters = _APART.join([b"", *texts, b""])
        self.starts = list(accumulate((len(one) + 1 for one in texts[:-1]), initial=1)) if texts else []
        ranges = [
            np.arange(start, start + (len(text) - window + 1 if step else 1), step or 1)
            for start, text in zip(self.starts, texts, strict=True)
        ]
        places: Places = np.concatenate([np.empty(0, np.int64), *ranges])
        hashes = _hashes(self.letters, window, places)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._places = hashes[order], places[order]
        bits = min(_MOST_BITS, max(10, (64 * len(hashes)).bit_length()))
        self._drop = np.uint64(64 - bits)
        self._seen = np.zeros(1 << bits, np.bool_)
        self._seen[self._hashes >> self._drop] = True

    def number(self, place: int) -> int:
        """Return the number of the text that a place stands in."""
        return bisect_right(self.starts, place) - 1

    def places(self, low: int) -> list[int]:
        """Return the places of the windows whose hashes begin at ``low`` in the index."""
        high = int(np.searchsorted(self._hashes, self._hashes[low], "right"))
        return [int(place) for place in self._places[low:high]]

    def candidates(self, letters: bytes) -> Iterator[tuple[int, int]]:
        """Yield each place of some letters where a window of the texts may stand, and where the index has it."""
        for start in range(0, len(letters) - self.window + 1, _CHUNK):
            hashes = _hashes(letters[start : start + _CHUNK + self.window - 1], self.window)
            found = np.flatnonzero(self._seen[hashes >> self._drop])
            low = np.minimum(np.searchsorted(self._hashes, hashes[found], "left"), max(0, len(self._hashes) - 1))
            real = self._hashes[low] == hashes[found] if len(self._hashes) else np.zeros(0, np.bool_)
            yield from zip((found[real] + start).tolist(), low[real].tolist(), strict=True)


class Shingles:
    """Texts with their owners, of which every run of ``SHINGLE`` letters is found in others."""

    def __init__(self, texts: Iterable[tuple[str, bytes]], shingle: int = SHINGLE) -> None:
        kept = [one for one in texts if len(one[1]) >= shingle]
        self._shingle = shingle
        self._owners = [owner for owner, _ in kept]
        self._index = _Index([letters for _, letters in kept], WINDOW, shingle - WINDOW + 1)
        self._around: dict[int, dict[bytes, list[int]]] = {}

    def shared(self, letters: bytes) -> Iterator[Shared]:
        """Yield the runs that some letters share with the texts, in order; the longest of each place."""
        done = 0
        for at, low in self._index.candidates(letters):
            if at >= done:
                runs = (self._run(letters, *pair) for pair in self._pairs(letters, at, low))
                best = max(runs, key=lambda run: len(run.letters), default=None)
                if best:
                    done = best.start + len(best.letters)
                    yield best

    def _pairs(self, letters: bytes, at: int, low: int) -> Iterator[tuple[int, int]]:
        """Yield where shingles around a window begin in the letters and in the texts."""
        if low not in self._around:
            self._around[low] = self._shingles(low)
        known = self._around[low]
        for start in range(max(0, at + WINDOW - self._shingle), at + 1):
            yield from ((start, place) for place in known.get(letters[start : start + self._shingle], ()))

    def _shingles(self, low: int) -> dict[bytes, list[int]]:
        """Return the shingles around all places of a window: words that many texts share are compared once."""
        found: dict[bytes, list[int]] = defaultdict(list)
        for place in self._index.places(low):
            for start in range(max(0, place + WINDOW - self._shingle), place + 1):
                places = found[self._index.letters[start : start + self._shingle]]
                if len(places) < _COMPARED:
                    places.append(start)
        return dict(found)

    def _run(self, letters: bytes, at: int, place: int) -> Shared:
        known = self._index.letters
        before = _common(letters[max(0, at - _REACH) : at][::-1], known[max(0, place - _REACH) : place][::-1])
        behind = _common(letters[at : at + _REACH], known[place : place + _REACH])
        return Shared(at - before, letters[at - before : at + behind], self._owners[self._index.number(place)])


class Wholes:
    """Texts with their owners that are found in others as a whole only; each must have ``LEAST`` letters."""

    def __init__(self, texts: Iterable[tuple[str, bytes]]) -> None:
        kept = {letters: owner for owner, letters in texts if len(letters) >= LEAST}
        self._texts = [Shared(0, letters, owner) for letters, owner in kept.items()]
        self._index = _Index([one.letters for one in self._texts], LEAST, None)

    def standing(self, letters: bytes) -> Iterator[Shared]:
        """Yield each text where it stands in some letters."""
        for at, low in self._index.candidates(letters):
            for place in self._index.places(low):
                one = self._texts[self._index.number(place)]
                if letters.startswith(one.letters, at):
                    yield Shared(at, one.letters, one.owner)


def _common(one: bytes, other: bytes) -> int:
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return next(at for at in range(least) if one[at] != other[at])


def _hashes(letters: bytes, window: int, places: Places | None = None) -> Hashes:
    """Return a hash of the first and the last eight letters of the window at every place, or at those given."""
    if len(letters) < window:
        return np.empty(0, np.uint64)
    eights: Hashes = np.ndarray((len(letters) - 7,), "<u8", letters, strides=(1,))
    apart = window - 8
    first, last = (eights[:-apart], eights[apart:]) if places is None else (eights[places], eights[places + apart])
    mixed = first * _MIX[0]
    mixed += last
    mixed *= _MIX[1]
    return mixed
