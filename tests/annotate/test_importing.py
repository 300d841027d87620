import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotated_exports import ACCEPTS, ARTICLE, REFUSES, Json, Workshop, annotation, claim, result, task, write_export
from ukrcorpus.annotate.exports.export import read_json
from ukrcorpus.annotate.exports.importing import ImportOptions, ImportReport, import_export
from ukrcorpus.annotate.exports.manifest import read_entries
from ukrcorpus.annotate.keys import Key, read_keys
from ukrcorpus.annotate.pseudonyms import find_addresses
from ukrcorpus.annotate.run import run_annotate
from ukrcorpus.core.problems import CorpusError

ZELENSKYY = claim(ACCEPTS, ["per:zelensky"])
OLENA = {"id": 4, "email": "Olena.K@example.org", "first_name": "Olena", "last_name": "Koval"}


def bring(workshop: Workshop, file: Path, **options: Any) -> ImportReport:
    return import_export(workshop.project, workshop.schema, file, ImportOptions(**{"server": "lab", **options}))


def export(workshop: Workshop, *annotations: Json, name: str = "export", **over: Any) -> Path:
    return write_export(workshop.folder / f"{name}.json", [task(ARTICLE, workshop.text, annotations, **over)])


def keys_of(workshop: Workshop) -> tuple[Key, ...]:
    return read_keys(workshop.project.annotations / "annotators.key.toml", "").all


def kept(workshop: Workshop, report: ImportReport) -> str:
    return (workshop.project.root / str(report.file)).read_text(encoding="utf-8")


def test_an_import_leaves_a_file_a_line_of_provenance_and_a_key(workshop: Workshop) -> None:
    file = export(workshop, annotation(7, OLENA, result(workshop.text, [ZELENSKYY], workshop.schema)))
    report = bring(workshop, file, name="coder-a", suggestions_shown=True, suggestion_version="rules/1", blind=False)
    assert report.as_text() == (
        "imported annotations/exports/coder-a-2026-11-07.json: 1 tasks of coder-a; "
        "annotations: 1 new, 0 known, 0 replaced"
    )
    manifest = workshop.project.annotations / "exports" / "manifest.jsonl"
    line = json.loads(manifest.read_text(encoding="utf-8"))
    assert {key: line[key] for key in line if key != "sha256"} == {
        "annotator_kind": "human",
        "blind": False,
        "file": "coder-a-2026-11-07.json",
        "guideline_version": workshop.schema.guideline_version,
        "imported_on": "2026-11-07",
        "replaces": [],
        "scheme_version": "0.2.0",
        "server": "lab",
        "step": "both",
        "suggestion_version": "rules/1",
        "suggestions_shown": True,
    }
    assert Key("coder-a", "lab", 4, "olena.k@example.org") in keys_of(workshop)


def test_nothing_of_a_person_is_left_and_the_rest_stays_as_received(workshop: Workshop) -> None:
    note = claim(ACCEPTS, ["per:zelensky"], note="ask bohdan@example.org or Olena.K@example.org")
    items = result(workshop.text, [note], workshop.schema)
    draft = {"id": 2, "user": "olena.k@example.org", "created_username": "Olena.K@example.org, 4", "result": items}
    draft |= {"created_at": "2026-11-02T08:00:00Z", "lead_time": 3.25, "annotation": None}
    made = annotation(
        7, OLENA, items, last_created_by=9, prediction={"created_by": {"id": 9, "email": "boss@example.org"}}
    )
    over: dict[str, Any] = {
        "drafts": [draft],
        "comment_authors": [4, {"id": 11, "email": "eve@example.org"}],
        "updated_by": 9,
    }
    file = export(workshop, made, **over)
    text = kept(workshop, bring(workshop, file))
    for trace in ("example.org", "Olena", "Koval"):
        assert trace not in text
    [before], [after] = json.loads(file.read_text(encoding="utf-8")), json.loads(text)
    assert find_addresses(after) == ()
    assert after["data"] == before["data"]
    [one] = after["annotations"]
    assert (one["completed_by"], one["updated_by"], one["last_created_by"]) == (
        "annotator-01",
        "annotator-01",
        "annotator-02",
    )
    assert (after["drafts"][0]["user"], after["drafts"][0]["created_username"]) == ("annotator-01", "annotator-01")
    assert (after["comment_authors"], after["updated_by"]) == (["annotator-01", "annotator-03"], "annotator-02")
    assert one["prediction"] == {"created_by": "annotator-02"}
    assert one["result"][0] == before["annotations"][0]["result"][0]
    assert "ask [address] or [address]" in text


