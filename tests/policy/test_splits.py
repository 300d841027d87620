"""Splits: what is tied stays together, time goes one way, and a published article never moves."""

from collections import Counter
from dataclasses import replace as given_otherwise
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from split_corpus import FIRST, N_DAYS, article, checked, corpus, draws, replace, split, words
from ukrcorpus.core.letters import letters_of
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.policy.splits import marks, tables
from ukrcorpus.policy.splits.assign import MIN_CLUSTERS
from ukrcorpus.policy.splits.candidates import COLUMNS, Candidate, candidates
from ukrcorpus.policy.splits.marks import WINDOW, KnownMarks, Text
from ukrcorpus.policy.splits.overlaps import LEAST_SHARED, overlaps
from ukrcorpus.policy.splits.plan import PARTS, Event, Split, SplitPlan, read_plan
from ukrcorpus.policy.splits.relations import relations
from ukrcorpus.policy.splits.ties import SIMILAR

PLAN = SplitPlan(event=Event("the talks", words=("talks",)))
SEEDS = st.integers(min_value=0, max_value=2**32)
few = settings(max_examples=12)


def plain(n: int = 400) -> list[Candidate]:
    """Articles that nothing ties, one a day."""
    random = draws(0)
    days = [FIRST + timedelta(days=number) for number in range(n)]
    return [article(number, random, days=(day, day)) for number, day in enumerate(days)]


def parts(splits: dict[str, Split]) -> Counter[str]:
    return Counter(one.value for one in splits.values())


@few
@given(SEEDS)
def test_a_small_corpus_has_one_split(seed: int) -> None:
    assert set(split(corpus(seed, MIN_CLUSTERS - 1), PLAN).values()) == {Split.TRAIN}


def test_the_shares_are_those_declared_and_test_is_the_latest() -> None:
    shares = {Split.TRAIN: 70, Split.VALIDATION: 10, Split.TEST: 20}
    splits = split(plain(400), SplitPlan(shares))
    assert parts(splits) == {"train": 280, "validation": 40, "test": 80}
    assert list(splits.values()) == [Split.TRAIN] * 280 + [Split.VALIDATION] * 40 + [Split.TEST] * 80


def test_articles_without_a_day_are_drawn_in_the_declared_shares() -> None:
    splits = parts(split([replace(one, days=None) for one in plain(1000)], SplitPlan()))
    assert [splits[one] / 1000 for one in PARTS] == [pytest.approx(share, abs=0.04) for share in (0.8, 0.1, 0.1)]


@few
@given(SEEDS, st.integers(min_value=280, max_value=420))
def test_no_published_article_moves_and_nothing_leaks_whatever_comes_in_which_order(seed: int, first: int) -> None:
    articles = corpus(seed, 500)
    draws(seed).shuffle(articles)
    published: dict[str, Split] = {}
    for n in (first, first + 40, len(articles)):
        splits = split(articles[:n], PLAN, published)
        assert splits | published == splits
        assert checked(articles[:n], splits, PLAN, published).leaks == ()
        published = splits
    assert len(parts(published)) == 4


@few
@given(SEEDS)
def test_the_order_of_articles_makes_no_difference(seed: int) -> None:
    articles = corpus(seed, 300)
    other = draws(seed).sample(articles, len(articles))
    assert split(articles, PLAN) == split(other, PLAN)


@pytest.mark.parametrize(
    "tied",
    [
        {"cluster": "a0000"},
        {"page": "https://news.example/1"},
        {"text": "One line that stands on every page, 12 of 40 letters."},
    ],
)
def test_what_is_tied_to_a_published_article_follows_it_and_what_ties_two_together_is_held_back(
    tied: dict[str, Any],
) -> None:
    random, articles = draws(1), plain(300)
    field, value = next(iter(tied.items()))
    early, late = replace(articles[0], **tied), articles[-1]
    known = [early, *articles[1:]]
    published = split(known, SplitPlan())
    assert (published[early.article_id], published[late.article_id]) == (Split.TRAIN, Split.TEST)
    follows = article(900, random, days=None, **tied)
    if field == "text":
        follows = replace(follows, text=value.replace("12", "99"))  # digits are those of a template
    both = replace(follows, article_id="a0901", cluster=late.cluster, page=tied.get("page"), text=str(tied.get("text")))
    if field == "cluster":
        both = replace(both, cluster="a0000", text=late.text)
    found = split([*known, follows, both], SplitPlan(), published)
    assert (found["a0900"], found["a0901"]) == (Split.TRAIN, Split.HELD_BACK)


