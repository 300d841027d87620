"""What a licence lets others do with an article's text."""

from enum import StrEnum
from typing import Final

from ukrcorpus.core.problems import CorpusError, near


class TextRights(StrEnum):
    """Whether an article's text may be passed on."""

    FULL = "full"
    NONE = "none"


UNKNOWN: Final = "unknown"

# SPDX ids. NC and ND texts may be read but not passed on in an adapted, freely usable corpus, so they count as `none`.
LICENCES: Final[dict[str, TextRights]] = {
    UNKNOWN: TextRights.NONE,
    "CC0-1.0": TextRights.FULL,
    "CC-PDDC": TextRights.FULL,
    "CC-BY-3.0": TextRights.FULL,
    "CC-BY-4.0": TextRights.FULL,
    "CC-BY-SA-3.0": TextRights.FULL,
    "CC-BY-SA-4.0": TextRights.FULL,
    "CC-BY-NC-4.0": TextRights.NONE,
    "CC-BY-NC-SA-4.0": TextRights.NONE,
    "CC-BY-ND-4.0": TextRights.NONE,
    "CC-BY-NC-ND-4.0": TextRights.NONE,
    "OGL-UK-3.0": TextRights.FULL,
    "etalab-2.0": TextRights.FULL,
}


def text_rights(licence: str, where: str) -> TextRights:
    """Return what the licence allows, or raise ``licence-unknown`` for an id that is not listed.

    >>> text_rights("CC-BY-4.0", where="--licence").value, text_rights("unknown", where="--licence").value
    ('full', 'none')
    """
    if licence not in LICENCES:
        raise CorpusError(
            "licence-unknown",
            f"the licence '{licence}' is not in the list of SPDX ids.",
            where=where,
            remedy=f"{near(licence, LICENCES)} Where nobody says, give: unknown.",
        )
    return LICENCES[licence]
