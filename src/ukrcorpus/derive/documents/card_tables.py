"""The tables of a release and their columns, as a card shows them, and how often each value stands."""

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.features import FORMS
from ukrcorpus.derive.markdown import plain, table
from ukrcorpus.derive.profile import Counts
from ukrcorpus.schema.model import Kind, Table


def tables(facts: ReleaseFacts) -> list[str]:
    """Return the list of tables with keys and rows by split."""
    schema, numbers = facts.schema, facts.numbers
    rows = [
        (
            f"`{one.table}`" + " (default)" * (one.table == numbers.default_config),
            plain(schema.table(one.table).description),
            ", ".join(f"`{name}`" for name in schema.table(one.table).key),
            ", ".join(f"{split.split}: {split.n_rows}" for split in one.splits),
        )
        for one in numbers.filled
    ]
    empty = [f"`{one.table}`" for one in numbers.tables if not one.splits]
    without = ["", f"Without rows in this release, and so without files: {', '.join(empty)}."] if empty else []
    return table(("Table", "What it holds", "Key", "Rows"), rows) + without


def columns(facts: ReleaseFacts) -> list[str]:
    """Return the columns of each table that has rows."""
    return [line for one in facts.numbers.filled for line in _columns(facts.schema.table(one.table))][1:]


def _columns(one: Table) -> list[str]:
    rows = [
        (f"`{column.name}`", _type(column.kind) + ", or null" * (not column.required), plain(column.description))
        for column in one.columns
    ]
    return ["", f"### `{one.name}`", "", *table(("Column", "Type", "Meaning"), rows)]


def _type(kind: Kind) -> str:
    form = FORMS[kind]
    return form["dtype"] if "dtype" in form else f"list of {form['list']}"


def figures(facts: ReleaseFacts) -> list[str]:
    """Return how often each value of the closed lists stands."""
    numbers = facts.numbers
    counts: list[tuple[str, Counts]] = [("articles.language", numbers.languages), ("articles.genre", numbers.genres)]
    counts += numbers.labels
    rows = [(f"`{name}`", ", ".join(f"{value} {n}" for value, n in found)) for name, found in counts if found]
    return table(("Column", "Values and how often they stand"), rows) if rows else ["Nothing to count yet."]
