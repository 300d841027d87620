"""Text of unknown origin as a terminal may show it."""

import re
from typing import Final

# Control characters but for tab and newline, what turns the direction of others, and what ends lines on some screens.
_ACTING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""Return the text with ``<U+001B>`` and the like for characters that a terminal would act on.

    Letters of every script stay as they are.

    >>> harmless("\x1b[2J\u202eevil\tשלום\n")
    '<U+001B>[2J<U+202E>evil\tשלום\n'
    """
    return _ACTING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
