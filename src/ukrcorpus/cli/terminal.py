"""What is printed to a terminal: names and titles out of a corpus cannot steer it."""

import re
from typing import Any, Final, TextIO

from ukrcorpus.core.harmless import harmless

_STYLE: Final = re.compile("(\x1b\\[(?:[0-49]|3[0-79])m)")  # the colours and weights of ``click.style``


class Terminal:
    """A text stream to a terminal that shows control characters as signs; the colours of our own lines pass."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, and return how many characters it has."""
        parts = _STYLE.split(text)
        self._stream.write("".join(part if n % 2 else harmless(part) for n, part in enumerate(parts)))
        return len(text)
