"""Marks of structure: they go from the text, and the edit log keeps what each line was."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, is_question, is_short, lines_of, remembered
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.signs import both, either, fold, holds_folded, opens
from ukrcorpus.schema.model import Repairs

ITEM_PASSES = frozenset(("structure.bullets", "structure.emoji", "structure.numbers"))
TABLE_RULE = re.compile(r"\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)+\|?|\| *:?-{2,}:? *\|")
_PIPE = re.compile(r" *\| *")
_COUNTED = re.compile(r"(\d{1,2})[.)] +(?=\S)")
_QUESTION = re.compile(
    r"(?:(?:q|question|питання|запитання|вопрос) ?\d{0,2} ?[:.)]|(?-i:[ВП]):|❓\ufe0f?) *(?=\S)", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:a ?\d{0,2} ?[:)]|a\d{1,2}\.|(?-i:[ОВ]):|(?:answer|відповідь|ответ) ?\d{0,2} ?[:.)]) *(?=\S)", re.IGNORECASE
)
has_questions = opens("❓", "в:", "п:", "q", "питання", "запитання", "вопрос")
has_answers = opens("о:", "в:", "a", "відповідь", "ответ")
_CALLOUT_WORDS = (
    r"(?:(?:key|main) (?:takeaways?|points?|insights?|facts?)|expert (?:insights?|opinion|view)|"
    r"(?:fast|quick|fun|little[- ]known) facts?|at a glance|fact box|worth knowing|good to know|"
    r"(?:цікавий|важливий|маловідомий) факт|(?:интересный|важный|любопытный|малоизвестный) факт|"
    r"(?:головний|ключовий|основний) висновок|(?:главный|ключевой|основной) вывод|головна думка|главная мысль|"
    r"(?:цікаво|важливо|корисно|интересно|важно|полезно) (?:знати|знать)|"
    r"(?:ключовий|головний) момент|(?:ключевой|главный) момент)"
)
# These also open sentences: as labels they are followed by a capital.
_CALLOUT_SHORT = (
    r"(?:головне|коротко|главное|важливо|важно|зверніть увагу|обратите внимание|note|nb|"
    r"bottom line|in brief|quick take|important|remember|варто знати|стоит знать|цікаво|интересно|"
    r"это интересно|це цікаво)(?:(?<!note)!|:)"
    r"(?= (?-i:[A-ZА-ЯІЇЄҐ]))"
)
_CALLOUT_ASKED = r"(?:did you know|чи знали ви|чи знаєте ви|а вы знали|а ви знали|знаете ли вы|вы знали)"
_EMOJI = r"(?:[💡❗📌⚡🔥ℹ👉🤔📍🔎🧐❓]\ufe0f? ?)?"
# A label may stand in quotation marks of its own, which open no quotation.
_CALLOUT = re.compile(
    rf"{_EMOJI}(?:[\"“](?:{_CALLOUT_ASKED}|{_CALLOUT_WORDS})[?:]?[\"”]:?|"
    rf"{_CALLOUT_ASKED} ?[?:]|{_CALLOUT_WORDS}:|{_CALLOUT_SHORT}) *",
    re.IGNORECASE,
)
# As the last line of an article this is a word about the text, and keeps its label.
NOTE = re.compile(r"(?:note|nb): ", re.IGNORECASE)
# Alone on its line a label in the plural heads a list.
_CALLOUT_ONE = (
    r"(?:(?:key|main) (?:takeaway|point|insight|fact)|expert (?:insight|opinion|view)|(?:fast|quick|fun) fact)"
)
_CALLOUT_ALONE = re.compile(rf"[\"“”]?(?:{_CALLOUT_ASKED}|{_CALLOUT_ONE})[?:!]?[\"“”]?:?", re.IGNORECASE)
has_callouts = opens(
    *'"“”', "did you", "key ", "main ", "expert", "fast ", "quick ", "fun ", "little", "worth ", "good to",
    "любопытный", "маловідомий", "малоизвестный", "at a glance", "fact box",
    "чи знали", "чи знаєте", "а вы", "а ви", "вы знали", "знаете", "цікавий", "интересный", "головне",
    "коротко", "главное", "важливо", "важно", "зверніть", "обратите", "note", "nb", "bottom",
    "in brief", "важливий", "важный", "головний", "головна", "ключовий", "основний", "главный", "главная",
    "ключевой", "основной", "important", "remember", "варто", "стоит", "цікаво", "интересно",
    "это интересно", "це цікаво",
    *"💡❗📌⚡🔥ℹ👉🤔📍🔎🧐❓",
)  # fmt: skip
_FAQ_HEAD = re.compile(
    alternatives(r"""
