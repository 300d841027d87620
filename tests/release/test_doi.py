"""The DOI of a version, and the deposit that it is reserved for."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from ukrcorpus.core.citing import RELATIONS, Author, authors_of
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema

DOI = "10.5281/zenodo.1234567"
TEXT = {"type": "string", "minLength": 1}
# What Zenodo documents of the metadata of a deposit (developers.zenodo.org, "Deposit metadata"), as far as a dataset
# of ours has it; a field that is not documented is refused.
DEPOSIT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["upload_type", "publication_date", "title", "creators", "description", "access_right"],
    "properties": {
        "upload_type": {"enum": ["dataset"]},
        "publication_date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "title": TEXT,
        "creators": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {
                    "name": TEXT,
                    "affiliation": TEXT,
                    "orcid": {"type": "string", "pattern": r"^(\d{4}-){3}\d{3}[\dX]$"},
                },
            },
        },
        "description": TEXT,
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": {"type": "string", "pattern": "^[a-z0-9.-]+$"},
        "doi": {"type": "string", "pattern": r"^10\.\d{4,9}/\S+$"},
        "prereserve_doi": {"const": True},
        "keywords": {"type": "array", "items": TEXT},
        "notes": TEXT,
        "related_identifiers": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["identifier", "relation"],
                "properties": {"identifier": TEXT, "relation": {"enum": list(RELATIONS)}},
            },
        },
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "language": {"type": "string", "pattern": "^[a-z]{3}$"},
    },
    "allOf": [
        {"if": {"properties": {"access_right": {"const": "open"}}}, "then": {"required": ["license"]}},
        {"oneOf": [{"required": ["doi"]}, {"required": ["prereserve_doi"]}]},
    ],
}


@pytest.fixture
def project(staged_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(staged_project.root, tmp_path / "small"))


def say(project: Project, *lines: str, **values: str) -> None:
    """Write values, and lines before all tables, into corpus.toml."""
    path = project.root / "corpus.toml"
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        before, _, rest = text.partition(f"\n{key} = ")
        text = f"{before}\n{key} = {value}\n{rest.partition(chr(10))[2]}"
    path.write_text(
        "\n".join([*(one for one in lines if one[0] != "["), text, *(one for one in lines if one[0] == "[")])
    )


def deposit(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "zenodo.json").read_text(encoding="utf-8"))["metadata"]
    assert [error.message for error in Draft7Validator(DEPOSIT).iter_errors(found)] == []
    return found


def test_all_that_cites_a_release_names_its_doi(project: Project, schema: Schema) -> None:
    folder = write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE, DOI)
    assert json.loads((folder / "release.json").read_text(encoding="utf-8"))["doi"] == DOI
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["doi"] == DOI
    assert deposit(folder)["doi"] == DOI
    for name in ("README.md", "croissant.json", "CITATION.bib"):
        assert DOI in (folder / name).read_text(encoding="utf-8"), name
    assert verify(folder).n_errors == 0
    (folder / "CITATION.bib").write_text("@misc{x,\n  doi = {10.5281/zenodo.7}\n}\n", encoding="utf-8")
    found = {(one.where, one.got, one.expected) for one in verify(folder).findings if one.rule == "citation-doi"}
    assert found == {
        ("CITATION.bib", "no DOI of this release", DOI),
        ("CITATION.bib", "doi 10.5281/zenodo.7", DOI),
    }


def test_the_deposit_of_a_full_edition_with_texts_that_may_not_be_passed_on_is_closed(release: Path) -> None:
    found = deposit(release)
    assert (found["access_right"], found.get("license"), found["prereserve_doi"]) == ("closed", None, True)


def test_authors_may_have_an_orcid_and_works_a_relation(project: Project, schema: Schema) -> None:
    person = '{ name = "Shevchenko, Olena", orcid = "https://orcid.org/0000-0002-1825-0097", affiliation = "A & B" }'
    work = '[[related]]\nidentifier = "https://example.org/toolkit"\nrelation = "isSupplementTo"'
    say(project, work, authors=f'["A group", {person}]')
    folder = write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)
    found = deposit(folder)
    assert found["creators"] == [
        {"name": "A group"},
        {"name": "Shevchenko, Olena", "orcid": "0000-0002-1825-0097", "affiliation": "A & B"},
    ]
    assert found["related_identifiers"] == [{"identifier": "https://example.org/toolkit", "relation": "isSupplementTo"}]
    assert (found["access_right"], found["license"]) == ("open", "cc-by-4.0")
    cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["authors"]
    assert cited[1] == {
        "family-names": "Shevchenko",
        "given-names": "Olena",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "affiliation": "A & B",
    }
    assert project.info().authors == ("A group", "Shevchenko, Olena")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("[]", "corpus.toml: authors is []. [corpus-toml-value]"),
        (
            '[{ name = "A", orcid = "0000-0002-1825-0098" }]',
            "corpus.toml: authors: 1: orcid is '0000-0002-1825-0098'. [corpus-toml-value]",
        ),
        (
            '[{ nam = "A" }]',
            "corpus.toml: authors: 1: {'nam': 'A'}. [corpus-toml-value]",
        ),
    ],
)
def test_a_slip_in_the_authors_is_told(project: Project, given: str, message: str) -> None:
    say(project, authors=given)
    with pytest.raises(CorpusError) as caught:
        project.info()
    assert str(caught.value).splitlines()[0] == message


def test_a_relation_that_nobody_knows_is_told_with_the_one_that_is_near(project: Project) -> None:
    say(project, '[[related]]\nidentifier = "10.5281/zenodo.1"\nrelation = "isSuplementTo"')
    with pytest.raises(CorpusError, match="Did you mean 'isSupplementTo'"):
        project.info()


def test_names_alone_are_authors_too() -> None:
    assert authors_of(["B"], "corpus.toml") == (Author("B"),)


def test_a_doi_is_an_input_of_the_build(annotated_project: Project, tmp_path: Path) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "small"))
    assert "release" in build(project).stages
    assert build(project, doi=f"https://doi.org/{DOI}").stages == ("release",)
    assert build(project, doi=f"doi:{DOI}").stages == ()
    with pytest.raises(CorpusError) as form:
        build(project, doi="zenodo.12")
    assert str(form.value).startswith("--doi: 'zenodo.12' is no DOI. [doi-form]")
    say(project, f'doi = "{DOI}"', version='"0.1.1"')
    with pytest.raises(CorpusError) as taken:
        build(project)
    what = f"{DOI} is that of project 0.1.0, and each version has its own. [doi-taken]"
    assert str(taken.value).startswith(f"dist/project-0.1.0/release.json: {what}")
    with pytest.raises(CorpusError) as both:
        build(project, doi="10.5281/zenodo.8")
    assert str(both.value).startswith(f"--doi: 10.5281/zenodo.8 is not {DOI} of corpus.toml. [doi-conflict]")
