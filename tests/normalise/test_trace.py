import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ukrcorpus.cli import commands
from ukrcorpus.cli.article import _edit
from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.trace import Trace, by_pass, shortened, summary, traces, visible

ROOT = Path(__file__).parents[2]
TEXT = (
    AlignedText.of("Menu\nThe  plan,and \u202ethe rest.\n")
    .change("boilerplate.breadcrumb", [Change(0, 5, "")])
    .change("whitespace.runs", [Change(4, 5, "")])
    .change("repair.comma_spaces", [Change(9, 9, " ")])
    .change("unicode.invisible", [Change(14, 15, "")])
)


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["--project", str(ROOT), "trace", "sample-explainer-plant", *words])


def test_a_trace_is_one_line_an_edit_with_the_counts_below() -> None:
    lines = run().output.splitlines()
    n = len(run("--json").output.splitlines())
    assert re.fullmatch(rf"edits: {n}; characters: 5,942 in the source, \d,\d{{3}} in the text", lines[-1])
    assert len([line for line in lines if re.match(r" +\d+-\d+  ", line)]) == n
    assert "\x1b" not in "".join(lines)


def test_a_terminal_gets_colours() -> None:
    shown = _edit(Trace(3, 5, ("repair.names",), "in ", "ky", "Ky", "iv"))
    assert click.unstyle(shown).split() == ["3-5", "repair.names", "in", "[ky→Ky]iv"]
    assert click.style("ky", fg="red", strikethrough=True) in shown
    assert click.style("Ky", fg="green", underline=True) in shown


def test_a_narrow_terminal_gets_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Trace(0, 300, ("boilerplate.contents",), "", "x" * 300, "", "The plan")
    assert "\n" not in _edit(one)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    assert _edit(one).count("\n") == 1


def test_only_the_edits_of_a_pass_or_group_are_shown() -> None:
    assert run("--pass", "structure.callouts").output.count("structure.callouts    ") >= 3
    group = run("--pass", "structure").output
    assert "structure.answers" in group
    assert "boilerplate" not in group.splitlines()[0]


def test_an_unknown_pass_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"no pass is called 'repairs'\. \[pass-unknown\]\n  Did you mean 'repair'\?"):
        by_pass((), "repairs")


def test_the_summary_counts_edits_and_characters_by_pass() -> None:
    assert summary(traces(TEXT)) == (
        ("unicode.invisible", 1, 1, 0),
        ("whitespace.runs", 1, 1, 0),
        ("boilerplate.breadcrumb", 1, 5, 0),
        ("repair.comma_spaces", 1, 0, 1),
    )
    lines = run("--summary").output.splitlines()
    assert "boilerplate.breadcrumb edits 1 characters 77 → 0" in [" ".join(line.split()) for line in lines]


def test_json_holds_every_edit_whole() -> None:
    rows = [json.loads(line) for line in run("--json").output.splitlines()]
    assert len(rows) > 10
    assert rows[0]["before"].startswith("Home » Energy")
    assert "characters…" not in rows[0]["before"]
    assert set(rows[0]) == {"raw_start", "raw_end", "passes", "left", "before", "after", "right"}


def test_a_long_removal_says_how_much_it_cuts() -> None:
    assert shortened("a" * 40 + "b" * 1000 + "c" * 20) == f"{'a' * 40} […1,000 characters…] {'c' * 20}"
    assert shortened("short\n") == "short⏎"


def test_what_would_steer_a_terminal_is_written_out() -> None:
    assert visible("\x1b[31m\u202eא\u200d\r\n") == "<U+001B>[31m<U+202E>א<U+200D>␍⏎"
