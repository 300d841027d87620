"""The form of a text as a value of fixed size, from which copies are told without the texts.

Three MinHash sketches: of word 5-grams, which wire copies share; of 6-grams of the skeleton, the function words, names
and numbers in their order, which tools that swap words leave alone (after Stamatatos, stop-word n-grams, 2011); and of
the numbers themselves, which tell two reports of one template apart.
"""

from functools import cache
from typing import Any, Final

from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.characters import DIGIT, ENDER, UPPER, Characters, among, word_hash
from ukrcorpus.normalise.function_words import ALL

# Goes up whenever the same text would get another signature; stored ones are stale then.
SIGNATURE_VERSION: Final = 3
FIELDS: Final = ("words", "skeleton", "numbers")
SLOTS: Final = (128, 128, 32)
_SHINGLE, _SKELETON = 5, 6
_SEED = 1
_ODD = 0x9E3779B97F4A7C15


def signature(text: str) -> bytes:
    """Return the text's signature, 608 bytes: the same in every process and with every hash seed.

    Version, 16 bytes of the text's SHA-256, the sizes of three sets, and their sketches cut to 16 bits a slot.
    """
    import numpy as np
    from rensa import RMinHash

    sets = _sets(text)
    row: Any = np.zeros(1, dtype=layout())
    row["version"] = SIGNATURE_VERSION
    row["content"] = np.frombuffer(bytes.fromhex(sha256(text.encode("utf-8"))[:32]), dtype=">u8")
    row["sizes"] = [_n_distinct(one) for one in sets]
    ends = np.cumsum([0, *map(len, sets)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(sets), ends, max(SLOTS), _SEED)
    sketches = np.array(matrix.to_rows(), dtype=np.uint32).astype(np.uint16)
    for name, sketch, slots in zip(FIELDS, sketches, SLOTS, strict=True):
        row[name] = sketch[:slots]
    return bytes(row.tobytes())


@cache
def layout() -> Any:
    """Return the fields of a signature as a numpy type, little-endian but for the content hash."""
    import numpy as np

    sketches = [(name, "<u2", slots) for name, slots in zip(FIELDS, SLOTS, strict=True)]
    return np.dtype([("version", "<u4"), ("content", ">u8", 2), ("sizes", "<u4", 3), *sketches])


def _sets(text: str) -> tuple[Any, Any, Any]:
    """Return the hashes of word shingles, skeleton shingles and numbers, with repetitions."""
    import numpy as np

    characters = Characters.of(text)
    starts, ends = characters.words()
    if not len(starts):
        return starts.astype(np.uint64), starts.astype(np.uint64), starts.astype(np.uint64)
    hashes = characters.hashes(starts, ends)
    in_words = np.bitwise_or.reduceat(characters.classes, starts)
    first = np.concatenate([[True], (in_words[:-1] & ENDER) != 0])
    numeric = (in_words & DIGIT) != 0
    functional = among(hashes, function_words())
    named = ((in_words & UPPER) != 0) & ~first
    return (
        _shingles(hashes, _SHINGLE),
        _shingles(hashes[numeric | functional | named], _SKELETON),
        hashes[numeric],
    )


def _n_distinct(hashes: Any) -> int:
    import numpy as np

    ordered = np.sort(hashes)
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + min(1, len(hashes))


def _shingles(hashes: Any, length: int) -> Any:
    """Return one hash for each run of ``length`` hashes; one for all of them if they are fewer."""
    import numpy as np

    length = min(length, len(hashes))
    n = len(hashes) - length + 1
    total = np.zeros(n if length else 0, dtype=np.uint64)
    for at in range(length):
        total = total * _ODD + hashes[at : at + n]
    return total


@cache
def function_words() -> Any:
    """Return the hashes of the function words, sorted."""
    import numpy as np

    return np.array(sorted(word_hash(word) for word in ALL), dtype=np.uint64)
