"""Who opposes and who supports what: the holders and issues with most statements, crossed."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.svg import WIDTH, clipped, drawing, rect, rising, rule, text
from ukrcorpus.derive.profile import StanceCell

_TOP: Final = 156
_ROW: Final = 26
_NAMES: Final = 172
_LEFT: Final = 184
_RIGHT: Final = WIDTH - 70
_HEAD: Final = 160  # room for the name of an issue on the slant; less before the right edge


def stances_by_holder(facts: ReleaseFacts, title: str) -> tuple[str, str, str] | None:
    """Return title, words and drawing, or None where nothing is stated.

    A support is a support of the issue's pole, so stances are never summed over issues.
    """
    profile = facts.numbers.profile
    if not profile.stances:
        return None
    named = {actor.id: actor.name for actor in facts.schema.actors}
    labels = {issue.issue: issue.label for issue in facts.schema.issues}
    present = ({cell.holder_id for cell in profile.stances}, {cell.issue for cell in profile.stances})
    holders = [holder for holder, _ in profile.holders if holder in present[0]]
    issues = [issue for issue, _ in profile.issues if issue in present[1]]
    bottom = _TOP + len(holders) * _ROW
    marks = _names([named.get(one, one) for one in holders], [labels.get(one, one) for one in issues], bottom)
    most = max(max(cell.n_oppose + cell.n_neutral, cell.n_support) for cell in profile.stances)
    width = (_RIGHT - _LEFT) / len(issues)
    for cell in profile.stances:
        x, y = _LEFT + (issues.index(cell.issue) + 0.5) * width, _TOP + holders.index(cell.holder_id) * _ROW
        marks += _cell(cell, x, y, width * 0.46 / most)
    note = f"Left (orange): opposes the pole. Grey: neutral. Right (blue): supports it. Longest bar: {most}."
    marks += [text(16, bottom + 24, note, kind="small")]
    words = f"{note} " + "; ".join(_in_words(cell, named, labels) for cell in profile.stances) + "."
    return title, note, drawing(title, words, bottom + 38, marks)


def _names(holders: Sequence[str], issues: Sequence[str], bottom: float) -> list[Element]:
    """Return the names of rows and columns, each with its line."""
    marks, width = [], (_RIGHT - _LEFT) / len(issues)
    for column, issue in enumerate(issues):
        x = _LEFT + (column + 0.5) * width
        marks += [rising(x, _TOP - 8, clipped(issue, min(_HEAD, (WIDTH - x) * 1.2))), rule(x, _TOP, x, bottom)]
    for row, holder in enumerate(holders):
        y = _TOP + row * _ROW
        marks += [text(_NAMES, y + 17, clipped(holder, _NAMES - 12), anchor="end"), rule(_LEFT, y, _RIGHT, y)]
    return marks


def _cell(cell: StanceCell, x: float, y: float, scale: float) -> list[Element]:
    """Return the bars of a cell, on both sides of its middle."""
    against, neither = cell.n_oppose * scale, cell.n_neutral * scale
    bars = (
        (x - neither - against, against, "against"),
        (x - neither, neither, "neither"),
        (x, cell.n_support * scale, "for"),
    )
    return [rect(left, y + 6, width, _ROW - 12, kind) for left, width, kind in bars if width]


def _in_words(cell: StanceCell, named: dict[str, str], labels: dict[str, str]) -> str:
    counts = ((cell.n_oppose, "oppose"), (cell.n_neutral, "neutral"), (cell.n_support, "support"))
    said = ", ".join(f"{n} {what}" for n, what in counts if n)
    return f"{named.get(cell.holder_id, cell.holder_id)} on {labels.get(cell.issue, cell.issue)}: {said}"
