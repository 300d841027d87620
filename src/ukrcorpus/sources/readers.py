"""The source text of an article: the decoded raw file, or what was taken out of a page at ingest."""

import os

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
    data = _bytes(project, entry.file)
    if data is None:
        got, expected = "no such file", "the file of a manifest line"
        return _problem(project, "manifest-file-missing", entry.file, got, expected), ""
    if sha256(data) != entry.sha256:
        return _problem(project, "raw-changed", entry.file, f"sha256 {sha256(data)}", entry.sha256), ""
    if entry.extracted:
        return _read_extracted(project, entry.extracted, entry.source_sha256)
    try:
        text = data.decode(entry.encoding)
        digest = source_sha256(text)
    except UnicodeError as error:
        return _problem(project, "source-changed", entry.file, f"bytes that are not {entry.encoding}", str(error)), ""
    if digest != entry.source_sha256:
        got = f"another text as {entry.encoding}"
        return _problem(project, "source-changed", entry.file, got, entry.source_sha256), ""
    return None, text


def _read_extracted(project: Project, file: str, expected: str) -> tuple[Finding | None, str]:
    data = _bytes(project, file)
    if data is None:
        return _problem(project, "extracted-missing", file, "no such file", "the page's text, made at ingest"), ""
    if sha256(data) != expected:
        return _problem(project, "extracted-changed", file, f"sha256 {sha256(data)}", expected), ""
    return None, data.decode("utf-8")


def _bytes(project: Project, file: str) -> bytes | None:
    """Return what lies in a file below ``raw/``; None where there is none."""
    path = f"{project.raw}{os.sep}{file}"  # one for each article of a corpus; a Path costs as much as reading it
    if not os.path.isfile(path):  # noqa: PTH113
        return None
    with open(path, "rb") as data:  # noqa: PTH123
        return data.read()


def _problem(project: Project, rule: str, file: str, got: str, expected: str) -> Finding:
    return Finding(rule, project.address(project.raw / file), got, expected, _RESTORE)
