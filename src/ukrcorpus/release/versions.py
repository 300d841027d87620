"""Which version number the rule asks for: patch, minor or major, and why.

Patch: every row of every table is the same. Minor: every old row is still there with its values and its split; rows,
tables or nullable columns were added. Major: anything else. Before 1.0.0 the middle number stands for both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import pyarrow as pa

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import FORMAT, CorpusInfo, Project
from ukrcorpus.core.screen import folded
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.rights import Edition, text_free
from ukrcorpus.release.diffs.diff import State, compare_tables, state_of
from ukrcorpus.release.diffs.rows import RowDiff
from ukrcorpus.schema.model import Schema

Number = tuple[int, int, int]


class Step(IntEnum):
    """How far a version is from the one before it."""

    PATCH = 0
    MINOR = 1
    MAJOR = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """The least version that may follow ``old``, and the reasons, those for a greater step first."""

    old: str
    step: Step
    version: str
    reasons: tuple[str, ...]

    def as_text(self) -> str:
        """Return the lines a person reads."""
        head = f"{self.version} at least, a {self.step.name.lower()} step from {self.old}:"
        return "\n".join([head, *(folded(reason, "  ", "    ") for reason in self.reasons)])


def asked(old: State, new: State, tables: Mapping[str, RowDiff]) -> Asked:
    """Return the least version for the new state."""
    found = [*_of_tables(old, new), *(one for diff in tables.values() for one in _of_rows(diff, new))]
    found += [one for diff in tables.values() for one in _unseen(old, new, diff)]
    step = max((step for step, _ in found), default=Step.PATCH)
    reasons = [reason for _, reason in sorted(found, key=lambda one: -one[0])]
    return Asked(
        old.version, step, after(old.version, step), tuple(reasons or ["every row of every table is the same"])
    )


def after(version: str, step: Step) -> str:
    """Return the version one step further.

    >>> after("1.4.2", Step.MAJOR), after("1.4.2", Step.MINOR), after("1.4.2", Step.PATCH)
    ('2.0.0', '1.5.0', '1.4.3')
    >>> after("0.4.2", Step.MAJOR), after("0.4.2", Step.MINOR)
    ('0.5.0', '0.5.0')
    """
    major, minor, patch = number(version)
    if step is Step.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if step is Step.MAJOR and major else f"{major}.{minor + 1}.0"


def number(version: str) -> Number:
    """Return a version as three numbers."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def previous(project: Project) -> Path | None:
    """Return the newest release in ``dist/`` of another version than the present one; None before the second one.

    Of a version's editions the full one.
    """
    info = project.info()
    pattern = re.compile(rf"{re.escape(info.name)}-(\d+\.\d+\.\d+)(-{Edition.TEXT_FREE})?")
    named = [(pattern.fullmatch(path.name), path) for path in project.dist.glob(f"{info.name}-*")]
    found = [(number(match[1]), not match[2], path) for match, path in named if match and match[1] != info.version]
    return max(found, default=(None, None, None))[2]


def state_to_be(
    info: CorpusInfo, schema: Schema, tables: Mapping[str, pa.Table], edition: Edition = Edition.FULL
) -> State:
    """Return the state that an edition of a release of these tables would have; ``tables`` are the full ones."""
    record = {
        "format": FORMAT,
        "name": info.name,
        "version": info.version,
        "edition": str(edition),
        "scheme_version": schema.scheme_version,
        "tables": {
            table.name: {
                "key": list(table.key),
                "columns": [{"name": one.name, "required": one.required} for one in table.columns],
            }
            for table in schema.tables
        },
    }
    held = text_free(schema, tables) if edition is Edition.TEXT_FREE else tables
    return State(record, held.__getitem__, tables.__getitem__)


def least_after(place: Path, info: CorpusInfo, schema: Schema, tables: Mapping[str, pa.Table]) -> Asked:
    """Return the least version that full tables may have after a release, of whichever edition that is.

    ``version-edition`` for one with texts put back: nobody published it.
    """
    old = state_of(open_folder(place, verify=False))
    if old.record["edition"] not in set(Edition):
        remedy = "Compare with the release as it was published."
        raise CorpusError("version-edition", "texts were put back into it.", where=str(place), remedy=remedy)
    new = state_to_be(info, schema, tables, Edition(old.record["edition"]))
    return asked(old, new, compare_tables(old, new))


