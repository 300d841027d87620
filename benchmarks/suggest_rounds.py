"""What suggestions do to labels: rounds that began from them beside two blind rounds over the same articles.

    python benchmarks/suggest_rounds.py [EXPORT] [--project .]

The export (Label Studio's full JSON, pseudonymised by ``ukrcorpus studio pull``) holds the rounds and the predictions
that were on screen. Blind rounds and adjudicated labels come from build/corpus/ (``ukrcorpus build``).
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl
from suggest import (
    ATTRIBUTED,
    Claim,
    Counts,
    Document,
    Labels,
    Row,
    answer_counts,
    coder_labels,
    documents,
    f1,
    mention_counts,
    share,
    span_counts,
    tell,
)

from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.exports.tabulate import tabulate
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span, match
from ukrcorpus.schema.read import read_schema

HERE = Path(__file__).parent
EXPORT = HERE / "suggested" / "model-c-2026-11-22.json"
ANSWERS = ("voice", "type", "holders", "issue", "polarity")


def with_suggestions(export: Path, project: Project) -> dict[str, Labels]:
    """Return what the annotator left, by article, every span proved as an import proves it."""
    entry = ExportEntry(
        file=export.name,
        sha256=sha256(export.read_bytes()),
        server="experiment",
        annotator_kind="model",
        step="both",
        blind=True,
        suggestions_shown=True,
        suggestion_version="",
        scheme_version=None,
        guideline_version=None,
        imported_on=None,
    )
    with tempfile.TemporaryDirectory() as folder:
        done = tabulate(export, entry, read_schema(project.schema), read_articles(project).by_id, Path(folder))
        assert not done.findings, done.as_text()
        rows = pl.read_parquet(Path(folder) / "annotations.parquet").to_dicts()
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["article_id"]].append(row)
    return {name: coder_labels(own) for name, own in by_article.items()}


def as_shown(prediction: Row) -> Labels:
    """Return the labels of a prediction; what it leaves open is None, or no holder."""
    regions: dict[str, Row] = defaultdict(dict)
    for item in prediction["result"]:
        value, own = item["value"], regions[item["id"]]
        if item["from_name"] == "label":
            own |= {"span": Span(value["start"], value["end"]), "layer": value["labels"][0]}
        else:
            own[item["from_name"]] = value.get("choices") or value.get("taxonomy", [[None]])[0][-1:]
    labels = Labels()
    for own in regions.values():
        if own["layer"] == "mention":
            labels.mentions.add((own["span"].start, own["span"].end, tuple(sorted(own.get("actor_ids", ())))))
        else:
            labels.claims.append(claim(own))
    labels.claims.sort(key=lambda one: one.span)
    return labels


def claim(own: Row) -> Claim:
    one = {name: own[name][0] if name in own else None for name in ("voice", "type", "quotation", "issue", "polarity")}
    holders = frozenset(own.get("source_ids", ())) or frozenset(["pseudo:author"] if one["voice"] == "author" else [])
    return Claim(
        own["span"],
        one["voice"] or "",
        one["type"],
        one["quotation"],
        holders,
        frozenset(own.get("ascriber_ids", ())),
        one["issue"],
        one["polarity"],
    )


def agreement(docs: list[Document], helped: dict[str, Labels]) -> None:
    """Who agrees with whom: were nothing changed, the helped coder would be as near to the blind ones as they are."""
    measures = [
        ("mentions with ids (F1)", mention_counts, f1),
        ("claims, strict (F1)", lambda a, b: span_counts(a, b, strict=True), f1),
        ("claims, IoU 0.5 (F1)", lambda a, b: span_counts(a, b, strict=False), f1),
        *((f"{name} on matched claims", answer_counts(name, attributed=False), share) for name in ANSWERS),
    ]
    for name, count, figure in measures:
        print(name)
        tell("blind with blind", [count(doc.coders[0], doc.coders[1]) for doc in docs], figure)
        pairs = [[count(helped[doc.row["article_id"]], coder) for coder in doc.coders[:2]] for doc in docs]
        tell("helped with blind", [added(own) for own in pairs], figure)
        tell("helped with the adjudicated", [count(helped[doc.row["article_id"]], doc.truth) for doc in docs], figure)
        tell("blind with the adjudicated", [added(count(c, doc.truth) for c in doc.coders[:2]) for doc in docs], figure)


def added(counts: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))


def pulled(docs: list[Document], helped: dict[str, Labels], shown: dict[str, Labels]) -> None:
    """Where both blind coders and the adjudicated label contradict a suggestion alike: does the helped coder follow it?

    The control is a blind coder who cannot have seen it: how often one of them says what was suggested where the other
    one and the adjudicated label do not.
    """
    for name in ANSWERS:
        followed, control = Counter[bool](), Counter[bool]()
        for doc in docs:
            for said, mine, one, two, truth in answers(doc, helped, shown, name):
                if one == two == truth != said:
                    followed[mine == said] += 1
                for own, other in ((one, two), (two, one)):
                    if other == truth != said:
                        control[own == said] += 1
        print(
            f"{name}: suggested {followed.total()} that all contradict alike, kept {followed[True]}; "
            f"control {control[True]} of {control.total()}"
        )


def answers(doc: Document, helped: dict[str, Labels], shown: dict[str, Labels], name: str) -> list[tuple[object, ...]]:
    """On claims that all mark alike: suggested (where something was), helped, both blind coders, adjudicated."""
    article = doc.row["article_id"]
    first = shown[article].claims
    others = [helped[article].claims, *(one.claims for one in (*doc.coders[:2], doc.truth))]
    found = [
        {pair.left: own[pair.right] for pair in match([c.span for c in first], [c.span for c in own])} for own in others
    ]
    rows = []
    for number, one in enumerate(first):
        said = getattr(one, name)
        if said and all(number in own for own in found) and (name != "holders" or one.voice in ATTRIBUTED):
            rows.append((said, *(getattr(own[number], name) for own in found)))
    return rows


def regions(export: Path) -> None:
    """How many suggested regions were kept as they were, changed or taken away, and how many were added."""
    for task in json.loads(export.read_text(encoding="utf-8")):
        shown = {item["id"] for item in task["predictions"][0]["result"]}
        result = task["annotations"][0]["result"]
        labels = [item for item in result if item["from_name"] == "label"]
        origins = Counter(item["origin"] for item in labels)
        gone = len(shown - {item["id"] for item in labels})
        print(
            f"{task['data']['article_id']}: {len(shown)} suggested, {origins['prediction']} kept, "
            f"{origins['prediction-changed']} changed, {gone} taken away, {origins['manual']} added"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("export", type=Path, nargs="?", default=EXPORT)
    parser.add_argument("--project", type=Path, default=HERE.parent)
    given = parser.parse_args()
    helped = with_suggestions(given.export, Project.open(given.project))
    tasks = json.loads(given.export.read_text(encoding="utf-8"))
    shown = {task["data"]["article_id"]: as_shown(task["predictions"][0]) for task in tasks}
    docs = documents(given.project, lambda _: set(helped))
    regions(given.export)
    agreement(docs, helped)
    pulled(docs, helped, shown)


if __name__ == "__main__":
    main()
