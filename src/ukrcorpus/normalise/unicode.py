"""The exact form of a text: NFC, one kind of line end, one kind of space, nothing invisible."""

import re
import unicodedata
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.schema.model import Repairs

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Bidirectional marks and joiners stay: they carry meaning in some scripts.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\ufeff]+")
# More marks on one letter are no writing, and ordering them takes time that grows with their square.
_LONGEST_CLUSTER = 1000
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def newlines(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Make every line end ``\n``: pages mix those of three systems.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(newlines, "one\r\ntwo\u2028three")
    'one\ntwo\nthree'
    """
    for match in _NEWLINES.finditer(text.text):
        yield Change(match.start(), match.end(), "\n")


def spaces(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Make tabs, no-break and typographic spaces plain: they break search and tokenisers.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(spaces, "5\u00a0May")
    '5 May'
    """
    for match in _SPACES.finditer(text.text):
        yield Change(match.start(), match.end(), " ")


def invisible(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove byte order marks, zero-width spaces, soft hyphens and control characters.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(invisible, "\ufeffcease\u00adfire\u200b")
    'ceasefire'
    """
    for match in _INVISIBLE.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def nfc(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Compose characters: Cyrillic й as two code points is another string to every search.

    >>> from ukrcorpus.normalise.passes import shown
    >>> len(shown(nfc, "и\u0306"))
    1
    """
    for match in _NOT_ASCII.finditer(text.text):
        if not unicodedata.is_normalized("NFC", match.group()):
            yield from _composed(match.group(), match.start())


def not_nfc(text: str) -> bool:
    """Say whether composing would change the text."""
    return not unicodedata.is_normalized("NFC", text)


def _composed(run: str, start: int) -> Iterator[Change]:
    """Yield one change per cluster, cut where the next character cannot combine with what is before it."""
    cluster = ""
    for at, char in enumerate(run):
        if cluster and not unicodedata.combining(char) and _stays_apart(cluster, char):
            yield _cluster_change(cluster, start + at)
            cluster = ""
        cluster += char
    yield _cluster_change(cluster, start + len(run))


def _stays_apart(cluster: str, char: str) -> bool:
    if len(cluster) > _LONGEST_CLUSTER:
        return True
    whole = unicodedata.normalize("NFC", cluster + char)
    return whole == unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)


def _cluster_change(cluster: str, end: int) -> Change:
    new = cluster if len(cluster) > _LONGEST_CLUSTER else unicodedata.normalize("NFC", cluster)
    return Change(end - len(cluster), end, new)
