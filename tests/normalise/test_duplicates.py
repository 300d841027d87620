import random
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_copies import SPUN, WIRE, Pair, clustered, events, pairs
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise import duplicates, sketches
from ukrcorpus.normalise.duplicates import similar
from ukrcorpus.normalise.signatures import FIELDS, SIGNATURE_VERSION, SLOTS, layout, signature

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
        found = clustered({"one": signature(pair.one), "other": signature(pair.other)})
        assert found["one"] == found["other"], (pair.kind, pair.one[:60])


def test_most_texts_with_every_fifth_word_of_any_kind_swapped_are_found() -> None:
    found = [similar(signature(pair.one), signature(pair.other)) for pair in of_kind("sloppily spun 20%")]
    assert sum(found) / len(found) >= 0.6


@pytest.mark.parametrize("kind", ["independent", "template", "other event"])
def test_independent_reports_are_no_copies(kind: str) -> None:
    for pair in of_kind(kind):
        found = clustered({"one": signature(pair.one), "other": signature(pair.other)})
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
    found = clustered({name: signatures[name] for name in names})
    assert found == clustered(signatures)
    assert len(set(found.values())) == 4
    assert found["0-own"] == "0-own"


def test_the_representative_has_the_smallest_content_hash() -> None:
    texts = family()
    found = clustered({name: signature(text) for name, text in texts.items()})
    for best in set(found.values()):
        members = [name for name in texts if found[name] == best]
        assert best == min(members, key=lambda name: sha256(texts[name].encode()))


def test_equal_texts_are_represented_by_the_first_id() -> None:
    same = signature(report(0))
    assert clustered({"b": same, "c": same, "a": same}) == {"a": "a", "b": "a", "c": "a"}


def test_a_chain_of_small_steps_does_not_join_its_ends() -> None:
    """Each text shares half with the next; all in one cluster would join texts with nothing in common."""
    parts = [sentence for number in range(7) for sentence in report(number).split("\n\n")[1:4]]
    chain = {f"{at:02}": "\n".join(parts[at : at + 6]) for at in range(0, 16, 2)}
    signatures = {name: signature(text) for name, text in chain.items()}
    names = sorted(chain)
    assert all(similar(signatures[a], signatures[b]) for a, b in pairwise(names))
    assert not similar(signatures[names[0]], signatures[names[-1]])
    found = clustered(signatures)
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
    found = clustered({f"{number:03}": signature(text) for number, text in enumerate(texts)})
    assert len(set(found.values())) == 1


def test_texts_without_words_are_no_copies() -> None:
    assert clustered({"one": signature(""), "two": signature("!"), "three": signature("…")}) == {
        "one": "one",
        "two": "two",
        "three": "three",
    }
    assert clustered({}) == {}


@pytest.mark.parametrize("stale", [b"\0" * 608, b"short"])
def test_signatures_of_another_version_are_refused(stale: bytes) -> None:
    with pytest.raises(CorpusError, match=r"expected version 3\. \[signature-version\]"):
        clustered({"one": signature("A text."), "two": stale})


@given(st.text(max_size=200))
def test_any_text_has_a_signature_and_is_its_own_copy(text: str) -> None:
    text = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
    assert clustered({"one": signature(text), "two": signature(text)}) == {"one": "one", "two": "one"}


def by_all_pairs(signatures: dict[str, bytes]) -> dict[str, str]:
    """Tell the clusters by comparing every text with every other, in the plainest way."""
    names: dict[bytes, list[str]] = {}
    for name in sorted(signatures):
        names.setdefault(signatures[name], []).append(name)
    texts = sorted(names, key=lambda one: one[4:20])
    near: dict[int, set[int]] = {at: set() for at in range(len(texts))}
    for one, other in meetings(texts):
        if similar(texts[one], texts[other]):
            near[one].add(other)
            near[other].add(one)
    centre: dict[int, int] = {}
    for at in sorted(near, key=lambda at: (-len(near[at]), at)):
        if at not in centre:
            star = [at, *(other for other in near[at] if other not in centre)]
            centre |= dict.fromkeys(star, min(star))
    return {name: names[texts[centre[at]]][0] for at, text in enumerate(texts) for name in names[text]}


def meetings(texts: list[bytes]) -> set[tuple[int, int]]:
    """Return the pairs that agree in all slots of a band; where many do, those with the first few."""
    rows = [np.frombuffer(text, dtype=layout())[0] for text in texts]
    found = set()
    for (name, least, width), at in ((band, at) for band in duplicates.BANDS for at in range(0, 128, band[2])):
        groups: dict[bytes, list[int]] = {}
        for number, row in enumerate(rows):
            slots = row[name][at : at + width]
            if len(slots) == width and row["sizes"][FIELDS.index(name)] >= least:
                groups.setdefault(slots.tobytes(), []).append(number)
        for group in groups.values():
            found |= {(a, b) for n, b in enumerate(group) for a in group[:n][: duplicates.GROUP]}
    return found


@pytest.mark.parametrize("pieces", [(16_384, 200_000, 50_000), (5, 1, 3)])
@settings(max_examples=15)
@given(chance=st.randoms(use_true_random=False), n=st.integers(0, 20), values=st.integers(2, 9))
def test_clusters_are_those_that_all_pairs_give(
    chance: random.Random, n: int, values: int, pieces: tuple[int, int, int]
) -> None:
    """However small the pieces in which signatures are read and pairs are proved."""
    rows = np.zeros(n, dtype=layout())
    rows["version"] = SIGNATURE_VERSION
    for row in rows:
        row["content"] = chance.getrandbits(64), chance.getrandbits(64)
        row["sizes"] = [chance.choice((0, 2, 30, 100, 120)) for _ in FIELDS]
        for name, slots in zip(FIELDS, SLOTS, strict=True):
            row[name] = [chance.randrange(values) for _ in range(slots)]
    some = [rows[chance.randrange(n)].tobytes() for _ in range(n)]
    signatures = {f"{number:02}": one for number, one in enumerate(some)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketches, "BLOCK", pieces[0])
        patch.setattr(duplicates, "PAIRS_AT_ONCE", pieces[1])
        patch.setattr(duplicates, "_AT_ONCE", pieces[2])
        assert clustered(signatures) == by_all_pairs(signatures)


def test_telling_copies_takes_few_bytes_a_text(tmp_path: Path) -> None:
    peaks = []
    for n in (sketches.BLOCK, 2 * sketches.BLOCK):
        rows = np.zeros(n, dtype=layout())
        for name in ("content", *FIELDS):
            rows[name] = np.random.default_rng(n).integers(0, 1 << 16, rows[name].shape)
        rows["version"], rows["sizes"] = SIGNATURE_VERSION, 100
        own = sketches.Sketches(tmp_path)
        own.add(
            pa.table({"article_id": [f"{at:016}" for at in range(n)], "signature": [row.tobytes() for row in rows]})
        )
        del rows
        tracemalloc.start()
        duplicates.clusters(own)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / sketches.BLOCK < 64
