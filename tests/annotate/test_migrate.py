"""Labels that are renamed, merged, split or retired: stored annotations follow, and a human looks where none can."""

import json
from dataclasses import dataclass
from hashlib import sha256

import pytest

from annotated_exports import (
    ACCEPTS,
    ARTICLE,
    REFUSES,
    SUPPORTS,
    Mark,
    Workshop,
    annotation,
    answer,
    claim,
    mention,
    write_export,
)
from ukrcorpus.annotate.adjudication.review import review_tasks
from ukrcorpus.annotate.adjudication.reviews import take_reviews
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
from ukrcorpus.annotate.migrations import migrate
from ukrcorpus.annotate.suggest.suggestions import Json, Suggester
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.read import read_schema

KYIV = claim(ACCEPTS, ["per:zelensky"], type="evaluation")
KREMLIN = claim(REFUSES, ["gov:ru"], polarity="-2", issue="limited_truce")
RENAME = '[[changes]]\nkind = "rename"\nof = "claim_type"\nold = "evaluation"\nnew = "assessment"\n'
MERGE = '[[changes]]\nkind = "merge"\nof = "issue"\nold = ["limited_truce"]\nnew = "ceasefire"\n'
SPLIT = '[[changes]]\nkind = "split"\nof = "issue"\nold = "ceasefire"\nnew = ["full_ceasefire", "partial_ceasefire"]\n'
RETIRE = '[[changes]]\nkind = "retire"\nof = "actor"\nold = "per:orban"\n'


@dataclass
class Scheme:
    """A project's schema, to be changed by hand as a maintainer does."""

    workshop: Workshop

    def edit(self, file: str, *pairs: tuple[str, str]) -> None:
        path = self.workshop.project.schema / file
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def block(self, file: str, line: str) -> str:
        """Take the table that has a line out of a file, and return it."""
        path = self.workshop.project.schema / file
        head, *tables = path.read_text(encoding="utf-8").split("\n[[")
        [found] = [table for table in tables if line in table.splitlines()]
        path.write_text("\n[[".join([head, *(table for table in tables if table is not found)]), encoding="utf-8")
        return found

    def migration(self, number: int, *changes: str, since: str = "0.2.0", to: str = "0.3.0") -> None:
        head = f'format = 1\nfrom = "{since}"\nto = "{to}"\nreason = "A test."\n'
        path = self.workshop.project.schema / "migrations" / f"{number:04}-test.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([head, *changes]), encoding="utf-8")

    def version(self, version: str) -> None:
        self.edit("scheme.toml", ('scheme_version = "0.2.0"', f'scheme_version = "{version}"'))

    def read(self) -> Workshop:
        self.workshop.schema = read_schema(self.workshop.project.schema)
        return self.workshop

    def refusal(self) -> str:
        with pytest.raises(CorpusError) as refused:
            self.read()
        return str(refused.value)


@pytest.fixture
def scheme(workshop: Workshop) -> Scheme:
    return Scheme(workshop)


def two(scheme: Scheme, *marks: Mark) -> Workshop:
    """Have two annotators mark the same."""
    scheme.workshop.annotate("model-a", *marks)
    scheme.workshop.annotate("model-b", *marks)
    return scheme.workshop


def rename(scheme: Scheme) -> None:
    """Call a claim type by another name in the schema."""
    scheme.edit("scheme.toml", ('value = "evaluation"', 'value = "assessment"'), ("[evaluation]", "[assessment]"))


def split(scheme: Scheme) -> None:
    """Make two issues of one in the schema."""
    scheme.edit("issues.toml", ('"ceasefire"', '"full_ceasefire"'), ("[ceasefire]", "[full_ceasefire]"))
    scheme.edit("issues.toml", ('replaces = "full_ceasefire"', 'replaces = "ceasefire"'))
    table = scheme.block("issues.toml", 'issue = "full_ceasefire"')
    path = scheme.workshop.project.schema / "issues.toml"
    other = table.replace('issue = "full_ceasefire"', 'issue = "partial_ceasefire"').replace("Ceasefire", "In part")
    path.write_text("\n[[".join([path.read_text(encoding="utf-8"), table, other]), encoding="utf-8")


