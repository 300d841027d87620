"""The place line at the head of a report: KYIV, Aug. 3 (Agency) — in all the forms of agencies."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, has_words, remembered
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.picture_credits import AGENCY
from ukrcorpus.normalise.times import MONTH
from ukrcorpus.normalise.zones import page_of
from ukrcorpus.schema.model import Repairs

_UP = "A-ZА-ЯЁІЇЄҐ"
_W = rf"[{_UP}][\w’'ʼ\-]*\.?"
_PLACE = (
    rf"(?:(?:[мг]|ST|St|FT|Ft|MT|Mt)\. ?)?(?P<place>[{_UP}][\w’'ʼ\-]+"
    rf"(?: (?:de|am|upon|on|the|di) (?=[{_UP}]))?(?:[ /–-][{_UP}][\w’'ʼ\-]+){{0,2}})"
    r"(?![\w’'ʼ])"
)
_REGION = rf"(?P<region>(?:, ?(?:(?:[{_UP}]\.){{2,3}}|{_W}(?: {_W})?)){{0,2}})"
_DAY = rf"(?:(?i:{MONTH})\.? \d{{1,2}}|\d{{1,2}} (?i:{MONTH})\b\.?)(?:,? (?:19|20)\d\d)?(?: ?(?:р|г)\.| року| года)?"
_MARKED = alternatives(
    r"""
\((?P<paren>(?=[^()\n]*[%up%])\w[^()\n]{1,38})\)|/(?P<slash>[%up%][^/\n]{2,30})/|\[(?P<square>[%up%][^\[\]\n]{1,30})\]
""",
    {"up": _UP},
)
# A word in capitals is not a place and an agency: `UNESCO` is no `UNE`.
_AGENT = rf"(?:{_MARKED}|(?<!\w)(?P<agency>{AGENCY}|[{_UP}]{{3,12}}(?:[.-][{_UP}]{{2,8}})?)(?!\w))"
_DASH = r" ?(?:[–—]|-{1,2}) ?"
_NEXT = rf"(?=[\"“«„(]?[{_UP}0-9])"
_FORMS = tuple(
    re.compile(form + _NEXT)
    for form in (
        # KYIV, Ukraine, Aug 3 (AP) — | КИЇВ. 3 серпня. УНІ. | МОСКВА, 15 авг. /ТАСС/. | WASHINGTON (AP)
        rf"{_PLACE}{_REGION}(?:[,.]? (?P<day>{_DAY}))?[,.]? ?(?:[–—-]{{1,2}} )?{_AGENT}\.?(?:{_DASH}|[.:] | )",
        # Київ • УНІ •
        rf"{_PLACE}{_REGION} [•|·] (?:(?P<day>{_DAY}) [•|·] )?(?P<square>[{_UP}][\w-]{{1,14}}) [•|·] ",
        # МОСКВА, 15 авг - ТАСС. | КИЇВ, 3 серпня – Агенція Новин.
        rf"{_PLACE}{_REGION},? (?P<day>{_DAY}){_DASH}(?P<agency>{_W}(?: {_W}){{0,2}})\. ",
        # KYIV, Aug. 3 — | Минск, 30 июля. | WASHINGTON, May 3:
        rf"{_PLACE}{_REGION}[,.] ?(?P<day>{_DAY})\.?(?:{_DASH}|[.:] )",
        # 3 августа, Минск /Корр. АГН/.
        rf"(?P<day>{_DAY}),? {_PLACE}[,.]? ?{_MARKED}\.?(?:{_DASH}| )",
        # (The Hague, November 10, 2025) –
        rf"\({_PLACE}{_REGION}[,.]? (?P<day>{_DAY})\){_DASH}",
        # Kyiv, Ukraine – November 13, 2025 –
        rf"{_PLACE}{_REGION}{_DASH}(?P<day>{_DAY}){_DASH}",
        # 13 November 2025, Brussels – | 13 листопада, м. Київ.
        rf"(?P<day>{_DAY}),? {_PLACE}{_REGION}\.?(?:{_DASH}|(?<=\.) | - )",
        # (Istanbul) -- | KYIV, Ukraine — | Brussels –
        rf"(?P<boxed>\()?{_PLACE}{_REGION}\)?(?:{_DASH})",
        # WASHINGTON, D.C.:
        rf"{_PLACE}{_REGION}(?P<colon>:) ",
    )
)
_PLACE_DAY = re.compile(
    rf"\(?{_PLACE}{_REGION}[,.]? ?{_DAY}\.?\)?(?:[,.]? ?(?:[–—-] ?)?[(/]?[{_UP}][\w.-]{{1,14}}[)/]?)?\.?"
)
# Most lines go on in small letters behind their first word.
_OPENS = re.compile(
    rf"\(?[{_UP}][\w’'ʼ\-]*+(?: (?:de|am|upon|on|the|di))?(?:[ /][{_UP}][\w’'ʼ\-]*+){{0,3}}"
    rf"(?:[,.:/)]| [(/•|·\[–—-]| [{_UP}])|\d{{1,2}} |[мг]\. ?[{_UP}]"
)
_CITIES = frozenset(
    """
    washington kyiv kiev moscow brussels berlin paris london warsaw ankara istanbul riyadh jeddah geneva vienna beijing
    budapest bratislava prague anchorage doha tallinn riga vilnius helsinki stockholm oslo copenhagen kharkiv odesa
    odessa lviv dnipro kherson donetsk rome madrid strasbourg davos munich minsk chisinau tbilisi sochi luxembourg dubai
    islamabad karachi lahore dhaka colombo kathmandu manila jakarta hanoi bangkok singapore canberra nairobi pretoria
    johannesburg lagos abuja algiers tunis tripoli rabat amman beirut damascus baghdad tehran kabul tashkent bishkek
    dushanbe taipei shanghai mumbai brasilia santiago bogota lima caracas havana toronto montreal chicago boston
    frankfurt hamburg milan turin barcelona nicosia valletta ljubljana zagreb sarajevo skopje tirana pristina podgorica
    antalya bucharest belgrade sofia athens zurich bern lisbon dublin ottawa tokyo seoul delhi cairo jerusalem astana
    baku yerevan zaporizhzhia mariupol sumy kursk belgorod simferopol sevastopol odesa ternopil rzeszow hague york
    київ харків одеса львів дніпро москва вашингтон брюссель берлін париж лондон варшава стамбул женева пекін мінськ
    херсон запоріжжя донецьк анкара відень прага будапешт рим мадрид страсбург давос мюнхен осло гельсінкі стокгольм
    таллінн рига вільнюс братислава кишинів токіо сеул женева ер-ріяд джидда анкоридж доха
    киев харьков одесса берлин анкара пекин минск париж вена львов днепр запорожье донецк петербург стамбул женева
    будапешт хельсинки таллин рига вильнюс кишинев рим мадрид токио сеул эр-рияд джидда анкоридж доха астана баку ереван
    """.split()
)
# Bodies in capitals stand before dashes too.
_BODIES = frozenset(
    "UNESCO UNICEF ASEAN ЮНЕСКО ЮНИСЕФ МАГАТЭ МАГАТЕ BRICS БРИКС UPDATE BREAKING EXCLUSIVE WATCH".split()
)
_LIMIT, _SHORTEST, _TOWN = 80, 3, 5
# A first paragraph is at least so long; what looks like a dateline in a shorter line may be a speaker's label.
_WORDS = 8


def dateline(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Cut the place line off the first paragraph; it becomes metadata and is no mention.

    >>> from ukrcorpus.normalise.passes import shown
    >>> paragraph = "Both delegations met for the third time this month and parted without any result at all."
    >>> shown(dateline, "Talks stall\nKYIV, Ukraine (AP) — " + paragraph) == "Talks stall\n" + paragraph
    True
    """
    page = page_of(text.text)
    places = [line for line in page.head[1:] if _is_place_line(line.text)]
    yield from drop(places, text.text)
    first = next((line for line in page.lines if has_words(line.text, _WORDS) and ends_sentence(line.text)), None)
    for line in page.lines:
        if line is first or (_opens(line.text) and has_words(line.text, 2 * _WORDS)):
            end = dateline_end(line, first=line is first)
            if end:
                yield Change(line.start, line.start + end, "")


