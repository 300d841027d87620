"""A push and a pull of thousands of tasks on a real local server: seconds, and the server's memory.

    python benchmarks/studio.py [N_TASKS] [FOLDER]

Every task has a text of about 5,000 characters and one annotation of 30 regions, as if it had been labelled. The
second push finds everything there. Needs Label Studio: ``tools/setup label-studio``, or UKRCORPUS_LABEL_STUDIO.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from synthetic import article

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.pull import PullOptions, pull
from ukrcorpus.annotate.exchange.push import push_tasks
from ukrcorpus.annotate.exchange.push_report import PushOptions
from ukrcorpus.annotate.studio.place import place_of
from ukrcorpus.annotate.studio.servers import down, up
from ukrcorpus.annotate.studio.state import read_state
from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.new import new_project

N_REGIONS = 30
N_CHARACTERS = 5_000
WHO = "annotator-01"


def main() -> None:
    n_tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    project = new_project(folder / "studio")
    schema = read_schema(project.schema)
    server = up(project, WHO, None, lambda _: None).server
    try:
        with Client(server.name, server.url, server.token) as client:
            options = PushOptions(blind=True)
            made = [task(number) for number in range(n_tasks)]

            def push() -> object:
                return push_tasks(project, schema, client, made, options=options, progress=lambda _, __: None)

            measure(project, f"push of {n_tasks} tasks", push)
            measure(project, "second push, nothing to do", push)
            measure(project, "pull of all", lambda: pull(project, schema, client, PullOptions(WHO)))
            measure(project, "second pull, nothing new", lambda: pull(project, schema, client, PullOptions(WHO)))
    finally:
        down(project, WHO, lambda _: None)


def task(number: int) -> dict[str, Any]:
    text = "\n".join(article(one) for one in range(number * 3, number * 3 + 3))[:N_CHARACTERS]
    data = {"article_id": f"a-{number}", "text": text, "text_sha256": sha256(text.encode()).hexdigest()}
    data |= {"scheme_version": "0", "step": "both", "layout": "", "review": ""}
    spans = [(at, at + 60) for at in range(0, N_REGIONS * 80, 80)]
    result = [
        {
            "id": f"r{start}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": ["claim"]},
        }
        for start, end in spans
    ]
    annotation = {"result": result, "was_cancelled": False, "ground_truth": False, "lead_time": 60.0}
    options = {"actor_options": [], "source_options": []}
    return {"data": {**data, **options}, "annotations": [annotation]}


def measure(project: Project, what: str, work: Callable[[], object]) -> None:
    started, own = time.perf_counter(), time.process_time()
    work()
    took, cpu = time.perf_counter() - started, time.process_time() - own
    print(f"{what}: {took:.1f} s, {cpu:.1f} s of them our CPU; server {server_memory(project)}", flush=True)


def server_memory(project: Project) -> str:
    state = read_state(place_of(project, WHO))
    assert state is not None
    assert state.process is not None
    lines = Path(f"/proc/{state.process.pid}/status").read_text(encoding="utf-8").splitlines()
    kept = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return f"{kept['VmRSS']} MB, peak {kept['VmHWM']} MB"


if __name__ == "__main__":
    main()
