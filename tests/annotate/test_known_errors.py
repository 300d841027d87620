import pytest

from ukrcorpus.annotate.known_errors import listed_errors
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project


def test_a_project_without_the_file_knows_no_error(empty_project: Project) -> None:
    assert listed_errors(empty_project) == ()


def test_an_error_without_a_day_is_refused(empty_project: Project) -> None:
    text = 'format = 1\n[[errors]]\nabout = "c-1"\nwhat = "A day late."\nreported = "soon"\n'
    (empty_project.annotations / "known-errors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        listed_errors(empty_project)
    assert str(refused.value) == (
        "annotations/known-errors.toml: errors #1 (c-1): reported: got 'soon'. [known-error-value]\n"
        "  Expected a day: 2026-11-22."
    )
