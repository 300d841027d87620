"""The documents of a release: one set of numbers behind all of them, and hostile names contained in each."""

import json
import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
import yaml

from ukrcorpus.core.citing import Author
from ukrcorpus.core.documentation import QUESTIONS
from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.derive.documents.citation import bibtex, cff
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.papers import DOCUMENTS, documents
from ukrcorpus.derive.documents.plots import plots
from ukrcorpus.derive.numbers import ReleaseNumbers
from ukrcorpus.derive.profile import Days
from ukrcorpus.schema.model import Schema

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "text", "rect", "line", "circle"}
HOSTILE = '</text><script>alert("x")</script> & \\input{/etc/passwd} | [x](javascript:1) \u202e$50 %'
HEBREW = "הסוכנות הבין-לאומית לאנרגיה אטומית ושיתוף פעולה"


@pytest.fixture(scope="module")
def facts(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> ReleaseFacts:
    return ReleaseFacts(schema, info, numbers)


@pytest.fixture(scope="module")
def hostile(facts: ReleaseFacts) -> ReleaseFacts:
    schema, holder = facts.schema, facts.numbers.profile.holders[0][0]
    actors = tuple(replace(one, name=HOSTILE) if one.id == holder else one for one in schema.actors)
    first, *others = schema.issues
    issues = (replace(first, label=HOSTILE + HEBREW), *others)
    info = replace(facts.info, title=HOSTILE, authors=(HOSTILE, HEBREW))
    return ReleaseFacts(replace(schema, actors=actors, issues=issues), info, facts.numbers)


def claims_counted(facts: ReleaseFacts, n_rows: int) -> ReleaseFacts:
    """The facts with another number of claims at its source."""
    split = next(one for one in facts.numbers.tables if one.table == "claims").splits[0]
    counted = (replace(split, files=(replace(split.files[0], n_rows=n_rows),)),)
    tables = tuple(replace(one, splits=counted) if one.table == "claims" else one for one in facts.numbers.tables)
    return replace(facts, numbers=replace(facts.numbers, tables=tables))


def test_a_number_that_changes_at_its_source_changes_in_every_document(facts: ReleaseFacts) -> None:
    said = dict(documents(claims_counted(facts, 123_457)))
    counting = set(dict(DOCUMENTS)) - {"LICENSE"}
    assert {path for path in counting if "123,457" in said[path] or "123457" in said[path]} == counting
    assert not [path for path, text in documents(facts) if "123,457" in text]


def test_the_same_facts_give_the_same_bytes(facts: ReleaseFacts) -> None:
    assert list(documents(facts)) == list(documents(replace(facts)))


def test_a_doi_stands_where_a_citation_is(facts: ReleaseFacts) -> None:
    said = dict(documents(replace(facts, doi="10.5281/zenodo.1234567")))
    assert yaml.safe_load(said["CITATION.cff"])["doi"] == "10.5281/zenodo.1234567"
    for path in ("README.md", "CITATION.bib", "croissant.json"):
        assert "10.5281/zenodo.1234567" in said[path]
        assert "doi" not in dict(documents(facts))[path].lower()


def test_a_plot_is_well_formed_and_says_in_words_what_it_shows(facts: ReleaseFacts) -> None:
    drawn = plots(facts)
    assert [plot.file for plot in drawn] == [
        "assets/statements-over-time.svg",
        "assets/claims-by-issue.svg",
        "assets/stances-by-holder.svg",
        "assets/agreement.svg",
    ]
    for plot in drawn:
        root = fromstring(plot.svg)  # noqa: S314 - our own drawing
        assert root.findtext(f"{SVG}title") == plot.title
        assert len(root.findtext(f"{SVG}desc") or "") > 20
        assert "prefers-color-scheme:dark" in plot.svg
        assert len(plot.svg) < 20_000


def test_a_plot_without_figures_is_left_out_of_card_and_folder(facts: ReleaseFacts) -> None:
    profile = replace(facts.numbers.profile, stated=Days(None, None, 0, 0, ()), claims_by_issue=(), stances=())
    bare = replace(facts, numbers=replace(facts.numbers, profile=profile, agreement=()))
    said = dict(documents(bare))
    assert not [path for path in said if path.startswith("assets/")]
    assert "## Plots" not in said["README.md"]


def test_months_without_a_statement_keep_their_place(facts: ReleaseFacts) -> None:
    drawn = next(plot for plot in plots(facts) if "over-time" in plot.file)
    bars = [one for one in fromstring(drawn.svg).iter(f"{SVG}rect") if one.get("class") == "bar"]  # noqa: S314
    march, may = (float(one.get("x", "0")) - float(one.get("width", "0")) * 0.125 for one in bars)
    assert may - march == pytest.approx(2 * float(bars[0].get("width", "0")) / 0.8)  # April is empty


def test_markup_in_names_stays_words_in_every_drawing(hostile: ReleaseFacts) -> None:
    for plot in plots(hostile):
        root = fromstring(plot.svg)  # noqa: S314 - our own drawing
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            *"svg title desc style text rect line circle".split()
        }
        assert "\u202e" not in plot.svg