def merge(scheme: Scheme) -> None:
    """Let one issue take in another in the schema."""
    scheme.block("issues.toml", 'issue = "limited_truce"')
    path = scheme.workshop.project.schema / "issues.toml"
    lines = [one for one in path.read_text(encoding="utf-8").splitlines() if '{ issue = "limited_truce"' not in one]
    path.write_text("\n".join(lines).replace("[limited_truce]", "[ceasefire]") + "\n", encoding="utf-8")


def test_a_renamed_label_is_read_as_the_new_one_and_the_round_keeps_its_version(scheme: Scheme) -> None:
    workshop = two(scheme, KYIV)
    raw = sorted((workshop.project.annotations / "exports").glob("*.json"))
    before = [path.read_bytes() for path in raw]
    scheme.migration(1, RENAME)
    rename(scheme)
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert (report.findings, report.conflicts) == ((), ())
    [row] = workshop.rows("claims")
    assert (row["type"], row["decided_by"], row["scheme_version"]) == ("assessment", "agreement", "0.3.0")
    assert {row["scheme_version"] for row in workshop.rows("annotation_rounds")} == {"0.2.0"}
    [first, _] = [row for row in workshop.rows("annotations") if row["layer"] == "claim"]
    assert (first["scheme_version"], first["type"]) == ("0.3.0", "assessment")
    assert [path.read_bytes() for path in raw] == before
    told = migrate(workshop.project, workshop.schema, dry_run=True)
    assert "type: evaluation -> assessment: 2 answers" in told.as_text()


def test_labels_that_became_one_are_one_and_of_two_issues_with_one_polarity_one_is_left(scheme: Scheme) -> None:
    both = claim(ACCEPTS, ["per:zelensky"], issue2="limited_truce", polarity2="2")
    workshop = two(scheme, both, KREMLIN)
    scheme.migration(1, MERGE)
    merge(scheme)
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert (report.findings, report.conflicts) == ((), ())
    assert [row["issue"] for row in workshop.rows("claim_issues")] == ["ceasefire", "ceasefire"]
    stances = {row["actor_id"]: row["polarity"] for row in workshop.rows("stances")}
    assert stances == {"per:zelensky": 2, "gov:ru": -2}


def test_two_issues_that_became_one_with_other_polarities_are_for_a_human(scheme: Scheme) -> None:
    workshop = two(scheme, claim(ACCEPTS, ["per:zelensky"], issue2="limited_truce", polarity2="-1"))
    scheme.migration(1, MERGE)
    merge(scheme)
    scheme.version("0.3.0")
    scheme.read().run()
    [again] = migrate(workshop.project, workshop.schema, dry_run=True).again
    assert (again.question, again.said) == (
        "issue2",
        ("model-a: ceasefire, polarity2 -1", "model-b: ceasefire, polarity2 -1"),
    )
    assert workshop.rows("claims") == []


def test_a_split_label_is_a_worklist_and_a_curators_answer_settles_it(scheme: Scheme) -> None:
    workshop = two(scheme, claim(ACCEPTS, ["per:zelensky"]), KREMLIN)
    scheme.migration(1, SPLIT)
    split(scheme)
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert report.causes() == {"issue": (0, 1)}
    assert [row["quote"] for row in workshop.rows("claims")] == [REFUSES]
    told = migrate(workshop.project, workshop.schema, dry_run=False)
    [again] = told.again
    assert (again.quote, again.choices) == (ACCEPTS, ("full_ceasefire", "partial_ceasefire"))
    listed = (workshop.project.annotations / "worklists" / "migrations.jsonl").read_text(encoding="utf-8")
    assert json.loads(listed)["said"] == ["model-a: ceasefire, polarity 2", "model-b: ceasefire, polarity 2"]
    [task] = review_tasks(workshop.project, workshop.schema)
    shown = {item["from_name"] for item in task["predictions"][0]["result"]}
    assert {"type", "source_ids"} <= shown
    assert not {"issue", "polarity"} & shown
    review(workshop, issue="partial_ceasefire", polarity="1")
    assert workshop.run().causes() == {"issue": (1, 0)}
    stances = {row["actor_id"]: (row["issue"], row["polarity"]) for row in workshop.rows("stances")}
    assert stances["per:zelensky"] == ("partial_ceasefire", 1)
    assert migrate(workshop.project, workshop.schema, dry_run=False).again == ()


