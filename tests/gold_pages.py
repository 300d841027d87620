"""Whole pages with their gold: what each line comes to, and what becomes of single phenomena.

`python tests/gold_pages.py [FOLDER]` writes the known failures of a folder's pages anew.
"""

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.blocks import Block, blocks_of
from ukrcorpus.normalise.flags import Flag, flags_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.schema.model import Repairs
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.pages import extract_page

ACTIONS = ("remove", "repair", "restructure", "keep", "flag")
LINES = "lines"
TESTS = Path(__file__).parent
# Two lines this much alike are one line, come out in two ways.
_ALIKE = 0.75
_CELL = re.compile(r"</t[dh]>\s*<t[dh][^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_KNOWN = re.compile(r"^known_failures = .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One phenomenon: ``find`` is verbatim in the source; ``result`` is what it should come to."""

    kind: str
    action: str
    find: str
    occurrence: int = 1
    result: str | None = None
    block: str | None = None

    @property
    def wanted(self) -> str:
        """What should be left of the words."""
        if self.action == "remove":
            return ""
        return self.find if self.result is None else self.result


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page as it comes in, and what a careful editor makes of it: one (kind, line) per block."""

    name: str
    language: str
    style: str
    form: str
    source: str
    expected: tuple[tuple[str, str], ...]
    rows: tuple[GoldRow, ...]
    known_failures: frozenset[str] = frozenset()

    def parts(self) -> tuple[str, ...]:
        """Return the names of what is judged: the lines as a whole, and each row by its number from 1."""
        return (LINES, *(f"row {number}" for number, _row in enumerate(self.rows, 1)))


@dataclass(frozen=True)
class Outcome:
    """What the normaliser makes of a page."""

    page: GoldPage
    text: AlignedText

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text."""
        return blocks_of(self.text)

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The text's lines with their kinds."""
        return tuple((block.kind.value, self.text.text[block.start : block.end]) for block in self.blocks)

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of the text."""
        return tuple(flags_of(self.text, self.blocks))

    def done(self, part: str) -> bool:
        """Say whether a part of the page came out as written."""
        if part == LINES:
            return self.lines == self.page.expected
        return self.row_done(self.page.rows[int(part.removeprefix("row ")) - 1])

    def row_done(self, row: GoldRow) -> bool:
        """Say whether a phenomenon came out as its row says."""
        return self._by_words(row) if self.page.form == "html" else self._by_offsets(row)

    def _by_offsets(self, row: GoldRow) -> bool:
        at = _place(self.page, row)
        start, end = self.text.to_text(at, at + len(row.find))
        left = self.text.text[start:end]
        if row.action in ("remove", "repair"):
            return left.strip() == row.wanted.strip()
        return left == row.wanted and self._marked(row, start, end)

    def _by_words(self, row: GoldRow) -> bool:
        """Judge by the words: how often they stand in the text, against how often they should."""
        gold, text = "\n".join(line for _kind, line in self.page.expected), self.text.text
        words = {_words(row.find), _words(row.wanted)} - {""}
        if any(text.count(one) != gold.count(one) for one in words):
            return False
        at = text.find(_words(row.wanted))
        return row.action in ("remove", "repair") or self._marked(row, at, at + len(_words(row.wanted)))

    def _marked(self, row: GoldRow, start: int, end: int) -> bool:
        """Say whether the block has the row's kind, and a flag of the row's kind touches the words."""
        if row.action == "flag":
            return any(flag.kind == row.kind and flag.start < end and start < flag.end for flag in self.flags)
        kinds = [block.kind.value for block in self.blocks if block.start <= start < block.end]
        return row.block is None or kinds == [row.block]

    def aligned_lines(self) -> tuple[tuple[tuple[str, str] | None, tuple[str, str] | None], ...]:
        """Return pairs of an expected line and the line that came out; None where there is none."""
        gold, got = self.page.expected, self.lines
        matcher = SequenceMatcher(None, [line for _, line in gold], [line for _, line in got], autojunk=False)
        pairs: list[tuple[tuple[str, str] | None, tuple[str, str] | None]] = []
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                pairs += zip(gold[a:b], got[c:d], strict=True)
            else:
                pairs += _similar(gold[a:b], got[c:d])
        return tuple(pairs)


def read_pages(folder: Path) -> tuple[GoldPage, ...]:
    """Return the pages of a folder by name; every row's words must stand in its source."""
    pages = tuple(_page(path) for path in sorted(folder.glob("*.toml")))
    for page in pages:
        for row in page.rows:
            _place(page, row)
    return pages


def outcome(page: GoldPage, repairs: Repairs) -> Outcome:
    """Return what the normaliser makes of a page."""
    source = extract_page(page.source, page.name)[0] if page.form == "html" else page.source
    return Outcome(page, normalised(source, repairs))


def write_known_failures(folder: Path) -> None:
    """Write into every page's file what of it does not come out as written."""
    repairs = read_schema(TESTS.parent / "schema").repairs
    for page in read_pages(folder):
        came = outcome(page, repairs)
        failures = [part for part in page.parts() if not came.done(part)]
        path = folder / f"{page.name}.toml"
        known = f"known_failures = {json.dumps(failures)}\n" if failures else ""
        content = known + _KNOWN.sub("", path.read_text(encoding="utf-8"))
        path.write_text(content, encoding="utf-8", newline="\n")


def _page(path: Path) -> GoldPage:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = tuple(_row(row, path.stem) for row in content.pop("rows"))
    expected = tuple((kind, line) for kind, line in content.pop("expected"))
    known = frozenset(content.pop("known_failures", ()))
    page = GoldPage(name=path.stem, expected=expected, rows=rows, known_failures=known, **content)
    assert page.form in ("text", "html"), f"{page.name}: form {page.form}"
    assert known <= set(page.parts()), f"{page.name}: known_failures names no part: {known - set(page.parts())}"
    return page


def _row(content: Mapping[str, Any], name: str) -> GoldRow:
    row = GoldRow(**content)
    assert row.action in ACTIONS, f"{name}: action {row.action}"
    assert (row.result is not None) or row.action != "repair", f"{name}: repair without result: {row.find}"
    return row


def _place(page: GoldPage, row: GoldRow) -> int:
    at = -1
    for _occurrence in range(row.occurrence):
        at = page.source.find(row.find, at + 1)
        assert at >= 0, f"{page.name}: not {row.occurrence} times in the source: {row.find}"
    return at


def _words(html: str) -> str:
    return " ".join(_TAG.sub("", _CELL.sub(" | ", html)).split())


def _similar(
    gold: tuple[tuple[str, str], ...], got: tuple[tuple[str, str], ...]
) -> list[tuple[tuple[str, str] | None, tuple[str, str] | None]]:
    """Pair lines that came out a little otherwise, in order; the others stand alone."""
    pairs: list[tuple[tuple[str, str] | None, tuple[str, str] | None]] = []
    rest = list(got)
    for line in gold:
        near = next((i for i, other in enumerate(rest) if _ratio(line[1], other[1]) >= _ALIKE), None)
        if near is None:
            pairs.append((line, None))
            continue
        pairs += [(None, other) for other in rest[:near]]
        pairs.append((line, rest[near]))
        rest = rest[near + 1 :]
    return pairs + [(None, other) for other in rest]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


if __name__ == "__main__":
    write_known_failures(Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS / "normalise" / "pages")
