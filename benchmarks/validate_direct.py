"""What the rules check of tables, ids and raw files, written down once in polars and plain Python: counts, no messages.

This is what somebody would write who has these tables and no toolkit: every table read once, one `select` of all cell
checks a table, joins for keys, `str.slice` for spans, `hashlib` for hashes. It counts what is wrong and names nothing.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

import polars as pl

from ukrcorpus.schema.model import Column, Kind, Schema, Table

Frames = dict[str, pl.DataFrame]
TIERS = {"stated": 1, "enacted": 1, "ascribed": 2, "author": 3}
SIGNS = {-1: "oppose", 0: "neutral", 1: "support"}
STANCE = ["claim_id", "holder_id", "issue", "polarity", "conditional"]


def check(root: Path, schema: Schema) -> dict[str, int]:
    """Return how often each check fails in the corpus of a project."""
    frames = {t.name: pl.read_parquet(root / "build" / "corpus" / f"{t.name}.parquet") for t in schema.tables}
    found: Counter[str] = Counter()
    for table in schema.tables:
        found.update(cells(frames[table.name], table, schema))
        found[f"{table.name}: key"] += int(frames[table.name].select(pl.struct(table.key).is_duplicated().sum()).item())
        found.update(references(frames, table, schema))
        if {"article_id", "start", "end"} <= set(table.names) and table.name != "edits":
            found.update(spans(frames["articles"], frames[table.name], table))
        if "sentence_id" in table.names and "sentence_id" not in table.key:
            found[f"{table.name}: sentence"] += sentence(frames["sentences"], frames[table.name])
    found.update(texts(frames))
    found.update(claims(frames))
    found.update(statements(frames))
    found.update(articles(frames, schema))
    found.update(minted(frames, root / "annotations" / "ids.jsonl"))
    found.update(raw(frames, root / "raw"))
    return {name: n for name, n in found.items() if n}


def cells(frame: pl.DataFrame, table: Table, schema: Schema) -> dict[str, int]:
    """Count cells that are null, outside their pattern, range or closed list, and spans that end before they start."""
    wrong = {f"{table.name}.{c.name}": ~_right(c, table, schema) for c in table.columns}
    nulls = {f"{table.name}.{c.name}: null": pl.col(c.name).is_null() for c in table.columns if c.required}
    pairs = [("start", "end"), ("raw_start", "raw_end"), ("claim_start", "claim_end")]
    held = [pair for pair in pairs if set(pair) <= set(table.names)]
    order = {f"{table.name}: {end} before {start}": pl.col(end) < pl.col(start) for start, end in held}
    return frame.select(expr.sum().alias(name) for name, expr in (wrong | nulls | order).items()).row(0, named=True)


def _right(column: Column, table: Table, schema: Schema) -> pl.Expr:
    cell, closed = pl.col(column.name), _closed(column, schema)
    match column.kind:
        case Kind.IDS | Kind.LABELS:
            item = pl.element().is_not_null() & (pl.element() != "")
            right = cell.list.eval(item & pl.element().is_in(closed) if closed else item).list.all()
        case Kind.TEXT:
            right = cell != ""
        case Kind.HASH:
            right = cell.str.contains("^[0-9a-f]{64}$")
        case Kind.ID | Kind.LABEL:
            right = cell.str.contains(r"^\S+$")
        case Kind.COUNT | Kind.OFFSET:
            right = cell >= 0
        case Kind.POLARITY:
            right = cell.is_between(-2, 2)
        case Kind.SCORE:
            right = cell.is_finite()
        case _:
            right = cell.is_null() | cell.is_not_null()
    if closed and column.kind not in (Kind.IDS, Kind.LABELS):
        right &= cell.is_in(closed)
    if "articles.article_id" in (column.references, f"{table.name}.{column.name}"):
        right &= cell.str.contains("^[a-z0-9][a-z0-9-]{0,62}$")
    return right


def _closed(column: Column, schema: Schema) -> list[str]:
    if column.references == "issues.issue":
        return [issue.issue for issue in schema.issues]
    if column.references == "actors.actor_id":
        return [actor.id for actor in schema.actors]
    if column.vocabulary and column.kind is not Kind.POLARITY:
        return list(schema.vocabulary(column.vocabulary).names)
    return []


def references(frames: Frames, table: Table, schema: Schema) -> dict[str, int]:
    """Count ids that name no row of the table they refer to."""
    found = {}
    for column in table.columns:
        if column.references:
            name = column.references.split(".")[0]
            known = frames[name].select(wanted=schema.table(name).key[0])
            wanted = frames[table.name].select(wanted=column.name)
            wanted = wanted.explode("wanted") if column.kind in (Kind.IDS, Kind.LABELS) else wanted
            missing = wanted.drop_nulls().join(known, on="wanted", how="anti")
            found[f"{table.name}.{column.name}: reference"] = missing.height
    return found


def spans(articles: pl.DataFrame, frame: pl.DataFrame, table: Table) -> dict[str, int]:
    """Count spans outside their text, and quotes that are not ``text[start:end]``."""
    texts = articles.select("article_id", "text", n=pl.col("text").str.len_chars()).drop_nulls("text")
    held = ["article_id", "start", "end", *(["quote"] if "quote" in table.names else [])]
    rows = frame.select(held).drop_nulls("start").join(texts, on="article_id")
    inside = (pl.col("start") >= 0) & (pl.col("start") < pl.col("end")) & (pl.col("end") <= pl.col("n"))
    there = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    quote = {"quote": (inside & there.ne_missing(pl.col("quote"))).sum()} if "quote" in table.names else {}
    found = rows.select(inside=(~inside).sum(), **quote).row(0, named=True)
    return {f"{table.name}: {name}": n for name, n in found.items()}


def sentence(sentences: pl.DataFrame, frame: pl.DataFrame) -> int:
    """Count units that do not begin in the sentence they name."""
    rows = frame.select("sentence_id", "article_id", "start").join(sentences, on="sentence_id", suffix="_s")
    begins = pl.col("start").is_between("start_s", "end", closed="left")
    return rows.filter(~begins | (pl.col("article_id") != pl.col("article_id_s"))).height


def texts(frames: Frames) -> dict[str, int]:
    """Count texts whose hash, counts, lines, blocks or sentences are not theirs."""
    articles, blocks, sentences = frames["articles"].drop_nulls("text"), frames["blocks"], frames["sentences"]
    named = articles.select("text", "text_sha256").iter_rows()
    counted = articles.join(sentences.group_by("article_id").len("k"), on="article_id", how="left")
    lines = articles.select("article_id", pl.col("text").str.split("\n")).explode("text")
    lines = lines.with_columns(n=pl.col("text").str.len_chars().cast(pl.Int32))
    end = ((pl.col("n") + 1).cum_sum() - 1).over("article_id").cast(pl.Int32)
    lines = lines.select("article_id", end=end, start=end - pl.col("n"))
    told = blocks.sort("article_id", "start").select("article_id", "start", "end")
    inside = sentences.join(blocks, on="block_id", suffix="_b")
    leaves = (pl.col("start") < pl.col("start_b")) | (pl.col("end") > pl.col("end_b"))
    before = pl.col("end").shift(1).over("article_id")
    ordered = sentences.sort("article_id", "start", "end")
    return {
        "text-hash": sum(hashlib.sha256(text.encode()).hexdigest() != digest for text, digest in named),
        "n_chars": counted.filter(pl.col("text").str.len_chars() != pl.col("n_chars")).height,
        "n_sentences": counted.filter(pl.col("k").fill_null(0) != pl.col("n_sentences")).height,
        "blocks": lines.join(told, on=["article_id", "start", "end"], how="anti").height
        + abs(lines.height - told.height),
        "sentence-in-block": inside.filter(leaves | (pl.col("article_id") != pl.col("article_id_b"))).height,
        "sentence-order": ordered.filter(pl.col("start") < before).height,
    }


def claims(frames: Frames) -> dict[str, int]:
    """Count claims that overlap, or whose sources, issues, stances and tier do not fit together."""
    claims, sources, issues = frames["claims"], frames["claim_sources"], frames["claim_issues"]
    stances, positions = frames["stances"], claims.filter(pl.col("type") == "position")
    counts = issues.group_by("claim_id").agg(n=pl.len(), first=pl.col("is_primary").sum())
    counts = (
        claims.select("claim_id")
        .join(counts, on="claim_id", how="left")
        .with_columns(pl.col("n", "first").fill_null(0))
    )
    tier = pl.col("voice").replace_strict(TIERS, default=None, return_dtype=pl.Int32)
    reach = pl.col("end").cum_max().shift(1).over("article_id")
    rounds = frames["annotation_rounds"].join(frames["articles"], on="article_id", suffix="_now")
    holders = sources.filter(pl.col("role") == "holder")
    return {
        "overlap": claims.sort("article_id", "start", "end").filter(pl.col("start") < reach).height,
        "source": claims.join(sources, on="claim_id", how="anti").height,
        "issue": counts.filter((pl.col("n") > 2) | (pl.col("first") != 1)).height,
        "tier": claims.filter(tier.ne_missing(pl.col("tier"))).height,
        "stance-issue": stances.join(issues, on=["claim_id", "issue"], how="anti").height,
        "stance-holder": stances.join(holders, on=["claim_id", "actor_id"], how="anti").height,
        "position": positions.join(stances, on="claim_id", how="anti").height,
        "round": rounds.filter(pl.col("text_sha256") != pl.col("text_sha256_now")).height,
    }


def statements(frames: Frames) -> dict[str, int]:
    """Count statements that are not their stance, claim, sign, or stand in the wrong table."""
    found = {}
    stances = frames["stances"].rename({"actor_id": "holder_id"})
    quotes = frames["claims"].select("claim_id", "quote")
    sign = pl.col("polarity").sign().replace_strict(SIGNS, return_dtype=pl.String)
    there = pl.col("sentence").str.slice(pl.col("claim_start"), pl.col("claim_end") - pl.col("claim_start"))
    live = frames["articles"].filter(
        (pl.col("status") == "live") & pl.col("is_representative") & pl.col("machine_spun").ne_missing("heavy")
    )
    for name in ("statements", "statements_all"):
        rows = frames[name]
        claim = rows.join(quotes, on="claim_id")
        wrong = pl.col("claim").ne_missing(there) | pl.col("claim").ne_missing(pl.col("quote"))
        found[f"{name}: stance"] = rows.join(stances, on=STANCE, how="anti").height
        found[f"{name}: claim"] = claim.filter(wrong).height
        found[f"{name}: sign"] = rows.filter(sign != pl.col("stance")).height
    every = frames["statements_all"]
    fit = every.filter(pl.col("voice").is_in(["stated", "enacted"])).join(live, on="article_id", how="semi")
    key = ["claim_id", "holder_id", "issue"]
    found["statement missing"] = stances.join(every, on=key, how="anti").height
    found["headline"] = frames["statements"].join(fit, on="statement_id", how="anti").height
    found["headline left out"] = fit.join(frames["statements"], on="statement_id", how="anti").height
    return found


def articles(frames: Frames, schema: Schema) -> dict[str, int]:
    """Count articles whose status, tombstone and cluster do not agree, and rows of withdrawn ones."""
    held, withdrawn, stands = frames["articles"], pl.col("status") == "withdrawn", pl.col("is_representative")
    tombstones = frames["withdrawals"].filter(pl.col("kind") == "article")
    listed = pl.col("article_id").is_in(tombstones["withdrawn_id"].implode())
    optional = [column.name for column in schema.table("articles").columns if not column.required]
    kept = [pl.col(name).is_not_null() for name in optional if name != "supersedes"]
    clusters = held.group_by("duplicate_cluster").agg(
        named=pl.col("article_id").filter(stands).len(),
        namesake=(pl.col("article_id") == pl.col("duplicate_cluster")).any(),
        lives=((pl.col("status") == "live") & stands).any() | (pl.col("status") != "live").all(),
    )
    whole = (pl.col("named") == 1) & pl.col("namesake") & pl.col("lives")
    gone = held.filter(withdrawn)
    hanging = [f for name, f in frames.items() if "article_id" in f.columns and name not in ("articles", "withdrawals")]
    sample = pl.col("article_id").str.starts_with("sample-")
    return {
        "withdrawn": held.filter(withdrawn != listed).height,
        "withdrawn text": held.filter(withdrawn & pl.any_horizontal(kept)).height,
        "excluded": held.filter((pl.col("status") == "excluded") != pl.col("excluded_by").is_not_null()).height,
        "cluster": clusters.filter(~whole).height,
        "left": sum(frame.join(gone, on="article_id", how="semi").height for frame in hanging),
        "sample": held.filter(sample != (pl.col("origin") == "machine_written")).height,
    }


def minted(frames: Frames, path: Path) -> dict[str, int]:
    """Count claims and mentions without exactly one line in ids.jsonl, of their layer, article and place."""
    found = {}
    lines = pl.read_ndjson(path).with_columns(n=pl.len().over("id")).unique("id", keep="first")
    texts = frames["articles"].select("article_id", "text_sha256")
    for layer in ("claim", "mention"):
        units = frames[f"{layer}s"].select(f"{layer}_id", "article_id", "start", "end")
        rows = units.join(lines, left_on=f"{layer}_id", right_on="id", how="left", suffix="_minted")
        other = (pl.col("layer") != layer) | (pl.col("article_id") != pl.col("article_id_minted"))
        rows = rows.join(texts, on="article_id", suffix="_now")
        moved = (pl.col("start") != pl.col("start_minted")) | (pl.col("end") != pl.col("end_minted"))
        same = pl.col("text_sha256") == pl.col("text_sha256_now")
        found[f"{layer}: id"] = rows.filter(pl.col("n").ne_missing(1) | other).height
        found[f"{layer}: span"] = rows.filter(same & moved).height
    return found


def raw(frames: Frames, folder: Path) -> dict[str, int]:
    """Count raw files that are not the ones of their line, and texts that source and edits do not rebuild."""
    found: Counter[str] = Counter()
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = dict(frames["articles"].select("article_id", "text").iter_rows())
    columns = ["raw_start", "raw_end", "start", "end", "inserted"]
    edits = frames["edits"].sort("article_id", "edit_no").select("article_id", *columns)
    by_article = {
        key[0]: part.select(columns).rows() for key, part in edits.partition_by("article_id", as_dict=True).items()
    }
    for line in lines:
        data = (folder / line["file"]).read_bytes()
        found["raw hash"] += hashlib.sha256(data).hexdigest() != line["sha256"]
        if line["extractor"]:
            data = (folder / "extracted" / f"{line['article_id']}.txt").read_bytes()
        source = data.decode("utf-8" if line["extractor"] else line["encoding"])
        found["source hash"] += hashlib.sha256(source.encode()).hexdigest() != line["source_sha256"]
        text = texts[line["article_id"]]
        if text is not None:
            found["rebuild"] += not rebuilds(source, text, by_article.get(line["article_id"], []))
    known = pl.DataFrame(lines, infer_schema_length=None).select(
        "article_id", "licence", "text_rights", "sha256", "origin", "publisher", "url"
    )
    both = known.join(frames["articles"], on="article_id", how="full", suffix="_got")
    other = [pl.col("sha256") != pl.col("raw_sha256")]
    other += [
        pl.col(n).ne_missing(pl.col(f"{n}_got")) for n in ("licence", "text_rights", "origin", "publisher", "url")
    ]
    found["manifest"] += both.filter(pl.any_horizontal(other) | pl.col("article_id").is_null()).height
    return dict(found)


def rebuilds(source: str, text: str, edits: list[tuple[int, int, int, int, str | None]]) -> bool:
    """Say whether source and text are equal outside the edits, and the text has what they insert."""
    raw_at = at = 0
    for raw_start, raw_end, start, end, inserted in edits:
        if source[raw_at:raw_start] != text[at:start] or text[start:end] != (inserted or ""):
            return False
        raw_at, at = raw_end, end
    return source[raw_at:] == text[at:]
