"""``release.json`` as values: a record of another form is refused with the place of its first slip."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.core.logical_hash import check_known
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import FORMAT
from ukrcorpus.derive.folder import RELEASE_FILE

RULE: Final = "release-json"
_AGAIN: Final = "Fetch or build the release again; an edited release is no release."


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is recorded of a file."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class SplitRecord:
    """Rows and files of one split of a table."""

    rows: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnRecord:
    """One column as its table's definition had it."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class TableRecord:
    """What is recorded of a table. ``full_logical_hash`` is that of the full edition, where it differs."""

    rows: int
    logical_hash: str
    key: tuple[str, ...]
    columns: tuple[ColumnRecord, ...]
    splits: dict[str, SplitRecord]
    full_logical_hash: str | None = None


@dataclass(frozen=True, slots=True)
class KnownErrorRecord:
    """An error that the release is known to have."""

    about: str
    what: str


@dataclass(frozen=True, slots=True)
class WithdrawnRecord:
    """What was known as withdrawn when texts were put back: (kind, id), and the lists that said so."""

    by: tuple[str, ...]
    withdrawn: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What verifying reads of ``release.json``; other keys are left to those who wrote them."""

    name: str
    version: str
    release_date: str
    edition: str
    scheme_version: str
    guideline_version: str
    made_with: dict[str, str]
    logical_hash: str
    default_config: str | None
    tables: dict[str, TableRecord]
    inputs: dict[str, str]
    files: dict[str, FileRecord]
    known_errors: tuple[KnownErrorRecord, ...] = ()
    title: str | None = None
    licence: str | None = None
    authors: tuple[str, ...] = ()
    doi: str | None = None
    code_sha256: str | None = None
    rehydrated_from: str | None = None
    withdrawn_since: WithdrawnRecord | None = None


def read_record(folder: Path) -> Record:
    """Return the record of a release, or raise ``release-json`` with the place of what does not fit."""
    import msgspec

    file = folder / RELEASE_FILE
    try:
        given = msgspec.json.decode(file.read_bytes())
        if isinstance(given, dict) and given.get("format") != FORMAT:
            what = f"format {given.get('format')!r}, and this version of ukrcorpus reads {FORMAT}."
            raise CorpusError(RULE, what, where=RELEASE_FILE, remedy="Update ukrcorpus, or fetch the release again.")
        record: Record = msgspec.convert(given, Record)
        check_known(given, RELEASE_FILE)
    except FileNotFoundError as error:
        what = "there is no such file."
        raise CorpusError(RULE, what, where=RELEASE_FILE, remedy="Name the folder of a release.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(RULE, f"{error}.", where=RELEASE_FILE, remedy=_AGAIN) from error
    return record
