"""Addresses of folders: what cannot be reached is refused with its remedy, and no password is shown."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from article_rows import row, write_input
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.places import Place, places

NO_S3FS = "import sys; sys.modules['s3fs'] = None; from ukrcorpus.cli import main; main()"


class Keeping(MemoryFileSystem):  # type: ignore[misc]
    """A store that keeps everything and says nothing of it, as S3 does of keys without the right to delete."""

    protocol = "keeping"

    def rm(self, path: Any, *args: Any, **words: Any) -> None:
        pass


def test_without_the_library_of_s3_the_extra_is_named(tmp_path: Path) -> None:
    words = ["normalise", "--input", "s3://bucket/in", "--output", tmp_path.as_uri()]
    done = subprocess.run([sys.executable, "-c", NO_S3FS, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "s3://bucket/in: Install s3fs to access S3. [store-extra]\n"
        "  Install the extra for it: pip install 'ukrcorpus[s3]'.\n"
    )


@pytest.mark.parametrize(("url", "rule"), [("s4://bucket/in", "store-unknown"), ("gs://bucket/in", "store-extra")])
def test_an_address_that_nothing_here_can_read_is_refused(url: str, rule: str) -> None:
    with pytest.raises(CorpusError) as caught:
        Place(url)
    assert (caught.value.rule, caught.value.where) == (rule, url)


def test_the_password_in_an_address_is_shown_nowhere() -> None:
    with pytest.raises(CorpusError) as caught:
        Place("s4://someone:hunter22@host/in")
    assert "hunter22" not in str(caught.value)
    assert caught.value.where == "s4://host/in"


def test_a_secret_in_what_a_store_says_is_replaced_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_SECRET_KEY", "of-nobody")
    with pytest.raises(CorpusError) as caught, Place(tmp_path.as_uri()).reading(str(tmp_path / "of-nobody.parquet")):
        pass
    assert caught.value.rule == "store-missing"
    assert "$SOME_SECRET_KEY.parquet" in caught.value.what
    assert "of-nobody" not in str(caught.value)


def test_an_output_that_would_replace_the_input_is_refused(tmp_path: Path) -> None:
    write_input(tmp_path / "articles.parquet", [row(1)])
    with pytest.raises(CorpusError, match="output-over-input"):
        places((tmp_path / "articles.parquet").as_uri(), tmp_path.as_uri())
    places((tmp_path / "articles").as_uri(), tmp_path.as_uri())


def test_a_store_that_does_not_delete_is_noticed(tmp_path: Path) -> None:
    fsspec.register_implementation("keeping", Keeping, clobber=True)
    place = Place("keeping://made")
    (tmp_path / "x").write_text("of an earlier run\n", encoding="utf-8")
    place.clear()
    place.put(tmp_path / "x", "articles.parquet/from-earlier.parquet")
    with pytest.raises(CorpusError, match="store-kept"):
        place.clear()
