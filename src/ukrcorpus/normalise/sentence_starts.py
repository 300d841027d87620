"""First words of sentences in small letters, where it is certain that a sentence begins."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.function_words import ENGLISH, RUSSIAN, UKRAINIAN
from ukrcorpus.normalise.lines import (
    CYRILLIC,
    TITLE_CASE,
    Line,
    ends_sentence,
    is_short,
    lines_of,
    n_words,
    title_case_share,
)
from ukrcorpus.normalise.sentences import ABBREVIATIONS
from ukrcorpus.schema.model import Repairs

_LOWER = "a-zà-öø-ÿа-яёіїєґ"
_START = re.compile(rf"\. (?<=[{_LOWER}\d”»)]\. )[{_LOWER}]")
# A quotation that is a sentence of its own begins with a capital as well.
_QUOTED = re.compile(r"\. [“\"](?=[a-z][^“”\"\n]{8,300}[.!?,][”\"])(?<=[a-z]{2}\. .)")
_FIRST_WORD = re.compile(rf"[{_LOWER}][{_LOWER}’'-]*(?=[ ,;|]|: |$)")
_HOUR = re.compile(r"\d[ap]m")
_LONG_WORD, _FOUR, _SHORT = 5, 4, 3
# Short words that end sentences; other short words before a stop may be abbreviations.
_COMMON = frozenset(
    """
    met went left died fell rose gone sent held made said told came come gave give take took taken seen lost won
    paid sold bought kept ran sat sent hit cut set put let end ends war wars deal deals plan plans peace talk
    aid oil gas coal steel arms army navy tank tanks gun guns bomb bombs mine mines map maps line lines side
    sides land sea air port ports ship ships rail road roads city town home house hall room door table seat flag
    day days week month year years hour hours time date past night noon dawn dusk today men man woman child son
    sons life lives death dead fire risk cost costs price fund funds bank loan loans tax cash debt bill law laws
    vote votes bloc pact treaty text page pages word words name names list lists note notes fact facts truth
    case cases role rule rules goal goals hope fear step steps move moves part parts half third full fast slow
    late early soon long short high low big small good bad best worst true false real safe open shut free cold
    hot old new same own east west north south force power state states world use used work works job jobs help
    need needs want wants way ways far near sure none all it him her them us me you too am pm
    """.split()
)
# Other words of four letters end sentences.
_SHORTENED = frozenset(
    """
    abbr acct addl advt amer anon appt arch assy attn attr atty auth aux bibl biol calc cert chap chem circ coll
    comb comm comp conf cons cont corp corr decl depr desc devt diag diam dict diff econ educ elec elev engr equi
    esqr exec expt fedn freq geog geol geom gloss gram hist hosp hort indef inst instr intl jour lang libr mach math
    meas mech memb meth misc mtgs narr natl neut oper orch path perf phon phot phys pkgs pred pref prep pres prev
    prin prob proc prod prof pron prop prov psych publ quar quot recd refs regd regs repr rept resp retd rgds secs
    sect serv sing soln spec stat stds subj subs supp supt surg surv symb tbsp tech temp terr theo topo trad tran
    trea trig univ util vars viz vols sens reps gens govs mass conn penn minn mich miss tenn colo ariz nebr okla
    oreg wisc kans calif
    """.split()
)
# Cyrillic words are shortened behind a consonant; longer ones than this are rarely shortened at all.
_CYRILLIC_LONG = 8
_VOWEL = tuple("аеєиіїоуюяёэыйьъ")
_CYRILLIC_SHORTENED = frozenset(
    """
    англ арк арх бібл букв військ воєн геогр греч граф громад держ дисерт докт екон енерг заг заруб заслуж захід зах
    зовніш ил инд инст иностр институт ист істор італ кат київ комм конф копійк крим кримін лат літ лист макс мед
    межд міжнар мікр мільярд мос моск муніц нагород нар наук нач нац нім обов одес орг особл остан отв отд офіц парт
    перен пер півд півн півден північ письм повн польськ поч почт прав прем прим примеч присв прод прот псевд публ
    разг ред рел респ рос росій розд руков санкт сев секр серг січ скл скор сокр сочин спец стат студ суд схід сх
    тел теор тер техн тит том труд тур укр уч факс фам федер фін фіз франц хв хим худ центр цит част черв чин член
    школ шт эконом юг юж юр юрид янв
    """.split()
)
# Small letters that some papers write on purpose.
_STANCE = re.compile(
    r"(?:росі|росс|рос|москв|москал|моск|кремл|путін|путин|білорус|лукашенк|рф|срср|ссср|совєт|радянськ)"
)
_LABELLED = frozenset(("structure.callouts", "structure.answers", "structure.questions"))
_PARTICLES = frozenset("von van de der den di da du del al el bin ibn ben la le".split())
_SENTENCE_WORDS = 8


def sentence_starts(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Capitalise the first word of a sentence where it is certain that one begins.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(sentence_starts, "They met. nothing came of it, e.g. no truce.")
    'They met. Nothing came of it, e.g. no truce.'
    """
    for match in _START.finditer(text.text):
        at = match.end() - 1
        if _is_plain(text.text, at) and _stop_ends(text.text, match.start(), at):
            yield Change(at, at + 1, text.text[at].upper())
    for match in _QUOTED.finditer(text.text):
        at = match.end()
        if _is_plain(text.text, at) and _stop_ends(text.text, match.start(), at):
            yield Change(at, at + 1, text.text[at].upper())
    before: Line | None = None
    for line in lines_of(text.text):
        if line.text[:1].islower() and _is_plain(line.text) and (_is_labelled(text, line) or _begins(line, before)):
            yield Change(line.start, line.start + 1, line.text[0].upper())
        before = line


