"""``raw/withdrawals.toml``: what was taken out of the corpus, each with its tombstone."""

from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.core.toml import toml_table
from ukrcorpus.policy.withdrawals import Kind, Withdrawal
from ukrcorpus.schema.fields import Fields, each, formed, once, read_file

NAME: Final = "withdrawals.toml"
KEYS: Final = {Kind.ARTICLE: "article_id", Kind.PERSON: "actor_id", Kind.MENTION: "mention_id"}
"""The key of an entry that says what is taken out; one of them in each."""


def withdrawals_file(project: Project) -> Path:
    """Return where the list lies."""
    return project.raw / NAME


def read_withdrawals(project: Project) -> tuple[Withdrawal, ...]:
    """Return the withdrawals in the order of the file; none if there is no file."""
    path = withdrawals_file(project)
    return read_list(path, project.address(path)) if path.is_file() else ()


def read_list(path: Path, where: str) -> tuple[Withdrawal, ...]:
    """Return the withdrawals that a file lists, in its order."""
    fields = read_file(path, where)
    tables = fields.maybe_tables("withdrawals", KEYS[Kind.ARTICLE])
    found = each(tables, _withdrawal)
    for kind in Kind:
        pairs = zip(found, tables, strict=True)
        once(((one.withdrawn_id, table.where) for one, table in pairs if one.kind is kind), kind)
    fields.done()
    return found


def entry(withdrawal: Withdrawal) -> str:
    """Return the lines of a tombstone, to be put at the end of the file."""
    values: dict[str, object] = {KEYS[withdrawal.kind]: withdrawal.withdrawn_id}
    values |= {"raw_sha256": withdrawal.raw_sha256} if withdrawal.raw_sha256 else {}
    values |= {"withdrawn_on": withdrawal.withdrawn_on, "reason_class": withdrawal.reason_class}
    return toml_table("withdrawals", values)


def with_entry(text: str | None, withdrawal: Withdrawal) -> str:
    """Return the text of the file with one more tombstone; what hands wrote stays."""
    head = text.rstrip("\n") if text and text.strip() else f"format = {FORMAT}"
    return f"{head}\n\n{entry(withdrawal)}"


def _withdrawal(fields: Fields) -> Withdrawal:
    kind = _kind(fields)
    withdrawn_id = fields.text(KEYS[kind])
    day, raw_sha256 = _day(fields), None
    if kind is Kind.ARTICLE:
        raw_sha256 = formed(fields.text("raw_sha256"), "[0-9a-f]{64}", "64 hex digits", fields.at("raw_sha256"))
    return Withdrawal(kind, withdrawn_id, raw_sha256, day, fields.text("reason_class"))


def _kind(fields: Fields) -> Kind:
    given = [kind for kind, key in KEYS.items() if key in fields.rest]
    if len(given) == 1:
        return given[0]
    got = " and ".join(KEYS[kind] for kind in given) or "none of them"
    remedy = f"Each entry has one of {', '.join(KEYS.values())}."
    raise CorpusError("withdrawal-value", f"got {got}.", where=fields.where, remedy=remedy)


def _day(fields: Fields) -> date:
    day = fields.maybe_day("withdrawn_on")
    try:
        return date.fromisoformat(day or "")
    except ValueError as error:
        raise CorpusError(
            "withdrawal-value", f"got {day!r}.", where=fields.at("withdrawn_on"), remedy="Expected a day: 2026-11-22."
        ) from error
