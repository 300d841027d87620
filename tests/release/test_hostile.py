"""Input that means harm comes through ingest, build, load and every page as the words that it is, or is refused."""

import json
import os
import pty
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from lxml import html

import ukrcorpus
from ukrcorpus.annotate.agreement import read_agreement, write_page
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.derive.outputs import write
from ukrcorpus.measure.report import Chance
from ukrcorpus.release.build import build
from ukrcorpus.release.diffs import page as diff_page
from ukrcorpus.release.diffs.diff import diff_releases, state_of
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

SCRIPT = "</td></style><script>alert(1)</script>"
NAMES = (
    SCRIPT,
    '<img src=x onerror="alert(1)">',
    "=cmd|' /C calc'!A0",
    '!!python/object/apply:os.system ["id"]',
    "no",
    "../../etc/passwd",
    "{{7*7}} ${7*7} `id` $(id)",
    "| a | b |",
    "שלום עולם",
    "1e400",
    str(2**70),
)
REFUSED = ("\x1b[2J\x1b]0;owned\x07", "a\x00b")
HUGE = "9" * 5_000


@pytest.fixture(scope="module")
def releases(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path, Path]:
    """A project, its release, and the next one with every hostile name as byline, publisher, title and in the text."""
    folder = tmp_path_factory.mktemp("hostile")
    project = Project(shutil.copytree(annotated_project.root, folder / "small"))
    old = build(project).folder
    lines = [record(number, name) for number, name in enumerate((*NAMES, *REFUSED))]
    (folder / "hostile.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    (report,) = ingest(project, [folder / "hostile.jsonl"], IngestOptions(licence="CC0-1.0")).lines
    assert dict(report.counts) == {"added": len(NAMES), "refused": len(REFUSED)}  # type: ignore[union-attr]
    replace_in(project.root / "corpus.toml", '"0.1.0"', '"0.2.0"')
    replace_in(project.root / "corpus.toml", "\nauthors = [", f"\nauthors = [{json.dumps(NAMES[1])}, ")
    replace_in(project.schema / "actors.toml", 'name = "Türkiye"', f"name = {json.dumps(SCRIPT)}")
    write(project, read_schema(project.schema))
    done = build(project)
    assert old is not None
    assert done.folder is not None, done.report and done.report.as_text()
    return project, old, done.folder


def record(number: int, name: str) -> dict[str, str]:
    text = f"Talks number {number} go on\n\nThe envoys met, and {name} was all that they would say of it in the hall.\n"
    about = dict.fromkeys(("title", "byline", "publisher", "language", "id"), name)
    return {"text": text, "url": f"https://example.org/{number}?q={name}", **about}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_hostile_names_are_loaded_as_the_words_that_they_are(releases: tuple[Project, Path, Path]) -> None:
    articles = ukrcorpus.load(releases[2]).tables["articles"].to_pylist()
    assert set(NAMES) <= {row["byline"] for row in articles}
    assert not any(
        "\x1b" in text or "\x00" in text for row in articles for text in row.values() if isinstance(text, str)
    )


def test_no_file_lies_where_a_name_points_to(releases: tuple[Project, Path, Path]) -> None:
    project, _, folder = releases
    names = hashes(project.root, [project.root])
    assert not [name for name in names if ".." in name or "passwd" in name or "script" in name]
    assert {name.split("/")[0] for name in hashes(folder, [folder])} <= {
        *("README.md", "croissant.json", "CITATION.cff", "LICENSE", "CHANGELOG.md", "SHA256SUMS", "release.json"),
        *(path.name for path in folder.iterdir() if not path.name.startswith(".")),
    }


def test_card_citation_and_croissant_hold_hostile_names_as_text(releases: tuple[Project, Path, Path]) -> None:
    project, _, folder = releases
    head = (folder / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    metadata = yaml.safe_load(head)
    assert all(isinstance(one, str) for one in metadata["language"])
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["title"] == project.info().title
    json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert "<script" not in (folder / "README.md").read_text(encoding="utf-8")
    for plot in folder.rglob("*.svg"):
        assert b"<script" not in plot.read_bytes()


def test_pages_show_hostile_names_and_run_nothing(releases: tuple[Project, Path, Path], schema: Schema) -> None:
    project, old, new = releases
    diff = diff_releases(*(state_of(open_folder(one, verify=True)) for one in (old, new)))
    assert_harmless(diff_page.as_page(diff))
    page = project.build / "agreement.html"
    write_page(read_agreement(project, schema, Chance(seed=0, n_samples=2)), page)
    assert_harmless(page.read_text(encoding="utf-8"))


def assert_harmless(page: str) -> None:
    tree = html.document_fromstring(page)
    assert not tree.xpath("//*[@onerror] | //script[contains(., 'alert')] | //img[@src='x']")


BROKEN: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a number of 5,000 digits": ("corpus.toml", lambda text: f"{text}\nx = {HUGE}\n", "corpus-toml-syntax"),
    "brackets without end": ("corpus.toml", lambda text: f"{text}\nx = {'[' * 50_000}\n", "corpus-toml-syntax"),
    "a bound that is infinite": ("corpus.toml", lambda text: f"{text}{bound('1e400')}", "corpus-toml-value"),
    "a bound that is no number": ("corpus.toml", lambda text: f"{text}{bound('nan')}", "corpus-toml-value"),
    "a bound beyond all": ("corpus.toml", lambda text: f"{text}{bound('1' + '0' * 400)}", "corpus-toml-value"),
    "a version beyond all": ("corpus.toml", lambda text: text.replace("0.1.0", f"0.1.{HUGE}"), "corpus-toml-value"),
    "a huge actor": ("schema/actors.toml", lambda text: f"{text}\n[[actors]]\nid = {HUGE}\n", "schema-syntax"),
    "a huge line": (
        "raw/manifest.jsonl",
        lambda text: text.replace('"format": 1', f'"format": {HUGE}'),
        "manifest-json",
    ),
    "a nested line": ("raw/manifest.jsonl", lambda text: text + "[" * 100_000 + "\n", "manifest-json"),
    "a record beyond all": (
        "raw/manifest.jsonl",
        lambda text: text.replace('"format": 1', f'"container": "x.jsonl", "format": 1, "record": {2**70}'),
        "manifest-value",
    ),
}


def bound(number: str) -> str:
    return f"\n[thresholds.n_words]\nmin = {number}\n"


@pytest.mark.parametrize("what", BROKEN)
def test_numbers_and_nesting_beyond_all_bounds_are_refused_with_their_place(
    annotated_project: Project, tmp_path: Path, what: str
) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "small"))
    name, broken, rule = BROKEN[what]
    path = project.root / name
    path.write_text(broken(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        build(project)
    assert caught.value.rule == rule
    assert caught.value.where.startswith(name)
    assert not project.dist.exists()


@pytest.mark.parametrize("name", ["schema/notes.md", "annotations/decisions/more.toml", "CHANGELOG.md"])
def test_a_link_is_refused_for_a_release_would_hold_what_it_leads_to(
    annotated_project: Project, tmp_path: Path, name: str
) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "small"))
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (project.root / name).unlink(missing_ok=True)
    (project.root / name).parent.mkdir(exist_ok=True)
    (project.root / name).symlink_to(tmp_path / "secret")
    with pytest.raises(CorpusError) as caught:
        build(project)
    assert (caught.value.rule, caught.value.where) == ("link-in-project", name)


