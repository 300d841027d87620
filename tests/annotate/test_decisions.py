from dataclasses import replace
from hashlib import sha256
from textwrap import dedent

import pytest

from annotated_exports import ACCEPTS, ARTICLE, REFUSES, SUPPORTS, Workshop, claim, mention

ZELENSKYY = claim(ACCEPTS, ["per:zelensky"])


def decision(text: str, words: str, *lines: str, layer: str = "claim", cause: str = "other") -> str:
    start = text.index(words)
    return "\n".join(
        [
            "[[decisions]]",
            f'layer = "{layer}"',
            f"start = {start}",
            f"end = {start + len(words)}",
            f'quote_sha256 = "{sha256(words.encode()).hexdigest()}"',
            'reason = "The text says so."',
            f'cause = "{cause}"',
            *lines,
        ]
    )


@pytest.fixture
def disputed(workshop: Workshop) -> Workshop:
    """Two annotators who differ in polarity and type."""
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], polarity="-1", type="fact", note="b"))
    return workshop


def test_the_version_taken_is_published_as_the_curators(disputed: Workshop) -> None:
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-b"', cause="polarity"))
    report = disputed.run()
    assert (report.findings, report.causes()) == ((), {"polarity": (1, 0)})
    [row] = disputed.rows("claims")
    assert (row["type"], row["decided_by"], row["n_agree"]) == ("fact", "curator", 1)
    [stance] = disputed.rows("stances")
    assert (stance["polarity"], stance["decided_by"], stance["n_agree"]) == (-1, "curator", 1)
    assert [(vote["annotator"], vote["agrees"]) for vote in disputed.rows("votes")] == [
        ("model-a", False),
        ("model-b", True),
    ]


def test_set_overrides_answers_of_the_version_taken(disputed: Workshop) -> None:
    second = 'issue2 = "limited_truce", polarity2 = "none"'
    changes = f'set = {{ polarity = 0, {second}, source_ids = ["gov:ua"], conditional = true }}'
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"', changes))
    disputed.run()
    [stance] = disputed.rows("stances")
    assert (stance["actor_id"], stance["polarity"], stance["conditional"], stance["n_agree"]) == ("gov:ua", 0, True, 0)
    assert [row["issue"] for row in disputed.rows("claim_issues")] == ["ceasefire", "limited_truce"]


def test_none_clears_an_answer(disputed: Workshop) -> None:
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"', 'set = { polarity = "none" }'))
    disputed.run()
    assert (len(disputed.rows("claims")), disputed.rows("stances")) == (1, [])


def test_a_decision_moves_the_boundaries(workshop: Workshop) -> None:
    shorter = ACCEPTS.removesuffix(" ceasefire")
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", claim(shorter, ["per:zelensky"]))
    workshop.decide(decision(workshop.text, shorter, "keep = true", cause="boundary"))
    report = workshop.run()
    assert (report.findings, report.causes()) == ((), {"boundary": (1, 0)})
    [row] = workshop.rows("claims")
    assert (row["quote"], row["decided_by"], row["n_agree"]) == (shorter, "curator", 1)


def test_a_unit_that_one_annotator_marked_is_kept_or_dropped_by_decision(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY, claim(SUPPORTS, ["gov:tr"]))
    workshop.annotate("model-b")
    keep = decision(workshop.text, ACCEPTS, "keep = true", cause="unit")
    drop = decision(workshop.text, SUPPORTS, "keep = false", cause="unit")
    workshop.decide(keep, drop)
    report = workshop.run()
    assert (report.findings, report.causes()) == ((), {"unit": (2, 0)})
    assert [row["quote"] for row in workshop.rows("claims")] == [ACCEPTS]


