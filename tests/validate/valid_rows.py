"""The rows of every table of the small valid corpus, from the few lines that base.toml gives."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.core.tables import sha256

Row = dict[str, Any]
Texts = dict[str, AlignedText]
FETCHED_AT = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
DECIDED = {"decided_by": "agreement", "n_annotators": 1, "n_agree": 1}
POLES = {
    "ceasefire": "A full ceasefire should precede a final settlement.",
    "limited_truce": "Some strikes should stop before a final settlement.",
    "black_sea_shipping": "Ships should pass safely.",
    "other": None,
}
NAMES = {
    "gov:ua": ("Ukraine", "state"),
    "gov:ru": ("Russia", "state"),
    "per:putin": ("Vladimir Putin", "person"),
    "pseudo:author": ("the author", "pseudo"),
}


def tables(given: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the rows by table, columns that stay null left out."""
    texts = {article["article_id"]: normalised(article["source"]) for article in given["articles"]}
    blocks = [block for article in given["articles"] for block in blocks_of(article, texts)]
    sentences = [sentence for block in blocks for sentence in sentences_of(block, texts)]
    claims = [spanned(claim, texts, sentences) for claim in given["claims"]]
    stances = [stance for claim in claims for stance in stances_of(claim)]
    articles = [article_row(article, texts, sentences) for article in given["articles"]]
    statements = [statement(stance, claims, articles, texts, sentences) for stance in stances]
    return {
        "articles": articles,
        "blocks": blocks,
        "sentences": sentences,
        "edits": [edit for article_id, text in texts.items() for edit in edits_of(article_id, text)],
        "flags": [flag(articles[0])],
        "signals": [{"article_id": article["article_id"], "name": "n_words", "value": 30.0} for article in articles],
        "mentions": [spanned(mention, texts, sentences) | DECIDED for mention in given["mentions"]],
        "claims": [without(claim, "issues", "sources") | DECIDED for claim in claims],
        "claim_sources": [source for claim in claims for source in sources_of(claim)],
        "claim_issues": [issue for claim in claims for issue in issues_of(claim)],
        "stances": stances,
        "votes": [vote(stance) for stance in stances],
        "annotation_rounds": [round_of(article, claims) for article in articles],
        "annotations": [annotation(claim) for claim in claims],
        "statements_all": statements,
        "statements": [row for row in statements if row["voice"] in ("stated", "enacted")],
        "actors": [{"actor_id": id_, "name": name, "type": type_} for id_, (name, type_) in NAMES.items()],
        "actor_names": [actor_name(id_, name) for id_, (name, _) in NAMES.items()],
        "actor_roles": [
            {"actor_id": "per:putin", "org_id": "gov:ru", "role_no": 1, "role": "President", "source": "-"}
        ],
        "issues": [issue_row(issue, pole) for issue, pole in POLES.items()],
        "withdrawals": [],
    }


def normalised(source: str) -> AlignedText:
    """Return the source without empty lines, double spaces and outer white space."""
    text = AlignedText.of(source)
    for name, pattern, new in (("lines", r"\n\n+", "\n"), ("spaces", " {2,}", " "), ("ends", r"^\n|\n$", "")):
        text = text.change(name, [Change(found.start(), found.end(), new) for found in re.finditer(pattern, text.text)])
    return text


def article_row(article: Row, texts: Texts, sentences: list[Row]) -> Row:
    article_id, text = article["article_id"], texts[article["article_id"]].text
    digest = sha256(article["source"].encode("utf-8"))
    return without(article, "source", "blocks") | {
        "title": text.split("\n")[0],
        "text": text,
        "language": "en",
        "fetched_at": FETCHED_AT,
        "raw_file": f"articles/{article_id}.txt",
        "raw_sha256": digest,
        "raw_encoding": "utf-8",
        "source_sha256": digest,
        "text_sha256": sha256(text.encode("utf-8")),
        "normaliser": "base",
        "n_chars": len(text),
        "n_sentences": sum(sentence["article_id"] == article_id for sentence in sentences),
        "duplicate_cluster": article_id,
        "is_representative": True,
        "split": "train",
        "status": "live",
        "machine_spun": "no",
    }


def blocks_of(article: Row, texts: Texts) -> Iterator[Row]:
    start, article_id = 0, article["article_id"]
    for n, (kind, line) in enumerate(zip(article["blocks"], texts[article_id].text.split("\n"), strict=True), 1):
        span = {"start": start, "end": start + len(line)}
        yield {"block_id": f"{article_id}-b{n}", "article_id": article_id, "kind": kind, **span}
        start += len(line) + 1


def sentences_of(block: Row, texts: Texts) -> Iterator[Row]:
    line = texts[block["article_id"]].text[block["start"] : block["end"]]
    for n, found in enumerate(re.finditer(r"\S.*?(?:[.](?= |$)|$)", line), 1):
        span = {"start": block["start"] + found.start(), "end": block["start"] + found.end()}
        ids = {"article_id": block["article_id"], "block_id": block["block_id"]}
        yield {"sentence_id": f"{block['block_id']}-s{n}", **ids, **span}


