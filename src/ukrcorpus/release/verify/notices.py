"""Rules on what a release says of itself in ``CITATION.cff``, ``LICENSE`` and ``CHANGELOG.md``."""

import json
import re
from collections.abc import Iterator
from typing import Final

from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.verify.compare import by_name, differences
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.plain_yaml import read_mapping
from ukrcorpus.validate.rules import Broken

CITATION: Final = "CITATION.cff"
LICENSE: Final = "LICENSE"
CHANGELOG: Final = "CHANGELOG.md"
DEPOSIT: Final = "zenodo.json"
_CITING: Final = ("README.md", "croissant.json", CITATION, "CITATION.bib", DEPOSIT)
_DOI: Final = re.compile(r"^\s*\"?doi\"?\s*[:=]\s*[{\"']?(10\.[^\s{}\"',]+)", re.MULTILINE)
_HEADING: Final = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?(?: - (\d{4}-\d{2}-\d{2}))?\s*$", re.MULTILINE)


def check_citation(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``citation-file`` where ``CITATION.cff`` cannot be read or cites another release."""
    given, record = read_mapping(evidence.text(CITATION)), evidence.record
    if given is None:
        yield Broken(CITATION, "no YAML mapping that can be read", "a Citation File Format 1.2.0 file")
        return
    expected = {"cff-version": "1.2.0", "type": "dataset", "version": record.version}
    expected["date-released"] = record.release_date
    expected |= {"title": record.title} if record.title else {}
    expected |= {"license": record.licence} if record.licence else {}
    for name, value in expected.items():
        yield from differences(f"{CITATION}: {name}", _text(given.get(name)), value)


def check_licence(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``licence-file`` unless ``LICENSE`` names the version, its date and the licence of the annotations."""
    text, record = evidence.text(LICENSE), evidence.record
    wanted = [f"Version {record.version}, {record.release_date}", *([record.licence] if record.licence else ())]
    for words in wanted:
        if words not in (text or ""):
            yield Broken(LICENSE, "no such file, or no text" if text is None else "nowhere these words", words)


def check_changelog(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``changelog-version`` unless ``CHANGELOG.md`` has a heading for the version; a date there is its date."""
    text, record = evidence.text(CHANGELOG), evidence.record
    dates = dict(_HEADING.findall(text or ""))
    expected = f"## [{record.version}] - {record.release_date}"
    if record.version not in dates:
        yield Broken(CHANGELOG, "no heading of this version", expected)
    elif dates[record.version] not in ("", record.release_date):
        yield Broken(CHANGELOG, f"## [{record.version}] - {dates[record.version]}", expected)


def check_doi(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``citation-doi`` for each document that cites the release without its DOI, or with one that is not its."""
    doi = evidence.record.doi
    for name in _CITING:
        text = evidence.text(name) or ""
        if doi and doi not in text:
            yield Broken(name, "no DOI of this release", doi)
        for other in sorted(set(_DOI.findall(text)) - {doi}):
            yield Broken(name, f"doi {other}", doi or "none: release.json has no DOI")


def check_deposit(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``deposit-file`` where ``zenodo.json`` cannot be read or describes another release."""
    try:
        given = json.loads(evidence.text(DEPOSIT) or "")["metadata"]
    except (ValueError, KeyError, TypeError):
        given = None
    if not isinstance(given, dict):
        yield Broken(DEPOSIT, "no JSON object with metadata that can be read", "the metadata of a deposit")
        return
    record = evidence.record
    expected = {"upload_type": "dataset", "version": record.version, "publication_date": record.release_date}
    expected |= {"title": record.title} if record.title else {}
    for name, value in expected.items():
        yield from differences(f"{DEPOSIT}: metadata: {name}", given.get(name), value)
    if record.authors:
        names = sorted(by_name(given.get("creators"), "name"))
        yield from differences(f"{DEPOSIT}: metadata: creators", names, sorted(record.authors))
    if record.licence and given.get("license", record.licence.lower()) != record.licence.lower():
        yield Broken(f"{DEPOSIT}: metadata: license", str(given["license"]), record.licence.lower())
    if given.get("access_right") == "open" and record.edition != Edition.TEXT_FREE and evidence.n_closed:
        got = f"open, and {evidence.n_closed:,} texts may not be passed on"
        yield Broken(f"{DEPOSIT}: metadata: access_right", got, "closed")


def _text(value: object) -> str | None:
    """Return a scalar as text: YAML reads an unquoted date as one."""
    return None if value is None else str(value)
