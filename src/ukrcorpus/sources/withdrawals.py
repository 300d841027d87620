"""``raw/withdrawals.toml``: articles taken out, each with its tombstone."""

from datetime import date

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.policy.withdrawals import Withdrawal
from ukrcorpus.schema.fields import Fields, each, formed, once, read_file


def read_withdrawals(project: Project) -> tuple[Withdrawal, ...]:
    """Return the withdrawals in the order of the file; none if there is no file."""
    path = project.raw / "withdrawals.toml"
    if not path.is_file():
        return ()
    fields = read_file(path, project.address(path))
    tables = fields.maybe_tables("withdrawals", "article_id")
    found = each(tables, _withdrawal)
    once(((one.article_id, table.where) for one, table in zip(found, tables, strict=True)), "article")
    fields.done()
    return found


def _withdrawal(fields: Fields) -> Withdrawal:
    day = fields.maybe_day("withdrawn_on")
    try:
        withdrawn_on = date.fromisoformat(day or "")
    except ValueError as error:
        raise CorpusError(
            "withdrawal-value", f"got {day!r}.", where=fields.at("withdrawn_on"), remedy="Expected a day: 2026-11-22."
        ) from error
    return Withdrawal(
        article_id=fields.text("article_id"),
        raw_sha256=formed(fields.text("raw_sha256"), "[0-9a-f]{64}", "64 hex digits", fields.at("raw_sha256")),
        withdrawn_on=withdrawn_on,
        reason_class=fields.text("reason_class"),
    )
