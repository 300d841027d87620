"""Forms in which authors, editors and desks sign besides `By Name`: labels, dates behind names, initials, contacts."""

import re

from ukrcorpus.normalise.lines import ends_sentence, remembered
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.picture_credits import AGENCY
from ukrcorpus.normalise.times import stamp_of

_UP = "A-ZА-ЯЁІЇЄҐÀ-ÖØ-ÞĀČĖĘĢĪĮĶĻŅŘŠŪŲŽŁŚŻŹĆ"
_NAME = rf"[{_UP}][\w’'ʼ.\-]+(?: (?:(?:de|von|van|der|al|bin|da|ten) )?[{_UP}][\w’'ʼ.\-]*){{1,3}}"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_REACHED = rf"(?:{_MAIL}|@\w+|\+?[\d ()–-]{{6,20}})"
_TEAM = r"(?:desk|bureau|staff|team|newsroom|correspondents?|reporters?|agencies|service)"
_REPORTERS = (
    rf"(?:(?i:our|the) (?:[\w’'-]+ ){{0,3}}{_TEAM}(?: (?:in|at|from|on) [^.;]{{3,30}})?|"
    rf"[{_UP}][\w’'.\-]*(?:,? (?:[{_UP}][\w’'.\-]*|and|in|at|for|of|the|{_TEAM})){{0,12}})"
)
_REPORTING = (
    r"\(?(?i:(?:live |additional |with )?(?:reporting|writing|translation|editing)"
    rf"(?: and (?:reporting|writing|editing))? by) {_REPORTERS}"
    rf"(?:[;.] ?(?i:[\w ]{{4,30}} by) {_REPORTERS}){{0,3}}\)?\.?"
)
_SIGNED = re.compile(
    alternatives(
        r"""
(?i:by )?%name%,? [|•·–—(<-]? ?%reached%[)>]?\.?|%mail%|@\w{4,20}
(?i:special to (?:the )?)%name%|(?i:by )%agency%(?: (?:staff|and (?:our |staff )?agencies))?
%name%, (?:для |for |special to |exclusively for ).{3,40}|(?i:редакція|редакция) [«“"].{3,30}[»”"]
%name% in [%up%][\w-]+(?: and %name% in [%up%][\w-]+){1,3}
%reporting%
(?i:(?:web |copy |news |story |managing |executive |responsible )?(?:editor|author|reporter|producer|translator)s?|
    автор(?:ка)? (?:статті|матеріалу|тексту|статьи|материала|текста|фото)|(?:випусковий |литературный )?редактор(?:ка)?|
    (?:переклад|перевод|перекладач(?:ка)?|переводчик|корректор|коректор(?:ка)?)|translated by|thread starter
    )(?::| (?=[a-z_]+_)) ?[^\W\d_][\w.’'ʼ-]*(?: [^\W\d_][\w.’'ʼ-]*){0,3}(?<!\.)
%name%, (?:[%up%][\w’'-]+ ){0,3}(?:Post|Times|News|Press|Agency|Journal|Tribune|Herald|Daily|Media|Today|Service|Новини|
    Новости|[\w-]+\.(?:com|org|net|ua|info))
(?i:posted|published|written|added)(?i: on)? [^|]{6,30} (?i:by) [\w.-]{2,30}
(?i:posted by |by )?(?i:admin|administrator|webmaster|адмін|админ|редакція|редакция|staff|editor|редактор)
(?i:%role%)(?:,? (?i:for|at|in|у|в) [%up%][^.!?]{2,40})?
""",
        {
            "name": _NAME,
            "reached": _REACHED,
            "mail": _MAIL,
            "up": _UP,
            "reporting": _REPORTING,
            "agency": AGENCY,
            "role": r"(?:[\w’'-]+ ){1,3}(?:correspondent|desk editor|staff writer|reporter|columnist|обозреватель|"
            r"кореспондент(?:ка)?|корреспондент|оглядач(?:ка)?|колумніст(?:ка)?)",
        },
    )
)
_ROLE = re.compile(
    r"(?:[\w’'-]+ ){0,4}(?:correspondent|editor|reporter|writer|columnist|analyst|fellow|contributor|producer|"
    r"кореспондент(?:ка)?|корреспондент|оглядач(?:ка)?|обозреватель|редактор(?:ка)?|журналіст(?:ка)?|журналист(?:ка)?|"
    r"аналітик(?:иня)?|аналитик|автор(?:ка)?)(?:,? .{2,40})?",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:written |posted |published )?by |(?:author|автор|текст): ?", re.IGNORECASE)
