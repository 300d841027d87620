"""Who took a picture and where it comes from: the credit goes, what the caption says stays."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import drop, ends_sentence, n_words
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.zones import page_of
from ukrcorpus.schema.model import Repairs

_PICTURE = alternatives(r"""
(?:file |stock |archive |featured |cover |lead |illustrative |handout |courtesy )?(?:photos?|images?|pictures?|pic|
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
    rf"(?i:{_PICTURE}(?: credits?| source| courtesy| copyright)?(?: ?(?:by|of|from|via|©)\b:?| ?[:/©|]| [–—-])) ?{_WHO}"
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
\([A-ZА-ЯЁІЇЄҐ]{2,12}(?:[-/ ][A-ZА-ЯЁІЇЄҐ]{2,12})*\)|[–—-]{1,2} ?%agency%|credit: .{2,60}
""",
        {"labelled": _LABELLED, "source": _SOURCE, "picture": _PICTURE, "person": _PERSON, "agency": AGENCY},
    )
)
# Behind the end of a sentence or a bar a name with a slash is a credit; elsewhere only with a label or an agency.
_CUT = re.compile(
    alternatives(
        r"""
(?:(?<=[.!?…”»\"’])| ?[|/–—]|,)? ?(?:(?<=[.!?…”»\"’|/–—] )(?:%labelled%|%slashed%|© ?%caps%)|[(\[] ?(?:%labelled%|
    (?:© ?)?%slashed%|(?i:%picture%)[^()\[\]]{0,60}|(?:© ?)?%agency%(?: via %caps%| images)|(?i:file|
    archive)(?: photo| image)?) ?[)\]]|/ ?%person% ?/)\.?$
""",
        {
            "labelled": _LABELLED,
            "slashed": _SLASHED,
            "caps": _CAPS,
            "picture": _PICTURE,
            "agency": AGENCY,
            "person": _PERSON,
        },
    )
)
_AGENCY_END = re.compile(
    alternatives(
        r"""
(?<=[.!?…”»\"’]) ?(?:\((?:[A-ZА-ЯЁІЇЄҐ]{2,12}(?:[-/][A-ZА-ЯЁІЇЄҐ]{2,12})*|%agency%)\)|[–—-]{1,2} ?%agency%)\.?$
""",
        {"agency": AGENCY},
    )
)
_SLIDE = re.compile(r"\d{1,2} (?:of|/|из|з) \d{1,2} ?[|:–—-] ?(?=\S)", re.IGNORECASE)
_CAPTION_LABEL = re.compile(r"(?:image |photo |picture )caption[,:]?(?: |$)|caption[,:] ", re.IGNORECASE)
_SIGNS = (
    *"photo¦image¦pict¦illustr¦graphic¦credit¦courtesy¦screen¦/¦©".split("¦"),
    *"фото¦люстр¦зображ¦изображ¦скрін¦скрин¦колаж¦коллаж".split("¦"),
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


def _is_credit(line: str) -> bool:
    short = 1 < len(line) < _WHOLE_CHARS and n_words(line) <= _WHOLE_WORDS
    return short and " | " not in line.strip("| ") and _WHOLE.fullmatch(line) is not None


def captions(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Cut the credit off the end of a caption; its statement stays.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(captions, "Talks stall\nDelegates on the stairs. Photo: Ann Example\nA flag (Bo Example/Example Press)")
    'Talks stall\nDelegates on the stairs.\nA flag'
    """
    for line in page_of(text.text).lines[1:]:
        if not _may_credit(line.text):
            continue
        credit = _CUT.search(line.text, max(0, len(line.text) - _TAIL_CHARS))
        if credit and credit.start() > 0 and _stands_apart(line.text, credit):
            yield Change(line.start + credit.start(), line.end, "")
        if label := _CAPTION_LABEL.match(line.text) or _SLIDE.match(line.text):
            yield Change(
                line.start, min(line.start + label.end() + (label.end() == len(line.text)), len(text.text)), ""
            )


def _may_credit(line: str) -> bool:
    """Say whether a line is worth a closer look: most paragraphs are too long, or end like any sentence."""
    if len(line) > _CAPTION_CHARS or not line:
        return False
    tail = line[-_TAIL_CHARS:]
    if tail.rstrip(".")[-1:] in ")]/":
        return True
    small = tail.lower()
    return any(sign in small for sign in _SIGNS) or (line[0] in _FIRST and _OPENING.match(line) is not None)


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
