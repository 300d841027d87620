"""Structure and repair on whole pages with gold, and the article body against what people use today.

    python benchmarks/structure.py [FOLDER] [--failures]

The pages are TOML files as in tests/normalise/pages (the default); other tools get the same pages.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from gold_pages import LINES, Outcome, outcome, read_pages  # noqa: E402
from ukrcorpus.schema.read import read_schema  # noqa: E402

_WORD = re.compile(r"\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "tests" / "normalise" / "pages")
    parser.add_argument("--failures", action="store_true", help="name every row and line that is not as it should be")
    given = parser.parse_args()
    repairs = read_schema(ROOT / "schema").repairs
    outcomes = [outcome(page, repairs) for page in read_pages(given.folder)]
    if not outcomes:
        parser.error(f"no page in {given.folder}")
    print_rows(outcomes)
    print_lines(outcomes)
    print_bodies(outcomes)
    if given.failures:
        print_failures(outcomes)


def print_rows(outcomes: list[Outcome]) -> None:
    """Print done/total of the rows per action, and per kind within it."""
    judged = [(row.action, row.kind, came.row_done(row)) for came in outcomes for row in came.page.rows]
    for action, total in sorted(Counter(action for action, _, _ in judged).items()):
        done = sum(ok for one, _, ok in judged if one == action)
        print(f"{action:<12} {done:>4} of {total:<4} {100 * done / total:5.1f} %")
        for kind, n in sorted(Counter(kind for one, kind, _ in judged if one == action).items()):
            right = sum(ok for one, other, ok in judged if (one, other) == (action, kind))
            print(f"    {kind:<36} {right:>3} of {n:<3}{'' if right == n else '  *'}")


def print_lines(outcomes: list[Outcome]) -> None:
    """Print how many lines have the right kind, and how many pages are right in every line."""
    pairs = [pair for came in outcomes for pair in came.aligned_lines()]
    right = sum(gold is not None and got is not None and gold[0] == got[0] for gold, got in pairs)
    print(f"{'block kinds':<12} {right:>4} of {len(pairs):<4} {100 * right / len(pairs):5.1f} %")
    for kind, n in sorted(Counter(gold[0] for gold, _ in pairs if gold).items()):
        same = sum(gold is not None and got is not None and gold[0] == got[0] == kind for gold, got in pairs)
        print(f"    {kind:<36} {same:>3} of {n:<3}{'' if same == n else '  *'}")
    whole = sum(came.done(LINES) for came in outcomes)
    print(f"{'whole pages':<12} {whole:>4} of {len(outcomes):<4} {100 * whole / len(outcomes):5.1f} %")


def print_bodies(outcomes: list[Outcome]) -> None:
    """Print precision and recall of the characters of the article's words, ours and other tools'."""
    for form, tools in TOOLS.items():
        chosen = [came for came in outcomes if came.page.form == form]
        if not chosen:
            continue
        print(f"article body of {len(chosen)} {form} pages, characters of words in order")
        print(f"    {'':<36} precision  recall")
        for name, tool in tools.items():
            kept, came_out, gold = map(sum, zip(*(_overlap(came, tool(came)) for came in chosen), strict=True))
            print(f"    {name:<36} {100 * kept / max(came_out, 1):7.1f} % {100 * kept / gold:6.1f} %")


def print_failures(outcomes: list[Outcome]) -> None:
    """Print each row that is not done, and each line that is missing, too much or of another kind."""
    for came in outcomes:
        for number, row in enumerate(came.page.rows, 1):
            if not came.row_done(row):
                print(f"{came.page.name}: row {number}: {row.action} {row.kind}: {row.find!r} -> {row.wanted!r}")
        for gold, got in came.aligned_lines():
            if gold != got:
                print(f"{came.page.name}: line: expected {gold}\n{'':>{len(came.page.name)}}  got {got}")


def _overlap(came: Outcome, text: str) -> tuple[int, int, int]:
    """Return the characters of words in common, in the tool's text, and in the gold."""
    gold = _words(line for _kind, line in came.page.expected)
    words = _words([text])
    matcher = SequenceMatcher(None, gold, words, autojunk=False)
    common = sum(len(word) for at, _, size in matcher.get_matching_blocks() for word in gold[at : at + size])
    return common, sum(map(len, words)), sum(map(len, gold))


def _words(lines: Iterable[str]) -> list[str]:
    return _WORD.findall("\n".join(lines).casefold())


def ours(came: Outcome) -> str:
    return came.text.text


def raw(came: Outcome) -> str:
    return came.page.source


def justext_on_lines(came: Outcome) -> str:
    """Give jusText every line as a paragraph: it takes HTML only."""
    import html

    lines = (line for line in came.page.source.splitlines() if line.strip())
    return _justext("".join(f"<p>{html.escape(line)}</p>" for line in lines), came.page.language)


def justext_on_html(came: Outcome) -> str:
    return _justext(came.page.source, came.page.language)


def _justext(page: str, language: str) -> str:
    import justext

    names = {"en": "English", "uk": "Ukrainian", "ru": "Russian"}
    found = justext.justext(page.encode(), justext.get_stoplist(names[language]), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def trafilatura_text(came: Outcome) -> str:
    import trafilatura

    return trafilatura.extract(came.page.source, include_comments=False) or ""


def readability(came: Outcome) -> str:
    import html2text
    from readability import Document

    document = Document(came.page.source)
    writer = html2text.HTML2Text(bodywidth=0)
    writer.ignore_links = writer.ignore_images = True
    return f"{document.short_title()}\n{writer.handle(document.summary())}"


TOOLS: dict[str, dict[str, Callable[[Outcome], str]]] = {
    "text": {"ukrcorpus": ours, "raw text": raw, "jusText, a line a paragraph": justext_on_lines},
    "html": {
        "ukrcorpus": ours,
        "trafilatura, txt": trafilatura_text,
        "readability-lxml + html2text": readability,
        "jusText": justext_on_html,
    },
}

if __name__ == "__main__":
    main()
