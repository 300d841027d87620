"""What annotators say of an article as a whole, kept beside the tables: few articles of a large corpus have answers."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.adjudication import units
from ukrcorpus.annotate.adjudication.adjudicate import Adjudicated
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import write_json
from ukrcorpus.schema.model import Schema

ANSWERS: Final = "answers.json"


def write_answers(folder: Path, schema: Schema, articles: Mapping[str, Adjudicated]) -> None:
    """Write ``answers.json``: by article and column of ``articles``, what annotators settled."""
    told = {name: units.document_columns(one.document, schema) for name, one in articles.items() if one.document}
    write_json(folder / ANSWERS, {name: own for name, own in told.items() if own})


def with_answers(path: Path, where: str, articles: pa.Table) -> pa.Table:
    """Return the articles with the answers of a file; where nobody answered, a cell stays as it was.

    ``where`` is the file's address. One that is not there, or cannot be read, is ``stage-missing``.
    """
    try:
        answers: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        what = "the stage 'annotate' has not made this file, or not as it is."
        raise CorpusError("stage-missing", what, where=where, remedy="Run: ukrcorpus build.") from error
    at = pc.index_in(articles["article_id"], value_set=pa.array(answers, pa.string())).combine_chunks()
    for name in sorted({name for own in answers.values() for name in own}):
        index = articles.schema.get_field_index(name)
        field = articles.schema.field(index)
        said = pa.array([own.get(name) for own in answers.values()], field.type)
        articles = articles.set_column(index, field, pc.coalesce(said.take(at), articles[name]))
    return articles