def test_a_chain_of_newcomers_that_ties_two_splits_together_is_held_back() -> None:
    random, articles = draws(1), plain(300)
    published = split(articles, SplitPlan())
    first = article(900, random, days=None, cluster=articles[0].cluster, page="https://news.example/1")
    last = article(901, random, days=None, cluster=articles[-1].cluster, page="https://news.example/1")
    found = split([*articles, first, last], SplitPlan(), published)
    assert (found["a0900"], found["a0901"]) == (Split.HELD_BACK, Split.HELD_BACK)
    # One that comes after them is tied to train alone: what is held back ties nothing.
    late = article(902, random, days=None, page="https://news.example/1", cluster=articles[0].cluster)
    assert split([*articles, first, last, late], SplitPlan(), found)["a0902"] is Split.TRAIN


def test_a_line_ties_articles_of_one_publisher_only() -> None:
    note = "One line that stands on every page, of 40 letters or more."
    articles = plain(300)
    texts = [replace(articles[at], text=f"{articles[at].text}\n{note}") for at in (0, -1)]
    same = split([texts[0], *articles[1:-1], texts[1]], SplitPlan())
    assert Split.HELD_BACK in (same["a0000"], same["a0299"])
    apart = split([texts[0], *articles[1:-1], replace(texts[1], publisher="observer")], SplitPlan())
    assert (apart["a0000"], apart["a0299"]) == (Split.TRAIN, Split.TEST)


def test_whole_publishers_can_be_kept_apart() -> None:
    articles = [replace(one, publisher=f"outlet-{number % 40}", days=None) for number, one in enumerate(plain(400))]
    plan = SplitPlan(whole_publishers=True)
    splits = split(articles, plan)
    outlets = {(one.publisher, splits[one.article_id]) for one in articles}
    assert len(outlets) == 40
    assert len(parts(splits)) > 1
    assert "publisher" in {check.name for check in checked(articles, splits, plan).checks}


def test_the_held_out_event_is_in_test_whenever_it_was_and_nowhere_else() -> None:
    articles = [replace(one, of_event=number in (5, 200, 295)) for number, one in enumerate(plain(300))]
    splits = split(articles, PLAN)
    assert [splits[one.article_id] for one in articles if one.of_event] == [Split.TEST] * 3
    copy = article(900, draws(3), days=articles[5].days, cluster=articles[5].cluster)  # a copy that does not name it
    again = split([*articles, copy], PLAN)
    assert (again["a0005"], again["a0900"]) == (Split.TEST, Split.HELD_BACK)


def test_periods_of_a_published_corpus_stay_where_they_are() -> None:
    articles = plain(300)
    published = split(articles, SplitPlan())
    random, day = draws(1), timedelta(days=1)
    newer = [article(900 + n, random, days=(FIRST + (N_DAYS + n) * day,) * 2) for n in range(60)]
    older = [article(800 + n, random, days=(FIRST - (n + 1) * day,) * 2) for n in range(60)]
    found = split([*articles, *newer, *older], SplitPlan(), published)
    assert {found[one.article_id] for one in newer} == {Split.TEST}
    assert {found[one.article_id] for one in older} == {Split.TRAIN}


def test_a_published_article_whose_day_was_corrected_moves_no_border() -> None:
    articles = plain(300)
    published = split(articles, SplitPlan())
    assert (published["a0250"], published["a0299"]) == (Split.VALIDATION, Split.TEST)
    for wrong, day in (("a0299", FIRST), ("a0000", FIRST + timedelta(days=290))):
        moved = [replace(one, days=(day, day)) if one.article_id == wrong else one for one in articles]
        new = [article(900 + n, draws(1 + n), days=articles[n].days) for n in (100, 250, 280)]
        found = split([*moved, *new], SplitPlan(), published)
        assert [found[one.article_id].value for one in new] == ["train", "validation", "test"]


def test_test_begins_after_the_last_article_that_was_published_in_train() -> None:
    articles = plain(300)
    small = split(articles[100:180], SplitPlan())  # published while the corpus was small: all train
    found = split(articles, SplitPlan(), small)
    assert parts(found) == {"train": 240, "validation": 30, "test": 30}
    latest = split(articles[-80:], SplitPlan())
    assert set(split(articles, SplitPlan(), latest).values()) == {Split.TRAIN}


