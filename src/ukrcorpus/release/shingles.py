"""Finding words of some texts in other bytes, however they are wrapped, quoted or escaped there.

Both sides are reduced to letters: one byte for each letter or digit of Latin, Cyrillic and Greek, without case, white
space and punctuation. Every run of ``SHINGLE`` letters that both sides share is found: the texts are indexed by windows
of ``WINDOW`` letters, so close to each other that any such run holds one, and the bytes are looked up at every place.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

SHINGLE: Final = 40
WINDOW: Final = 16

_UPPER: Final = bytes(range(ord("A"), ord("Z") + 1))
_FOLD: Final = bytes.maketrans(_UPPER, _UPPER.lower())
# Hyphens and slashes stay: the words of an address, which the release does give, are no words of a text. Of a letter
# in two bytes the second is kept, which tells the letters of one alphabet apart.
_SIGNS: Final = bytes(one for one in range(128) if not chr(one).isalnum() and chr(one) not in "-/")
_DROPPED: Final = _SIGNS + bytes(range(0xC2, 0xE0))
_APART: Final = b"\0"  # never a letter
_CHUNK: Final = 1 << 19
_REACH: Final = 256  # letters on each side of a window that a run is followed
_MOST_BITS: Final = 28
_MIX: Final = tuple(np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_SHIFT: Final = np.uint64(29)

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of letters of a text found elsewhere: where it begins there, the run, and the text's owner."""

    start: int
    letters: bytes
    owner: str


def letters_of(data: bytes) -> bytes:
    """Return the letters of UTF-8 bytes.

    >>> letters_of('The "Kremlin", said-so'.encode())
    b'thekremlinsaid-so'
    """
    return data.translate(_FOLD, _DROPPED)


class Shingles:
    """An index of texts, each with its owner and the number of letters that make a shared run telling."""

    def __init__(self, texts: Iterable[tuple[str, bytes, int]]) -> None:
        kept = [one for one in texts if len(one[1]) >= one[2] >= WINDOW]
        self._owners = [owner for owner, _, _ in kept]
        self._least = [least for _, _, least in kept]
        self._letters = _APART.join([b"", *(letters for _, letters, _ in kept), b""])
        self._starts = list(accumulate((len(letters) + 1 for _, letters, _ in kept[:-1]), initial=1)) if kept else []
        places = [
            np.arange(start, start + len(letters) - WINDOW + 1, least - WINDOW + 1)
            for start, (_, letters, least) in zip(self._starts, kept, strict=True)
        ]
        self._places = np.concatenate([np.empty(0, np.int64), *places])
        hashes = _hashes(self._letters, self._places)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._places = hashes[order], self._places[order]
        bits = min(_MOST_BITS, max(10, (16 * len(hashes)).bit_length()))
        self._drop = np.uint64(64 - bits)
        self._seen = np.zeros(1 << bits, np.bool_)
        self._seen[self._hashes >> self._drop] = True

    def __len__(self) -> int:
        return len(self._owners)

    def shared(self, letters: bytes) -> Iterator[Shared]:
        """Yield the telling runs that some letters share with the texts, in order; one for each place."""
        done = 0
        for at, places in self._candidates(letters):
            if at >= done:
                runs = (self._run(letters, at, place) for place in places)
                best = max((run for run in runs if run), key=lambda run: len(run.letters), default=None)
                if best:
                    done = best.start + len(best.letters)
                    yield best

    def standing(self, letters: bytes) -> Iterator[str]:
        """Yield the owners of texts that stand in some letters as a whole; ``least`` must be the texts' length."""
        for at, places in self._candidates(letters):
            for place in places:
                number = self._number(place)
                if letters.startswith(self._letters[place : place + self._least[number]], at):
                    yield self._owners[number]

    def _candidates(self, letters: bytes) -> Iterator[tuple[int, list[int]]]:
        """Yield each place where an indexed window may stand, with the places of that window in the texts."""
        for start in range(0, len(letters) - WINDOW + 1, _CHUNK):
            for at, low, high in self._indexed(letters[start : start + _CHUNK + WINDOW - 1]):
                yield start + at, self._places[low:high].tolist()

    def _indexed(self, letters: bytes) -> Iterator[tuple[int, int, int]]:
        """Yield each place in a chunk where an indexed window may stand, with its range in the index."""
        hashes = _hashes(letters)
        found = np.flatnonzero(self._seen[hashes >> self._drop])
        low = np.searchsorted(self._hashes, hashes[found], "left")
        high = np.searchsorted(self._hashes, hashes[found], "right")
        real = low < high
        yield from zip(found[real].tolist(), low[real].tolist(), high[real].tolist(), strict=True)

    def _run(self, letters: bytes, at: int, place: int) -> Shared | None:
        number = self._number(place)
        if not self._may_run(letters, at, place, (self._least[number] - WINDOW) // 2):
            return None
        before = _common(letters[max(0, at - _REACH) : at][::-1], self._letters[max(0, place - _REACH) : place][::-1])
        behind = _common(letters[at : at + _REACH], self._letters[place : place + _REACH])
        if behind < WINDOW or before + behind < self._least[number]:
            return None
        return Shared(at - before, letters[at - before : at + behind], self._owners[number])

    def _may_run(self, letters: bytes, at: int, place: int, half: int) -> bool:
        """Say whether the run is long enough on one side to be telling as a whole: most are cut off here."""
        before = letters[max(0, at - half) : at] == self._letters[max(0, place - half) : place]
        end, known = at + WINDOW, place + WINDOW
        return before or letters[end : end + half] == self._letters[known : known + half]

    def _number(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


def _common(one: bytes, other: bytes) -> int:
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return next(at for at in range(least) if one[at] != other[at])


def _hashes(letters: bytes, places: Places | None = None) -> Hashes:
    """Return the hash of the window at every place, or at those given."""
    if len(letters) < WINDOW:
        return np.empty(0, np.uint64)
    eights: Hashes = np.ndarray((len(letters) - 7,), "<u8", letters, strides=(1,))
    first, second = (eights[:-8], eights[8:]) if places is None else (eights[places], eights[places + 8])
    mixed = first * _MIX[0]
    mixed ^= mixed >> _SHIFT
    mixed += second * _MIX[1]
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX[2]
    return mixed
