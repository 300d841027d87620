"""Rules asked of what changed: a question that is known to find nothing is not asked again.

A question is a rule with its tables and, where a rule can be asked part by part, one part of them; it is known by the
hash of all that decides it. The report is that of asking everything: what a rule finds in a part only makes it be asked
of the whole, and what it finds there is reported.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.tables import sha256
from ukrcorpus.validate.cut import cut_of
from ukrcorpus.validate.evidence import Evidence
from ukrcorpus.validate.ledger import Ledger
from ukrcorpus.validate.rules import Alone, Rule

Answer = Callable[[Rule, Evidence, Iterable[Finding]], list[Finding]]


class TornError(Exception):
    """A part alone has a finding that the whole has not: its rows belong with rows of another part."""


class Changed:
    """Answers rules like ``answer``, which asks of everything that the evidence holds, but asks what is not known."""

    def __init__(self, evidence: Evidence, ledger: Ledger, answer: Answer) -> None:
        self._answer, self._ledger = answer, ledger
        self._cut = cut_of(evidence, ledger)
        self._parts = [evidence.of(part) for part in self._cut.parts] if self._cut else []
        self._schema = sha256(repr(evidence.schema).encode("utf-8"))

    def __call__(self, rule: Rule, evidence: Evidence, known: Iterable[Finding]) -> list[Finding]:
        """Return what a rule finds in the whole, or raise ``TornError``, so that everything is asked of the whole."""
        if rule.alone is Alone.NO or self._cut is None:
            return self._answer(rule, evidence, known)
        found: set[Finding] = set()
        for question, asked in self._questions(rule, evidence):
            if self._ledger.is_clean(question):
                continue
            own = self._answer(rule, asked.about(evidence.tables), ())
            found.update(own)
            if not own:
                self._ledger.enter(question)
        if not found:
            return []
        whole = self._answer(rule, evidence, known)
        if not found.issubset(whole):
            raise TornError
        return whole

    def _questions(self, rule: Rule, evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
        """Yield the questions that make up a rule and its tables, each with what it is asked of."""
        assert self._cut is not None
        project, files = evidence.project, [self._cut.files[name] for name in evidence.tables]
        given = [*rule.given(project)]
        others = [(project.address(path), self._ledger.sha256(path)) for path in given if path != project.manifest]
        about = hashlib.sha256(json.dumps([self._schema, rule.id, evidence.tables, others]).encode("utf-8"))
        reads_lines = project.manifest in given
        if not self._is_cut(rule, evidence.tables):
            lines = [self._ledger.sha256(project.manifest)] if reads_lines else []
            yield _told(about, [*chain.from_iterable(files), *lines]), evidence
            return
        for n, part in enumerate(self._parts):
            lines = [self._cut.lines[n]] if reads_lines else []
            yield _told(about, [*(one[n] if len(one) > 1 else one[0] for one in files), *lines]), part

    def _is_cut(self, rule: Rule, tables: tuple[str, ...]) -> bool:
        """Say whether a rule can be asked of these tables part by part."""
        assert self._cut is not None
        if len({*tables}) < len(tables) or not any(len(self._cut.files[name]) > 1 for name in tables):
            return False  # a row names another of its table, wherever that is
        return rule.alone is Alone.ARTICLE or tables[0] in self._cut.apart


def _told(about: "hashlib._Hash", hashes: Iterable[str]) -> str:
    told = about.copy()
    told.update(" ".join(hashes).encode("ascii"))
    return told.hexdigest()
