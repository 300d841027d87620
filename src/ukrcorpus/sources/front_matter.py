"""The block of YAML between ``---`` at the head of a Markdown file: what the file says of itself."""

import re
from collections.abc import Iterator
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.stated import Field, Statement

EXTRACTOR: Final = "front-matter"
VERSION: Final = "1"
_BLOCK = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?=[A-Za-z_][\w-]*[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_KEYS: Final = {
    Field.PUBLISHER: ("publisher", "source", "outlet"),
    Field.TITLE: ("title", "headline"),
    Field.BYLINE: ("byline", "author", "authors"),
    Field.PUBLISHED: ("published", "date"),
    Field.LANGUAGE: ("language", "lang"),
    Field.URL: ("url", "link"),
}


def split_front_matter(text: str, where: str) -> tuple[tuple[Statement, ...], str | None]:
    """Return what the front matter says, and the text behind it; None for a text without front matter.

    Raises ``source-front-matter`` where the block is no YAML mapping of words and lists of words.
    """
    block = _BLOCK.match(text)
    if block is None:
        return (), None
    return tuple(_statements(_mapping(block[1], where), where)), text[block.end() :].lstrip("\r\n")


def _mapping(block: str, where: str) -> dict[str, Any]:
    import yaml

    try:
        # The base loader leaves every scalar as written: no date, number or boolean is made of it.
        values = yaml.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or "too deep")
        raise _refusal(f"no YAML ({problem})", where) from error
    if not isinstance(values, dict):
        raise _refusal("no list of keys and values", where)
    return values


def _statements(values: dict[str, Any], where: str) -> Iterator[Statement]:
    for field, keys in _KEYS.items():
        for key, value in values.items():
            if str(key).lower() in keys and value not in ("", None):
                yield Statement(field, _line(key, value, where), f"front matter {key}")


def _line(key: str, value: Any, where: str) -> str:
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise _refusal(f"something else than words under '{key}'", where)
    return ", ".join(parts)


def _refusal(what: str, where: str) -> CorpusError:
    return CorpusError(
        "source-front-matter",
        f"the block between --- at the head of the file is {what}.",
        where=where,
        remedy="Mend the block, or take its --- lines away if it is a part of the article.",
    )