def _stop_ends(text: str, stop: int, at: int) -> bool:
    """Say whether a full stop ends a sentence although a small letter stands behind it."""
    if not CYRILLIC.match(text, at):
        return not _is_abbreviation(text, stop)
    *_, word = text[text.rfind(" ", 0, stop) + 1 : stop].split() or ("",)
    word = word.lower()
    if _STANCE.match(text, at) or not word or word[-1].isdigit() or "." in word:
        return False
    bare = word.rstrip("”»)")
    if not CYRILLIC.match(bare[-1:]) or bare != word:
        return bare != word and len(bare) > 1 and "(" not in word
    return bare.lstrip("(“«\"'") not in ABBREVIATIONS and _is_whole(bare.lstrip("(“«\"'"))


def _is_whole(word: str) -> bool:
    """Say whether a Cyrillic word before a full stop is no abbreviation: by its end, its length, as a common word."""
    if word in UKRAINIAN or word in RUSSIAN:
        return len(word) > 1
    if word.endswith(_VOWEL):
        return len(word) >= _SHORT
    return len(word) >= _CYRILLIC_LONG or (len(word) >= _FOUR and word not in _CYRILLIC_SHORTENED)


def _is_labelled(text: AlignedText, line: Line) -> bool:
    """Say whether a label was cut off before a line that is a sentence."""
    if not ends_sentence(line.text):
        return False
    return any(edit.start == line.start and not _LABELLED.isdisjoint(edit.passes) for edit in text.edits)


def _is_abbreviation(text: str, stop: int) -> bool:
    """Say whether the word before a full stop is an abbreviation, or a short one that is no common word."""
    *_, word = text[text.rfind(" ", 0, stop) + 1 : stop].split()
    if _HOUR.fullmatch(word[-3:]):
        return False
    word = word.lower().lstrip("(“«\"'")
    if len(word) <= 1 or "." in word or word in ABBREVIATIONS:
        return True
    if word in _SHORTENED or len(word) == _FOUR:
        return word in _SHORTENED
    return len(word) < _LONG_WORD and word.isalpha() and word not in ENGLISH and word not in _COMMON


def _begins(line: Line, before: Line | None) -> bool:
    """Say whether a line begins a sentence: a full one, behind a heading or another full one."""
    if CYRILLIC.match(line.text) or " | " in line.text:
        return False
    if not ends_sentence(line.text) or n_words(line.text) < _SENTENCE_WORDS:
        return False
    if before is None or ends_sentence(before.text):
        return True
    # Otherwise only behind what is surely a heading: the line may run on from a broken one.
    return is_short(before.text) and title_case_share(before.text) >= TITLE_CASE


def _is_plain(text: str, at: int = 0) -> bool:
    """Say whether the word at an offset is a plain lower-case word: no iPhone, no ukrinform.net, no von."""
    word = _FIRST_WORD.match(text, at)
    return word is not None and word.group() not in _PARTICLES
