"""How wide a line is that a person reads in a terminal, and sentences folded to it."""

import shutil
import textwrap
from typing import Final

_LEAST: Final = 60
_MOST: Final = 100


def width() -> int:
    """Return the columns of the terminal, from 60 to 100; 100 where there is none, as in a file or a pipe."""
    return min(max(shutil.get_terminal_size((_MOST, 24)).columns, _LEAST), _MOST)


def folded(sentence: str, first: str = "", rest: str = "") -> str:
    """Return a sentence in lines of that width, indented; words stay whole, so that ids and paths can be copied."""
    return textwrap.fill(
        sentence,
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
