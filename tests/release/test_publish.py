"""Publishing to folders and object stores, and what is checked before anything is published."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fsspec.implementations.memory import MemoryFileSystem

import s3_server
from tiny_release import N_BYTES, tiny_release
from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.policy.withdrawals import Kind, Withdrawal
from ukrcorpus.release.publishing.publish import Publication, as_size, deliver, publish, published, target_at
from ukrcorpus.release.publishing.publishable import check_verified
from ukrcorpus.release.publishing.shipment import File, Shipment
from ukrcorpus.release.publishing.stores import StoreTarget
from ukrcorpus.release.publishing.targets import Standing
from ukrcorpus.release.text_free.rehydrated import REHYDRATED
from ukrcorpus.release.verify.run import verify, verify_at
from ukrcorpus.sources.withdrawals import with_entry, withdrawals_file

# Ends itself after the given number of files.
KILLED = """
import os, signal, sys
from pathlib import Path
from ukrcorpus.release.publishing.publish import deliver, target_at
from ukrcorpus.release.publishing.shipment import open_shipment
left = [int(sys.argv[3])]
def count(file):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
deliver(open_shipment(Path(sys.argv[1])), target_at(sys.argv[2]), count, really=True)
"""


@pytest.fixture
def shipment(tmp_path: Path) -> Shipment:
    return tiny_release(tmp_path / "built")


def silent(_: File) -> None:
    """Show nothing."""


def send(shipment: Shipment, url: str | Path) -> Publication:
    return deliver(shipment, target_at(str(url)), silent, really=True)


def refusal(shipment: Shipment, url: str | Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        send(shipment, url)
    return caught.value


def killed(shipment: Shipment, url: str | Path, n_files: int) -> None:
    words = [sys.executable, "-c", KILLED, str(shipment.folder), str(url), str(n_files)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL


def same(place: Path, shipment: Shipment) -> bool:
    return hashes(place, [place]) == {file.path: file.sha256 for file in shipment.files}


def test_a_folder_gets_one_folder_for_each_version(shipment: Shipment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert f"Published: {out}/tiny-1.0.0" in send(shipment, out).as_text()
    send(tiny_release(tmp_path / "newer", "1.10.0"), out)
    send(tiny_release(tmp_path / "between", "1.9.0"), out)
    (out / "mine").mkdir()
    (out / "mine/release.json").write_text('{"name": "another tool", "version": "v2"}', encoding="utf-8")
    assert sorted(path.name for path in out.iterdir()) == ["mine", "tiny-1.0.0", "tiny-1.10.0", "tiny-1.9.0"]
    assert same(out / "tiny-1.0.0", shipment)
    assert [one.version for one in published(str(out))] == ["1.0.0", "1.9.0", "1.10.0"]


def test_a_dry_run_writes_nothing(shipment: Shipment, tmp_path: Path) -> None:
    text = deliver(shipment, target_at(str(tmp_path / "out")), silent, really=False).as_text()
    assert text.splitlines()[1:4] == [
        f"  would go to {tmp_path}/out/tiny-1.0.0",
        "  file by file, release.json last",
        "",
    ]
    assert "  send    200.0 kB  data/t0/train.parquet" in text
    assert not (tmp_path / "out").exists()


def test_of_many_files_ten_are_named_and_the_rest_counted_with_their_size(tmp_path: Path) -> None:
    many = tiny_release(tmp_path / "built", **{f"docs/{number:02}.txt": "0123456789" for number in range(30)})
    plan = deliver(many, target_at(str(tmp_path / "out")), silent, really=False)
    lines = [line for line in plan.as_text().splitlines() if line.startswith("  send ")]
    left = as_size(sum(file.n_bytes for file in many.files[10:]))
    assert (len(lines), lines[-1]) == (11, f"  send   {left:>9}  and 26 more; --verbose names them")
    named = [line.split()[-1] for line in plan.as_text(verbose=True).splitlines() if line.startswith("  send ")]
    assert named == [file.path for file in many.files]


def test_a_version_that_is_there_is_compared_and_never_overwritten(shipment: Shipment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    send(shipment, out)
    assert send(shipment, out).survey.standing is Standing.PUBLISHED
    other = tiny_release(tmp_path / "other", LICENSE="Another one.\n")
    error = refusal(other, out)
    assert (error.rule, error.where) == ("publish-taken", f"{out}/tiny-1.0.0")
    assert same(out / "tiny-1.0.0", shipment)


def test_a_patch_with_other_rows_is_refused(shipment: Shipment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    send(shipment, out)
    send(tiny_release(tmp_path / "same", "1.0.1"), out)
    other = tiny_release(tmp_path / "other", "1.0.2")
    other.release["tables"]["articles"]["logical_hash"] = "another"
    error = refusal(other, out)
    assert (error.rule, error.where) == ("version-too-small", str(out))
    assert error.what == "1.0.2 is too small a step from 1.0.1, which is published: other rows in articles."
    assert error.remedy.startswith("Set 1.1.0 or more in corpus.toml;")
    send(tiny_release(tmp_path / "minor", "1.1.0"), out)


def test_killed_between_files_no_release_is_there_and_the_next_run_ends_it(shipment: Shipment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    killed(shipment, out, 4)
    assert not (out / "tiny-1.0.0").exists()
    assert published(str(out)) == ()
    done = send(shipment, out)
    assert (done.survey.standing, len(done.survey.there)) == (Standing.BEGUN, 4)
    assert same(out / "tiny-1.0.0", shipment)
    assert [path.name for path in out.iterdir()] == ["tiny-1.0.0"]


def test_a_file_that_was_cut_is_sent_again(shipment: Shipment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    begun = out / ".tiny-1.0.0.new" / "data"
    shutil.copytree(shipment.folder / "data", begun)
    (begun / "t0/train.parquet").write_bytes(b"cut")
    (begun / "t1/train.parquet").write_bytes(b"x" * N_BYTES)
    assert send(shipment, out).survey.there == {"data/t2/train.parquet"}
    assert same(out / "tiny-1.0.0", shipment)


def test_files_of_others_in_an_upload_that_was_begun_are_refused(shipment: Shipment, tmp_path: Path) -> None:
    begun = tmp_path / "out" / ".tiny-1.0.0.new"
    begun.mkdir(parents=True)
    (begun / "notes.md").write_text("Mine.\n", encoding="utf-8")
    error = refusal(shipment, tmp_path / "out")
    assert error.rule == "publish-foreign"
    assert "notes.md" in error.what


def test_a_version_that_somebody_changed_there_is_noticed(shipment: Shipment, tmp_path: Path) -> None:
    send(shipment, tmp_path / "out")
    (tmp_path / "out/tiny-1.0.0/README.md").write_text("Edited.\n", encoding="utf-8")
    (tmp_path / "out/tiny-1.0.0/data/t1/train.parquet").unlink()
    error = refusal(shipment, tmp_path / "out")
    assert error.rule == "publish-damaged"
    assert "data/t1/train.parquet, README.md" in error.what


def test_of_two_publishers_one_is_told(shipment: Shipment, tmp_path: Path) -> None:
    target = StoreTarget(str(tmp_path / "out"))
    survey = target.survey(shipment)
    send(shipment, tmp_path / "out")
    with pytest.raises(CorpusError, match="publish-race"):
        target.send(shipment, survey, silent)
    assert same(tmp_path / "out/tiny-1.0.0", shipment)


def test_a_release_does_not_go_into_itself(shipment: Shipment) -> None:
    assert refusal(shipment, shipment.folder / "copy").rule == "publish-inside"


def test_a_release_that_is_not_what_it_says_is_not_published(release: Path, tmp_path: Path) -> None:
    edited = Path(shutil.copytree(release, tmp_path / "edited"))
    (edited / "data/statements").rename(edited / "data/moved")
    with pytest.raises(CorpusError, match="release-file-missing"):
        publish(edited, str(tmp_path / "out"), silent, really=True)
    with pytest.raises(CorpusError) as caught:
        check_verified(tiny_release(tmp_path / "tiny"))
    assert caught.value.rule == "publish-unverified"
    assert caught.value.remedy == f"See them all (ukrcorpus release verify {tmp_path}/tiny), then build again."


def test_text_that_may_not_be_passed_on_is_not_published(release: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        publish(release, str(tmp_path / "out"), silent, really=True)
    assert caught.value.rule == "rights-held"
    assert caught.value.remedy == "Publish the text-free edition: ukrcorpus build --edition text-free."
    assert not (tmp_path / "out").exists()


def test_a_release_with_texts_put_back_is_not_published(release: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(release, tmp_path / "own"))
    record = json.loads((own / "release.json").read_text(encoding="utf-8"))
    (own / "release.json").write_text(json.dumps(record | {"edition": REHYDRATED}), encoding="utf-8")
    with pytest.raises(CorpusError, match="publish-edition"):
        publish(own, str(tmp_path / "out"), silent, really=True)


def test_a_release_older_than_a_withdrawal_is_not_published(
    release: Path, staged_project: Project, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(staged_project.root, tmp_path / "small"))
    tombstone = Withdrawal(Kind.PERSON, "per:zelensky", None, date(2026, 11, 22), "privacy")
    withdrawals_file(project).write_text(with_entry(None, tombstone), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        publish(release, str(tmp_path / "out"), silent, project=project)
    assert caught.value.rule == "publish-withdrawn"
    assert caught.value.what == "1 withdrawn since it was built, the first: person per:zelensky."


def test_a_release_that_changes_while_it_is_sent_is_not_published(shipment: Shipment, tmp_path: Path) -> None:
    def build(file: File) -> None:
        if file.path == "README.md":
            tiny_release(shipment.folder, LICENSE="Another one.\n")

    with pytest.raises(CorpusError) as caught:
        deliver(shipment, target_at(str(tmp_path / "out")), build, really=True)
    assert caught.value.rule == "publish-changed"
    assert not (tmp_path / "out/tiny-1.0.0").exists()


def test_the_listing_names_each_version(shipment: Shipment, tmp_path: Path) -> None:
    words = ["release", "list", "--to", str(tmp_path / "out")]
    none = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert (none.stdout, none.stderr) == ("", f"{tmp_path}/out: no version is published there.\n")
    send(shipment, tmp_path / "out")
    listed = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert listed.stdout == f"tiny 1.0.0  full       2026-11-22  {tmp_path}/out/tiny-1.0.0\n"


class Failing(MemoryFileSystem):  # type: ignore[misc]
    """A store whose answers repeat the secret key."""

    protocol = "failing"

    def put_file(self, *_: Any, **__: Any) -> None:
        raise ConnectionError(f"refused: {os.environ['AWS_SECRET_ACCESS_KEY']}")


def test_the_secret_key_is_in_no_message(shipment: Shipment, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    fsspec.register_implementation("failing", Failing, clobber=True)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-nobody-at-all")
    error = refusal(shipment, "failing://bucket")
    assert error.rule == "store-unreachable"
    assert "of-nobody-at-all" not in str(error) + repr(vars(error))


@pytest.fixture
def bucket(s3: s3_server.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    s3fs = pytest.importorskip("s3fs", reason="install the extra 's3'")
    for key, value in s3.environment().items():
        monkeypatch.setenv(key, value)
    s3fs.S3FileSystem.clear_instance_cache()
    url = f"s3://b-{os.urandom(6).hex()}"
    s3fs.S3FileSystem().mkdir(url)
    return url


def test_a_bucket_holds_each_version_once(bucket: str, shipment: Shipment, tmp_path: Path) -> None:
    import s3fs

    planned = deliver(shipment, target_at(f"{bucket}/public"), silent, really=False)
    assert f"would go to {bucket}/public/tiny-1.0.0" in planned.as_text()
    killed(shipment, f"{bucket}/public", 3)
    assert published(f"{bucket}/public") == ()
    done = send(shipment, f"{bucket}/public")
    assert (done.survey.standing, len(done.survey.there)) == (Standing.BEGUN, 3)
    assert send(shipment, f"{bucket}/public").survey.standing is Standing.PUBLISHED
    assert [one.address for one in published(f"{bucket}/public")] == [f"{bucket}/public/tiny-1.0.0"]
    s3fs.S3FileSystem().get(f"{bucket}/public/tiny-1.0.0", str(tmp_path / "fetched"), recursive=True)
    assert same(tmp_path / "fetched", shipment)
    other = tiny_release(tmp_path / "other", LICENSE="Another one.\n")
    assert refusal(other, f"{bucket}/public").rule == "publish-taken"


def test_a_release_in_a_bucket_is_verified(bucket: str, release: Path) -> None:
    import s3fs

    s3fs.S3FileSystem().put(str(release), f"{bucket}/{release.name}", recursive=True)
    report = verify_at(f"{bucket}/{release.name}")
    assert (report.n_errors, report.sums_sha256) == (0, verify(release).sums_sha256), report.as_text()


def test_of_two_publishers_to_a_bucket_one_is_told(bucket: str, shipment: Shipment, tmp_path: Path) -> None:
    target = StoreTarget(bucket)
    survey = target.survey(shipment)
    send(shipment, bucket)
    other = tiny_release(tmp_path / "other", LICENSE="Another one.\n")
    with pytest.raises(CorpusError, match="publish-race"):
        target.send(other, survey, silent)
    assert send(shipment, bucket).survey.standing is Standing.PUBLISHED


def test_an_upload_of_another_build_that_was_begun_is_not_mixed_with_this_one(
    bucket: str, shipment: Shipment, tmp_path: Path
) -> None:
    def stop(_: File) -> None:
        raise KeyboardInterrupt

    other = tiny_release(tmp_path / "other", LICENSE="Another one.\n")
    with pytest.raises(KeyboardInterrupt):
        deliver(other, target_at(bucket), stop, really=True)
    error = refusal(shipment, bucket)
    assert error.rule == "publish-foreign"
    assert "another build of this version" in error.what


def test_a_bucket_that_is_missing_or_refuses_is_named(
    bucket: str, s3: s3_server.Server, shipment: Shipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    assert refusal(shipment, "s3://nobody-has-this/public").rule == "store-missing"
    guest = s3.environment("guest")
    for key, value in guest.items():
        monkeypatch.setenv(key, value)
    s3fs.S3FileSystem.clear_instance_cache()
    error = refusal(shipment, bucket)
    assert error.rule == "store-denied"
    assert guest["AWS_SECRET_ACCESS_KEY"] not in str(error) + repr(vars(error))


def test_the_sums_go_first_and_what_can_be_loaded_last(shipment: Shipment) -> None:
    paths = [file.path for file in shipment.files]
    assert (paths[0], paths[-2:]) == ("SHA256SUMS", ["README.md", "release.json"])
