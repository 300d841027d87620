"""How good suggestions are on articles they were not made with, beside a floor and the agreement of the coders.

    python benchmarks/suggest.py [--project .] [--development] [--own all] [--references ANNOTATIONS_JSON]

Reads build/corpus/ (``ukrcorpus build``). Articles are halved by a rule that nobody can tune: in the order of the
SHA-256 of their cluster's id the first half is for development, the rest for the test. Truth are the adjudicated
labels; the ceiling is what the two blind coders score against each other. Intervals are from a bootstrap over
documents, seeded. ``--own`` scores the articles of benchmarks/suggest_development/ instead, or one half of them.
"""

import argparse
import json
import random
import re
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.annotate.inflection import forms_of
from ukrcorpus.annotate.suggest.suggestions import Suggester
from ukrcorpus.measure.matching import Span, match
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.read import read_schema

SAMPLES, SEED, COPIES = 2000, 2026, 20
OWN = Path(__file__).with_name("suggest_development")
PARTS = ("development", "check")
ATTRIBUTED = ("stated", "enacted", "ascribed")
CUES = re.compile(
    r"\b(?:sa(?:id|ys?)|told|according to|announced|declared|stated|added|warned|argued|claimed|insisted|demanded"
    r"|rejected|called|urged|promised|accused|wants?|denied|заяви\w+|сказа\w+|повідоми\w+|за словами|сообщи\w+)\b"
)
Row = dict[str, Any]


@dataclass
class Claim:
    span: Span
    voice: str
    type: str | None
    quotation: str | None
    holders: frozenset[str]
    ascribers: frozenset[str]
    issue: str | None
    polarity: str | None


@dataclass
class Labels:
    """What somebody says of one article."""

    mentions: set[tuple[int, int, tuple[str, ...]]] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)


@dataclass
class Document:
    row: Row
    sentences: list[Span]
    truth: Labels
    coders: list[Labels]


Counts = tuple[float, ...]


def halves(articles: Iterable[Row]) -> tuple[set[str], set[str]]:
    order = sorted(
        articles,
        key=lambda row: (
            sha256((row["duplicate_cluster"] or row["article_id"]).encode()).hexdigest(),
            row["article_id"],
        ),
    )
    half = len(order) // 2
    return {row["article_id"] for row in order[:half]}, {row["article_id"] for row in order[half:]}


def documents(project: Path, wanted: Callable[[list[Row]], set[str]]) -> list[Document]:
    tables = {path.stem: path for path in (project / "build" / "corpus").glob("*.parquet")}
    articles = [row for row in pl.read_parquet(tables["articles"]).to_dicts() if row["text"]]
    chosen = wanted(articles)
    kept = {
        name: pl.read_parquet(tables[name]).filter(pl.col("article_id").is_in(sorted(chosen))).to_dicts()
        for name in ("mentions", "claims", "annotations", "annotation_rounds", "sentences", "blocks")
    }
    claim_ids = {row["claim_id"] for row in kept["claims"]}
    for name in ("claim_sources", "claim_issues", "stances"):
        kept[name] = [row for row in pl.read_parquet(tables[name]).to_dicts() if row["claim_id"] in claim_ids]
    return [document(row, kept) for row in articles if row["article_id"] in chosen]


def document(row: Row, tables: dict[str, list[Row]]) -> Document:
    own = {name: [r for r in rows if r.get("article_id") == row["article_id"]] for name, rows in tables.items()}
    kinds = [block["kind"] for block in sorted(own["blocks"], key=lambda one: one["start"])]
    rounds = [r for r in own["annotation_rounds"] if r["blind"] and not r["suggestions_shown"]]
    coders = [coder_labels([a for a in own["annotations"] if a["round_id"] == r["round_id"]]) for r in rounds]
    sentences = [Span(one["start"], one["end"]) for one in own["sentences"]]
    return Document({**row, "kinds": kinds, "sentences": sentences}, sentences, truth_labels(own, tables), coders)


