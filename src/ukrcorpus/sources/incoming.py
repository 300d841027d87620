"""One article on its way in: its bytes, what its container says of it, and where it stands there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.decode import Decoded
from ukrcorpus.sources.stated import Statement

MAX_BYTES: Final = 5_000_000  # of one article


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article's bytes and what is said of them. ``decoded`` is set where its container was decoded.

    ``record`` counts the records of the container from 1; ``record_id`` is the container's own name for it.
    ``content_type`` is what the server said.
    """

    where: str
    data: bytes
    suffix: str
    decoded: Decoded | None = None
    content_type: str | None = None
    statements: tuple[Statement, ...] = ()
    container: str | None = None
    record: int | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that holds no article by its kind, such as the request of a WARC."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why what the user says of a container fits none of its records; it is counted as no record."""

    error: CorpusError


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of bytes, unpacked, and what the user says of how to read it."""

    stream: BufferedReader
    name: str
    address: str
    packed: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


# What a reader yields: an article, a record that holds none, or why a record is refused, and last what fits no
# record. It raises where nothing more can be read.
Read = Iterator[Incoming | Skipped | CorpusError | Unfit]


def too_big(where: str, n_bytes: str) -> CorpusError:
    """Return the refusal of more bytes than an article has."""
    return CorpusError(
        "source-size",
        f"{n_bytes} bytes; an article has at most {MAX_BYTES:,}.",
        where=where,
        remedy="Cut the file into its articles, one file each.",
    )