def test_a_retired_actor_leaves_the_others_and_the_unit_open(scheme: Scheme) -> None:
    workshop = two(scheme, claim(SUPPORTS, ["per:orban", "gov:tr"]), mention("Turkey", "gov:tr"))
    scheme.migration(1, RETIRE)
    scheme.block("actors.toml", 'id = "per:orban"')
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert (report.causes(), workshop.rows("claims")) == ({"source": (0, 1)}, [])
    assert [row["quote"] for row in workshop.rows("mentions")] == ["Turkey"]
    [again] = migrate(workshop.project, workshop.schema, dry_run=True).again
    assert (again.question, again.said, again.choices) == (
        "source_ids",
        ("model-a: per:orban", "model-b: per:orban"),
        (),
    )


def test_a_question_that_is_asked_no_more_is_read_over(scheme: Scheme) -> None:
    workshop = two(scheme, claim(ACCEPTS, ["per:zelensky"]), mention("Ankara", "gov:tr"))
    scheme.migration(1, '[[changes]]\nkind = "retire"\nof = "attribute"\nold = "use"\n')
    scheme.block("scheme.toml", 'name = "use"')
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert (report.findings, [row["use"] for row in workshop.rows("mentions")]) == ((), [None])


def test_decisions_follow_the_labels_they_set(scheme: Scheme) -> None:
    workshop = scheme.workshop
    workshop.annotate("model-a", KYIV)
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], type="fact"))
    start = workshop.text.index(ACCEPTS)
    digest = sha256(ACCEPTS.encode()).hexdigest()
    place = f'start = {start}\nend = {start + len(ACCEPTS)}\nquote_sha256 = "{digest}"'
    lines = ["keep = true", 'take = "model-b"', 'set = { type = "evaluation" }', 'reason = "So."', 'cause = "type"']
    workshop.decide('[[decisions]]\nlayer = "claim"', place, *lines)
    scheme.migration(1, RENAME)
    rename(scheme)
    scheme.version("0.3.0")
    assert scheme.read().run().findings == ()
    assert [row["type"] for row in workshop.rows("claims")] == ["assessment"]


def test_what_a_decision_set_is_open_again_when_its_label_is_retired(scheme: Scheme) -> None:
    workshop = two(scheme, claim(ACCEPTS, ["per:zelensky"]))
    start = workshop.text.index(ACCEPTS)
    digest = sha256(ACCEPTS.encode()).hexdigest()
    place = f'start = {start}\nend = {start + len(ACCEPTS)}\nquote_sha256 = "{digest}"'
    lines = ["keep = true", 'set = { source_ids = ["per:orban"] }', 'reason = "So."', 'cause = "source"']
    workshop.decide('[[decisions]]\nlayer = "claim"', place, *lines)
    scheme.migration(1, RETIRE)
    scheme.block("actors.toml", 'id = "per:orban"')
    scheme.version("0.3.0")
    assert scheme.read().run().causes() == {"source": (0, 1)}
    [again] = migrate(workshop.project, workshop.schema, dry_run=True).again
    assert (again.question, again.said) == ("source_ids", ("curator-c: per:orban",))
    review(workshop, source_ids=["gov:hu"])
    assert (workshop.run().findings, workshop.run().causes()) == ((), {})
    assert [row["actor_id"] for row in workshop.rows("claim_sources")] == ["gov:hu"]


