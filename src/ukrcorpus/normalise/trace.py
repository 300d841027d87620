"""What normalising did to an article, edit by edit: pass, place, before and after."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.normalise.passes import PASSES

# Corrections of single articles come before the passes.
CORRECTION = "correction"
_CONTEXT = 24
_LONGEST, _HEAD, _TAIL = 72, 40, 20


@dataclass(frozen=True, slots=True)
class Trace:
    """One edit with some text around it; offsets are code points of the source text."""

    raw_start: int
    raw_end: int
    passes: tuple[str, ...]
    left: str
    before: str
    after: str
    right: str

    def as_json(self) -> dict[str, object]:
        """Return the edit whole, as the line of a JSONL file."""
        return asdict(self)


def traces(text: AlignedText) -> Iterator[Trace]:
    """Yield every difference between source and text in order; together they are all there is."""
    source = text.source
    for edit in text.edits:
        yield Trace(
            edit.raw_start,
            edit.raw_end,
            edit.passes,
            source[max(0, edit.raw_start - _CONTEXT) : edit.raw_start],
            source[edit.raw_start : edit.raw_end],
            text.text[edit.start : edit.end],
            source[edit.raw_end : edit.raw_end + _CONTEXT],
        )


def by_pass(found: Iterable[Trace], wanted: str | None) -> Iterator[Trace]:
    """Yield the edits in which a pass took part, or one of its group (``repair``); all of them for None.

    Raise ``pass-unknown`` for a name that is neither.
    """
    names = [CORRECTION, *(step.name for step in PASSES)]
    known = {*names, *(name.split(".")[0] for name in names)}
    if wanted is not None and wanted not in known:
        raise CorpusError("pass-unknown", f"no pass is called '{wanted}'.", where="--pass", remedy=near(wanted, known))
    return (one for one in found if wanted is None or any(_is_of(name, wanted) for name in one.passes))


def summary(found: Iterable[Trace]) -> tuple[tuple[str, int, int, int], ...]:
    """Return for each pass, in their order, how many edits it took part in, and their characters before and after.

    An edit that several passes made counts for each of them.
    """
    edits: Counter[str] = Counter()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for one in found:
        for name in one.passes:
            edits[name] += 1
            before[name] += len(one.before)
            after[name] += len(one.after)
    names = [CORRECTION, *(step.name for step in PASSES)]
    return tuple((name, edits[name], before[name], after[name]) for name in names if edits[name])


def visible(part: str) -> str:
    r"""Return a part with signs for what a terminal would not show or would act on.

    >>> visible("a\u00a0b\tc\u202e\n")
    'a·b⇥c<U+202E>⏎'
    """
    return "".join(_SIGNS.get(char) or (char if char.isprintable() else f"<U+{ord(char):04X}>") for char in part)


def shortened(part: str) -> str:
    """Return a long part as its head and tail, with the number of characters between."""
    if len(part) <= _LONGEST:
        return visible(part)
    return f"{visible(part[:_HEAD])} […{len(part) - _HEAD - _TAIL:,} characters…] {visible(part[-_TAIL:])}"


_SIGNS = {"\n": "⏎", "\r": "␍", "\t": "⇥", "\u00a0": "·", "\u202f": "·", "\u2009": "·"}


def _is_of(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}.")
