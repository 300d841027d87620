"""Synthetic articles for measuring: every kind of block and of page furniture, in any number, the same for a seed.

    python benchmarks/synthetic.py N FOLDER [SEED]

writes a corpus project with N articles. They have 3,000 characters in the median, and their sentences say nothing of
the world: names, numbers and places are drawn at random.
"""

import math
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from ukrcorpus.core.tables import sha256, write_text
from ukrcorpus.sources.entry import ManifestEntry
from ukrcorpus.sources.new import new_project

# An article ends with a whole part and its furniture, so that the median of the articles comes to 3,000.
MEDIAN, SPREAD, SHORTEST, LONGEST = 2_600, 0.6, 300, 60_000
SEED = 1

# Sentences are put together from parts with words of their own, so that articles share no more than real ones do.
NAMES = "Aldous Berin,Carla Dovetta,Emil Farnow,Greta Holl,Ivo Jastrem,Klara Lindqvist,Marek Novin,Olga Perlova".split(
    ","
)
PLACES = "Ankara Brussels Geneva Istanbul Jeddah Kyiv London Minsk Odesa Paris Riyadh Vienna Warsaw".split()
BODIES = "council,ministry,delegation,committee,assembly,mission,embassy,secretariat,cabinet,working group".split(",")
ACTS = "welcomed,rejected,postponed,discussed,criticised,accepted,signed,drafted,reviewed,questioned".split(",")
THINGS = (
    "an exchange of prisoners,a pause at sea,the grain timetable,new sanctions,a security guarantee,the draft accord,"
    "a line of contact,the cost of repairs,an observer mission,the transit of gas,a list of returned children"
).split(",")
OPENERS = (
    "On Monday;By contrast;Even so;At first;In the hall;For all that;Late at night;Once again;Out of the talks;"
    "As before;Under the plan;Since then;With that;Over dinner;Not for the first time;From the start;After all"
).split(";")
LINKS = (
    "which had long been;although it was;because they were;while others stayed;so that nobody was;where it might be;"
    "before anyone could be;and with it;but not yet;or at least;until it had been;as though it were;if only to be;"
    "than ever before was;after what had been;whose terms were;in spite of;without so much as"
).split(";")
TAILS = (
    "in the spring;after two hours;with no vote;on the second day;to the last line;by a narrow margin;for the press;"
    "under some pressure;at the border;over the phone;against advice;through a window;into the small hours;as it stood"
).split(";")
SYLLABLES = "ba co de fi ga ho ju ka le mi no pa ra se ti vo za lor min tas ver kel dan por".split()
CYRILLIC = "ба во да зе ки ло ми но па ра се ти ха чо ша лор мен тас вер кел дан пор".split()
UKRAINIAN = "і та що як але вже ще не на до від за під про у з по є було його їх цей ця тому також".split()
RUSSIAN = "и что как но уже ещё не на до от за под про в с по было его их этот эта потому также".split()
SLIPS = ("adn", "teh")

Draw = random.Random
Part = Callable[[Draw], list[str]]


def article(number: int, seed: int = SEED) -> str:
    """Return one article as a page's text: furniture, title, parts in random order, furniture."""
    draw = random.Random(f"{seed} {number}")
    size = min(LONGEST, max(SHORTEST, int(draw.lognormvariate(math.log(MEDIAN), SPREAD))))
    language = draw.choices(("en", "uk", "ru"), (17, 2, 1))[0]
    title = _title(draw)
    lines = [*_some(draw, HEAD, 2), title, *_some(draw, UNDER_TITLE, 3)]
    length = sum(map(len, lines))
    while length < size:
        part = _paragraph(draw, language) if draw.random() < 0.7 else draw.choice(PARTS)(draw)
        lines += part
        length += sum(len(line) + 1 for line in part)
    lines += _some(draw, TAIL, 4)
    return "\n\n".join(lines) + "\n"


def write_project(root: Path, n: int, seed: int = SEED) -> None:
    """Write a corpus project with ``n`` articles."""
    project = new_project(root)
    (project.raw / "articles").mkdir()
    entries = sorted(_entries(project.raw, n, seed), key=lambda line: line[0])
    write_text(project.manifest, "".join(f"{line}\n" for _, line in entries))


def entry_of(data: bytes, article_id: str) -> ManifestEntry:
    """Return the manifest's entry for an article of these bytes."""
    digest = sha256(data)
    return ManifestEntry(
        article_id=article_id,
        supersedes=None,
        file=f"articles/{article_id}.txt",
        sha256=digest,
        encoding="utf-8",
        extractor=None,
        extractor_version=None,
        source_sha256=digest,
        url=f"https://example.org/{article_id}",
        publisher="Example Gazette",
        published=None,
        published_precision=None,
        fetched_at=None,
        licence="CC0-1.0",
        text_rights="full",
        origin="published",
    )


def _entries(raw: Path, n: int, seed: int) -> Iterator[tuple[str, str]]:
    for number in range(n):
        data = article(number, seed).encode("utf-8")
        entry = entry_of(data, sha256(data)[:16])
        (raw / entry.file).write_bytes(data)
        yield entry.article_id, entry.as_line()


def _some(draw: Draw, parts: tuple[Part, ...], most: int) -> list[str]:
    return [line for part in draw.sample(parts, draw.randint(0, most)) for line in part(draw)]


def _title(draw: Draw) -> str:
    return f"{draw.choice(PLACES)} {draw.choice(BODIES)} {draw.choice(ACTS)} {draw.choice(THINGS)}"


