"""Articles in a bucket of a real S3 server: the same bytes as in a folder, and errors that name the remedy."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

import s3_server
from article_rows import Row, row, write_input
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stamps import hashes
from ukrcorpus.normalise.bulk import normalise_here
from ukrcorpus.normalise.engines import Result, Task
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.places import Place, places
from ukrcorpus.normalise.run import silent
from ukrcorpus.schema.model import Schema

s3fs = pytest.importorskip("s3fs", reason="install the extra 's3'")
pytestmark = pytest.mark.skipif(s3_server.why_not() is not None, reason=str(s3_server.why_not()))
N = 12
CODE = "from ukrcorpus.cli import main; main()"


@dataclass(frozen=True)
class Bucket:
    """A bucket with articles in ``articles/``, and the folder that holds the same."""

    url: str
    server: s3_server.Server
    folder: str


@dataclass(frozen=True)
class Last:
    """An engine after whose work the server is gone."""

    server: s3_server.Server

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __call__(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        yield from map(work, tasks)
        self.server.stop()


@pytest.fixture
def bucket(s3: s3_server.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    use(s3.environment(), monkeypatch)
    found = Bucket(f"s3://b-{os.urandom(6).hex()}", s3, write_input(tmp_path / "in", rows()))
    s3fs.S3FileSystem().mkdir(found.url)
    for path in (tmp_path / "in").iterdir():
        Place(f"{found.url}/articles").put(path, path.name)
    return found


def rows() -> list[Row]:
    return [row(number) for number in range(N)]


def use(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for key in [key for key in os.environ if key.startswith(("AWS_", "FSSPEC_"))]:
        monkeypatch.delenv(key)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    s3fs.S3FileSystem.clear_instance_cache()


def command(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "FSSPEC_"))}
    argv = [sys.executable, "-c", CODE, "normalise", *words]
    return subprocess.run(argv, env=kept | environment, capture_output=True, text=True, check=False)


def as_fsspec(environment: dict[str, str]) -> dict[str, str]:
    """Return the same settings under the names that fsspec reads."""
    return {
        "FSSPEC_S3_ENDPOINT_URL": environment["AWS_ENDPOINT_URL"],
        "FSSPEC_S3_KEY": environment["AWS_ACCESS_KEY_ID"],
        "FSSPEC_S3_SECRET": environment["AWS_SECRET_ACCESS_KEY"],
    }


def refusal(given: str, output: str, schema: Schema) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        normalise_here(*places(given, output), schema, LocalEngine(1), silent)
    return caught.value


@pytest.mark.parametrize(("engine", "processes"), [("local", "1"), ("ray", "2")])
def test_a_bucket_changes_no_byte(engine: str, processes: str, bucket: Bucket, schema: Schema, tmp_path: Path) -> None:
    if engine == "ray":
        pytest.importorskip("ray", reason="install the extra 'cluster'")
    environment = bucket.server.environment()
    words = f"--engine {engine} --processes {processes} --input {bucket.url}/articles --output {bucket.url}/made"
    done = command(as_fsspec(environment) if engine == "ray" else environment, *words.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{N} articles in {bucket.url}/made; {N} of the corpus were made anew\n"
    s3fs.S3FileSystem().get(f"{bucket.url}/made/", str(tmp_path / "made"), recursive=True)
    here = Place((tmp_path / "here").as_uri())
    normalise_here(Place(bucket.folder), here, schema, LocalEngine(1), silent)
    assert hashes(tmp_path / "made", [tmp_path / "made"]) == hashes(tmp_path / "here", [tmp_path / "here"])


def test_a_second_run_takes_the_first_ones_place(bucket: Bucket, schema: Schema, tmp_path: Path) -> None:
    given, place = places(f"{bucket.url}/articles", f"{bucket.url}/made")
    (tmp_path / "x").write_text("of an earlier run\n", encoding="utf-8")
    place.put(tmp_path / "x", "articles.parquet/from-earlier.parquet")
    place.put(tmp_path / "x", "notes/mine.parquet")
    normalise_here(given, place, schema, LocalEngine(1), silent)
    left = {path.rpartition("/made/")[2] for path in s3fs.S3FileSystem().find(f"{bucket.url}/made")}
    assert {"notes/mine.parquet", "normalise.json", "articles.parquet"} <= left
    assert not any("earlier" in path or path.startswith(".") for path in left)


@pytest.mark.parametrize(("user", "secret"), [("owner", "0" * 40), ("guest", None)], ids=["wrong key", "no rights"])
def test_a_key_that_the_store_refuses_is_named_but_not_shown(
    user: str, secret: str | None, bucket: Bucket, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = bucket.server.environment(user, secret)
    use(environment, monkeypatch)
    error = refusal(f"{bucket.url}/articles", f"{bucket.url}/made", schema)
    assert (error.rule, error.where) == ("store-denied", f"{bucket.url}/articles")
    assert "AWS_SECRET_ACCESS_KEY" in error.remedy
    assert environment["AWS_SECRET_ACCESS_KEY"] not in str(error)
    assert environment["AWS_ACCESS_KEY_ID"] not in str(error)


def test_no_credentials_are_a_refusal_too(
    s3: s3_server.Server, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    use({"AWS_ENDPOINT_URL": s3.url, "AWS_EC2_METADATA_DISABLED": "true"}, monkeypatch)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    assert refusal("s3://somebody/articles", "s3://somebody/made", schema).rule == "store-denied"


@pytest.mark.parametrize(
    ("given", "output", "rule"),
    [
        ("s3://nobody-has-this/articles", "{bucket}/made", "input-missing"),
        ("{bucket}/nothing", "{bucket}/made", "input-missing"),
        ("{bucket}/articles", "s3://nobody-has-this/made", "store-missing"),
        ("{bucket}/articles", "{bucket}/articles/made", "output-inside-input"),
        ("{bucket}/made/articles.parquet", "{bucket}/made", "output-over-input"),
    ],
)
def test_an_address_that_cannot_serve_is_refused(
    given: str, output: str, rule: str, bucket: Bucket, schema: Schema
) -> None:
    given, output = given.format(bucket=bucket.url), output.format(bucket=bucket.url)
    assert refusal(given, output, schema).rule == rule
    assert not s3fs.S3FileSystem().exists("nobody-has-this"), "a slip in a name made a bucket"


def test_a_file_that_is_no_parquet_is_named(bucket: Bucket, schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("Not a table.\n", encoding="utf-8")
    Place(f"{bucket.url}/articles").put(tmp_path / "bad", "zzz.parquet")
    error = refusal(f"{bucket.url}/articles", f"{bucket.url}/made", schema)
    assert error.rule == "input-parquet"
    assert "zzz.parquet" in error.where


def test_a_server_that_goes_in_the_middle_leaves_no_mark(
    schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_input(tmp_path / "in", rows())
    with s3_server.serve(tmp_path) as server:
        use(server.environment(), monkeypatch)
        s3fs.S3FileSystem().mkdir("going")
        given, place = places((tmp_path / "in").as_uri(), "s3://going/made")
        with pytest.raises(CorpusError, match="store-unreachable"):
            normalise_here(given, place, schema, Last(server), silent)
        done = command(server.environment(), "--input", "s3://going/in", "--output", place.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert "s3://going/in: the store does not answer: Could not connect to the endpoint URL" in done.stderr
    assert "[store-unreachable]\n  Check that the server runs, and that AWS_ENDPOINT_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert server.owner not in done.stderr
    assert not list((tmp_path / "disks").rglob("*normalise.json*"))
