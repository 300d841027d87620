"""`release purge`: a dataset of the Hub keeps its newest version, and no byte of those before."""

from pathlib import Path

import pytest

from hub_repository import Entry, Repository
from hub_stand_in import Fault, Hub
from tiny_release import tiny_release
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.publishing.hub import HubTarget
from ukrcorpus.release.publishing.publish import deliver, published
from ukrcorpus.release.publishing.purge import purge
from ukrcorpus.release.publishing.shipment import Shipment

URL = "hf://datasets/group/corpus"
WORD = "withdrawn-word"


@pytest.fixture
def newest(hub: Hub, tmp_path: Path) -> Shipment:
    """The second of two versions that are published; only the first one has the word, on a branch too."""
    for version in ("1.0.0", "2.0.0"):
        texts = {"notes.md": WORD, "data/old/train.parquet": WORD} if version == "1.0.0" else {}
        shipment = tiny_release(tmp_path / version, version, **texts)
        send(shipment)
    repository = hub.repositories["group/corpus"]
    repository.branches["draft"] = repository.tags["v1.0.0"]
    return shipment


def send(shipment: Shipment) -> None:
    deliver(shipment, HubTarget(URL), lambda _: None, really=True)


def reachable(hub: Hub) -> list[Entry]:
    """Every file that a ref of the repository leads to, through the history."""
    repository: Repository = hub.repositories["group/corpus"]
    oids, found = [*repository.branches.values(), *repository.tags.values()], list[Entry]()
    while oids:
        commit = repository.commits[oids.pop()]
        found += commit.tree.values()
        oids += [commit.parent] if commit.parent else []
    return found


def check_purged(hub: Hub, newest: Shipment) -> None:
    repository = hub.repositories["group/corpus"]
    assert [commit.message for commit in repository.history] == ["v2.0.0, without the versions before"]
    assert repository.tags == {"v2.0.0": repository.branches["main"]}
    assert list(repository.branches) == ["main"]
    assert not any(WORD.encode() in entry.data for entry in reachable(hub))
    assert {entry.sha256 for entry in reachable(hub) if entry.is_lfs} == set(hub.objects)
    assert [one.version for one in published(URL)] == ["2.0.0"]
    send(newest)  # reads every file back, and changes nothing


def test_a_purged_dataset_holds_the_newest_version_and_no_byte_of_the_ones_before(hub: Hub, newest: Shipment) -> None:
    assert any(WORD.encode() in entry.data for entry in reachable(hub))
    done = purge(URL, really=True)
    check_purged(hub, newest)
    lines = done.as_text().splitlines()
    assert lines[:3] == [
        f"{URL}: v2.0.0 stays as it is on main, with a new commit and without a history",
        "  went  the tag v1.0.0",
        "  went  the branch draft",
    ]
    assert sum("bytes, last as data/" in line for line in lines) == 4
    assert lines[-1] == "Purged."
    assert purge(URL, really=True).objects == ()
    check_purged(hub, newest)


def test_a_dry_run_says_the_same_and_changes_nothing(hub: Hub, newest: Shipment) -> None:
    hub.seen.clear()
    told = purge(URL)
    assert (told.tags, told.branches, len(told.objects)) == (("v1.0.0",), ("draft",), 4)
    assert told.as_text().endswith("this is a dry run. It cannot be undone; purge with --yes.")
    assert {method for method, _ in hub.seen} <= {"GET", "HEAD"}


def test_a_request_to_merge_is_out_of_reach_and_said_so(hub: Hub, newest: Shipment) -> None:
    hub.repositories["group/corpus"].pulls["1"] = hub.repositories["group/corpus"].tags["v1.0.0"]
    assert "  stays  refs/pr/1: close it, or have the Hub's support delete it" in purge(URL).as_text().splitlines()


@pytest.mark.parametrize(
    ("path", "late"),
    [("/tag/v2", False), ("/super-squash/", False), ("/super-squash/", True), ("/lfs-files/batch", True)],
)
def test_a_purge_that_was_cut_off_is_finished_by_publishing_and_purging_again(
    hub: Hub, newest: Shipment, path: str, late: bool
) -> None:
    hub.faults = [Fault(method, path, 403, late=late) for method in ("POST", "DELETE")]
    with pytest.raises(CorpusError, match="hub-forbidden"):
        purge(URL, really=True)
    hub.faults = []
    send(newest)
    purge(URL, really=True)
    check_purged(hub, newest)


def refusal() -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        purge(URL, really=True)
    return caught.value


def test_what_is_no_tagged_release_is_refused_before_anything_goes(hub: Hub, newest: Shipment) -> None:
    repository = hub.repositories["group/corpus"]
    writes = len(hub.sent("super-squash"))
    repository.tags["v3.0.0"] = repository.tags["v2.0.0"]
    assert refusal().what == "main does not hold v3.0.0 as its tag has it."
    del repository.tags["v3.0.0"]
    repository.add("main", "by hand", repository.history[0].tree | {"more.md": Entry(b"more", is_lfs=False)})
    assert refusal().rule == "purge-untagged"
    hub.repositories["group/corpus"] = Repository("group/corpus")
    assert refusal().rule in ("purge-untagged", "hub-missing")
    assert len(hub.sent("super-squash")) == writes
    assert not [one for one in hub.seen if one[0] == "DELETE"]


def test_nothing_goes_while_the_list_of_objects_lacks_one_of_the_newest_version(hub: Hub, newest: Shipment) -> None:
    lfs = next(entry for entry in hub.repositories["group/corpus"].history[0].tree.values() if entry.is_lfs)
    hub.objects.pop(lfs.sha256)
    found = refusal()
    assert (found.rule, found.what) == (
        "purge-objects",
        "the Hub's list of large files lacks 1 of main, so it cannot be told which may go.",
    )
