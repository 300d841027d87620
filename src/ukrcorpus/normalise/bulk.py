"""Articles as Parquet at any address that fsspec knows, to tables at another: what every engine does with them."""

import re
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, write_json, write_text
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.article import RawArticle
from ukrcorpus.normalise.engines import Engine
from ukrcorpus.normalise.makers import TABLES
from ukrcorpus.normalise.passes import fingerprint
from ukrcorpus.normalise.places import DONE, Place
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import STAGE, NormaliseReport, Progress, quarantine_text, run_normalise
from ukrcorpus.normalise.shards import PART, is_boundary
from ukrcorpus.schema.model import Schema

SOURCE: Final = "source"
_ROWS: Final = 256  # read at a time
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
# Columns of `articles` that normalising fills or that later stages decide; all others come with the article.
_MADE = (
    "text genre text_quality machine_spun machine_spun_score synthetic_suspected dateline event_anchor source_sha256 "
    "text_sha256 normaliser n_chars n_sentences duplicate_cluster is_representative split status excluded_by"
).split()


def input_schema(schema: Schema, found: pa.Schema, where: str) -> pa.Schema:
    """Return the columns of an input with their types, or raise ``input-column``."""
    articles = schema.table("articles")
    allowed = [name for name in articles.names if name not in _MADE]
    for name in found.names:
        if name not in (SOURCE, *allowed):
            what = f"the column '{name}' is made by normalising." if name in _MADE else f"unknown column '{name}'."
            raise CorpusError("input-column", what, where=where, remedy=near(name, [SOURCE, *allowed]))
    for name in (SOURCE, *(name for name in allowed if articles.column(name).required)):
        if name not in found.names:
            remedy = "Give a source text and what is known of its origin for each article."
            raise CorpusError("input-column", f"the column '{name}' is missing.", where=where, remedy=remedy)
    types = {field.name: field.type for field in arrow_schema(articles)} | {SOURCE: pa.string()}
    return pa.schema([(name, types[name]) for name in found.names])


def pending_in(table: pa.Table, schema: Schema, where: str) -> Iterator[Pending]:
    """Yield the articles of a table of the input."""
    typed = _typed(table, schema, where)
    required = [name for name in typed.column_names if name == SOURCE or schema.table("articles").column(name).required]
    for row in typed.to_pylist():
        fault = next((name for name in required if row[name] is None), None)
        article_id = str(row["article_id"])
        if fault is None and not _ID.fullmatch(article_id):
            fault = "article_id"
        source = row.pop(SOURCE)
        if fault is None:
            yield Pending.of(RawArticle(row, source))
        else:
            yield Pending(article_id, "", None, partial(_raise, _fault(fault, article_id, where)))


def _typed(table: pa.Table, schema: Schema, where: str) -> pa.Table:
    columns = input_schema(schema, table.schema, where)
    try:
        return table.cast(columns)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        types = ", ".join(f"{field.name} {field.type}" for field in columns)
        raise CorpusError("input-type", f"{error}.", where=where, remedy=f"Expected: {types}.") from error


def _fault(column: str, article_id: str, where: str) -> CorpusError:
    what = f"{column} is missing." if column != "article_id" else f"'{article_id}' is no article_id."
    remedy = "Expected lower-case letters, digits and '-', at most 63." if column == "article_id" else "Fill it in."
    return CorpusError("input-value", what, where=f"{where}: article {article_id}", remedy=remedy)


def starts_of(article_ids: Iterable[str]) -> list[str]:
    """Return the ids that begin a part, but for the first part's."""
    first, starts = None, []
    for one in article_ids:
        first = one if first is None else min(one, first)
        if is_boundary(one, PART):
            starts.append(one)
    return sorted({one for one in starts if one != first})


def once_each(articles: Iterable[Pending], where: str) -> Iterator[Pending]:
    """Yield articles that come in order; those of one id are set aside, for nobody can say which one it names."""
    for article_id, group in groupby(articles, lambda one: one.article_id):
        first, *others = group
        problem = twice(article_id, 1 + len(others), where)
        yield Pending(article_id, "", None, partial(_raise, problem)) if others else first


