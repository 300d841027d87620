"""What a well-formed schema can still get wrong: findings about poles, near misses, actors and examples."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from ukrcorpus.core.problems import Finding, Severity, near
from ukrcorpus.schema.model import Actor, ActorType, Border, Issue, Name, Schema, Value, Vocabulary

_TWO_IN_ONE = re.compile(r"(?i:\bor\b|\band\b)|[/();]|(?<=[a-z\d])[.!?](?=\s+[A-Z])")
_ANSWER = re.compile(r"\[([^\[\]\s]+)\]$")
_N_POSITIVE, _N_NEGATIVE = 3, 2
_N_SOURCES = 2
_WITHOUT_POLE = "other"


def check_schema(schema: Schema) -> tuple[Finding, ...]:
    """Return every finding, sorted; one that its entry excuses is a note.

    An excuse that excuses nothing is the finding ``excuse-unused``.
    """
    excuses = {(_issue(one), rule): reason for one in schema.issues for rule, reason in one.excuse.items()}
    excuses |= {(_actor(one), rule): reason for one in schema.actors for rule, reason in one.excuse.items()}
    findings = [finding for _, rule in RULES for finding in rule(schema)]
    used = {(finding.where, finding.rule) for finding in findings}
    checked = [_excused(finding, excuses.get((finding.where, finding.rule))) for finding in findings]
    unused = [_unused(where, rule) for where, rule in excuses if (where, rule) not in used]
    return tuple(sorted(checked + unused))


def pole_one_proposition(schema: Schema) -> Iterator[Finding]:
    """Yield ``pole-one-proposition`` for every pole that joins two things one could judge apart."""
    for issue in schema.issues:
        found = _TWO_IN_ONE.search(issue.pole or "")
        if found:
            got = f"'{found.group().strip()}' in the pole: {issue.pole}"
            remedy = "Word it as one proposition, split the issue, or excuse it with a reason."
            yield Finding("pole-one-proposition", _issue(issue), got, "a single proposition", remedy)


def pole_full_stop(schema: Schema) -> Iterator[Finding]:
    """Yield ``pole-full-stop`` for every pole that is no sentence with a full stop."""
    for issue in schema.issues:
        if issue.pole and not issue.pole.endswith("."):
            yield Finding("pole-full-stop", _issue(issue), issue.pole, "a sentence", "End the pole with a full stop.")


def issue_without_pole(schema: Schema) -> Iterator[Finding]:
    """Yield ``issue-without-pole`` for every issue but `other` whose polarity has nothing to be measured against."""
    for issue in schema.issues:
        if issue.pole is None and issue.issue != _WITHOUT_POLE:
            yield Finding("issue-without-pole", _issue(issue), "no pole", "one proposition", "Add 'pole'.")


def near_miss_one_way(schema: Schema) -> Iterator[Finding]:
    """Yield ``near-miss-one-way`` where an issue names another one that does not name it back."""
    pairs = {(issue.issue, miss.issue) for issue in schema.issues for miss in issue.near_misses}
    for issue in schema.issues:
        for miss in issue.near_misses:
            if (miss.issue, issue.issue) not in pairs:
                got = f"'{miss.issue}' is a near miss here, but does not name '{issue.issue}'"
                remedy = f"Add {{ issue = \"{issue.issue}\", because = ... }} to near_misses of '{miss.issue}'."
                yield Finding("near-miss-one-way", _issue(issue), got, "both name each other", remedy)


def issue_examples(schema: Schema) -> Iterator[Finding]:
    """Yield ``issue-examples`` where an annotator gets too few examples of an issue."""
    for issue in schema.issues:
        yield from _examples("issue-examples", _issue(issue), issue.positive, issue.negative, issue.border)


def value_examples(schema: Schema) -> Iterator[Finding]:
    """Yield ``value-examples`` where an annotator gets too few examples of a value."""
    asked = {attribute.vocabulary for attribute in schema.attributes}
    for vocabulary in schema.vocabularies:
        for value in vocabulary.values if vocabulary.name in asked else ():
            where = _value(vocabulary, value)
            yield from _examples("value-examples", where, value.positive, value.negative, value.border)


def layer_examples(schema: Schema) -> Iterator[Finding]:
    """Yield ``layer-examples`` where a layer has too few rules or examples to learn from."""
    for text in schema.layers:
        where = f"schema/scheme.toml: layers ({text.layer})"
        border = text.border[0] if text.border else None
        yield from _examples("layer-examples", where, text.positive, text.negative, border)
        if not text.rules:
            yield Finding("layer-examples", where, "no rules", "at least one decision rule", "Add to 'rules'.")


def example_elsewhere(schema: Schema) -> Iterator[Finding]:
    """Yield ``example-elsewhere`` where a negative example does not end with the right answer in brackets."""
    names = [issue.issue for issue in schema.issues]
    for issue in schema.issues:
        yield from _elsewhere(_issue(issue), issue.negative, names, issue.issue)
    for vocabulary in schema.vocabularies:
        for value in vocabulary.values:
            yield from _elsewhere(_value(vocabulary, value), value.negative, vocabulary.names, value.value)


def role_undated(schema: Schema) -> Iterator[Finding]:
    """Yield ``role-undated`` for roles that would hold at every day without anybody having said so."""
    for actor in schema.actors:
        for role in actor.roles:
            if role.valid_from is None and not role.from_unknown:
                got = f"the role '{role.role}' of '{role.org}' has no start"
                remedy = "Look it up and add 'from', or say from_unknown = true."
                yield Finding("role-undated", _actor(actor), got, "'from' or 'from_unknown'", remedy)


def group_without_counterpart(schema: Schema) -> Iterator[Finding]:
    """Yield ``group-without-counterpart`` for groups that only one side has, without a reason."""
    for actor in schema.actors:
        if actor.type is ActorType.GROUP and not (actor.counterpart or actor.no_counterpart):
            remedy = "Name the same group on the other side, or give the reason in 'no_counterpart'."
            expected = "'counterpart' or 'no_counterpart'"
            yield Finding("group-without-counterpart", _actor(actor), "neither", expected, remedy)


def counterpart_one_way(schema: Schema) -> Iterator[Finding]:
    """Yield ``counterpart-one-way`` where a group's counterpart names another group."""
    named = {actor.id: actor.counterpart for actor in schema.actors}
    for actor in schema.actors:
        back = named.get(actor.counterpart) if actor.counterpart else actor.id
        if back != actor.id:
            got = f"the counterpart '{actor.counterpart}' has {back or 'none'}"
            remedy = f"Write counterpart = \"{actor.id}\" at '{actor.counterpart}'."
            yield Finding("counterpart-one-way", _actor(actor), got, actor.id, remedy)


