"""Rules on the card of a release: its head, which loaders obey, and the counts in its text."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from ukrcorpus.derive.documents.card_metadata import size_category, sizes
from ukrcorpus.derive.features import features_yaml
from ukrcorpus.derive.numbers import TableNumbers
from ukrcorpus.release.verify.compare import by_name, differences
from ukrcorpus.release.verify.evidence import CARD, Evidence
from ukrcorpus.validate.evidence import show
from ukrcorpus.validate.rules import Broken

_SHEETS: Final = ("DATASHEET.md", "DATA_STATEMENT.md")
_COUNTING: Final = (*_SHEETS, "CITATION.bib", "CITATION.cff", "croissant.json", "zenodo.json")
_HOLDS: Final = re.compile(r"^Version \S+, \S+ It holds ([^.]*)\.", re.MULTILINE)
_SAYS: Final = re.compile(r"It holds (\d[^.]*)\.")
_VERSION: Final = re.compile(r"^\s*version\s*=\s*\{([^{}]*)\}", re.MULTILINE)
_COUNT: Final = re.compile(r"(\d[\d,]*) (\w+)")
_ROW: Final = re.compile(r"^\| `(\w+)`(?: \(default\))? \|.*\| ((?:\w+: \d[\d,]*(?:, )?)+) \|$", re.MULTILINE)
_LICENCE: Final = re.compile(r"(\S+) \((\d[\d,]*) articles\)")


def check_head(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``card-head`` where the card's YAML head is missing, or says another title, licence or size."""
    head = evidence.card_head
    if head is None:
        yield Broken(CARD, "no YAML head that can be read", "a head between two lines of dashes")
        return
    record = evidence.record
    if record.title is not None:
        yield from differences(f"{CARD}: pretty_name", head.get("pretty_name"), record.title)
    default = next((one.n_rows for one in evidence.numbers if one.table == record.default_config), 0)
    yield from differences(f"{CARD}: size_categories", head.get("size_categories"), [size_category(default)])
    if "articles" not in evidence.tables.unread:
        yield from _head_of_articles(evidence, head)


def check_configs(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``card-configs`` where a config is missing, or has another version, digest, split or file."""
    head = evidence.card_head or {}
    got = by_name(head.get("configs"), "config_name")
    yield from differences(f"{CARD}: configs", got, {one.table: _config(evidence, one) for one in evidence.numbers})


def check_sizes(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``card-sizes`` where ``dataset_info`` has other rows or bytes of a split than its file."""
    head = evidence.card_head or {}
    got = {name: _sizes(one) for name, one in by_name(head.get("dataset_info"), "config_name").items()}
    expected = {one.table: _sizes(sizes(one)) for one in evidence.numbers}
    yield from differences(f"{CARD}: dataset_info", got, expected)


def check_features(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``card-features`` where ``dataset_info`` has other features than ``schema/tables/`` derives."""
    head = evidence.card_head or {}
    got = by_name(head.get("dataset_info"), "config_name")
    for one in evidence.numbers:
        features, expected = got.get(one.table, {}).get("features"), features_yaml(evidence.schema.table(one.table))
        yield from differences(f"{CARD}: dataset_info: {one.table}: features", features, expected)


def check_text(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``card-text`` where the text of the card says another version, date, count or known error."""
    body = (evidence.text(CARD) or "").split("---\n", 2)[-1]
    record = evidence.record
    wanted = [f"Version {record.version}, {record.release_date}", *(one.about for one in record.known_errors)]
    for words in wanted:
        if words not in body:
            yield Broken(f"{CARD}: text", "nowhere these words", show(words))
    yield from differences(f"{CARD}: BibTeX: version", _VERSION.findall(body), [record.version])
    yield from _counts(evidence, body)


def check_documents(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``documents-text`` where a document beside the card says another version or other counts."""
    rows = _rows(evidence)
    for name in (one for one in _COUNTING if one in evidence.held.files):
        text = evidence.text(name) or ""
        if name in _SHEETS and f"Version {evidence.record.version}." not in text:
            yield Broken(name, "nowhere these words", show(f"Version {evidence.record.version}."))
        for sentence in _SAYS.findall(text):
            for n, what in _COUNT.findall(sentence):
                if what in rows:
                    yield from differences(f"{name}: It holds ... {what}", _number(n), rows[what])


def _rows(evidence: Evidence) -> dict[str, int]:
    """Return the rows of each table as documents count them: articles that were withdrawn or excluded do not count."""
    rows = {name: table.num_rows for name, table in evidence.tables.whole.items()}
    return rows | ({"articles": evidence.live.num_rows} if "articles" in rows else {})


def _counts(evidence: Evidence, body: str) -> Iterator[Broken]:
    holds = _HOLDS.search(body)
    rows = _rows(evidence)
    counted = {name: _number(n) for n, name in _COUNT.findall(holds[1])} if holds else {}
    if not counted:
        yield Broken(f"{CARD}: text", "no sentence that says what the release holds", "It holds N articles, ...")
    if "articles" in rows:
        yield from _licences(evidence, body)
    for name in sorted(counted.keys() & rows.keys()):
        yield from differences(f"{CARD}: text: It holds ... {name}", counted[name], rows[name])
    listed = {name: dict(re.findall(r"(\w+): (\d[\d,]*)", splits)) for name, splits in _ROW.findall(body)}
    expected = {one.table: {split.split: f"{split.n_rows}" for split in one.splits} for one in evidence.numbers}
    got = {name: {split: str(_number(n)) for split, n in splits.items()} for name, splits in listed.items()}
    yield from differences(f"{CARD}: text: rows", got, expected)


def _licences(evidence: Evidence, body: str) -> Iterator[Broken]:
    line = next((one for one in body.splitlines() if "`articles.licence`" in one and "articles)" in one), "")
    counted = Counter(evidence.live["licence"].to_pylist())
    got = {name: _number(n) for name, n in _LICENCE.findall(line)}
    yield from differences(f"{CARD}: text: articles.licence", got, dict(counted))


def _head_of_articles(evidence: Evidence, head: dict[str, Any]) -> Iterator[Broken]:
    languages = sorted({one for one in evidence.live["language"].to_pylist() if one})
    yield from differences(f"{CARD}: language", head.get("language", []), languages)
    given = head.get("license")
    listed = {str(one) for one in given} if isinstance(given, list) else set()
    licences = {*evidence.live["licence"].to_pylist(), *([evidence.record.licence] if evidence.record.licence else ())}
    known = {one.lower() for one in licences}
    for one in sorted(known):
        if one not in listed and "other" not in listed:
            yield Broken(f"{CARD}: license", show(sorted(listed)), f"{one}, or other where the Hub has no name for it")
    if evidence.record.licence:
        for one in sorted(listed - known - {"other"}):
            yield Broken(f"{CARD}: license", one, f"only licences of the release: {', '.join(sorted(known))}")


def _config(evidence: Evidence, one: TableNumbers) -> dict[str, Any]:
    default = {"default": True} if one.table == evidence.record.default_config else {}
    return default | {
        "version": evidence.record.version,
        "description": f"sha256:{one.digest}",
        "data_files": [{"split": split.split, "path": split.path} for split in one.splits],
    }


def _sizes(given: dict[str, Any]) -> dict[str, Any]:
    """Return what ``dataset_info`` says of sizes."""
    sizes_of = {name: value for name, value in given.items() if name not in ("features", "splits")}
    return sizes_of | {"splits": by_name(given.get("splits"), "name")}


def _number(text: str) -> int:
    return int(text.replace(",", ""))