def dateline_end(line: Line, *, first: bool) -> int:
    """Return the length of a line's dateline, 0 without one; behind the first paragraph it has to name an agency."""
    return _dateline_end(line.text, first=first) if _opens(line.text) else 0


@remembered
def _opens(line: str) -> bool:
    return _OPENS.match(line) is not None


def _dateline_end(line: str, *, first: bool) -> int:
    head = line[: _LIMIT + 20]
    for form in _FORMS:
        found = form.match(head)
        if found and found.end() <= _LIMIT and _is_dateline(found.groupdict(), first=first):
            return found.end()
    return 0


def _is_dateline(parts: dict[str, str | None], *, first: bool) -> bool:
    """Say whether what stands before a dash or stop is a dateline: by capitals, a known city, a day, an agency."""
    place, region = parts["place"] or "", parts.get("region") or ""
    shouted = place.isupper() and len(place) >= _SHORTEST
    known = place.split("/")[0].split(" ")[-1].lower() in _CITIES or place.split(" ")[0].lower() in _CITIES
    marked = next((parts[name] for name in ("paren", "slash", "square") if parts.get(name)), None)
    if parts.get("agency") and not marked and not parts.get("day"):
        return known  # `UNITED STATES: ` is no place with its agency
    if marked or parts.get("agency"):
        named = bool(parts.get("day")) or shouted or (known and bool(marked))
        return named and (shouted or known or bool(marked))
    if not first:
        return False
    if parts.get("day"):
        return shouted or known
    if parts.get("colon"):
        return shouted and (known or bool(region))
    lone = shouted and len(place) >= _TOWN and place not in _BODIES
    return known or lone or (shouted and bool(region)) or bool(parts.get("boxed"))


@remembered
def _is_place_line(line: str) -> bool:
    """Say whether a line of the head is nothing but cities in capitals, or a place with a day: `BAKU, May 14, ABC`."""
    found = _PLACE_DAY.fullmatch(line)
    if found:
        return found["place"].isupper() or found["place"].split(" ")[-1].lower() in _CITIES
    places = [place.strip() for place in re.split(r"[,/–-]", line)]
    return line.isupper() and all(place.lower() in _CITIES for place in places)
