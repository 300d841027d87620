"""``[splits]`` of ``corpus.toml``: the proportions, and the event that no model has seen."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields

WHERE: Final = "corpus.toml: splits"
_ALL: Final = 100


class Split(StrEnum):
    """The splits of articles, those that models learn from and are measured on in the order of time."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"
    HELD_BACK = "held_back"


PARTS: Final = (Split.TRAIN, Split.VALIDATION, Split.TEST)


@dataclass(frozen=True, slots=True)
class Event:
    """What only ``test`` has articles about: those that fulfil every condition given.

    ``first`` and ``last`` are days of publication, both included; an article without a day fulfils no condition on it.
    One of ``words`` stands in title, text or event anchor; one of ``issues`` is that of a claim.
    """

    name: str
    first: date | None = None
    last: date | None = None
    words: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """What a corpus declares: ``shares`` in percent, and whether whole publishers are kept apart."""

    shares: Mapping[Split, int] = field(default_factory=lambda: {Split.TRAIN: 80, Split.VALIDATION: 10, Split.TEST: 10})
    whole_publishers: bool = False
    event: Event | None = None

    def as_json(self) -> dict[str, object]:
        """Return the plan with the keys of ``corpus.toml``."""
        shares: dict[str, object] = {split.value: share for split, share in self.shares.items()}
        return shares | {"whole_publishers": self.whole_publishers} | ({"event": _event_json(self.event)})


def read_plan(given: Mapping[str, object], issues: tuple[str, ...] | None = None, where: str = WHERE) -> SplitPlan:
    """Return the plan that a table declares; every slip is a ``CorpusError``.

    ``issues`` are those of the codebook, if known. What is not declared is as in ``SplitPlan()``.
    """
    fields = Fields(where, deepcopy(dict(given)), [*PARTS])
    named = {split: fields.number(split) for split in PARTS if split in given}
    shares = dict(SplitPlan().shares) | named
    wrong = any(share < 0 for share in shares.values()) or not shares[Split.TRAIN] or not shares[Split.TEST]
    if sum(shares.values()) != _ALL or wrong:
        got = ", ".join(f"{split} = {share}" for split, share in shares.items())
        raise CorpusError("splits-shares", f"got {got}.", where=where, remedy="Give percents that add up to 100.")
    whole, table = fields.flag("whole_publishers"), fields.maybe_table("event")
    event = _event(table, issues) if table else None
    fields.done()
    return SplitPlan(shares, whole, event)


def _event(fields: Fields, issues: tuple[str, ...] | None) -> Event:
    event = Event(
        name=fields.text("name"),
        first=_day(fields, "first"),
        last=_day(fields, "last"),
        words=fields.maybe_texts("words"),
        issues=fields.maybe_texts("issues"),
    )
    fields.done()
    unknown = [one for one in event.issues if issues is not None and one not in issues]
    if unknown:
        what, remedy = f"no issue is called '{unknown[0]}'.", "Take the names of schema/issues.toml."
        raise CorpusError("splits-event", what, where=fields.at("issues"), remedy=remedy)
    if not (event.first or event.last or event.words or event.issues):
        what, remedy = "nothing says which articles are about it.", "Give first and last, words or issues."
        raise CorpusError("splits-event", what, where=fields.where, remedy=remedy)
    if event.first and event.last and event.last < event.first:
        what = f"{event.last} is before {event.first}."
        raise CorpusError("splits-event", what, where=fields.at("last"), remedy="Give the later day as last.")
    return event


def _day(fields: Fields, key: str) -> date | None:
    text = fields.maybe_day(key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        what, remedy = f"got '{text}'.", "Expected a day: 2026-11-22."
        raise CorpusError("splits-event", what, where=fields.at(key), remedy=remedy) from error


def _event_json(event: Event | None) -> dict[str, object] | None:
    if event is None:
        return None
    values = {"first": event.first and event.first.isoformat(), "last": event.last and event.last.isoformat()}
    lists = {"words": list(event.words), "issues": list(event.issues)}
    return {"name": event.name} | {key: value for key, value in (values | lists).items() if value}
