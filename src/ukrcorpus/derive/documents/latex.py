r"""The figures of a release as LaTeX tables, for a paper: ``\usepackage{booktabs}`` and ``\input{tables.tex}``."""

from collections.abc import Iterable, Sequence
from typing import Final

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.svg import shown

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': "''",  # a shorthand of babel elsewhere
        "[": "{[}",  # at the head of a row, an argument of the row before it
        "]": "{]}",
        "*": "{*}",
        "–": "--",
        **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    }
)
_HEAD: Final = """\
% {title}, version {version}: the figures of its card as tables.
% \\usepackage{{booktabs}}, then \\input{{tables.tex}}. Letters beyond Latin need XeLaTeX or LuaLaTeX.
"""


def latex(text: str) -> str:
    r"""Return a text so that LaTeX sets it as it is; line ends become spaces.

    >>> latex("50 % of R&D_1 \\input{x}")
    '50 \\% of R\\&D\\_1 \\textbackslash{}input\\{x\\}'
    """
    return shown(" ".join(text.split())).translate(_ESCAPES)


def latex_tables(facts: ReleaseFacts) -> str:
    """Return what the corpus holds, its rows by split, who made the labels, and the agreement."""
    head = _HEAD.format(title=" ".join(facts.info.title.split()), version=facts.info.version)
    return "\n".join([head, *_size(facts), *_rows(facts), *_machine(facts), *_agreement(facts)])


def _size(facts: ReleaseFacts) -> list[str]:
    numbers, profile = facts.numbers, facts.numbers.profile
    rows = [
        ("Articles", numbers.n_articles),
        ("Words", profile.size.n_words),
        ("Characters", profile.size.n_chars),
        ("Sentences", profile.size.n_sentences),
        *((name.capitalize(), numbers.n_rows(name)) for name in ("mentions", "claims", "stances", "statements")),
        ("Holders of statements", len(profile.holders)),
        ("Issues with claims", len(profile.claims_by_issue)),
        *((f"Annotators ({'persons' if kind == 'human' else 'models'})", n) for kind, n in profile.annotators),
        *((f"Articles in {language}", n) for language, n in numbers.languages),
    ]
    caption = f"{facts.info.title}, version {facts.info.version}."
    return _table(caption, "size", "lr", ("", "Number"), [(name, f"{n:,}") for name, n in rows])


def _rows(facts: ReleaseFacts) -> list[str]:
    order = facts.schema.vocabulary("split").names
    held = {split.split for table in facts.numbers.filled for split in table.splits}
    splits = [name for name in order if name in held] + sorted(held.difference(order))
    rows = []
    for table in sorted(facts.numbers.filled, key=lambda one: one.table):
        counts = {split.split: f"{split.n_rows:,}" for split in table.splits}
        rows.append((table.table, *(counts.get(split, "") for split in splits), f"{table.n_rows:,}"))
    return _table("Rows by table and split.", "rows", "l" + "r" * (len(splits) + 1), ("Table", *splits, "All"), rows)


def _machine(facts: ReleaseFacts) -> list[str]:
    rows = [(one.layer, f"{one.n:,}", f"{one.n_model:,}", one.share) for one in facts.numbers.profile.machine]
    return _table("What a language model alone made.", "machine", "lrrr", ("Layer", "Rows", "Model", "Share"), rows)


def _agreement(facts: ReleaseFacts) -> list[str]:
    figures = facts.numbers.agreement
    if not figures:
        return []
    whose = "two passes of a language model" if facts.numbers.all_models else "annotators"
    rows = [
        (one.what, one.measure, "--" if one.value is None else f"{one.value:.3f}", f"{one.n_units:,}")
        for one in figures
    ]
    return _table(f"Agreement of {whose}.", "agreement", "llrr", ("What", "Measure", "Value", "Units"), rows)


def _table(caption: str, label: str, columns: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        r"\begin{table}",
        r"\centering",
        f"\\caption{{{latex(caption)}}}",
        f"\\label{{tab:corpus-{label}}}",
        f"\\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        _line(header),
        r"\midrule",
        *map(_line, rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
        "",
    ]


def _line(cells: Sequence[str]) -> str:
    return " & ".join(map(latex, cells)) + r" \\"
