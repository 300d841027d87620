"""The dataset card: a release's README with its YAML head."""

from typing import Final

from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.derive.card_metadata import metadata
from ukrcorpus.derive.features import FORMS
from ukrcorpus.derive.markdown import bullets, plain, table
from ukrcorpus.derive.numbers import CardNumbers, Counts
from ukrcorpus.schema.model import Kind, Schema, Table

_GOOD_FOR: Final = (
    "Who takes which stance on which issue, as reported: each statement leads to the characters that say so.",
    "Training and testing systems that find claims, their holders and their stances.",
    "Networks of actors and issues, with dates and with the voice of each statement kept apart.",
)
_NOT_FOR: Final = (
    "Finding out what is true. Claims are recorded as reported and never checked.",
    "Judging persons. A row says what an article reports of somebody, not what somebody thinks.",
    "Counting who speaks most without looking at `voice`: being talked about is not speaking.",
)
_SAMPLE_GOOD_FOR: Final = (
    "Seeing the format: what a claim, a holder, a stance and their proof in the text look like.",
    "Writing and testing code against small tables before a corpus of published articles is at hand.",
    "Learning and discussing the annotation scheme.",
)
_SAMPLE_NOT_FOR: Final = (
    "Evidence of any kind: no row says what a person, a state or a body said, did or wants.",
    "Training or measuring models, and findings about the press, the war or the talks.",
)
_LIMITS: Final = (
    "A claim reported inside another claim is not marked a second time, and no claim crosses the end of a line.",
    "Polarity is measured on one pole per issue. Positions that the pole does not grasp have none.",
    "`holder_org` follows dated roles in the registry and is null where no role is known for the day.",
    "A date is null where the text does not give it; it is never guessed.",
    "With fewer than 200 clusters of near-duplicates there is one split, `train`: too little to measure a model on.",
)
_WORDING: Final = """\
A pole is not the project's view. It is a ruler, worded so that each side could be asked to agree or disagree; which end
is positive means nothing. Texts keep the place names they have; elsewhere Ukrainian places stand in the usual English
form of their Ukrainian names (Kyiv). No name in the registry takes a side on borders, titles or offices."""
_PERSONAL: Final = """\
Actors are persons in public office or with a public part in the talks, states, bodies and groups. Private persons,
prisoners, victims and minors are not entered as actors. Annotators appear under pseudonyms. If you are named and
object, or an article must be taken out, write to the contact below; withdrawals leave a tombstone without text."""
_MADE: Final = """\
Each text was normalised by recorded passes: the source text and `edits` rebuild it and lead back. Annotators worked in
Label Studio by the guidelines in `schema/guidelines.md`. Where two versions agree, the common one is published; where
they differ, the majority or a recorded decision counts (`decided_by`). Every version stays in `annotations`, and who
voted what in `votes`. Offsets count Unicode code points, half-open; each span satisfies `text[start:end] == quote`.
Unknown is null, never an empty string."""
_WITH_ITSELF: Final = """\
The agreement figure is that of a model with itself: it compares two independent passes of a language model."""


