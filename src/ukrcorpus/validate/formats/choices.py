"""All forms of the report: the one place where a new one gets its line."""

import json
from collections.abc import Callable
from typing import Final

from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.formats.github import as_github
from ukrcorpus.validate.formats.junit import as_junit
from ukrcorpus.validate.formats.sarif import as_sarif
from ukrcorpus.validate.report import Report

FORMATS: Final[dict[str, Callable[[Report, Project, Schema], str]]] = {
    "json": lambda report, _project, _schema: json.dumps(report.as_json(), ensure_ascii=False, indent=2),
    "github": as_github,
    "sarif": lambda report, project, schema: as_sarif(report, project, schema, RULES),
    "junit": lambda report, _project, _schema: as_junit(report, RULES),
}
