"""Pieces of Markdown that several pages share."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""Return a text so that Markdown shows it as it is; backticks keep their meaning.

    >>> print(plain("- a*b [x](y) <z>"))
    \- a\*b [x]\(y) \<z>
    """
    escaped = re.sub(r"[*<]", r"\\\g<0>", unturned(text)).replace("](", "]\\(")
    return re.sub(r"^([-+>#]|\d+\.)(?=\s)", r"\\\1", escaped)


def unturned(text: str) -> str:
    r"""Return a text without the controls that turn the direction of a line, and of what stands around the text.

    >>> unturned("a\u202ebc")
    'abc'
    """
    return _TURNING.sub("", text)


def bullets(items: Iterable[str], indent: str = "") -> list[str]:
    """Return one bullet line per item."""
    return [f"{indent}- {item}" for item in items]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    r"""Return a pipe table; pipes and line ends inside cells are kept from breaking it.

    >>> table(("a",), [("x|y",)])
    ['| a |', '| --- |', '| x\\|y |']
    """
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def link(heading: str) -> str:
    """Return a link to a heading of the same page, with the anchor that GitHub and the Hub give it.

    >>> link("Who speaks? (`voice`)")
    '[Who speaks? (`voice`)](#who-speaks-voice)'
    """
    anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    return f"[{heading}](#{anchor})"


def _cell(cell: object) -> str:
    return str(cell).replace("|", "\\|").replace("\n", " ")