.*\bfrequently asked\b.*|.*\bfaqs?\b.{0,60}|questions and answers\b.*|people also ask.*|q ?& ?a\b.{0,40}
.*\b(?:част(?:і|о задавані|о ставлять)|поширені|найпоширеніші) (?:за)?питання\b.*
(?:за)?питання (?:та|і|й) відповіді\b.*|вопросы и ответы\b.*|вопрос[ –-]+ответ\b.*|.*\bчастые вопросы\b.*
.*\bчасто задаваемые вопросы\b.*
(?:common|popular|top|key|quick|reader(?:s’|s'|’s|'s)?|your|some|\w+ common) questions\b.{0,60}
questions (?:readers|people|you|we|often|about)\b.{0,60}
(?:популярні|ваші|типові) (?:за)?питання\b.{0,60}|(?:популярные|ваши|типичные) вопросы\b.{0,60}
"""),
    re.IGNORECASE,
)
has_faq_head = either(
    opens("questions", "people also", "q", "питання", "запитання", "вопрос"),
    holds_folded("frequently asked", "faq", "питання", "вопросы", " questions"),
)
# Every such heading holds one of these.
_FAQ_SIGNS = ("q", "people also ask", "питання", "вопрос")
has_asked = either(has_questions, has_faq_head)
_FUSED = re.compile(r"(?P<question>[^?.!\n]{8,250}\?)(?P<gap> )(?=[\"“«]?[A-ZА-ЯІЇЄҐ0-9])")

_FUSED_LABELS = re.compile(
    r"(?:question|q|питання|запитання|вопрос) ?\d{0,2} ?[:.] [^?\n]{4,250}\?(?P<gap> )"
    r"(?=(?:answer|a|відповідь|ответ) ?\d{0,2} ?[:.])",
    re.IGNORECASE,
)
has_fused = either(has_faq_head, both(holds_folded("? a", "? в", "? о"), has_questions))


def table_pipes(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Write every table row as cells joined by `` | ``, without outer pipes.

    A table is what stands around a delimiter row, or two rows in outer pipes.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(table_pipes, "|Who|What|\n|---|---|\n|Kyiv|a truce|")
    'Who | What\n|---|---|\nKyiv | a truce'
    """
    for row in _rows(list(lines_of(text.text))):
        if not TABLE_RULE.fullmatch(row.text):
            yield from _cell_changes(row)


def _cell_changes(row: Line) -> Iterator[Change]:
    """Yield changes of the pipes alone, so that every character of a cell keeps its own origin."""
    first, last = len(row.text) - len(row.text.lstrip("| ")), len(row.text.rstrip("| "))
    if first >= last:
        return
    yield Change(row.start, row.start + first, "")
    end = first
    for pipe in _PIPE.finditer(row.text, first, last):
        # Around an empty cell two pipes share a space.
        yield Change(row.start + pipe.start(), row.start + pipe.end(), "| " if pipe.start() == end else " | ")
        end = pipe.end()
    yield Change(row.start + last, row.end, "")


