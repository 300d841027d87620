"""Recorded decisions on conflicts: ``annotations/decisions/<article_id>.toml``, and what makes one unusable.

A file names its article, the text's hash and the curator. Each ``[[decisions]]`` says of one unit (layer, start, end,
quote_sha256) whether to ``keep`` it, whose version to ``take``, what to ``set`` differently ("none" clears an answer),
the ``reason`` in one sentence and the ``cause`` of the conflict. Start and end are those of the unit as decided. One
that came out of Label Studio names its ``review``, and its own text, curator and version of the scheme.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from ukrcorpus.annotate.adjudication.versions import Cause
from ukrcorpus.annotate.answers import MEND, parse_answer
from ukrcorpus.annotate.keys import PSEUDONYM
from ukrcorpus.annotate.migrate import migrate_answers, steps_from
from ukrcorpus.annotate.values import Answer, Fault, Problems
from ukrcorpus.core.problems import near
from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.changes import Migration
from ukrcorpus.schema.model import FLAG_VALUE, Attribute, Layer, Schema

CLEARED: Final = "none"
_FILE_KEYS: Final = ("format", "article_id", "text_sha256", "scheme_version", "curator", "is_annotator", "decisions")
_OWN_KEYS: Final = ("text_sha256", "scheme_version", "curator", "is_annotator")  # what an entry may say for itself
_KEYS: Final = ("layer", "start", "end", "quote_sha256", "keep", "take", "set", "reason", "cause", "review")
_MEND: Final = "Mend the decision."


@dataclass(frozen=True, slots=True)
class Decision:
    """A curator's word on one unit; ``changes`` are overriding answers, None: no answer.

    ``pending`` are answers that a later migration of the scheme took away, by question.
    """

    layer: Layer
    span: Span | None
    quote_sha256: str | None
    keep: bool
    take: str | None
    changes: Mapping[str, Answer]
    reason: str
    cause: Cause
    where: str
    text_sha256: str
    curator: str
    is_annotator: bool
    review: str | None = None
    pending: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decisions:
    """A decision file: about which article, and what was decided."""

    article_id: str
    decisions: tuple[Decision, ...]
    where: str


def read_decisions(project: Project, schema: Schema, problems: Problems) -> Iterator[Decisions]:
    """Yield every decision file; files and decisions that cannot be used are findings."""
    for path in sorted((project.annotations / "decisions").glob("*.toml")):
        here = Problems(project.address(path), problems.findings)
        given = _read(path, here)
        if given is None:
            continue
        faults = list(_file_faults(given, path.stem))
        for fault in faults:
            here.add(fault)
        if not faults:
            entries = [_with_head(entry, given) for entry in given.get("decisions", [])]
            read = [_decision(one, schema, here.at(f"decision {number}")) for number, one in enumerate(entries, 1)]
            yield Decisions(
                article_id=given["article_id"],
                decisions=tuple(one for one in read if one),
                where=here.where,
            )


def _read(path: Path, problems: Problems) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # among them a number of 5,000 digits
        problems.add(Fault("decision-syntax", f"{error}", "TOML", "Mend the line it names."))
        return None


def _with_head(entry: object, given: Mapping[str, Any]) -> object:
    """Return an entry with what the file's head says for all of them."""
    head = {key: given[key] for key in _OWN_KEYS if key in given}
    return head | entry if isinstance(entry, dict) else entry


def _file_faults(given: Mapping[str, Any], stem: str) -> Iterator[Fault]:
    for key in given:
        if key not in _FILE_KEYS:
            yield Fault("decision-key", f"unknown key '{key}'", "a key of decision files", near(key, _FILE_KEYS))
    rights = {
        "format": (given.get("format") == FORMAT, f"{FORMAT}"),
        "article_id": (given.get("article_id") == stem, f"'{stem}', as the file is named"),
        **_own_rights(given),
        "decisions": (isinstance(given.get("decisions", []), list), "[[decisions]] tables"),
    }
    for key, (right, expected) in rights.items():
        if not right:
            yield Fault("decision-value", f"{key} {given.get(key)!r}", expected, "Mend the file.")


def _own_rights(given: Mapping[str, Any]) -> dict[str, tuple[bool, str]]:
    version = given.get("scheme_version")
    return {
        "text_sha256": (_is_text(given, "text_sha256"), "the text's hash"),
        "scheme_version": (version is None or _is_text(given, "scheme_version"), "a version such as 0.2.0"),
        "curator": (bool(PSEUDONYM.fullmatch(str(given.get("curator")))), "a pseudonym such as curator-a"),
        "is_annotator": (isinstance(given.get("is_annotator", False), bool), "true or false"),
    }