def twice(article_id: str, n: int, where: str) -> CorpusError:
    """Return why rows of one article_id are set aside."""
    return CorpusError(
        "input-twice",
        f"{n} rows have the article_id '{article_id}'.",
        where=f"{where}: article {article_id}",
        remedy="Give each article an id of its own.",
    )


def _raise(error: CorpusError) -> RawArticle:
    raise error


def row_groups(given: Place, schema: Schema) -> list[dict[str, Any]]:
    """Return the pieces in which the input can be read, each a file's path and the number of a row group."""
    found: list[dict[str, Any]] = []
    for path in given.parquet_files():
        with given.reading(path) as file:
            input_schema(schema, file.schema_arrow, f"{given.url}: {path}")
            found += [{"path": path, "group": number} for number in range(file.num_row_groups)]
    return found


def read_group(given: Place, path: str, group: int, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of one piece of the input, some at a time."""
    with given.reading(path) as file:
        for batch in file.iter_batches(_ROWS, row_groups=[group], columns=columns):
            yield pa.Table.from_batches([batch])


def finish(place: Place, schema: Schema, report: NormaliseReport) -> None:
    """Put the quarantine beside the tables, and last the mark that says that they are whole."""
    about = {"articles": report.n_articles, "set_aside": len(report.set_aside)}
    with tempfile.TemporaryDirectory(prefix="ukrcorpus-") as scratch:
        quarantine, mark = Path(scratch) / "quarantine.jsonl", Path(scratch) / DONE
        write_text(quarantine, quarantine_text(report.set_aside))
        place.put(quarantine, quarantine.name)
        write_json(mark, about | {"normaliser": fingerprint(schema.repairs)})
        place.put(mark, DONE)


def _spool(given: Place, groups: list[dict[str, Any]], schema: Schema, folder: Path) -> list[Path]:
    """Lay the input down in files for ranges of ids, so that each can be put in order by itself."""
    folder.mkdir()
    heads = (rows for at in groups for rows in read_group(given, **at, columns=["article_id"]))
    starts = starts_of(one for rows in heads for one in _ids(rows))
    paths = [folder / f"{number:08}.parquet" for number in range(len(starts) + 1)]
    with ExitStack() as stack:
        writers: dict[int, pq.ParquetWriter] = {}
        for table in (rows for at in groups for rows in read_group(given, **at)):
            typed = _typed(table, schema, given.url)
            ranges = pa.array([bisect_right(starts, one) for one in _ids(typed)])
            for number in ranges.unique().to_pylist():
                if number not in writers:
                    writers[number] = stack.enter_context(pq.ParquetWriter(paths[number], typed.schema))
                writers[number].write_table(typed.filter(pc.equal(ranges, number)))
    return [path for path in paths if path.is_file()]


def _ids(table: pa.Table) -> list[str]:
    return [str(one) for one in table["article_id"].to_pylist()]


def _in_order(table: pa.Table, schema: Schema, where: str) -> Iterator[Pending]:
    yield from once_each(sorted(pending_in(table, schema, where), key=lambda one: one.article_id), where)


def normalise_here(given: Place, place: Place, schema: Schema, engine: Engine, progress: Progress) -> NormaliseReport:
    """Normalise Parquet from one address to another on this machine; the mark ``normalise.json`` comes last."""
    with tempfile.TemporaryDirectory(prefix="ukrcorpus-") as scratch:
        project = Project(Path(scratch))
        groups = row_groups(given, schema)
        place.try_out()
        spools = _spool(given, groups, schema, project.root / "spool")
        articles = (one for path in spools for one in _in_order(read_table(path), schema, given.url))
        report = run_normalise(project, schema, articles, engine, progress)
        place.clear()
        folder = project.build / STAGE
        for path in sorted(folder.rglob("*.parquet")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name.split("/")[0] in {f"{table}.parquet" for table in TABLES}:
                place.put(path, name)
    finish(place, schema, report)
    return report
