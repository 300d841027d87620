"""The annotate stage: exports and decisions in, eight tables, answers on articles and a quarantine out."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ukrcorpus.annotate import rows
from ukrcorpus.annotate.adjudication import units
from ukrcorpus.annotate.adjudication.adjudicate import Conflict
from ukrcorpus.annotate.adjudication.curate import WAITING, Curated, curate
from ukrcorpus.annotate.adjudication.ids import NAME, assign, by_article, mint, read_ids, write_ids
from ukrcorpus.annotate.adjudication.skeleton import skeletons
from ukrcorpus.annotate.adjudication.units import OPEN, Unit
from ukrcorpus.annotate.articles import Articles, read_articles
from ukrcorpus.annotate.documents import write_answers
from ukrcorpus.annotate.tasks import tasks_of
from ukrcorpus.annotate.values import Fault, Problems
from ukrcorpus.core.locks import alone
from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import Row, table_of, write_json, write_table, write_text
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Layer, Schema

STAGE = "annotate"
TABLES = (
    "annotation_rounds",
    "annotations",
    "mentions",
    "claims",
    "claim_sources",
    "claim_issues",
    "stances",
    "votes",
)
CONFLICTS = "conflicts.jsonl"
_MINT = "Run ukrcorpus annotate adjudicate; it mints ids into annotations/ids.jsonl. Commit that file."


@dataclass(frozen=True, slots=True)
class AnnotateReport:
    """What a run did: rows per table, what was set aside or left open, and what annotators were at odds about."""

    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def n_quarantined(self) -> int:
        """Return how many tasks, rounds, regions, answers and units were set aside."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """Return 1 if something was set aside, else 0; open conflicts wait and fail nothing."""
        return 1 if self.n_quarantined else 0

    def causes(self) -> dict[str, tuple[int, int]]:
        """Return for each cause how many conflicts were decided and how many are open."""
        counts = Counter((conflict.cause.value, conflict.decided) for conflict in self.conflicts)
        return {cause: (counts[cause, True], counts[cause, False]) for cause in sorted({cause for cause, _ in counts})}

    def as_text(self) -> str:
        """Return the report as a person reads it: findings, open conflicts, counts."""
        lines = [finding.as_text() for finding in self.findings if finding.rule != OPEN]
        lines += [
            f"{one.where}: open ({one.cause}): {', '.join(one.says)}" for one in self.conflicts if not one.decided
        ]
        lines += [
            f"conflicts about {cause}: {done} decided, {left} open" for cause, (done, left) in self.causes().items()
        ]
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        lines.append(f"{counts}; {self.n_quarantined} set aside")
        return "\n".join(lines)


def run_annotate(project: Project, schema: Schema) -> AnnotateReport:
    """Write ``build/annotate/``. Ids are read, never minted: a unit without one is left out with a finding."""
    articles = read_articles(project)
    curated = curate(project, schema, articles)
    named = list(named_units(project, articles, curated))
    made = _rows(schema, articles, curated, named)
    write_answers(project.build / STAGE, schema, curated.articles)
    for name, own in made.items():
        table = schema.table(name)
        write_table(project.table(STAGE, name), table_of(own, arrow_schema(table), table.key))
    findings = tuple(sorted(set(curated.findings)))
    aside = (finding for finding in findings if finding.severity is Severity.ERROR or finding.rule in WAITING)
    lines = (json.dumps(_reason(finding), ensure_ascii=False, sort_keys=True) + "\n" for finding in aside)
    write_text(project.quarantine / f"{STAGE}.jsonl", "".join(lines))
    counts = {"articles": len(articles.ids)} | {name: len(own) for name, own in made.items()}
    report = AnnotateReport(counts, findings, curated.conflicts)
    rows = (json.dumps(one.as_row(), sort_keys=True) + "\n" for one in report.conflicts)
    write_text(project.build / STAGE / CONFLICTS, "".join(rows))
    return report


def read_conflicts(project: Project) -> tuple[Row, ...]:
    """Return the rows of the conflicts that the last run met; nothing where none has run."""
    path = project.build / STAGE / CONFLICTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()
    return tuple(json.loads(line) for line in lines)


@alone
def mint_ids(project: Project, schema: Schema) -> AnnotateReport:
    """Mint ids for all units that can be published, and bring the spans of known ones up to date.

    For the open conflicts ``build/conflicts/<article_id>.toml`` is written, to be filled in and moved to
    ``annotations/decisions/``.
    """
    articles = read_articles(project)
    curated = curate(project, schema, articles)
    path = project.annotations / NAME
    old = read_ids(path, project.address(path))
    spans = {key: [unit.span for unit in own] for key, own in curated.units.items()}
    new = mint(old, spans, articles.by_id, curated.texts)
    if new or old:
        write_ids(path, new)
    shutil.rmtree(project.build / "conflicts", ignore_errors=True)
    for article_id, text in skeletons(curated.articles, articles.by_id, schema.scheme_version):
        write_text(project.build / "conflicts" / f"{article_id}.toml", text)
    counts = {"ids minted": len(new) - len(old), "ids kept": len(old)}
    return AnnotateReport(counts, tuple(sorted(set(curated.findings))), curated.conflicts)


def write_tasks(project: Project, schema: Schema) -> int:
    """Write ``build/tasks.json`` for an upload to Label Studio by hand; return the number of tasks."""
    articles = read_articles(project)
    tasks = tasks_of(articles.rows, schema, kinds=articles.kinds)
    write_json(project.build / "tasks.json", tasks)
    return len(tasks)


def named_units(project: Project, articles: Articles, curated: Curated) -> Iterator[tuple[str, Layer, str, Unit]]:
    """Yield (article_id, layer, id, unit) for each unit with an id; the others are findings."""
    path = project.annotations / NAME
    minted = by_article(read_ids(path, project.address(path)))
    for (article_id, layer), own in curated.units.items():
        article = articles.by_id[article_id]
        known = minted.get((article_id, layer), ())
        ids = assign(known, [unit.span for unit in own], article, curated.texts).ids
        for unit in own:
            if unit.span in ids:
                yield article_id, layer, ids[unit.span], unit
            else:
                where = f"{article_id}: {layer} {unit.span.start}..{unit.span.end}"
                fault = Fault("id-not-minted", "no id", "an id in annotations/ids.jsonl", _MINT)
                Problems(where, curated.findings).add(fault)


def _rows(
    schema: Schema, articles: Articles, curated: Curated, named: list[tuple[str, Layer, str, Unit]]
) -> dict[str, list[dict[str, object]]]:
    made: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES if name != "articles"}
    for submission in curated.submissions.rounds.values():
        made["annotation_rounds"].append(rows.round_row(submission))
        text = articles.by_id[submission.article_id].text
        made["annotations"] += rows.annotation_rows(submission, text, schema.scheme_version)
    for article_id, layer, name, unit in named:
        article = articles.by_id[article_id]
        if layer is Layer.MENTION:
            made["mentions"].append(units.mention_row(name, unit, article, schema))
            continue
        made["claims"].append(units.claim_row(name, unit, article, schema))
        made["claim_sources"] += units.claim_source_rows(name, unit)
        made["claim_issues"] += units.claim_issue_rows(name, unit)
        made["stances"] += units.stance_rows(name, unit)
        made["votes"] += units.vote_rows(name, unit)
    return made


def _reason(finding: Finding) -> dict[str, str]:
    what = f"{finding.got}; expected {finding.expected}"
    return {"rule": finding.rule, "where": finding.where, "what": what, "remedy": finding.remedy}
