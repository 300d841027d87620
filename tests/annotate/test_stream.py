"""Reading task by task gives what reading whole gives: the same tasks, the same findings, the same errors."""

import json
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_exports import ENTRY, annotation, claim, mention, result, task
from refused_exports import CASES, GOOD, TEXT, export_of, whole
from ukrcorpus.annotate.exports.export import read_json, read_tasks, write_json
from ukrcorpus.annotate.exports.splitting import CutShortError, Splitter
from ukrcorpus.annotate.exports.stream import stream_ours, stream_tasks
from ukrcorpus.annotate.exports.tabulate import tabulate
from ukrcorpus.annotate.values import Problems, Task
from ukrcorpus.core.problems import CorpusError, Finding
from ukrcorpus.core.tables import read_table
from ukrcorpus.schema.model import Schema

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.lists(st.dictionaries(st.sampled_from(["id", "}", '"', "last"]) | st.text(), JSON, max_size=4), max_size=6)


def loaded(piece: bytes) -> dict[str, Any] | None:
    try:
        return dict(json.loads(piece))
    except ValueError:
        return None


@given(OBJECTS, st.integers(1, 64), st.booleans(), st.sampled_from([None, 1, " "]))
def test_pieces_are_the_objects_of_the_list_whatever_is_read_at_once(
    objects: list[Any], at_once: int, as_is: bool, indent: Any
) -> None:
    data = json.dumps(objects, ensure_ascii=not as_is, indent=indent).encode("utf-8", "surrogatepass")
    file = BytesIO(data)
    found = [item for _, item in Splitter(lambda _: file.read(at_once), loaded)]
    assert found == objects


@given(OBJECTS.filter(bool), st.data())
def test_a_list_that_is_cut_short_ends_in_an_error(objects: list[Any], data: st.DataObject) -> None:
    text = json.dumps(objects).encode()
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(CutShortError):
        list(Splitter(BytesIO(text[:cut]).read, loaded))


def slow(data: bytes, schema: Schema) -> tuple[list[Task], list[Finding]]:
    problems = Problems("a.json")
    return list(read_tasks(read_json(data, "a.json"), schema, problems, coded=True)), problems.findings


def fast(data: bytes, schema: Schema) -> tuple[list[Task], list[Finding]]:
    problems = Problems("a.json")
    return list(stream_tasks(data, schema, problems, coded=True)), problems.findings


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_every_refused_case_reads_the_same_between_good_tasks(path: Path, schema: Schema) -> None:
    good = export_of({}, schema)
    tasks = [*good, *export_of(json.loads(path.read_text(encoding="utf-8")), schema), *good]
    data = write_json(tasks)
    assert fast(data, schema) == slow(data, schema)


def test_the_samples_read_the_same_and_take_the_short_way(schema: Schema) -> None:
    pytest.importorskip("msgspec")
    from ukrcorpus.annotate.exports.plain import PlainReader

    for path in sorted((Path(__file__).parents[2] / "annotations" / "exports").glob("*.json")):
        data = path.read_bytes()
        assert fast(data, schema) == slow(data, schema)
        reader = PlainReader(schema, "a.json", coded=True)
        assert all(plain is not None for _, plain in Splitter(BytesIO(data).read, reader.read))


