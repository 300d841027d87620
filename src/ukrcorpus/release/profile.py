"""The profile of a corpus, from its tables."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.derive.profile import Counts, Days, MachineShare, Profile, Size, StanceCell

N_HOLDERS: Final = 12
N_ISSUES: Final = 8
_STANCES: Final = ("oppose", "neutral", "support")
_Frames = Mapping[str, pl.DataFrame]
_READ: Final[dict[str, list[str]]] = {
    "articles": ["article_id", "status", "origin", "publisher", "published", "fetched_at", "n_chars", "n_sentences"],
    "annotation_rounds": ["round_id", "article_id", "annotator", "annotator_kind", "status", "step"],
    "annotations": ["annotation_id", "round_id", "layer", "origin"],
    "mentions": ["mention_id", "annotation_ids"],
    "claims": ["claim_id", "annotation_ids", "decided_by"],
    "claim_issues": ["issue"],
    "stances": ["claim_id"],
    "statements": ["date", "holder_id", "issue", "stance"],
}


def profile(tables: Mapping[str, pa.Table]) -> Profile:
    """Return the profile; articles that are not live are not counted, nor is their text."""
    frames = {name: _frame(tables[name].select(columns)) for name, columns in _READ.items()}
    articles = frames["articles"].filter(pl.col("status") == "live")
    statements, handed_in = frames["statements"], _handed_in(frames["annotation_rounds"])
    holders, issues = _counts(statements["holder_id"]), _counts(statements["issue"])
    return Profile(
        size=_size(articles, tables["signals"]),
        fetched=_ends(articles["fetched_at"]),
        published=_days(articles["published"]),
        stated=_days(statements["date"]),
        machine=tuple(_machine(articles, frames)),
        annotators=_counts(handed_in.unique("annotator")["annotator_kind"]),
        rounds=_counts(handed_in.group_by("article_id").len()["len"].cast(pl.String)),
        n_curated=int((frames["claims"]["decided_by"] == "curator").sum()),
        n_publishers=articles["publisher"].drop_nulls().n_unique(),
        n_withdrawn=int((frames["articles"]["status"] == "withdrawn").sum()),
        claims_by_issue=_counts(frames["claim_issues"]["issue"]),
        holders=holders,
        issues=issues,
        stances=tuple(_stances(statements, _first(holders, N_HOLDERS), _first(issues, N_ISSUES))),
    )


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _handed_in(rounds: pl.DataFrame) -> pl.DataFrame:
    """Return the rounds of annotators: what a curator decided afterwards is no reading of its own."""
    return rounds.filter((pl.col("status") == "submitted") & (pl.col("step") != "adjudication"))


def _size(articles: pl.DataFrame, signals: pa.Table) -> Size:
    columns = signals.select(["article_id", "value"])
    words = _frame(columns.filter(pc.equal(signals["name"], "n_words"))).join(articles, on="article_id", how="semi")
    sums = (articles["n_chars"].sum(), words["value"].sum(), articles["n_sentences"].sum())
    return Size(*map(int, sums))


def _ends(column: pl.Series) -> tuple[date, date] | None:
    days: list[date] = column.drop_nulls().dt.date().sort().to_list()
    return (days[0], days[-1]) if days else None


def _days(column: pl.Series) -> Days:
    dated = column.drop_nulls().sort()
    first, last = (dated[0], dated[-1]) if len(dated) else (None, None)
    months = dated.dt.strftime("%Y-%m").value_counts(name="n").rows()
    return Days(first, last, len(dated), column.null_count(), tuple(sorted(months)))


def _counts(column: pl.Series) -> Counts:
    """Return how often each value stands, the most frequent first; null is no value."""
    counted: list[tuple[str, int]] = column.drop_nulls().value_counts(name="n").rows()
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _first(counts: Counts, n: int) -> list[str]:
    return [name for name, _ in counts[:n]]


def _stances(statements: pl.DataFrame, holders: list[str], issues: list[str]) -> Iterator[StanceCell]:
    """Yield what these holders say on these issues, in the order of both."""
    sums = [(pl.col("stance") == stance).sum().cast(pl.Int64).alias(stance) for stance in _STANCES]
    shown = statements.filter(pl.col("holder_id").is_in(holders) & pl.col("issue").is_in(issues))
    cells = shown.group_by("holder_id", "issue").agg(sums).rows()
    for holder, issue, *counts in sorted(cells, key=lambda row: (holders.index(row[0]), issues.index(row[1]))):
        yield StanceCell(holder, issue, *counts)


def _machine(articles: pl.DataFrame, frames: _Frames) -> Iterator[MachineShare]:
    """Yield the share of language models in texts, in what annotators drew, and in what was published of it."""
    written = int((articles["origin"] == "machine_written").sum())
    yield MachineShare("articles: texts", len(articles), written, 0)
    kinds = frames["annotation_rounds"].select("round_id", "annotator_kind")
    drawn = frames["annotations"].join(kinds, on="round_id", how="left")
    for layer in drawn["layer"].unique().sort().to_list():
        own = drawn.filter(pl.col("layer") == layer)
        suggested = own["origin"].is_in(["prediction", "prediction-changed"]).sum()
        yield MachineShare(
            f"annotations: {layer}",
            len(own),
            int((own["annotator_kind"] == "model").sum()),
            own["annotator_kind"].null_count(),
            int(suggested),
        )
    made = {name: _makers(frames[name], f"{name[:-1]}_id", drawn) for name in ("mentions", "claims")}
    made["stances"] = frames["stances"].join(made["claims"], on="claim_id", how="left")
    for name, rows in made.items():
        yield MachineShare(name, len(rows), int(rows["by_model"].sum()), rows["by_model"].null_count())


def _makers(units: pl.DataFrame, key: str, drawn: pl.DataFrame) -> pl.DataFrame:
    """Return for each unit whether models alone annotated it; null where it does not say, or one is not there."""
    single = units.select(key, pl.col("annotation_ids").alias("annotation_id")).explode("annotation_id")
    kinds = single.join(drawn, on="annotation_id", how="left").select(key, pl.col("annotator_kind") == "model")
    human = pl.col("annotator_kind").not_().any()  # one person is enough, whatever else is not known
    unknown = pl.col("annotator_kind").is_null().any()
    by_model = pl.when(human).then(pl.lit(value=False)).when(unknown).then(None).otherwise(pl.lit(value=True))
    return kinds.group_by(key, maintain_order=True).agg(by_model.alias("by_model"))
