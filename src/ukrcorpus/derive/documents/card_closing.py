"""The later sections of a card: how the corpus was made, agreement, rights, persons, citation."""

from ukrcorpus.derive.documents import wording
from ukrcorpus.derive.documents.citation import bibtex, in_words
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import MADE, PERSONS, TAKEN_OUT, requests
from ukrcorpus.derive.markdown import bullets, plain, table
from ukrcorpus.derive.profile import MachineShare


def made(facts: ReleaseFacts) -> list[str]:
    """Return how texts and labels came to be."""
    schema = facts.schema
    scheme = (
        f"Scheme {schema.scheme_version}, guidelines {schema.guideline_version}: {len(schema.issues)} issues in "
        f"{len(schema.groups)} groups, {len(schema.actors)} actors. All of it is in `schema/`."
    )
    return [MADE, "", scheme]


def machine(facts: ReleaseFacts) -> list[str]:
    """Return how much of each layer rests on a language model alone."""
    profile = facts.numbers.profile
    rows = [
        (f"`{one.layer}`", f"{one.n:,}", f"{one.n_model:,}", one.share, f"{one.n_unknown:,}", _suggested(one))
        for one in profile.machine
    ]
    header = ("Layer", "Rows", "By a language model alone", "Share", "Maker not recorded", "Shown as suggestion first")
    lines = table(header, rows)
    note = "A row rests on a model alone where no person annotated it. `stances` go with their claims."
    if profile.n_curated:
        note += (
            f" A curator decided {profile.n_curated:,} of the claims (`decided_by`): {wording.stated(facts, 'curator')}"
        )
    return [*lines, "", plain(note)]


def _suggested(one: MachineShare) -> str:
    return "–" if one.n_suggested is None else f"{one.n_suggested:,}"


def agreement(facts: ReleaseFacts) -> list[str]:
    """Return how far the annotators agree, and what they were at odds about."""
    numbers = facts.numbers
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


def rights(facts: ReleaseFacts) -> list[str]:
    """Return which licence stands for which part."""
    texts = ", ".join(f"{plain(licence)} ({n} articles)" for licence, n in facts.numbers.licences)
    lines = [f"Annotations, schema and registry: {facts.info.licence}."]
    lines += [f"Texts, per row in `articles.licence`: {texts}."] * bool(texts)
    lines += ["Code of the toolkit: MIT."]
    return bullets(lines)


def personal(facts: ReleaseFacts) -> list[str]:
    """Return who may stand in the corpus, and what to do about it."""
    return [PERSONS, "", plain(requests(facts)), "", TAKEN_OUT]


def known_errors(facts: ReleaseFacts) -> list[str]:
    """Return the errors that were reported and are not mended."""
    rows = [[plain(one.about), plain(one.what), one.reported.isoformat()] for one in facts.numbers.known_errors]
    return table(("In", "What is wrong", "Reported"), rows) if rows else []


def citation(facts: ReleaseFacts) -> list[str]:
    """Return the citation in words and as BibTeX."""
    return [
        plain(in_words(facts)),
        "",
        "```bibtex",
        *bibtex(facts).splitlines(),
        "```",
        "",
        "[CITATION.cff](CITATION.cff) and [CITATION.bib](CITATION.bib) say the same; [tables.tex](tables.tex) has the",
        "figures as LaTeX tables for a paper.",
    ]


def contact(facts: ReleaseFacts) -> list[str]:
    """Return where to write."""
    return [plain(wording.contact(facts))]
