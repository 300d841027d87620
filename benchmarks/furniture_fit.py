"""Fit ``src/ukrcorpus/normalise/likely_model.toml``: which whole lines are furniture.

    python benchmarks/furniture_fit.py            fit on all of benchmarks/furniture/ and tests/normalise/pages
    python benchmarks/furniture_fit.py --check    leave each set of pages out in turn, and print what is found there

A logistic regression with a ridge over the signs and stems of ``likely.read``. Lines of whole pages count as they are
after all other passes on furniture, after half of them (twice, at random), and after none; a line is furniture that
the page's gold does not want. Single lines (``lines_*.txt``, ``content_*.txt``) are put into the pages at places of
their kind. Everything was written for this project.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from gold_pages import GoldPage, read_pages
from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.core.project import Project
from ukrcorpus.normalise import likely
from ukrcorpus.normalise.passes import PASSES
from ukrcorpus.schema.model import Repairs
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.pages import extract_page
from ukrcorpus.sources.readers import read_source

ROOT = Path(__file__).parents[1]
LINES = Path(__file__).parent / "furniture"
FOLDERS = (LINES / "pages", ROOT / "tests" / "normalise" / "pages")
MODEL = Path(likely.__file__).with_name("likely_model.toml")
SEED, ROUNDS, AT_ONCE = 2026, 3, 4
RIDGE, FEWEST_PAGES, LEAST = 1.0, 2, 4
# A line of the text costs so many lines of furniture: what is genuine must stay.
CONTENT_WEIGHT = 3.0
LIMITS = {likely.HEAD: 100, likely.BODY: 260, likely.TAIL: 60}
ALIKE, LONG = 0.75, 12
# Where lines of a kind stand: head, body, tail.
PLACES = {
    "cta": "hbt", "adblock": "ht", "cookie": "ht", "comment_form": "t", "related": "bt", "headlines elsewhere": "t",
    "share": "hbt", "widget": "hbt", "byline": "ht", "caption": "hb", "breadcrumb": "h", "toc_header": "h",
    "copyright": "t", "contact": "t",
}  # fmt: skip
FURNITURE = frozenset(step.name for step in PASSES if step.name.startswith("boilerplate."))
MARK = re.compile(r"^(?:[-*•·–—]\s*|\d{1,2}[.)]\s+|[QA]:\s*|\|\s*)")


@dataclass(frozen=True)
class Example:
    """A line as the model sees it; ``source`` is the page or the list that it is from."""

    reading: likely.Reading
    furniture: bool
    source: str
    line: str


@dataclass(frozen=True)
class Text:
    """The lines of a page at some stage, each with whether it is furniture."""

    page: GoldPage
    lines: list[str]
    furniture: list[bool]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    repairs = read_schema(ROOT / "schema").repairs
    pages = [page for folder in FOLDERS for page in read_pages(folder)]
    if parser.parse_args().check:
        check(pages, repairs)
    else:
        write(*fit(examples(pages, repairs)))


def examples(pages: Sequence[GoldPage], repairs: Repairs) -> list[Example]:
    texts = [text for page in pages for text in stages(page, repairs)]
    whole = [one for text in texts for one in of_text(text)] + list(of_samples(repairs))
    chance = random.Random(SEED)
    single = [
        one
        for language in ("en", "uk", "ru")
        for one in inserted(language, [text for text in texts if text.page.language == language], chance)
    ]
    return whole + single


def stages(page: GoldPage, repairs: Repairs) -> Iterator[Text]:
    source = extract_page(page.source, page.name)[0] if page.form == "html" else page.source
    wanted = {plain(line) for _kind, line in page.expected}
    chance = random.Random(page.name)
    halves = [frozenset(name for name in sorted(FURNITURE) if chance.random() < 0.5) for _ in range(2)]
    for left_out in (frozenset(), *halves, FURNITURE):
        text = before_likely(AlignedText.of(source), repairs, left_out)
        lines = text.text.split("\n")
        yield Text(page, lines, [not is_wanted(plain(line), wanted) for line in lines])


def before_likely(text: AlignedText, repairs: Repairs, left_out: frozenset[str]) -> AlignedText:
    """Return what the passes before the model leave, without some of them, run until all are at rest."""
    names = [step.name for step in PASSES]
    steps = [step for step in PASSES[: names.index("boilerplate.likely")] if step.name not in left_out]
    before = None
    while text is not before:
        before = text
        for step in steps:
            text = step.apply(text, repairs)
    return text


def of_text(text: Text) -> Iterator[Example]:
    for reading, furniture, line in zip(likely.read(text.lines), text.furniture, text.lines, strict=True):
        yield Example(reading, furniture, text.page.name, line)


def of_samples(repairs: Repairs) -> Iterator[Example]:
    """Read the sample articles, of which the passes before have left nothing but text."""
    project = Project.open(ROOT)
    for entry in read_manifest(project):
        source = AlignedText.of(read_source(project, entry))
        lines = before_likely(source, repairs, frozenset()).text.split("\n")
        for reading, line in zip(likely.read(lines), lines, strict=True):
            yield Example(reading, furniture=False, source=entry.article_id, line=line)


def inserted(language: str, texts: Sequence[Text], chance: random.Random) -> Iterator[Example]:
    """Put single lines into pages, a few at a time, and read them there."""
    lines = [*own_lines(language)]
    for _round in range(ROUNDS if texts else 0):
        chance.shuffle(lines)
        for at in range(0, len(lines), AT_ONCE):
            text = chance.choice(texts)
            page, places = list(text.lines), []
            for line, kind in lines[at : at + AT_ONCE]:
                places.append((place_of(kind, line, text.lines, chance), line, kind))
            for place, line, _kind in sorted(places, reverse=True):
                page.insert(place, line)
            kinds = {line: kind for _place, line, kind in places}
            for reading, line in zip(likely.read(page), page, strict=True):
                if line in kinds:
                    yield Example(reading, kinds[line] != "content", f"line {line}", line)


def own_lines(language: str) -> Iterator[tuple[str, str]]:
    kind = "content"
    for name in (f"content_{language}.txt", f"lines_{language}.txt"):
        for line in (LINES / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                kind = line[2:] if name.startswith("lines") else "content"
            elif line:
                yield line, kind


def place_of(kind: str, line: str, lines: Sequence[str], chance: random.Random) -> int:
    zones = [reading.zone for reading in likely.read(lines)]
    first = next((at for at, zone in enumerate(zones) if zone != likely.HEAD), len(lines))
    last = max((at for at, zone in enumerate(zones) if zone != likely.TAIL), default=0)
    zone = chance.choice(PLACES.get(kind, "b"))
    if zone == "h":
        return chance.randint(min(1, first), first)
    if zone == "t" or (kind == "content" and line.endswith((".", "”", "»")) and chance.random() < 0.2):
        return chance.randint(last + 1, max(last + 1, len(lines)))
    return chance.randint(min(first + 1, last), max(first + 1, last))


def is_wanted(line: str, wanted: Iterable[str]) -> bool:
    return any(
        line == one or (min(len(line), len(one)) > LONG and (line in one or one in line)) or alike(line, one)
        for one in wanted
    )


def alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def plain(line: str) -> str:
    return MARK.sub("", line).strip(" |").casefold()


def fit(found: Sequence[Example]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the weights of signs and of stems, in hundredths; small ones are left out."""
    sources: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for one in found:
        for key in keys(one.reading):
            sources[key].add(one.source)
    known = {key: at for at, key in enumerate(sorted(key for key, own in sources.items() if len(own) >= FEWEST_PAGES))}
    places = [[known[key] for key in keys(one.reading) if key in known] for one in found]
    ends = np.cumsum([0, *map(len, places)])
    flat = [at for own in places for at in own]
    features = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(found), len(known)))
    labels = np.array([float(one.furniture) for one in found])
    n = np.where(labels > 0, 1.0, CONTENT_WEIGHT)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = features @ weights
        slope = features.T @ (n * (1 / (1 + np.exp(-odds)) - labels)) + RIDGE * weights
        return float((n * (np.logaddexp(0, odds) - labels * odds)).sum() + RIDGE / 2 * weights @ weights), slope

    weights = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    hundredths = {key: round(100 * weights[at]) for key, at in known.items()}
    signs, words = (
        {key: value for (is_word, key), value in hundredths.items() if is_word is of_words and abs(value) >= LEAST}
        for of_words in (False, True)
    )
    return signs, words


