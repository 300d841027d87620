"""The *Data* part of a changelog, drafted from a diff: a human says what it means for whom."""

from collections.abc import Iterator
from typing import Final

from ukrcorpus.release.diffs.causes import MEANING
from ukrcorpus.release.diffs.diff import Diff
from ukrcorpus.release.diffs.edges import Fate
from ukrcorpus.release.diffs.report import counts
from ukrcorpus.release.versions import Step, asked

_FOR_USERS: Final[dict[Step, str]] = {
    Step.PATCH: "Every row is the same; nothing to do.",
    Step.MINOR: "Every old row is still there with the same values and the same split; there are more.",
    Step.MAJOR: "Rows changed or went: run what you computed from the older version again.",
}


def as_changelog(diff: Diff) -> str:
    """Return a heading and a list in the form of Keep a Changelog."""
    head = f"## [{diff.new.version}] - {diff.new.record['release_date']}"
    return "\n".join([head, "", "### Data", "", *_items(diff)]) + "\n"


def _items(diff: Diff) -> Iterator[str]:
    least = asked(diff.old, diff.new, diff.tables)
    yield f"- After {least.old}: {_FOR_USERS[least.step]}"
    for name in diff.new_tables:
        yield f"- New table `{name}`."
    for name in diff.gone_tables:
        yield f"- The table `{name}` is gone."
    for name, one in diff.tables.items():
        if one.new_columns and name not in diff.new_tables:
            yield f"- `{name}` has new columns: {_names(one.new_columns)}."
        if one.gone_columns and name not in diff.gone_tables:
            yield f"- `{name}` lost columns: {_names(one.gone_columns)}."
    for name, rows in diff.changes.items():
        for change, cause, n in counts(rows):
            yield f"- {name}: {n:,} {change}, because {MEANING[cause]}."
    changed = [f"{n:,} {fate}" for fate in Fate if (n := diff.network.count(fate))]
    if changed:
        yield f"- Discourse network of `statements`: {', '.join(changed)}, of {diff.network.n_new:,} edges."


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)
