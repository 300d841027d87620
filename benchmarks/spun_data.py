"""The texts that spun-text detection is fitted and measured on: fetched, read or made here, and kept in no repository.

Genuine news: the 300 Australian news texts (2000-2001) that the package gensim ships for its tests; the first half is
for fitting, the second for measuring. Thesauri: WordNet 3.0 (Debian wordnet-base) for fitting, the office thesaurus
(Debian mythes-en-us) for measuring. Word ranks: the package wordsegment. Genuine English by people who write it as a
second language, and real spun pages: files of one's own, ``=== kind`` before each text.
"""

import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "build" / "spun-benchmark"
PACKAGES = ("gensim==4.4.0", "wordsegment==1.3.1")
DEBIAN = ("wordnet-base", "mythes-en-us")
NEWS = "gensim/test/test_data/lee_background.cor"
RANKS = "wordsegment/unigrams.txt"
HALF = 150
PAGES = Path(__file__).parents[1] / "tests" / "normalise" / "pages"


def fetch(folder: Path = FOLDER) -> Path:
    """Download what is missing with pip and apt-get, unpacked into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / NEWS).exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check"]
        subprocess.run([*pip, "-d", folder, *PACKAGES], check=True)
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(folder, [name for name in archive.namelist() if name in (NEWS, RANKS)])
    if not (folder / "usr").exists():
        subprocess.run(["apt-get", "download", "-q", *DEBIAN], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    return folder


def news(folder: Path) -> list[str]:
    """Return the genuine news texts in their order."""
    return [line.strip() for line in (folder / NEWS).read_text(encoding="utf-8").splitlines() if line.strip()]


def pages(half: int) -> list[str]:
    """Return one half (0 or 1, by name) of this repository's English test pages as an editor wants them."""
    files = [file for file in sorted(PAGES.glob("*.toml")) if sha256(file.stem.encode()).digest()[0] % 2 == half]
    found = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return ["\n".join(line for _, line in page["expected"]) for page in found if page["language"] == "en"]


def joined(texts: list[str], n: int) -> list[str]:
    """Return texts of ``n`` neighbours each: longer articles."""
    return ["\n".join(texts[at : at + n]) for at in range(0, len(texts) - n + 1, n)]


def ranks(folder: Path) -> dict[str, int]:
    """Return each word's rank by frequency on the web."""
    lines = (folder / RANKS).read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: rank for rank, line in enumerate(lines)}


def own_texts(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each text in the ``*.src`` files of a folder."""
    for file in sorted(folder.glob("*.src")) if folder else ():
        for part in file.read_text(encoding="utf-8").split("=== ")[1:]:
            kind, _, text = part.partition("\n")
            yield kind.strip(), text.strip()
