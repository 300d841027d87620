"""How a release is cited and licensed: CITATION.cff, BibTeX, LICENSE."""

from typing import Final

from ukrcorpus.core.citing import Author
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.latex import latex
from ukrcorpus.derive.documents.wording import holds

_LICENSE: Final = """\
{title}
Version {version}, {date}

Annotations, schema and registry of actors are licensed under {licence}:
https://spdx.org/licenses/{licence}.html

Each article stands under its own licence, given per row in the column `licence` of the table `articles`;
`text_rights` says whether its text may be passed on. `unknown` means that it may not.

The code of the toolkit that made this release is licensed under MIT.
"""


def license_text(facts: ReleaseFacts) -> str:
    """Return which licence stands for which part of a release."""
    info = facts.info
    return _LICENSE.format(
        title=info.title, version=info.version, date=info.release_date.isoformat(), licence=info.licence
    )


def cff(facts: ReleaseFacts) -> str:
    """Return ``CITATION.cff`` (Citation File Format 1.2.0)."""
    import yaml

    info = facts.info
    record = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": info.title,
        "abstract": f"{info.description} {holds(facts)}",
        "authors": [_author(one) for one in info.creators or map(Author, info.authors)],
        "version": info.version,
        "date-released": info.release_date.isoformat(),
        "license": info.licence,
    }
    if facts.doi:
        record["doi"] = facts.doi
    return str(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1_000_000))


def _author(author: Author) -> dict[str, str]:
    """Return a person where a name has two parts ("Shevchenko, Olena"), else an entity, which has no affiliation."""
    family, comma, given = author.name.partition(", ")
    names = {"family-names": family, "given-names": given} if comma else {"name": author.name}
    orcid = {"orcid": f"https://orcid.org/{author.orcid}"} if author.orcid else {}
    return names | orcid | ({"affiliation": author.affiliation} if author.affiliation and comma else {})


def bibtex(facts: ReleaseFacts) -> str:
    """Return the entry for BibTeX and BibLaTeX, its values escaped for LaTeX."""
    info = facts.info
    fields = {
        "title": f"{{{latex(info.title)}}}",
        "author": " and ".join(map(_bibtex_name, info.authors)),
        "year": f"{info.release_date.year}",
        "month": f"{info.release_date.month}",
        "version": info.version,
        "note": latex(f"Dataset. {holds(facts)}"),
    }
    if facts.doi:
        fields["doi"] = facts.doi
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{info.name.replace('-', '_')}_{info.release_date.year},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(name: str) -> str:
    """Return a name in braces, the two parts of a person apart: else BibTeX would take any two words for parts.

    >>> _bibtex_name("Shevchenko, Olena"), _bibtex_name("the contributors")
    ('{Shevchenko}, {Olena}', '{the contributors}')
    """
    return ", ".join(f"{{{latex(part)}}}" for part in name.split(", ", 1))


def in_words(facts: ReleaseFacts) -> str:
    """Return the citation as one line."""
    info = facts.info
    doi = f" https://doi.org/{facts.doi}" if facts.doi else ""
    return f"{'; '.join(info.authors)} ({info.release_date.year}): {info.title}. Version {info.version}.{doi}"
