"""Corrections and withdrawals: data with a reason each, and a message for each slip."""

from datetime import date

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.policy.withdrawals import Kind, Withdrawal
from ukrcorpus.sources.corrections import Correction, read_corrections
from ukrcorpus.sources.withdrawals import read_withdrawals

CORRECTION = """
[[corrections]]
article_id = "talks"
find = "24h "
replace = "24th "
occurrence = {occurrence}
reason = "A slip of the outlet."
"""
WITHDRAWAL = """
[[withdrawals]]
article_id = "talks"
raw_sha256 = "{sha256}"
withdrawn_on = {day}
reason_class = "rights"
"""


def write(project: Project, name: str, text: str) -> None:
    (project.raw / name).write_text("format = 1\n" + text, encoding="utf-8")


def test_a_new_project_has_neither(empty_project: Project) -> None:
    assert read_corrections(empty_project) == {}
    assert read_withdrawals(empty_project) == ()


def test_corrections_come_by_article_with_their_spaces(empty_project: Project) -> None:
    write(empty_project, "corrections.toml", CORRECTION.format(occurrence=1) + CORRECTION.format(occurrence=2))
    first, second = read_corrections(empty_project)["talks"]
    assert first == Correction("talks", "24h ", "24th ", 1, "A slip of the outlet.")
    assert second.occurrence == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            CORRECTION.format(occurrence=0),
            (
                "raw/corrections.toml: corrections #1 (talks): occurrence: got 0. [correction-value]\n"
                "  Expected a number from 1."
            ),
        ),
        (
            CORRECTION.format(occurrence=1).replace("24th ", "24h "),
            (
                "raw/corrections.toml: corrections #1 (talks): find: '24h ' becomes '24h '. [correction-value]\n"
                "  Say what to find, and what else to put."
            ),
        ),
        (
            CORRECTION.format(occurrence=1).replace("reason =", "reson ="),
            (
                "raw/corrections.toml: corrections #1 (talks): the key 'reason' is missing. [schema-key-missing]\n"
                "  Add it, or did you mean it by 'reson'?"
            ),
        ),
    ],
)
def test_each_slip_in_the_corrections_has_its_message(empty_project: Project, text: str, message: str) -> None:
    write(empty_project, "corrections.toml", text)
    with pytest.raises(CorpusError) as caught:
        read_corrections(empty_project)
    assert str(caught.value) == message


def test_a_withdrawal_is_read(empty_project: Project) -> None:
    write(empty_project, "withdrawals.toml", WITHDRAWAL.format(sha256="a" * 64, day="2026-11-22"))
    assert read_withdrawals(empty_project) == (
        Withdrawal(Kind.ARTICLE, "talks", "a" * 64, date(2026, 11, 22), "rights"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            WITHDRAWAL.format(sha256="a" * 64, day='"soon"'),
            (
                "raw/withdrawals.toml: withdrawals #1 (talks): withdrawn_on: got 'soon'. [withdrawal-value]\n"
                "  Expected a day: 2026-11-22."
            ),
        ),
        (
            WITHDRAWAL.format(sha256="abc", day="2026-11-22"),
            (
                "raw/withdrawals.toml: withdrawals #1 (talks): raw_sha256: got 'abc'. [schema-id-form]\n"
                "  Expected 64 hex digits."
            ),
        ),
        (
            2 * WITHDRAWAL.format(sha256="a" * 64, day="2026-11-22"),
            (
                "raw/withdrawals.toml: withdrawals #2 (talks): the article 'talks' is taken. [schema-double]\n"
                "  Rename or remove one of them; the first is raw/withdrawals.toml: withdrawals #1 (talks)."
            ),
        ),
    ],
)
def test_each_slip_in_the_withdrawals_has_its_message(empty_project: Project, text: str, message: str) -> None:
    write(empty_project, "withdrawals.toml", text)
    with pytest.raises(CorpusError) as caught:
        read_withdrawals(empty_project)
    assert str(caught.value) == message
