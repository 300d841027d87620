"""Every way in which a task is not fit to be sent: ``unsendable/<case>.json`` holds what is put into a good task, and
the exact findings. With one finding nothing is sent."""

import json
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.annotate.exchange.controls import Controls, same_config
from ukrcorpus.annotate.exchange.push_checks import check_tasks
from ukrcorpus.annotate.exchange.push_send import size_of
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema

CASES = Path(__file__).parent / "unsendable"
TEXT = "Kyiv 😀 asked for a truce."
SPAN = {"start": 0, "end": 4, "text": "Kyiv", "labels": ["mention"]}
RENEW = "If the new message is right: PYTHONPATH=tests:tests/annotate python -m test_push_checks"


def task_of(case: dict[str, Any]) -> Any:
    """Return a good task with what a case puts into it."""
    if "task" in case:
        return case["task"]
    options = [{"value": "gov:ua", "html": "Ukraine"}]
    data = {"text": TEXT, "article_id": "talks", "text_sha256": "0" * 64, "actor_options": options}
    span = {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "value": SPAN}
    who = {"id": "r1", "from_name": "actor_ids", "to_name": "text", "type": "choices"}
    result = [span, who | {"value": {"start": 0, "end": 4, "choices": ["gov:ua"]}}, *case.get("result", [])]
    prediction = {"model_version": "m1", "score": 0.5, "result": result} | case.get("prediction", {})
    return {"data": data | case.get("data", {}), "predictions": case.get("predictions", [prediction])}


def outcome(case: dict[str, Any], schema: Schema) -> str:
    """Return the findings as printed."""
    controls = Controls.of(labelling_config(schema), "schema")
    found = check_tasks([task_of(case)], controls, case.get("largest", 10_000), size_of)
    return "\n".join(one.as_text() for one in found)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_task_that_would_break_something_is_named_before_it_is_sent(path: Path, schema: Schema) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    assert outcome(case, schema) == "\n".join(case["message"]), RENEW


def test_a_good_task_has_no_finding(schema: Schema) -> None:
    assert outcome({}, schema) == ""


def test_no_number_that_is_none_goes_out(schema: Schema) -> None:
    assert "task-number" in outcome({"data": {"mean": float("nan")}}, schema)


def test_configurations_are_compared_without_comments_and_white_space(schema: Schema) -> None:
    config = labelling_config(schema)
    assert same_config(config, config.replace(">\n", ">").replace("<!-- Gen", "<!-- gen"), "schema")
    assert not same_config(config, config.replace('alias="author"', 'alias="writer"'), "schema")


def test_controls_of_one_store_have_their_values_in_common(schema: Schema) -> None:
    controls = Controls.of(labelling_config(schema), "schema").by_name
    searches = [one for name, one in controls.items() if name.endswith("_search")]
    assert len(searches) > 1
    assert all(one.values is not None and "gov:ua" in one.values for one in searches)


@pytest.mark.parametrize("config", ["<View>", "", '<!DOCTYPE v [<!ENTITY a "b">]><View>&a;</View>'])
def test_a_configuration_that_cannot_be_read_is_refused(config: str) -> None:
    with pytest.raises(CorpusError, match="config-syntax"):
        Controls.of(config, "server 'lab', project 1")


def renew() -> None:
    """Write the present messages into the cases."""
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(Path(__file__).parents[2] / "schema")
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        case["message"] = outcome(case, schema).splitlines()
        path.write_text(json.dumps(case, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
