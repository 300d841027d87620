"""JUnit XML, the form that test reports of continuous integration read: a test case for each rule."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.validate.report import SHOWN, Report
from ukrcorpus.validate.rules import Rule

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report, rules: Iterable[Rule]) -> str:
    """Return a suite with a case for each rule: passed, failed, or skipped where an earlier one failed."""
    found = {rule: list(group) for rule, group in groupby(report.findings, key=lambda one: one.rule)}
    depths = {id_: str(rule.depth) for rule in rules for id_ in rule.explanations()}
    depths |= dict.fromkeys(sorted(found.keys() - depths.keys()), "input")
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", name="ukrcorpus validate")
    for id_, depth in depths.items():
        case = SubElement(suite, "testcase", classname=f"ukrcorpus.validate.{depth}", name=id_)
        _fill(case, found.get(id_, []), [f"{one.table}: {one.reason}" for one in report.not_asked if one.rule == id_])
    failed = sum(case.find("failure") is not None for case in suite)
    skipped = sum(case.find("skipped") is not None for case in suite)
    for element in (suites, suite):
        element.attrib |= {"tests": str(len(depths)), "failures": str(failed), "errors": "0", "skipped": str(skipped)}
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}'


def _fill(case: Element, findings: list[Finding], left: list[str]) -> None:
    """Put into a case what its rule found; what does not fail it, or was not asked, is output beside a failure."""
    errors = [one for one in findings if one.severity is Severity.ERROR]
    others = [one for one in findings if one.severity is not Severity.ERROR]
    if errors:
        failure = SubElement(case, "failure", message=f"{len(errors):,} of them", type=errors[0].rule)
        failure.text = _text(errors)
    elif left:
        SubElement(case, "skipped", message=_legal("not asked of " + "; ".join(left)))
    if others:
        SubElement(case, "system-out").text = _text(others)


def _text(findings: list[Finding]) -> str:
    told = [finding.as_text() for finding in findings[:SHOWN]]
    more = [f"and {len(findings) - SHOWN:,} more; --format json has them all."] if len(findings) > SHOWN else []
    return _legal("\n".join([*told, *more]))


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