def test_a_review_whose_answer_a_migration_takes_away_is_noted_and_settles_nothing(scheme: Scheme) -> None:
    workshop = scheme.workshop
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"]))
    workshop.annotate("model-b", claim(ACCEPTS, ["gov:ua"]))
    review(workshop, source_ids=["per:orban"])
    assert workshop.run().causes() == {"source": (1, 0)}
    scheme.migration(1, RETIRE)
    scheme.block("actors.toml", 'id = "per:orban"')
    scheme.version("0.3.0")
    scheme.read()
    assert [(one.rule, one.severity) for one in take_reviews(workshop.project, workshop.schema).findings] == [
        ("review-outdated", "note")
    ]
    assert workshop.run().causes() == {"source": (0, 1)}


def review(workshop: Workshop, **given: object) -> None:
    """Answer what is open of the only unit under review, as a curator, and take it."""
    [made] = review_tasks(workshop.project, workshop.schema)
    items = made["predictions"][0]["result"]
    region = next(item for item in items if item["from_name"] == "label")
    place = {key: region["value"][key] for key in ("start", "end", "text")}
    items += [answer(name, value, workshop.schema, region["id"], place) for name, value in given.items()]
    export = [made | {"id": 1, "drafts": [], "predictions": [], "annotations": [annotation(20, 1, items)]}]
    file = write_export(workshop.folder / "review.json", export)
    options = ImportOptions(server="review", name="curator-d", step="adjudication")
    import_export(workshop.project, workshop.schema, file, options)
    report = take_reviews(workshop.project, workshop.schema)
    assert (report.findings, report.n_decisions) == ((), 1)


def test_suggestions_speak_the_present_scheme(scheme: Scheme) -> None:
    workshop = scheme.workshop
    articles = read_articles(workshop.project)
    sentences = [one.span for one in articles.by_id[ARTICLE].sentences]
    row = {**articles.rows[0], "kinds": articles.kinds[ARTICLE], "sentences": sentences}
    before = types_of(Suggester.of(workshop.schema)(row))
    assert "position" in before
    scheme.migration(1, RENAME.replace("evaluation", "position").replace("assessment", "stand"))
    scheme.edit("scheme.toml", ('value = "position"', 'value = "stand"'), ("[position]", "[stand]"))
    scheme.version("0.3.0")
    after = types_of(Suggester.of(scheme.read().schema)(row))
    assert after == {"stand" if one == "position" else one for one in before}


def types_of(prediction: Json | None) -> set[str]:
    assert prediction is not None
    return {item["value"]["choices"][0] for item in prediction["result"] if item["from_name"] == "type"}


def test_a_chain_is_walked_from_the_version_that_was_on_screen(scheme: Scheme) -> None:
    workshop = two(scheme, KYIV)
    scheme.migration(1, RENAME.replace("assessment", "judgement"))
    second = RENAME.replace("evaluation", "judgement")
    scheme.migration(2, second, since="0.3.0", to="0.4.0")
    rename(scheme)
    scheme.version("0.4.0")
    assert scheme.read().run().findings == ()
    assert [row["type"] for row in workshop.rows("claims")] == ["assessment"]


def test_annotations_of_a_version_that_no_migration_knows_are_set_aside(scheme: Scheme) -> None:
    workshop = two(scheme, KYIV)
    scheme.migration(1, since="0.2.5")
    scheme.version("0.3.0")
    report = scheme.read().run()
    assert {(one.rule, one.got, one.expected) for one in report.findings} == {
        ("scheme-version-unknown", "scheme_version 0.2.0", "one of 0.2.5, 0.3.0")
    }
    told = migrate(workshop.project, workshop.schema, dry_run=True)
    assert (told.n_unknown, told.exit_code) == (2, 1)