_LONE_NAME = re.compile(_NAME)
_OUTLET = re.compile(rf"(?:,? ?[|•·–—,-]? ?[{_UP}][\w.&-]*(?: [{_UP}][\w.&-]*){{0,3}})(?=[ ,|•·–—-]*\d)")
_COUNT = re.compile(r" \d[\d.,]*(?:[kк]|тис|тыс|т)?\.?$", re.IGNORECASE)
_END = re.compile(
    alternatives(
        r"""
\(?[a-zа-яёіїєґ]{2,4}(?: ?/ ?[a-zа-яёіїєґ]{2,4})+ ?/?\)?
(?:tr|ed|пер|ред)\. [%up%]{2,3}|(?i:end ?item|ends|[#]{3}|-30-)
%reporting%|\([%up%]{2,3}(?:/[%up%]{2,3})+\)
(?:[%up%]{2,6}|[^.!?]{0,30}(?i:desk|wire|agency|bureau)) [–—-] [^.!?,]{3,40}, %name%
(?i:(?:contact|e-?mail|reach|follow|write to) )%name%(?:(?i:,? (?:at|on|via|by)(?: \w+)?:?)
    .{0,12}%reached%|: ?%reached%)\.?
%name%(?i: can be (?:reached|contacted) (?:at|on|via|by)(?: \w+)?) %reached%\.?
(?i:(?:source|sources|джерело|источник)): [%up%][\w.-]*(?: [%up%][\w.-]*)?(?:, [%up%][\w.-]*(?: [%up%][\w.-]*)?){0,3}
""",
        {"up": _UP, "name": _NAME, "reached": _REACHED, "reporting": _REPORTING},
    )
)
_DESK = re.compile(
    alternatives(r"""
(?:департамент|управління|управление|відділ|отдел) (?:комунікаці|інформаці|коммуникаци|информаци|зв.язків|связей|прес)
    [^.!?]{0,60}
(?:прес-?служба|пресс-служба|press (?:service|office)|department of (?:communications?|information)) [^.!?]{3,60}
"""),
    re.IGNORECASE,
)
_LONGEST, _ROLE_CHARS = 140, 70


@remembered
def is_signed(line: str) -> bool:
    """Say whether a line near the title tells who made the text, in another form than `By Name`.

    >>> is_signed("Editor: annex"), is_signed("Ann Example, correspondent"), is_signed("Editor: why now?")
    (True, True, False)
    """
    if not 1 < len(line) <= _LONGEST or line[-1] in "?!:":
        return False
    return _SIGNED.fullmatch(line) is not None or _is_published(line) or _is_name_and_role(line)


@remembered
def is_dated_name(line: str) -> bool:
    """Say whether a line is a name, perhaps with an outlet, and a date or time; a list of events has several such.

    >>> is_dated_name("Ann Example, ABC3 May 2025, 09:30"), is_dated_name("Ann in May")
    (True, False)
    """
    if not 1 < len(line) <= _LONGEST or not any(char.isdigit() for char in line):
        return False
    return any(map(_is_dated, (line, _turned(line))))


@remembered
def is_role(line: str) -> bool:
    """Say whether a line names what an author is; it counts below the author's name alone."""
    return len(line) <= _ROLE_CHARS and not ends_sentence(line) and _ROLE.fullmatch(line) is not None


def is_lone_name(line: str) -> bool:
    """Say whether a line has the form of one name."""
    return len(line) <= _ROLE_CHARS and _LONE_NAME.fullmatch(line) is not None


@remembered
def ends_signed(line: str) -> bool:
    """Say whether a line below the first paragraph is a signature: initials, a contact, a source, a team.

    >>> ends_signed("(ax/by)"), ends_signed("Contact Ann Example at 555-0100."), ends_signed("and/or")
    (True, True, True)
    """
    return 1 < len(line) <= _LONGEST and _END.fullmatch(line) is not None


@remembered
def is_desk(line: str) -> bool:
    """Say whether a line names the office that made the text; it counts behind the last paragraph alone."""
    return len(line) <= _LONGEST and _DESK.fullmatch(line) is not None


def _is_dated(line: str) -> bool:
    """Say whether a name, and perhaps its outlet, stands before a date or time: `Ann Example 3 May 2025`."""
    by = _BY.match(line)
    name = _LONE_NAME.match(line, by.end() if by else 0)
    if name is None:
        return False
    for rest in _rests(line, name):
        stamp = stamp_of(rest) if rest else None
        if stamp and (stamp.year or not stamp.bare_date):
            return True
    return False


def _turned(line: str) -> str:
    """Return a line with the date or time that opens it behind the name: `3 May 2025, 10:30 Ann Example`."""
    if not line[0].isdigit():
        return ""
    digit = max(index for index, char in enumerate(line) if char.isdigit()) + 1
    return line[digit:].strip(" ,|•·–—-") + " " + line[:digit]


def _is_name_and_role(line: str) -> bool:
    """Say whether a line is a name and what its bearer does: `Ann Example, correspondent`."""
    name, comma, role = line.partition(", ")
    return bool(comma) and is_lone_name(name) and is_role(role)


def _rests(line: str, name: re.Match[str]) -> tuple[str, ...]:
    rest = _COUNT.sub("", line[name.end() :])
    outlet = _OUTLET.match(rest)
    return (rest.strip(" ,|•·–—-"), rest[outlet.end() :].strip(" ,|•·–—-") if outlet else "")


def _is_published(line: str) -> bool:
    """Say whether a short name stands before `published` and a date: `Press office, published 3 May 2025`."""
    name, comma, rest = line.partition(", ")
    if not comma or ends_sentence(name) or len(name) > _ROLE_CHARS:
        return False
    stamp = stamp_of(rest)
    return stamp is not None and not stamp.bare_date and rest[:1].isalpha() and rest[0].islower()
