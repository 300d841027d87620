"""Actors outside the registry: with quote, article and count on the worklist, and not among the published actors."""

import json

from click.testing import CliRunner

from annotated_exports import ACCEPTS, ARTICLE, HELPS, SUPPORTS, Workshop, claim
from ukrcorpus.annotate.worklist import read_worklist
from ukrcorpus.cli import commands


def disputed(workshop: Workshop) -> None:
    """Two annotators miss a harbour master, one of them in two claims; one misses an actor that is there by now."""
    workshop.annotate("model-a", claim(ACCEPTS, unlisted_actor="the harbour master"))
    marks = (
        claim(ACCEPTS, unlisted_actor="The Harbour Master (relayer)"),
        claim(SUPPORTS, unlisted_actor="the harbour master"),
        claim(HELPS, unlisted_actor="vladimir putin (holder)"),
    )
    workshop.annotate("model-b", *marks)


def test_each_actor_stands_once_with_its_places_and_who_missed_it(workshop: Workshop) -> None:
    disputed(workshop)
    harbour, putin = read_worklist(workshop.project, workshop.schema)
    assert (harbour.name, harbour.n_articles, harbour.actor_ids) == ("the harbour master", 1, ())
    assert [(one.article_id, one.quote, one.n_annotators) for one in harbour.places] == [
        (ARTICLE, ACCEPTS, 2),
        (ARTICLE, SUPPORTS, 1),
    ]
    assert harbour.places[0].typed == ("The Harbour Master (relayer)", "the harbour master")
    assert (putin.name, putin.actor_ids) == ("vladimir putin", ("per:putin",))


def test_nobody_of_the_worklist_is_published_as_an_actor(workshop: Workshop) -> None:
    disputed(workshop)
    workshop.run()
    assert [row for row in workshop.rows("claim_sources") if "harbour" in json.dumps(row).lower()] == []
    assert {row["unlisted_actor"] for row in workshop.rows("annotations") if row["unlisted_actor"]} != set()


def test_the_command_prints_the_worklist(workshop: Workshop) -> None:
    disputed(workshop)
    call = ["--project", str(workshop.project.root), "annotate", "worklist"]
    text = CliRunner().invoke(commands, call)
    assert text.output.splitlines()[0] == "the harbour master: 2 places in 1 articles"
    assert "the registry has it by now: per:putin" in text.output
    [first, _] = json.loads(CliRunner().invoke(commands, [*call, "--json"]).output)
    assert (first["places"][0]["quote"], first["places"][0]["layer"]) == (ACCEPTS, "claim")


def test_an_empty_worklist_says_so(workshop: Workshop) -> None:
    result = CliRunner().invoke(commands, ["--project", str(workshop.project.root), "annotate", "worklist"])
    assert (result.output, result.exit_code) == ("no actor is missing\n", 0)
