"""Hugging Face features of a table, as an object and as the card's YAML list."""

from typing import TYPE_CHECKING, Final

from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Kind, Table

if TYPE_CHECKING:
    from datasets import Features

# The card is written without importing `datasets`; a test holds both forms together.
FORMS: Final[dict[Kind, dict[str, str]]] = {
    Kind.ID: {"dtype": "string"},
    Kind.TEXT: {"dtype": "string"},
    Kind.LABEL: {"dtype": "string"},
    Kind.HASH: {"dtype": "string"},
    Kind.FLAG: {"dtype": "bool"},
    Kind.COUNT: {"dtype": "int32"},
    Kind.OFFSET: {"dtype": "int32"},
    Kind.POLARITY: {"dtype": "int8"},
    Kind.SCORE: {"dtype": "float64"},
    Kind.DATE: {"dtype": "date32"},
    Kind.INSTANT: {"dtype": "timestamp[us, tz=UTC]"},
    Kind.IDS: {"list": "string"},
    Kind.LABELS: {"list": "string"},
}


def features(table: Table) -> "Features":
    """Return the features that ``load_dataset`` will show."""
    from datasets import Features

    return Features.from_arrow_schema(arrow_schema(table))


def features_yaml(table: Table) -> list[dict[str, str]]:
    """Return the features as the ``dataset_info`` of a card lists them."""
    return [{"name": column.name, **FORMS[column.kind]} for column in table.columns]