def truth_labels(own: dict[str, list[Row]], tables: dict[str, list[Row]]) -> Labels:
    labels = Labels({(m["start"], m["end"], tuple(sorted(m["actor_ids"] or ()))) for m in own["mentions"]})
    for one in sorted(own["claims"], key=lambda one: one["start"]):
        key = one["claim_id"]
        sources = [s for s in tables["claim_sources"] if s["claim_id"] == key]
        issues = [i["issue"] for i in tables["claim_issues"] if i["claim_id"] == key and i["is_primary"]]
        sides = {str(s["polarity"]) for s in tables["stances"] if s["claim_id"] == key and s["issue"] in issues}
        labels.claims.append(
            Claim(
                Span(one["start"], one["end"]),
                one["voice"],
                one["type"],
                one["quotation"],
                frozenset(s["actor_id"] for s in sources if s["role"] == "holder"),
                frozenset(s["actor_id"] for s in sources if s["role"] == "ascriber"),
                issues[0] if issues else None,
                sides.pop() if len(sides) == 1 else "none",
            )
        )
    return labels


def coder_labels(rows: list[Row]) -> Labels:
    labels = Labels()
    for one in sorted(rows, key=lambda one: one["start"] or 0):
        if one["layer"] == "mention":
            labels.mentions.add((one["start"], one["end"], tuple(sorted(one["actor_ids"] or ()))))
        elif one["layer"] == "claim":
            polarity = "none" if one["polarity"] is None else str(one["polarity"])
            labels.claims.append(
                Claim(
                    Span(one["start"], one["end"]),
                    one["voice"],
                    one["type"],
                    one["quotation"],
                    frozenset(one["source_ids"] or ())
                    or frozenset(["pseudo:author"] if one["voice"] == "author" else []),
                    frozenset(one["ascriber_ids"] or ()),
                    one["issue"],
                    polarity,
                )
            )
    return labels


