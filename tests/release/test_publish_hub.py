"""Publishing to the Hub: one commit and one tag for each version, whatever happens on the way."""

import logging
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from huggingface_hub import constants

from hub_repository import Entry
from hub_stand_in import Fault, Hub
from tiny_release import N_BYTES, tiny_release
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.publishing.hub import HubTarget
from ukrcorpus.release.publishing.publish import Publication, deliver, published
from ukrcorpus.release.publishing.shipment import Shipment
from ukrcorpus.release.publishing.targets import Standing
from ukrcorpus.release.verify.run import verify_at

# It is huggingface_hub that gives its HTTP library what is to be sent under an old name.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>':DeprecationWarning")
URL = "hf://datasets/group/corpus"
COMMIT, TAG, OBJECT = r"/commit/main$", r"/tag/", r"^/lfs/"
PUBLISH = """
import sys
from pathlib import Path
from ukrcorpus.release.publishing.publish import deliver, target_at
from ukrcorpus.release.publishing.shipment import open_shipment
deliver(open_shipment(Path(sys.argv[1])), target_at(sys.argv[2]), lambda file: None, really=True)
"""


@pytest.fixture
def shipment(tmp_path: Path) -> Shipment:
    return tiny_release(tmp_path / "tiny-1.0.0")


def send(shipment: Shipment, url: str = URL) -> Publication:
    return deliver(shipment, HubTarget(url), lambda _: None, really=True)


def refusal(shipment: Shipment, url: str = URL) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        send(shipment, url)
    return caught.value


def check_published_once(hub: Hub, shipment: Shipment) -> None:
    """Main has one commit beside the first, the tag names it, and it holds the release."""
    repository = hub.repositories["group/corpus"]
    assert [commit.message for commit in repository.history] == ["tiny 1.0.0", "initial commit"]
    assert repository.tags == {"v1.0.0": repository.branches["main"]}
    tree = repository.history[0].tree
    assert {path: entry.sha256 for path, entry in tree.items() if path != ".gitattributes"} == {
        file.path: file.sha256 for file in shipment.files
    }


def test_a_release_is_one_commit_with_a_tag(hub: Hub, shipment: Shipment) -> None:
    done = send(shipment)
    assert done.survey.standing is Standing.ABSENT
    check_published_once(hub, shipment)
    assert len(hub.sent(COMMIT)) == 1
    assert f"Published: {URL}@v1.0.0" in done.as_text()


def test_a_release_of_the_hub_is_verified_at_its_tag(hub: Hub, release: Path) -> None:
    files = {path.relative_to(release).as_posix(): path for path in sorted(release.rglob("*")) if path.is_file()}
    repository = hub.repositories["group/corpus"]
    tree = {name: Entry(path.read_bytes(), is_lfs=path.suffix == ".parquet") for name, path in files.items()}
    attributes = repository.history[0].tree
    repository.tags["v0.1.0"] = repository.add("main", "0.1.0", attributes | tree).oid
    repository.add("main", "later", attributes)
    report = verify_at(f"{URL}@v0.1.0")
    assert (report.n_errors, report.n_files) == (0, len(files) + 1), report.as_text()


def test_a_dry_run_changes_nothing(hub: Hub, shipment: Shipment) -> None:
    planned = deliver(shipment, HubTarget(URL), lambda _: None, really=False)
    assert {method for method, _ in hub.seen} <= {"GET", "HEAD"}
    text = planned.as_text()
    assert f"would go to {URL}@v1.0.0" in text
    assert "  send    200.0 kB  data/t0/train.parquet" in text
    assert "  leave             .gitattributes" in text
    assert text.endswith("Nothing was sent: this is a dry run. Publish with --yes.")


def test_a_version_that_is_published_is_read_back_and_not_sent_again(hub: Hub, shipment: Shipment) -> None:
    send(shipment)
    hub.seen.clear()
    hub.n_received = 0
    done = send(shipment)
    assert (done.survey.standing, hub.n_received) == (Standing.PUBLISHED, 0)
    assert "is published already, with the same content" in done.as_text()
    check_published_once(hub, shipment)


def test_a_published_version_is_not_overwritten(hub: Hub, shipment: Shipment, tmp_path: Path) -> None:
    send(shipment)
    other = tiny_release(tmp_path / "other", LICENSE="Another one.\n")
    hub.n_received = 0
    error = refusal(other)
    assert error.rule == "publish-taken"
    assert "LICENSE" in error.what
    assert hub.n_received == 0
    check_published_once(hub, shipment)


def test_the_next_version_takes_the_files_of_the_old_one_away_and_leaves_others(hub: Hub, tmp_path: Path) -> None:
    send(tiny_release(tmp_path / "old", LICENSE="Mine.\n", **{"schema/old.toml": "a = 1\n"}))
    repository = hub.repositories["group/corpus"]
    repository.add("main", "a picture", repository.history[0].tree | {"plot.svg": Entry(b"<svg/>", is_lfs=False)})
    newer = tiny_release(tmp_path / "new", "1.1.0", LICENSE="Mine.\n")
    done = send(newer)
    assert done.survey.there == {"LICENSE"}
    assert (done.survey.goes, done.survey.newest) == (("schema/old.toml",), "1.0.0")
    assert done.survey.stays == (".gitattributes", "plot.svg")
    assert repository.history[0].tree.keys() == {file.path for file in newer.files} | {".gitattributes", "plot.svg"}
    assert "schema/old.toml" in repository.commits[repository.tags["v1.0.0"]].tree
    assert [one.version for one in published(URL)] == ["1.0.0", "1.1.0"]


