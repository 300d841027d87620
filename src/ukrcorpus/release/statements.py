"""``statements``: who takes which stance on which issue, with all that a reader needs in one row."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.model import Actor, Schema

_Row = dict[str, object]
_Span = tuple[int, int]
_ID_DIGITS = 16
_OF_ARTICLE = ("origin", "language", "genre", "publisher", "published", "split")
_OF_CLAIM = ("article_id", "claim_id", "date", "date_source", "voice")
_OF_STANCE = ("issue", "polarity", "conditional", "decided_by", "n_annotators")


def statement_rows(schema: Schema, tables: Mapping[str, pa.Table]) -> Iterator[_Row]:
    """Yield a row of ``statements_all`` for each coded stance, that is for (claim, holder, issue)."""
    if not tables["stances"].num_rows:
        return
    claims = {row["claim_id"]: row for row in tables["claims"].to_pylist()}
    own = pa.array({row["article_id"] for row in claims.values()}, pa.string())
    articles = {row["article_id"]: row for row in _of(tables["articles"], own).to_pylist()}
    sentences = sentences_of(_of(tables["sentences"], own))
    sources = _sources(tables["claim_sources"])
    actors = {actor.id: actor for actor in schema.actors}
    poles = {issue.issue: issue.pole for issue in schema.issues}
    for stance in tables["stances"].to_pylist():
        claim = claims[stance["claim_id"]]
        article = articles[claim["article_id"]]
        roles = sources[claim["claim_id"]]
        row = {name: article[name] for name in _OF_ARTICLE} | {name: claim[name] for name in _OF_CLAIM}
        row |= {name: stance[name] for name in _OF_STANCE}
        row |= {"ascriber_ids": roles["ascriber"], "n_holders": len(roles["holder"])}
        row |= _setting(article["text"], sentences[article["article_id"]], claim["start"], claim["end"])
        row |= _holder(actors.get(stance["actor_id"]), stance, claim["date"]) | _issue(poles, stance)
        yield row | {"statement_id": statement_id(claim["claim_id"], stance["actor_id"], stance["issue"])}


def statement_id(claim_id: str, holder_id: str, issue: str) -> str:
    """Return the stable id of a statement: 16 hex digits."""
    return hashlib.sha256(f"{claim_id}|{holder_id}|{issue}".encode()).hexdigest()[:_ID_DIGITS]


def headline(statements: pa.Table, articles: pa.Table) -> pa.Table:
    """Return the rows most people want: stated or enacted, in live, representative, not heavily spun articles."""
    spun = pc.fill_null(pc.equal(articles["machine_spun"], "heavy"), fill_value=False)
    live = pc.equal(articles["status"], "live")
    counted = articles.filter(pc.and_(pc.and_(live, articles["is_representative"]), pc.invert(spun)))["article_id"]
    spoken = pc.is_in(statements["voice"], pa.array(["stated", "enacted"]))
    return statements.filter(pc.and_(spoken, pc.is_in(statements["article_id"], counted.combine_chunks())))


@dataclass(slots=True)
class Sentences:
    """The sentences of one article in order, as two lists of offsets."""

    starts: list[int]
    ends: list[int]

    def touching(self, start: int, end: int) -> range:
        """Return the numbers of the sentences that share characters with a span."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def span(self, number: int) -> _Span | None:
        """Return a sentence's span, or None where the article has none of that number."""
        return (self.starts[number], self.ends[number]) if 0 <= number < len(self.starts) else None


def setting(sentences: Sentences, start: int, end: int) -> dict[str, _Span | None]:
    """Return where the words of a statement stand that are about a claim: by column, in offsets of the text."""
    touched = sentences.touching(start, end)
    left = min([start, *(sentences.starts[number] for number in touched)])
    right = max([end, *(sentences.ends[number] for number in touched)])
    return {
        "sentence": (left, right),
        "claim": (start, end),
        "context_before": sentences.span(touched.start - 1),
        "context_after": sentences.span(touched.stop),
    }


def sentences_of(table: pa.Table) -> dict[str, Sentences]:
    """Return the sentences of each article."""
    found: dict[str, Sentences] = defaultdict(lambda: Sentences([], []))
    for row in table.sort_by([("article_id", "ascending"), ("start", "ascending")]).to_pylist():
        found[row["article_id"]].starts.append(row["start"])
        found[row["article_id"]].ends.append(row["end"])
    return found


def _of(table: pa.Table, article_ids: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table["article_id"], value_set=article_ids))


def _sources(table: pa.Table) -> dict[str, dict[str, list[str]]]:
    """Return the actors of each claim by role, in the order of their ids."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows: Iterable[dict[str, str]] = table.select(["claim_id", "role", "actor_id"]).to_pylist()
    for row in sorted(rows, key=lambda row: row["actor_id"]):
        found[row["claim_id"]][row["role"]].append(row["actor_id"])
    return found


def _setting(text: str, sentences: Sentences, start: int, end: int) -> _Row:
    """Return the sentences that cover a claim, the claim's place in them, and their neighbours."""
    spans = setting(sentences, start, end)
    left = spans["sentence"][0] if spans["sentence"] else start
    words = {name: text[span[0] : span[1]] if span else None for name, span in spans.items()}
    return words | {"claim_start": start - left, "claim_end": end - left}


def _holder(holder: Actor | None, stance: _Row, day: date | None) -> _Row:
    if holder is None:
        raise CorpusError(
            "statement-holder",
            f"the holder '{stance['actor_id']}' is not in the registry.",
            where=f"stances: {stance['claim_id']}",
            remedy="Enter the actor in schema/actors.toml, or correct the annotation.",
        )
    return {
        "holder_id": holder.id,
        "holder": holder.name,
        "holder_type": holder.type.value,
        "holder_org": holder.org_on(day),
    }


def _issue(poles: Mapping[str, str | None], stance: _Row) -> _Row:
    pole = poles.get(str(stance["issue"]))
    if pole is None:
        raise CorpusError(
            "statement-pole",
            f"the issue '{stance['issue']}' has no pole that a polarity could be measured against.",
            where=f"stances: {stance['claim_id']}",
            remedy="Choose an issue with a pole in a decision, or set the polarity to none.",
        )
    return {"pole": pole, "stance": stance_of(int(str(stance["polarity"])))}


def stance_of(polarity: int) -> str:
    """Return the sign of a polarity in words.

    >>> stance_of(-1), stance_of(0), stance_of(2)
    ('oppose', 'neutral', 'support')
    """
    return "neutral" if polarity == 0 else "support" if polarity > 0 else "oppose"