def own_documents(parts: Sequence[str] = PARTS) -> list[Document]:
    """Articles that were written and labelled for suggestions alone, outside the corpus; one label each, no coders."""
    read = ((path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(OWN.glob("*.json")))
    return [own_document(path, labels) for path, labels in read if labels["part"] in parts]


def own_document(path: Path, labels: dict[str, Any]) -> Document:
    text = path.with_suffix(".txt").read_text(encoding="utf-8").removesuffix("\n")
    truth = Labels({(one["start"], one["end"], tuple(sorted(one["actor_ids"]))) for one in labels["mentions"]})
    for one in labels["claims"]:
        span, holders = Span(one["start"], one["end"]), frozenset(one["holders"])
        answers = (one["voice"], one["type"], one["quotation"], holders, frozenset(one["ascribers"]), None, None)
        truth.claims.append(Claim(span, *answers))
    for one in (*labels["mentions"], *labels["claims"]):
        if text[one["start"] : one["end"]] != one["text"]:
            raise SystemExit(f"{path}: {one['text']!r} does not stand at {one['start']}; move the label.")
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    lines = zip(starts, text.split("\n"), strict=True)
    spans = [Span(start + low, start + high) for start, line in lines for low, high in sentence_spans(line)]
    day = date.fromisoformat(labels["published"])
    row = {"article_id": path.stem, "text": text, "machine_spun": "no", "published": day, "sentences": spans}
    return Document({**row, "is_representative": True}, spans, truth, [])


def suggested(suggester: Suggester, row: Row) -> Labels:
    mentions = suggester.mentions(row)
    claims = suggester.claims(row, mentions)
    return Labels(
        {(one.span.start, one.span.end, tuple(sorted(one.actor_ids))) for one in mentions},
        [
            Claim(
                one.span,
                one.spoken.voice,
                first(one.answers.get("type")),
                first(one.answers.get("quotation")) or "none",
                frozenset(one.spoken.holders),
                frozenset(one.spoken.ascribers),
                first(one.answers.get("issue")),
                first(one.answers.get("polarity")),
            )
            for one in claims
        ],
    )


def first(values: Sequence[str] | None) -> str | None:
    return values[0] if values else None


def f1(counts: Counts) -> float:
    """Hits, found, wanted."""
    hits, found, wanted = counts
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def share(counts: Counts) -> float:
    return counts[0] / counts[1] if counts[1] else float("nan")


def mention_counts(found: Labels, truth: Labels) -> Counts:
    return len(found.mentions & truth.mentions), len(found.mentions), len(truth.mentions)


def mention_spans(found: Labels, truth: Labels) -> Counts:
    one, other = ({m[:2] for m in labels.mentions} for labels in (found, truth))
    return len(one & other), len(one), len(other)


def sentences_of(labels: Labels, sentences: Sequence[Span], *, attributed: bool) -> set[int]:
    spans = [one.span for one in labels.claims if not attributed or one.voice in ATTRIBUTED]
    return {number for number, sentence in enumerate(sentences) if any(sentence.shared(span) for span in spans)}


def sentence_counts(found: set[int], truth: set[int]) -> Counts:
    return len(found & truth), len(found), len(truth)


def span_counts(found: Labels, truth: Labels, *, strict: bool, attributed: bool = False) -> Counts:
    one, other = (
        [c.span for c in labels.claims if not attributed or c.voice in ATTRIBUTED] for labels in (found, truth)
    )
    hits = len(set(one) & set(other)) if strict else len(match(one, other))
    return hits, len(one), len(other)


def matched(found: Labels, truth: Labels) -> list[tuple[Claim, Claim]]:
    """Pairs of claims on right spans: IoU at least one half, one to one."""
    pairs = match([c.span for c in found.claims], [c.span for c in truth.claims])
    return [(found.claims[p.left], truth.claims[p.right]) for p in pairs]


def answer_counts(name: str, *, attributed: bool, given: bool = False) -> Callable[[Labels, Labels], Counts]:
    def counted(found: Labels, truth: Labels) -> Counts:
        pairs = [
            (getattr(a, name), getattr(b, name))
            for a, b in matched(found, truth)
            if not attributed or (b.voice in ATTRIBUTED and (name == "voice" or a.voice in ATTRIBUTED))
        ]
        pairs = [pair for pair in pairs if not given or pair[0]]
        return sum(a == b for a, b in pairs), len(pairs)

    return counted


def holders_without(late: set[str]) -> Callable[[Labels, Labels], Counts]:
    def counted(found: Labels, truth: Labels) -> Counts:
        pairs = [
            (a.holders, b.holders)
            for a, b in matched(found, truth)
            if a.voice in ATTRIBUTED and b.voice in ATTRIBUTED and not late & (a.holders | b.holders)
        ]
        return sum(a == b for a, b in pairs), len(pairs)

    return counted


def interval(counts: Sequence[Counts], figure: Callable[[Counts], float]) -> tuple[float, float]:
    chance = random.Random(SEED)
    drawn = sorted(
        figure(tuple(map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True)))) for _ in range(SAMPLES)
    )
    return drawn[int(SAMPLES * 0.025)], drawn[int(SAMPLES * 0.975)]


def tell(name: str, counts: Sequence[Counts], figure: Callable[[Counts], float]) -> float:
    total = tuple(map(sum, zip(*counts, strict=True)))
    low, high = interval(counts, figure)
    value = figure(total)
    rest = " of ".join(f"{int(n):,}" for n in (total[0], total[-1]))
    extra = f", P {total[0] / max(total[1], 1):.3f} R {total[0] / max(total[2], 1):.3f}" if len(total) == 3 else ""
    print(f"  {name:<34} {value:.3f} [{low:.3f}, {high:.3f}] ({rest}{extra})")
    return value


def ceiling(document: Document, count: Callable[[Labels, Labels], Counts]) -> Counts | None:
    return count(document.coders[0], document.coders[1]) if len(document.coders) > 1 else None


def compare(  # noqa: PLR0913, PLR0917 - what is compared, and how
    name: str,
    docs: Sequence[Document],
    ours: Sequence[Labels],
    count: Callable[[Labels, Labels], Counts],
    figure: Callable[[Counts], float],
    floor: Callable[[Document], Labels] | None = None,
) -> None:
    print(name)
    if floor:
        tell("floor", [count(floor(doc), doc.truth) for doc in docs], figure)
    tell("suggestions", [count(labels, doc.truth) for labels, doc in zip(ours, docs, strict=True)], figure)
    if both := [counts for doc in docs if (counts := ceiling(doc, count))]:
        tell("coder against coder", both, figure)
    if against := [count(coder, doc.truth) for doc in docs for coder in doc.coders[:1]]:
        tell("coder against the adjudicated", against, figure)