def test_markup_in_names_stays_words_in_the_card(hostile: ReleaseFacts) -> None:
    body = dict(documents(hostile))["README.md"].split("---\n", 2)[2]
    outside = re.sub(r"```.*?```", "", body, flags=re.DOTALL)
    assert not re.findall(r"(?<!\\)<", outside)
    assert "](javascript" not in outside
    assert "\n```\n" in body.split("```bibtex")[1]


def test_latex_and_bibtex_set_hostile_names_as_they_are(hostile: ReleaseFacts) -> None:
    said = dict(documents(hostile))
    for path in ("tables.tex", "CITATION.bib"):
        values = [line for line in said[path].splitlines() if not line.startswith("%")]
        assert not re.search(r"\\input|(?<!\\)[%$#]|\\script", "\n".join(values).replace("\\#", ""))
    entry = bibtex(hostile)
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")


def test_each_row_of_a_latex_table_has_as_many_cells_as_its_head(facts: ReleaseFacts) -> None:
    for table in dict(documents(facts))["tables.tex"].split("\\begin{tabular}")[1:]:
        columns = table[1 : table.index("}")]
        rows = [line for line in table.splitlines() if line.endswith("\\\\")]
        assert len(rows) > 1
        assert {len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows} == {len(columns)}


def test_hostile_names_keep_yaml_and_json_whole(hostile: ReleaseFacts) -> None:
    said = dict(documents(hostile))
    assert yaml.safe_load(cff(hostile))["title"] == HOSTILE
    assert yaml.safe_load(said["README.md"].split("---\n")[1])["pretty_name"] == HOSTILE
    assert json.loads(said["croissant.json"])["creator"][1]["name"] == HEBREW


@pytest.mark.parametrize("path", ["DATASHEET.md", "DATA_STATEMENT.md"])
def test_a_statement_answers_from_corpus_toml_or_says_that_it_cannot(facts: ReleaseFacts, path: str) -> None:
    assert "Not stated by the maintainers (`documentation.purpose` in `corpus.toml`)." in dict(documents(facts))[path]
    answered = replace(facts, info=replace(facts.info, documentation={"purpose": "To count *stars*."}))
    said = dict(documents(answered))[path]
    assert "To count \\*stars\\*." in said
    assert "documentation.purpose" not in said


def test_every_answer_of_corpus_toml_is_printed_somewhere(facts: ReleaseFacts) -> None:
    answers = {key: f"This answers {key}." for key in QUESTIONS}
    said = "".join(text for _, text in documents(replace(facts, info=replace(facts.info, documentation=answers))))
    assert [key for key, answer in answers.items() if answer not in said] == []


def test_a_corpus_of_press_texts_is_not_called_a_sample(facts: ReleaseFacts, by_people: ReleaseNumbers) -> None:
    said = dict(documents(replace(facts, numbers=by_people)))
    assert "Training and testing systems" in said["DATASHEET.md"]
    assert "the model" not in json.loads(said["croissant.json"])["rai:dataBiases"][0]


def test_a_person_is_cited_as_one_and_a_body_as_one(facts: ReleaseFacts) -> None:
    creators = (Author("Shevchenko, Olena", orcid="0000-0002-1825-0097"), Author("The Contributors"))
    info = replace(facts.info, authors=tuple(one.name for one in creators), creators=creators)
    said = dict(documents(replace(facts, info=info)))
    assert "author  = {{Shevchenko}, {Olena} and {The Contributors}}" in said["CITATION.bib"]
    person, body = json.loads(said["croissant.json"])["creator"]
    assert (person["@type"], person["name"], body) == (
        "sc:Person",
        "Olena Shevchenko",
        {"@type": "sc:Organization", "name": "The Contributors"},
    )
    assert "Shevchenko, Olena; The Contributors (2026)" in said["README.md"]