def _sentence(draw: Draw) -> str:
    n, act, thing = draw.randint(2, 990), draw.choice(ACTS), draw.choice(THINGS)
    body, name, link = draw.choice(BODIES), draw.choice(NAMES), draw.choice(LINKS)
    subject = draw.choice((f"the {_word(draw)} {body}", name, f"{n} {_word(draw)}s", f"a {_word(draw)} of the {body}"))
    core = f"{subject} {act} {thing}, {link} {_word(draw)}, {draw.choice(TAILS)}"
    if draw.random() < 0.3:
        return f"“{core[0].upper()}{core[1:]},” said {draw.choice(NAMES)} in {draw.choice(PLACES)}."
    return f"{draw.choice(OPENERS)}, {core}."


def _word(draw: Draw, syllables: list[str] = SYLLABLES) -> str:
    return "".join(draw.choices(syllables, k=draw.randint(2, 4)))


def _foreign(draw: Draw, function_words: list[str]) -> str:
    words = [_word(draw, CYRILLIC) if draw.random() < 0.6 else draw.choice(function_words) for _ in range(12)]
    words.insert(5, str(draw.randint(2, 990)))
    return " ".join(words).capitalize() + "."


def _paragraph(draw: Draw, language: str) -> list[str]:
    if language != "en":
        words = UKRAINIAN if language == "uk" else RUSSIAN
        return [" ".join(_foreign(draw, words) for _ in range(draw.randint(2, 6)))]
    sentences = [_sentence(draw) for _ in range(draw.randint(2, 6))]
    text = " ".join(sentences)
    if draw.random() < 0.2:
        text = text.replace(". ", ".", 1)  # a space is missing
    if draw.random() < 0.1:
        text = text.replace(draw.choice(PLACES), "ukraine", 1)
    if draw.random() < 0.1:
        text = text.replace(" and ", f" {draw.choice(SLIPS)} ", 1)
    if draw.random() < 0.1:
        text = text.replace(" ", "\u00a0", 2).replace("“", "&ldquo;", 1)
    return [text]


def _heading(draw: Draw) -> list[str]:
    return [f"## {_title(draw)}", _sentence(draw)]


def _bullets(draw: Draw) -> list[str]:
    mark = draw.choice("-*•")
    return ["\n".join(f"{mark} {_sentence(draw)}" for _ in range(draw.randint(3, 6)))]


def _numbers(draw: Draw) -> list[str]:
    return ["\n".join(f"{number}. {_sentence(draw)}" for number in range(1, draw.randint(4, 7)))]


def _table(draw: Draw) -> list[str]:
    rows = [
        f"| {draw.choice(PLACES)} | {draw.randint(1, 999)} | {draw.choice(ACTS)} |" for _ in range(draw.randint(2, 6))
    ]
    return ["\n".join(["| Place | Delegates | Outcome |", "|---|---|---|", *rows])]


def _quote(draw: Draw) -> list[str]:
    return [f"> {_sentence(draw)}"]


def _faq(draw: Draw) -> list[str]:
    asked = [f"Q: Who {draw.choice(ACTS)} {draw.choice(THINGS)}?\nA: {_sentence(draw)}" for _ in range(3)]
    return ["## Frequently Asked Questions", *asked]


def _callout(draw: Draw) -> list[str]:
    return [f"Did you know? {_sentence(draw)}"]


def _notice(draw: Draw) -> list[str]:
    return [f"Editor's note: {_sentence(draw)}"]


def _tip(_: Draw) -> list[str]:
    return ["Pro Tip: Keep a map of the region at hand."]


def _inline_furniture(draw: Draw) -> list[str]:
    return [draw.choice(("Advertisement", "Share this article", "Read also: " + _title(draw), "5 min read"))]


def _contents(draw: Draw) -> list[str]:
    return ["\n".join(["Table of Contents", *(f"{number}. {_title(draw)}" for number in range(1, 5))])]


PARTS: tuple[Part, ...] = (
    _heading,
    _bullets,
    _numbers,
    _table,
    _quote,
    _faq,
    _callout,
    _notice,
    _tip,
    _inline_furniture,
)
HEAD: tuple[Part, ...] = (
    lambda draw: [f"Home » World » {_title(draw)}"],
    lambda _: ["Skip to content", "Menu"],
    lambda _: ["We use cookies to show you this page.", "Accept all"],
    lambda _: ["Ad blocker detected: please turn it off to read this page."],
)
UNDER_TITLE: tuple[Part, ...] = (
    lambda draw: [f"By {draw.choice(NAMES)}"],
    lambda draw: [f"Updated: {draw.randint(1, 28)} May 2025"],
    lambda draw: [f"{draw.choice(PLACES).upper()} — {_sentence(draw)}"],
    lambda draw: [_sentence(draw)],
    _contents,
)
TAIL: tuple[Part, ...] = (
    lambda draw: ["Related articles\n" + "\n".join(f"- {_title(draw)}" for _ in range(4))],
    lambda _: ["Leave a Comment", "Your email address will not be published. Required fields are marked *"],
    lambda _: ["Subscribe to our newsletter"],
    lambda _: ["© 2025 Example Gazette. All rights reserved."],
    lambda _: ["Facebook | Twitter | WhatsApp"],
    lambda _: ["What do you think? Share your view in the comments below."],
)


if __name__ == "__main__":
    write_project(Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else SEED)
