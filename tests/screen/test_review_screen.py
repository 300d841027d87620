"""A review in a real browser: the curator reads who says what, settles it by mouse and keyboard, and it comes home."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from annotated_exports import ACCEPTS, ARTICLE, RAW, REFUSES, SUPPORTS, claim, normalised
from chromium import WINDOW, Screen, chromium
from label_studio_server import serve
from studio_corpus import StudioCorpus
from ukrcorpus.annotate.adjudication.reviews import take_reviews
from ukrcorpus.annotate.run import mint_ids, run_annotate
from ukrcorpus.annotate.studio.place import place_of
from ukrcorpus.annotate.studio.state import read_login
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.schema.model import Schema

SHORTER = REFUSES.removeprefix("The ")


@pytest.fixture
def disputed(new_folder: Path, schema: Schema, tmp_path: Path) -> Iterator[tuple[StudioCorpus, Screen]]:
    """An article that two annotators differ on in a polarity and a boundary, and a browser that is logged in.

    A label of both of them lost its place when the text changed afterwards.
    """
    project = Project(shutil.copytree(new_folder, tmp_path / "project"))
    normalised(project, schema, tmp_path, **{ARTICLE: RAW})
    with serve(tmp_path) as server, chromium(tmp_path) as driver:
        corpus = StudioCorpus(project, schema, server, tmp_path)
        corpus.push()
        for number, (polarity, words) in enumerate((("2", REFUSES), ("-1", SHORTER))):
            address = f"annotator{number}@example.org"
            user = corpus.call("POST", "/api/users/", {"email": address, "username": address})["id"]
            marks = [claim(ACCEPTS, ["per:zelensky"], polarity=polarity), claim(words, ["gov:ru"], polarity="-2")]
            marks.append(claim(SUPPORTS, ["gov:tr"]))
            corpus.label(ARTICLE, *marks, completed_by=user)
        corpus.pull()
        corpus.correct(ARTICLE, "Turkey supports", "Turkey still supports")
        corpus.push(step="adjudication")
        login = read_login(place_of(Project(tmp_path), "owner"))
        assert login is not None
        screen = Screen(driver)
        screen.resize(*WINDOW)
        screen.log_in(server, login.password)
        screen.open(server, corpus.remote("adjudication").id)
        yield corpus, screen


def test_a_curator_settles_a_polarity_and_a_boundary(disputed: tuple[StudioCorpus, Screen]) -> None:
    corpus, screen = disputed
    shown = screen.find(".uk-review").text
    assert "2 units are open." in shown
    assert "annotator-02: Opposes" in shown
    assert "label 1. Claim of annotator-01, annotator-02: " in shown
    assert f"[{SUPPORTS}]" in shown
    screen.until(lambda: REFUSES in screen.run("return Htx.annotationStore.selected.regions.map(one => one.text)"))
    folder = os.environ.get("UKRCORPUS_SCREENSHOTS")
    if folder:
        screen.driver.save_screenshot(f"{folder}/review.png")
    while screen.selected() != ACCEPTS:
        screen.press(Keys.ALT, ".")
    screen.press("y")
    screen.type("note", "Read again.")
    if folder:
        screen.driver.save_screenshot(f"{folder}/review-selected.png")
    while screen.selected() != REFUSES:
        screen.press(Keys.ALT, ".")
    screen.press(Keys.BACKSPACE)
    screen.until(lambda: REFUSES not in screen.run("return Htx.annotationStore.selected.regions.map(one => one.text)"))
    screen.press(Keys.ESCAPE)
    screen.press(Keys.CONTROL, Keys.ENTER)
    screen.until(lambda: corpus.tasks("adjudication")[0]["total_annotations"] == 1)

    corpus.pull()
    taken = take_reviews(corpus.project, corpus.schema)
    assert (taken.findings, taken.n_decisions) == ((), 2)
    mint_ids(corpus.project, corpus.schema)
    assert run_annotate(corpus.project, corpus.schema).causes() == {"boundary": (1, 0), "polarity": (1, 0)}
    claims = read_table(corpus.project.table("annotate", "claims")).to_pylist()
    assert {row["quote"] for row in claims} == {ACCEPTS, SHORTER, SUPPORTS.replace("supports", "still supports")}
