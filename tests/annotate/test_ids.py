from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_exports import ACCEPTS, REFUSES, SUPPORTS, Workshop, claim
from ukrcorpus.annotate.adjudication.ids import Minted, assign, mint, read_ids, write_ids
from ukrcorpus.annotate.run import mint_ids
from ukrcorpus.annotate.spans.reanchor import Texts
from ukrcorpus.annotate.values import Article
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer

OLD = "Kyiv asked for a truce. Moscow refused it. Kyiv asked for a truce."
NO_TEXTS = Texts({})


def article(text: str) -> Article:
    return Article("talks", text, sha256(text.encode()), None, None, (), ())


def minted(
    spans: list[Span], text: str = OLD, before: tuple[Minted, ...] = (), texts: Texts = NO_TEXTS
) -> tuple[dict[Span, str], tuple[Minted, ...]]:
    """Mint ids for claims; return span -> id of the present text, and all lines."""
    one = article(text)
    lines = mint(before, {("talks", Layer.CLAIM): spans}, {"talks": one}, texts)
    return dict(assign(lines, spans, one, texts).ids), lines


def test_two_machines_mint_the_same_ids_for_the_same_spans() -> None:
    spans = [Span(0, 22), Span(24, 41), Span(43, 65)]
    first, lines = minted(spans)
    second, _ = minted(spans[::-1])
    assert first == second
    assert len(set(first.values())) == 3
    assert [line.occurrence for line in sorted(lines, key=lambda line: line.start)] == [0, 0, 1]
    assert all(name.startswith("c-") and len(name) == 14 for name in first.values())


@pytest.mark.parametrize(
    ("moved", "kept"), [(Span(0, 30), True), (Span(0, 12), True), (Span(0, 10), False), (Span(24, 41), False)]
)
def test_an_id_stays_with_a_moved_boundary_down_to_half_of_the_longer(moved: Span, kept: bool) -> None:
    first, lines = minted([Span(0, 22)])
    second, _ = minted([moved], before=lines)
    assert (second[moved] == first[Span(0, 22)]) is kept


def test_an_id_follows_step_by_step_because_its_line_is_brought_up_to_date() -> None:
    first, lines = minted([Span(0, 22)])
    _, lines = minted([Span(0, 14)], before=lines)
    third, lines = minted([Span(0, 8)], before=lines)
    assert third[Span(0, 8)] == first[Span(0, 22)]
    assert [(line.start, line.end) for line in lines] == [(0, 8)]


def test_a_part_too_small_to_keep_the_id_says_which_one_it_replaces() -> None:
    first, lines = minted([Span(0, 22)])
    _, lines = minted([Span(0, 5)], before=lines)
    assert {line.replaces for line in lines} == {None, first[Span(0, 22)]}


def test_ids_follow_their_spans_into_a_new_text_that_is_known() -> None:
    new = "Talks. " + OLD.replace("truce. Moscow", "truce now. Moscow")
    spans = [Span(0, 22), Span(24, 41)]
    first, lines = minted(spans)
    start = new.index("Moscow")
    texts = Texts({sha256(OLD.encode()): OLD})
    moved = [Span(7, 29), Span(start, start + 17)]
    second, _ = minted(moved, new, lines, texts)
    assert [second[span] for span in moved] == [first[span] for span in spans]


def test_without_the_older_text_only_a_quote_that_is_unique_keeps_its_id() -> None:
    new = f"Talks. {OLD}"
    first, lines = minted([Span(0, 22), Span(24, 41)])
    spans = [Span(7, 29), Span(31, 48), Span(50, 72)]
    second, _ = minted(spans, new, lines)
    assert second[Span(31, 48)] == first[Span(24, 41)]
    assert first[Span(0, 22)] not in second.values()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=8))
def test_no_two_spans_share_an_id(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(start + length, len(OLD))) for start, length in pairs]
    ids, lines = minted(spans)
    assert sorted(ids) == sorted(set(spans))
    assert len(set(ids.values())) == len(ids) == len(lines)


def test_the_file_is_written_once_more_just_as_it_was_read(tmp_path: Path) -> None:
    _, lines = minted([Span(24, 41), Span(0, 22)])
    path = tmp_path / "ids.jsonl"
    write_ids(path, lines)
    first = path.read_bytes()
    write_ids(path, read_ids(path, "ids.jsonl"))
    assert path.read_bytes() == first
    assert set(read_ids(path, "ids.jsonl")) == set(lines)


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    path = tmp_path / "ids.jsonl"
    one = Minted("c-1", "claim", "a\u2028b\x85c", "0", 0, 1, "0", 0)
    write_ids(path, [one])
    assert read_ids(path, "ids.jsonl") == (one,)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": "c-1", "start": "0"}'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ids.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_ids(path, "annotations/ids.jsonl")
    assert (error.value.rule, error.value.where) == ("ids-line", "annotations/ids.jsonl: line 1")
    assert error.value.remedy == "Restore the file from git: ids are minted once and kept for ever."


def test_an_id_outlives_its_unit(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"]), claim(REFUSES, ["org:ru_presidency"]))
    workshop.run()
    [claim_id] = [row["claim_id"] for row in workshop.rows("claims") if row["quote"] == REFUSES]
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"]), claim(SUPPORTS, ["gov:tr"]))
    report = mint_ids(workshop.project, workshop.schema)
    assert report.counts == {"ids minted": 0, "ids kept": 2}
    path = workshop.project.annotations / "ids.jsonl"
    assert claim_id in [line.id for line in read_ids(path, "")]
    assert isinstance(read_ids(path, "")[0], Minted)
