"""The manifest as lines: enough of each to see whether its article has changed, without reading the whole of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.sources.entry import EntryError, ManifestEntry, extracted_file, parse_line
from ukrcorpus.sources.manifest import read_manifest

# How write_manifest begins a line: keys are sorted.
HEAD: Final = re.compile(rb'\{"article_id": "([a-z0-9][a-z0-9-]{0,62})", ')
# These keys stand next to each other in a line of its form, and nowhere inside a value.
_FILE: Final = re.compile(
    r'"extractor": (?:null|"([^"\\]*)"), "extractor_version": (?:null|"[^"\\]*"), '
    r'"fetched_at": (?:null|"[^"\\]*"), "file": "([^"\\]*)", "format"'
)


class ManifestLine(NamedTuple):
    """A line of the manifest that may not have been checked yet; ``where`` is its address."""

    article_id: str
    text: str
    where: str

    def entry(self) -> ManifestEntry:
        """Return the entry, or raise what is wrong with the line as a ``CorpusError``."""
        try:
            return parse_line(self.text)
        except EntryError as error:
            raise Finding(error.rule, self.where, error.got, error.expected, error.remedy).as_error() from error

    def files(self) -> tuple[str, ...]:
        """Return the files below ``raw/`` that hold the article's bytes and its text."""
        if told := _FILE.search(self.text):
            extracted = extracted_file(told[2], told[1])
            return (told[2], extracted) if extracted else (told[2],)
        try:
            given = json.loads(self.text)
            files = given["file"], extracted_file(given["file"], given["extractor"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            entry = self.entry()
            files = entry.file, entry.extracted
        return tuple(file for file in files if file)


def manifest_lines(project: Project) -> Iterator[ManifestLine]:
    """Yield the manifest's lines in the order of their ids, one in memory at a time.

    A manifest in another order or form than ``write_manifest`` gives it is read and checked as a whole first.
    """
    address = project.address(project.manifest)
    if not _is_in_order(project.manifest):
        for entry in read_manifest(project):
            yield ManifestLine(entry.article_id, entry.as_line(), f"{address}: {entry.article_id}")
        return
    with project.manifest.open("rb") as file:
        for number, line in enumerate(file, start=1):
            text = line.removesuffix(b"\n").decode("utf-8", "replace")
            head = HEAD.match(line)
            assert head is not None
            yield ManifestLine(head[1].decode("ascii"), text, f"{address}:{number}")


def _is_in_order(manifest: Path) -> bool:
    if not manifest.is_file():
        return False
    last = b""
    with manifest.open("rb") as file:
        for line in file:
            head = HEAD.match(line)
            if head is None or head[1] <= last:
                return False
            last = head[1]
    return True