def _is_text(given: Mapping[str, Any], key: str) -> bool:
    return isinstance(given.get(key), str) and bool(given[key])


def _decision(given: Any, schema: Schema, problems: Problems) -> Decision | None:
    faults = list(_entry_faults(given))
    steps = () if faults else _steps(given.get("scheme_version"), schema)
    if isinstance(steps, Fault):
        faults.append(steps)
        steps = ()
    layer = Layer.DOCUMENT if faults else Layer(given["layer"])
    said, pending = ({}, {}) if faults else migrate_answers(given.get("set", {}), steps, schema)
    changes: dict[str, Answer] = {}
    for name, value in said.items():
        answer = _change(name, value, layer, schema)
        if isinstance(answer, Fault):
            faults.append(answer)
        else:
            changes[name] = answer
    for fault in faults:
        problems.add(fault)
    if faults:
        return None
    return Decision(
        layer=layer,
        span=Span(given["start"], given["end"]) if layer is not Layer.DOCUMENT else None,
        quote_sha256=given.get("quote_sha256"),
        keep=given["keep"],
        take=given.get("take"),
        changes=changes,
        reason=given["reason"],
        cause=Cause(given["cause"]),
        where=problems.where,
        text_sha256=given["text_sha256"],
        curator=given["curator"],
        is_annotator=given.get("is_annotator", False),
        review=given.get("review"),
        pending=pending,
    )


def _steps(version: str | None, schema: Schema) -> tuple[Migration, ...] | Fault:
    """Return the migrations since a decision; one without a version is from before the first of them."""
    return schema.migrations if version is None else steps_from(version, schema)


def _entry_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(given, dict):
        yield Fault("decision-value", f"{given!r}", "a table", _MEND)
        return
    for key in given:
        if key not in (*_KEYS, *_OWN_KEYS):
            yield Fault("decision-key", f"unknown key '{key}'", "a key of decisions", near(key, (*_KEYS, *_OWN_KEYS)))
    spanned = given.get("layer") != Layer.DOCUMENT
    start, end = given.get("start"), given.get("end")
    placed = type(start) is int and type(end) is int and 0 <= start < end
    rights = {
        "layer": (given.get("layer") in list(Layer), f"one of {', '.join(Layer)}"),
        "start": (placed or not spanned, "start and end in code points, start before end"),
        "quote_sha256": (_is_text(given, "quote_sha256") or not spanned, "the hash of text[start:end]"),
        "keep": (isinstance(given.get("keep"), bool), "true or false"),
        "take": (given.get("take") is None or _is_text(given, "take"), "an annotator's pseudonym"),
        "set": (isinstance(given.get("set", {}), dict), "a table of answers"),
        "reason": (_is_text(given, "reason"), "one sentence"),
        "cause": (given.get("cause") in list(Cause), f"one of {', '.join(Cause)}"),
        "review": (given.get("review") is None or _is_text(given, "review"), "the unique_id of an annotation"),
        **_own_rights(given),
    }
    for key, (right, expected) in rights.items():
        if not right:
            yield Fault("decision-value", f"{key} {given.get(key)!r}", expected, _MEND)


def _change(name: str, value: object, layer: Layer, schema: Schema) -> Answer | Fault:
    """Return the answer that ``set`` gives to a question, None to clear it, or a fault."""
    attribute = next((one for one in schema.attributes_of(layer) if one.name == name), None)
    if attribute is None:
        names = [one.name for one in schema.attributes_of(layer)]
        return Fault("decision-attribute", f"set.{name}", f"a question about a {layer}", near(name, names))
    if value == CLEARED and not _is_value(attribute, schema):
        return None
    given = _as_typed(value)
    if not given:
        return None
    answer = parse_answer(attribute, schema, given)
    if isinstance(answer, Fault):
        return Fault("decision-set", f"set.{name} {answer.got}", answer.expected, answer.remedy.replace(MEND, _MEND))
    return answer


def _is_value(attribute: Attribute, schema: Schema) -> bool:
    return attribute.vocabulary is not None and CLEARED in schema.vocabulary(attribute.vocabulary).names


def _as_typed(value: object) -> tuple[str, ...]:
    """Return a TOML value as an annotator would have ticked or typed it."""
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, bool):
        return (FLAG_VALUE,) if value else ()
    return (value.isoformat(),) if isinstance(value, date) else (str(value),)