def test_a_decision_settles_the_questions_about_the_document(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    opinion = {"result": None}
    workshop.annotate("model-b", ZELENSKYY, **opinion)
    lines = ['[[decisions]]\nlayer = "document"\nkeep = true\ntake = "model-a"', 'set = { genre = "opinion" }']
    workshop.decide(*lines, 'reason = "It argues."\ncause = "other"')
    workshop.run()
    [row] = workshop.rows("articles")
    assert (row["genre"], row["text_quality"]) == ("opinion", "clean")


def test_a_mention_is_decided_like_a_claim(workshop: Workshop) -> None:
    workshop.annotate("model-a", mention("Kremlin", "gov:ru"))
    workshop.annotate("model-b", mention("The Kremlin", "org:ru_presidency", form="metonym"))
    workshop.decide(
        decision(workshop.text, "Kremlin", "keep = true", 'take = "model-b"', layer="mention", cause="boundary")
    )
    report = workshop.run()
    assert report.findings == ()
    [row] = workshop.rows("mentions")
    assert (row["quote"], row["actor_ids"], row["form"]) == ("Kremlin", ["org:ru_presidency"], "metonym")


FAULTS = {
    "an annotator who is none": (
        ['take = "model-z"'],
        (
            "decision 1: error [decision-annotator]\n  got take 'model-z'\n"
            "  expected one who marked it: model-a, model-b\n  Mend the decision."
        ),
    ),
    "no take where versions differ": (
        [],
        (
            "decision 1: error [decision-take]\n  got no take, and versions that differ\n"
            "  expected one of model-a, model-b\n  Say whose to take."
        ),
    ),
    "an unknown attribute": (
        ['take = "model-a"', "set = { polarty = 1 }"],
        (
            "decision 1: error [decision-attribute]\n  got set.polarty\n  expected a question about a claim\n"
            "  Did you mean 'polarity'?"
        ),
    ),
    "an unknown label": (
        ['take = "model-a"', 'set = { type = "positon" }'],
        (
            "decision 1: error [decision-set]\n  got set.type 'positon'\n"
            "  expected a value of type: statistic, position, prescription, prediction, fact, evaluation\n"
            "  Did you mean 'position'? Mend the decision."
        ),
    ),
    "an unknown actor": (
        ['take = "model-a"', 'set = { source_ids = ["per:zelenskyy"] }'],
        (
            "decision 1: error [decision-set]\n  got set.source_ids 'per:zelenskyy'\n"
            "  expected ids of schema/actors.toml\n"
            "  Did you mean 'per:zelensky'? A new actor is entered in schema/actors.toml, with its id for ever."
        ),
    ),
    "an unknown key": (
        ['takes = "model-a"'],
        (
            "decision 1: error [decision-key]\n  got unknown key 'takes'\n"
            "  expected a key of decisions\n  Did you mean 'take'?"
        ),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_decision_that_cannot_be_used_is_a_finding_and_settles_nothing(disputed: Workshop, name: str) -> None:
    lines, message = FAULTS[name]
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", *lines))
    report = disputed.run()
    assert [finding.as_text() for finding in report.findings] == [f"annotations/decisions/{ARTICLE}.toml: {message}"]
    assert {conflict.decided for conflict in report.conflicts} == {False}


@pytest.mark.parametrize(
    ("line", "got", "expected"),
    [
        ('cause = "mood"', "cause 'mood'", "one of boundary, unit, type, voice, source, issue, polarity, other"),
        ("keep = 1", "keep 1", "true or false"),
        ('layer = "claims"', "layer 'claims'", "one of document, mention, claim"),
        ("end = 3", "start 33", "start and end in code points, start before end"),
    ],
)
def test_a_wrong_value_in_a_decision_is_named(disputed: Workshop, line: str, got: str, expected: str) -> None:
    key = line.split(" ", maxsplit=1)[0]
    lines = decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"').splitlines()
    disputed.decide(*(one for one in lines if not one.startswith(f"{key} ")), line)
    [finding] = disputed.run().findings
    assert (finding.rule, finding.got, finding.expected) == ("decision-value", got, expected)


def test_a_decision_over_another_text_or_quote_or_over_nothing_is_a_finding(disputed: Workshop) -> None:
    good = decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"')
    elsewhere = decision(disputed.text, SUPPORTS, "keep = true")
    quoted = decision(disputed.text, REFUSES, "keep = true").replace('quote_sha256 = "', 'quote_sha256 = "0')
    disputed.decide(good, good, elsewhere, quoted)
    found = [(finding.rule, finding.where.rpartition(" ")[2]) for finding in disputed.run().findings]
    assert found == [("decision-nothing", "3"), ("decision-quote", "4"), ("decision-twice", "2")]


def test_decisions_over_a_text_that_nobody_has_are_findings(disputed: Workshop) -> None:
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"'))
    path = disputed.project.annotations / "decisions" / f"{ARTICLE}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(disputed.sha256, "0" * 64), encoding="utf-8")
    [finding] = disputed.run().findings
    assert (finding.rule, finding.got) == ("decision-text", "a span of the text 000000000000…")


def test_a_broken_or_misnamed_decision_file_is_a_finding(disputed: Workshop) -> None:
    folder = disputed.project.annotations / "decisions"
    folder.mkdir()
    (folder / "a.toml").write_text("format = =\n", encoding="utf-8")
    text = 'format = 1\narticle_id = "truce"\ntext_sha256 = "x"\ncurator = "Jane Doe"\nnote = "hm"\n'
    (folder / "b.toml").write_text(text, encoding="utf-8")
    (folder / "c.toml").write_text(
        text.replace("truce", "c").replace("Jane Doe", "jane").replace('note = "hm"\n', ""), "utf-8"
    )
    found = [finding.as_text() for finding in disputed.run().findings]
    assert "\n".join(found) == dedent("""\
        annotations/decisions/c.toml: error [decision-article]
          got article 'c'
          expected an article of the corpus
          Use one of: truce. Rename or remove the file.
        annotations/decisions/b.toml: error [decision-key]
          got unknown key 'note'
          expected a key of decision files
          Use one of: article_id, curator, decisions, format, is_annotator, scheme_version, text_sha256.
        annotations/decisions/a.toml: error [decision-syntax]
          got Invalid value (at line 1, column 10)
          expected TOML
          Mend the line it names.
        annotations/decisions/b.toml: error [decision-value]
          got article_id 'truce'
          expected 'b', as the file is named
          Mend the file.
        annotations/decisions/b.toml: error [decision-value]
          got curator 'Jane Doe'
          expected a pseudonym such as curator-a
          Mend the file.""")


def test_an_open_conflict_leaves_a_decision_file_to_be_filled_in(disputed: Workshop) -> None:
    disputed.run()
    text = (disputed.project.build / "conflicts" / f"{ARTICLE}.toml").read_text(encoding="utf-8")
    assert "# polarity:ceasefire: model-a: 2\n# polarity:ceasefire: model-b: -1\n" in text
    path = disputed.project.annotations / "decisions" / f"{ARTICLE}.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert {finding.rule for finding in disputed.run().findings} == {"decision-value"}
    filled = text.replace('reason = ""', 'reason = "It is so."').replace('curator = ""', 'curator = "curator-c"')
    path.write_text(filled, encoding="utf-8")
    report = disputed.run()
    assert (report.findings, report.causes()) == ((), {"type": (1, 0)})
    assert [row["polarity"] for row in disputed.rows("stances")] == [2]


def test_decisions_follow_their_spans_out_of_an_older_text(workshop: Workshop) -> None:
    older = replace(workshop, text="Truce talks\n" + workshop.text.partition("\n")[2])
    older.annotate("model-a", ZELENSKYY)
    workshop.n_annotations = 1
    workshop.annotate("model-b", claim(ACCEPTS, ["gov:ua"]))
    workshop.decide(decision(older.text, ACCEPTS, "keep = true", 'take = "model-b"', cause="source"))
    path = workshop.project.annotations / "decisions" / f"{ARTICLE}.toml"
    digest = sha256(older.text.encode()).hexdigest()
    path.write_text(path.read_text(encoding="utf-8").replace(workshop.sha256, digest), encoding="utf-8")
    assert [finding.rule for finding in workshop.run().findings] == ["task-text-changed"]
    assert [row["actor_id"] for row in workshop.rows("claim_sources")] == ["gov:ua"]


def test_a_curator_who_annotated_has_to_say_so(disputed: Workshop) -> None:
    disputed.decide(decision(disputed.text, ACCEPTS, "keep = true", 'take = "model-a"'))
    path = disputed.project.annotations / "decisions" / f"{ARTICLE}.toml"
    text = path.read_text(encoding="utf-8").replace("curator-c", "model-b")
    path.write_text(text, encoding="utf-8")
    assert [finding.rule for finding in disputed.run().findings] == ["decision-curator"]
    path.write_text(text.replace("[[decisions]]", "is_annotator = true\n[[decisions]]"), encoding="utf-8")
    assert disputed.run().findings == ()
