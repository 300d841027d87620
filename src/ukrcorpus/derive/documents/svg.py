"""SVG drawings of one width, light or dark as the reader's screen is, with words for who cannot see them.

Written by the standard library, so the same figures give the same bytes; every name is escaped by it.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ukrcorpus.derive.markdown import unturned

WIDTH: Final = 560
SIZE: Final = 13  # of the letters, in pixels
_STYLE: Final = (
    "text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1c2430}.small{font-size:11px;fill:#5c6675}"
    ".back{fill:#fff;stroke:#d8dde5}.rule{stroke:#d8dde5}.bar{fill:#2b5fb8}.for{fill:#2b5fb8}.against{fill:#c2571a}"
    ".neither{fill:#9aa4b2}@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.small{fill:#9aa4b2}"
    ".back{fill:#14181e;stroke:#333b47}.rule{stroke:#333b47}.bar,.for{fill:#7fa9f0}.against{fill:#f09a5e}"
    ".neither{fill:#7a8494}}"
)
_WIDE: Final = 0.98  # of SIZE; a letter of a script with wide forms, or a capital M
_USUAL: Final = 0.56
_FOREIGN: Final = 0.64
_CONTROLS: Final = ("Cc", "Cs")


def drawing(title: str, description: str, height: float, marks: Iterable[Element]) -> str:
    """Return a drawing as text; ``description`` says in words what it shows."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{WIDTH}",
            "height": _pixels(height),
            "viewBox": f"0 0 {WIDTH} {_pixels(height)}",
            "role": "img",
            "aria-label": shown(title),
        },
    )
    SubElement(root, "title").text = shown(title)
    SubElement(root, "desc").text = shown(description)
    SubElement(root, "style").text = _STYLE
    root.append(rect(0.5, 0.5, WIDTH - 1, height - 1, "back"))
    SubElement(root, "text", {"x": "16", "y": "26", "style": "font-weight:600"}).text = shown(title)
    root.extend(marks)
    indent(root, " ")
    return tostring(root, encoding="unicode") + "\n"


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> Element:
    """Return words at a place."""
    place = {"x": _pixels(x), "y": _pixels(y)}
    if anchor != "start":
        place["text-anchor"] = anchor
    made = Element("text", place | ({"class": kind} if kind else {}))
    made.text = shown(words)
    return made


def rising(x: float, y: float, words: str) -> Element:
    """Return words that rise to the right from a place."""
    made = text(x, y, words)
    made.set("transform", f"rotate(-40 {_pixels(x)} {_pixels(y)})")
    return made


def rect(x: float, y: float, width: float, height: float, kind: str) -> Element:
    """Return a filled rectangle."""
    sides = {"x": x, "y": y, "width": width, "height": height}
    return Element("rect", {name: _pixels(side) for name, side in sides.items()} | {"class": kind})


def rule(x: float, y: float, to_x: float, to_y: float) -> Element:
    """Return a thin line."""
    ends = {"x1": x, "y1": y, "x2": to_x, "y2": to_y}
    return Element("line", {name: _pixels(end) for name, end in ends.items()} | {"class": "rule"})


def dot(x: float, y: float, kind: str) -> Element:
    """Return a dot."""
    return Element("circle", {"cx": _pixels(x), "cy": _pixels(y), "r": "4.5", "class": kind})


def clipped(words: str, width: float) -> str:
    """Return words cut to about a width in pixels, with an ellipsis where something is cut.

    >>> clipped("Kyiv", 100), clipped("a very long name of an office", 80)
    ('Kyiv', 'a very lo…')
    """
    left, kept = width, shown(words)
    for place, letter in enumerate(kept):
        left -= _letter_width(letter)
        if left < 0:
            return kept[: max(place - 1, 1)].rstrip() + "…"
    return kept


def shown(words: str) -> str:
    r"""Return words without control characters: XML has no place for them, and some turn the line around.

    >>> shown("a\x00b\u202ec")
    'abc'
    """
    return "".join(letter for letter in unturned(words) if unicodedata.category(letter) not in _CONTROLS)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    wide = unicodedata.east_asian_width(letter) in "WF" or letter in "MWmw"
    return SIZE * (_WIDE if wide else _USUAL if letter.isascii() else _FOREIGN)


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