def floor_mentions(gazetteer: Gazetteer) -> Callable[[Document], Labels]:
    """The plain gazetteer: names as they are written."""
    return lambda doc: Labels(
        {(hit.start, hit.end, (hit.actor_id,)) for hit in gazetteer.find(doc.row["text"]) if not hit.ambiguous}
    )


def floor_claims(majority: dict[str, Any]) -> Callable[[Document], Labels]:
    """Every sentence is a claim; one with a cue word is attributed; its answers are the commonest ones."""

    def labels(doc: Document) -> Labels:
        text = doc.row["text"]
        claims = []
        for span in doc.sentences:
            cue = CUES.search(text[span.start : span.end])
            voice = "stated" if cue else "author"
            claims.append(Claim(Span(span.start, span.end - 1), voice, **majority))
        return Labels(claims=claims)

    return labels


def commonest(docs: Sequence[Document]) -> dict[str, Any]:
    claims = [one for doc in docs for one in doc.truth.claims]
    attributed = [one for one in claims if one.voice in ATTRIBUTED]
    most = {name: mode(getattr(one, name) for one in claims) for name in ("type", "issue", "polarity")}
    held = {name: mode(getattr(one, name) for one in attributed) for name in ("quotation", "holders", "ascribers")}
    return most | held


def mode(values: Iterable[Any]) -> Any:
    counts: dict[Any, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(sorted(counts, key=str), key=lambda value: counts[value])


def entered_later(project: Path) -> set[str]:
    """Ids that the registry lacked when the first labels were brought home, by the repository's history."""
    git = ["git", "-C", str(project)]
    log = [*git, "log", "--diff-filter=A", "--format=%H", "--", "annotations/exports"]
    added = subprocess.run(log, capture_output=True, text=True, check=True).stdout.split()
    ids = []
    for commit in (*added[-1:], "HEAD"):
        shown = subprocess.run(
            [*git, "show", f"{commit}:schema/actors.toml"], capture_output=True, text=True, check=True
        )
        ids.append({actor["id"] for actor in tomllib.loads(shown.stdout)["actors"]})
    return ids[-1] - ids[0] if len(ids) > 1 else set()


def without(labels: Labels, late: set[str]) -> Labels:
    return Labels({one for one in labels.mentions if not late.intersection(one[2])}, labels.claims)


def report(project: Path, docs: Sequence[Document], development: Sequence[Document], suggester: Suggester) -> None:
    ours = [suggested(suggester, doc.row) for doc in docs]
    floor = floor_claims(commonest(development))
    plain = floor_mentions(Gazetteer.of(suggester.schema.actors))
    compare("actor mentions, span and ids (F1)", docs, ours, mention_counts, f1, plain)
    late = entered_later(project)
    if late:
        name = f"the same, without the {len(late)} actors that were entered after the articles were labelled"
        compare(name, docs, ours, lambda a, b: mention_counts(without(a, late), without(b, late)), f1, plain)
    compare("actor mentions, span (F1)", docs, ours, mention_spans, f1, plain)
    for attributed, name in ((True, "sentences with an attributed claim (F1)"), (False, "sentences with a claim (F1)")):
        print(name)
        counted = [
            tuple(
                sentences_of(labels, doc.sentences, attributed=attributed) for labels in (mine, floor(doc), doc.truth)
            )
            for mine, doc in zip(ours, docs, strict=True)
        ]
        tell("floor", [sentence_counts(low, truth) for _, low, truth in counted], f1)
        tell("suggestions", [sentence_counts(mine, truth) for mine, _, truth in counted], f1)
        both = [[sentences_of(c, doc.sentences, attributed=attributed) for c in doc.coders[:2]] for doc in docs]
        if pairs := [sentence_counts(*pair) for pair in both if len(pair) == 2]:
            tell("coder against coder", pairs, f1)
    for strict in (True, False):
        for attributed in (False, True):
            kind = ("attributed claims" if attributed else "claims") + (", strict" if strict else ", IoU 0.5")
            compare(
                f"{kind} (span F1)",
                docs,
                ours,
                lambda a, b, s=strict, t=attributed: span_counts(a, b, strict=s, attributed=t),
                f1,
                floor,
            )
    of_all, of_attributed = ("voice", "type", "issue", "polarity"), ("holders", "ascribers", "quotation")
    of_all = of_all if any(claim.issue for doc in docs for claim in doc.truth.claims) else of_all[:2]
    for name, attributed in (*((one, False) for one in of_all), *((one, True) for one in of_attributed)):
        count = answer_counts(name, attributed=attributed)
        compare(f"{name} on right spans (accuracy)", docs, ours, count, share, floor)
    if late:
        compare("holders, where neither is a late actor (accuracy)", docs, ours, holders_without(late), share)
    open_left = (("issue", False), ("polarity", False), ("holders", True))
    for name, attributed in (one for one in open_left if one[0] in (*of_all, "holders")):
        given = answer_counts(name, attributed=attributed, given=True)
        compare(f"{name} on right spans, where one is suggested (accuracy)", docs, ours, given, share)


def speed(docs: Sequence[Document], suggester: Suggester) -> None:
    times = []
    for doc in docs:
        for _ in range(5):
            began = time.process_time()
            suggester(doc.row)
            times.append((time.process_time() - began) * 1000)
    sizes = sorted(len(doc.row["text"]) for doc in docs)
    print(f"speed: median {sorted(times)[len(times) // 2]:.1f} ms, worst {max(times):.1f} ms of CPU time an article")
    print(f"  (n = {len(docs)} articles of {sizes[0]:,} to {sizes[-1]:,} characters, five times each)")
    before = memory_kib()
    gazetteers = [Gazetteer.of(suggester.schema.actors, forms_of) for _ in range(COPIES)]
    grown = (memory_kib() - before) / COPIES / 1024
    print(f"automaton: {len(gazetteers[0].entries):,} forms of {len(suggester.schema.actors)} actors, {grown:.1f} MiB")


def memory_kib() -> int:
    """Return the memory that this process holds now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]


def references(path: Path, suggester: Suggester) -> None:
    """Mentions on hand-made reference articles, whose texts and labels stay outside the repository."""
    old = json.loads(path.read_text(encoding="utf-8"))["files"]
    folder = path.parent.parent / "seeds"
    counts, plain_counts = [], []
    gazetteer = Gazetteer.of(suggester.schema.actors)
    for name, labels in old.items():
        text = (folder / name).read_bytes().decode("utf-8")
        row = {"article_id": name, "text": text, "machine_spun": labels["document"]["machine_spun"], "published": None}
        truth = Labels({(m["start"], m["end"], tuple(sorted(m["actor_ids"]))) for m in labels["actor_mentions"]})
        mine = suggested(suggester, row)
        plain = floor_mentions(gazetteer)(Document(row, [], truth, []))
        counts.append(mention_counts(as_then(mine), truth))
        plain_counts.append(mention_counts(as_then(plain), truth))
        print(f"  {name}: {f1(counts[-1]):.3f} ({len(truth.mentions)} mentions)")
    tell("floor", plain_counts, f1)
    tell("suggestions", counts, f1)


# The reference is older than the rule that a palace stands for its body and not for the state.
THEN = {"org:ru_presidency": "gov:ru", "org:us_presidency": "gov:us", "org:ua_presidency": "gov:ua"}


def as_then(labels: Labels) -> Labels:
    renamed = {(start, end, tuple(sorted(THEN.get(one, one) for one in ids))) for start, end, ids in labels.mentions}
    return Labels(renamed, labels.claims)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--development", action="store_true")
    parser.add_argument("--own", choices=(*PARTS, "all"), help="score articles made for suggestions alone")
    parser.add_argument("--references", type=Path)
    given = parser.parse_args()
    suggester = Suggester.of(read_schema(given.project / "schema"))
    development = documents(given.project, lambda rows: halves(rows)[0])
    if given.own:
        docs, name = own_documents(PARTS if given.own == "all" else (given.own,)), f"own, {given.own}"
    elif given.development:
        docs, name = development, "development"
    else:
        docs, name = documents(given.project, lambda rows: halves(rows)[1]), "test"
    print(f"{suggester.version}: {len(docs)} articles, {name}")
    report(given.project, docs, development, suggester)
    speed(docs, suggester)
    if given.references:
        references(given.references, suggester)


if __name__ == "__main__":
    main()
