"""Rules on ``croissant.json``: files, hashes, sizes and columns are those of the release."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ukrcorpus.derive.documents.croissant import TYPES
from ukrcorpus.release.verify.compare import differences
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.validate.evidence import show
from ukrcorpus.validate.rules import Broken

CROISSANT: Final = "croissant.json"
_ROWS: Final = re.compile(r"([\d,]+) rows of (\w+), split (\w+)")
_SIZE: Final = re.compile(r"(\d+) B")


def check_head(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``croissant-head`` where the file cannot be read, or says another name, version, date, licence or DOI."""
    given, record = _given(evidence), evidence.record
    if given is None:
        yield Broken(CROISSANT, "no JSON object that can be read", "a Croissant file")
        return
    head = {"name": record.name, "version": record.version, "datePublished": record.release_date}
    for name, expected in head.items():
        yield from differences(f"{CROISSANT}: {name}", given.get(name), expected)
    if record.licence and record.licence not in str(given.get("license")):
        yield Broken(f"{CROISSANT}: license", show(given.get("license")), f"the address of {record.licence}")
    if record.version not in str(given.get("citeAs")):
        yield Broken(f"{CROISSANT}: citeAs", show(given.get("citeAs")), f"a citation of version {record.version}")


def check_valid(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``croissant-invalid`` where ``mlcroissant``, which loads such files, refuses it."""
    import logging

    import mlcroissant

    logging.getLogger("absl").setLevel(logging.ERROR)
    given = _given(evidence)
    if given is None:
        return
    if not _is_closed(given):
        yield Broken(f"{CROISSANT}: @context", "a context that leads elsewhere", "one context, written out in the file")
        return
    try:
        mlcroissant.Dataset(evidence.held.files[CROISSANT])
    except mlcroissant.ValidationError as error:
        yield Broken(CROISSANT, str(error).strip(), "a file without errors")
    except Exception as error:  # noqa: BLE001 - what it raises at a file that somebody broke is not its contract
        yield Broken(CROISSANT, f"{type(error).__name__}: {error}", "a file that mlcroissant can read")


def check_files(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``croissant-files`` where a file is missing, or has another hash, size or count of rows."""
    listed = {one["contentUrl"]: one for one in _entries(evidence, "distribution") if _is_inner(one)}
    data = {
        file.path: f"{file.n_rows} of {one.table}, {split.split}"
        for one in evidence.numbers
        for split in one.splits
        for file in split.files
    }
    for path in sorted(data.keys() | listed.keys()):
        where = f"{CROISSANT}: distribution: {path}"
        if path not in listed or path not in evidence.held.files:
            got, expected = ("no entry", "an entry") if path not in listed else ("an entry", "a file of the release")
            yield Broken(where, got, expected)
            continue
        entry, n_bytes = listed[path], evidence.held.files[path].stat().st_size
        yield from differences(f"{where}: sha256", entry.get("sha256"), evidence.held.hashes[path])
        size = _SIZE.fullmatch(str(entry.get("contentSize")))
        yield from differences(f"{where}: contentSize", int(size[1]) if size else None, n_bytes)
        if path in data:
            told = _ROWS.search(str(entry.get("description")))
            rows = f"{told[1].replace(',', '')} of {told[2]}, {told[3]}" if told else None
            yield from differences(f"{where}: rows", rows, data[path])


def check_records(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``croissant-records`` where the record sets are not the tables with rows, column by column."""
    given = {str(one.get("@id")): _columns(one) for one in _entries(evidence, "recordSet")}
    tables = (evidence.schema.table(one.table) for one in evidence.numbers)
    expected = {one.name: {f"{one.name}/{col.name}": TYPES[col.kind] for col in one.columns} for one in tables}
    yield from differences(f"{CROISSANT}: recordSet", given, expected)


def _is_closed(given: dict[str, Any]) -> bool:
    """Say whether reading the file fetches nothing: a context by address would be, from wherever it says."""
    context = given.get("@context")
    inner = json.dumps({name: value for name, value in given.items() if name != "@context"})
    return isinstance(context, dict) and "@import" not in context and '"@context"' not in json.dumps(context) + inner


def _columns(record_set: dict[str, Any]) -> dict[str, Any]:
    fields = record_set.get("field")
    known = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    return {str(one.get("@id")): one.get("dataType") for one in known}


def _entries(evidence: Evidence, name: str) -> list[dict[str, Any]]:
    listed = (_given(evidence) or {}).get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _is_inner(entry: dict[str, Any]) -> bool:
    """Say whether an entry is a file of the release, and not an address elsewhere or a pattern."""
    url = entry.get("contentUrl")
    return isinstance(url, str) and "://" not in url


def _given(evidence: Evidence) -> dict[str, Any] | None:
    try:
        given = json.loads(evidence.text(CROISSANT) or "")
    except ValueError:
        return None
    return given if isinstance(given, dict) else None
