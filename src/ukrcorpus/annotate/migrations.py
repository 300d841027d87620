"""What the migrations of the scheme do to the stored annotations, and what a human has to look at again."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from ukrcorpus.annotate.adjudication.curate import Curated, curate
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.versions import aspect_of
from ukrcorpus.annotate.articles import Articles, read_articles
from ukrcorpus.annotate.exports.export import rounds_of
from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.exports.stream import stream_ours
from ukrcorpus.annotate.migrate import Renamed, migrate_items, steps_from
from ukrcorpus.annotate.values import Fault
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.schema.changes import Migration
from ukrcorpus.schema.model import Layer, Schema

WORKLIST: Final = "worklists/migrations.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Again:
    """An answer that has to be given again: where, who said what, and the labels to choose from if they are known."""

    article_id: str
    layer: str
    start: int | None
    end: int | None
    quote: str | None
    question: str
    said: tuple[str, ...]
    choices: tuple[str, ...]

    def as_text(self) -> str:
        """Return it as a person reads it."""
        place = f" {self.start}..{self.end}" if self.start is not None else ""
        among = f"; one of {', '.join(self.choices)}" if self.choices else ""
        return f"{self.article_id}: {self.layer}{place}: {self.question} again ({'; '.join(self.said)}{among})"


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """The chain, how many stored annotations are older, which labels follow, and what has to be answered again."""

    chain: tuple[Migration, ...]
    n_older: int
    n_unknown: int
    renamed: tuple[tuple[Renamed, int], ...]
    again: tuple[Again, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if annotations are of a version that no migration starts from."""
        return 1 if self.n_unknown else 0

    def as_text(self) -> str:
        """Return the report as a person reads it."""
        lines = [f"{one.name}: {one.since} -> {one.to}: {one.reason}" for one in self.chain]
        lines += [f"{one.question}: {one.old} -> {one.new}: {count} answers" for one, count in self.renamed]
        lines += [one.as_text() for one in self.again]
        unknown = f", {self.n_unknown} of a version that no migration knows" if self.n_unknown else ""
        counts = f"{len(self.chain)} migrations; {self.n_older} annotations of an older scheme{unknown}"
        lines.append(f"{counts}; {len(self.again)} answers to be given again")
        return "\n".join(lines)


def migrate(project: Project, schema: Schema, *, dry_run: bool) -> MigrationReport:
    """Return what the migrations do; without ``dry_run`` the worklist is written to ``annotations/worklists/``."""
    articles = read_articles(project)
    counts, n_older, n_unknown = _stored(project, schema)
    again = tuple(sorted(_again(curate(project, schema, articles), articles, schema)))
    path = project.annotations / WORKLIST
    if not dry_run and (again or path.is_file()):
        lines = (json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) + "\n" for one in again)
        write_text(path, "".join(lines))
    return MigrationReport(schema.migrations, n_older, n_unknown, tuple(sorted(counts.items())), again)


def _stored(project: Project, schema: Schema) -> tuple[Counter[Renamed], int, int]:
    """Return which labels of the exports follow, and how many annotations are of an older or an unknown version."""
    counts: Counter[Renamed] = Counter()
    n_older = n_unknown = 0
    for entry in read_entries(project) if schema.migrations else ():
        path = exports_folder(project) / entry.file
        for task in stream_ours(path, project.address(path)) if path.is_file() else ():
            data = task.get("data") if isinstance(task, dict) else None
            steps = steps_from(data.get("scheme_version") if isinstance(data, dict) else None, schema)
            made = [one.get("result") for one, _ in rounds_of(task)]
            if isinstance(steps, Fault):
                n_unknown += len(made)
            elif steps:
                n_older += len(made)
                for items in made:
                    counts.update(migrate_items(items or [], steps, schema).renamed)
    return counts, n_older, n_unknown


def _again(curated: Curated, articles: Articles, schema: Schema) -> Iterator[Again]:
    for article_id, one in curated.articles.items():
        document = (one.document,) if one.document else ()
        for layer, units in ((Layer.DOCUMENT, document), (Layer.CLAIM, one.claims), (Layer.MENTION, one.mentions)):
            for unit in units:
                yield from _of_unit(article_id, articles.by_id[article_id].text, layer, unit, schema)


def _of_unit(article_id: str, text: str, layer: Layer, unit: Judged, schema: Schema) -> Iterator[Again]:
    span = unit.span or unit.versions[0].span
    sayers = unit.soft_from if unit.decision else unit.versions  # of a decided unit: what was taken and set
    for name in dict.fromkeys(name for version in sayers for name in version.pending):
        if aspect_of(name) in unit.open:
            said = [(one.annotator, one.pending[name]) for one in sayers if name in one.pending]
            yield Again(
                article_id=article_id,
                layer=str(layer),
                start=span.start if span else None,
                end=span.end if span else None,
                quote=text[span.start : span.end] if span else None,
                question=name,
                said=tuple(f"{annotator}: {before}" for annotator, before in said),
                choices=_choices(name, [before for _, before in said], schema),
            )


def _choices(name: str, said: list[str], schema: Schema) -> tuple[str, ...]:
    """Return the labels that a split left to choose from."""
    labels = {part.strip() for one in said for part in one.split(",")}
    changes = [change for migration in schema.migrations for change in migration.changes if not change.settles]
    found = [change.new for change in changes if labels & set(change.old)]
    return tuple(dict.fromkeys(label for new in found for label in new)) if name else ()
