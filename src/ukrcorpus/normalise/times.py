"""Lines that hold a date, a time or a count of minutes and nothing else, in English, Ukrainian and Russian."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ukrcorpus.normalise.patterns import alternatives

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|січ(?:ень|ня)?|лют(?:ий|ого)?|берез(?:ень|ня)|квіт(?:ень|ня)|трав(?:ень|ня)|"
    r"черв(?:ень|ня)|лип(?:ень|ня)|серп(?:ень|ня)|верес(?:ень|ня)|жовт(?:ень|ня)|листопада?|груд(?:ень|ня)|"
    r"янв(?:ар[ья])?|фев(?:рал[ья])?|март?а?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уста?)?|"
    r"сен(?:т(?:ябр[ья])?)?|окт(?:ябр[ья])?|ноя(?:бр[ья])?|дек(?:абр[ья])?)"
)
_WEEKDAY = alternatives(r"""
(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|понеділ(?:ок|ка)|вівтор(?:ок|ка)
середа|середу|четвер|п[’'ʼ]ятниц[яю]|субот[ау]|неділ[яю]|понедельник|вторник|сред[ау]|четверг
пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|нд|вс
""")
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?h?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)"
_NUMERIC = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
_ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?"
_AGO = (
    r"(?:(?:\d{1,3}|an?|one) ?(?:s|m|h|d|w|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago|"
    r"(?:\d{1,3} )?(?:секунд\w?|хвилин\w?|хв|годин\w?|год|дн(?:і|ів|я|ей)|день|тиж\w+|місяц\w+|рок\w+|минут\w?|мин|"
    r"час(?:а|ов)?|недел\w+|месяц\w*|лет) (?:тому|назад)|just now|щойно|только что)"
)
_READING = alternatives(r"""
(?:estimated )?(?:reading|read) time:? ?(?:about )?\d{1,3}(?: ?min(?:ute)?s?)?|\d{1,3}[- ]min(?:ute)?s?\.?(?: read)?
(?:час читання|время чтения):? ?\d{1,3} ?(?:хв|мин)\w*
\d{1,3} (?:хв|мин)\w* (?:на )?(?:читання|чтени[ея])
(?:на )?(?:читання|чтение):? \d{1,3} ?(?:хв|мин)\w*|\d{1,2}[–-]\d{1,2} ?(?:min|хв|мин)\w*
\d{1,3} (?:хв|мин)\b\.?
""")
_COUNT = (
    r"\d[\d., ]{0,9}(?:[km]|тис\.?|тыс\.?)? ?"
    r"(?:views?|reads?|shares?|comments?|переглядів|перегляди|просмотр\w*|читали|followers|"
    r"subscribers|підписник\w*|подписчик\w*)|"
    r"(?:views|переглядів|просмотров):? \d[\d ]{0,9}"
)
_LABEL = alternatives(r"""
(?:(?:and )?(?:first |last |originally )?(?:published|updated|posted|modified|created|edited|issued|
    upd)(?: time)?(?: (?:on|
    at))?|date|(?:release|start) date|
    опубліковано|оновлено|створено|(?:дата|час|время)(?: публікації| публикации| оновлення| обновления)?|
    (?:последнее|останнє) (?:обновление|оновлення)|опубликовано|обновлено|
    создано|размещено|изменено)\b
""")
_ZONE = alternatives(r"""
(?:[ecmp][sd]?t|gmt|utc|bst|ce?st|ee?s?t|cet|ist|trt|eat|wat|sast|aest|jst|kst|pkt|мск|
    msk)(?: ?[+-]\d{1,2}(?::\d\d)?)?
(?:local|kyiv|moscow|london|istanbul|eastern|central european)(?: standard)? time|за києвом
по москве|по киеву
""")
_SMALL = (
    r"today|yesterday|сьогодні|вчора|сегодня|вчера|at|on|of|the|from|в|о|об|у|від|от|рок[уи]|рік|год[ау]?|р\.|г\.|р|г"
)
_DAY = r"\d{1,4}(?:st|nd|rd|th|-го|-е)?"
_TOKENS = re.compile(
    rf"(?:(?:(?P<ago>{_AGO})|(?P<reading>{_READING})|(?P<count>{_COUNT})|(?P<label>{_LABEL})|"
    rf"(?P<clock>{_ISO}|{_CLOCK})|(?P<numeric>{_NUMERIC})|(?P<month>{MONTH})\b|{_WEEKDAY}\b|(?:{_ZONE})\b|{_DAY}(?!\w)|"
    rf"(?:{_SMALL})(?!\w))[\s,|·•/()\[\]–—:;.\-]*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OPENING = re.compile(r"[\W_]*")
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line of dates and times holds: a bare date may be a heading, a clock or a label never is."""

    bare_date: bool
    year: bool


@lru_cache(maxsize=4096)
def stamp_of(line: str) -> Stamp | None:
    """Return what a line says about time when it says nothing else.

    >>> stamp_of("Published May 3, 2025 at 5:00 p.m. ET | 4 min read"), stamp_of("3 травня 2025 року")
    (Stamp(bare_date=False, year=True), Stamp(bare_date=True, year=True))
    >>> stamp_of("May talks of 2025")
    """
    if len(line) > _LONGEST:
        return None
    found: set[str] = set()
    at = _OPENING.match(line).end()  # type: ignore[union-attr]
    while at < len(line):
        token = _TOKENS.match(line, at)
        if token is None or token.end() == at:
            return None
        found |= {name for name, value in token.groupdict().items() if value}
        at = token.end()
    if not found & {"ago", "reading", "count", "clock", "numeric", "month"} or not _dated(line, found):
        return None
    return Stamp(not found & {"ago", "reading", "count", "clock", "label"}, bool(_YEAR.search(line)))


def _dated(line: str, found: set[str]) -> bool:
    return bool(re.search(r"\d", line)) or "ago" in found