def card(schema: Schema, info: CorpusInfo, numbers: CardNumbers) -> str:
    """Return ``README.md``; for machine-written texts or labels it opens by saying so."""
    sample = 0 < numbers.n_articles == numbers.n_machine_written
    parts = [
        f"---\n{metadata(schema, info, numbers)}---",
        f"# {plain(info.title)}",
        *_warning(numbers),
        plain(info.description),
        f"Version {info.version}, {info.release_date.isoformat()}. {_holds(numbers)}",
        _section("What it is good for", bullets(_SAMPLE_GOOD_FOR if sample else _GOOD_FOR)),
        _section("What it is not for", bullets(_SAMPLE_NOT_FOR if sample else _NOT_FOR)),
        *_text_free(schema, info, numbers),
        _section("Load it", _load(schema, info, numbers)),
        *_examples(numbers),
        _section("Tables", [_overview(schema, numbers)]),
        *(_columns(schema.table(one.table)) for one in numbers.filled),
        _section("Figures", [_figures(numbers)]),
        _section("How it was made", [_MADE, "", _scheme(schema)]),
        _section("Agreement", _agreement(numbers)),
        _section("Rights", _rights(info, numbers)),
        _section("Personal data", [_PERSONAL]),
        _section("Wording of poles and names", [_WORDING]),
        _section("Known limits", bullets(_LIMITS)),
        *_known_errors(numbers),
        _section("Citation", _citation(info)),
        _section("Contact", [f"Write to {plain(info.contact)}."]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(heading: str, lines: list[str]) -> str:
    return "\n".join([f"## {heading}", "", *lines])


def _warning(numbers: CardNumbers) -> list[str]:
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
        lines.append(_WITH_ITSELF)
    return ["> " + " ".join(lines)]


def _holds(numbers: CardNumbers) -> str:
    rows = {one.table: one.n_rows for one in numbers.tables}
    named = [(numbers.n_articles, "articles"), *((rows.get(name, 0), name) for name in ("claims", "statements"))]
    return "It holds " + ", ".join(f"{n} {name}" for n, name in named) + "."


def _text_free(schema: Schema, info: CorpusInfo, numbers: CardNumbers) -> list[str]:
    """Return what the text-free edition lacks, and the way to have it."""
    if not numbers.text_free:
        return []
    columns = [f"`{one.name}.{name}`" for one in schema.tables for name in one.protected]
    n_lacking = f"{numbers.n_without_text} of {numbers.n_articles} articles"
    lines = [
        f"This is the text-free edition. The texts of {n_lacking} may not be passed on (`text_rights` is `none`). In",
        f"their rows these columns are null: {', '.join(columns)}.",
        "Ids, offsets, labels and hashes are all there, and the other articles have everything. Figures and agreement",
        "were computed on the full edition. With copies of the articles of your own, under any names:",
        "",
        "```sh",
        f"ukrcorpus rehydrate {_folder(info, numbers)} --raw DIR",
        "```",
        "",
        "It puts back each text that its hash proves, and with it the quotes; of a copy whose text differs, the words",
        "that `proofs.parquet` proves. It says what stays missing. What annotators typed is in no copy and stays null.",
    ]
    return [_section("What this edition lacks", lines)]


def _folder(info: CorpusInfo, numbers: CardNumbers) -> str:
    return f"{info.name}-{info.version}{'-text-free' if numbers.text_free else ''}"


def _load(schema: Schema, info: CorpusInfo, numbers: CardNumbers) -> list[str]:
    folder = _folder(info, numbers)
    if not numbers.filled:
        return ["No table has rows yet."]
    first = numbers.filled[0]
    split = min((one.split for one in first.splits), key=schema.vocabulary("split").names.index)
    return [
        "```python",
        "from datasets import load_dataset",
        f'{first.table} = load_dataset("{folder}", "{first.table}", split="{split}")',
        "```",
        "",
        "Or all tables at once, as Arrow tables and as objects (article, claims, holders, stances):",
        "",
        "```python",
        "import ukrcorpus",
        f'corpus = ukrcorpus.load("{folder}")',
        "```",
        "",
        "The Parquet files in `data/` open in pandas, polars and DuckDB as they are.",
    ]


def _known_errors(numbers: CardNumbers) -> list[str]:
    rows = [[plain(one.about), plain(one.what), one.reported.isoformat()] for one in numbers.known_errors]
    return [_section("Known errors", table(("In", "What is wrong", "Reported"), rows))] if rows else []


def _examples(numbers: CardNumbers) -> list[str]:
    shown = ("holder", "stance", "pole", "claim")
    rows = [[plain(str(row[name] or "–")) for name in shown] for row in numbers.examples]
    header = ("Who", "Stance", "On the pole", "In the words of the article")
    return [_section("Examples", table(header, rows))] if rows else []


def _overview(schema: Schema, numbers: CardNumbers) -> str:
    default = numbers.default_config
    rows = [
        (
            f"`{one.table}`" + " (default)" * (one.table == default),
            plain(schema.table(one.table).description),
            ", ".join(f"`{name}`" for name in schema.table(one.table).key),
            ", ".join(f"{split.split}: {split.n_rows}" for split in one.splits),
        )
        for one in numbers.filled
    ]
    lines = table(("Table", "What it holds", "Key", "Rows"), rows)
    empty = [f"`{one.table}`" for one in numbers.tables if not one.splits]
    lines += ["", f"Without rows in this release, and so without files: {', '.join(empty)}."] if empty else []
    return "\n".join(lines)


def _columns(one: Table) -> str:
    rows = [
        (f"`{column.name}`", _type(column.kind) + ", or null" * (not column.required), plain(column.description))
        for column in one.columns
    ]
    return "\n".join([f"### `{one.name}`", "", *table(("Column", "Type", "Meaning"), rows)])


def _type(kind: Kind) -> str:
    form = FORMS[kind]
    return form["dtype"] if "dtype" in form else f"list of {form['list']}"


def _figures(numbers: CardNumbers) -> str:
    counts: list[tuple[str, Counts]] = [("articles.language", numbers.languages), ("articles.genre", numbers.genres)]
    counts += numbers.labels
    rows = [(f"`{name}`", ", ".join(f"{value} {n}" for value, n in found)) for name, found in counts if found]
    return "\n".join(table(("Column", "Values and how often they stand"), rows)) if rows else "Nothing to count yet."


def _scheme(schema: Schema) -> str:
    return (
        f"Scheme {schema.scheme_version}, guidelines {schema.guideline_version}: {len(schema.issues)} issues in "
        f"{len(schema.groups)} groups, {len(schema.actors)} actors. All of it is in `schema/`."
    )


def _agreement(numbers: CardNumbers) -> list[str]:
    if not numbers.agreement:
        return ["No article has been annotated twice, so there is no figure."]
    whose = "two independent passes of a language model" if numbers.all_models else "independent annotators"
    rows = [
        (one.what, one.measure, "–" if one.value is None else f"{one.value:.3f}", one.n_units)
        for one in numbers.agreement
    ]
    lines = [f"Measured between {whose}, before any conflict was decided.", ""]
    lines += table(("What", "Measure", "Value", "Units"), rows)
    if numbers.conflicts:
        lines += ["", "What they were at odds about; decided by a curator, with the reason on record, or left out:", ""]
        lines += table(("Cause", "Decided", "Open"), numbers.conflicts)
    return lines


def _rights(info: CorpusInfo, numbers: CardNumbers) -> list[str]:
    texts = ", ".join(f"{plain(licence)} ({n} articles)" for licence, n in numbers.licences)
    lines = [f"Annotations, schema and registry: {info.licence}."]
    lines += [f"Texts, per row in `articles.licence`: {texts}."] * bool(texts)
    lines += ["Code of the toolkit: MIT."]
    return bullets(lines)


def _citation(info: CorpusInfo) -> list[str]:
    # Braces keep BibTeX from taking "the contributors" for a first and a last name.
    authors = " and ".join(f"{{{author}}}" for author in info.authors)
    return [
        "```bibtex",
        f"@misc{{{info.name.replace('-', '_')}_{info.release_date.year},",
        f"  title   = {{{info.title}}},",
        f"  author  = {{{authors}}},",
        f"  year    = {{{info.release_date.year}}},",
        f"  version = {{{info.version}}}",
        "}",
        "```",
    ]
