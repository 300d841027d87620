"""What a page says to its reader around the article: tips, calls to comment or subscribe, links to more."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, drop, is_question, is_short, lines_of, n_words, remembered
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import folded_line, holds_folded
from ukrcorpus.schema.model import Repairs

_TIP = (
    r"(?:pro[ -]?tips?|expert tips?|quick tips?|reader(?:’|')?s? tips?|insider tips?|tip of the day|порада|"
    r"(?:корисна|професійна) порада|(?:полезный|профессиональный) совет|"
    r"совет(?=\s?[:–—]\s?(?-i:[а-яё])))"
)
has_tips = holds_folded(
    " tip", "-tip", "protip", "tip of the day", "порада", "ый совет", "совет:", "совет –", "совет —"
)
_TIP_LINE = re.compile(rf"[\"“”]?{_TIP}\s*[:!–-]?[\"“”]?\s*", re.IGNORECASE)
_TIP_TAIL = re.compile(rf" (?<=[.!?…”»)] )[\"“]?{_TIP}\s*:.*", re.IGNORECASE)
_INVITE = (
    r"(?:please )?(?:share|leave|drop|post|tell us|let us know|give us|join|add|write|have your say|weigh in|sound off)"
)
_COMMENTS = r"(?:in the comments?|comments? (?:section )?below|a comment|your comments?|the conversation|below)"
# What somebody said is no call, however it begins.
_SAID = r"\b(?:said|says|say|told|tells|asked|used to|wrote|writes)\b"
# A call is an imperative, or ends at the comments: `they join the conversation on gas` is neither.
_CALL = re.compile(
    alternatives(
        r"""
(?!.*%said%)%invite%\b.{0,80}\b%comments%\b.{0,80}
if you (?:liked?|enjoy(?:ed)?|found) this (?:article|post|story|piece)\b.{0,120}
(?:what do you think|do you agree)\b.{0,120}\b(?:comments?|below)\b.{0,40}
(?:сподобал\w+|понравил\w+) (?:стат\w+|матеріал|материал|текст|новин\w*|новост\w*|публікаці\w+|публикаци\w+)\?.{0,80}
(?:поставте|ставте|поставьте|ставьте) (?:лайк|вподобайку)\w*\b.{0,80}
(?=.*\b(?:you|your|us|below)\b).{0,200}\bin the comments?(?: section)?(?: below)?[.!?…]*
(?:please )?(?:subscribe|sign up)\b.{0,60}\b(?:newsletter|channel|updates|alerts|briefing)\b.{0,80}
follow us on (?:facebook|twitter|x|telegram|instagram|google|linkedin|youtube|whatsapp|social)\b.{0,80}
(?:share|like|liked|enjoyed) this (?:article|post|story)(?:[?!,.].{0,80})?
(?:поділіться|діліться|(?:на)?пишіть|розкажіть|залиш(?:те|айте|іть))\b
    .{0,80}\b(?:коментар\w*|думк\w+|враженн\w+)\b.{0,40}
підпи(?:суйте?ся|суйтесь|шіться) на\b.{0,80}|подпи(?:сывайтесь|шитесь) на\b.{0,80}
(?:поделитесь|делитесь|(?:на)?пишите|расскажите|остав(?:ьте|ляйте))\b.{0,80}\b(?:комментари\w*|мнени\w+)\b.{0,40}
""",
        {"said": _SAID, "invite": _INVITE, "comments": _COMMENTS},
    ),
    re.IGNORECASE,
)
# Every call holds one of these; most texts hold none.
_CALL_SIGNS = tuple(
    "comment|below|conversation|subscribe|sign up|follow us| this article| this post| this story| this piece|"
    "коммент|комент|думк|мнени|враженн|підпи|подпи|лайк|вподоба|сподоба|понрави".split("|")
)
has_calls = holds_folded(*_CALL_SIGNS)
_CALL_SIGN = Phrases(*_CALL_SIGNS)
_STOPS, _CLOSERS = r"[.!?…]++", r"[\"”»)]*+"
_SENTENCE = re.compile(rf".(?:[^.!?…]++|{_STOPS}(?!{_CLOSERS}(?:\s|$)))*+(?:{_STOPS}{_CLOSERS})?")
_ASKED = re.compile(r"\b(?:you|your|ви|вам|ваш\w*|вы)\b", re.IGNORECASE)
_ASKED_WORDS = 60


def tips(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop advice to the reader, on a line of its own or fused to the end of a paragraph.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(tips, "The crisis goes on. Pro Tip: Read more news.\nPro Tip: Buy gold.\nEnd.")
    'The crisis goes on.\nEnd.'
    """
    lines = list(lines_of(text.text))
    whole: list[Line] = []
    for index, line in enumerate(lines):
        label = _TIP_LINE.match(line.text)
        if label and (":" in label.group() or "!" in label.group() or label.end() == len(line.text)):
            whole.append(line)
            alone = label.end() == len(line.text)
            if alone and index + 1 < len(lines) and not is_short(lines[index + 1].text):
                whole.append(lines[index + 1])
        elif tail := _TIP_TAIL.search(line.text):
            yield Change(line.start + tail.start(), line.end, "")
    yield from drop(dict.fromkeys(whole), text.text)


def calls(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop calls to comment, share or subscribe, with the reader questions that lead into them.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(calls, "Costs rose.\nWhat comes next? Do you agree? Share your thoughts in the comments below!")
    'Costs rose.'
    """
    lines = list(lines_of(text.text))
    whole: list[Line] = []
    for index, line in enumerate(lines):
        start = _call_start(line.text)
        if start is None:
            continue
        if start > 0:
            yield Change(line.start + start - 1, line.end, "")
            continue
        first = index
        while first > 1 and _asks_the_reader(lines[first - 1].text):
            first -= 1
        whole += lines[first : index + 1]
    yield from drop(dict.fromkeys(whole), text.text)


@remembered
def _call_start(line: str) -> int | None:
    """Return where the call and the reader questions before it begin, None if the line holds no call."""
    if not _CALL_SIGN.are_in(folded_line(line)):
        return None
    found = [match for match in _SENTENCE.finditer(line) if match.group().strip()]
    sentences = [(match.end() - len(match.group().lstrip()), match.group().strip()) for match in found]
    index = next((i for i, (_start, sentence) in enumerate(sentences) if _CALL.fullmatch(sentence)), None)
    if index is None:
        return None
    while index > 0 and is_question(sentences[index - 1][1]):
        index -= 1
    return sentences[index][0]


def _asks_the_reader(line: str) -> bool:
    return is_question(line) and bool(_ASKED.search(line)) and n_words(line) < _ASKED_WORDS
