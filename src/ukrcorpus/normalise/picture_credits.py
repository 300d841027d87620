"""Who took a picture and where it comes from: credits go, and captions that are told by their credits."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import (
    TITLE_CASE,
    Line,
    drop,
    ends_sentence,
    is_question,
    is_short,
    n_words,
    remembered,
    title_case_share,
)
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.zones import is_paragraph, page_of
from ukrcorpus.schema.model import Repairs

_PICTURE = alternatives(r"""
(?:file |stock |archive |featured |cover |lead |illustrative |handout |courtesy |
    representative |representational |pool )?(?:photos?|images?|pictures?|pic|
    illustration|graphic|screenshot|screengrab|infographic|photograph)
photo[- ]illustration
(?:архівне |ілюстративне |архивное |иллюстративное )?фото(?:графія|графия)?|ілюстрація|зображення
скріншот|колаж|інфографіка|иллюстрация|изображение|скриншот|коллаж|инфографика|джерело фото
источник фото
""")
AGENCY = alternatives(r"""
(?i:reuters|afp|associated press|ap(?: photo)?|epa(?:-efe)?|efe|getty(?: images)?|shutterstock|istock|alamy|xinhua|
    anadolu(?: agency)?|dpa|tass|sputnik|ukrinform|unian|interfax(?:-ukraine)?|nurphoto|zuma(?: press)?|imago|
    picture alliance|bloomberg|ria novosti|globallookpress(?:\.com)?|wikimedia(?: commons)?|flickr|scanpix|pap|mti|
    ansa|kyodo|yonhap|belta|bernama|pti|ani|upi|cnn|тасс|риа новости|ріа новини|укрінформ|укринформ|уніан|униан|
    рейтер|інтерфакс(?:-україна)?|интерфакс|белта|унн|азертадж|казинформ)
""")
_PERSON = r"[A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*(?: [A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*){1,3}"
_CAPS = r"[A-ZА-ЯЁІЇЄҐ][\w’'ʼ.&\-]*(?: [A-ZА-ЯЁІЇЄҐ][\w’'ʼ.&\-]*){0,3}"
# What follows the label: a name or a source, no sentence.
_WHO = r"[^.!?:\n]{2,70}(?:\.(?:com|ua|ru|org|net|gov\S*))?"
_LABELLED = (
    rf"(?i:{_PICTURE}(?: credits?| source| courtesy| copyright)?(?: ?(?:by|from|via|©)\b:?| ?[:/©|]| [–—-])) ?{_WHO}"
)
_SLASHED = alternatives(
    r"""
%person% ?/ ?%caps%(?: ?/ ?%caps%)*|%caps% ?/ ?%agency%(?: via %caps%)?|%agency%(?: via %caps%)? ?/ ?%caps%
%caps% via %caps%
""",
    {"person": _PERSON, "caps": _CAPS, "agency": AGENCY},
)
_SOURCE = rf"(?:© ?)?(?:{AGENCY}(?:(?: ?[/,|&+]| and| via) ?(?:{AGENCY}|{_CAPS}))*|{_SLASHED})"
_WHOLE = re.compile(
    alternatives(
        r"""
[(\[/]*(?:%labelled%|%source%|(?i:image (?:source|copyright)),? .{2,60}|(?i:%picture% courtesy .{2,60}|
    courtesy(?: of|:) .{2,60})|(?i:file (?:photo|image|picture)|фото з відкритих джерел|фото из открытых источников|
    фото автора|иллюстративное фото|ілюстративне фото|архівне фото|архивное фото|photos?|фото))[)\]/]*\.?
/ ?%person% ?/
\([A-ZА-ЯЁІЇЄҐ]{2,12}(?:[-/ ][A-ZА-ЯЁІЇЄҐ]{2,12})*\)|[–—-]{1,2} ?%agency%|(?i:credits?: [^?!]{2,60})
(?i:representat(?:ive|ional) (?:image|photo) (?:image|photo) credit: .{2,60})
""",
        {"labelled": _LABELLED, "source": _SOURCE, "picture": _PICTURE, "person": _PERSON, "agency": AGENCY},
    )
)
# Behind the end of a sentence or a bar a name with a slash is a credit; elsewhere only with a label or an agency.
_CUT = re.compile(
    alternatives(
        r"""
