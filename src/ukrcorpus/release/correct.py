"""``correct``: one label of one statement, mended by a decision; the votes stay as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow.compute as pc

from ukrcorpus.annotate.adjudication.curate import Curated, curate, readings_of
from ukrcorpus.annotate.adjudication.decision_files import Entry, write_entry
from ukrcorpus.annotate.adjudication.decisions import CLEARED
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.review_answers import nearest
from ukrcorpus.annotate.adjudication.units import Unit
from ukrcorpus.annotate.adjudication.versions import Cause, Value, cause_of
from ukrcorpus.annotate.answers import parse_answer
from ukrcorpus.annotate.articles import Articles, read_articles
from ukrcorpus.annotate.keys import PSEUDONYM
from ukrcorpus.annotate.run import named_units
from ukrcorpus.annotate.values import Answer, Fault
from ukrcorpus.core.locks import alone
from ukrcorpus.core.problems import CorpusError, Finding, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, sha256, write_text
from ukrcorpus.measure.statements import HOLDERS, SLOTS, IssueCode, Slot
from ukrcorpus.release.assemble import STAGE
from ukrcorpus.schema.model import FLAG_VALUE, Layer, Schema

_STATEMENTS: Final = "statements_all"
_NO_CODE: Final = IssueCode("", None, conditional=False)
_BUILD: Final = "Run ukrcorpus build, and take the id from its statements."


@dataclass(frozen=True, slots=True)
class Correction:
    """What shall be otherwise of a statement: questions about its issue (issue, polarity, conditional) or its claim."""

    statement_id: str
    answers: Mapping[str, str]
    reason: str
    curator: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was written: the file, the claim, the labels before and after, and who else holds the claim."""

    file: str
    claim_id: str
    quote: str
    labels: tuple[tuple[str, str, str], ...]
    holders: tuple[str, ...]

    def as_text(self) -> str:
        """Return the lines a person reads."""
        lines = [f"{self.claim_id}: {self.quote}"]
        lines += [f"  {name}: {old} -> {new}" for name, old, new in self.labels]
        if len(self.holders) > 1:
            lines.append(f"  for each of its holders: {', '.join(self.holders)}")
        return "\n".join([*lines, f"wrote {self.file}; ukrcorpus build takes it into the next version"])


@alone
def correct(project: Project, schema: Schema, wanted: Correction) -> Corrected:
    """Write a decision for one statement into ``annotations/decisions/<article_id>.toml``.

    A decision that the claim has already is replaced, its reason kept behind the new one. The errors:
    ``correct-statement``, ``correct-reason``, ``correct-curator``, ``correct-value``, ``correct-same``,
    ``correct-open``.
    """
    _check(wanted)
    row = _statement(project, wanted.statement_id)
    articles = read_articles(project)
    curated = curate(project, schema, articles)
    unit = _unit(project, articles, curated, row)
    made = _Made(project, schema, articles, curated, row, unit)
    file = project.annotations / "decisions" / f"{row['article_id']}.toml"
    labels = made.labels(wanted)
    changes = {name: answer for name, (_, answer) in labels.items()}
    _write_proved(made, file, made.entry(wanted, changes), changes)
    shown = tuple((name, _shown(old), _shown(new)) for name, (old, new) in labels.items())
    quote = made.quote
    return Corrected(project.address(file), str(row["claim_id"]), quote, shown, made.holders)


def _check(wanted: Correction) -> None:
    where = f"correct {wanted.statement_id}"
    if not wanted.reason.strip():
        raise CorpusError("correct-reason", "no reason.", where=where, remedy="Say in one sentence why, with --reason.")
    if not PSEUDONYM.fullmatch(wanted.curator):
        what, remedy = f"the curator '{wanted.curator}' is no pseudonym.", "Use one such as curator-a."
        raise CorpusError("correct-curator", what, where=where, remedy=remedy)
    if not wanted.answers:
        what, remedy = "nothing to correct.", "Say what it should be: --polarity, --issue, --conditional or --voice."
        raise CorpusError("correct-value", what, where=where, remedy=remedy)


def _statement(project: Project, statement_id: str) -> dict[str, object]:
    path, where = project.table(STAGE, _STATEMENTS), f"correct {statement_id}"
    if not path.exists():
        raise CorpusError("stage-missing", "no statements were built yet.", where=where, remedy="Run: ukrcorpus build.")
    table = read_table(path, ["statement_id", "article_id", "claim_id", "issue"])
    found: list[dict[str, object]] = table.filter(pc.equal(table["statement_id"], statement_id)).to_pylist()
    if not found:
        known = table["statement_id"].to_pylist()
        remedy = f"{near(statement_id, known)} {_BUILD}"
        raise CorpusError("correct-statement", f"no statement is called '{statement_id}'.", where=where, remedy=remedy)
    return found[0]


def _unit(project: Project, articles: Articles, curated: Curated, row: Mapping[str, object]) -> Unit:
    claim = (row["article_id"], Layer.CLAIM, row["claim_id"])
    for article_id, layer, name, unit in named_units(project, articles, curated):
        if (article_id, layer, name) == claim:
            return unit
    what = f"the claim '{row['claim_id']}' is not among the adjudicated ones any more."
    raise CorpusError("correct-statement", what, where=f"correct {row['statement_id']}", remedy=_BUILD)