def check_version(project: Project, schema: Schema, tables: Mapping[str, pa.Table]) -> None:
    """Raise ``version-too-small`` if the version in corpus.toml is less than the rule asks for.

    Held against the newest other release in ``dist/``; where there is none, any version will do. Tables are compared
    only where the step that was taken is not the greatest anyway.
    """
    place, info = previous(project), project.info()
    if place is None:
        return
    old = str(open_folder(place, verify=False).release["version"])
    if number(info.version) >= number(after(old, Step.MAJOR)):
        return
    least = least_after(place, info, schema, tables)
    if number(info.version) < number(least.version):
        why = least.reasons[0] + (f"; and {len(least.reasons) - 1} more" if len(least.reasons) > 1 else "")
        raise CorpusError(
            "version-too-small",
            f"{info.version} is too small a step from {old}: {why}.",
            where="corpus.toml: version",
            remedy=f"Set {least.version} or more; ukrcorpus release version has every reason. "
            f"If {project.address(place)} was never published, remove it.",
        )


def _of_tables(old: State, new: State) -> Iterator[tuple[Step, str]]:
    for name in sorted(old.keys.keys() - new.keys.keys()):
        yield Step.MAJOR, f"{name}: the table is gone"
    for name in sorted(new.keys.keys() - old.keys.keys()):
        yield Step.MINOR, f"{name}: the table is new"
    for name in sorted(old.keys.keys() & new.keys.keys()):
        if old.keys[name] != new.keys[name]:
            yield Step.MAJOR, f"{name}: another key"


def _of_rows(diff: RowDiff, new: State) -> Iterator[tuple[Step, str]]:
    name = diff.name
    for names, what in ((diff.gone_columns, "gone columns"), (diff.retyped, "columns of another type")):
        if names:
            yield Step.MAJOR, f"{name}: {what} {', '.join(names)}"
    required = _required(new.record, name)
    for column in diff.new_columns:
        step = Step.MAJOR if column in required else Step.MINOR
        yield step, f"{name}: new {'required ' * (column in required)}column {column}"
    if len(diff.removed):
        yield Step.MAJOR, f"{name}: {len(diff.removed):,} removed"
    if len(diff.after):
        named = ", ".join(sorted(set(diff.columns.explode().to_list())))
        yield Step.MAJOR, f"{name}: {len(diff.after):,} changed ({named})"
    if len(diff.added):
        yield Step.MINOR, f"{name}: {len(diff.added):,} added"


def _unseen(old: State, new: State, diff: RowDiff) -> Iterator[tuple[Step, str]]:
    """Yield a table whose rows look the same in a text-free edition, and are others in the full one by their hash."""
    hidden = old.record["tables"].get(diff.name, {}).get("full_logical_hash")
    if hidden is None or len(diff.removed) or len(diff.after) or diff.gone_columns or diff.retyped:
        return
    if new.full is not None:
        got = _hash_of_old_rows(old, new.full(diff.name), diff)
    else:
        about = new.record["tables"].get(diff.name, {})
        got = (
            hidden if len(diff.added) or diff.new_columns else about.get("full_logical_hash", about.get("logical_hash"))
        )
    if got != hidden:
        yield Step.MAJOR, f"{diff.name}: changed in columns that the text-free edition does not show"


def _hash_of_old_rows(old: State, full: pa.Table, diff: RowDiff) -> str:
    """Return the logical hash of the full rows that the old state has too, in its columns."""
    before = old.read(diff.name)
    known = set(zip(*(before[name].to_pylist() for name in diff.key), strict=True))
    keys = zip(*(full[name].to_pylist() for name in diff.key), strict=True)
    kept = full.filter(pa.array([key in known for key in keys], pa.bool_())).select(before.column_names)
    return logical_hash(kept, old.keys[diff.name])


def _required(record: Mapping[str, Any], table: str) -> frozenset[str]:
    columns = record["tables"].get(table, {}).get("columns", [])
    return frozenset(column["name"] for column in columns if column["required"])
