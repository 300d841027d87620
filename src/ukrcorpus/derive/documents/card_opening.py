"""The beginning of a card: what it is, what this edition lacks, how to load it, a few rows."""

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.plots import plots
from ukrcorpus.derive.documents.wording import WITH_ITSELF, holds
from ukrcorpus.derive.markdown import plain, table
from ukrcorpus.derive.numbers import ReleaseNumbers


def opening(facts: ReleaseFacts) -> list[str]:
    """Return the paragraphs below the title; the first is a warning that nobody may overlook, where one is due."""
    info, numbers = facts.info, facts.numbers
    version = f"Version {info.version}, {info.release_date.isoformat()}. {holds(facts)}"
    return [*_warning(numbers), plain(info.description), version]


def _warning(numbers: ReleaseNumbers) -> list[str]:
    """Return the opening that nobody may overlook, or nothing where people wrote and labelled."""
    written, labelled = numbers.n_machine_written > 0, numbers.all_models
    what = " and ".join(["texts"] * written + ["labels"] * labelled)
    if not what:
        return []
    share = f" ({numbers.n_machine_written} of {numbers.n_articles} articles)" if written else ""
    lines = [f"**The {what} of this corpus{share} were written by a language model.** They show the format."]
    if written:
        lines.append("They are no evidence of what any person said.")
    if labelled:
        lines.append(WITH_ITSELF)
    return ["> " + " ".join(lines)]


def text_free(facts: ReleaseFacts) -> list[str]:
    """Return what the text-free edition lacks, and the way to have it."""
    numbers = facts.numbers
    if not numbers.text_free:
        return []
    columns = [f"`{one.name}.{name}`" for one in facts.schema.tables for name in one.protected]
    n_lacking = f"{numbers.n_without_text} of {numbers.n_articles} articles"
    return [
        f"This is the text-free edition. The texts of {n_lacking} may not be passed on (`text_rights` is `none`). In",
        f"their rows these columns are null: {', '.join(columns)}.",
        "Ids, offsets, labels and hashes are all there, and the other articles have everything. Figures and agreement",
        "were computed on the full edition. With copies of the articles of your own, under any names:",
        "",
        "```sh",
        f"ukrcorpus rehydrate {facts.folder} --raw DIR",
        "```",
        "",
        "It puts back each text that its hash proves, and with it the quotes; of a copy whose text differs, the words",
        "that `proofs.parquet` proves. It says what stays missing. What annotators typed is in no copy and stays null.",
    ]


def load_it(facts: ReleaseFacts) -> list[str]:
    """Return the lines that load the dataset, with ``datasets`` and with the toolkit."""
    if not facts.numbers.filled:
        return ["No table has rows yet."]
    first = facts.numbers.filled[0]
    split = min((one.split for one in first.splits), key=facts.schema.vocabulary("split").names.index)
    return [
        "```python",
        "from datasets import load_dataset",
        f'{first.table} = load_dataset("{facts.folder}", "{first.table}", split="{split}")',
        "```",
        "",
        "Or all tables at once, as Arrow tables and as objects (article, claims, holders, stances):",
        "",
        "```python",
        "import ukrcorpus",
        f'corpus = ukrcorpus.load("{facts.folder}")',
        "```",
        "",
        (
            "The Parquet files open as they are, those of a table together: "
            f"`data/{first.table}` in pandas, `data/{first.table}/*.parquet` in polars and DuckDB."
        ),
    ]


def examples(facts: ReleaseFacts) -> list[str]:
    """Return a few statements as a table."""
    shown = ("holder", "stance", "pole", "claim")
    rows = [[plain(str(row[name] or "–")) for name in shown] for row in facts.numbers.examples]
    return table(("Who", "Stance", "On the pole", "In the words of the article"), rows) if rows else []


def drawings(facts: ReleaseFacts) -> list[str]:
    """Return the plots as pictures, each with words for who cannot see them."""
    shown = [f"![{_bare(f'{plot.title}. {plot.words}')}]({plot.file})" for plot in plots(facts)]
    return [line for picture in shown for line in (picture, "")][:-1]


def _bare(text: str) -> str:
    return plain(text).replace("[", "(").replace("]", ")")
