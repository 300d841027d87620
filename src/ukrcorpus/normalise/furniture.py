"""What stands at the head of a page before the article: breadcrumb, doubled title, repeated lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, is_short, key, lines_of, n_words, remembered
from ukrcorpus.normalise.page_lines import is_section
from ukrcorpus.schema.model import Repairs

# How far into a text the lines before the article can reach.
_HEAD_LINES = 12
_CRUMBS, _CRUMB_WORDS, _CRUMB_CHARS = 3, 5, 300

# A path whose marks are gone: `HomeNewsWorld`, `Home World Europe`.
_FUSED = re.compile(
    r"(?:Home|Головна|Главная)(?: ?(?:News|World|Politics|Europe|Ukraine|War|Analysis|Opinion|International|Business|"
    r"Russia|Новини|Новости|Світ|Мир|Політика|Политика|Україна|Украина|Війна|Война|Аналітика|Аналитика|Суспільство|"
    r"Общество|Економіка|Экономика)(?![a-zа-яёіїєґ])){1,5}"
)
_HOME = re.compile(r"(?:home|main|start|homepage|головна|главная)\s*(?:[»›>/|→·•:]|$)", re.IGNORECASE)
_CRUMB = re.compile(r"\s*[»›→>]\s*")
_PATH = re.compile(r"\s*[»›→>]\s*|\s*(?:::|[/\\|·•])\s*")
_SITE_MARK = re.compile(r" (?:[|·•»–—-]|::|//?) ")
_CUT_SHORT = re.compile(r" ?(?:…|\.{3})$")
_SITE_CHARS, _LABELS = 60, 6


def breadcrumb(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the path to the page at its head: it repeats the title and names no actor.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(breadcrumb, "Home » World » Talks stall\nTalks stall")
    'Talks stall'
    """
    yield from drop(filter(_is_breadcrumb, _head(text, _HEAD_LINES // 2)), text.text)


def _is_breadcrumb(line: Line) -> bool:
    if len(line.text) > _CRUMB_CHARS:
        return False
    if _FUSED.fullmatch(line.text):
        return True
    crumbs = [crumb for crumb in _CRUMB.split(line.text) if crumb]
    leads_home = _HOME.match(line.text) and (len(crumbs) > 1 or "/" in line.text or "|" in line.text)
    # « » is also a pair of quotation marks.
    chain = (
        "«" not in line.text and len(crumbs) >= _CRUMBS and all(n_words(crumb) <= _CRUMB_WORDS for crumb in crumbs[:-1])
    )
    return bool(leads_home or chain) or _is_section_path(line.text)


@remembered
def _is_section_path(line: str) -> bool:
    """Say whether a line leads through named sections to a title: `World / Europe / Talks stall`."""
    parts = [part.strip() for part in _PATH.split(line) if part.strip()]
    return len(parts) > 1 and is_section(parts[0]) and (len(parts) >= _CRUMBS or is_section(parts[-1]))


def doubled_title(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the second copy of the title at the head of a text, and the site's name beside one of them.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(doubled_title, "Talks stall again | The Example\nTalks Stall Again\nBoth sides met.")
    'Talks stall again\nBoth sides met.'
    """
    title, *others = _head(text, _HEAD_LINES)
    if not title.text or n_words(title.text) < _CRUMB_WORDS - _CRUMBS or len(title.text) > _CRUMB_CHARS:
        return
    if (half := len(title.text) // 2) and title.text[:half] == title.text[half + 1 :] and _is_twice(title.text, half):
        yield Change(title.start + half, title.end, "")
        return
    forms = [part for part in _forms(title.text) if part.text == title.text or n_words(part.text) >= _CRUMBS]
    copies = [
        line for line in others if any(_is_copy(line.text, part.text) for part in forms) and not _is_lead(title, line)
    ]
    if not copies or not is_short(title.text.split(" | ")[0]):
        return
    own = next(part for part in forms if _is_copy(copies[0].text, part.text))
    if own.text != title.text:
        yield Change(title.start, title.start + own.start, "")
        yield Change(title.start + own.end, title.end, "")
    yield from drop(_with_labels(title.text, others, copies), text.text)


def _is_twice(title: str, half: int) -> bool:
    return title[half] == " " and n_words(title[:half]) >= _CRUMBS


def _with_labels(title: str, others: Sequence[Line], copies: list[Line]) -> list[Line]:
    """Return the copies, and before an exact one the labels that stand between it and the title."""
    at = others.index(copies[0])
    between = others[:at]
    if key(copies[0].text) not in {key(part.text) for part in _forms(title)} or at > _LABELS:
        return copies
    labels = [line for line in between if is_short(line.text) and n_words(line.text) <= _CRUMB_WORDS]
    return [*labels, *copies] if len(labels) == at else copies


def _forms(title: str) -> list[Line]:
    """Return a title as it is, and its parts between the marks that set a site's name apart."""
    cuts = [(0, 0), *((mark.start(), mark.end()) for mark in _SITE_MARK.finditer(title)), (len(title), len(title))]
    parts = [Line(a, b, title[a:b]) for (_, a) in cuts[:-1] for (b, _) in cuts[1:] if a < b]
    return sorted(parts, key=lambda part: -len(part.text))


def _is_copy(line: str, title: str) -> bool:
    """Say whether a line is the title in other marks, cut short, or with the site's name."""
    if len(line) > 2 * len(title) + _SITE_CHARS:
        return False
    words = key(title)
    if not words:
        return False
    if key(line) == words:
        return True
    if n_words(title) < _CRUMBS:
        return False
    cut = _CUT_SHORT.search(line)
    if cut and n_words(line) >= _CRUMBS + 1:
        return words.startswith(key(line[: cut.start()]))
    return any(key(part.text) == words and n_words(part.text) >= _CRUMBS for part in _forms(line)[1:])


def _is_lead(title: Line, line: Line) -> bool:
    """Say whether a copy of the title is a lead, a sentence of the article."""
    return ends_sentence(line.text) and not ends_sentence(title.text) and not _CUT_SHORT.search(line.text)


def repeated_line(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop a line that says again what the line before says, word for word: pages show headlines twice.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(repeated_line, "Both sides met.\nWhat Kyiv wants\nWhat Kyiv wants\nA truce.")
    'Both sides met.\nWhat Kyiv wants\nA truce.'
    """
    pairs = pairwise(lines_of(text.text))
    yield from drop((line for before, line in pairs if line.text == before.text and n_words(line.text) > 1), text.text)


def has_equal_lines(text: str) -> bool:
    """Say whether any line stands twice."""
    lines = lines_of(text)
    return len({line.text for line in lines}) < len(lines)


def _head(text: AlignedText, n_lines: int) -> list[Line]:
    return list(islice(lines_of(text.text), n_lines))
