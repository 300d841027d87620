"""The YAML head of a dataset card: what the Hub shows and what ``load_dataset`` obeys."""

from typing import Final

from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.derive.features import features_yaml
from ukrcorpus.derive.numbers import ReleaseNumbers, TableNumbers
from ukrcorpus.schema.model import Schema

Json = dict[str, object]

_HUB_LICENCES: Final = frozenset(
    {"cc0-1.0", "cc-by-2.0", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "mit", "pddl"}
)
_SIZES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_ABOVE: Final = "10M<n<100M"
_WIDE: Final = 1_000_000


def metadata(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> str:
    """Return the head as YAML, without the lines of dashes.

    Each config carries the version and a digest: ``datasets`` caches a local folder by its name and this text only, and
    would serve old rows. Tables without rows are left out, since an empty Parquet file breaks loading.
    """
    import yaml

    head: Json = {
        "pretty_name": info.title,
        "license": _licences(info, numbers),
        "language": sorted(language for language, _ in numbers.languages),
        "multilinguality": ["multilingual" if len(numbers.languages) > 1 else "monolingual"],
        "size_categories": [size_category(numbers.filled[0].n_rows if numbers.filled else 0)],
        "source_datasets": ["original"],
        "task_categories": ["text-classification", "token-classification"],
        "annotations_creators": _annotators(numbers),
        "language_creators": _writers(numbers),
        "tags": sorted(tags(numbers)),
        "configs": [_config(table, info, numbers) for table in numbers.filled],
        "dataset_info": [_dataset_info(table, schema) for table in numbers.filled],
    }
    present = {key: value for key, value in head.items() if value}
    return str(yaml.safe_dump(present, allow_unicode=True, sort_keys=False, width=_WIDE))


def sizes(table: TableNumbers) -> Json:
    """Return what ``dataset_info`` says of the sizes of a table."""
    splits = [{"name": split.split, "num_bytes": split.n_bytes, "num_examples": split.n_rows} for split in table.splits]
    return {
        "splits": splits,
        "download_size": sum(split.n_file_bytes for split in table.splits),
        "dataset_size": sum(split.n_bytes for split in table.splits),
    }


def size_category(n_rows: int) -> str:
    """Return the Hub's name for the size of a table.

    >>> size_category(999), size_category(1_000)
    ('n<1K', '1K<n<10K')
    """
    return next((name for below, name in _SIZES if n_rows < below), _ABOVE)


def tags(numbers: ReleaseNumbers) -> list[str]:
    """Return the words that the corpus is found by."""
    made = ["synthetic", "machine-generated"] if numbers.n_machine_written else []
    return ["claims", "diplomacy", "discourse-network", "stance", "Ukraine", *made]


def _licences(info: CorpusInfo, numbers: ReleaseNumbers) -> list[str]:
    given = {info.licence.lower(), *(licence.lower() for licence, _ in numbers.licences)}
    return sorted({licence if licence in _HUB_LICENCES else "other" for licence in given})


def _annotators(numbers: ReleaseNumbers) -> list[str]:
    kinds = {kind for kind, n in numbers.annotator_kinds if n}
    known = ["expert-generated"] * ("human" in kinds) + ["machine-generated"] * ("model" in kinds)
    return known or ["no-annotation"]


def _writers(numbers: ReleaseNumbers) -> list[str]:
    published = numbers.n_articles > numbers.n_machine_written
    return ["found"] * published + ["machine-generated"] * bool(numbers.n_machine_written)


def _config(table: TableNumbers, info: CorpusInfo, numbers: ReleaseNumbers) -> Json:
    config: Json = {"config_name": table.table, "version": info.version, "description": f"sha256:{table.digest}"}
    if table.table == numbers.default_config:
        config["default"] = True
    return config | {"data_files": [{"split": split.split, "path": split.path} for split in table.splits]}


def _dataset_info(table: TableNumbers, schema: Schema) -> Json:
    return {"config_name": table.table, "features": features_yaml(schema.table(table.table))} | sizes(table)
