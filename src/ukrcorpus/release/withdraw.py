"""``withdraw``: a tombstone for an article, a person or a mention, and what goes with it, told beforehand."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl
import pyarrow as pa

from ukrcorpus.core.locks import alone
from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.policy.naming import OF_ARTICLES
from ukrcorpus.policy.withdrawals import WITHDRAWN, Kind, Withdrawal, Withdrawn
from ukrcorpus.release.assemble import final_tables, staged_tables
from ukrcorpus.release.diffs.diff import compare_tables
from ukrcorpus.release.diffs.rows import RowDiff
from ukrcorpus.release.left_behind import lost_errors, naming_lines
from ukrcorpus.release.versions import state_to_be
from ukrcorpus.schema.model import ActorType, Schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.splitting import read_splitting
from ukrcorpus.sources.withdrawals import read_withdrawals, with_entry, withdrawals_file

_REASONS: Final = "withdrawal_reason"
_NOT_TOLD: Final = frozenset({"withdrawals"})
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be taken out, and why; ``on`` is the day, that of ``release_date`` where it is None."""

    kind: Kind
    withdrawn_id: str
    reason: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A tombstone and what goes with it; ``file`` is None where nothing was written.

    ``copies`` are the near-duplicates of the article that stay, ``named`` the lines of a release that still name the
    person, ``errors`` the known errors about what goes.
    """

    tombstone: Withdrawal
    diffs: Mapping[str, RowDiff]
    copies: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    file: str | None = None
    again: bool = False

    def as_text(self) -> str:
        """Return the lines a person reads."""
        one = self.tombstone
        head = f"{one.kind} {one.withdrawn_id}: withdrawn on {one.withdrawn_on.isoformat()}, {one.reason_class}"
        if self.again:
            return f"{head}; it is listed already, nothing to do"
        told = (*self._rows(), *self._names(), *self._addresses(), *self._cluster())
        lines = [head, "Rows of the next version:", *(f"  {line}" for line in told), *self._left()]
        lines.append(
            f"wrote {self.file}; ukrcorpus build takes it out of the next version" if self.file else "wrote nothing"
        )
        return "\n".join(lines)

    def _rows(self) -> Iterator[str]:
        for name, diff in self.diffs.items():
            counts = ((len(diff.removed), "go"), (len(diff.after), "change"), (len(diff.added), "come"))
            told = ", ".join(f"{n:,} {what}" for n, what in counts if n)
            if told and name not in _NOT_TOLD:
                yield f"{name}: {told}"

    def _names(self) -> Iterator[str]:
        """Yield the names that others have by the person's own."""
        removed = self.diffs["actor_names"].removed.filter(pl.col("actor_id") != self.tombstone.withdrawn_id)
        for row in removed.iter_rows(named=True):
            yield f"{row['actor_id']} is no longer known as: {row['text']}"

    def _addresses(self) -> Iterator[str]:
        """Yield the articles whose address goes, and the sources of which the site is left."""
        articles, offices = self.diffs["articles"], self.diffs["actor_roles"]
        cut = (pl.Series(articles.columns.list.contains(name)) for name in OF_ARTICLES)
        hit = articles.after.filter(pl.any_horizontal(cut) & (pl.col("status") != WITHDRAWN))
        if hit.height:
            shown = ", ".join(hit["article_id"][:_SHOWN])
            more = f" and {hit.height - _SHOWN:,} more" if hit.height > _SHOWN else ""
            yield f"cut to its site from now on, as it names the person, is the address of: {shown}{more}"
        for row in offices.after.iter_rows(named=True):
            office = f"{row['actor_id']}, {row['role']} of {row['org_id']}"
            yield f"{office}: of the source's address is left: {row['source']}"

    def _left(self) -> Iterator[str]:
        """Yield what somebody has to look at."""
        if self.errors:
            yield "Known errors about what goes; the build stops until they are taken out:"
            yield from (f"  {one}" for one in self.errors)
        if self.named:
            yield "Lines that name the person and stay; a full name stops the build, look at the others:"
            yield from (f"  {one}" for one in self.named[:_SHOWN])
        if len(self.named) > _SHOWN:
            yield f"  and {len(self.named) - _SHOWN:,} more"

    def _cluster(self) -> Iterator[str]:
        """Yield who stands for the article's cluster now."""
        articles = self.diffs["articles"]
        heirs = articles.after.filter(pl.col("is_representative") & ~articles.before["is_representative"])
        for row in heirs.iter_rows(named=True):
            yield f"{row['article_id']} stands for the cluster {row['duplicate_cluster']} from now on"
        if self.copies:
            yield f"near-copies that stay: {', '.join(self.copies)}; withdraw them too if their text has to go"


def withdraw(project: Project, schema: Schema, wanted: Wanted, *, dry_run: bool = False) -> Outcome:
    """Put a tombstone into ``raw/withdrawals.toml``, unless it is there; the rest follows when the corpus is built.

    The errors: ``withdraw-unknown``, ``withdraw-person``, ``withdraw-reason``, ``withdraw-listed``,
    ``withdraw-file``, ``stage-missing``.
    """
    made = _tombstone(project, schema, wanted)
    known = read_withdrawals(project)
    for one in known:
        if (one.kind, one.withdrawn_id) == (made.kind, made.withdrawn_id):
            return _again(project, one, made)
    staged = staged_tables(project)
    outcome = _outcome(project, schema, staged, (known, made))
    if dry_run:
        return outcome
    _write(project, made)
    return replace(outcome, file=project.address(withdrawals_file(project)))


