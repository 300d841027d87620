"""Long patterns, written an alternative a line."""

import re
from collections.abc import Mapping

_PART = re.compile(r"%([a-z_]+)%")


def alternatives(block: str, parts: Mapping[str, str] | None = None) -> str:
    r"""Return one pattern from a block of lines: each is an alternative, or goes on with the one before when indented.

    ``%name%`` stands for a part.

    >>> alternatives("one\n  two\n%small%\n", {"small": "[a-z]"})
    '(?:onetwo|[a-z])'
    """
    joined = re.sub(r"\n[ ]{2,}(?=\S)", "", block.strip("\n"))
    filled = _PART.sub(lambda part: (parts or {})[part[1]], joined)
    lines = [line for line in filled.split("\n") if line]
    return f"(?:{'|'.join(lines)})"
