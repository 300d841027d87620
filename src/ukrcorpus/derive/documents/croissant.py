"""Croissant 1.1: the release's tables as record sets for machine learning tools."""

from typing import Final

from ukrcorpus.core.citing import Author
from ukrcorpus.derive.documents.citation import bibtex
from ukrcorpus.derive.documents.croissant_rai import responsible_ai
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import holds
from ukrcorpus.derive.numbers import FileNumbers, TableNumbers
from ukrcorpus.schema.model import Column, Kind, Table

Json = dict[str, object]

TYPES: Final[dict[Kind, str]] = {
    Kind.ID: "sc:Text",
    Kind.TEXT: "sc:Text",
    Kind.LABEL: "sc:Text",
    Kind.HASH: "sc:Text",
    Kind.FLAG: "sc:Boolean",
    Kind.COUNT: "cr:Int32",
    Kind.OFFSET: "cr:Int32",
    Kind.POLARITY: "cr:Int8",
    Kind.SCORE: "cr:Float64",
    Kind.DATE: "sc:Date",
    Kind.INSTANT: "sc:DateTime",
    Kind.IDS: "sc:Text",
    Kind.LABELS: "sc:Text",
}
_LISTS: Final = (Kind.IDS, Kind.LABELS)
_TEXT_FREE: Final = " This is the text-free edition: texts that may not be passed on, and all words of them, are null."
_PARQUET: Final = "application/x-parquet"
_CONTEXT: Final[Json] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(facts: ReleaseFacts) -> Json:
    """Return the JSON-LD; its file paths are relative, so it reads from the release's own folder.

    Tables without rows have no file and therefore no record set.
    """
    schema, info, numbers = facts.schema, facts.info, facts.numbers
    filled = {table.table for table in numbers.filled}
    files = [
        _file(f"{one.table}, split {split.split}", file)
        for one in numbers.filled
        for split in one.splits
        for file in split.files
    ]
    sets = [_file_set(table) for table in numbers.filled if len(table.files) > 1]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": info.name,
        "description": f"{info.description} {holds(facts)}" + (_TEXT_FREE if numbers.text_free else ""),
        "version": info.version,
        "license": f"https://spdx.org/licenses/{info.licence}.html",
        "datePublished": info.release_date.isoformat(),
        **({"url": f"https://doi.org/{facts.doi}"} if facts.doi else {}),
        "creator": [_creator(one) for one in info.creators or map(Author, info.authors)],
        "citeAs": bibtex(facts),
        **responsible_ai(facts),
        "inLanguage": [language for language, _ in numbers.languages],
        "isLiveDataset": False,
        "distribution": [*files, *sets],
        "recordSet": [_record_set(schema.table(table.table), table, filled) for table in numbers.filled],
    }


def _creator(author: Author) -> Json:
    """Return a person where a name has two parts ("Shevchenko, Olena"), else an organisation."""
    family, comma, given = author.name.partition(", ")
    orcid = {"sameAs": f"https://orcid.org/{author.orcid}"} if author.orcid else {}
    if not comma:
        return {"@type": "sc:Organization", "name": author.name, **orcid}
    return {"@type": "sc:Person", "name": f"{given} {family}", "givenName": given, "familyName": family, **orcid}


def _file(of: str, file: FileNumbers) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": f"{file.n_rows} rows of {of}.",
        "contentUrl": file.path,
        "contentSize": f"{file.n_file_bytes} B",
        "encodingFormat": _PARQUET,
        "sha256": file.sha256,
    }


def _file_set(table: TableNumbers) -> Json:
    return {
        "@type": "cr:FileSet",
        "@id": _set_id(table),
        "name": _set_id(table),
        "description": f"All files of {table.table}.",
        "encodingFormat": _PARQUET,
        "includes": f"data/{table.table}/*.parquet",
    }


def _set_id(table: TableNumbers) -> str:
    return f"data/{table.table}"


def _record_set(table: Table, numbers: TableNumbers, filled: set[str]) -> Json:
    key = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": key[0] if len(key) == 1 else key,
        "field": [_field(table, column, numbers, filled) for column in table.columns],
    }


def _field(table: Table, column: Column, numbers: TableNumbers, filled: set[str]) -> Json:
    one = len(numbers.files) == 1
    source = {"fileObject": {"@id": numbers.files[0].path}} if one else {"fileSet": {"@id": _set_id(numbers)}}
    field: Json = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": f"{table.name}/{column.name}",
        "description": column.description,
        "dataType": TYPES[column.kind],
        "source": {**source, "extract": {"column": column.name}},
    }
    if column.kind in _LISTS:
        return field | {"isArray": True, "arrayShape": "-1"}
    # mlcroissant joins what is referenced. It cannot join lists, and a reference within a table is a circle to it.
    if column.references and column.references.split(".")[0] in filled - {table.name}:
        field["references"] = {"field": {"@id": column.references.replace(".", "/")}}
    return field
