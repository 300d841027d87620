"""The labelling screen in a real browser on a real server: an article is labelled, exported, and every span proved."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from annotated_exports import normalised
from chromium import LINES, WINDOW, Screen, chromium
from label_studio_server import serve
from studio_corpus import StudioCorpus
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.rounds import read_submissions
from ukrcorpus.annotate.studio.place import place_of
from ukrcorpus.annotate.studio.state import read_login
from ukrcorpus.annotate.tasks import AgreedUnit, tasks_of
from ukrcorpus.annotate.values import Region
from ukrcorpus.core.project import Project
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer, Schema

TEXT = """Truce talks go on 😀

On 16 May 2025 Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire. US-Russia talks went on in Riyadh.

## What is on the table

- A long war helps nobody.
- Turkey feared that the Kremlin would stop the talks unless sanctions were eased.
"""
STATED = "Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire"
AUTHOR = "A long war helps nobody"
CONDITIONAL = "Turkey feared that the Kremlin would stop the talks unless sanctions were eased"
LOOK = """
const style = getComputedStyle(arguments[0]), mark = getComputedStyle(arguments[0], '::before').content;
return {text: arguments[0].textContent, size: parseFloat(style.fontSize), weight: style.fontWeight, mark};
"""
SIZES = """
const [page, form, last] = ['.lsf-editor', '.uk-form', '.uk-of-polarity'].map((css) => document.querySelector(css));
const size = (one) => ({width: one.scrollWidth, room: one.clientWidth, bottom: one.getBoundingClientRect().bottom});
return [size(page), size(form), size(last)];
"""
SAID_OF_ARTICLE = {
    "genre": "News report",
    "text_quality": "Clean",
    "machine_spun": "No",
    "synthetic_suspected": "No",
}
# What comes home, by the words of the span.
SAID = {
    AUTHOR: {
        "type": "evaluation",
        "voice": "author",
        "quotation": "none",
        "source_ids": ("pseudo:author",),
        "issue": "peace_settlement",
        "polarity": None,
    },
    STATED: {
        "type": "position",
        "voice": "stated",
        "quotation": "none",
        "source_ids": ("per:zelensky",),
        "issue": "ceasefire",
        "polarity": 2,
    },
    CONDITIONAL: {
        "type": "position",
        "voice": "ascribed",
        "quotation": "none",
        "source_ids": ("org:ru_presidency",),
        "ascriber_ids": ("gov:tr",),
        "relayer_ids": ("per:macron",),
        "issue": "sanctions_relief",
        "polarity": 2,
        "conditional": True,
        "condition": "sanctions were eased",
        "unsure": True,
        "note": "Who threatens whom?",
        "unlisted_actor": "the harbour master (relayer)",
    },
    "US": {"actor_ids": ("gov:us",), "form": "name", "use": "actor"},
    "Riyadh": {"actor_ids": ("gov:sa",), "form": "name", "use": "place"},
}


@dataclass
class Desk:
    """A corpus with one article on a server of its own, and the screen to label it on."""

    corpus: StudioCorpus
    screen: Screen

    def open(self, step: str = "both") -> Screen:
        """Push the article for a step and open it."""
        self.corpus.push(step=step)
        self.screen.open(self.corpus.server, self.corpus.remote(step).id)
        return self.screen

    @property
    def text(self) -> str:
        """The article's text, as it is on the screen."""
        return read_articles(self.corpus.project).by_id["truce"].text

    def coding(self, *spans: str) -> int:
        """Return a new project to code spans in: mentions where they are short."""
        config = {"label_config": labelling_config(self.corpus.schema, "codes"), "model_version": "agreed-units"}
        made = self.corpus.call("POST", "/api/projects", {"title": "codes", "show_collab_predictions": True, **config})
        articles = read_articles(self.corpus.project)
        start = self.text.index
        layers = {words: Layer.MENTION if len(words) < len(AUTHOR) else Layer.CLAIM for words in spans}
        units = [
            AgreedUnit(f"unit{n}", layer, Span(start(words), start(words) + len(words)))
            for n, (words, layer) in enumerate(layers.items())
        ]
        tasks = tasks_of(articles.rows, self.corpus.schema, units={"truce": units}, kinds=articles.kinds)
        self.corpus.call("POST", f"/api/projects/{made['id']}/import", tasks)
        return int(made["id"])

    def pulled(self) -> tuple[dict[str, Region], dict[str, Any], list[str]]:
        """Return what comes home: the regions by their words, the document's answers, the rules of the findings."""
        report = self.corpus.pull()
        articles = read_articles(self.corpus.project)
        findings = list(report.findings)
        rounds = read_submissions(self.corpus.project, self.corpus.schema, articles.by_id, findings).rounds.values()
        [submission] = rounds
        text = articles.by_id[submission.article_id].text
        regions = {text[one.span.start : one.span.end]: one for one in submission.round.regions}
        return regions, dict(submission.round.document), [one.rule for one in findings]