def test_a_terminal_is_not_steered_by_what_is_printed(tmp_path: Path) -> None:
    word = "\x1b]0;owned\x07\x1b[8m\x9b2J\u202eevil\rשלום"
    script = f"import click; from ukrcorpus import cli; click.command()(lambda: None); name = {word!r}\n"
    script += "cli.commands = lambda **_: (click.echo(name), click.secho('red', fg='red'))\ncli.main()"
    read, shown = pty.fork(), b""
    if not read[0]:
        os.execv(sys.executable, [sys.executable, "-c", script])  # noqa: S606 - this very Python
    with open(read[1], "rb", closefd=True) as terminal:  # noqa: PTH123 - a descriptor
        try:
            while part := terminal.read1():
                shown += part
        except OSError:  # its other end is closed
            pass
    os.waitpid(read[0], 0)
    assert shown.decode().splitlines() == [
        "<U+001B>]0;owned<U+0007><U+001B>[8m<U+009B>2J<U+202E>evil<U+000D>שלום",
        "\x1b[31mred\x1b[0m",
    ]


def test_a_message_names_what_it_was_given_without_acting_on_it() -> None:
    error = CorpusError("some-rule", "'\x1b[2J' is wrong.", where="raw/\u202etxt.exe", remedy="Mend it.")
    assert str(error) == "raw/<U+202E>txt.exe: '<U+001B>[2J' is wrong. [some-rule]\n  Mend it."