def rolls_up_in_circle(schema: Schema) -> Iterator[Finding]:
    """Yield ``rolls-up-in-circle`` for actors from which no chain of ``rolls_up_to`` ends."""
    above = {actor.id: actor.rolls_up_to for actor in schema.actors}
    for actor in schema.actors:
        seen = [actor.id]
        while (step := above.get(seen[-1])) and step not in seen:
            seen.append(step)
        if step == actor.id:
            got = " > ".join([*seen, step])
            yield Finding("rolls-up-in-circle", _actor(actor), got, "a chain with an end", "Remove one 'rolls_up_to'.")


def wikidata_sources(schema: Schema) -> Iterator[Finding]:
    """Yield ``wikidata-sources`` for ids that fewer than two sources give, and sources without an id."""
    for actor in schema.actors:
        n_sources = len(set(actor.wikidata_sources))
        if actor.wikidata and n_sources < _N_SOURCES:
            remedy = "Find a second source that gives the same id, or remove the id."
            yield Finding("wikidata-sources", _actor(actor), f"{n_sources} for {actor.wikidata}", "two sources", remedy)
        if actor.wikidata is None and n_sources:
            yield Finding("wikidata-sources", _actor(actor), "sources without an id", "both", "Add 'wikidata'.")


def wikidata_twice(schema: Schema) -> Iterator[Finding]:
    """Yield ``wikidata-twice`` for each actor that shares its Wikidata id."""
    count = Counter(actor.wikidata for actor in schema.actors if actor.wikidata)
    for actor in schema.actors:
        if actor.wikidata and count[actor.wikidata] > 1:
            others = ", ".join(one.id for one in schema.actors if one.wikidata == actor.wikidata and one is not actor)
            got = f"{actor.wikidata} is also {others}"
            yield Finding("wikidata-twice", _actor(actor), got, "one actor", "Keep it at the actor it is of.")


