import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_copies import SPUN, WIRE, Pair, events, pairs
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.duplicates import clusters, similar
from ukrcorpus.normalise.signatures import SIGNATURE_VERSION, layout, signature

HERE = Path(__file__).parent
# The hash of the first report's signature: if it changes, raise SIGNATURE_VERSION.
STORED = {3: "bcb279598b82a002865db9dda3894e622d8d96c0892fb18a1287895731c241f0"}
PAIRS = list(pairs())


def rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


def report(number: int) -> str:
    return events()[number][1]


def test_a_signature_is_the_one_stored_for_its_version() -> None:
    assert {SIGNATURE_VERSION: sha256(signature(report(0)))} == STORED
    assert layout().itemsize == len(signature("")) == len(signature(report(0))) == 608


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_with_another_hash_seed_gives_the_same_signature(seed: str) -> None:
    code = (
        "import hashlib, tomllib; from ukrcorpus.normalise.signatures import signature;"
        f"given = tomllib.load(open({str(HERE / 'events.toml')!r}, 'rb'))['events'][0]['one'].strip();"
        "print(hashlib.sha256(signature(given)).hexdigest())"
    )
    made = subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
    assert made.stdout.decode().strip() == STORED[SIGNATURE_VERSION]


def of_kind(*kinds: str) -> Iterator[Pair]:
    return (pair for pair in PAIRS if pair.kind in kinds)


@pytest.mark.parametrize("kind", [*WIRE, *(kind for kind in SPUN if kind != "sloppily spun 20%")])
def test_copies_fall_into_one_cluster(kind: str) -> None:
    for pair in of_kind(kind):
        found = clusters({"one": signature(pair.one), "other": signature(pair.other)})
        assert found["one"] == found["other"], (pair.kind, pair.one[:60])


def test_most_texts_with_every_fifth_word_of_any_kind_swapped_are_found() -> None:
    found = [similar(signature(pair.one), signature(pair.other)) for pair in of_kind("sloppily spun 20%")]
    assert sum(found) / len(found) >= 0.6


@pytest.mark.parametrize("kind", ["independent", "template", "other event"])
def test_independent_reports_are_no_copies(kind: str) -> None:
    for pair in of_kind(kind):
        found = clusters({"one": signature(pair.one), "other": signature(pair.other)})
        assert found == {"one": "one", "other": "other"}, (pair.kind, pair.one[:60])


def test_a_brief_is_no_copy_of_the_report_whose_quote_it_has() -> None:
    quote = (
        "We will read this paper line by line, and we will sign it on the day when the last of our people is home again"
    )
    brief = (
        f"The envoy spoke briefly before he left the hall. “{quote},” he said. A new round may follow in June, "
        "though neither side would name a place. Asked about the port, he shook his head and walked to his car."
    )
    report = f"{events()[0][1]}\n\n“{quote},” said the envoy to those who had waited at the gate since the morning."
    assert not similar(signature(brief), signature(report))


def family() -> dict[str, str]:
    """Return two wire families, copies and spun copies of two reports, with two reports of their events."""
    chance = rng(3)
    texts: dict[str, str] = {}
    for number in (0, 4):
        _, one, other = events()[number]
        texts |= {f"{number}-own": other, f"{number}-wire": one}
        for kind, make in {**WIRE, "spun": SPUN["spun 20%"]}.items():
            texts[f"{number}-{kind}"] = make(one, [report(1), report(2)], chance)
    return texts


@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_no_cluster(chance: random.Random) -> None:
    signatures = {name: signature(text) for name, text in family().items()}
    names = list(signatures)
    chance.shuffle(names)
    found = clusters({name: signatures[name] for name in names})
    assert found == clusters(signatures)
    assert len(set(found.values())) == 4
    assert found["0-own"] == "0-own"


def test_the_representative_has_the_smallest_content_hash() -> None:
    texts = family()
    found = clusters({name: signature(text) for name, text in texts.items()})
    for best in set(found.values()):
        members = [name for name in texts if found[name] == best]
        assert best == min(members, key=lambda name: sha256(texts[name].encode()))


def test_equal_texts_are_represented_by_the_first_id() -> None:
    same = signature(report(0))
    assert clusters({"b": same, "c": same, "a": same}) == {"a": "a", "b": "a", "c": "a"}


def test_a_chain_of_small_steps_does_not_join_its_ends() -> None:
    """Each text shares half with the next; all in one cluster would join texts with nothing in common."""
    parts = [sentence for number in range(7) for sentence in report(number).split("\n\n")[1:4]]
    chain = {f"{at:02}": "\n".join(parts[at : at + 6]) for at in range(0, 16, 2)}
    signatures = {name: signature(text) for name, text in chain.items()}
    names = sorted(chain)
    assert all(similar(signatures[a], signatures[b]) for a, b in pairwise(names))
    assert not similar(signatures[names[0]], signatures[names[-1]])
    found = clusters(signatures)
    assert found[names[0]] != found[names[-1]]
    for centre in set(found.values()):
        members = [signatures[name] for name in names if found[name] == centre]
        assert any(all(similar(one, other) for other in members) for one in members)


def test_a_large_family_is_one_cluster() -> None:
    chance = rng(5)
    words = report(3).split(" ")
    texts = []
    for _ in range(300):
        copy = list(words)
        copy[chance.randrange(len(copy))] = "otherwise"
        texts.append(" ".join(copy))
    found = clusters({f"{number:03}": signature(text) for number, text in enumerate(texts)})
    assert len(set(found.values())) == 1


def test_texts_without_words_are_no_copies() -> None:
    assert clusters({"one": signature(""), "two": signature("!"), "three": signature("…")}) == {
        "one": "one",
        "two": "two",
        "three": "three",
    }
    assert clusters({}) == {}


@pytest.mark.parametrize("stale", [b"\0" * 608, b"short"])
def test_signatures_of_another_version_are_refused(stale: bytes) -> None:
    with pytest.raises(CorpusError, match=r"expected version 3\. \[signature-version\]"):
        clusters({"one": signature("A text."), "two": stale})


@given(st.text(max_size=200))
def test_any_text_has_a_signature_and_is_its_own_copy(text: str) -> None:
    text = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
    assert clusters({"one": signature(text), "two": signature(text)}) == {"one": "one", "two": "one"}
