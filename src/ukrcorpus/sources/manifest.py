"""``raw/manifest.jsonl``: one line per article, read and written as a whole, and checked against the files."""

from collections.abc import Iterable, Iterator

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import stats_below
from ukrcorpus.core.tables import write_text
from ukrcorpus.sources.entry import EntryError, ManifestEntry, parse_line
from ukrcorpus.sources.proved import Proved, is_right
from ukrcorpus.sources.readers import check_source

__all__ = ["ManifestEntry", "check_manifest", "numbered_entries", "read_manifest", "write_manifest"]

_Numbered = tuple[int, ManifestEntry]


def read_manifest(project: Project) -> tuple[ManifestEntry, ...]:
    """Return the manifest's entries by article_id; raise the first slip as a ``CorpusError``.

    A project without a manifest has no articles.
    """
    lines, findings = _read(project)
    findings += _check_ids(project, lines)
    if findings:
        raise findings[0].as_error()
    return tuple(sorted((entry for _, entry in lines), key=lambda entry: entry.article_id))


def write_manifest(project: Project, entries: Iterable[ManifestEntry]) -> None:
    """Write the manifest, one line per article in the order of their ids."""
    ordered = sorted(entries, key=lambda entry: entry.article_id)
    write_text(project.manifest, "".join(f"{entry.as_line()}\n" for entry in ordered))


def check_manifest(project: Project, proved: Proved | None = None) -> Iterator[Finding]:
    """Yield whatever is wrong with the manifest, and with the files of ``raw/`` behind its back.

    What is ``proved`` is not read again, as long as nothing is wrong; without it, every file is read.
    Rules: ``manifest-json``, ``manifest-keys``, ``manifest-value``, ``manifest-duplicate-id``,
    ``manifest-supersedes``, ``manifest-url-clash``, ``raw-unlisted`` and those of ``read_source``.
    """
    if proved is not None and is_right(project, proved):
        return
    lines, findings = _read(project)
    yield from findings
    yield from _check_ids(project, lines)
    yield from _check_supersedes(project, lines)
    yield from _check_urls(project, lines)
    yield from filter(None, (check_source(project, entry) for _, entry in lines))
    if not findings:
        yield from _check_unlisted(project, lines)


def numbered_entries(project: Project) -> Iterator[_Numbered | Finding]:
    """Yield each line's number from 1 and its entry, or what is wrong with it, one line in memory at a time."""
    if not project.manifest.is_file():
        return
    with project.manifest.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, parse_line(line.removesuffix(b"\n").decode("utf-8", "replace"))
            except EntryError as error:
                yield Finding(error.rule, _where(project, number), error.got, error.expected, error.remedy)


def _read(project: Project) -> tuple[list[_Numbered], list[Finding]]:
    lines: list[_Numbered] = []
    findings: list[Finding] = []
    for one in numbered_entries(project):
        if isinstance(one, Finding):
            findings.append(one)
        else:
            lines.append(one)
    return lines, findings


def _where(project: Project, number: int) -> str:
    return f"{project.address(project.manifest)}:{number}"


def _check_ids(project: Project, lines: list[_Numbered]) -> list[Finding]:
    first: dict[str, int] = {}
    findings = []
    for number, entry in lines:
        earlier = first.setdefault(entry.article_id, number)
        if earlier != number:
            got = f"the id '{entry.article_id}' of line {earlier} again"
            remedy = "Keep the line that fits the file in raw/articles/, remove the other."
            findings.append(Finding("manifest-duplicate-id", _where(project, number), got, "one line per id", remedy))
    return findings


def _check_supersedes(project: Project, lines: list[_Numbered]) -> Iterator[Finding]:
    ids = {entry.article_id for _, entry in lines}
    for number, entry in lines:
        if entry.supersedes is not None and (entry.supersedes not in ids or entry.supersedes == entry.article_id):
            got, expected = f"supersedes = '{entry.supersedes}'", "another article of the manifest"
            yield Finding("manifest-supersedes", _where(project, number), got, expected, "Name the earlier article.")


def _check_urls(project: Project, lines: list[_Numbered]) -> Iterator[Finding]:
    """Yield every article under a known url that does not say which one it supersedes."""
    last: dict[str, str] = {}
    for number, entry in sorted(lines, key=lambda line: line[1].supersedes is not None):
        if entry.url is None:
            continue
        earlier = last.setdefault(entry.url, entry.article_id)
        if earlier != entry.article_id and entry.supersedes is None:
            got = f"the url of '{earlier}' again"
            remedy = f"Set supersedes to '{earlier}', or mend the url."
            expected = "one article per url, or one that supersedes the other"
            yield Finding("manifest-url-clash", _where(project, number), got, expected, remedy)


def _check_unlisted(project: Project, lines: list[_Numbered]) -> Iterator[Finding]:
    listed = {entry.file for _, entry in lines} | {entry.extracted for _, entry in lines}
    for folder in ("articles", "extracted"):
        names = stats_below(project.raw / folder) if (project.raw / folder).is_dir() else ()
        left = (project.raw / folder / name for name in names if f"{folder}/{name}" not in listed)
        for path in sorted(path for path in left if not path.name.startswith(".")):
            remedy = f"Ingest it (ukrcorpus ingest {project.address(path)} --id {path.stem}), or take it away."
            yield Finding("raw-unlisted", project.address(path), "no line for it", "a line in manifest.jsonl", remedy)