def keys(reading: likely.Reading) -> Iterator[tuple[bool, str]]:
    yield from ((False, sign) for sign in reading.signs)
    yield from ((True, word) for word in sorted(reading.words))


def write(signs: dict[str, int], words: dict[str, int]) -> None:
    tables = {"limits": LIMITS, "signs": signs, "words": words}
    text = "# Made by benchmarks/furniture_fit.py from benchmarks/furniture/ and tests/normalise/pages.\n"
    for name, table in tables.items():
        rows = "".join(f'"{key}" = {value}\n' for key, value in sorted(table.items()))
        text += f"\n[{name}]\n{rows}"
    MODEL.write_text(text, encoding="utf-8")
    print(f"{len(signs)} signs, {len(words)} stems")


def check(pages: Sequence[GoldPage], repairs: Repairs) -> None:
    sets = sorted({set_of(page) for page in pages})
    for name in sets:
        signs, words = fit(examples([page for page in pages if set_of(page) != name], repairs))
        model = likely.Model(LIMITS, signs, words)
        found = wrong = n_furniture = n_text = 0
        for page in (page for page in pages if set_of(page) == name):
            text = next(stages(page, repairs))
            gone = set(likely.furniture_of(text.lines, model, is_over=True))
            for at, (line, furniture) in enumerate(zip(text.lines, text.furniture, strict=True)):
                n_furniture += furniture
                n_text += not furniture
                found += furniture and at in gone
                wrong += not furniture and at in gone
                if at in gone and not furniture:
                    print(f"    genuine: {page.name}: {line[:100]}")
        print(f"{name}: {found} of {n_furniture} left lines of furniture found, {wrong} of {n_text} genuine lines lost")


def set_of(page: GoldPage) -> str:
    return page.name.partition("-")[0] if (LINES / "pages" / f"{page.name}.toml").is_file() else "tests"


if __name__ == "__main__":
    main()
