"""The forms that ``ingest`` reads, in one tuple: their suffixes and their readers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.incoming import MAX_BYTES, Incoming, Read, Source, too_big
from ukrcorpus.sources.jsonl import read_jsonl
from ukrcorpus.sources.streams import is_gzip
from ukrcorpus.sources.tables import read_csv
from ukrcorpus.sources.warc import read_warc

_GZ: Final = ".gz"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of input: the suffixes that tell it, its reader, and whether it holds many articles."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Read]
    holds_many: bool


def _read_whole(suffix: str) -> Callable[[Source], Read]:
    def read(source: Source) -> Read:
        data = source.stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_big(source.address, f"more than {MAX_BYTES:,}")
        yield Incoming(source.address, data, suffix, container=source.name if source.packed else None)

    return read


def _read_tsv(source: Source) -> Read:
    return read_csv(replace(source, delimiter=source.delimiter or "\t"))


FORMATS: Final = (
    Format("txt", (".txt",), _read_whole(".txt"), holds_many=False),
    Format("md", (".md", ".markdown"), _read_whole(".md"), holds_many=False),
    Format("html", (".html", ".htm", ".xhtml"), _read_whole(".html"), holds_many=False),
    Format("jsonl", (".jsonl", ".ndjson"), read_jsonl, holds_many=True),
    Format("csv", (".csv",), read_csv, holds_many=True),
    Format("tsv", (".tsv",), _read_tsv, holds_many=True),
    Format("warc", (".warc",), read_warc, holds_many=True),
)
NAMES: Final = tuple(one.name for one in FORMATS)


def format_of(path: Path, given: str | None) -> tuple[Format, bool]:
    """Return a file's format, by its suffix or as given, and whether it is packed with gzip, by suffix or bytes."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    named = suffixes[-1:] == [_GZ]
    packed = named or is_gzip(path)
    if given is not None:
        return next(one for one in FORMATS if one.name == given), packed
    suffix = "".join(suffixes[-2:-1] if named else suffixes[-1:])
    found = next((one for one in FORMATS if suffix in one.suffixes), None)
    if found is None:
        listed = ", ".join(NAMES)
        raise CorpusError(
            "source-suffix",
            f"'{suffix or path.name}' files are not read.",
            where=str(path),
            remedy=f"Say what it is: --format {{{listed}}}; for other forms save the article's text as txt.",
        )
    return found, packed
