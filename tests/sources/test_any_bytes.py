"""Whatever bytes come in: they are used or refused, and no input ends in a traceback or loses a good record."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from containers import PAGE, ingested, jsonl, put, warc
from ukrcorpus.core.project import Project

GOOD = {
    "news.jsonl": jsonl(*({"text": f"Article {n}.", "date": "2025-08-14"} for n in range(5))).encode(),
    "news.csv": b'title;text\r\na;One.\r\nb;"Two;\r\nlines ""x""."\r\nc;Three.\r\n',
    "crawl.warc": warc({}, {"kind": "request"}, {}),
    "crawl.warc.gz": warc({}, {"kind": "request"}, {}),
    "news.jsonl.gz": jsonl({"html": PAGE, "url": "https://gazette.example"}).encode(),
}


@settings(max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32), st.integers(1, 12))
def test_a_damaged_file_is_read_or_refused_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int, n_damages: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    project = Project(folder / "project")
    project.raw.mkdir(parents=True)
    file = put(folder, name, GOOD[name])
    file.write_bytes(damaged(file.read_bytes(), random.Random(seed), n_damages))  # noqa: S311 - damage, no secret
    lines = ingested(project, file)
    assert sum(lines.counts.values()) or not file.stat().st_size
    assert lines.as_text()


def damaged(data: bytes, chance: random.Random, n_damages: int) -> bytes:
    """Change, cut out, repeat or put in bytes at random places."""
    for _ in range(n_damages):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 9, 80))
        new = chance.choice((b"", chance.randbytes(length), data[at : at + length] * 2, b'"', b"\r\n", b"\0"))
        data = data[:at] + new + data[at + chance.choice((0, length)) :]
    return data


@settings(max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.binary(max_size=400))
def test_foreign_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("foreign")
    project = Project(folder / "project")
    project.raw.mkdir(parents=True)
    file = folder / name
    file.write_bytes(data)
    assert ingested(project, file).as_text()
