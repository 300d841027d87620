"""SARIF 2.1.0, the form that code scanning and editors read: every rule once, every finding with its place."""

import json
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.formats.place import place_of
from ukrcorpus.validate.report import Report
from ukrcorpus.validate.rules import Rule

_MOST: Final = 25_000  # GitHub takes no run with more results
_LEVELS: Final = {Severity.ERROR: "error", Severity.LEGACY: "note", Severity.NOTE: "note"}


def as_sarif(report: Report, project: Project, schema: Schema, rules: Iterable[Rule]) -> str:
    """Return one run as JSON. A built table stands for its rows, line 1 for a file whose line is not known.

    Of more than 25,000 findings it has the errors first, and a notification says how many are left out.
    """
    described = _rules(rules)
    unknown = sorted({finding.rule for finding in report.findings} - described.keys())
    described |= {id_: _rule(id_, "An input that can be read.", "", Severity.ERROR) for id_ in unknown}
    index = {id_: number for number, id_ in enumerate(described)}
    run = {
        "tool": {
            "driver": {"name": "ukrcorpus validate", "version": version("ukrcorpus"), "rules": list(described.values())}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _not_asked(report)}],
        "results": [_result(one, index[one.rule], project, schema) for one in report.by_severity()[:_MOST]],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rules(rules: Iterable[Rule]) -> dict[str, dict[str, Any]]:
    told = ((id_, sentence, rule) for rule in rules for id_, sentence in rule.explanations().items())
    return {id_: _rule(id_, sentence, rule.remedy, rule.severity) for id_, sentence, rule in told}


def _rule(id_: str, checks: str, remedy: str, severity: Severity) -> dict[str, Any]:
    described: dict[str, Any] = {"id": id_, "shortDescription": {"text": checks}, "fullDescription": {"text": checks}}
    described |= {"help": {"text": remedy}} if remedy else {}
    return described | {"defaultConfiguration": {"level": _LEVELS[severity]}}


def _result(finding: Finding, index: int, project: Project, schema: Schema) -> dict[str, Any]:
    text = f"{finding.where}: got {finding.got}, expected {finding.expected}. {finding.remedy}"
    same = f"{finding.rule}\0{finding.where}\0{finding.got}\0{finding.expected}"
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding.where, project, schema)],
        "partialFingerprints": {"finding/v1": sha256(same.encode("utf-8", "replace"))},
    }
    return result | ({"properties": {"tags": [str(Severity.LEGACY)]}} if finding.severity is Severity.LEGACY else {})


def _location(where: str, project: Project, schema: Schema) -> dict[str, Any]:
    place = place_of(where, project, schema)
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": where}]}
    file = place.file or place.table
    if file is not None:
        artifact = {"uri": quote(file), "uriBaseId": "%SRCROOT%"}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": {"startLine": place.line or 1}}
    return location


def _not_asked(report: Report) -> list[dict[str, Any]]:
    """Return a warning for each rule that was not asked of a table, and one for the findings left out."""
    more = len(report.findings) - _MOST
    left = [{"level": "warning", "message": {"text": f"and {more:,} more; --format json has them all."}}]
    unasked = [
        {
            "level": "warning",
            "message": {"text": f"{one.rule} was not asked of {one.table}: {one.reason}."},
            "associatedRule": {"id": one.rule},
        }
        for one in report.not_asked
    ]
    return [*unasked, *(left if more > 0 else [])]