def test_an_older_version_does_not_become_main(hub: Hub, shipment: Shipment, tmp_path: Path) -> None:
    send(tiny_release(tmp_path / "new", "1.10.0"))
    assert refusal(tiny_release(tmp_path / "old", "1.9.0")).rule == "publish-older"


def test_a_patch_with_other_rows_does_not_follow(hub: Hub, shipment: Shipment, tmp_path: Path) -> None:
    send(shipment)
    send(tiny_release(tmp_path / "same", "1.0.1"))
    other = tiny_release(tmp_path / "other", "1.0.2")
    other.release["tables"]["articles"]["logical_hash"] = "another"
    assert refusal(other).rule == "version-too-small"


def test_another_corpus_does_not_go_where_one_is(hub: Hub, shipment: Shipment, tmp_path: Path) -> None:
    send(shipment)
    error = refusal(tiny_release(tmp_path / "other", "2.0.0", name="another"))
    assert (error.rule, error.what) == (
        "publish-corpus",
        "releases of 'tiny' are published there, not of 'another'.",
    )


@pytest.mark.parametrize("url", ["hf://models/group/corpus", "hf://datasets/corpus", f"{URL}@main", f"{URL}/data"])
def test_an_address_that_is_no_dataset_is_refused(url: str) -> None:
    with pytest.raises(CorpusError, match="publish-address"):
        HubTarget(url)


def test_a_missing_repository_is_made_only_if_asked_for(hub: Hub, tmp_path: Path, shipment: Shipment) -> None:
    elsewhere = "hf://datasets/group/elsewhere"
    assert refusal(shipment, elsewhere).rule == "hub-missing"
    planned = deliver(shipment, HubTarget(elsewhere, create=True), lambda _: None, really=False)
    assert "it will be made, private" in planned.as_text()
    assert list(hub.repositories) == ["group/corpus"]
    deliver(shipment, HubTarget(elsewhere, create=True), lambda _: None, really=True)
    assert hub.repositories["group/elsewhere"].tags.keys() == {"v1.0.0"}


@pytest.mark.parametrize(
    ("fault", "rule", "n_files_sent_again"),
    [
        (Fault("PUT", OBJECT, times=99), "hub-unreachable", 3),
        (Fault("PUT", OBJECT, 500, times=99), "hub-failed", 3),
        (Fault("POST", "objects/batch", 429, times=9), "hub-busy", 3),
        (Fault("POST", COMMIT, times=9), "hub-unreachable", 0),
        (Fault("POST", COMMIT, 401, times=9), "hub-denied", 0),
        (Fault("POST", COMMIT, 403, times=9), "hub-forbidden", 0),
        (Fault("POST", COMMIT, 409, times=9), "hub-moved", 0),
        (Fault("POST", COMMIT, 412, times=9), "hub-moved", 0),
        (Fault("POST", COMMIT, 413, times=9), "hub-refused", 0),
        (Fault("POST", COMMIT, 500, times=9), "hub-failed", 0),
        (Fault("POST", COMMIT, 429, times=9), "hub-busy", 0),
        (Fault("POST", TAG, times=9), "hub-unreachable", 0),
        (Fault("POST", TAG, 403, times=9), "hub-forbidden", 0),
        (Fault("POST", TAG, 500, times=9), "hub-failed", 0),
        (Fault("GET", "/refs$", 401), "hub-denied", 3),
        (Fault("GET", "/resolve/", 500, times=99), "hub-failed", 0),
    ],
    ids=lambda value: f"{value.path} {value.status or 'cut'}" if isinstance(value, Fault) else "",
)
def test_after_a_fault_the_next_run_publishes_one_version(
    fault: Fault, rule: str, n_files_sent_again: int, hub: Hub, shipment: Shipment
) -> None:
    hub.faults = [fault]
    error = refusal(shipment)
    assert error.rule == rule
    assert error.remedy
    hub.faults.clear()
    hub.seen.clear()
    send(shipment)
    assert len(hub.sent(OBJECT)) == n_files_sent_again
    check_published_once(hub, shipment)


def test_a_cut_in_mid_upload_is_tried_again_by_the_client(hub: Hub, shipment: Shipment) -> None:
    hub.faults = [Fault("PUT", OBJECT), Fault("PUT", OBJECT, 500), Fault("POST", "objects/batch", 429)]
    send(shipment)
    check_published_once(hub, shipment)


