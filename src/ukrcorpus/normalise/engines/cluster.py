"""The engine of many machines: Ray, here or at ``RAY_ADDRESS``.

A project's shards are Ray tasks; Parquet from one address to another goes through Ray Data, which reads it, runs the
passes over its batches and brings the records of each part together. The canonical writer comes last in both.
"""

import logging
import os
import shutil
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.parts import part_name
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import write_table
from ukrcorpus.normalise.bulk import finish, pending_in, read_group, row_groups, starts_of, twice
from ukrcorpus.normalise.duplicates import clusters
from ukrcorpus.normalise.engines import Result, Task
from ukrcorpus.normalise.makers import maker_digest
from ukrcorpus.normalise.parts import WHOLE, Part, between
from ukrcorpus.normalise.places import Place
from ukrcorpus.normalise.records import error_of, record_of, record_schema, rows_in
from ukrcorpus.normalise.run import NormaliseReport
from ukrcorpus.normalise.shards import Work, record_digest
from ukrcorpus.normalise.sketches import Sketches
from ukrcorpus.schema.model import Schema

_AHEAD: Final = 4  # tasks waiting for each processor


@contextmanager
def session(processes: int | None = None) -> Iterator[Any]:
    """Start Ray, or join the cluster at ``RAY_ADDRESS``; leave nothing running and no file behind.

    A cluster of this machine listens on 127.0.0.1 only, has no dashboard and reports no usage.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if "RAY_ADDRESS" not in os.environ:
        # The switch that keeps Ray on the loopback interface; it takes no address for it.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    import ray
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what a task raises is raised here too
    ray.data.DataContext.get_current().enable_progress_bars = False
    quiet: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
    if "RAY_ADDRESS" in os.environ:
        ray.init(**quiet)
        folder = None
    else:
        folder = tempfile.mkdtemp(prefix="ukrcorpus-ray-")
        ray.init(num_cpus=processes, address="local", include_dashboard=False, _temp_dir=folder, **quiet)
    try:
        yield ray
    finally:
        ray.shutdown()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class RayEngine:
    """Runs tasks as Ray tasks; the nodes see the project's folder at the same path."""

    ray: Any

    def __enter__(self) -> Self:
        """Do nothing: a session has begun already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: the session ends by itself."""

    def __call__(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they come; see ``Engine``."""
        do = self.ray.remote(_do)
        held, waiting = self.ray.put(work), iter(tasks)
        ahead = _AHEAD * _processors(self.ray)
        under_way: list[Any] = []
        while True:
            under_way += [do.remote(held, task) for task in islice(waiting, ahead - len(under_way))]
            if not under_way:
                return
            done, under_way = self.ray.wait(under_way, num_returns=1)
            yield from self.ray.get(done)


def _processors(ray: Any) -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _do(work: Callable[[Any], Any], task: Any) -> Any:
    return work(task)


@dataclass(slots=True)
class _Head:
    """What must be known of all records: where parts begin, near-duplicates, what is set aside, whether one part."""

    starts: tuple[str, ...]
    clusters: pa.Table
    twice: frozenset[str]
    refused: tuple[CorpusError, ...]
    n: int
    alone: bool


def normalise_there(ray: Any, given: Place, place: Place, schema: Schema) -> NormaliseReport:
    """Normalise Parquet from one address to another with Ray Data; the mark ``normalise.json`` comes last."""
    work = Work(Path(), schema, maker_digest(schema))
    groups = row_groups(given, schema)
    place.try_out()
    place.clear()
    with _as_told(ray):
        arrow = {"batch_format": "pyarrow", "batch_size": 1}
        records = ray.data.from_items(groups).map_batches(partial(_records, work, given), **arrow).materialize()
        head = _head(records, given.url)
        if head.n:
            parted = records.map_batches(partial(_with_part, head.starts), batch_format="pyarrow")
            write = partial(_write_group, place, schema, head)
            partitions = min(len(head.starts) + 1, _AHEAD * _processors(ray))
            parted.groupby("part", num_partitions=partitions).map_groups(write, batch_format="pyarrow").materialize()
        else:
            _write(place, schema, head, part_name(None), record_schema(schema).empty_table())
    report = NormaliseReport(head.n - len(head.refused), head.n - len(head.refused), head.refused)
    finish(place, schema, report)
    return report


@contextmanager
def _as_told(ray: Any) -> Iterator[None]:
    """Raise the mistake that a task found instead of Ray's account of the task."""
    try:
        yield
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, CorpusError):
            raise error.cause from error
        raise


def _records(work: Work, given: Place, groups: pa.Table) -> Iterator[pa.Table]:
    for group in groups.to_pylist():
        for rows in read_group(given, group["path"], group["group"]):
            pending = pending_in(rows, work.schema, given.url)
            records = [record_of(one, record_digest(work, one), work.schema.repairs) for one in pending]
            yield pa.Table.from_pylist(records, schema=record_schema(work.schema))


def _head(records: Any, where: str) -> _Head:
    seen: Counter[str] = Counter()
    refused: dict[str, CorpusError] = {}
    for rows in _columns(records, "article_id", "refused"):
        seen.update(rows["article_id"].to_pylist())
        for row in rows.filter(pc.is_valid(rows["refused"])).to_pylist():
            refused[row["article_id"]] = error_of(row["refused"])
    several = {one: n for one, n in seen.items() if n > 1}
    refused |= {one: twice(one, n, where) for one, n in several.items()}
    found = _clusters(records, pa.array(sorted(several), pa.string()))
    reasons = tuple(error for _, error in sorted(refused.items()))
    return _Head(tuple(starts_of(seen)), found, frozenset(several), reasons, len(seen), len(seen) <= WHOLE)


def _clusters(records: Any, several: pa.Array) -> pa.Table:
    """Return the near-duplicates among the articles but for those whose ids name several."""
    sketches = Sketches()
    for rows in _columns(records, "article_id", "signature"):
        sketches.add(rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=several))))
    return clusters(sketches)


def _columns(records: Any, *names: str) -> Iterable[pa.Table]:
    found: Iterable[pa.Table] = records.select_columns(list(names)).iter_batches(batch_format="pyarrow")
    return found


def _with_part(starts: tuple[str, ...], batch: pa.Table) -> pa.Table:
    numbers = [bisect_right(starts, one) for one in batch["article_id"].to_pylist()]
    return batch.append_column("part", pa.array(numbers, pa.int64()))


def _write_group(place: Place, schema: Schema, head: _Head, group: pa.Table) -> pa.Table:
    number = group["part"][0].as_py()
    name = part_name(head.starts[number - 1] if number else None)
    several = pa.array(sorted(head.twice), pa.string())
    records = group.filter(pc.invert(pc.is_in(group["article_id"], value_set=several)))
    ends = [None, *head.starts, None][number : number + 2]
    own = replace(head, clusters=between(head.clusters, *ends))
    _write(place, schema, own, name, records.sort_by("article_id"))
    return pa.table({"part": [name]})


def _write(place: Place, schema: Schema, head: _Head, name: str, records: pa.Table) -> None:
    """Write the tables of a part by the canonical writer, and put them at the address."""
    with tempfile.TemporaryDirectory(prefix="ukrcorpus-") as scratch:
        for table, path in Part(name, (), head.alone, head.clusters).files(Path(scratch)).items():
            write_table(path, rows_in(records, table, schema, head.clusters))
            place.put(path, path.relative_to(scratch).as_posix())