def _rows(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of all tables, delimiter rows too."""
    for group in _pipe_groups(lines):
        ruled = any(TABLE_RULE.fullmatch(line.text) for line in group)
        boxed = len(group) > 1 and all(line.text[0] == "|" and line.text.count("|") > 1 for line in group)
        if ruled or boxed:
            yield from group


def _pipe_groups(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if "|" in line.text and len(line.text) > 1:
            group.append(line)
            continue
        if group:
            yield group
        group = []
    if group:
        yield group


def table_rules(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the delimiter row of a table; the row before it is its header.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(table_rules, "Who | What\n---|---|\nKyiv | a truce")
    'Who | What\nKyiv | a truce'
    """
    yield from drop((line for line in lines_of(text.text) if TABLE_RULE.fullmatch(line.text)), text.text)


def questions(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove ``Q:`` before a question; the block is a question.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(questions, "Q: Will it hold?\nA: Perhaps.")
    'Will it hold?\nA: Perhaps.'
    """
    numbered = _numbered_questions(text.text)
    for line in lines_of(text.text):
        label = _QUESTION.match(line.text) or (line in numbered and _COUNTED.match(line.text)) or None
        if label and is_question(line.text):
            yield Change(line.start, line.start + label.end(), "")


def _numbered_questions(text: str) -> frozenset[Line]:
    """Return the questions under an FAQ heading that count upwards from 1, with their answers between them."""
    found: list[Line] = []
    in_faq = False
    for line in lines_of(text):
        counted = _COUNTED.match(line.text)
        if in_faq and counted and is_question(line.text) and int(counted[1]) == len(found) + 1:
            found.append(line)
        elif is_short(line.text):
            in_faq = is_faq_head(line.text) or (in_faq and counted is not None)
    return frozenset(found) if len(found) > 1 else frozenset()


def answers(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove ``A:`` under a question; the block is an answer.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(answers, "Will it hold?\nA: Perhaps.")
    'Will it hold?\nPerhaps.'
    """
    for before, line in pairwise(lines_of(text.text)):
        label = _ANSWER.match(line.text)
        if label and is_question(before.text):
            yield Change(line.start, line.start + label.end(), "")


def fused_questions(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Part question and answer that stand fused in one line under an FAQ heading.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(fused_questions, "FAQ\nWho pays? The buyers pay.\nWho sells? The state sells.")
    'FAQ\nWho pays?\nThe buyers pay.\nWho sells?\nThe state sells.'
    """
    in_faq = False
    for line in lines_of(text.text):
        if is_short(line.text):
            in_faq = is_faq_head(line.text) or (in_faq and is_question(line.text))
        elif (in_faq and (fused := _FUSED.match(line.text))) or (fused := _FUSED_LABELS.match(line.text)):
            yield Change(line.start + fused.start("gap"), line.start + fused.end("gap"), "\n")


@remembered
def is_faq_head(line: str) -> bool:
    """Say whether a line heads questions with their answers."""
    small = fold(line)
    return any(sign in small for sign in _FAQ_SIGNS) and _FAQ_HEAD.fullmatch(line) is not None


def is_callout(line: str) -> bool:
    """Say whether a line begins with the label of a callout."""
    return _CALLOUT.match(line) is not None


def callouts(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove the label of a callout; its statement stays as a block of that kind.

    A rhetorical ``Did you know that ...`` within running text is no label.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(callouts, "Did you know? Russia borders fourteen states.\n“Expert Insight:” He warned.")
    'Russia borders fourteen states.\nHe warned.'
    """
    lines = list(lines_of(text.text))
    for index, line in enumerate(lines):
        label = _CALLOUT.match(line.text)
        if index and index + 1 == len(lines) and NOTE.match(line.text):
            continue
        if label and label.end() < len(line.text):
            yield Change(line.start, line.start + label.end(), "")
        elif _CALLOUT_ALONE.fullmatch(line.text) and index + 1 < len(lines) and ends_sentence(lines[index + 1].text):
            yield Change(line.start, line.end + 1, "")
