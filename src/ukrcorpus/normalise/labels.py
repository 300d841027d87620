"""Labels of one word or two at the head of a line, before a colon: `Details: ...`, `July 22: ...`."""

import re

from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.times import MONTH

_ONE_WORD = re.compile(r"(?P<label>[A-ZА-ЯІЇЄҐ](?:[^\W\d_]|[’'-](?=\w)){1,30}):(?= \S)")
# What news sites open their paragraphs with.
_KNOWN = re.compile(
    "(?P<label>"
    + alternatives(rf"""
sources?|details|background|context|verbatim|why it matters|the big picture|go deeper|between the lines
quotes?(?: (?:from|of|by) [^:.\n]{{1,60}})?|what(?:’|')s next|what else|zoom (?:in|out)|the other side
what they(?:’|')re saying|джерел[оа]|деталі|дослівно|пряма мова|що ще відомо|що (?:було )?передувало
передісторія|контекст|довідка|довідково|чому це важливо|що далі|источники?|подробности|детали|дословно
прямая речь|что ещ[её] известно|предыстория|справка|почему это важно|что дальше
(?-i:[A-ZА-ЯІЇЄҐ]{{3,}}(?: [A-ZА-ЯІЇЄҐ]{{2,}}){{0,3}})|{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH}
""")
    + r"):(?= \S|$)",
    re.IGNORECASE,
)
_LONGEST = 72


def one_word_label(line: str) -> re.Match[str] | None:
    """Return the label of a line such as `Inspections: none so far`."""
    return _ONE_WORD.match(line) if line.find(": ", 0, _LONGEST) > 0 else None


def known_label(line: str) -> re.Match[str] | None:
    """Return the label of a line that opens as paragraphs of news sites do: with one of theirs, in capitals, a date."""
    return _KNOWN.match(line) if line.find(":", 0, _LONGEST) > 0 else None
