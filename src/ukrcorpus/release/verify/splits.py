"""Rules on ``splits.json``: the certificate is what its checks find in the tables, and nothing leaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.documents.card_splits import SPLITS, split_lines
from ukrcorpus.policy.splits.certificate import EVENT, certify
from ukrcorpus.policy.splits.plan import PARTS, Split, SplitPlan, read_plan
from ukrcorpus.policy.splits.tables import WITHDRAWN, known_splits, split_candidates, without_withdrawn
from ukrcorpus.policy.splits.ties import BY_TEXT
from ukrcorpus.release.verify.compare import differences
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.validate.rules import Broken

_BY_EVENT: Final = frozenset({"of_event", "first_day", "last_day"})
_CARD: Final = "README.md"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SizeRecord:
    """What is recorded of a split."""

    articles: int
    clusters: int
    of_event: int
    first_day: str | None
    last_day: str | None
    undated: int


@dataclass(frozen=True, slots=True)
class LeakRecord:
    """Articles that should be in one split, and whether each was published before that was known."""

    articles: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What is recorded of a check; those that count more have more keys."""

    check: str
    what: str
    checked: int
    unit: str
    holds: bool
    leaks: tuple[LeakRecord, ...]
    largest: float = 0.0
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """The form of ``splits.json``."""

    declared: dict[str, Any]
    splits: dict[str, SizeRecord]
    checks: tuple[CheckRecord, ...]


def check_certificate(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-certificate`` where ``splits.json`` is not what its checks find in the tables of the release.

    Where texts are missing, as in a text-free edition, the checks that read them are left out, and the articles of a
    held-out event that is told by words are taken as listed (``unasked``). A release with one split, written before
    there were certificates, needs none.
    """
    table, given, plan = evidence.tables.whole["articles"], read_certificate(evidence), _plan(evidence)
    odd = sorted({str(one) for one in table["split"].unique().to_pylist()} - set(Split))
    if given is None or plan is None:
        if SPLITS in evidence.held.files or table["split"].unique().to_pylist() != [Split.TRAIN]:
            yield Broken(SPLITS, "no certificate that can be read", "a certificate as ukrcorpus build writes it")
    elif odd:
        yield Broken("articles: split", odd[0], f"one of {', '.join(Split)}")
    else:
        yield from _differences(evidence, given, plan)


def _differences(evidence: Evidence, given: Json, plan: SplitPlan) -> Iterator[Broken]:
    left = unasked(evidence)
    articles = split_candidates(without_withdrawn(evidence.tables.whole), plan)
    if EVENT in left:
        listed = {name for check in given["checks"] if check["check"] == EVENT for name in check.get("articles", ())}
        articles = tuple(one._replace(of_event=one.article_id in listed) for one in articles)
    found = certify(articles, known_splits(evidence.tables.whole["articles"]), plan, {}).as_json()
    yield from differences(SPLITS, _compared(given, left), _compared(found, left))


def unasked(evidence: Evidence) -> tuple[str, ...]:
    """Return the checks of the certificate that words are needed for, where this edition lacks some.

    Of the event it is which articles are about it that cannot be found again, where words tell it.
    """
    if _has_texts(evidence):
        return ()
    plan = _plan(evidence)
    return (*sorted(BY_TEXT), *([EVENT] if plan and plan.event and plan.event.words else []))


def check_leaks(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-leaks`` for each leak of the certificate that is not one between articles published before."""
    for check in (read_certificate(evidence) or {}).get("checks", ()):
        for leak in check["leaks"]:
            if not leak["known"]:
                yield Broken(SPLITS, f"{check['check']}: {', '.join(leak['articles'])}", check["what"])


def check_card(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-card`` where the card does not say what ``splits.json`` does."""
    given, text = read_certificate(evidence), evidence.text(_CARD) or ""
    if given is not None and len(given["splits"]) > 1 and "\n".join(split_lines(given)) not in text:
        yield Broken(f"{_CARD}: Splits", "other words", f"the sizes and checks of {SPLITS}")


def read_certificate(evidence: Evidence) -> dict[str, Any] | None:
    """Return the certificate, or None for what is none."""
    import msgspec

    try:
        given: dict[str, Any] = msgspec.json.decode(evidence.text(SPLITS) or "")
        msgspec.convert(given, CertificateRecord)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return given


def _plan(evidence: Evidence) -> SplitPlan | None:
    declared = (read_certificate(evidence) or {}).get("declared", {})
    try:
        return read_plan({name: value for name, value in declared.items() if value is not None}, where=SPLITS)
    except CorpusError:
        return None


def _has_texts(evidence: Evidence) -> bool:
    rows = evidence.tables.whole["articles"].select(["status", "text"]).to_pylist()
    return all(row["text"] is not None or row["status"] == WITHDRAWN for row in rows)


def _compared(given: Json, left: tuple[str, ...]) -> Json:
    """Return a certificate without what only the project knows, and without what the texts alone can tell."""
    checks = {
        one["check"]: one | {"leaks": [list(leak["articles"]) for leak in one["leaks"]]}
        for one in given["checks"]
        if one["check"] not in BY_TEXT or one["check"] not in left
    }
    return {**given, "checks": checks, "splits": _sizes(given["splits"], left)}


def _sizes(sizes: Json, left: tuple[str, ...]) -> Json:
    """Return the sizes, without what tells articles of the event where none of them is listed: beside the parts."""
    several = len(sizes.keys() & {*PARTS}) > 1
    unlisted = {name for name in sizes if not (several and name in PARTS)} if EVENT in left else set()
    return {
        name: {key: value for key, value in size.items() if name not in unlisted or key not in _BY_EVENT}
        for name, size in sizes.items()
    }
