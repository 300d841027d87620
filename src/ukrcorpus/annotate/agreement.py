"""The annotators' agreement over the rounds of the present exports; nothing of the build is needed but the texts."""

from dataclasses import dataclass
from pathlib import Path

from ukrcorpus.annotate import rows
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.rounds import read_submissions
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.measure.disagreements import Disagreement, Text, disagreements
from ukrcorpus.measure.figures import Report
from ukrcorpus.measure.page import as_page
from ukrcorpus.measure.report import Chance, agreement_report
from ukrcorpus.schema.model import Schema


@dataclass(frozen=True, slots=True)
class ReadAgreement:
    """The report, and the units on which annotators differ, the worst first."""

    report: Report
    disagreements: tuple[Disagreement, ...]


def read_agreement(
    project: Project, schema: Schema, chance: Chance, withdrawn: frozenset[str] = frozenset()
) -> ReadAgreement:
    """Return the agreement over the present rounds but those of withdrawn articles; nothing is written."""
    articles = read_articles(project)
    findings: list[Finding] = []
    read = read_submissions(project, schema, articles.by_id, findings).rounds.values()
    submissions = [one for one in read if one.article_id not in withdrawn]
    blank = dict.fromkeys(schema.table("annotations").names)
    annotations = [
        blank | row
        for one in submissions
        for row in rows.annotation_rows(one, articles.by_id[one.article_id].text, schema.scheme_version)
    ]
    rounds = [rows.round_row(one) for one in submissions]
    titles = {str(row["article_id"]): row["title"] for row in articles.rows}
    texts = {
        name: Text(str(titles[name] or name), article.text, tuple(one.span for one in article.sentences))
        for name, article in articles.by_id.items()
    }
    lengths = {name: len(text.text) for name, text in texts.items()}
    report = agreement_report(schema, rounds, annotations, lengths, chance)
    return ReadAgreement(report, tuple(disagreements(rounds, annotations, texts)))


def write_page(found: ReadAgreement, path: Path) -> None:
    """Write the report as one HTML page."""
    write_text(path, as_page(found.report, found.disagreements))
