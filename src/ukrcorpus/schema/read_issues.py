"""``schema/issues.toml``: the codebook, its groups and near misses."""

from dataclasses import dataclass

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields, each, formed, known, once, one_of
from ukrcorpus.schema.model import Group, Issue, NearMiss, Value, Vocabulary
from ukrcorpus.schema.read_scheme import read_border

_NAME = r"[a-z][a-z0-9_]*"
_SNAKE = "lower-case letters, digits and '_'"
_SCOPES = ("core", "context")


@dataclass(frozen=True, slots=True)
class Codebook:
    """What ``issues.toml`` holds."""

    groups: tuple[Group, ...]
    issues: tuple[Issue, ...]

    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """Return ``issue`` and ``issue_group``, the two vocabularies that the codebook defines."""
        return (
            Vocabulary("issue", tuple(Value(one.issue, one.label, one.definition) for one in self.issues)),
            Vocabulary("issue_group", tuple(Value(one.group, one.label, one.definition) for one in self.groups)),
        )


def read_issues(fields: Fields) -> Codebook:
    """Return the codebook; every group and near miss exists."""
    groups, issues = fields.tables("groups", "group"), fields.tables("issues", "issue")
    codebook = Codebook(each(groups, _group), each(issues, _issue))
    fields.done()
    once(zip((one.group for one in codebook.groups), (one.where for one in groups), strict=True), "group")
    names = [one.issue for one in codebook.issues]
    once(zip(names, (one.where for one in issues), strict=True), "issue")
    once(zip((one.label for one in codebook.issues), (one.at("label") for one in issues), strict=True), "label")
    for issue, one in zip(codebook.issues, issues, strict=True):
        known(issue.group, [group.group for group in codebook.groups], "the group", one.at("group"))
        _check_near_misses(issue, names, one.at("near_misses"))
    return codebook


def _group(fields: Fields) -> Group:
    return Group(
        group=formed(fields.text("group"), _NAME, _SNAKE, fields.at("group")),
        label=fields.text("label"),
        definition=fields.text("definition"),
    )


def _issue(fields: Fields) -> Issue:
    return Issue(
        issue=formed(fields.text("issue"), _NAME, _SNAKE, fields.at("issue")),
        label=fields.text("label"),
        group=fields.text("group"),
        pole=fields.maybe_text("pole"),
        definition=fields.text("definition"),
        valence=fields.flag("valence"),
        context=one_of(fields.maybe_text("scope") or "core", _SCOPES, fields.at("scope")) == "context",
        positive=fields.maybe_texts("positive"),
        negative=fields.maybe_texts("negative"),
        border=read_border(fields.maybe_table("border")),
        near_misses=each(
            fields.maybe_tables("near_misses", "issue"), lambda miss: NearMiss(miss.text("issue"), miss.text("because"))
        ),
        replaces=fields.maybe_text("replaces"),
        excuse=fields.maybe_pairs("excuse"),
    )


def _check_near_misses(issue: Issue, names: list[str], where: str) -> None:
    once(((miss.issue, f"{where} ({miss.issue})") for miss in issue.near_misses), "near miss")
    for miss in issue.near_misses:
        known(miss.issue, names, "the issue", where)
        if miss.issue == issue.issue:
            raise CorpusError(
                "schema-reference", "an issue names itself.", where=where, remedy="Remove that near miss."
            )