@pytest.fixture(scope="module")
def desk(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("screen")
    project = Project(shutil.copytree(new_folder, folder / "project"))
    normalised(project, schema, folder, truce=TEXT)
    with serve(folder) as server, chromium(folder) as driver:
        login = read_login(place_of(Project(folder), "owner"))
        assert login is not None
        screen = Screen(driver)
        screen.resize(*WINDOW)
        screen.log_in(server, login.password)
        yield Desk(StudioCorpus(project, schema, server, folder), screen)


def label_the_article(screen: Screen) -> None:
    for question, answer in SAID_OF_ARTICLE.items():
        screen.choose(question, answer)


def label_a_claim_of_the_author(screen: Screen) -> None:
    screen.press("c")
    screen.mark(AUTHOR)
    screen.press("6")
    screen.press("b")
    screen.choose("issue", "Peace settlement")
    screen.press("y")


def label_an_attributed_claim(screen: Screen) -> None:
    screen.press("c")
    screen.mark(STATED)
    screen.press("2")
    screen.press("z")
    screen.press("k")
    screen.choose("source_ids", "per:zelensky")
    screen.choose("issue", "Ceasefire")
    screen.press("t")


def label_a_conditional_claim(screen: Screen) -> None:
    screen.press("c")
    screen.mark(CONDITIONAL)
    screen.press("2")
    screen.press("v")
    screen.press("k")
    screen.choose("source_ids", "org:ru_presidency")
    screen.choose("ascriber_ids", "gov:tr")
    screen.choose("issue", "Easing of sanctions")
    screen.press("t")
    screen.press("f")
    screen.fill("condition", "sanctions were eased")


def add_what_few_claims_need(screen: Screen) -> None:
    screen.type("note", "Who threatens whom?")
    screen.press("s")
    screen.type("unlisted_actor", "the harbour master (relayer)")
    screen.search("relayer_ids", "Emmanuel Macron")


def label_two_mentions(screen: Screen) -> None:
    screen.press("a")
    screen.mark("US")
    screen.choose("actor_ids", "gov:us")
    screen.press("n")
    screen.press("d")
    screen.press(Keys.ESCAPE)
    screen.press("a")
    screen.mark(" Riyadh")
    screen.search("actor_ids", "Saudi Arabia")
    screen.press("n")
    screen.press("l")


def test_an_article_is_labelled_and_every_span_and_answer_comes_home(desk: Desk) -> None:
    screen = desk.open()
    screen.select_after_marking()
    label_the_article(screen)
    counts = {}
    for label in (label_a_claim_of_the_author, label_an_attributed_claim, label_a_conditional_claim):
        screen.actions = 0
        label(screen)
        counts[label.__name__] = screen.actions
        if label is label_a_conditional_claim:
            add_what_few_claims_need(screen)
        screen.press(Keys.ESCAPE)
    label_two_mentions(screen)
    screen.press(Keys.CONTROL, Keys.ENTER)
    screen.until(lambda: desk.corpus.tasks()[0]["total_annotations"] == 1)

    regions, document, rules = desk.pulled()
    assert rules == []
    assert {words: dict(region.answers) for words, region in regions.items()} == SAID
    assert document == {
        "genre": "news_report",
        "text_quality": "clean",
        "machine_spun": "no",
        "synthetic_suspected": "no",
    }
    assert list(counts.values()) == [6, 8, 12]


def test_marking_shows_the_article_as_it_was_built_and_asks_about_it_alone(desk: Desk) -> None:
    screen = desk.open("units")
    looks = [screen.run(LOOK, line) for line in screen.driver.find_elements(By.CSS_SELECTOR, LINES)]
    assert [line["text"] for line in looks] == desk.text.split("\n")
    title, paragraph, heading, first, second = looks
    assert title["size"] > heading["size"] > paragraph["size"]
    assert (heading["weight"], paragraph["weight"]) == ("700", "400")
    assert (first["mark"], second["mark"], paragraph["mark"]) == ('"•"', '"•"', "none")
    assert screen.questions() == [one.name for one in desk.corpus.schema.attributes_of(Layer.DOCUMENT)]
    before = screen.questions()
    screen.press("c")
    screen.mark(STATED, selected=False)
    assert screen.questions() == before


def test_coding_asks_about_spans_that_are_there_and_lets_nobody_mark_more(desk: Desk) -> None:
    screen = desk.screen
    project = desk.coding("US", STATED)
    screen.open(desk.corpus.server, project)
    assert screen.questions() == []
    screen.until(lambda: screen.run("return Htx.annotationStore.selected.regions.length") == 2)
    screen.press("c")
    screen.drag(AUTHOR)
    assert screen.run("return Htx.annotationStore.selected.regions.length") == 2
    screen.press(Keys.ALT, ".")
    shown = {str(screen.until(screen.selected)): screen.questions()}
    screen.press(Keys.ALT, ".")
    screen.until(lambda: screen.selected() not in shown)
    shown[str(screen.selected())] = screen.questions()
    remarks = ["unlisted_actor", "unsure", "note"]
    assert shown["US"] == ["actor_ids", "form", "use", *remarks]
    assert shown[STATED] == ["type", "voice", "issue", "polarity", "conditional", "issue2", "date", *remarks]


@pytest.mark.parametrize("window", [WINDOW, (1920, 1080)])
def test_nothing_is_cut_off_and_what_a_claim_must_have_is_in_sight(desk: Desk, window: tuple[int, int]) -> None:
    screen = desk.screen
    screen.resize(*window)
    screen.open(desk.corpus.server, desk.coding(STATED))
    screen.press(Keys.ALT, ".")
    screen.until(screen.selected)
    screen.press("b")
    screen.until(lambda: screen.chosen("voice") == ["Author"])
    page, form, last = screen.run(SIZES)
    assert page["width"] <= page["room"]
    assert form["width"] <= form["room"]
    assert last["bottom"] <= form["bottom"]
    screen.resize(*WINDOW)
