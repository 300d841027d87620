"""What a person wants to see after a build: counts, a few statements, and how to load the dataset."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from ukrcorpus.core.project import Project
from ukrcorpus.core.screen import folded
from ukrcorpus.policy.rights import Edition
from ukrcorpus.policy.thresholds import EXCLUDED
from ukrcorpus.release.build import Built, read_tables
from ukrcorpus.release.numbers import WANTED_FIRST, examples
from ukrcorpus.release.stages import set_aside
from ukrcorpus.schema.read import read_schema

_INDENT: Final = "    "
_VERBS: Final = {"support": "supports", "oppose": "opposes", "neutral": "is neutral on"}


def summary(project: Project, built: Built) -> str:
    """Return the summary of a build that wrote or kept a release."""
    assert built.folder is not None
    info = project.info()
    tables = read_tables(project, read_schema(project.schema))
    folder = shown_path(built.folder)
    state = f"ran {', '.join(built.stages)}" if built.stages else "nothing was stale"
    parts = [
        f"{info.name} {info.version}: {state}",
        *_troubles(project, built, tables["articles"]),
        "\n".join(_counts(tables)),
        *_statements(tables, shareable=built.edition is Edition.TEXT_FREE),
        *_how_to_load(folder, tables),
    ]
    return "\n\n".join(parts)


def shown_path(path: Path) -> str:
    """Return a path relative to the folder you are in, where it lies below."""
    here = Path.cwd()
    whole = path.resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole)


def _troubles(project: Project, built: Built, articles: pa.Table) -> Iterator[str]:
    """Yield what was set aside, excluded and noted, so that nothing is left out in silence."""
    for stage, n in set_aside(project).items():
        yield f"Set aside by {stage}, each with its reason: {n}; see build/quarantine/{stage}.jsonl."
    n_excluded = articles["status"].to_pylist().count(EXCLUDED)
    if n_excluded:
        yield f"Excluded by the thresholds of corpus.toml: {n_excluded}; articles.excluded_by says why."
    if built.report is not None and built.report.findings:
        legacy = f", {built.report.n_legacy} legacy" if built.report.n_legacy else ""
        yield f"Notes from validation: {built.report.n_notes}{legacy}; ukrcorpus validate shows them."


def _counts(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    order = sorted(tables, key=lambda name: (name not in WANTED_FIRST, name))
    filled = {name: tables[name].num_rows for name in order if tables[name].num_rows}
    names, numbers = max(map(len, filled), default=0), max((len(f"{n:,}") for n in filled.values()), default=0)
    for name, n in filled.items():
        yield f"{_INDENT}{name:<{names}}  {n:>{numbers},}"
    empty = [name for name in order if name not in filled]
    if empty:
        yield folded(f"without rows: {', '.join(empty)}", _INDENT, _INDENT)


def _how_to_load(folder: str, tables: Mapping[str, pa.Table]) -> Iterator[str]:
    if not tables["articles"].num_rows:
        yield f"The release lies in {folder}, without articles yet: ukrcorpus ingest FILE..., then build again."
        return
    yield f"The dataset lies in {folder}. To load it:"
    yield f'{_INDENT}from datasets import load_dataset\n{_INDENT}dataset = load_dataset("{folder}", split="train")'


def _statements(tables: Mapping[str, pa.Table], *, shareable: bool) -> Iterator[str]:
    chosen = examples(tables, shareable=shareable)
    if chosen:
        yield "For example:"
    yield from map(_statement, chosen)


def _statement(row: dict[str, Any]) -> str:
    when = f", {row['date']}" if row["date"] else ""
    org = f" ({row['holder_org']})" if row["holder_org"] else ""
    condition = " on a condition" if row["conditional"] else ""
    head = f"{row['holder']}{org} {_VERBS[row['stance']]}{condition} “{row['pole']}” [{row['issue']}{when}]"
    return f"{folded(head, _INDENT, _INDENT * 2)}\n{folded(row['sentence'], _INDENT * 2, _INDENT * 2)}"
