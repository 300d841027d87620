"""The proof that a text-free edition holds nothing of the articles whose text may not be passed on.

Two checks on the bytes written: their rows have null in every protected column, and no run of ``SHINGLE`` letters of
their protected values stands anywhere in the release, nor a whole title, claim, note or the like of several words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.letters import letters_of
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.tables import read_table
from ukrcorpus.policy.owners import owners
from ukrcorpus.policy.rights import closed_articles, held_text
from ukrcorpus.release.text_free.contents import pieces
from ukrcorpus.release.text_free.shingles import LEAST, SHINGLE, Shared, Shingles, Wholes
from ukrcorpus.schema.model import Schema

RULE: Final = "rights-leak"
_LEAST_WORDS: Final = 4
_SHOWN: Final = 12  # letters of a leak that are shown
_REMEDY: Final = "Take the words out of what the release is made from; if the toolkit put them there, report it."

_Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class _Hit:
    place: str
    shared: Shared


class LeakError(Exception):
    """Protected characters in what was to become a text-free release; ``findings`` says where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} leaks of protected text")
        self.findings = findings


def find_leaks(folder: Path, schema: Schema, tables: _Tables) -> tuple[Finding, ...]:
    """Return ``rights-leak`` for each place of a text-free release that holds protected characters.

    ``tables`` are those of the full edition. Runs that stand in an open article too, or within a name of the registry
    or of a publisher, are no leak: the release may hold them.
    """
    protected = tuple(_protected(schema, tables))
    long, short = Shingles(protected), Wholes(one for one in protected if len(one[1]) < SHINGLE)
    hits = []
    for piece in pieces(folder):
        letters = letters_of(piece.data)
        hits += [_Hit(piece.place, one) for one in chain(long.shared(letters), short.standing(letters))]
    free = _free({hit.shared.letters for hit in hits}, schema, tables)
    found = {(hit.place, hit.shared.owner): hit for hit in reversed(hits) if hit.shared.letters not in free}
    return (*_held(folder, schema, tables), *sorted(map(_finding, found.values())))


def _held(folder: Path, schema: Schema, tables: _Tables) -> Iterator[Finding]:
    """Yield a finding for each protected column as written that has values in rows of closed articles."""
    written = {}
    for about in schema.tables:
        files = sorted((folder / "data" / about.name).glob("*.parquet")) if about.protected else []
        parts = [read_table(file) for file in files]
        written[about.name] = pa.concat_tables(parts) if parts else tables[about.name].slice(0, 0)
    for one in held_text(schema, written):
        yield replace(one, rule=RULE, where=f"data/{one.where}", remedy=_REMEDY)


def _protected(schema: Schema, tables: _Tables) -> Iterator[tuple[str, bytes]]:
    """Yield owner and letters of the protected values of closed articles, each once."""
    closed = closed_articles(tables["articles"])
    texts = {owner: letters_of(text.encode("utf-8")) for owner, text, _ in _values(schema, tables, closed, ("text",))}
    yield from texts.items()
    seen = set()
    for owner, value, is_name in _values(schema, tables, closed):
        letters = letters_of(value.encode("utf-8"))
        is_long = len(letters) >= SHINGLE
        is_whole = len(letters) >= LEAST and len(value.split()) >= _LEAST_WORDS and not is_name
        known = (owner, letters) in seen or (is_long and letters in texts.get(owner, b""))
        if (is_long or is_whole) and not known:
            seen.add((owner, letters))
            yield owner, letters


def _values(
    schema: Schema, tables: _Tables, articles: pa.Array, columns: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, bool]]:
    """Yield the protected values that hang on some articles, with the article, and whether it names an actor.

    All protected columns are read, or those given. What annotators mark as a mention is a name or an office, which
    anybody may write.
    """
    for about in schema.tables:
        wanted = [name for name in about.protected if not columns or name in columns]
        if not wanted:
            continue
        table = tables[about.name]
        owner = owners(table, tables["claims"])
        hit = pc.is_in(owner, value_set=articles)
        rows = table.filter(hit)
        n = rows.num_rows
        named = pc.is_valid(rows["actor_ids"]).to_pylist() if "actor_ids" in table.column_names else [False] * n
        for name in wanted:
            values = zip(owner.filter(hit).to_pylist(), rows[name].to_pylist(), named, strict=True)
            yield from ((own, value, is_name) for own, value, is_name in values if value is not None)


def _free(runs: set[bytes], schema: Schema, tables: _Tables) -> set[bytes]:
    """Return the runs that the release may hold."""
    index = Wholes(("", run) for run in runs)
    if not runs:
        return set()
    articles = tables["articles"]
    is_open = pc.invert(pc.is_in(articles["article_id"], value_set=closed_articles(articles)))
    open_articles = articles.filter(is_open)["article_id"].combine_chunks()
    lawful = chain((value for _, value, _ in _values(schema, tables, open_articles)), _names(schema, articles))
    return {one.letters for value in lawful for one in index.standing(letters_of(value.encode("utf-8")))}


def _names(schema: Schema, articles: pa.Table) -> Iterator[str]:
    for actor in schema.actors:
        yield actor.name
        yield from (name.text for name in actor.names)
        yield from (role.role for role in actor.roles)
    yield from (publisher for publisher in articles["publisher"].unique().to_pylist() if publisher)


def _finding(hit: _Hit) -> Finding:
    begins = hit.shared.letters[:_SHOWN].decode("utf-8", "replace")
    got = f"{len(hit.shared.letters)} letters of the article {hit.shared.owner}, beginning “{begins}…”"
    return Finding(RULE, hit.place, got, "nothing of an article with text_rights = none", _REMEDY)
