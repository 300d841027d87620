"""Workflow commands of GitHub Actions: an annotation for each finding, at its file and line where it has them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.formats.place import place_of
from ukrcorpus.validate.report import SHOWN, Report

_COMMANDS: Final = {Severity.ERROR: "error", Severity.LEGACY: "warning", Severity.NOTE: "notice"}
# GitHub reads a command to the end of its line, and its properties to the next colon or comma.
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def as_github(report: Report, project: Project, schema: Schema) -> str:
    """Return a command a line, at most ten for each rule, and the count of the others in an eleventh.

    GitHub shows ten annotations of a level for each step: errors come first.
    """
    return "\n".join([*_commands(report, project, schema), *report.left(), report.last_line()])


def _commands(report: Report, project: Project, schema: Schema) -> Iterator[str]:
    for (severity, rule), group in groupby(report.by_severity(), key=lambda one: (one.severity, one.rule)):
        findings = list(group)
        yield from (_command(finding, project, schema) for finding in findings[:SHOWN])
        if len(findings) > SHOWN:
            more = f"and {len(findings) - SHOWN:,} more; --format json has them all."
            yield f"::{_COMMANDS[severity]} title={rule.translate(_PROPERTY)}::{more}"


def _command(finding: Finding, project: Project, schema: Schema) -> str:
    place = place_of(finding.where, project, schema)
    properties = {"file": place.file, "line": place.line, "title": f"{finding.rule}: {finding.where}"}
    told = ",".join(
        f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items() if value is not None
    )
    text = f"got {finding.got}\nexpected {finding.expected}\n{finding.remedy}"
    return f"::{_COMMANDS[finding.severity]} {told}::{text.translate(_DATA)}"
