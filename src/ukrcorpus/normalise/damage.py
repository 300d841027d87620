"""Quality signals of damage: broken decoding, look-alike letters, filler."""

import re

from ukrcorpus.normalise.characters import CYRILLIC, LATIN, UNKNOWN
from ukrcorpus.normalise.measured import Measured, share

_PLACEHOLDERS = ("lorem ipsum", "javascript", "enable cookies", "увімкніть cookie", "включите cookie")
# UTF-8 read as Windows-1252 or Latin-1, and Cyrillic UTF-8 read as Windows-1251.
_MOJIBAKE_HEADS = "ÂÃâÐÑРС\ufffd"
_MOJIBAKE = re.compile(
    r"â€.|[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?:[ÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){2}"
    r"|(?:[РС][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0-\u00bfЎўЈҐЄЇІіґєјЅѕї]){2}|\ufffd+"
)


def unknown_character_share(of: Measured) -> float:
    """Share of characters that are replacement characters, private or unassigned. Own measure of broken decoding."""
    return share(of.n_characters(UNKNOWN), len(of.text.text))


def mojibake_per_1000_characters(of: Measured) -> float:
    """Stretches that look like UTF-8 read in a one-byte encoding, per 1,000 characters. From 0. After ftfy's idea."""
    found = len(_MOJIBAKE.findall(of.text.text)) if any(head in of.text.text for head in _MOJIBAKE_HEADS) else 0
    return share(1000 * found, len(of.text.text))


def mixed_script_words_per_1000(of: Measured) -> float:
    """Words with a Latin letter beside a Cyrillic one, per 1,000 words. From 0. Own measure of look-alikes."""
    import numpy as np

    latin, cyrillic = of.characters.has(LATIN), of.characters.has(CYRILLIC)
    if not (latin.any() and cyrillic.any()):
        return 0.0
    places = np.flatnonzero((latin[:-1] & cyrillic[1:]) | (cyrillic[:-1] & latin[1:]))
    tokens = np.unique(np.searchsorted(of.token_spans[0], places, side="right"))
    return share(1000 * len(tokens), of.n_words)


def placeholder_lines(of: Measured) -> float:
    """Count lines that hold filler text or speak of scripts and cookies. From 0. C4 drops such lines and pages."""
    low = of.text.text.lower()
    found = [one for one in _PLACEHOLDERS if one in low]
    return sum(any(one in line for one in found) for line in low.split("\n")) if found else 0
