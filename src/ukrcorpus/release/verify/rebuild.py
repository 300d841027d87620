"""A release built again from its project, somewhere else, and compared byte for byte and by logical hash."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError, Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, hashes, source_hash, tool_versions
from ukrcorpus.core.tables import write_text
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build
from ukrcorpus.release.record import inputs_of
from ukrcorpus.release.verify.files import NOT_OURS, Held
from ukrcorpus.release.verify.notices import CHANGELOG
from ukrcorpus.release.verify.record import Record
from ukrcorpus.release.versions import number
from ukrcorpus.sources.published import lines_of_others, published_file
from ukrcorpus.sources.released import NAME as RELEASES

REBUILD: Final[dict[str, str]] = {
    "rebuild-project": "The project is the one that the release was built from, at that version.",
    "rebuild-inputs": "Every input of the project is the one that the release was built from.",
    "rebuild-tools": "The toolkit and its libraries are those that built the release.",
    "rebuild-stopped": "The project builds.",
    "rebuild-rows": "Every table built again has the logical hash that release.json lists.",
    "rebuild-bytes": "Every file built again has the same bytes.",
}
_NOT_COPIED: Final = frozenset({"build", "dist", RELEASES})
_CHECKOUT: Final = "Check out the commit that the release was built from, and run it again."
_LOCK: Final = "Install what release.json lists under made_with (the lock of that commit), and run it again."
_FAULT: Final = "Nothing that is recorded explains it: report it, with both files."


@dataclass
class Rebuilt:
    """What building again found; ``tools`` are the differences that may explain other bytes."""

    findings: list[Finding] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)


def rebuild(project: Project, held: Held, record: Record) -> tuple[Finding, ...]:
    """Build the project in a temporary place and return what differs; its own build/ and dist/ stay as they are."""
    made = Rebuilt()
    info = project.info()
    if (info.name, info.version) != (record.name, record.version):
        got, expected = f"{info.name} {info.version}", f"{record.name} {record.version}"
        return (Finding("rebuild-project", "corpus.toml", got, expected, _CHECKOUT),)
    made.findings += _of_inputs(*_inputs(project, record))
    made.tools = list(_of_tools(record))
    expected = f"what {RELEASE_FILE} lists"
    made.findings += [Finding("rebuild-tools", "here", one, expected, _LOCK, Severity.NOTE) for one in made.tools]
    with tempfile.TemporaryDirectory() as folder:
        _compare(made, _copy(project, Path(folder) / "project", record.version), held, record)
    return tuple(made.findings)


def _copy(project: Project, place: Path, version: str) -> Project:
    """Return a copy of the project at another place: its inputs and its older releases, nothing of what was built.

    Nor what rows its versions were published with, and that this one was: where others come out, the comparison is to
    say which.
    """
    (place / "dist").mkdir(parents=True)
    for path in project.root.iterdir():
        if path.name not in _NOT_COPIED and not path.name.startswith("."):
            _copy_one(path, place / path.name)
    if published_file(project).is_file():
        write_text(published_file(Project(place)), lines_of_others(project, version))
    for path in project.dist.glob(f"*/{RELEASE_FILE}"):
        older = json.loads(path.read_text(encoding="utf-8"))
        if number(older["version"]) < number(version) and not path.parent.name.startswith("."):
            _copy_one(path.parent, place / "dist" / path.parent.name)
    return Project(place)


def _copy_one(path: Path, place: Path) -> None:
    """Copy a file or folder; a link stays one, and the build says of it what it would say in the project."""
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, place, symlinks=True)
    else:
        shutil.copy2(path, place, follow_symlinks=False)


def _compare(made: Rebuilt, project: Project, held: Held, record: Record) -> None:
    try:
        built = build(project, Edition(record.edition), record.doi)
    except CorpusError as error:
        made.findings.append(Finding("rebuild-stopped", error.where, error.what, "a release", error.remedy))
        return
    if built.folder is None:
        n_errors = built.report.n_errors if built.report else 0
        remedy = "Run ukrcorpus build in the project, which shows them."
        made.findings.append(Finding("rebuild-stopped", "build", f"{n_errors} errors", "none", remedy))
        return
    again = json.loads((built.folder / RELEASE_FILE).read_text(encoding="utf-8"))
    rows = tuple(_of_rows(made, again, record))
    made.findings += rows
    changed = {one.where.removeprefix("data/") for one in rows}
    alike = _as_recorded(held, record, changed)
    made.findings += tuple(_of_bytes(made, hashes(built.folder, [built.folder]), held, alike))


def _inputs(project: Project, record: Record) -> tuple[Hashes, Hashes]:
    """Return the inputs of the project, and those that the release was built from; it holds one of them as it was."""
    own = hashes(project.root, [project.root / CHANGELOG])
    held = {name: record.files[name].sha256 for name in own if name in record.files}
    return inputs_of(project) | own, record.inputs | held


def _of_inputs(inputs: Hashes, recorded: Hashes) -> Iterator[Finding]:
    for name in sorted(inputs.keys() | recorded.keys()):
        if inputs.get(name) != recorded.get(name):
            got = f"SHA-256 {inputs[name]}" if name in inputs else "no such file"
            expected = f"{recorded[name]}, as release.json has it" if name in recorded else "no such input"
            yield Finding("rebuild-inputs", name, got, expected, _CHECKOUT)


def _of_tools(record: Record) -> Iterator[str]:
    here = tool_versions()
    for name in sorted(here.keys() | record.made_with.keys()):
        if here.get(name) != record.made_with.get(name):
            yield f"{name} {here.get(name, 'not here')}, not {record.made_with.get(name, 'there')}"
    if record.code_sha256 and record.code_sha256 != source_hash():
        yield "another code of ukrcorpus"


def _of_rows(made: Rebuilt, again: Mapping[str, Any], record: Record) -> Iterator[Finding]:
    for name in sorted(again["tables"].keys() | record.tables.keys()):
        new, old = again["tables"].get(name, {}), record.tables.get(name)
        pairs = [(new.get("logical_hash"), old and old.logical_hash)]
        pairs.append((new.get("full_logical_hash"), old and old.full_logical_hash))
        for got, expected in pairs:
            if got != expected:
                wanted = f"{expected or 'no such table'}, as {RELEASE_FILE} has it"
                yield Finding("rebuild-rows", f"data/{name}", got or "no such table", wanted, _why(made))


def _as_recorded(held: Held, record: Record, changed: set[str]) -> set[str]:
    """Return the data files of the release that are as recorded, and of tables whose recorded rows came out again."""
    listed = {name for name, file in record.files.items() if held.hashes.get(name) == file.sha256}
    return {name for name in listed if name.startswith("data/") and name.split("/")[1] not in changed}


def _of_bytes(made: Rebuilt, built: Hashes, held: Held, alike: set[str]) -> Iterator[Finding]:
    """Yield the files that differ; other bytes of the same rows are a note where another tool explains them."""
    is_error = not made.tools or any(one.severity is Severity.ERROR for one in made.findings)
    there = {name: digest for name, digest in held.hashes.items() if name not in NOT_OURS}
    for name in sorted(built.keys() | there.keys()):
        if built.get(name) != there.get(name):
            got = f"SHA-256 {there[name]}{', of the same rows' * (name in alike)}" if name in there else "no such file"
            expected = f"{built[name]}, built again" if name in built else "no such file"
            severity = Severity.ERROR if is_error else Severity.NOTE
            yield Finding("rebuild-bytes", name, got, expected, _why(made), severity)


def _why(made: Rebuilt) -> str:
    """Return what explains a difference, as far as release.json tells, and what to do."""
    inputs = [one.where for one in made.findings if one.rule == "rebuild-inputs"]
    if inputs:
        more = f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""
        return f"The inputs are others: {inputs[0]}{more}. {_CHECKOUT}"
    return f"The tools are others: {'; '.join(made.tools)}. {_LOCK}" if made.tools else _FAULT
