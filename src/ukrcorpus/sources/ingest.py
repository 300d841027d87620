"""Articles into ``raw/``: byte for byte, with their provenance; what is not used is refused with a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.sources.accept import accept
from ukrcorpus.sources.formats import Format, format_of
from ukrcorpus.sources.incoming import MAX_BYTES, Incoming, Read, Skipped, Source, Unfit
from ukrcorpus.sources.options import Given, IngestOptions, read_options
from ukrcorpus.sources.report import ContainerLines, IngestLine, IngestReport, Outcome, open_refusals, refusals_file
from ukrcorpus.sources.shelf import Shelf, open_shelf
from ukrcorpus.sources.streams import open_stream
from ukrcorpus.sources.values import shown

__all__ = ["MAX_BYTES", "IngestLine", "IngestReport", "Outcome", "ingest", "silent"]

# Told after each record how many bytes of the file have been read.
Progress = Callable[[Path, int], None]


def silent(_file: Path, _n_bytes: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What every file of one call shares."""

    project: Project
    given: Given
    shelf: Shelf
    progress: Progress


def ingest(
    project: Project, files: Sequence[Path], options: IngestOptions, progress: Progress = silent
) -> IngestReport:
    """Copy articles into ``raw/`` and enter them in the manifest; return what became of each file.

    A refused file or record stops no other. Bytes that are there already are reported, not added again.
    Files of many articles are streamed: memory does not grow with them. Raises where the options
    themselves are wrong, or the manifest cannot be read.
    """
    with open_shelf(project) as shelf:
        work = _Work(project, read_options(options, shelf), shelf, progress)
        return IngestReport(tuple(_ingest_file(work, file) for file in files))


def _ingest_file(work: _Work, file: Path) -> IngestLine | ContainerLines:
    try:
        form, packed = _opened(file, work.given)
    except CorpusError as error:
        return IngestLine(file, Outcome.REFUSED, error=error)
    if form.holds_many:
        return _ingest_container(work, file, form, packed)
    try:
        return _ingest_article(work, file, form, packed)
    except CorpusError as error:
        return IngestLine(file, Outcome.REFUSED, error=error)


def _opened(file: Path, given: Given) -> tuple[Format, bool]:
    if not file.is_file():
        raise CorpusError("source-missing", "there is no such file.", where=str(file), remedy="Check the path.")
    form, packed = format_of(file, given.options.form)
    if form.holds_many and given.alone:
        remedy = f"Leave {given.alone} out; a record's url and id come from its columns or its WARC headers."
        raise CorpusError("ingest-alone", f"{given.alone} fits one article only.", where=str(file), remedy=remedy)
    return form, packed


def _ingest_article(work: _Work, file: Path, form: Format, packed: bool) -> IngestLine:
    with open_stream(file, gz=packed) as (stream, raw):
        (incoming,) = form.read(_source(work.given, file, stream, packed))
        work.progress(file, raw.tell())
    assert isinstance(incoming, Incoming), "a form of one article yields one"
    entry, article_id = accept(work.project, incoming, work.given, work.shelf)
    if entry is None:
        return IngestLine(file, Outcome.KNOWN, article_id)
    conflicts = tuple(f"{name}: {said}" for name, all_said in sorted(entry.conflicts.items()) for said in all_said)
    return IngestLine(file, Outcome.ADDED, article_id, conflicts=conflicts)


def _ingest_container(work: _Work, file: Path, form: Format, packed: bool) -> ContainerLines:
    path = refusals_file(work.project, file)
    lines = ContainerLines(file, work.project.address(path))
    with open_refusals(path) as refusals, open_stream(file, gz=packed) as (stream, raw):
        for one in _until_error(form.read(_source(work.given, file, stream, packed))):
            if isinstance(one, Unfit):
                lines.unfit.append(one.error)
                refusals.add(one.error, of_record=False)
            elif refused := one if isinstance(one, CorpusError) else _take(work, one, lines):
                lines.refuse(refused)
                refusals.add(refused)
            work.progress(file, raw.tell())
    return lines


def _until_error(records: Read) -> Read:
    """Yield what a reader yields, and last the reason why it can read no more."""
    try:
        yield from records
    except CorpusError as error:
        yield error


def _take(work: _Work, one: Incoming | Skipped, lines: ContainerLines) -> CorpusError | None:
    """Count a record that was used or skipped; return why it is refused."""
    if isinstance(one, Skipped):
        lines.skip(one.reason)
        return None
    try:
        entry, _ = accept(work.project, one, work.given, work.shelf)
    except CorpusError as error:
        return error
    lines.add(Outcome.ADDED if entry is not None else Outcome.KNOWN, tuple(entry.conflicts) if entry else ())
    return None


def _source(given: Given, file: Path, stream: BufferedReader, packed: bool) -> Source:
    return Source(
        stream, shown(file.name), shown(str(file)), packed, given.options.encoding, given.delimiter, given.columns
    )