def name_shared(schema: Schema) -> Iterator[Finding]:
    """Yield ``name-shared`` for each actor with a name that, unlimited, is another actor's too."""
    holders: dict[str, list[Actor]] = defaultdict(list)
    for actor in schema.actors:
        texts = [actor.name] + [name.text for name in actor.names if not _limited(name)]
        for text in dict.fromkeys(texts):
            holders[text].append(actor)
    for text, actors in holders.items():
        for actor in actors if len(actors) > 1 else ():
            others = ", ".join(one.id for one in actors if one is not actor)
            remedy = "Say ambiguous = true, or when it counts: 'after' or 'case'."
            yield Finding("name-shared", _actor(actor), f"'{text}' is also {others}", "one actor", remedy)


RULES: Final[tuple[tuple[str, Callable[[Schema], Iterator[Finding]]], ...]] = (
    ("pole-one-proposition", pole_one_proposition),
    ("pole-full-stop", pole_full_stop),
    ("issue-without-pole", issue_without_pole),
    ("near-miss-one-way", near_miss_one_way),
    ("issue-examples", issue_examples),
    ("value-examples", value_examples),
    ("layer-examples", layer_examples),
    ("example-elsewhere", example_elsewhere),
    ("role-undated", role_undated),
    ("group-without-counterpart", group_without_counterpart),
    ("counterpart-one-way", counterpart_one_way),
    ("rolls-up-in-circle", rolls_up_in_circle),
    ("wikidata-sources", wikidata_sources),
    ("wikidata-twice", wikidata_twice),
    ("name-shared", name_shared),
)


def _issue(issue: Issue) -> str:
    return f"schema/issues.toml: issues ({issue.issue})"


def _value(vocabulary: Vocabulary, value: Value) -> str:
    return f"schema/scheme.toml: vocabularies ({vocabulary.name}): values ({value.value})"


def _actor(actor: Actor) -> str:
    return f"schema/actors.toml: actors ({actor.id})"


def _excused(finding: Finding, reason: str | None) -> Finding:
    return replace(finding, severity=Severity.NOTE, remedy=f"Excused: {reason}") if reason else finding


def _unused(where: str, rule: str) -> Finding:
    ids = [name for name, _ in RULES]
    remedy = "Remove the excuse." if rule in ids else near(rule, ids)
    return Finding("excuse-unused", where, f"an excuse for '{rule}'", "a finding of this rule here", remedy)


def _examples(
    rule: str, where: str, positive: tuple[str, ...], negative: tuple[str, ...], border: Border | None
) -> Iterator[Finding]:
    if len(positive) < _N_POSITIVE or len(negative) < _N_NEGATIVE or border is None:
        got = f"{len(positive)} positive, {len(negative)} negative, {'a' if border else 'no'} border case"
        expected = f"{_N_POSITIVE}, {_N_NEGATIVE} and a border case"
        yield Finding(rule, where, got, expected, "Add examples; invent them, never take them from articles.")


def _elsewhere(where: str, examples: Iterable[str], names: Collection[str], own: str) -> Iterator[Finding]:
    for example in examples:
        found = _ANSWER.search(example)
        answer = found.group(1) if found else ""
        if answer not in names or answer == own:
            remedy = near(answer, names) if answer and answer != own else "Add the right answer, as in [fact]."
            yield Finding("example-elsewhere", where, example, "another answer in brackets at the end", remedy)


def _limited(name: Name) -> bool:
    return name.ambiguous or bool(name.after) or name.case is not None