def test_a_month_that_reaches_over_a_border_is_in_no_period() -> None:
    articles = plain(300)
    border = articles[240].days
    assert border
    month = article(900, draws(1), days=(border[0] - timedelta(days=9), border[0] + timedelta(days=9)))
    assert split([*articles, month], SplitPlan(), split(articles, SplitPlan()))["a0900"] is Split.HELD_BACK


def test_overlaps_are_near_those_of_all_windows() -> None:
    random = draws(2)
    texts = [words(random, 300) for _ in range(20)]
    texts += [f"{words(random, 200)} {text[: 30 * number]}" for number, text in enumerate(texts)]
    every = [{one[at : at + WINDOW] for at in range(len(one) - WINDOW + 1)} for one in map(_letters, texts)]
    found = overlaps(marks_of(texts))
    pairs = {(int(a), int(b)): float(c) for a, b, c in zip(found.first, found.second, found.similarity, strict=True)}
    exact = {(n, n + 20): len(every[n] & every[n + 20]) / min(len(every[n]), len(every[n + 20])) for n in range(20)}
    assert pairs.keys() <= exact.keys()
    assert all(abs(pairs.get(pair, 0) - share) < 0.12 for pair, share in exact.items())


def test_short_and_empty_texts_overlap_with_nothing() -> None:
    found = overlaps(marks_of(["", "a", "Talks went on.", "Talks went on.", "🙂" * 50]))
    assert found.at_least(0.0) == []
    assert LEAST_SHARED > 1


def marks_of(texts: list[str], place: Path | None = None, *, keep: bool = False) -> pa.Table:
    known = KnownMarks(place)
    found = known.of([Text.of(text) for text in texts])
    if keep:
        known.keep()
    return found


def _letters(text: str) -> bytes:
    return letters_of(text.encode())


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"cluster": "a0299"}, "cluster"),
        ({"page": "https://news.example/1"}, "page"),
        ({"text": "One line that stands on every page, of 40 letters or more."}, "template"),
        ({"text": words(draws(7), 60).replace(" ", "\n")}, "similar"),
        ({"of_event": True}, "event"),
        ({"days": (date(2030, 1, 1), date(2030, 1, 1))}, "time"),
    ],
)
def test_the_certificate_finds_what_leaks_and_says_whether_it_was_published(change: dict[str, Any], check: str) -> None:
    articles = plain(300)
    splits = split(articles, PLAN)
    both = check not in ("event", "time", "cluster")
    torn = [replace(articles[0], **change), *articles[1:-1], replace(articles[-1], **change if both else {})]
    leaks = checked(torn, splits, PLAN).leaks
    assert [leak.check for leak in leaks] == [check]
    assert not leaks[0].known
    assert "a0000" in leaks[0].articles
    known = checked(torn, splits, PLAN, splits)
    assert [leak.known for leak in known.leaks] == [True]
    said = next(one.as_json() for one in known.checks if one.name == check)
    assert said["holds"] is False


def test_the_certificate_counts_pairs_and_names_the_most_similar_one() -> None:
    random, articles = draws(1), plain(300)
    quoted, rest = words(random, 60), (words(random, 240) for _ in "ab")
    texts = [replace(articles[at], text=f"{next(rest)} {quoted}") for at in (0, -1)]
    alike = [texts[0], *articles[1:-1], texts[1]]
    splits = split(alike, SplitPlan())
    similar = next(check for check in checked(alike, splits, SplitPlan()).checks if check.name == "similar")
    assert similar.n_checked == 240 * 30 + 240 * 30 + 30 * 30
    assert similar.figures["between"] == ["a0000", "a0299"]
    assert 0 < float(str(similar.figures["largest"])) < SIMILAR


ROWS: list[dict[str, Any]] = [
    {"article_id": "a", "published": date(2025, 5, 16), "published_precision": "day", "title": "Talks in Istanbul"},
    {"article_id": "b", "published": date(2025, 5, 1), "published_precision": "month", "text": "In ISTANBUL again"},
    {"article_id": "c", "published": date(2025, 7, 1), "published_precision": "day", "text": "Istanbul, later"},
    {"article_id": "d", "text": "Istanbul on a day that nobody knows", "url": "https://www.news.example/d"},
]


