"""What a page hangs on the end of a paragraph: end marks, credits, links to edit, calls to its reader."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import ends_sentence, lines_of, n_words, remembered
from ukrcorpus.normalise.page_lines import furniture_kind
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import folded_line, holds_folded
from ukrcorpus.schema.model import Repairs

_MARK = re.compile(
    alternatives(r"""
(?<=[.!?…”»\")]) ?(?:(?-i:E)nd ?item|-0-|-30-|#{2,6}|[■□▪◼∎])
(?<=[.!?…”»\")]) ?\((?:(?:additional |further )?(?:reporting|writing|editing) (?:and \w+ )?by [^()]{3,200}|ends?)\)
(?<=\w)\[(?:edit(?: source)?(?: ?\| ?edit source)?|ред\.?(?: ?\| ?ред\. код)?|править(?: ?\| ?править код)?|
    редагувати(?: ?\| ?редагувати код)?)\]
"""),
    re.IGNORECASE,
)
# A call to the reader holds one of these.
_CALL_WORDS = tuple(
    "subscrib|sign up|follow us|newsletter|bookmark|our app|telegram|whatsapp|viber|facebook|read more|"
    "comment|mistake|journalism|inbox|subscriber|all rights|donat|this content|permission|to continue|survey|"
    "помилк|ошибк|опечатк|коментар|комментар|журналіст|журналист|права за|использован|використан|передрук|друзьями|"
    "друзями|підпи|подпи|телеграм|вайбер|фейсбу|сохраните|збережіть|донат|поділіться|поделитесь|this article".split("|")
)
_SIGNS = Phrases(*_CALL_WORDS)
_KINDS = frozenset(
    f"boilerplate.{kind}"
    for kind in ("newsletter", "promo", "asks", "social", "paywall", "comment_form", "copyright", "closing")
)
_STOP = re.compile(r"[.!?…] +")
_QUOTES = re.compile(r"[\"“”«»„]")
_MARK_CHARS, _LEAST_WORDS, _CALL_CHARS = 230, 3, 240
has_marks = holds_folded("enditem", "-0-", "-30-", "##", "■", "□", "▪", "◼", "∎", " by ", "]", "(end", *_CALL_WORDS)


def fused_ends(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Cut end marks, credits and calls to the reader off the ends of paragraphs.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(fused_ends, "Both sides met. Enditem\nNobody came. Subscribe to our newsletter today.")
    'Both sides met.\nNobody came.'
    """
    for line in lines_of(text.text):
        if start := _fused_start(line.text):
            yield Change(line.start + start, line.end, "")


@remembered
def _fused_start(line: str) -> int | None:
    """Return where begins what a page hangs on the end of a line."""
    start = _mark_start(line)
    if start is None and _SIGNS.are_in(folded_line(line)[-_CALL_CHARS:]):
        start = _call_start(line)
    return start


def _mark_start(line: str) -> int | None:
    """Return where the end mark begins that a line ends with."""
    if line[-1:] not in "mM-#■□▪◼∎)]":
        return None
    for found in _MARK.finditer(line, max(0, len(line) - _MARK_CHARS)):
        if found.end() == len(line):
            return found.start()
    return None


def _call_start(line: str) -> int | None:
    """Return where the last sentence of a line begins if it calls the reader, and the sentences before do not."""
    end = line.rstrip()
    cuts = list(_STOP.finditer(end[-_CALL_CHARS:]))
    offset = max(0, len(end) - _CALL_CHARS)
    start = None
    for cut in reversed(cuts):
        sentence = end[offset + cut.end() : start]
        if _QUOTES.search(sentence) or n_words(sentence) < _LEAST_WORDS:
            break
        if furniture_kind(sentence.strip()) not in _KINDS:
            break
        start = offset + cut.end()
    if start is None or not ends_sentence(line[:start].rstrip()):
        return None
    return len(line[:start].rstrip())
