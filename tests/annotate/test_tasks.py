import json
from typing import Any

import pytest

from annotated_exports import ARTICLE, Workshop
from ukrcorpus.annotate.gazetteer import Gazetteer, Hit
from ukrcorpus.annotate.run import write_tasks
from ukrcorpus.derive.label_studio_controls import NO_KEY
from ukrcorpus.derive.label_studio_layout import layout_of
from ukrcorpus.schema.model import Actor, ActorType, Name


def actor(actor_id: Any, name: str, *names: Any, kind: Any = ActorType.ORGANISATION) -> Actor:
    return Actor(actor_id, name, kind, None, (), None, None, None, (), tuple(names))


NAMES = Gazetteer.of(
    [
        actor("gov:us", "United States", Name("US", "alias", "en", case="upper", not_in=("US dollar",))),
        actor(
            "gov:ru", "Russia", Name("Moscow", "metonym", "en", not_in=("Moscow Times",)), Name("Росія", "alias", "uk")
        ),
        actor("grp:ru", "Russian forces", Name("Russian army", "alias", "en")),
        actor("per:xi", "Xi Jinping", Name("Xi", "alias", "en", case="title")),
        actor("per:boris", "Boris Johnson", Name("Johnson", "alias", "en", after=("per:boris",))),
        actor("per:one", "Pope One", Name("Pope", "alias", "en", ambiguous=True)),
        actor("per:two", "Pope Two", Name("Pope", "alias", "en", ambiguous=True)),
        actor("org:wh", "White House", Name("White Home", "spun", "en")),
        actor("pseudo:author", "The author", kind=ActorType.PSEUDO),
    ]
)
CASES = [
    ("The US said so, not us.", ["US"]),
    ("US-Russia talks, and Russia's reply.", ["US", "Russia", "Russia"]),
    ("An anti-Russia mood; the pro-US camp.", []),
    ("The US dollar fell, and the US knew.", ["US"]),
    ("The Moscow Times quoted Moscow.", ["Moscow"]),
    ("Russian forces and the Russian army.", ["Russian forces", "Russian army"]),
    ("Russians in Russia.", ["Russia"]),
    ("RUSSIA and russia.", ["RUSSIA", "russia"]),
    ("Xi met XI, not xi.", ["Xi", "XI"]),
    ("Johnson came. Boris Johnson spoke. Johnson left.", ["Boris Johnson", "Johnson"]),
    ("Росія відмовилась, Росією дивуються.", ["Росія"]),
    ("The White Home said no.", []),
    ("The author spoke.", []),
]


@pytest.mark.parametrize(("text", "quotes"), CASES)
def test_names_count_as_whole_words_within_their_limits(text: str, quotes: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in NAMES.find(text)] == quotes


def test_names_that_a_paraphrasing_tool_made_count_only_in_spun_texts() -> None:
    assert NAMES.find("The White Home said no.", spun=True) == (Hit(4, 14, "org:wh"),)


def test_an_ambiguous_name_is_offered_for_each_of_its_actors() -> None:
    assert NAMES.find("the Pope") == (Hit(4, 8, "per:one", ambiguous=True), Hit(4, 8, "per:two", ambiguous=True))


def test_the_tasks_hold_text_hash_and_the_actors_that_the_article_names(workshop: Workshop) -> None:
    assert write_tasks(workshop.project, workshop.schema) == 1
    [task] = json.loads((workshop.project.build / "tasks.json").read_text(encoding="utf-8"))
    data = task["data"]
    assert (data["article_id"], data["text"], data["text_sha256"]) == (ARTICLE, workshop.text, workshop.sha256)
    assert data["scheme_version"] == workshop.schema.scheme_version
    named = ["per:zelensky", "gov:ua", "org:ru_presidency", "gov:tr", "per:putin"]
    assert [option["value"] for option in data["actor_options"]] == named
    assert [option["value"] for option in data["source_options"]] == [*named, "pseudo:author", "pseudo:unspecified"]
    shown = {"value": "per:zelensky", "html": "Volodymyr Zelenskyy", "hint": "per:zelensky", "hotkey": NO_KEY}
    assert data["actor_options"][0] == shown
    assert data["layout"] == layout_of(["title", "paragraph", "paragraph"])