@pytest.mark.parametrize(
    ("event", "about"),
    [
        ({"first": "2025-05-15", "last": "2025-06-03", "words": ["istanbul"]}, "ab"),
        ({"words": ["Istanbul"]}, "abcd"),
        ({"first": "2025-06-01"}, "c"),
        ({"issues": ["ceasefire"]}, "d"),
        ({"last": "2025-05-31", "issues": ["ceasefire"]}, ""),
    ],
)
def test_an_event_is_told_by_days_words_and_issues_together(event: dict[str, object], about: str) -> None:
    empty: dict[str, Any] = dict.fromkeys(COLUMNS)
    plan = read_plan({"event": {"name": "Istanbul"} | event}, ("ceasefire",))
    found = candidates(pa.Table.from_pylist([empty | row for row in ROWS]), plan.event, {"d": ["ceasefire"]})
    assert "".join(one.article_id for one in found if one.of_event) == about
    assert [one.publisher for one in found] == ["", "", "", "news.example"]
    assert found[1].days == (date(2025, 5, 1), date(2025, 5, 31))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"train": 80}, None),
        ({"train": 90}, "corpus.toml: splits: got train = 90, validation = 10, test = 10. [splits-shares]\n"),
        (
            {"train": 90, "validation": 10, "test": 0},
            "corpus.toml: splits: got train = 90, validation = 10, test = 0. [",
        ),
        ({"trian": 80}, "corpus.toml: splits: unknown key 'trian'. [schema-key-unknown]\n  Did you mean 'train'?"),
        (
            {"event": {"name": "X"}},
            "corpus.toml: splits: event: nothing says which articles are about it.",
        ),
        (
            {"event": {"name": "X", "issues": ["x"]}},
            "corpus.toml: splits: event: issues: no issue is called 'x'.",
        ),
        ({"event": {"name": "X", "first": "2025-13-01"}}, "corpus.toml: splits: event: first: got '2025-13-01'."),
        (
            {"event": {"name": "X", "first": date(2025, 2, 1), "last": date(2025, 1, 1)}},
            "corpus.toml: splits: event: last: 2025-01-01 is before 2025-02-01.",
        ),
    ],
)
def test_a_slip_in_the_declaration_is_told_with_its_place(given: dict[str, object], message: str | None) -> None:
    if message is None:
        assert read_plan(given) == SplitPlan()
        return
    with pytest.raises(CorpusError) as caught:
        read_plan(given, ("ceasefire",))
    assert str(caught.value).startswith(message)


def test_what_was_found_is_found_again_for_the_same_articles_only() -> None:
    articles = plain(30)
    first = relations(articles, SplitPlan())
    assert relations(list(articles), SplitPlan()) is first
    others: list[dict[str, Any]] = [{name: "x"} for name in ("text", "cluster", "page", "publisher", "article_id")]
    for other in others:
        assert relations([replace(articles[0], **other), *articles[1:]], SplitPlan()) is not first
    assert relations(articles, SplitPlan(whole_publishers=True)) is not first


