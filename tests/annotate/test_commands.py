import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from annotated_exports import ACCEPTS, REFUSES, Workshop, claim
from ukrcorpus.cli import commands

Call = Callable[..., Result]
ZELENSKYY = claim(ACCEPTS, ["per:zelensky"])


@pytest.fixture
def call(workshop: Workshop) -> Call:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["--project", str(workshop.project.root), *arguments])

    return run


def test_import_adjudicate_and_agreement_from_the_command_line(workshop: Workshop, call: Call) -> None:
    for name, marks in (("model-a", (ZELENSKYY,)), ("model-b", (ZELENSKYY, claim(REFUSES, ["gov:ru"])))):
        file = workshop.export(name, *marks)
        done = call("annotate", "import", str(file), "--server", name, "--as", name, "--kind", "model")
        assert done.exit_code == 0
        assert done.output.startswith(f"imported annotations/exports/{name}-2026")
    done = call("annotate", "adjudicate")
    start = workshop.text.index(REFUSES)
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            f"truce: claim {start}..{start + len(REFUSES)}: open (unit): unit (model-b: marked it)",
            "conflicts about unit: 0 decided, 1 open",
            "1 ids minted, 0 ids kept; 0 set aside",
        ],
    )
    page = workshop.project.root / "build" / "agreement.html"
    said = call("agreement", "--samples", "3", "--page", str(page))
    assert said.stdout.splitlines()[0] == "1 articles, 2 rounds of model-a (model), model-b (model)"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    found = json.loads(call("agreement", "--json", "--samples", "3").stdout)
    assert found["annotators"] == {"model-a": "model", "model-b": "model"}
    assert {one["value"] for one in found["figures"] if one["measure"] == "gamma"} > {None}
    tombstone = f'article_id = "truce"\nraw_sha256 = "{"0" * 64}"\nwithdrawn_on = 2026-11-22\nreason_class = "rights"\n'
    path = workshop.project.raw / "withdrawals.toml"
    path.write_text(f"format = 1\n\n[[withdrawals]]\n{tombstone}", encoding="utf-8")
    assert call("agreement", "--samples", "3").stdout.startswith("No article has two blind rounds")


def test_an_export_with_something_to_set_aside_is_imported_and_exits_with_one(workshop: Workshop, call: Call) -> None:
    file = workshop.export("model-a", claim(ACCEPTS, ["per:nobody"]))
    done = call("annotate", "import", str(file), "--server", "lab")
    assert done.exit_code == 1
    assert "[actor-unknown]" in done.output
    assert "imported annotations/exports/annotator-01-2026-11-01.json" in done.output


def test_tasks_are_written_for_an_upload(workshop: Workshop, call: Call) -> None:
    assert call("annotate", "tasks").output == "wrote 1 tasks to build/tasks.json\n"
