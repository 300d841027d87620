"""Suggestions on sentences of our own: what the rules must find, what they must leave, and the shape they come in."""

from datetime import date
from typing import Any

import pytest

from ukrcorpus.annotate.exchange.controls import Controls
from ukrcorpus.annotate.exchange.push_checks import LARGEST_BODY, check_tasks
from ukrcorpus.annotate.suggest.suggestions import Suggester
from ukrcorpus.annotate.tasks import tasks_of
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.measure.matching import Span
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.model import Schema

PARAGRAPH = ("paragraph",)


@pytest.fixture(scope="module")
def suggester(schema: Schema) -> Suggester:
    return Suggester.of(schema)


def row(text: str, kinds: Any = None, **said: Any) -> dict[str, Any]:
    lines = tuple("paragraph" for _ in text.split("\n")) if kinds is None else kinds
    article = {"article_id": "test", "text": text, "machine_spun": "no", "published": None, "kinds": lines}
    return {**article, "sentences": sentences(text), **said}


def sentences(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans += [Span(start + low, start + high) for low, high in sentence_spans(line)]
        start += len(line) + 1
    return tuple(spans)


def named(suggester: Suggester, text: str, **said: Any) -> list[tuple[str, str]]:
    found = suggester.mentions(row(text, **said))
    return [(text[one.span.start : one.span.end], "+".join(one.actor_ids)) for one in found]


MENTIONS = [
    ("Ukraine and NATO talked.", [("Ukraine", "gov:ua"), ("NATO", "org:nato")]),
    ("Kyiv answered at once.", [("Kyiv", "gov:ua")]),
    ("They met in Kyiv.", []),
    ("The envoy travelled to Moscow.", []),
    ("The Paris meeting ended early.", []),
    ("It cost three US dollars.", []),
    ("An anti-NATO crowd gathered.", []),
    ("President Macron smiled.", [("Macron", "per:macron")]),
    ("Russian troops left.", [("Russian troops", "grp:ru_forces")]),
    ("Ukrainian soil is fertile.", []),
    ("Hungary’s government fell.", [("Hungary’s government", "org:hu_government")]),
    ("NATO countries paid.", [("NATO countries", "grp:nato_members")]),
    ("The Russian president slept.", [("Russian president", "per:putin")]),
    ("Both sides fired.", [("Both sides", "gov:ru+gov:ua")]),
    ("A missile hit Kyiv.", []),
    ("He told the Americans.", [("Americans", "gov:us")]),
    ("They freed 1200 Ukrainians.", []),
    ("The EU met. All member states agreed.", [("EU", "org:eu"), ("member states", "grp:eu_members")]),
    ("It ended in The Hague.", []),
    ("The leaders of NATO agreed.", [("leaders of NATO", "grp:nato_members")]),
    ("Putin praised his army.", [("Putin", "per:putin"), ("army", "grp:ru_forces")]),
    ("Ukraine waits. The army holds.", [("Ukraine", "gov:ua"), ("army", "grp:ua_forces")]),
    ("The Kremlin leader slept.", [("Kremlin leader", "per:putin")]),
    ("The president of Ukraine slept.", [("president", "per:zelensky"), ("Ukraine", "gov:ua")]),
    ("Macron met his Ukrainian counterpart.", [("Macron", "per:macron"), ("Ukrainian counterpart", "per:zelensky")]),
    ("The US and its allies slept.", [("US", "gov:us"), ("allies", "grp:us_allies")]),
    (
        "China and Brazil wrote a paper. Both governments signed.",
        [("China", "gov:cn"), ("Brazil", "gov:br"), ("Both governments", "gov:br+gov:cn")],
    ),
    ("Peskov left. His spokesman slept.", [("Peskov", "per:peskov")]),
    ("The Kremlin’s spokesman slept.", [("Kremlin", "org:ru_presidency"), ("spokesman", "per:peskov")]),
    ("The president in Kyiv slept.", [("president", "per:zelensky")]),
    (
        "Rubio met Lavrov. Both ministers slept.",
        [("Rubio", "per:rubio"), ("Lavrov", "per:lavrov"), ("Both ministers", "per:lavrov+per:rubio")],
    ),
    (
        "Ukraine and Moldova wait. Both countries hope.",
        [("Ukraine", "gov:ua"), ("Moldova", "gov:md"), ("Both countries", "gov:md+gov:ua")],
    ),
    (
        "The Russian and Ukrainian delegations met.",
        [("Russian and Ukrainian delegations", "grp:ru_delegation+grp:ua_delegation")],
    ),
    ("European partners paid.", [("European partners", "grp:europe")]),
    ("The Germans will pay. The French army slept.", [("Germans", "gov:de")]),
    ("The Foreign Ministry of Ukraine slept.", [("Foreign Ministry of Ukraine", "org:ua_mfa")]),
    ("NATO’s secretary general slept.", [("NATO", "org:nato"), ("secretary general", "per:rutte")]),
    ("In Western Europe a Kremlin-backed bank closed.", []),
    ("Its Europe minister slept.", []),
    ("The EU met. The Commission paid.", [("EU", "org:eu"), ("Commission", "org:ec")]),
    ("The General Assembly voted.", [("General Assembly", "org:unga")]),
    ("Зустріч із Володимиром Зеленським.", [("Володимиром Зеленським", "per:zelensky")]),
    ("Росією керують, Києву пишуть.", [("Росією", "gov:ru"), ("Києву", "gov:ua")]),
    ("Вони прибули в Москву.", []),
    ("Делегация обратилась к Владимиру Путину.", [("Владимиру Путину", "per:putin")]),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions_follow_the_rules_of_the_scheme(
    suggester: Suggester, text: str, expected: list[tuple[str, str]]
) -> None:
    assert named(suggester, text) == expected


def test_an_office_is_held_by_who_held_it_on_the_articles_day(suggester: Suggester) -> None:
    text = "The US president spoke."
    assert named(suggester, text, published=date(2023, 5, 1)) == [("US president", "per:biden")]
    assert named(suggester, text, published=date(2025, 5, 1)) == [("US president", "per:trump")]


def test_without_the_articles_day_the_date_written_last_before_the_office_counts(suggester: Suggester) -> None:
    assert named(suggester, "On 9 July 2023 the US president spoke.") == [("US president", "per:biden")]
    assert named(suggester, "On 9 July 2025 the US president spoke.") == [("US president", "per:trump")]


def test_nothing_is_marked_in_a_notice(suggester: Suggester) -> None:
    text = "Ukraine spoke.\nNotice: Ukraine."
    assert named(suggester, text, kinds=("paragraph", "notice")) == [("Ukraine", "gov:ua")]


def claims(suggester: Suggester, text: str, kinds: Any = PARAGRAPH) -> list[tuple[str, str, tuple[str, ...]]]:
    article = row(text, kinds)
    found = suggester.claims(article, suggester.mentions(article))
    return [(text[c.span.start : c.span.end], c.spoken.voice, c.spoken.holders) for c in found]


CLAIMS = [
    ("However, Macron said that a truce was near.", [("Macron said that a truce was near", "stated", ("per:macron",))]),
    (
        "Moscow rejected the map but offered to meet again.",
        [("Moscow rejected the map", "stated", ("gov:ru",)), ("offered to meet again", "stated", ("gov:ru",))],
    ),
    (
        "A truce is possible, Emmanuel Macron said.",
        [("A truce is possible, Emmanuel Macron said", "stated", ("per:macron",))],
    ),
    ("Hungary voted against the text.", [("Hungary voted against the text", "enacted", ("gov:hu",))]),
    ("Poland wants a seat at the table.", [("Poland wants a seat at the table", "ascribed", ("gov:pl",))]),
    ("The winter was cold for the troops.", [("The winter was cold for the troops", "author", ("pseudo:author",))]),
    (
        "According to the Kremlin, nothing was agreed.",
        [("According to the Kremlin, nothing was agreed", "stated", ("org:ru_presidency",))],
    ),
    (
        "Emmanuel Macron spoke. He demanded a truce.",
        [("Emmanuel Macron spoke", "stated", ("per:macron",)), ("He demanded a truce", "stated", ("per:macron",))],
    ),
    ("Moscow slept, said Emmanuel Macron.", [("Moscow slept, said Emmanuel Macron", "stated", ("per:macron",))]),
    (
        "Emmanuel Macron said that Moscow wants more war.",
        [("Emmanuel Macron said that Moscow wants more war", "ascribed", ("gov:ru",))],
    ),
    (
        "Emmanuel Macron said that France is ready to pay.",
        [("Emmanuel Macron said that France is ready to pay", "stated", ("per:macron",))],
    ),
    ("Will the truce hold?", []),
    ("Зеленський заявив, що миру нема.", [("Зеленський заявив, що миру нема", "stated", ("per:zelensky",))]),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_clauses_are_claims_of_who_speaks(suggester: Suggester, text: str, expected: list[Any]) -> None:
    assert claims(suggester, text) == expected


WHOLE = [
    ("The war, Emmanuel Macron told reporters, was lost", "stated", ("per:macron",)),
    ("It was over, a spokesman of NATO said", "stated", ("org:nato",)),
    ("The order was rejected by Moscow", "stated", ("gov:ru",)),
    ("In the words of Emmanuel Macron, it was a gift", "stated", ("per:macron",)),
    ("For Emmanuel Macron, it was a gift", "stated", ("per:macron",)),
    ("It was a gift, said the French president", "stated", ("per:macron",)),
    ("It was a gift, noted his foreign minister, Andrii Sybiha", "stated", ("per:sybiha",)),
    ("France, Italy and Poland sat beside Kyiv and demanded more", "stated", ("gov:fr", "gov:it", "gov:pl")),
    ("Zhang San, an aide of Emmanuel Macron, told reporters more", "stated", ()),
    ("The Hungarian government, led by Viktor Orbán, protested", "stated", ("org:hu_government",)),
    ("The BRICS states were due to meet", "author", ("pseudo:author",)),
    ("The Kremlin was pleased by the text", "ascribed", ("org:ru_presidency",)),
]


@pytest.mark.parametrize(("text", "voice", "holders"), WHOLE)
def test_who_speaks_is_told_by_frames_passives_and_subjects(
    suggester: Suggester, text: str, voice: str, holders: tuple[str, ...]
) -> None:
    assert claims(suggester, f"{text}.") == [(text, voice, holders)]


SECOND = [
    ("Emmanuel Macron praised Kyiv. It would hold out for long.", ("per:macron",)),
    ("Moscow and Kyiv published a statement. The statement demands calm.", ("gov:ru", "gov:ua")),
    ("Emmanuel Macron met Olaf Scholz at home. He demanded more.", ("per:macron",)),
    ("Emmanuel Macron spoke. The minister demanded more.", ("per:macron",)),
    ("Zhang San said no. He demanded more.", ()),
]


@pytest.mark.parametrize(("text", "holders"), SECOND)
def test_a_sentence_takes_up_who_spoke_or_acted_before_it(
    suggester: Suggester, text: str, holders: tuple[str, ...]
) -> None:
    assert claims(suggester, text)[-1][2] == holders


def test_titles_headings_and_questions_are_no_claims(suggester: Suggester) -> None:
    assert claims(suggester, "Macron said no.", ("heading",)) == []
    assert claims(suggester, "Macron said no.", ("title",)) == []


def test_without_kinds_a_line_that_ends_without_a_full_stop_is_a_heading(suggester: Suggester) -> None:
    text = "Talks at last\nMacron says no\nMacron says no."
    assert [one[0] for one in claims(suggester, text, ())] == ["Macron says no"]


TEXT = (
    "A truce for the grid\n“Both armies must stop”, Emmanuel Macron said on 3 May 2025. The Kremlin rejected the plan. "
    "Zhang San demanded more. According to reports, 500 prisoners came home.\nЄС підтримав Україну, заявив Зеленський."
)


def test_a_prediction_passes_the_checks_of_a_push(suggester: Suggester, schema: Schema) -> None:
    article = {**row(TEXT), "text_sha256": "0" * 64}
    kinds = {"test": ("title", "paragraph", "paragraph")}
    for step in ("units", "both"):
        tasks = tasks_of(
            [article], schema, step=step, suggester=suggester, kinds=kinds, sentences={"test": sentences(TEXT)}
        )
        controls = Controls.of(labelling_config(schema, step), "test")
        assert check_tasks(tasks, controls, LARGEST_BODY, len) == []
        [prediction] = tasks[0]["predictions"]
        assert prediction["model_version"] == suggester.version
        assert 0 < prediction["score"] < 1
    assert {item["type"] for item in prediction["result"]} >= {"labels", "choices"}


def test_the_same_article_gets_the_same_prediction(suggester: Suggester, schema: Schema) -> None:
    assert suggester(row(TEXT)) == Suggester.of(schema)(row(TEXT))


def test_a_text_without_words_has_no_suggestion(suggester: Suggester) -> None:
    assert suggester(row("")) is None