@dataclass(frozen=True, slots=True)
class _Made:
    """A claim as it stands, and the decision that is made on it."""

    project: Project
    schema: Schema
    articles: Articles
    curated: Curated
    row: Mapping[str, object]
    unit: Unit

    @property
    def quote(self) -> str:
        """The claim's words."""
        article = self.articles.by_id[str(self.row["article_id"])]
        return article.text[self.unit.span.start : self.unit.span.end]

    @property
    def holders(self) -> tuple[str, ...]:
        """Who holds the claim: all of them have the same polarity on an issue."""
        held = self.unit.judged.hard[HOLDERS]
        return tuple(sorted(held)) if isinstance(held, frozenset) else ()

    def labels(self, wanted: Correction) -> dict[str, tuple[Answer, Answer]]:
        """Return question -> (answer as it stands, answer to be); unknown or equal ones are errors."""
        where, now = f"correct {wanted.statement_id}", answers_of(self.unit.judged)
        slot = self._slot(now)
        found = {}
        for name, value in wanted.answers.items():
            own = getattr(slot, name, None) or name
            new = self._parsed(own, value, where)
            if _shown(now.get(own)) == _shown(new):
                what = f"{name} is {_shown(new)} already."
                raise CorpusError("correct-same", what, where=where, remedy="Say what it should be, or leave it.")
            found[own] = (now.get(own), new)
        return found

    def entry(self, wanted: Correction, changes: Mapping[str, Answer]) -> Entry:
        """Return the decision: the nearest version with what has to be set to make the claim what it should be."""
        judged, article_id = self.unit.judged, str(self.row["article_id"])
        if judged.open:
            what, remedy = (
                f"{', '.join(judged.open)} of the claim is still open.",
                "Decide that first, in one decision.",
            )
            raise CorpusError("correct-open", what, where=f"correct {wanted.statement_id}", remedy=remedy)
        take, to_set = nearest(judged.versions, {**answers_of(judged), **changes}, Layer.CLAIM, self.schema)
        before = f" Before: {judged.decision.reason}" if judged.decision else ""
        readings = readings_of(self.curated.submissions).get(article_id, ())
        return Entry(
            layer=Layer.CLAIM,
            span=self.unit.span,
            quote_sha256=sha256(self.quote.encode("utf-8")),
            text_sha256=self.articles.by_id[article_id].text_sha256,
            scheme_version=self.schema.scheme_version,
            keep=True,
            take=take,
            changes=to_set,
            reason=f"{wanted.reason.strip()}{before}",
            cause=str(next((cause_of(name.rstrip("2")) for name in changes), Cause.OTHER)),
            curator=wanted.curator,
            is_annotator=wanted.curator in [reading.annotator for reading in readings],
        )

    def _slot(self, now: Mapping[str, Answer]) -> Slot:
        return next(slot for slot in SLOTS if now.get(slot.issue) == self.row["issue"])

    def _parsed(self, name: str, value: str, where: str) -> Answer:
        attribute = next(one for one in self.schema.attributes_of(Layer.CLAIM) if one.name == name)
        if attribute.vocabulary is None and value == CLEARED:
            return None
        answer = parse_answer(attribute, self.schema, (value,))
        if isinstance(answer, Fault):
            issues = [issue.issue for issue in self.schema.issues]
            hint = f" {near(value, issues)}" if answer.rule == "issue-unknown" else ""
            remedy = f"Expected {answer.expected}.{hint}"
            raise CorpusError("correct-value", f"got {answer.got}.", where=where, remedy=remedy)
        return answer


def answers_of(judged: Judged) -> dict[str, Answer]:
    """Return the answers of a claim as they are published, in the form that an annotator would give them."""
    base = judged.soft_from[0]
    answers = dict(base.answers)
    for name, value in judged.hard.items():
        if base.hard[name] != value:
            answers[name] = _as_answer(value)
    if set(base.issues) != set(judged.issues):
        for number, slot in enumerate(SLOTS):
            code = judged.issues[number] if number < len(judged.issues) else _NO_CODE
            answers |= {
                slot.issue: code.issue or None,
                slot.polarity: code.polarity,
                slot.conditional: code.conditional,
            }
            answers |= {slot.condition: code.condition} if slot.condition else {}
    return answers


def _as_answer(value: Value) -> Answer:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def _write_proved(made: _Made, file: Path, entry: Entry, changes: Mapping[str, Answer]) -> None:
    """Write an entry and adjudicate again; take it back if that finds fault with it or has other labels."""
    decision, article_id = made.unit.judged.decision, str(made.row["article_id"])
    number = int(decision.where.rpartition(" ")[2]) if decision else None
    before = file.read_text(encoding="utf-8") if file.is_file() else None
    write_entry(file, article_id, entry, number)
    again = curate(made.project, made.schema, made.articles)
    faults = {_of_file(one) for one in again.findings} - {_of_file(one) for one in made.curated.findings}
    claims = again.units[article_id, Layer.CLAIM]
    now = next((answers_of(one.judged) for one in claims if one.span == made.unit.span), {})
    if faults or any(_shown(now.get(name)) != _shown(answer) for name, answer in changes.items()):
        file.unlink() if before is None else write_text(file, before)
        address = made.project.address(file)
        raise min(faults or {one for one in again.findings if one.where.startswith(address)}).as_error()


def _of_file(finding: Finding) -> Finding:
    """Return a finding under the address of its file: entries behind one that was replaced have other numbers."""
    return replace(finding, where=finding.where.partition(": decision")[0])


def _shown(answer: Answer) -> str:
    if answer is None or answer is False or answer == ():
        return CLEARED
    if answer is True:
        return FLAG_VALUE
    return ", ".join(answer) if isinstance(answer, tuple) else str(answer)
