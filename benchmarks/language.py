"""The language of lines: right, wrong and undecided by length, and time, against py3langid, in one run.

    python benchmarks/language.py

The lines are those of tests/normalise/languages.toml. They were at hand when the rules were written.
"""

import statistics
import tomllib
from collections.abc import Callable
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from timing import seconds_each

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.language import language_of, languages_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source

ROOT = Path(__file__).parents[1]
LENGTHS = ((0, 20), (21, 40), (41, 80), (81, 1000))
MAIN = ("en", "uk", "ru")
ROUNDS = 7


def main() -> None:
    given = tomllib.loads((ROOT / "tests" / "normalise" / "languages.toml").read_text(encoding="utf-8"))
    lines = [(code, line) for code, text in given.items() if code != "ambiguous" for line in text.strip().split("\n")]
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def theirs(line: str) -> str:
        return str(library.classify(line)[0])

    print(f"{'':16}{'n':>5}   ukrcorpus: right wrong none   py3langid: right wrong")
    for least, most in LENGTHS:
        show(f"{least} to {most}", [pair for pair in lines if least <= len(pair[1]) <= most], theirs)
    for code in (*MAIN, "other"):
        show(code, [pair for pair in lines if (pair[0] if pair[0] in MAIN else "other") == code], theirs)
    show_inside(lines)
    show_times(theirs)


def show_inside(lines: list[tuple[str, str]]) -> None:
    """Print how many short lines are right between two long ones of their language, as headings stand."""
    long = {code: [line for own, line in lines if own == code and len(line) > LENGTHS[1][1]] for code, _ in lines}
    short = [(code, line) for code, line in lines if len(line) <= LENGTHS[1][1] and long[code]]
    right = sum(languages_of([long[code][0], line, long[code][-1]]).lines[1] == code for code, line in short)
    print(f"lines of up to {LENGTHS[1][1]} characters in an article of their language: {right} of {len(short)} right")


def show(name: str, lines: list[tuple[str, str]], theirs: Callable[[str], str]) -> None:
    own = [(code, language_of(line)) for code, line in lines]
    right, none = sum(code == found for code, found in own), sum(found is None for _, found in own)
    other = sum(code == theirs(line) for code, line in lines)
    n = len(lines)
    own_shares = f"{right / n:19.2f}{(n - right - none) / n:6.2f}{none / n:5.2f}"
    print(f"{name:16}{n:5}{own_shares}{other / n:19.2f}{1 - other / n:6.2f}")


def show_times(theirs: Callable[[str], str]) -> None:
    project = Project.open(ROOT)
    repairs = read_schema(project.schema).repairs
    sources = [read_source(project, entry) for entry in read_manifest(project)]
    articles = [normalised(source, repairs).text.split("\n") for source in sources]
    rounds = [
        (seconds_each(languages_of, articles), seconds_each(lambda lines: [theirs(line) for line in lines], articles))
        for _ in range(ROUNDS)
    ]
    ours, library = (1000 * statistics.median(column) / len(articles) for column in zip(*rounds, strict=True))
    print(
        f"an article: ukrcorpus {ours:.2f} ms, py3langid by line {library:.2f} ms: {library / ours:.1f} times as fast"
    )


if __name__ == "__main__":
    main()
