"""Questions and answers that no heading announces: told by what stands around them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ukrcorpus.normalise.lines import is_question

# So many headings in a row that ask, each with its text, are an explainer in questions and answers.
_FEW = 3
# An answer has rarely more paragraphs.
_PARAGRAPHS = 8


def asked_headings(kinds: Sequence[str], lines: Sequence[str]) -> tuple[int, ...]:
    """Return the headings that are questions: three in a row or more, with a paragraph behind each.

    >>> kinds = ("heading", "paragraph") * 3
    >>> asked_headings(kinds, ("Who pays?", "Nobody.", "Who signs?", "A general.", "Who counts?", "A clerk."))
    (0, 2, 4)
    """
    found: list[int] = []
    run: list[int] = []
    for index in [at for at, kind in enumerate(kinds) if kind == "heading"]:
        if is_question(lines[index]) and kinds[index + 1 : index + 2] == ("paragraph",):
            run.append(index)
            continue
        found += run if len(run) >= _FEW else []
        run = []
    return (*found, *(run if len(run) >= _FEW else ()))


def going_on(kinds: Sequence[str]) -> Iterator[int]:
    """Yield the paragraphs behind an answer that belong to it: the next question comes before any heading.

    >>> list(going_on(("question", "answer", "paragraph", "question", "answer", "paragraph")))
    [2]
    """
    asked = [at for at, kind in enumerate(kinds) if kind == "question"]
    for question, after in pairwise(asked):
        between = kinds[question + 1 : after]
        if between[:1] == ("answer",) and len(between) <= _PARAGRAPHS and "heading" not in between:
            yield from (at for at in range(question + 1, after) if kinds[at] == "paragraph")