def test_an_address_in_the_text_stays_and_its_span_is_still_proved(normalised_folder: Path, workshop: Workshop) -> None:
    from ukrcorpus.annotate.spans.anchors import as_shown

    assert as_shown("write to [address] now") == as_shown("write to a.b@example.org now")
    made = task(ARTICLE, "write to a.b@example.org now", [])
    file = write_export(workshop.folder / "export.json", [made])
    assert "a.b@example.org" in kept(workshop, bring(workshop, file))


def test_the_same_export_twice_is_reported_and_not_doubled(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    report = bring(workshop, workshop.folder / "model-a.json", server="model-a", name="model-a")
    assert (
        report.as_text() == "nothing new, nothing written: 1 tasks of model-a; annotations: 0 new, 1 known, 0 replaced"
    )
    assert len(read_entries(workshop.project)) == 1


def test_an_export_without_annotations_is_kept_once(workshop: Workshop) -> None:
    assert bring(workshop, export(workshop)).file == "annotations/exports/nobody-undated.json"
    assert bring(workshop, export(workshop)).file is None


def test_a_longer_export_of_the_same_project_adds_what_is_new(workshop: Workshop) -> None:
    one, two = (annotation(n, 1, result(workshop.text, [ZELENSKYY], workshop.schema)) for n in (1, 2))
    bring(workshop, export(workshop, one))
    report = bring(workshop, export(workshop, one, two))
    assert (report.file, report.n_new, report.n_known) == ("annotations/exports/annotator-01-2026-11-02.json", 1, 1)
    found = workshop.run().findings
    assert [(finding.rule, str(finding.severity)) for finding in found] == [("annotation-twice", "note")]
    assert len(workshop.rows("annotation_rounds")) == 2


def test_an_annotation_with_other_content_is_refused_and_nothing_is_lost(workshop: Workshop) -> None:
    bring(workshop, export(workshop, annotation(1, 1, result(workshop.text, [ZELENSKYY], workshop.schema))))
    changed = export(workshop, annotation(1, 1, result(workshop.text, [], workshop.schema)))
    with pytest.raises(CorpusError) as error:
        bring(workshop, changed)
    assert str(error.value) == (
        "export.json: 1 annotation(s) known with other content: 00000000-0000-0000-0000-000000000001 "
        "(annotator-01-2026-11-01.json). [annotation-changed]\n"
        "  If this export is the newer one, import it with --replace; the older file stays."
    )
    assert len(read_entries(workshop.project)) == 1


def test_replace_takes_the_newer_content_and_keeps_the_older_file(workshop: Workshop) -> None:
    bring(workshop, export(workshop, annotation(1, 1, result(workshop.text, [ZELENSKYY], workshop.schema))))
    changed = export(workshop, annotation(1, 1, result(workshop.text, [claim(REFUSES, ["gov:ru"])], workshop.schema)))
    report = bring(workshop, changed, replace=True)
    assert (report.file, report.n_replaced) == ("annotations/exports/annotator-01-2026-11-01-2.json", 1)
    assert workshop.run().findings == ()
    assert [row["quote"] for row in workshop.rows("claims")] == [REFUSES]
    assert len(list((workshop.project.annotations / "exports").glob("*.json"))) == 2
    assert bring(workshop, changed).file is None


def test_two_servers_that_both_count_from_one_are_two_people(workshop: Workshop) -> None:
    for number, server in enumerate(("lab", "home"), 1):
        made = annotation(number, 1, result(workshop.text, [ZELENSKYY], workshop.schema))
        bring(workshop, export(workshop, made, name=server), server=server)
    workshop.run()
    assert [row["annotator"] for row in workshop.rows("annotation_rounds")] == ["annotator-01", "annotator-02"]


def test_a_person_known_by_id_is_the_same_when_an_address_comes_along(workshop: Workshop) -> None:
    items = result(workshop.text, [ZELENSKYY], workshop.schema)
    bring(workshop, export(workshop, annotation(1, 4, items)))
    bring(workshop, export(workshop, annotation(2, OLENA, items)))
    assert [key for key in keys_of(workshop) if key.user == 4] == [Key("annotator-01", "lab", 4, "olena.k@example.org")]


def test_a_deleted_user_gets_the_name_that_as_gives(workshop: Workshop) -> None:
    made = annotation(1, None, result(workshop.text, [ZELENSKYY], workshop.schema), updated_by=None)
    report = bring(workshop, export(workshop, made), name="model-a")
    assert (report.annotators, report.findings) == (("model-a",), ())


def test_a_deleted_user_beside_somebody_known_stays_unknown(workshop: Workshop) -> None:
    items = result(workshop.text, [ZELENSKYY], workshop.schema)
    report = bring(workshop, export(workshop, annotation(1, None, items), annotation(2, 1, items)), name="model-a")
    assert [finding.rule for finding in report.findings] == ["annotator-missing"]
    assert report.annotators == ("model-a",)


REFUSED = {
    "truncated": (
        b'[{"id": 1, "anno',
        "not readable as JSON, perhaps cut short: Unterminated string starting at",
        "export-json",
    ),
    "no list": (b'{"detail": "Not found."}', "holds dict, not a list of tasks.", "export-not-a-list"),
    "foreign": (
        b'[{"name": "x"}]',
        "no task with data.article_id, data.text_sha256 and annotations.",
        "export-foreign",
    ),
    "min": (b'[{"text": "a", "label": [], "annotator": 1}]', "no task with data.article_id", "export-foreign"),
    "empty": (b"[]", "holds no task.", "export-empty"),
    "no bytes": (b"", "not readable as JSON, perhaps cut short: Expecting value", "export-json"),
    "latin": ('["é"]'.encode("latin-1"), "not UTF-8 (byte 2).", "export-encoding"),
    "binary": (b"\x89PNG\r\n", "not UTF-8 (byte 0).", "export-encoding"),
    "not a number": (b"[NaN]", "not readable as JSON, perhaps cut short: NaN is no JSON number", "export-json"),
    "endless number": (b"[1e999]", "not readable as JSON, perhaps cut short: 1e999 is no JSON number", "export-json"),
    "deep": (b"[" * 100_000, "nested too deep.", "export-json"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_full_export_is_refused_and_nothing_is_written(workshop: Workshop, name: str) -> None:
    data, what, rule = REFUSED[name]
    file = workshop.folder / "export.json"
    file.write_bytes(data)
    with pytest.raises(CorpusError) as error:
        bring(workshop, file)
    assert (error.value.rule, error.value.where) == (rule, "export.json")
    assert error.value.what.startswith(what)
    assert not (workshop.project.annotations / "exports" / "manifest.jsonl").exists()
    assert not (workshop.project.annotations / "annotators.key.toml").exists()


def test_a_nest_of_fields_is_refused_without_a_traceback(workshop: Workshop) -> None:
    nested: object = "x"
    for _ in range(700):
        nested = [nested]
    file = export(workshop, annotation(1, 1, [], prediction={"deep": nested}))
    with pytest.raises(CorpusError, match="nested too deep"):
        bring(workshop, file)


OPTIONS = {
    "step": ({"step": "code"}, "import: step 'code'. [import-option]\n  Did you mean 'codes'?"),
    "pseudonym": (
        {"name": "Olena K"},
        (
            "--as: 'Olena K' is no pseudonym. [pseudonym-form]\n"
            "  Use lower-case letters, digits and '-', such as annotator-01."
        ),
    ),
    "two persons": (
        {"name": "model-a"},
        (
            "--as: the export is the work of 2 persons. [import-as]\n"
            "  Leave --as out, or give the names in annotations/annotators.key.toml first."
        ),
    ),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_does_not_fit_is_refused(workshop: Workshop, name: str) -> None:
    options, message = OPTIONS[name]
    items = result(workshop.text, [ZELENSKYY], workshop.schema)
    with pytest.raises(CorpusError) as error:
        bring(workshop, export(workshop, annotation(1, 1, items), annotation(2, 2, items)), **options)
    assert str(error.value) == message


def test_a_pseudonym_never_changes_hands(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    other = export(workshop, annotation(5, 8, result(workshop.text, [], workshop.schema)))
    with pytest.raises(CorpusError) as error:
        bring(workshop, other, name="model-a")
    assert str(error.value) == (
        "--as: 'model-a' is another person, or another account. [pseudonym-taken]\n"
        "  Choose another name; if it is the same person, say so in annotations/annotators.key.toml."
    )
    again = export(workshop, annotation(6, 1, result(workshop.text, [], workshop.schema)))
    with pytest.raises(CorpusError, match="this person is 'model-a' already"):
        bring(workshop, again, server="model-a", name="model-b")


def test_a_broken_key_file_stops_the_import(workshop: Workshop) -> None:
    (workshop.project.annotations / "annotators.key.toml").write_text('[[annotators]]\npseudonym = "A"\nserver = "x"\n')
    with pytest.raises(CorpusError) as error:
        workshop.annotate("model-a", ZELENSKYY)
    assert str(error.value) == (
        "annotations/annotators.key.toml: not readable: the entry of 'A' has a wrong value. [key-file]\n"
        "  Mend it, or restore it from its copy: without it pseudonyms cannot be kept."
    )


def test_names_and_dates_of_an_export_never_lead_out_of_the_folder(workshop: Workshop) -> None:
    made = annotation(1, 1, [], created_at="../../../2026-11-01")
    assert bring(workshop, export(workshop, made)).file == "annotations/exports/annotator-01-undated.json"
    with pytest.raises(CorpusError, match="is no pseudonym"):
        bring(workshop, export(workshop, annotation(2, "../evil", [])))


def test_exports_changed_behind_the_manifests_back_are_findings(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", ZELENSKYY)
    folder = workshop.project.annotations / "exports"
    (folder / "model-a-2026-11-01.json").write_text("[]", encoding="utf-8")
    (folder / "model-b-2026-11-02.json").unlink()
    (folder / "stray.json").write_text("[]", encoding="utf-8")
    found = {finding.where: finding.rule for finding in run_annotate(workshop.project, workshop.schema).findings}
    assert found == {
        "annotations/exports/model-a-2026-11-01.json": "export-changed",
        "annotations/exports/model-b-2026-11-02.json": "export-missing",
        "annotations/exports/stray.json": "export-unlisted",
    }


def test_two_exports_that_contradict_each_other_are_a_finding_and_the_first_counts(workshop: Workshop) -> None:
    first = workshop.annotate("model-a", ZELENSKYY)
    text = kept(workshop, first).replace('"2"', '"-2"')
    path = workshop.project.annotations / "exports" / "other.json"
    path.write_text(text, encoding="utf-8")
    from dataclasses import replace

    from ukrcorpus.annotate.exports.manifest import write_entries
    from ukrcorpus.core.tables import sha256

    [entry] = read_entries(workshop.project)
    write_entries(workshop.project, [entry, replace(entry, file="other.json", sha256=sha256(path.read_bytes()))])
    assert [finding.as_text() for finding in workshop.run().findings] == [
        (
            "annotations/exports/other.json: task 1, annotation 00000000-0000-0000-0000-000000000001: error "
            "[annotation-changed]\n"
            "  got other content\n"
            "  expected what model-a-2026-11-01.json has under this id; that one counts\n"
            "  If this one is newer, import its export with --replace."
        )
    ]
    assert [row["polarity"] for row in workshop.rows("stances")] == [2]


def test_a_broken_manifest_line_is_named(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    path = workshop.project.annotations / "exports" / "manifest.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"blind": true', '"blind": "yes"'), encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        run_annotate(workshop.project, workshop.schema)
    assert str(error.value) == (
        "annotations/exports/manifest.jsonl: line 1: blind is 'yes'. [exports-manifest]\n"
        "  Restore the file from git; ukrcorpus annotate import writes it."
    )


def test_the_export_in_the_project_can_be_read_again(workshop: Workshop) -> None:
    report = workshop.annotate("model-a", ZELENSKYY)
    path = Path(workshop.project.root / str(report.file))
    assert len(read_json(path.read_bytes(), "a")) == 1


@pytest.mark.parametrize("editor", [7, {"id": 7, "email": "b@example.org"}, "b@example.org"])
def test_what_somebody_else_changed_is_no_blind_pass(workshop: Workshop, editor: object) -> None:
    made = {"completed_by": {"id": 1, "email": "a@example.org"}, "updated_by": editor}
    file = workshop.export("model-a", claim(ACCEPTS, ["per:zelensky"]), **made)
    options = ImportOptions(server="lab", name="annotator-01")
    with pytest.raises(CorpusError) as refused:
        import_export(workshop.project, workshop.schema, file, options)
    assert str(refused.value) == (
        "model-a.json: 1 annotations were changed by somebody else than their author, as "
        "00000000-0000-0000-0000-000000000001: not blind. [annotation-edited]\n"
        "  Ask both. With --not-blind it is taken as it stands, and stays out of agreement."
    )
    assert import_export(workshop.project, workshop.schema, file, replace(options, blind=False, name=None)).n_new == 1