def test_without_migrations_there_is_nothing_to_do(scheme: Scheme) -> None:
    two(scheme, KYIV)
    report = migrate(scheme.workshop.project, scheme.workshop.schema, dry_run=False)
    assert report.as_text() == "0 migrations; 0 annotations of an older scheme; 0 answers to be given again"
    assert not (scheme.workshop.project.annotations / "worklists").exists()


FIRST = "schema/migrations/0001-test.toml"
REFUSED = {
    "a gap": (
        [(1, "", "0.2.0", "0.2.1"), (2, "", "0.2.2", "0.3.0")],
        (
            "schema/migrations/0002-test.toml: from: it starts at '0.2.2', and 0001-test ends at '0.2.1'. "
            "[migration-gap]\n  Add the migration between them (one without changes if no label changed), "
            "or mend 'from'."
        ),
    ),
    "two of one version": (
        [(1, "", "0.2.0", "0.2.1"), (2, "", "0.2.0", "0.3.0")],
        (
            "schema/migrations/0002-test.toml: from: the version to migrate from '0.2.0' is taken. [schema-double]\n"
            f"  Rename or remove one of them; the first is {FIRST}: from."
        ),
    ),
    "an end elsewhere": (
        [(1, "", "0.1.0", "0.2.0")],
        (
            f"{FIRST}: to: the last migration ends at '0.2.0', and the scheme is '0.3.0'. [migration-end]\n"
            "  Set scheme_version in schema/scheme.toml to the same, or add the migration that is missing."
        ),
    ),
    "a way back": (
        [(1, "", "0.4.0", "0.3.0")],
        f"{FIRST}: to: '0.3.0' is not after '0.4.0'. [migration-order]\n  A migration leads to a newer version.",
    ),
    "onto a label that does not exist": (
        [(1, RENAME.replace("assessment", "positon"), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (evaluation): the claim_type 'positon' does not exist. [migration-label]\n"
            "  Did you mean 'position'? Add it to schema/ or mend the migration."
        ),
    ),
    "a label that is still there": (
        [(1, RENAME.replace("assessment", "position"), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (evaluation): the claim_type 'evaluation' is still there in 0.3.0. "
            "[migration-label]\n  Remove it from schema/, or from the migration."
        ),
    ),
    "an unknown vocabulary": (
        [(1, RENAME.replace("claim_type", "claim_typ"), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (evaluation): of: the vocabulary 'claim_typ' does not exist. [schema-reference]\n"
            "  Did you mean 'claim_type'?"
        ),
    ),
    "an unknown kind": (
        [(1, RENAME.replace("rename", "renam"), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (evaluation): kind: 'renam' is not allowed here. [schema-value]\n"
            "  Did you mean 'rename'?"
        ),
    ),
    "a split into one": (
        [(1, SPLIT.replace(', "partial_ceasefire"', ""), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (ceasefire): new: 1 labels under 'new' of a split, at least 2 expected. "
            "[migration-change]\n  Mend the change."
        ),
    ),
    "a question that is split": (
        [(1, SPLIT.replace('"issue"', '"attribute"'), "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #1 (ceasefire): kind: a question cannot be changed by split. [migration-change]\n"
            "  Rename or retire it."
        ),
    ),
    "one label changed twice": (
        [(1, RETIRE + RETIRE, "0.2.0", "0.3.0")],
        (
            f"{FIRST}: changes #2 (per:orban): the label to be changed 'actor per:orban' is taken. [schema-double]\n"
            f"  Rename or remove one of them; the first is {FIRST}: changes #1 (per:orban)."
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_migration_that_cannot_be_followed_is_refused(scheme: Scheme, name: str) -> None:
    files, message = REFUSED[name]
    for number, change, since, to in files:
        scheme.migration(number, change, since=since, to=to)
    scheme.version("0.3.0")
    if "changed twice" in name:
        scheme.block("actors.toml", 'id = "per:orban"')
    assert scheme.refusal() == message
