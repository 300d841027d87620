"""More residue of markup: comments, escaped marks, code marks, link references, doubled quotation marks."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.schema.model import Repairs

_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)
# A backslash before a mark of Markdown; paths have letters behind theirs.
_ESCAPE = re.compile(r"\\(?=[*_#\[\]()!.~>|`+\-])(?<![\w:\\]\\)")
_ESCAPE_IN_WORD = re.compile(r"(?<=\w)\\(?=[*_.!#\-\])])")
_CODE = re.compile(r"(?<![\w`'’])`([^\W\d_]+(?:[ -][^\W\d_]+){0,6})`(?![\w`'’])")
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]\n]{1,200})\]\[\w{0,20}\]")
_DEFINITION = re.compile(r"^\[[\w^]{1,20}\]: <?(?:https?://|/|#)\S+.*\n?", re.MULTILINE)
_EDIT = re.compile(
    r" ?\[ ?(?:edit(?: source)?|ред\.|редагувати|правити|править|изменить)(?: ?\| ?[\w. ]{3,20})? ?\]$",
    re.MULTILINE | re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(?<=[a-zа-яіїєґ’”»)\"][.,!?])(?P<number>\d{1,2})(?= [A-ZА-ЯІЇЄҐ“«‘\"(]|\n|\Z)")
_DOUBLED = re.compile(r"([“”])\1|(?<![\"\w])\"\"(?=[^\"\n]+\"\"(?![\"\w]))|(?<=[\w.,!?…])\"\"(?![\"\w])")


def comments(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove comments of HTML.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(comments, "Both sides <!-- ad slot 3 -->met.")
    'Both sides met.'
    """
    for match in _COMMENT.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def escapes(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove the backslash before an escaped mark of Markdown.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(escapes, "A star \\* marks \\[sic\\] words; C:\\files stay.")
    'A star * marks [sic] words; C:\\files stay.'
    """
    places = {match.start() for pattern in (_ESCAPE, _ESCAPE_IN_WORD) for match in pattern.finditer(text.text)}
    for at in sorted(places):
        yield Change(at, at + 1, "")


def code_marks(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove pairs of backticks around words; those around code stay, one within a word is an apostrophe.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(code_marks, "The word `truce` is new; об`єкт is not.")
    'The word truce is new; об`єкт is not.'
    """
    for match in _CODE.finditer(text.text):
        yield Change(match.start(), match.start() + 1, "")
        yield Change(match.end() - 1, match.end(), "")


def references(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Keep the words of reference links, drop the lines that define their targets; footnote marks stay.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(references, "See [the plan][p] and note [1].\n[p]: https://example.org/plan\n")
    'See the plan and note [1].\n'
    """
    for match in _REFERENCE.finditer(text.text):
        yield Change(match.start(), match.start(1), "")
        yield Change(match.end(1), match.end(), "")
    for match in _DEFINITION.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def doubled_quotes(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Make one quotation mark of two of a kind, as exports of tables leave them.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(doubled_quotes, 'He said ""no"" and ““yes””.')
    'He said "no" and “yes”.'
    """
    for match in _DOUBLED.finditer(text.text):
        yield Change(match.start(), match.start() + 1, "")


def edit_links(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove the links to a section's editor that wikis put behind headings.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(edit_links, "Origins[edit]\nOn edits [edit] see below.")
    'Origins\nOn edits [edit] see below.'
    """
    for match in _EDIT.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def note_marks(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove the numbers of notes that stick to a stop, when they count upwards from 1.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(note_marks, "Both sides met.1 Nothing came of it.2 See table 3.2 for more.")
    'Both sides met. Nothing came of it. See table 3.2 for more.'
    """
    found = list(_NOTE_MARK.finditer(text.text))
    if len(found) > 1 and [int(match["number"]) for match in found] == list(range(1, len(found) + 1)):
        for match in found:
            yield Change(match.start(), match.end(), "")
