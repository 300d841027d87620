"""Plots of a corpus for its card: over time, claims by issue, stances by holder, agreement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.plot_stances import stances_by_holder
from ukrcorpus.derive.documents.plot_time import columns_over_time
from ukrcorpus.derive.documents.svg import WIDTH, clipped, dot, drawing, rect, rule, text
from ukrcorpus.derive.numbers import AgreementFigure

_Drawn = tuple[str, str, str]
_TOP: Final = 44
_ROW: Final = 22
_NAMES: Final = 222  # where names end
_LEFT: Final = 232
_RIGHT: Final = 500
_LONG_NAMES: Final = 300
_N_ISSUES: Final = 20
_N_FIGURES: Final = 40
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of a release; ``words`` sum it up, and the drawing's own description says all of it."""

    file: str
    title: str
    words: str
    svg: str


def plots(facts: ReleaseFacts) -> tuple[Plot, ...]:
    """Return the plots that the figures of this release allow."""
    return tuple(Plot(f"assets/{name}.svg", *drawn) for name, draw in _PLOTS if (drawn := draw(facts)) is not None)


def _articles_over_time(facts: ReleaseFacts) -> _Drawn | None:
    return columns_over_time(
        _titled(facts, "Articles by day of publication"), "Articles", facts.numbers.profile.published
    )


def _statements_over_time(facts: ReleaseFacts) -> _Drawn | None:
    return columns_over_time(
        _titled(facts, "Statements by the day they were made"), "Statements", facts.numbers.profile.stated
    )


def _claims_by_issue(facts: ReleaseFacts) -> _Drawn | None:
    counts = facts.numbers.profile.claims_by_issue
    if not counts:
        return None
    labels = {issue.issue: issue.label for issue in facts.schema.issues}
    rows = [(labels.get(issue, issue), n) for issue, n in counts[:_N_ISSUES]]
    marks = [mark for place, (label, n) in enumerate(rows) for mark in _bar(place, label, n, rows[0][1])]
    rest = counts[_N_ISSUES:]
    note = f"{len(rest)} more issues have {sum(n for _, n in rest):,} claims together. " if rest else ""
    note += "A claim may have two issues."
    bottom = _TOP + len(rows) * _ROW
    marks.append(text(16, bottom + 20, note, kind="small"))
    words = "; ".join(f"{label}: {n}" for label, n in rows) + f". {note}"
    first = ", ".join(f"{label} {n:,}" for label, n in rows[:_NAMED])
    title = _titled(facts, "Claims by issue")
    return title, f"{first}. {note}", drawing(title, words, bottom + 34, marks)


def _bar(place: int, label: str, n: int, most: int) -> list[Element]:
    y, width = _TOP + place * _ROW, (_RIGHT - _LEFT) * n / most
    return [
        text(_NAMES, y + 15, clipped(label, _NAMES - 12), anchor="end"),
        rect(_LEFT, y + 4, max(width, 1), 14, "bar"),
        text(_LEFT + width + 6, y + 15, f"{n:,}", kind="small"),
    ]


def _agreement(facts: ReleaseFacts) -> _Drawn | None:
    figures = [(_name(one), one.value) for one in facts.numbers.agreement if one.value is not None]
    if not figures:
        return None
    shown, n_hidden = figures[:_N_FIGURES], len(figures[_N_FIGURES:])
    floor = min(0.0, min(value for _, value in shown) // 0.25 * 0.25)
    bottom = _TOP + 16 + len(shown) * _ROW
    marks = []
    for tick in range(int(floor * 4), 5):
        x = _at(tick / 4, floor)
        marks += [rule(x, _TOP + 12, x, bottom), text(x, _TOP + 6, f"{tick / 4:g}", anchor="middle", kind="small")]
    marks += [mark for place, (name, value) in enumerate(shown) for mark in _dotted(place, name, value, floor)]
    note = "1 is full agreement; alpha 0 is what chance gives." + f" {n_hidden} more in the table." * bool(n_hidden)
    marks.append(text(16, bottom + 22, note, kind="small"))
    words = "; ".join(f"{name}: {value:.2f}" for name, value in shown) + f". {note}"
    whose = "two passes of a language model" if facts.numbers.all_models else "annotators"
    title = _titled(facts, f"Agreement of {whose}")
    return title, "The same figures as in the table.", drawing(title, words, bottom + 36, marks)


def _dotted(place: int, name: str, value: float, floor: float) -> list[Element]:
    y = _TOP + 16 + place * _ROW
    return [
        text(_LONG_NAMES, y + 15, clipped(name, _LONG_NAMES - 12), anchor="end"),
        dot(_at(value, floor), y + 11, "bar"),
        text(WIDTH - 12, y + 15, f"{value:.2f}", anchor="end", kind="small"),
    ]


def _stances_by_holder(facts: ReleaseFacts) -> _Drawn | None:
    return stances_by_holder(facts, _titled(facts, "Stances by holder and issue"))


def _titled(facts: ReleaseFacts, title: str) -> str:
    """Return a title that says of what it is: a drawing may be passed on without its card."""
    return f"{title} (machine-written sample)" if facts.is_sample else title


def _name(figure: AgreementFigure) -> str:
    return f"{figure.what}, {figure.measure}"


def _at(value: float, floor: float) -> float:
    left = _LONG_NAMES + 20
    return left + (_RIGHT - left) * (value - floor) / (1 - floor)


_PLOTS: Final[tuple[tuple[str, Callable[[ReleaseFacts], _Drawn | None]], ...]] = (
    ("articles-over-time", _articles_over_time),
    ("statements-over-time", _statements_over_time),
    ("claims-by-issue", _claims_by_issue),
    ("stances-by-holder", _stances_by_holder),
    ("agreement", _agreement),
)
