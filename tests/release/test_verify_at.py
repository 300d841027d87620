"""`release verify URL`: a release elsewhere is copied as its own list says, and nothing there is changed."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.verify.run import verify, verify_at

CLAIMS = "data/claims/train-00000-of-00001.parquet"


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_release_on_a_web_server_is_verified_but_for_files_that_it_does_not_list(release: Path) -> None:
    with served(release.parent) as url:
        report = verify_at(f"{url}/{release.name}/")
    assert [one for one in report.findings if one.severity == "error"] == []
    assert (report.where, report.sums_sha256) == (f"{url}/{release.name}", verify(release).sums_sha256)
    assert "release-file-extra" in {one.rule for one in report.not_asked} - set(report.asked)


def test_what_a_web_server_sends_is_proved_and_kept_below_the_folder(release: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(release, tmp_path / "site" / release.name))
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  ../outside.txt\n")
    (tmp_path / "site/outside.txt").write_text("x", encoding="utf-8")
    (folder / "LICENSE").unlink()
    with (folder / CLAIMS).open("ab") as file:
        file.write(b"\0" * (1 << 20))
    with served(folder.parent) as url:
        found = {(one.rule, one.where) for one in verify_at(f"{url}/{release.name}").findings}
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert ("sums-line", f"SHA256SUMS: line {len(lines)}") in found
    assert {("release-file-missing", "LICENSE"), ("release-file-changed", CLAIMS)} <= found
    assert not [where for _, where in found if "outside" in where]


def test_a_store_says_which_files_it_has(release: Path) -> None:
    files = fsspec.filesystem("memory")
    files.put(str(release), "/verified", recursive=True)
    files.pipe_file("/verified/notes.txt", b"x")
    report = verify_at("memory://verified")
    assert {(one.rule, one.where) for one in report.findings if one.severity == "error"} == {
        ("release-file-extra", "notes.txt"),
        ("record-files", "release.json: files: notes.txt"),
    }
    files.rm("/verified", recursive=True)


def test_an_address_without_a_release_is_told(tmp_path: Path) -> None:
    with served(tmp_path) as url, pytest.raises(CorpusError) as caught:
        verify_at(f"{url}/nothing")
    assert str(caught.value).startswith(
        f"{url}/nothing: neither SHA256SUMS nor release.json is there. [release-missing]"
    )


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(CorpusError) as caught:
        verify_at("http://127.0.0.1:1/release")
    assert caught.value.rule == "store-unreachable"