def edits_of(article_id: str, text: AlignedText) -> Iterator[Row]:
    for n, edit in enumerate(text.edits):
        spans = {"raw_start": edit.raw_start, "raw_end": edit.raw_end, "start": edit.start, "end": edit.end}
        inserted = text.text[edit.start : edit.end] or None
        yield {"article_id": article_id, "edit_no": n, "inserted": inserted, "passes": list(edit.passes), **spans}


def spanned(unit: Row, texts: Texts, sentences: list[Row]) -> Row:
    """Return a mention or claim with the place of its quote's first occurrence."""
    start = texts[unit["article_id"]].text.index(unit["quote"])
    own = [one for one in sentences if one["article_id"] == unit["article_id"] and one["start"] <= start < one["end"]]
    return unit | {"start": start, "end": start + len(unit["quote"]), "sentence_id": own[0]["sentence_id"]}


def sources_of(claim: Row) -> Iterator[Row]:
    for role, actors in claim["sources"].items():
        yield from ({"claim_id": claim["claim_id"], "actor_id": actor, "role": role} for actor in actors)


def issues_of(claim: Row) -> Iterator[Row]:
    for n, issue in enumerate(claim["issues"]):
        yield {"claim_id": claim["claim_id"], "issue": issue, "is_primary": n == 0}


def stances_of(claim: Row) -> Iterator[Row]:
    for issue, polarity in claim["issues"].items():
        for actor in claim["sources"]["holder"] if polarity != "none" else ():
            key = {"claim_id": claim["claim_id"], "actor_id": actor, "issue": issue}
            yield key | {"polarity": polarity, "conditional": False} | DECIDED


def vote(stance: Row) -> Row:
    key = {"claim_id": stance["claim_id"], "annotator": "annotator-1", "holder_id": stance["actor_id"]}
    return key | {"issue": stance["issue"], "polarity": stance["polarity"], "conditional": False, "agrees": True}


def statement(stance: Row, claims: list[Row], articles: list[Row], texts: Texts, sentences: list[Row]) -> Row:
    claim = next(one for one in claims if one["claim_id"] == stance["claim_id"])
    article = next(one for one in articles if one["article_id"] == claim["article_id"])
    sentence = next(one for one in sentences if one["sentence_id"] == claim["sentence_id"])
    name, type_ = NAMES[stance["actor_id"]]
    return {
        "statement_id": f"{stance['claim_id']}-{stance['issue']}",
        **{column: article[column] for column in ("article_id", "origin", "language", "publisher", "split")},
        **{column: claim[column] for column in ("claim_id", "date_source", "voice")},
        "sentence": texts[claim["article_id"]].text[sentence["start"] : sentence["end"]],
        "claim": claim["quote"],
        "claim_start": claim["start"] - sentence["start"],
        "claim_end": claim["end"] - sentence["start"],
        "holder_id": stance["actor_id"],
        "holder": name,
        "holder_type": type_,
        "ascriber_ids": claim["sources"].get("ascriber", []),
        **{column: stance[column] for column in ("issue", "polarity", "conditional", "decided_by", "n_annotators")},
        "pole": POLES[stance["issue"]],
        "stance": "support" if stance["polarity"] > 0 else "oppose",
        "n_holders": 1,
    }


def round_of(article: Row, claims: list[Row]) -> Row:
    return {
        "round_id": f"r-{article['article_id']}",
        "article_id": article["article_id"],
        "annotator": "annotator-1",
        "annotator_kind": "model",
        "step": "both",
        "status": "submitted",
        "blind": True,
        "suggestions_shown": False,
        "n_regions": sum(claim["article_id"] == article["article_id"] for claim in claims),
        "text_sha256": article["text_sha256"],
        "created_at": FETCHED_AT,
    }


def annotation(claim: Row) -> Row:
    ids = {"annotation_id": f"a-{claim['claim_id']}", "round_id": f"r-{claim['article_id']}"}
    kept = {column: claim[column] for column in ("article_id", "start", "end", "quote", "type", "voice")}
    return ids | kept | {"layer": "claim", "region_id": claim["claim_id"], "origin": "manual"}


def flag(article: Row) -> Row:
    return {"flag_id": "f-1", "article_id": article["article_id"], "kind": "attribution.cue", "start": 0, "end": 5}


def actor_name(actor_id: str, name: str) -> Row:
    rest = {"language": "en", "kind": "name", "after": [], "not_in": [], "ambiguous": False}
    return {"actor_id": actor_id, "text": name, **rest}


def issue_row(issue: str, pole: str | None) -> Row:
    row = {"issue": issue, "label": issue, "group": "war", "definition": "-", "valence": False, "scope": "core"}
    return row | {"pole": pole}


def without(row: Row, *columns: str) -> Row:
    return {column: value for column, value in row.items() if column not in columns}