def test_what_was_certified_is_said_again_of_the_same_tables_only(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = count(1)
    monkeypatch.setattr(tables, "certify", lambda *_: next(numbers))
    given = tables.Splitting(read_plan({"event": {"name": "it", "issues": ["ceasefire"]}}))
    row = dict.fromkeys(tables.READS["articles"], "") | {"published": FIRST, "status": "live", "text": "Talks"}
    known = {"articles": pa.Table.from_pylist([row | {"article_id": one, "split": "train"} for one in "ab"])}
    known["claims"] = pa.table({"claim_id": ["c", "d"], "article_id": ["a", "b"]})
    known["claim_issues"] = pa.table({"claim_id": ["c", "d"], "issue": ["ceasefire", "grain"]})

    def certified(**others: pa.Table) -> object:
        return tables.certificate(known | others, given)

    assert (certified(), certified()) == (1, 1)
    at = known["articles"].schema.get_field_index("text_sha256")
    assert certified(articles=known["articles"].set_column(at, "text_sha256", pa.array(["Talks", "More"]))) == 2
    assert certified(claim_issues=pa.table({"claim_id": ["c", "d"], "issue": ["grain", "grain"]})) == 3
    given = given_otherwise(given, published={"a": Split.TEST})
    assert (certified(), certified()) == (4, 4)


def test_marks_that_are_kept_are_those_of_the_texts_and_damage_costs_time_only(tmp_path: Path) -> None:
    place, random = tmp_path / "marks.arrow", draws(5)
    texts = [words(random, 90) + "\n" + words(random, 20) for _ in range(6)] + ["", "short"]
    first = KnownMarks(place)
    whole = first.of([Text.of(text) for text in texts])
    assert min(len(one) for one in whole["windows"].to_pylist()[:6]) > 1
    assert [len(one) for one in whole["lines"].to_pylist()] == [2] * 6 + [0, 0]
    first.keep()
    other = [texts[3], "another text", *texts[5:], texts[0]]
    assert marks_of(other, place).equals(marks_of(other))
    kept = bytearray(place.read_bytes())
    at = kept.index(np.array(whole["windows"][1].as_py(), "<u8").tobytes())
    kept[at] ^= 1
    place.write_bytes(kept)
    assert marks_of(texts, place).equals(whole)
    place.write_bytes(kept[:-200])
    assert marks_of(texts, place).equals(whole)
    place.write_bytes(b"")
    assert marks_of(texts, place).equals(whole)


def test_words_of_texts_with_known_marks_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dict.fromkeys(COLUMNS) | {"duplicate_cluster": "c"}
    texts = [("a", "Talks went on."), ("b", "Talks went on."), ("c", None)]
    hashed = [(name, text, sha256(text.encode()) if text else None) for name, text in texts]
    rows = [row | {"article_id": name, "text": text, "text_sha256": digest} for name, text, digest in hashed]
    articles = candidates(pa.Table.from_pylist(rows))
    assert [str(one.text) for one in articles] == ["Talks went on.", "Talks went on.", ""]
    marks_of(["Talks went on.", ""], tmp_path / "marks", keep=True)
    monkeypatch.setattr(Text, "__str__", None)
    assert KnownMarks(tmp_path / "marks").of([one.text for one in articles]).num_rows == 3


def test_a_withdrawn_article_has_no_marks_told_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"a": "Talks went on.", "b": "Talks broke off.", "c": None}
    split = {"a": "train", "b": "test", "c": "train"}
    rows = [
        dict.fromkeys(tables.READS["articles"], "")
        | {
            "published": FIRST,
            "article_id": name,
            "duplicate_cluster": name,
            "text": text,
            "text_sha256": text and sha256(text.encode()),
        }
        | {"split": split[name], "status": "live" if text else "withdrawn"}
        for name, text in texts.items()
    ]
    known = {"articles": pa.Table.from_pylist(rows), "claims": pa.table({}), "claim_issues": pa.table({})}
    marks_of([text for text in texts.values() if text], tmp_path / "marks", keep=True)
    monkeypatch.setattr(marks, "_marks", None)
    found = tables.certificate(known, tables.Splitting(marks=KnownMarks(tmp_path / "marks")))
    assert found.sizes["train"]["articles"] == 1


@pytest.mark.parametrize("digest", ["", "no hash", "AB" * 32])
def test_a_hash_that_is_none_does_not_stand_for_a_text(digest: str) -> None:
    column = pa.array(["Talks went on.", "Talks broke off."])
    assert {Text(digest, column, row).key for row in (0, 1)} == {Text.of(text).key for text in column.to_pylist()}


def test_an_address_that_is_none_names_no_publisher() -> None:
    row = dict.fromkeys(COLUMNS) | {"article_id": "a", "duplicate_cluster": "a", "url": "http://[half"}
    assert candidates(pa.Table.from_pylist([row]))[0].publisher == ""


def test_marks_that_are_known_are_not_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    tell = marks._marks

    def told(new: dict[bytes, str]) -> pa.Table:
        asked.extend(new.values())
        return tell(new)

    monkeypatch.setattr(marks, "_marks", told)
    for texts in (["one", "two"], ["two", "three"], ["two", "three"]):
        known = KnownMarks(tmp_path / "marks.arrow")
        known.of([Text.of(text) for text in texts])
        known.keep()
    assert asked == ["one", "two", "three"]
    monkeypatch.setattr(marks, "code_hash", lambda: "other")
    marks_of(["two"], tmp_path / "marks.arrow")
    assert asked[3:] == ["two"]
