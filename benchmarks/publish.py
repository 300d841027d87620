"""What `release publish` costs beside a `create_commit` by hand, and what it sends again after an interruption.

    python benchmarks/publish.py dist/ukrcorpus-sample-0.1.0

Both write to the tests' stand-in of the Hub on this machine, so the network costs nothing and the checks show most.
Bytes are those of all bodies that the stand-in gets; for the folder, of the files that are written again.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.pop("HF_HUB_OFFLINE", None)
os.environ |= {"HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import hub_stand_in
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.publishing.publish import deliver, target_at
from ukrcorpus.release.publishing.publishable import check_publishable
from ukrcorpus.release.publishing.shipment import File, Shipment, open_shipment

N = 7
ADDRESS = "hf://datasets/group/n{}"


def main(release: Path) -> None:
    """Print the medians and the bytes."""
    shipment = open_shipment(release)
    print(f"{len(shipment.files)} files, {shipment.n_bytes:,} bytes; medians of {N}")
    with hub_stand_in.serve() as hub:
        os.environ |= {"HF_ENDPOINT": hub.url, "HF_TOKEN": hub.token}
        _times(hub, shipment)
        _again(hub, shipment)
    _again_in_a_folder(shipment)


def _times(hub: hub_stand_in.Hub, shipment: Shipment) -> None:
    from huggingface_hub import CommitOperationAdd, HfApi

    def by_hand(number: int) -> None:
        adds = [CommitOperationAdd(one.path, str(shipment.folder / one.path)) for one in shipment.files]
        HfApi().create_commit(f"group/n{number}", adds, commit_message="by hand", repo_type="dataset")

    def sent(number: int) -> None:
        target = target_at(ADDRESS.format(number))
        target.send(shipment, target.survey(shipment), _silent)

    def delivered(number: int) -> None:
        deliver(shipment, target_at(ADDRESS.format(number)), _silent, really=True)

    hand = _median(hub, by_hand)
    for what, work in (("looked at, sent and tagged", sent), ("and read back", delivered)):
        mine = _median(hub, work)
        print(f"{what}: {mine:.2f} s of CPU, by hand {hand:.2f} s: {mine / hand:.2f} times")
    start = time.process_time()
    check_publishable(shipment, None)
    print(f"checks before: {time.process_time() - start:.2f} s of CPU")


def _median(hub: hub_stand_in.Hub, work: Callable[[int], None]) -> float:
    """Return the CPU time of this process, the stand-in's part among it."""
    taken = []
    for number in range(N + 1):
        hub.make(f"group/n{number}")
        hub.objects.clear()
        start = time.process_time()
        work(number)
        taken.append(time.process_time() - start)
    return statistics.median(taken[1:])


def _again(hub: hub_stand_in.Hub, shipment: Shipment) -> None:
    from huggingface_hub.utils import _http

    _http.time.sleep = lambda _: None
    parquet = sorted(file.sha256 for file in shipment.files if file.path.endswith(".parquet"))
    faults = {
        "cut in the last of the LFS files": hub_stand_in.Fault("PUT", parquet[-1], times=9),
        "refused at the commit": hub_stand_in.Fault("POST", "/commit/", 403),
        "cut between commit and tag": hub_stand_in.Fault("POST", "/tag/", 500),
    }
    for what, fault in faults.items():
        hub.make("group/n0")
        hub.objects.clear()
        hub.faults = [fault]
        first = _received(hub, lambda: _stopped(shipment))
        hub.faults.clear()
        second = _received(hub, lambda: deliver(shipment, target_at(ADDRESS.format(0)), _silent, really=True))
        third = _received(hub, lambda: deliver(shipment, target_at(ADDRESS.format(0)), _silent, really=True))
        print(f"{what}: {first:,} bytes, then {second:,}, then {third:,}")


def _again_in_a_folder(shipment: Shipment) -> None:
    with tempfile.TemporaryDirectory() as folder:
        left = [len(shipment.files) * 2 // 3]

        def stop(_: File) -> None:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt

        try:
            deliver(shipment, target_at(folder), stop, really=True)
        except KeyboardInterrupt:
            there = deliver(shipment, target_at(folder), _silent, really=True).survey.there
        n_bytes = sum(file.n_bytes for file in shipment.files if file.path not in there)
        print(f"a folder, stopped after two files in three: then {n_bytes:,} bytes")


def _stopped(shipment: Shipment) -> None:
    try:
        deliver(shipment, target_at(ADDRESS.format(0)), _silent, really=True)
    except CorpusError:
        return
    raise AssertionError("the fault did not stop it")


def _received(hub: hub_stand_in.Hub, work: Callable[[], object]) -> int:
    before = hub.n_received
    work()
    return hub.n_received - before


def _silent(_: File) -> None:
    """Show nothing."""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
