"""``release publish``: a checked release to the Hub, an object store or a folder; a version is published once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import Project
from ukrcorpus.release.publishing.hub import HUB, HubTarget
from ukrcorpus.release.publishing.publishable import check_publishable
from ukrcorpus.release.publishing.shipment import Shipment, open_shipment
from ukrcorpus.release.publishing.stores import StoreTarget
from ukrcorpus.release.publishing.targets import Progress, Standing, Survey, Target, Version

_UNITS: Final = ("B", "kB", "MB", "GB")
_KILO: Final = 1000
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Publication:
    """What a run would do, or did (``sent``), with what the place held before."""

    shipment: Shipment
    survey: Survey
    sent: bool
    checked: tuple[str, ...] = ()

    def as_text(self, *, verbose: bool = False) -> str:
        """Return the lines a person reads; of the files that become one thing the first ten, if not ``verbose``."""
        return "\n".join([*self._head(), *self._files(verbose=verbose), *self._checks(), "", self._end()])

    def _head(self) -> list[str]:
        one = self.shipment
        size = f"{len(one.files)} files, {as_size(one.n_bytes)}"
        where = f"  {'to' if self.sent else 'would go to'} {self.survey.address}"
        return [f"{one.name} {one.version}, {one.edition} edition: {size}, from {one.folder}", where, self._way(), ""]

    def _way(self) -> str:
        newest = f"; the newest there was {self.survey.newest}" if self.survey.newest else ""
        return f"  {self.survey.how}{newest}"

    def _files(self, *, verbose: bool) -> list[str]:
        if self.survey.standing in (Standing.PUBLISHED, Standing.UNTAGGED):
            return []
        there = [file for file in self.shipment.files if file.path in self.survey.there]
        rest = [file for file in self.shipment.files if file.path not in self.survey.there]
        groups: dict[str, list[tuple[str, int | None]]] = {
            "there": [(file.path, file.n_bytes) for file in there],
            "sent" if self.sent else "send": [(file.path, file.n_bytes) for file in rest],
            "delete": [(path, None) for path in self.survey.goes],
            "leave": [(path, None) for path in self.survey.stays],
        }
        lines = [line for does, files in groups.items() for line in _listed(does, files, verbose=verbose)]
        return [*lines, ""]

    def _checks(self) -> list[str]:
        back = ("every file was read back from there, each with its SHA-256",) if self.sent else ()
        return [
            "Checked",
            *(f"  {line}" for line in (*self.checked, *back)),
            f"SHA-256 of its SHA256SUMS, which stands for every byte: {self.shipment.sums_sha256}",
        ]

    def _end(self) -> str:
        if self.survey.standing is Standing.PUBLISHED:
            return f"{self.survey.address} is published already, with the same content; nothing was to be sent."
        if self.sent:
            check = f"Anybody can check it: ukrcorpus release verify {self.survey.address}"
            return f"Published: {self.survey.address}\n{check}"
        missing = "The repository is not there; it will be made, private. " if self.survey.missing else ""
        untagged = "The commit is there and lacks its tag. " if self.survey.standing is Standing.UNTAGGED else ""
        return f"{missing}{untagged}Nothing was sent: this is a dry run. Publish with --yes."


def _listed(does: str, files: Sequence[tuple[str, int | None]], *, verbose: bool) -> Iterator[str]:
    """Yield a line a file, and how many are not shown, with their size where it is known."""
    shown = files if verbose or len(files) <= _SHOWN + 1 else files[:_SHOWN]
    for path, n_bytes in shown:
        yield f"  {does:<7}{'' if n_bytes is None else as_size(n_bytes):>9}  {path}"
    left = files[len(shown) :]
    if left:
        sizes = [n_bytes for _, n_bytes in left if n_bytes is not None]
        size = as_size(sum(sizes)) if sizes else ""
        yield f"  {does:<7}{size:>9}  and {len(left):,} more; --verbose names them"


def publish(  # noqa: PLR0913 - what, from where, whereto, and how
    folder: Path,
    url: str,
    progress: Progress,
    *,
    project: Project | None = None,
    really: bool = False,
    create: bool = False,
) -> Publication:
    """Check a release and what is at an address, and with ``really`` send it and read it back.

    Whatever interrupts it, the next run goes on where it stopped. A version that is there with the same content is
    read back again and changes nothing. ``project`` is where the release comes from, if that is here.
    """
    shipment = open_shipment(folder)
    checked = check_publishable(shipment, project)
    return replace(deliver(shipment, target_at(url, create=create), progress, really=really), checked=checked)


def deliver(shipment: Shipment, target: Target, progress: Progress, *, really: bool) -> Publication:
    """Bring a checked release to its place, or say what that would take."""
    survey = target.survey(shipment)
    if really:
        if survey.standing is not Standing.PUBLISHED:
            target.send(shipment, survey, progress)
        target.read_back(shipment)
    return Publication(shipment, survey, really)


def published(url: str) -> tuple[Version, ...]:
    """Return the versions that are published at an address."""
    return target_at(url).versions()


def target_at(url: str, *, create: bool = False) -> Target:
    """Return the place at an address: a dataset of the Hub, or a folder that fsspec knows."""
    return HubTarget(url, create=create) if url.startswith(HUB) else StoreTarget(url)


def as_size(n_bytes: float) -> str:
    """Return a size in the unit that suits it.

    >>> as_size(512), as_size(1_716_163)
    ('512 B', '1.7 MB')
    """
    power = 0
    while n_bytes >= _KILO and power < len(_UNITS) - 1:
        n_bytes, power = n_bytes / _KILO, power + 1
    return f"{n_bytes:.1f} {_UNITS[power]}" if power else f"{n_bytes} B"
