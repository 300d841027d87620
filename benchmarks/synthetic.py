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

MEDIAN, SPREAD, SHORTEST, LONGEST = 3_000, 0.6, 400, 60_000
SEED = 1

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
WHEN = (
    "on Monday,after two hours,before the summit,in the spring,without a vote,behind closed doors,late at night".split(
        ","
    )
)
UKRAINIAN = (
    "Рада розглянула {n} пропозицій і відклала рішення до весни.",
    "Делегація прибула до столиці, але переговори не розпочалися.",
    "Міністерство заявило, що угода потребує {n} додаткових підписів.",
    "За словами речниці, об'єднана група повернеться за {n} днів.",
)
RUSSIAN = (
    "Комиссия рассмотрела {n} предложений и отложила решение до весны.",
    "Делегация прибыла в столицу, но переговоры не начались.",
    "По словам представителя, документ требует {n} новых подписей.",
)
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
        origin="machine_written",
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
    body, place, name, when = (draw.choice(words) for words in (BODIES, PLACES, NAMES, WHEN))
    return draw.choice(
        (
            f"The {body} in {place} {act} {thing} {when}.",
            f"{name}, who leads the {body}, said that {n} delegates had {act} {thing}.",
            f"“We {act} {thing} {when},” said {name} of the {body}, “and {n} others did not.”",
            f"According to the {body}, {thing} would cost {n / 10} million a year; {place} {act} it {when}.",
            f"In {place}, {n} people waited while the {body} {act} {thing}.",
            f"Nobody at the {body} would say why {name} had {act} {thing} {when}.",
        )
    )


def _paragraph(draw: Draw, language: str) -> list[str]:
    if language != "en":
        own = UKRAINIAN if language == "uk" else RUSSIAN
        return [" ".join(draw.choice(own).format(n=draw.randint(2, 99)) for _ in range(draw.randint(2, 6)))]
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
