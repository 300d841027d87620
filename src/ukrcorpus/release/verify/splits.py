"""Rules on ``splits.json``: the certificate is what its checks find in the tables, and nothing leaks."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.documents.card_splits import SPLITS, split_lines
from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.certificate import EVENT, certify
from ukrcorpus.policy.splits.plan import Split, SplitPlan, read_plan
from ukrcorpus.policy.splits.tables import WITHDRAWN, known_splits, split_candidates, without_withdrawn
from ukrcorpus.policy.splits.ties import BY_TEXT
from ukrcorpus.release.verify.compare import differences
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.validate.rules import Broken

_CARD: Final = "README.md"
Json = Mapping[str, Any]


def check_certificate(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-certificate`` where ``splits.json`` is not what its checks find in the tables of the release.

    Where texts are missing, as in a text-free edition, the checks that read them are left out, and the articles of the
    held-out event are taken as listed.
    """
    given, plan = _given(evidence)
    if given is None or plan is None:
        yield Broken(SPLITS, "no certificate that can be read", "a certificate as ukrcorpus build writes it")
        return
    whole = _has_texts(evidence)
    articles = split_candidates(without_withdrawn(evidence.tables.whole), plan)
    if not whole and plan.event:
        listed = set(_check(given, EVENT).get("articles", ()))
        articles = tuple(replace(one, of_event=one.article_id in listed) for one in articles)
    found = _asked(_found(articles, evidence, plan), whole=whole)
    yield from differences(SPLITS, _asked(_without_known(given), whole=whole), found)


def unasked(evidence: Evidence) -> tuple[str, ...]:
    """Return the checks of the certificate that words are needed for, where this edition lacks some."""
    return () if _has_texts(evidence) else tuple(sorted(BY_TEXT))


def check_leaks(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-leaks`` for each leak of the certificate that is not one between articles published before."""
    for check in (_given(evidence)[0] or {}).get("checks", ()):
        for leak in check["leaks"]:
            if not leak["known"]:
                got = f"{check['check']}: {', '.join(leak['articles'])}"
                yield Broken(SPLITS, got, check["what"])


def check_card(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-card`` where the card does not say what ``splits.json`` does."""
    given, text = _given(evidence)[0], evidence.text(_CARD) or ""
    if given is not None and len(given["splits"]) > 1 and "\n".join(split_lines(given)) not in text:
        yield Broken(f"{_CARD}: Splits", "other words", f"the sizes and checks of {SPLITS}")


def _given(evidence: Evidence) -> tuple[dict[str, Any] | None, SplitPlan | None]:
    """Return the certificate and the plan it declares, or None for each that cannot be read."""
    try:
        given = json.loads(evidence.text(SPLITS) or "")
        plan = {name: value for name, value in given["declared"].items() if value is not None}
        assert all(isinstance(check["leaks"], list) and check["what"] for check in given["checks"])
        return given, read_plan(plan, where=f"{SPLITS}: declared")
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError, CorpusError):
        return None, None


def _check(given: Json, name: str) -> Json:
    return next((one for one in given["checks"] if one.get("check") == name), {})


def _has_texts(evidence: Evidence) -> bool:
    rows = evidence.tables.whole["articles"].select(["status", "text"]).to_pylist()
    return all(row["text"] is not None or row["status"] == WITHDRAWN for row in rows)


def _found(articles: tuple[Candidate, ...], evidence: Evidence, plan: SplitPlan) -> Json:
    splits: Mapping[str, Split] = known_splits(evidence.tables.whole["articles"])
    return _without_known(certify(articles, splits, plan, {}).as_json())


def _without_known(given: Json) -> Json:
    """Return a certificate without what only the project knows: which articles were published before."""
    checks = [
        one | {"leaks": [{name: leak[name] for name in leak if name != "known"} for leak in one["leaks"]]}
        for one in given["checks"]
    ]
    return {**given, "checks": checks}


def _asked(given: Json, *, whole: bool) -> Json:
    checks = {str(one.get("check")): one for one in given["checks"] if whole or one.get("check") not in BY_TEXT}
    return {**given, "checks": checks}