def _tombstone(project: Project, schema: Schema, wanted: Wanted) -> Withdrawal:
    reasons = schema.vocabulary(_REASONS).names
    if wanted.reason not in reasons:
        what = f"'{wanted.reason}' is no class of reasons."
        raise CorpusError("withdraw-reason", what, where=_where(wanted), remedy=f"Use one of: {', '.join(reasons)}.")
    raw_sha256 = {Kind.ARTICLE: _article, Kind.PERSON: _person, Kind.MENTION: _mention}[wanted.kind](
        project, schema, wanted
    )
    return Withdrawal(
        wanted.kind, wanted.withdrawn_id, raw_sha256, wanted.on or project.info().release_date, wanted.reason
    )


def _article(project: Project, _: Schema, wanted: Wanted) -> str:
    hashes = {entry.article_id: entry.sha256 for entry in read_manifest(project)}
    _known(wanted, hashes, "raw/manifest.jsonl has it")
    return hashes[wanted.withdrawn_id]


def _person(_: Project, schema: Schema, wanted: Wanted) -> None:
    _known(wanted, {actor.id: actor for actor in schema.actors}, "schema/actors.toml has it")
    actor = schema.actor(wanted.withdrawn_id)
    if actor is None or actor.type is not ActorType.PERSON:
        what = f"'{wanted.withdrawn_id}' is no natural person."
        remedy = "States, bodies and groups stay; correct what is wrong about them, or withdraw mentions."
        raise CorpusError("withdraw-person", what, where=_where(wanted), remedy=remedy)


def _mention(project: Project, _: Schema, wanted: Wanted) -> None:
    ids = staged_tables(project)["mentions"]["mention_id"].to_pylist()
    _known(wanted, dict.fromkeys(ids), "the table mentions has it")


def _known(wanted: Wanted, known: Mapping[str, object], listed: str) -> None:
    if wanted.withdrawn_id not in known:
        what = f"no {wanted.kind} is called '{wanted.withdrawn_id}'."
        remedy = f"{near(wanted.withdrawn_id, known)} Give an id as {listed}." if known else f"Give an id as {listed}."
        raise CorpusError("withdraw-unknown", what, where=_where(wanted), remedy=remedy)


def _again(project: Project, listed: Withdrawal, made: Withdrawal) -> Outcome:
    if listed.reason_class != made.reason_class:
        where = project.address(withdrawals_file(project))
        what = f"'{made.withdrawn_id}' is withdrawn already, for another reason: {listed.reason_class}."
        raise CorpusError("withdraw-listed", what, where=where, remedy="Change reason_class there if it is wrong.")
    return Outcome(listed, {}, again=True)


def _outcome(
    project: Project, schema: Schema, staged: Mapping[str, pa.Table], lists: tuple[tuple[Withdrawal, ...], Withdrawal]
) -> Outcome:
    known, made = lists
    diffs = _effect(project, schema, staged, (known, (*known, made)))
    named = naming_lines(project, schema, Withdrawn.of((made,)), staged["articles"]["article_id"].to_pylist())
    return Outcome(made, diffs, _copies(staged, known, made), named, lost_errors(project, diffs))


def _effect(
    project: Project, schema: Schema, staged: Mapping[str, pa.Table], lists: tuple[tuple[Withdrawal, ...], ...]
) -> dict[str, RowDiff]:
    """Return how the tables of the next build differ by these two lists of withdrawals."""
    info, splitting = project.info(), read_splitting(project, schema.issues)
    old, new = (
        state_to_be(info, schema, final_tables(schema, staged, listed, info.thresholds, splitting)) for listed in lists
    )
    return compare_tables(old, new)


def _copies(staged: Mapping[str, pa.Table], known: tuple[Withdrawal, ...], made: Withdrawal) -> tuple[str, ...]:
    """Return the near-duplicates of an article that are not withdrawn."""
    pairs = staged["articles"].select(["article_id", "duplicate_cluster"]).to_pylist()
    clusters = {row["article_id"]: row["duplicate_cluster"] for row in pairs}
    gone = Withdrawn.of((*known, made)).articles
    own = clusters.get(made.withdrawn_id) if made.kind is Kind.ARTICLE else None
    return tuple(sorted(one for one, cluster in clusters.items() if cluster == own and one not in gone))


@alone
def _write(project: Project, made: Withdrawal) -> None:
    path = withdrawals_file(project)
    text = with_entry(path.read_text(encoding="utf-8") if path.is_file() else None, made)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = f"an entry at its end would not be read: {error}."
        remedy = "Write each entry as a table of its own: [[withdrawals]]."
        raise CorpusError("withdraw-file", what, where=project.address(path), remedy=remedy) from error
    write_text(path, text)


def _where(wanted: Wanted) -> str:
    return f"withdraw {wanted.withdrawn_id}"
