"""What must be right about a task before it is sent: Label Studio takes almost anything, and breaks on it later."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.exchange.controls import Controls, ControlTag, given_values
from ukrcorpus.annotate.values import SURROGATE, Fault, Problems, shown
from ukrcorpus.core.problems import Finding, near

LARGEST_BODY: Final = 200 * 2**20  # bytes; the server breaks at 250 MiB, and many a proxy before it at 200
_LARGEST_INT: Final = 2**63  # from here on an export that is converted fails as a whole
_RELATION: Final = "relation"
_ENDS: Final = ("from_id", "to_id")
_MEND: Final = "Mend what made the suggestions."
_MEND_TEXT: Final = "Mend the raw file, run ukrcorpus normalise and push again."


def check_tasks(tasks: list[Any], controls: Controls, largest: int, size_of: Callable[[Any], int]) -> list[Finding]:
    """Return everything that is wrong with tasks; with a single finding nothing may be sent."""
    problems = Problems("tasks")
    for number, task in enumerate(tasks, 1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            fault = Fault("task-no-object", shown(task), "an object with data.text", "Make the task from an article.")
            problems.at(f"#{number}").add(fault)
            continue
        here = Problems(f"article {data.get('article_id')}", problems.findings)
        before = len(here.findings)
        _check_values(task, here)
        if len(here.findings) == before and (size := size_of(task)) > largest:
            remedy = "Split the article: no server takes it in one piece."
            here.add(Fault("task-too-large", f"{size:,} bytes", f"at most {largest:,} in one request", remedy))
        _check_predictions(task, data, controls, here)
    return problems.findings


def _check_values(task: Mapping[str, Any], problems: Problems) -> None:
    """Add what no value anywhere in a task may be: half a character, a huge integer, no number."""
    for path, value in _leaves(task, ""):
        here = problems.at(path or "task")
        if isinstance(value, str) and (half := SURROGATE.search(value)):
            expected = "whole characters: one half makes a project unreadable"
            here.add(Fault("task-surrogate", f"half a character at {half.start()}", expected, _MEND_TEXT))
        elif isinstance(value, int) and not -_LARGEST_INT <= value < _LARGEST_INT:
            expected = "less than 2^63: larger ones break the export"
            here.add(Fault("task-integer", f"an integer of {value.bit_length()} bits", expected, "Send it as a text."))
        elif isinstance(value, float) and not math.isfinite(value):
            here.add(Fault("task-number", str(value), "a finite number", "Leave it out, or send null."))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}[{number}]")
    else:
        yield path, value


@dataclass(frozen=True, slots=True)
class _Task:
    """What its predictions are checked against."""

    data: Mapping[str, Any]
    controls: Controls

    @property
    def text(self) -> str:
        return str(self.data["text"])


def _check_predictions(
    task: Mapping[str, Any], data: Mapping[str, Any], controls: Controls, problems: Problems
) -> None:
    given = task.get("predictions", [])
    if not isinstance(given, list):
        problems.add(Fault("prediction-no-object", f"predictions {shown(given)}", "a list of objects", _MEND))
        return
    for number, one in enumerate(given):
        here = problems.at(f"predictions[{number}]")
        result = one.get("result") if isinstance(one, dict) else None
        if not isinstance(one, dict):
            expected = "an object: of an id the server makes the whole import again and again"
            here.add(Fault("prediction-no-object", shown(one), expected, "Send predictions with their results."))
        elif not isinstance(result, list) or not all(isinstance(item, dict) for item in result):
            here.add(Fault("prediction-result", f"result {shown(result)}", "a list of objects", _MEND))
        else:
            _check_head(one, here)
            _check_result(result, _Task(data, controls), here)


def _check_head(one: Mapping[str, Any], problems: Problems) -> None:
    score, version = one.get("score"), one.get("model_version")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1):
        problems.add(Fault("prediction-score", f"score {shown(score)}", "a number from 0 to 1, or null", _MEND))
    if not isinstance(version, str) or not version:
        problems.add(Fault("prediction-version", f"model_version {shown(version)}", "the version of its maker", _MEND))


def _check_result(result: list[Any], task: _Task, problems: Problems) -> None:
    spans = {item["id"] for item in result if _is_span(item)}
    for number, item in enumerate(result):
        here = problems.at(f"result[{number}]")
        if item.get("type") == _RELATION:
            lost = [end for end in _ENDS if not _known(item.get(end), spans)]
            if lost:
                got = ", ".join(f"{end} {shown(item.get(end))}" for end in lost)
                here.add(Fault("prediction-relation", got, "ids of two spans: a loose end breaks the editor", _MEND))
        else:
            _check_item(item, task, spans, here)


def _is_span(item: Mapping[str, Any]) -> bool:
    value = item.get("value")
    return isinstance(value, dict) and "labels" in value and isinstance(item.get("id"), str)


def _known(end: object, spans: set[str]) -> bool:
    return isinstance(end, str) and end in spans


def _check_item(item: Mapping[str, Any], task: _Task, spans: set[str], problems: Problems) -> None:
    name = item.get("from_name")
    control = task.controls.by_name.get(str(name))
    value = item.get("value")
    if control is None:
        remedy = f"{near(str(name), task.controls.by_name)} {_MEND}"
        expected = "a control of the labelling configuration"
        problems.add(Fault("prediction-control", f"from_name {shown(name)}", expected, remedy))
        return
    if item.get("to_name") != control.object or item.get("type") != control.kind or not isinstance(value, dict):
        got = f"to_name {shown(item.get('to_name'))}, type {shown(item.get('type'))}, value {shown(value)}"
        expected = f"to_name '{control.object}', type '{control.kind}' and an object"
        problems.add(Fault("prediction-shape", got, expected, _MEND))
        return
    _check_choices(item, str(name), control, task, problems)
    if control.kind == "labels" or "start" in value or "end" in value:
        _check_offsets(value, task.text, problems)
    if (control.kind == "labels" or control.per_region) and not _known(item.get("id"), spans):
        expected = "the id of a span: the answer belongs to none"
        problems.add(Fault("prediction-region", f"id {shown(item.get('id'))}", expected, _MEND))


def _check_choices(item: Mapping[str, Any], name: str, control: ControlTag, task: _Task, problems: Problems) -> None:
    allowed = control.allowed(task.data)
    for one in given_values(item, control.kind):
        if allowed is not None and one not in allowed:
            remedy = f"{near(one, allowed)} {_MEND}"
            problems.add(Fault("prediction-label", f"{name}={shown(one)}", f"a value that {name} has", remedy))


def _check_offsets(value: Mapping[str, Any], text: str, problems: Problems) -> None:
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        got = f"start {shown(start)}, end {shown(end)}"
        expected = f"whole numbers, start before end, within 0 and {len(text)}"
        problems.add(Fault("prediction-offsets", got, expected, _MEND))
