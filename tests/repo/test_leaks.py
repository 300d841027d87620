"""Nothing of a machine, of a person or of the example articles stands in the repository."""

import re
from pathlib import Path

import pytest

# Put together from parts, so that this file does not hold what it looks for.
_FOLDERS = ("work", "root", "opt", "home")
_HOSTS = ("pypi org", "pythonhosted org", "npmjs org", "debian org", "golang org", "crates io")
_PATH = re.compile(r"(?<![\w.:/*-])/(?:" + "|".join(_FOLDERS) + r")/")
_HOST = re.compile(r"\b(?:" + "|".join(host.replace(" ", r"\.") for host in _HOSTS) + r")\b")
# A domain ends in letters; NAME@v1.2.0 is a version of a dataset.
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)*\.[^\W\d][\w-]*)")
_RESERVED = re.compile(r"(?:.+\.)?(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)")
_N_WORDS = 12


def found(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    return [f"{path}: {match[0]}" for path, text in texts.items() for match in pattern.finditer(text)]


def runs(text: str) -> set[str]:
    """Every run of twelve words, without case and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + _N_WORDS]) for at in range(len(words) - _N_WORDS + 1)}


@pytest.mark.parametrize("pattern", [_PATH, _HOST], ids=["path of a machine", "host of a registry"])
def test_no_file_names_a_machine(texts: dict[str, str], pattern: re.Pattern[str]) -> None:
    assert found(pattern, texts) == []


def test_no_file_holds_an_e_mail_address(texts: dict[str, str]) -> None:
    addresses = {(path, match[0]) for path, text in texts.items() for match in _ADDRESS.finditer(text)}
    assert {(path, one) for path, one in addresses if not _RESERVED.fullmatch(one.partition("@")[2])} == set()


def test_no_file_holds_a_sentence_of_the_example_articles(texts: dict[str, str], seeds: tuple[Path, ...]) -> None:
    known = set().union(*(runs(seed.read_text(encoding="utf-8")) for seed in seeds))
    assert len(known) > 1_000
    taken = {path: sorted(runs(text) & known)[:3] for path, text in texts.items()}
    assert {path: lines for path, lines in taken.items() if lines} == {}
