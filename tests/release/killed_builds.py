# ruff: noqa: T201, S311 - a script that says what it does; its numbers are no secrets
"""Builds killed with SIGKILL, at random times and before random file operations, and what they leave.

    python killed_builds.py PROJECT N SEED

PROJECT has two states, ``raw`` and ``raw.other``, and each killed build was to lead from the one to the other. After a
kill the release is whole, as it was or as it is to be; every Parquet file can be read; nothing hidden can be loaded as
a release but a whole one. The next build makes what a build from nothing makes, and nothing is left over.

This process only loads modules and forks: no library has started its pool of threads, which would be lost in a child.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.release.build import build

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.rmtree", "ctypes.dlsym"}
LOADED = ("datasets", "mlcroissant", "pandera.polars", "ukrcorpus.validate.catalogue")
BUSY = 3
Trees = dict[str, dict[str, str]]


def main() -> None:
    for module in LOADED:  # before the forks, so that no child has to
        import_module(module)
    root, n, draw = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    project = Project(root)
    clean: dict[str, Trees] = {}
    for state in ("raw", "raw.other"):
        to_state(project, state)
        shutil.rmtree(project.build, ignore_errors=True)
        shutil.rmtree(project.dist, ignore_errors=True)
        start = time.perf_counter()
        n_writes = counted(lambda: made(project))
        took_s = time.perf_counter() - start
        clean[state] = trees(project)
    print(f"a build takes {took_s:.2f} s and {n_writes} operations that write", flush=True)
    was = "raw.other"
    for number in range(n):
        to_be = "raw" if was == "raw.other" else "raw.other"
        to_state(project, to_be)
        moment = killed_by_time(project, draw, took_s) if number % 2 else killed_by_count(project, draw, n_writes)
        trouble = in_child(lambda w=was, t=to_be: left_whole(project, clean[w], clean[t]))  # type: ignore[misc]
        trouble = trouble or in_child(lambda t=to_be: finished(project, clean[t]))  # type: ignore[misc]
        print(f"{number + 1}: {to_be}, killed {moment}: {trouble or 'ok'}", flush=True)
        if trouble:
            raise SystemExit(1)
        was = to_be
    to_state(project, "raw.other" if was == "raw" else "raw")
    trouble = at_once(project) or in_child(lambda: finished(project, clean["raw.other" if was == "raw" else "raw"]))
    print(f"two at once: {trouble or 'ok'}", flush=True)
    raise SystemExit(bool(trouble))


def at_once(project: Project) -> str:
    """Say what is wrong with two builds that begin together: one builds, the other one says that it may not."""
    children = [os.fork(), 0]
    if children[0]:
        children[1] = os.fork()
    if not all(children):
        quietly(lambda: alone(project))
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    return "" if codes == [0, BUSY] else f"they ended with {codes}"


def alone(project: Project) -> None:
    try:
        made(project)
    except CorpusError as error:
        os._exit(BUSY if error.rule == "project-busy" else 1)


def to_state(project: Project, state: str) -> None:
    """Make ``raw/`` what it is in a state; its files keep their times."""
    states = project.root.parent / "states"
    if not states.exists():
        states.mkdir()
        for name in ("raw", "raw.other"):
            (project.root / name).rename(states / name)
    shutil.rmtree(project.raw, ignore_errors=True)
    shutil.copytree(states / state, project.raw)


def made(project: Project) -> None:
    done = build(project)
    assert done.folder, done.report and done.report.as_text()


def trees(project: Project) -> Trees:
    return {"dist": hashes(project.root, [project.dist]), "build": hashes(project.root, [project.build])}


def killed_by_time(project: Project, draw: random.Random, took_s: float) -> str:
    wait_s = draw.uniform(0, took_s)
    child = os.fork()
    if not child:
        quietly(lambda: made(project))
    time.sleep(wait_s)
    os.kill(child, signal.SIGKILL)
    return f"after {wait_s:.3f} s ({ended(child)})"


def killed_by_count(project: Project, draw: random.Random, n_writes: int) -> str:
    count = draw.randint(1, n_writes)
    child = os.fork()
    if not child:
        left, last = count, ""

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal left, last
            if is_write(event, args):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        quietly(lambda: made(project))
    return f"before write {count} ({ended(child)})"


def counted(work: Callable[[], None]) -> int:
    """Do work in a child and return how many writing operations it took."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        n = 0

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal n
            n += is_write(event, args)

        def report() -> None:
            work()
            os.write(writer, str(n).encode())

        sys.addaudithook(hook)
        quietly(report)
    os.close(writer)
    said = os.read(reader, 20)
    os.close(reader)
    os.waitpid(child, 0)
    return int(said)


def is_write(event: str, args: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in WRITES


def quietly(work: Callable[[], object]) -> None:
    """Do a child's work and end it."""
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - it is printed, and the child ends
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(child: int) -> str:
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "killed" if code == -signal.SIGKILL else f"it had ended with {code}"


def in_child(question: Callable[[], str]) -> str:
    """Return what a question says that is asked in a child, for this process must start no thread."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        quietly(lambda: os.write(writer, question().encode()))
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read()
    return said or ("" if ended(child) == "it had ended with 0" else "the check itself failed")


def left_whole(project: Project, before: Trees, after: Trees) -> str:
    """Say what is wrong with what a killed build left."""
    now = hashes(project.root, [project.dist])
    if now not in (before["dist"], after["dist"]):
        return f"the release is neither the old nor the new one: {json.dumps(differing(now, before['dist']))}"
    for path in (*project.build.rglob("*.parquet"), *project.dist.rglob("*.parquet")):
        if path.is_file():
            read_table(path)
    for path in project.dist.glob(".*"):
        names = hashes(path, [path])
        try:
            open_folder(path, verify=True)
        except CorpusError:
            continue
        inner = [{name.split("/", 2)[2]: digest for name, digest in tree["dist"].items()} for tree in (before, after)]
        if names not in inner:
            return f"{path.name} can be loaded and is no whole release"
    return ""


def finished(project: Project, clean: Trees) -> str:
    """Say what is wrong with what the next build makes."""
    made(project)
    for name, tree in trees(project).items():
        if tree != clean[name]:
            return f"{name}/ is not what a build from nothing makes: {json.dumps(differing(tree, clean[name]))}"
    hidden = [one for top in (project.build, project.dist) for one in top.rglob(".*")]
    left = [one.name for one in hidden if one.suffix in (".tmp", ".new", ".old", ".next")]
    return f"left over: {', '.join(left)}" if left else ""


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))[:5]


if __name__ == "__main__":
    main()
