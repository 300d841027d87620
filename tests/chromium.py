"""A real Chromium without a window, and the labelling screen in it as an annotator uses it: by mouse and keyboard."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import ElementClickInterceptedException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from ukrcorpus.annotate.studio.state import Server

WINDOW = (1366, 768)
PATIENCE_S = 60
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-proxy-server"
).split()
LINES = ".uk-article .lsf-richtext__line"
Found = TypeVar("Found")

# Where the pointer must press and let go to select characters of a line: code points in, pixels out.
_EDGES = """
const [line, from, to] = arguments, points = [];
const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode())
  for (let at = 0; at < node.data.length; at += [...node.data.slice(at)][0].length)
    points.push([node, at, at + [...node.data.slice(at)][0].length]);
const box = (index) => {
  const range = document.createRange(), [node, start, end] = points[index];
  range.setStart(node, start); range.setEnd(node, end);
  return range.getBoundingClientRect();
};
line.scrollIntoView({block: 'center'});
const first = box(from), last = box(to - 1);
return [first.left + .5, first.top + first.height / 2, last.right - .5, last.top + last.height / 2].map(Math.round);
"""
_SELECTED = "const one = Htx.annotationStore.selected.highlightedNode; return one ? one.text : null"


@contextmanager
def chromium(folder: Path) -> Iterator[WebDriver]:
    """Run Chromium with a fresh profile in ``folder`` until the block ends."""
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    if not all(programs.values()):
        raise FileNotFoundError("Chromium or its driver is not installed. Run bash tools/setup chromium.")
    options = webdriver.ChromeOptions()
    options.binary_location = str(programs["chromium"])
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(programs["chromedriver"])))
    try:
        yield driver
    finally:
        driver.quit()


@dataclass
class Screen:
    """The labelling screen; ``actions`` counts presses, clicks, drags and texts typed since it was last set to 0."""

    driver: WebDriver
    actions: int = 0

    def log_in(self, server: Server, password: str) -> None:
        """Log in by the form of the start page."""
        self.driver.get(f"{server.url}/user/login/")
        self.find("[name=email]").send_keys(server.email)
        self.find("[name=password]").send_keys(password, Keys.ENTER)
        self.until(lambda: "/user/login" not in self.driver.current_url)

    def resize(self, width: int, height: int) -> None:
        """Give the page a size, whatever frame the window has."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def open(self, server: Server, project_id: int) -> None:
        """Open the project's next task to label, as the button of the start page does."""
        self.driver.get(f"{server.url}/projects/{project_id}/data?labeling=1")
        self.find(LINES)
        self.until(lambda: self.run("return !!(window.Htx && Htx.annotationStore.selected)"))

    def select_after_marking(self) -> None:
        """Tick the setting that selects a span as soon as it is marked: once a browser, as the guideline says."""
        self.find("[data-testid=bottombar-settings-button]").click()
        title = "//div[text()='Select region after creating it']/ancestor::label"
        box = self.until(lambda: self.driver.find_elements(By.XPATH, title))[0]
        self.until(lambda: self._clicked(box))
        ActionChains(self.driver).send_keys(Keys.ESCAPE).perform()
        self.until(lambda: not [one for one in self.driver.find_elements(By.XPATH, title) if one.is_displayed()])

    def _clicked(self, element: WebElement) -> bool:
        """Click an element that stands still: a window that is opening moves, and takes the click itself."""
        before = element.rect
        time.sleep(0.1)
        if element.rect != before:
            return False
        try:
            element.click()
        except ElementClickInterceptedException:
            return False
        return True

    def press(self, *keys: str) -> None:
        """Press keys, together; the editor must have done with the last action."""
        self.actions += 1
        chain = ActionChains(self.driver)
        for key in keys:
            chain.key_down(key)
        for key in reversed(keys):
            chain.key_up(key)
        chain.perform()

    def mark(self, words: str, *, selected: bool = True) -> None:
        """Drag over words of the text, and wait until there is a span more, selected if the setting says so."""
        before = self.run("return Htx.annotationStore.selected.regions.length")
        self.drag(words)
        self.until(lambda: self.run("return Htx.annotationStore.selected.regions.length") == before + 1)
        if selected:
            self.until(self.selected)

    def drag(self, words: str) -> None:
        """Drag over words of the text, from their first character to their last."""
        self.actions += 1
        left, top, right, bottom = self._edges(words)
        builder = ActionBuilder(self.driver)
        builder.pointer_action.move_to_location(left, top).pointer_down().move_to_location(right, bottom).pointer_up()
        builder.perform()

    def choose(self, question: str, answer: str) -> None:
        """Click on an answer to a question."""
        self.actions += 1
        label = self._label(question, answer)
        self.until(label.is_displayed)
        self.run("arguments[0].scrollIntoView({block: 'nearest'})", label)
        label.click()
        self.until(lambda: "wrapper-checked" in str(self._label(question, answer).get_attribute("class")))

    def search(self, question: str, words: str) -> None:
        """Open the search of a question, type words, click on the leaf and then beside the list: four actions."""
        self.actions += 4
        self.find(f".uk-of-{question} .ant-select-selector").click()
        self.find("[data-testid=taxonomy-search]").send_keys(words)
        box = "//div[contains(@class, 'ant-select-tree-treenode')][.//span[text()='" + words + "']]"
        leaf = f"{box}//span[contains(@class, 'ant-select-tree-checkbox-inner')]"
        self.until(lambda: self.driver.find_elements(By.XPATH, leaf))[-1].click()
        self.find(f".uk-of-{question} h4").click()

    def type(self, question: str, words: str) -> None:
        """Click into the field of a question, type and press Enter: three actions."""
        self.actions += 3
        self.find(f".uk-of-{question} input").click()
        ActionChains(self.driver).send_keys(words, Keys.ENTER).perform()
        self.until(lambda: words in self.find(f".uk-of-{question}").text)

    def fill(self, question: str, words: str) -> None:
        """Click into the field of a question and type, without Enter: two actions."""
        self.actions += 2
        field = self.find(f".uk-of-{question} input")
        field.click()
        ActionChains(self.driver).send_keys(words).perform()
        self.until(lambda: field.get_attribute("value") == words)

    def chosen(self, question: str) -> list[str]:
        """Return which answers to a question are chosen."""
        labels = self.driver.find_elements(By.CSS_SELECTOR, f".uk-of-{question} .ant-checkbox-wrapper-checked input")
        return [str(one.get_attribute("name")) for one in labels]

    def questions(self) -> list[str]:
        """Return the questions that can be seen, in order."""
        shown = [one for one in self.driver.find_elements(By.CSS_SELECTOR, ".uk-question") if one.is_displayed()]
        return [str(one.get_attribute("class")).rpartition("uk-of-")[2] for one in shown]

    def selected(self) -> str | None:
        """Return the words of the selected span as the editor shows them."""
        words: str | None = self.run(_SELECTED)
        return words

    def find(self, css: str, *, shown: bool = True) -> WebElement:
        """Return the first element that fits, as soon as there is one to be seen."""
        return self.until(lambda: self._found(css, shown=shown))[0]

    def until(self, ready: Callable[[], Found]) -> Found:
        """Return what is asked for as soon as it is anything."""
        end = time.monotonic() + PATIENCE_S
        while not (found := ready()):
            assert time.monotonic() < end, "the screen did not get there"
            time.sleep(0.05)
        return found

    def run(self, script: str, *given: object) -> Any:
        """Return what a script in the page returns."""
        return self.driver.execute_script(script, *given)

    def _found(self, css: str, *, shown: bool) -> list[WebElement]:
        found = self.driver.find_elements(By.CSS_SELECTOR, css)
        return [one for one in found if one.is_displayed()] if shown else found

    def _label(self, question: str, answer: str) -> WebElement:
        box = self.find(f'.uk-of-{question} input[name="{answer}"]', shown=False)
        return box.find_element(By.XPATH, "./ancestor::label")

    def _edges(self, words: str) -> list[int]:
        text = json.loads(self.run("return JSON.stringify(Htx.task.dataObj.text)"))
        start = text.index(words)
        in_line = start - (text.rfind("\n", 0, start) + 1)
        line = self.driver.find_elements(By.CSS_SELECTOR, LINES)[text.count("\n", 0, start)]
        edges: list[int] = self.run(_EDGES, line, in_line, in_line + len(words))
        return edges
