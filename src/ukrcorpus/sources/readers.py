"""The source text of an article: the decoded raw file, or what was taken out of a page at ingest."""

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.sources.entry import ManifestEntry

_RESTORE = "Restore it from git; what changes goes into corrections.toml, or is ingested as a new article."


def read_source(project: Project, entry: ManifestEntry) -> str:
    """Return the source text, proved against the manifest by hash; else raise a ``CorpusError``.

    Rules: ``manifest-file-missing``, ``raw-changed``, ``extracted-missing``, ``extracted-changed``,
    ``source-changed``. Line ends stay as they are.
    """
    problem, text = _read(project, entry)
    if problem is not None:
        raise problem.as_error()
    return text


def check_source(project: Project, entry: ManifestEntry) -> Finding | None:
    """Return what keeps ``read_source`` from returning the entry's text, if anything does."""
    return _read(project, entry)[0]


def source_sha256(text: str) -> str:
    """Return the hash that names a source text."""
    return sha256(text.encode("utf-8"))


def _read(project: Project, entry: ManifestEntry) -> tuple[Finding | None, str]:
    path = project.raw / entry.file
    where = project.address(path)
    if not path.is_file():
        return Finding("manifest-file-missing", where, "no such file", "the file of a manifest line", _RESTORE), ""
    data = path.read_bytes()
    if sha256(data) != entry.sha256:
        return Finding("raw-changed", where, f"sha256 {sha256(data)}", entry.sha256, _RESTORE), ""
    if entry.extracted:
        return _read_extracted(project, entry.extracted, entry.source_sha256)
    try:
        text = data.decode(entry.encoding)
        digest = source_sha256(text)
    except UnicodeError as error:
        return Finding("source-changed", where, f"bytes that are not {entry.encoding}", str(error), _RESTORE), ""
    if digest != entry.source_sha256:
        return Finding("source-changed", where, f"another text as {entry.encoding}", entry.source_sha256, _RESTORE), ""
    return None, text


def _read_extracted(project: Project, file: str, expected: str) -> tuple[Finding | None, str]:
    path = project.raw / file
    where = project.address(path)
    if not path.is_file():
        return Finding("extracted-missing", where, "no such file", "the page's text, made at ingest", _RESTORE), ""
    data = path.read_bytes()
    if sha256(data) != expected:
        return Finding("extracted-changed", where, f"sha256 {sha256(data)}", expected, _RESTORE), ""
    return None, data.decode("utf-8")