(?:(?<=[.!?…”»\"’])| ?[|/–—]|,)? ?(?:(?<=[.!?…”»\"’|/–—] )(?:%labelled%|%slashed%|© ?%caps%|
    (?i:credits?: [^.!?:]{2,60}|(?:file|archive|illustrative) (?:photo|image|
    picture)|(?:архивное|архівне|иллюстративное|ілюстративне) фото|автор/источник: [^.!?:]{2,60}|
    (?:source|джерело|источник): ?%agency%)|%agency%-%caps%)|(?<=\w) © ?%caps%|
    [(\[] ?(?:%labelled%|[%up%][^()\[\]]{1,30} (?i:photo)(?:/[^()\[\]]{1,30})?|
    (?:© ?)?%slashed%|(?i:%picture%)[^()\[\]]{0,60}|(?:© ?)?%agency%(?: via %caps%| images)|(?i:file|
    archive)(?: photo| image)?(?:[:/] ?[^()\[\]]{2,40})?) ?[)\]]|/ ?%person% ?/)\.?$
""",
        {
            "labelled": _LABELLED,
            "slashed": _SLASHED,
            "caps": _CAPS,
            "picture": _PICTURE,
            "agency": AGENCY,
            "person": _PERSON,
            "up": "A-ZА-ЯЁІЇЄҐ",
        },
    )
)
_AGENCY_END = re.compile(
    alternatives(
        r"""
(?<=[.!?…”»\"’]) ?(?:\((?:[A-ZА-ЯЁІЇЄҐ]{2,12}(?:[-/][A-ZА-ЯЁІЇЄҐ]{2,12})*|%agency%)\)|[–—-]{1,2} ?%agency%|
    [Ee]nditem|ENDITEM)\.?$
""",
        {"agency": AGENCY},
    )
)
_SLIDE = re.compile(r"\d{1,2} (?:of|/|из|з) \d{1,2} ?[|:–—-] ?(?=\S)", re.IGNORECASE)
_CAPTION_LABEL = re.compile(r"(?:image |photo |picture )caption[,:]?(?: |$)|caption[,:] ", re.IGNORECASE)
# A caption that opens with where its picture comes from.
_OPENED = re.compile(
    alternatives(r"""
(?:FILE(?: PHOTO| IMAGE)?|File (?:photo|image)|(?:[\w-]+ )?(?i:pool|handout|archive|stock) (?i:photo|image|picture)|
    (?i:архивное|архівне|иллюстративное|ілюстративне) фото)(?: ?[:–—]| -) \S.{8,}
(?i:fig(?:ure|\.)|chart|map|мал\.|рис\.) ?\d{1,2}\b.{5,} (?i:source|credit|джерело|источник): [^.!?]{2,60}\.?
(?:Reuters|AFP|AP|EPA(?:-EFE)?|Getty Images|PA Media|Shutterstock|Anadolu) (?:An?|The|Two|Three|Several|
    People|Men|Women) [a-z].{12,}[^.!?:]
(?:Getty Images|Shutterstock|PA Media) [A-Z]\w+ [a-z].{12,}[^.!?:]
"""),
)
# What makes a bracket or a tail a picture's credit beyond doubt, and what no caption says.
_SURE = re.compile(
    r"photo|image|pictur|illustr|graphic|credit|courtesy|screen|file|archive|handout|©|фото|люстр|зображ|изображ|"
    r"скрін|скрин|колаж|коллаж",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"[“”«»\"„]|\b(?:said|says|told|added|according|зая\w+|сказа\w+|повідом\w+|сообщ\w+|додав|додала|добавил\w?)\b",
    re.IGNORECASE,
)
_CAPTION_LIMIT = 45
_OPENED_SIGNS = Phrases(
    *"file¦photo¦image¦picture¦фото¦fig¦chart¦map¦мал.¦рис.¦reuters¦afp¦ap ¦epa¦getty¦pa media¦shutter¦anadolu".split(
        "¦"
    )
)
_OPENED_CHARS, _NAMED_WORDS = 24, 5
_SIGNS = Phrases(
    *"photo¦image¦pict¦illustr¦graphic¦credit¦courtesy¦screen¦file¦/¦©".split("¦"),
    *"источник¦фото¦люстр¦зображ¦изображ¦скрін¦скрин¦колаж¦коллаж".split("¦"),
)
_WHOLE_WORDS, _WHOLE_CHARS, _CAPTION_WORDS, _CAPTION_CHARS, _TAIL_CHARS = 12, 130, 70, 520, 140
_FIRST = frozenset("0123456789cCiIpP")
_OPENING = re.compile(r"\d{1,2} (?:of|/|из|з) \d|(?:image |photo |picture )?caption", re.IGNORECASE)


def credit_lines(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop lines that name a photographer or an agency and say nothing else.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(credit_lines, "Talks stall\nPhoto: Ann Example / Example Press\nREUTERS/Bo Example\nBoth sides met.")
    'Talks stall\nBoth sides met.'
    """
    lines = page_of(text.text).lines
    yield from drop((line for line in lines[1:] if _is_credit(line.text)), text.text)


@remembered
def _is_credit(line: str) -> bool:
    short = 1 < len(line) < _WHOLE_CHARS and n_words(line) <= _WHOLE_WORDS
    return short and " | " not in line.strip("| ") and _WHOLE.fullmatch(line) is not None


def captions(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop a caption that ends in its credit; behind a paragraph of the article the credit alone goes.

    >>> from ukrcorpus.normalise.passes import shown
    >>> body = "Both sides met for an hour on Friday and parted without any result at all. Photo: Ann Example"
    >>> shown(captions, "Talks stall\nA flag on the stairs (Bo Example/Example Press)\n" + body).split("\n")[1]
    'Both sides met for an hour on Friday and parted without any result at all.'
    """
    page = page_of(text.text)
    whole: dict[int, Line] = {}
    for index, line in enumerate(page.lines[1:], 1):
        under = page.lines[index + 1 : index + 2]
        if line.start in whole:
            continue
        if _is_opened(line.text):
            gone = [line, *(one for one in under if _is_under_picture(line.text, one.text))]
        elif not _may_credit(line.text):
            continue
        elif label := _CAPTION_LABEL.match(line.text):
            alone = label.end() == len(line.text)
            gone = [line, *(one for one in under if alone and not is_paragraph(one.text))]
        elif slide := _SLIDE.match(line.text):
            yield Change(line.start, line.start + slide.end(), "")
            continue
        else:
            credit = _CUT.search(line.text, max(0, len(line.text) - _TAIL_CHARS))
            if not credit or not credit.start() or not _stands_apart(line.text, credit):
                continue
            if index == page.last or not _is_caption(line.text, credit):
                yield Change(line.start + credit.start(), line.end, "")
                continue
            gone = [line]
        whole.update({one.start: one for one in gone})
    yield from drop(whole.values(), text.text)


def _is_caption(line: str, credit: re.Match[str]) -> bool:
    """Say whether a line is a caption with its credit, and no paragraph with a credit fused to it."""
    words = line[: credit.start()]
    if n_words(words) > _CAPTION_LIMIT or _SPEECH.search(words):
        return False
    # Two names with a slash can stand behind a delegate's name too.
    return bool(_SURE.search(credit.group())) or ("/" in credit.group() and n_words(words) >= _NAMED_WORDS)


@remembered
def _is_opened(line: str) -> bool:
    """Say whether a line is a caption that opens with its source: `FILE - The hall before the talks`."""
    if not 0 < len(line) <= _CAPTION_CHARS:
        return False
    opening = line[:_OPENED_CHARS].lower()
    return _OPENED_SIGNS.are_in(opening) and n_words(line) <= _CAPTION_LIMIT and _OPENED.fullmatch(line) is not None


def _is_under_picture(described: str, line: str) -> bool:
    """Say whether a line is the caption under a description of its picture: a clause without marks."""
    clause = is_short(line) and not is_question(line) and n_words(line) > _NAMED_WORDS
    return clause and not ends_sentence(described) and title_case_share(line) < TITLE_CASE


@remembered
def _may_credit(line: str) -> bool:
    """Say whether a line is worth a closer look: most paragraphs are too long, or end like any sentence."""
    if len(line) > _CAPTION_CHARS or not line:
        return False
    tail = line[-_TAIL_CHARS:]
    if tail.rstrip(".")[-1:] in ")]/":
        return True
    return _SIGNS.are_in(tail.lower()) or (line[0] in _FIRST and _OPENING.match(line) is not None)


def _stands_apart(line: str, credit: re.Match[str]) -> bool:
    """Say whether a credit stands behind a sentence or a short caption; `said the agency (ABC).` is a sentence."""
    if ends_sentence(line[: credit.start()].rstrip(" (|/")):
        return True
    return not credit.group().endswith(".") and n_words(line[: credit.start()]) <= _CAPTION_WORDS // 2


def agency_ends(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Cut the agency's name off the end of the last paragraph.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(agency_ends, "Both sides met for an hour on Friday without any result at all. (ABC)")
    'Both sides met for an hour on Friday without any result at all.'
    """
    page = page_of(text.text)
    for line in page.lines[max(page.last, 0) :]:
        end = _AGENCY_END.search(line.text)
        if end and ends_sentence(line.text[: end.start()]) and n_words(line.text) > _WHOLE_WORDS // 2:
            yield Change(line.start + end.start(), line.end, "")
