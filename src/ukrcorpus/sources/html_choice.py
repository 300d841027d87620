"""Which blocks of a page are its article: those that the extractor found, and what stands among them.

Extractors throw away whole elements (boxes, figures, forms, second sections). Here nothing that trafilatura
found is lost, and text that it threw away comes back where it stands within the article and is no furniture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, Final

from ukrcorpus.sources.html_blocks import Form, HtmlBlock
from ukrcorpus.sources.html_text import words_of_attributes

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_FURNITURE_TAGS: Final = frozenset("nav footer form button menu dialog".split())
_FURNITURE: Final = frozenset(
    """
    ad ads advert advertisement advertising also author authors banner bio breadcrumb breadcrumbs byline comment
    comments consent cookie cookies copyright disqus footer gdpr login menu modal nav navbar navigation
    newsletter outbrain pager pagination paywall popular popup promo promotion readmore recirc recirculation
    recommend recommendations recommended related reply respond share sharing sidebar signup social sponsor
    sponsored subscribe subscription taboola tag tags teaser teasers toolbar trending
    """.split()
)
# What sites call the summary under a headline.
_DECK: Final = frozenset(
    """
    abstract blurb deck dek excerpt intro introduction lead leadin leadtext lede perex preamble sapo spot
    standfirst subhead subheading subheadline subline subtitle summary
    """.split()
)
_DECK_PLACES = 3
# A run of words this long is found again only in the same text.
_RUN = 3
_LONG, _SENTENCE, _SHORT = 8, 12, 5
_MOSTLY, _LINKS = 0.7, 0.4
_CORE = 0.8
# The extractor joins words over a seam; up to this part of a block they are no loss.
_FIFTH = 5


def chosen_blocks(page: Sequence[HtmlBlock], found: Sequence[HtmlBlock]) -> tuple[HtmlBlock, ...]:
    """Return the article's blocks in the order of the page; what of ``found`` is not on the page goes between."""
    pairs = dict(_equal(page, found))
    kept = set(pairs) | _covered(page, pairs, [block for at, block in enumerate(found) if at not in pairs.values()])
    around = _Surroundings(page, kept)
    strays = {at for at in kept if around.is_stray_link(at)}
    back = around.among()
    lost, letters = _lost(found, page, kept | back), _letters(page[at] for at in sorted(kept | back))
    written = [(at, page[at]) for at in (kept | back) - strays]
    last = -1
    places = {there: here for here, there in pairs.items()}
    for there, block in enumerate(found):
        last = places.get(there, last)
        own = Counter(_own_runs(block))
        some = any(lost[(word,)] > 0 for word in _words(block.text))
        is_lost = some and (lost & own).total() > own.total() // _FIFTH and _letters([block]) not in letters
        if there not in places and is_lost:
            written.append((last, block))
            lost -= own
    return tuple(block for _at, block in sorted(written, key=lambda one: one[0]))


def _lost(found: Sequence[HtmlBlock], page: Sequence[HtmlBlock], kept: set[int]) -> Counter[tuple[str, ...]]:
    """Return the runs of words that the extractor has more often than the blocks that are kept.

    It writes some texts twice; then they count as often as they stand on the page.
    """
    there, whole = _counted(found), _counted(page)
    twice = Counter({run: n - whole[run] for run, n in there.items() if 0 < whole[run] < n})
    return there - twice - _counted([page[at] for at in sorted(kept)])


def _counted(blocks: Iterable[HtmlBlock]) -> Counter[tuple[str, ...]]:
    """Return the runs of words of some blocks in a row, over their seams too, and their single words."""
    words = [word for block in blocks for word in _words(block.text)]
    return Counter([*_runs(words), *((word,) for word in words)])


def _letters(blocks: Iterable[HtmlBlock]) -> str:
    return "".join(word for block in blocks for word in _words(block.text))


def _own_runs(block: HtmlBlock) -> list[tuple[str, ...]]:
    words = _words(block.text)
    return _runs(words) or [(word,) for word in words]


def _equal(page: Sequence[HtmlBlock], found: Sequence[HtmlBlock]) -> Iterator[tuple[int, int]]:
    """Yield the places of blocks that say the same, in order."""
    keys = (
        [_words(block.text) or (block.text,) for block in page],
        [_words(block.text) or (block.text,) for block in found],
    )
    for here, there, size in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        yield from ((here + at, there + at) for at in range(size))


def _covered(page: Sequence[HtmlBlock], pairs: dict[int, int], rest: list[HtmlBlock]) -> set[int]:
    """Return the blocks that the extractor cut in another way: most runs of their words are in its text.

    Of short ones, beside such blocks, the letters are: the extractor leaves out spaces where it joins.
    """
    runs, letters = set(_counted(rest)), _letters(rest)
    covered = {at for at, block in enumerate(page) if at not in pairs and _share(block, runs) >= _MOSTLY}
    for step, places in ((-1, range(len(page))), (1, reversed(range(len(page))))):
        for at in places:
            is_short = at not in pairs and len(_words(page[at].text)) < _SENTENCE
            if is_short and (at + step in covered or at + step in pairs) and _letters([page[at]]) in letters:
                covered.add(at)
    return covered