def test_without_msgspec_every_task_takes_the_long_way(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_json(export_of({}, schema))
    expected = fast(data, schema)
    monkeypatch.setitem(__import__("sys").modules, "ukrcorpus.annotate.exports.plain", None)
    assert fast(data, schema) == expected


# What may stand in the place of any value of a good export.
ODD = [None, True, 0, -1, 3.5, 10**30, "", " ", "\x00", "claim", "🇺🇦", [], {}, [None], ["claim"], {"start": 1}, [["x"]]]


@given(st.data())
def test_an_export_with_anything_in_any_place_reads_the_same(schema: Schema, data: st.DataObject) -> None:
    marks = [GOOD, claim("Moscow refused it", ["gov:ru"], note="one"), mention("Kyiv", "gov:ua")]
    made = annotation(1, "annotator-01", result(TEXT, marks, schema))
    export: Any = [task("talks", TEXT, [made]), task("talks", TEXT, [made])]
    for _ in range(data.draw(st.integers(1, 2))):
        place, key = export, 1
        while place and (isinstance(place[key], dict | list) and place[key]) and data.draw(st.integers(0, 6)):
            place = place[key]
            key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if place is not export:
            place[key] = deepcopy(data.draw(st.sampled_from(ODD)))
    text = json.dumps(export).encode()
    assert fast(text, schema) == slow(text, schema)


def test_actors_that_were_searched_for_read_the_same(schema: Schema) -> None:
    items = result(TEXT, [GOOD], schema)
    next(one for one in items if one["from_name"] == "source_ids")["from_name"] = "source_ids_search"
    data = write_json([task("talks", TEXT, [annotation(1, "annotator-01", items)])])
    assert fast(data, schema) == slow(data, schema)
    assert fast(data, schema)[0][0].rounds[0].regions[0].answers["source_ids"] == ("gov:ua",)


@pytest.mark.parametrize(
    "data",
    [b"", b"[", b"[]", b"{}", b"[1]", b'[{"a":1}]', b'[{"a":1},]', b'[{"a":1} {"a":2}]', b'[{"a":1}]x', b"[{]}"],
)
def test_what_is_no_export_is_refused_in_the_same_words(data: bytes, schema: Schema) -> None:
    says = []
    for read in (slow, fast):
        try:
            says.append(str(read(data, schema)))
        except CorpusError as error:
            says.append(str(error))
    assert says[0] == says[1]


@pytest.mark.parametrize(
    "data",
    [b"", b"[", b"[]", b"{}", b"[1]", b'[{"a":1}]', b'[{"a":1} {"a":2}]', b'[{"a":NaN}]', b'[{"a":"\xff"}]', b"[{]}"],
)
def test_what_is_no_list_of_ours_is_refused_in_the_same_words_as_it_stands(data: bytes, schema: Schema) -> None:
    good = write_json(export_of({}, schema) * 2)
    for given_ in (data, good, good[:-40], good.replace(b"[\n", data[:-1] + b",", 1)):
        says = []
        for read in (read_json, stream_ours):
            try:
                says.append(list(read(given_, "a.json")))
            except CorpusError as error:
                says.append([str(error)])
        assert says[0] == says[1]


def test_tasks_before_a_broken_one_are_read_and_the_place_is_named(schema: Schema) -> None:
    data = write_json(export_of({}, schema) * 3)[:-40]
    with pytest.raises(CorpusError, match="perhaps cut short"):
        fast(data, schema)


def test_an_export_becomes_two_tables(schema: Schema, tmp_path: Path) -> None:
    bad = json.loads((CASES / "span-text-differs.json").read_text(encoding="utf-8"))
    tasks = [*export_of({}, schema), *export_of(bad, schema)]
    tasks[1]["annotations"][0]["unique_id"] = "other"
    file = tmp_path / "a.json"
    file.write_bytes(write_json(tasks))
    report = tabulate(file, ENTRY, schema, {"talks": whole(TEXT)}, tmp_path / "out")
    assert (report.n_rounds, report.n_annotations, report.exit_code) == (2, 4, 1)
    rows = read_table(tmp_path / "out" / "annotations.parquet").to_pylist()
    assert [row["quote"] for row in rows] == [GOOD.words, None, GOOD.words, None]
    assert rows[0]["source_ids"] == ["gov:ua"]
    rounds = read_table(tmp_path / "out" / "annotation_rounds.parquet").to_pylist()
    assert [row["n_regions"] for row in rounds] == [1, 2]
    assert report.as_text().splitlines()[-1] == "2 rounds, 4 annotations"


def test_a_broken_export_leaves_no_table(schema: Schema, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(write_json(export_of({}, schema))[:-9])
    with pytest.raises(CorpusError):
        tabulate(file, ENTRY, schema, {"talks": whole(TEXT)}, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
