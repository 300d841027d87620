"""Spans that are odd, vague or worth a look, and that no pass touches: kind, place and score, nothing else."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.blocks import BREAKS, Block, BlockKind
from ukrcorpus.normalise.labels import known_label, one_word_label
from ukrcorpus.normalise.lines import TITLE_CASE, WORD, title_case_share
from ukrcorpus.normalise.repairs import run_in_label
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.normalise.spun_marks import verdict
from ukrcorpus.normalise.wordings import Wordings


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """A flagged span of the normalised text; code points, half-open. ``score``: its probability, None for a rule."""

    start: int
    end: int
    kind: str
    score: float | None = field(default=None, compare=False)


_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("question.rhetorical", (r"did you know that",)),
    (
        "attribution.unspecified",
        (
            r"reports indicate",
            r"there are reports",
            r"it is reported",
            "reportedly",
            r"sources (?:say|said|indicate)",
            "повідомляється",
        ),
    ),
    (
        "attribution.vague",
        (
            r"(?:a|one) (?:recent|new) (?:report|study|survey|poll|analysis)",
            r"(?:some|many|most) (?:analysts|experts|observers|diplomats)",
            r"(?:analysts|experts|observers|critics) (?:say|believe|warn|argue|note|suggest)",
            r"(?:деякі|багато) (?:аналітик|експерт)\w*",
        ),
    ),
    (
        "anchor.relative_date",
        (
            r"(?:on|last|next|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
            r"(?:last|next|this) (?:week|month|year)",
            r"(?:earlier|later) (?:this|last) (?:week|month|year)|the day (?:before yesterday|after tomorrow)|tonight",
            r"yesterday|today|tomorrow|вчора|сьогодні|завтра|позавчора|післязавтра|вчера|сегодня|позавчера|послезавтра",
            r"(?:минулого|наступного|цього) (?:тижня|місяця|року|понеділка|вівторка|четверга)",
            r"(?:минулої|наступної|цієї) (?:середи|п[’']ятниці|суботи|неділі)",
            r"на (?:прошлой|следующей|этой) неделе|в (?:прошлом|следующем|этом) (?:месяце|году)",
            r"в (?:прошлый|следующий|этот) (?:понедельник|вторник|четверг)",
            r"в (?:прошлую|следующую|эту) (?:среду|пятницу|субботу)|в (?:прошлое|следующее|это) воскресенье",
        ),
    ),
    (
        "seo.cliche",
        (
            r"pivotal moment|as the world watches(?: closely)?|the stakes (?:are|remain) high|only time will tell",
            r"remains to be seen|in today(?:’|')s (?:fast-paced|ever-changing)|rapidly evolving \w+ landscape",
            r"delicate balanc\w+ act|a testament to|long shadow|game[- ]changer|pave the way|high-stakes",
        ),
    ),
)
_QUOTED = re.compile(r"[\"“”«»]")
_WORDINGS = Wordings(_PATTERNS)
# Function words stay small in a heading in title case.
_SMALL = 4


def flags_of(text: AlignedText, blocks: tuple[Block, ...]) -> tuple[Flag, ...]:
    """Return all flags in order of their place; where two of one kind begin together the longer one counts."""
    found = sorted({flag for find in FINDERS for flag in find(text, blocks)})
    return tuple({(flag.kind, flag.start): flag for flag in found}.values())


def phrases(text: AlignedText, _: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield vague or missing sources, dates that need the article's own, template phrases."""
    for kind, start, end in _WORDINGS.found(text.text):
        yield Flag(start, end, kind)


def spun_wording(text: AlignedText, _: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield wording that paraphrasing tools leave behind, with the probability that it was swapped."""
    for mark in verdict(text.text).marks:
        yield Flag(mark.start, mark.end, mark.kind, mark.score)


def run_in_labels(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield the label at the head of a list item or paragraph: it stands outside of claims."""
    lines = [text.text[block.start : block.end] for block in blocks]
    single = [one_word_label(line) for line in lines]
    for index, block in enumerate(blocks):
        if block.kind not in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
            continue
        listed = block.kind is BlockKind.LIST_ITEM or any(
            single[max(0, index - 1) : index] + single[index + 1 : index + 2]
        )
        label = run_in_label(lines[index]) or known_label(lines[index]) or (single[index] if listed else None)
        if label:
            yield Flag(block.start, block.start + label.end("label") + 1, "structure.runin_label")


def questions(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield the questions within paragraphs, outside of quotations: nobody is asked, nothing is claimed."""
    for block in blocks:
        line = text.text[block.start : block.end]
        if block.kind is not BlockKind.PARAGRAPH or "?" not in line or line[0] in "–—-":
            continue
        spans = tuple(sentence_spans(line))
        for start, end in spans if len(spans) > 1 else ():
            if line[end - 1] == "?" and not _QUOTED.search(line, start, end):
                yield Flag(block.start + start, block.start + end, "question.rhetorical")


def lead_ins(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield the last sentence of a paragraph that leads into a list or table with a colon: no claim."""
    for block, after in pairwise(blocks):
        if block.kind is BlockKind.PARAGRAPH and after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_HEADER):
            line = text.text[block.start : block.end]
            if line.endswith(":"):
                *_, (start, end) = sentence_spans(line)
                yield Flag(block.start + start, block.start + end, "structure.list_leadin")


def mixed_headings(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield the lower-cased words of headings and header cells in title case."""
    for block in blocks:
        line = text.text[block.start : block.end]
        if block.kind in (BlockKind.HEADING, BlockKind.TABLE_HEADER) and TITLE_CASE <= title_case_share(line) < 1:
            for word in WORD.finditer(line):
                if word.group().islower() and len(word.group()) > _SMALL:
                    yield Flag(block.start + word.start(), block.start + word.end(), "case.heading_mixed")


def second_articles(text: AlignedText, blocks: tuple[Block, ...]) -> Iterator[Flag]:
    """Yield the rest of a text from where another article begins behind the first one's furniture."""
    breaks = {edit.start for edit in text.edits if BREAKS & set(edit.passes)}
    for index, (block, after) in enumerate(pairwise(blocks)):
        rest = [b.kind for b in blocks[index + 1 :]]
        if block.end in breaks and after.kind is BlockKind.HEADING and rest.count(BlockKind.PARAGRAPH) > 1:
            yield Flag(after.start, blocks[-1].end, "structure.second_article")
            return


FINDERS: tuple[Callable[[AlignedText, tuple[Block, ...]], Iterator[Flag]], ...] = (
    phrases,
    spun_wording,
    run_in_labels,
    questions,
    lead_ins,
    mixed_headings,
    second_articles,
)