class _Surroundings:
    """The part of the page that holds the article, and what stands in it beside the blocks that were found."""

    def __init__(self, page: Sequence[HtmlBlock], kept: set[int]) -> None:
        self.page = page
        self.kept = kept
        self.long = sorted(at for at in kept if len(_words(page[at].text)) >= _LONG)
        self.weights: Counter[Any] = Counter()
        for at in self.long:
            for element in _lineage(page[at].element):
                self.weights[element] += len(page[at].text)
        titles = [at for at, block in enumerate(page) if block.level == 1 and block.form is Form.HEADING]
        self.first = max([at for at in titles if self.long and at < self.long[0]] or self.long[:1], default=0)
        self.titled = self.first in titles
        self.core = self._core()
        self.scope = _scope(self.core) if self.core is not None else None

    def among(self) -> set[int]:
        """Return the blocks to take back."""
        if self.core is None:
            return set()
        known = {_words(self.page[at].text) for at in self.kept}
        new = [(at, block) for at, block in enumerate(self.page) if _words(block.text) not in known]
        taken = {at for at, block in new if self._is_text(at, block) or self._is_deck(at, block)}
        for at in range(len(self.page) - 2, -1, -1):
            heads = self.page[at].form in (Form.HEADING, Form.QUESTION) and at + 1 in self.kept | taken
            if heads and at not in self.kept and self._is_inside(self.page[at]):
                taken.add(at)
        return taken

    def _is_text(self, at: int, block: HtmlBlock) -> bool:
        between = self.first < at < self.long[-1]
        n_words = len(_words(block.text))
        if block.form in (Form.HEADING, Form.QUESTION) or (block.form is Form.ITEM and not between):
            return False
        if block.form is Form.PARAGRAPH:
            enough = n_words >= (_SHORT if between else _SENTENCE) and bool(_SENTENCE_END.search(block.text))
        elif block.form is Form.ANSWER:
            enough = n_words > 0 and self.page[at - 1].linked <= _LINKS
        else:
            enough = n_words > _RUN
        return enough and self._is_inside(block)

    def _is_deck(self, at: int, block: HtmlBlock) -> bool:
        """Say whether a block is the summary under the headline: it is called so, and may lack its full stop."""
        if not self.titled or not self.first < at <= self.first + _DECK_PLACES or len(_words(block.text)) < _SHORT:
            return False
        around = takewhile(lambda element: element not in self.weights, _lineage(block.element))
        names = [words_of_attributes(element) for element in around]
        called = any(words & _DECK for words in names) and not any(words & _FURNITURE for words in names)
        return called and block.linked <= _LINKS

    def is_stray_link(self, at: int) -> bool:
        """Say whether a short block is nothing but a link before or behind the article's part of the page."""
        block = self.page[at]
        if self.core is None or self.long[0] < at < self.long[-1]:
            return False
        return block.linked >= 1 and len(_words(block.text)) < _LONG and self.scope not in _lineage(block.element)

    def _is_inside(self, block: HtmlBlock) -> bool:
        """Say whether a block stands in the article's part of the page, outside of furniture and lists of links."""
        apart = []
        joint = block.element
        while joint is not None and joint not in self.weights:
            apart.append(joint)
            joint = joint.getparent()
        if block.linked > _LINKS or joint is None or any(map(_is_furniture, apart)):
            return False
        if self.scope in _lineage(joint):
            return True
        return bool(apart) and _has_place(self.core) is False and self._is_sibling(apart[-1], joint)

    def _is_sibling(self, element: Any, joint: Any) -> bool:
        """Say whether an element is built like the one beside it that holds the article."""
        line = [part for part in _lineage(self.core) if part.getparent() is joint]
        if not line or element.tag != line[0].tag:
            return False
        mine, other = set(element.get("class", "").split()), set(line[0].get("class", "").split())
        return bool(mine & other) or not (mine | other)

    def _core(self) -> Any:
        """Return the smallest element that holds nearly all of the text that was found."""
        if not self.long:
            return None
        element = self.page[self.long[0]].element.getroottree().getroot()
        enough = _CORE * self.weights[element]
        while (inner := next((child for child in element if self.weights.get(child, 0) >= enough), None)) is not None:
            element = inner
        return element


def _scope(core: Any) -> Any:
    """Return the article element around the core, else the page's main element, else the core itself."""
    around = [element for element in _lineage(core) if _has_place_itself(element)]
    articles = [element for element in around if element.tag == "article"]
    return (articles or around or [core])[0]


def _has_place(core: Any) -> bool:
    return any(map(_has_place_itself, _lineage(core)))


def _has_place_itself(element: Any) -> bool:
    named = element.get("itemprop") == "articleBody" or element.get("role") in ("main", "article")
    return element.tag in ("article", "main") or named


def _is_furniture(element: Any) -> bool:
    return element.tag in _FURNITURE_TAGS or bool(words_of_attributes(element) & _FURNITURE)


def _lineage(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _share(block: HtmlBlock, runs: set[tuple[str, ...]]) -> float:
    own = _runs(_words(block.text))
    return sum(run in runs for run in own) / len(own) if own else 0.0
