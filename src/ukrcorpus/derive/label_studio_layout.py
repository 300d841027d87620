"""How an article looks on the labelling screen: a style sheet of its own, for its text must stay as it is.

The editor shows each line of the text in an element of its own, and the task brings the rules for their numbers. Marks
such as a bullet are drawn by the style, so they are no characters and move no offset.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

_LINE: Final = ".uk-article .lsf-richtext__line"
# What each kind of line looks like, and what is drawn in front of it. A paragraph is what every line is at first.
_LOOKS: Final[dict[str, tuple[str, str | None]]] = {
    "title": ("font-size: 1.3em; font-weight: 700; line-height: 1.25", None),
    "subtitle": ("font-style: italic; font-size: 1.05em", None),
    "heading": ("font-weight: 700; font-size: 1.1em; margin-top: 1em", None),
    "list_item": ("padding-left: 1.9em; margin-bottom: .25em", "•"),
    "table_header": ("font-weight: 700; margin: 0; padding: 3px 8px; background: #e4e7ee; color: #222", None),
    "table_row": ("margin: 0; padding: 3px 8px; border-bottom: 1px solid #c5cad6", None),
    "quote": ("padding-left: 1em; border-left: 3px solid #b8bfce; font-style: italic", None),
    "question": ("padding-left: 1.9em; font-weight: 600; margin-bottom: .2em", "Q"),
    "answer": ("padding-left: 1.9em", "A"),
    "callout": ("padding: 4px 10px; border-left: 3px solid #d9a441", None),
    "notice": ("font-size: .9em; opacity: .75", None),
}


def layout_of(kinds: Sequence[str]) -> str:
    """Return the style element for an article whose lines have these kinds, in order; empty for plain paragraphs.

    >>> layout_of(["paragraph", "paragraph"])
    ''
    >>> "nth-of-type(2)" in layout_of(["paragraph", "quote"])
    True
    """
    numbered = sorted((kind, number) for number, kind in enumerate(kinds, 1) if kind in _LOOKS)
    rules = [rule for kind, own in groupby(numbered, lambda one: one[0]) for rule in _rules(kind, [n for _, n in own])]
    return f"<style>{''.join(rules)}</style>" if rules else ""


def _rules(kind: str, numbers: Sequence[int]) -> list[str]:
    look, mark = _LOOKS[kind]
    lines = [f"{_LINE}{line}" for line in _runs(numbers)]
    rules = [f"{','.join(lines)}{{{look}}}"]
    if mark:
        drawn = ",".join(f"{line}::before" for line in lines)
        rules.append(f'{drawn}{{content:"{mark}";position:absolute;left:.6em}}')
    return rules


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return selectors for line numbers, neighbours in one: a long list or table takes no longer style sheet."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [
        f":nth-of-type({first})" if first == last else f":nth-of-type(n+{first}):nth-of-type(-n+{last})"
        for first, last in runs
    ]