def test_what_an_interrupted_upload_had_sent_is_not_sent_again(hub: Hub, shipment: Shipment) -> None:
    parquet = sorted(file.sha256 for file in shipment.files if file.path.endswith(".parquet"))
    hub.faults = [Fault("PUT", parquet[0], times=9)]
    assert refusal(shipment).rule == "hub-unreachable"
    hub.faults.clear()
    hub.n_received = 0
    send(shipment)
    assert N_BYTES < hub.n_received < 1.1 * N_BYTES
    check_published_once(hub, shipment)


@pytest.mark.parametrize(
    "fault",
    [Fault("POST", COMMIT, late=True), Fault("POST", COMMIT, 504, late=True), Fault("POST", TAG, late=True)],
    ids=["answer of the commit lost", "commit after a time-out", "answer of the tag lost"],
)
def test_a_lost_answer_makes_no_second_version(fault: Fault, hub: Hub, shipment: Shipment) -> None:
    hub.faults = [fault]
    send(shipment)
    check_published_once(hub, shipment)


def test_a_commit_without_its_tag_gets_only_the_tag(hub: Hub, shipment: Shipment) -> None:
    hub.faults = [Fault("POST", TAG, 500)]
    refusal(shipment)
    assert hub.repositories["group/corpus"].tags == {}
    hub.seen.clear()
    planned = deliver(shipment, HubTarget(URL), lambda _: None, really=False)
    assert "The commit is there and lacks its tag." in planned.as_text()
    send(shipment)
    assert [path for method, path in hub.seen if method == "POST"] == [
        f"/api/datasets/group/corpus/tag/{hub.repositories['group/corpus'].branches['main']}"
    ]
    check_published_once(hub, shipment)


def test_killed_between_commit_and_tag_the_next_run_tags(hub: Hub, shipment: Shipment) -> None:
    kept = {key: value for key, value in os.environ.items() if key != "HF_HUB_OFFLINE"}
    running: list[subprocess.Popen[bytes]] = []
    hub.faults = [Fault("POST", TAG, then=lambda: running[0].kill())]  # noqa: PLW0108 - it runs later
    running.append(subprocess.Popen([sys.executable, "-c", PUBLISH, shipment.folder, URL], env=kept))
    assert running[0].wait(60) == -signal.SIGKILL
    assert hub.repositories["group/corpus"].tags == {}
    assert send(shipment).survey.standing is Standing.UNTAGGED
    check_published_once(hub, shipment)


def test_a_commit_of_somebody_else_meanwhile_stops_the_upload(hub: Hub, shipment: Shipment) -> None:
    repository = hub.repositories["group/corpus"]

    def commit() -> None:
        tree = repository.history[0].tree | {"notes.md": Entry(b"Mine.\n", is_lfs=False)}
        repository.add("main", "notes", tree)

    hub.faults = [Fault("POST", "objects/batch", times=1, late=True, then=commit)]
    error = refusal(shipment)
    assert error.rule == "hub-moved"
    assert error.remedy == "See what changed there, then run the command again: it starts from the newest commit."
    assert repository.tags == {}
    done = send(shipment)
    assert [commit.message for commit in repository.history] == ["tiny 1.0.0", "notes", "initial commit"]
    assert "notes.md" in done.survey.stays


def test_a_release_that_changes_while_it_is_sent_gets_no_tag(hub: Hub, shipment: Shipment) -> None:
    def build() -> None:
        tiny_release(shipment.folder, LICENSE="Another one.\n")

    hub.faults = [Fault("POST", COMMIT, late=True, then=build)]
    assert refusal(shipment).rule == "publish-changed"
    assert hub.repositories["group/corpus"].tags == {}


def test_a_file_that_changed_on_the_way_is_noticed(hub: Hub, shipment: Shipment) -> None:
    send(shipment)
    repository = hub.repositories["group/corpus"]
    tree = repository.history[0].tree
    lying = Entry(b"x" * N_BYTES, is_lfs=True)
    object.__setattr__(lying, "data", b"y" * N_BYTES)
    tree["data/t0/train.parquet"] = lying
    with pytest.raises(CorpusError) as caught:
        HubTarget(URL).read_back(shipment)
    assert (caught.value.rule, "data/t0/train.parquet" in caught.value.what) == ("publish-damaged", True)


def test_offline_and_xet_are_said_with_what_to_set(
    hub: Hub, shipment: Shipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", False)
    error = refusal(shipment)
    assert (error.rule, "HF_HUB_DISABLE_XET=1" in error.remedy) == ("hub-xet", True)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert refusal(shipment).rule == "hub-offline"


@pytest.mark.parametrize("status", [401, 403, 412, 500])
def test_the_token_is_shown_nowhere(  # noqa: PLR0913, PLR0917 - all that could show it
    status: int,
    hub: Hub,
    shipment: Shipment,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    hub.faults = [Fault("POST", COMMIT, status, times=9, echo=True)]
    error = refusal(shipment)
    hub.faults = [Fault("PUT", OBJECT, 500)]
    done = send(shipment)
    seen = [str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error)), done.as_text()]
    seen += [repr(done), caplog.text, *capfd.readouterr()]
    assert not [text for text in seen if hub.token in text or "X-Amz-Signature" in text]
    assert error.__cause__ is None
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if hub.token.encode() in path.read_bytes()]
