"""What a release says of its authors and rights: CITATION.cff and LICENSE."""

from typing import Final

from ukrcorpus.core.project import CorpusInfo

_LICENSE: Final = """\
{title}
Version {version}, {date}

Annotations, schema and registry of actors are licensed under {licence}:
https://spdx.org/licenses/{licence}.html

Each article stands under its own licence, given per row in the column `licence` of the table `articles`;
`text_rights` says whether its text may be passed on. `unknown` means that it may not.

The code of the toolkit that made this release is licensed under MIT.
"""


def license_text(info: CorpusInfo) -> str:
    """Return which licence stands for which part of a release."""
    return _LICENSE.format(
        title=info.title, version=info.version, date=info.release_date.isoformat(), licence=info.licence
    )


def citation(info: CorpusInfo) -> str:
    """Return ``CITATION.cff`` (Citation File Format 1.2.0)."""
    import yaml

    record = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": info.title,
        "abstract": info.description,
        "authors": [{"name": author} for author in info.authors],
        "version": info.version,
        "date-released": info.release_date.isoformat(),
        "license": info.licence,
    }
    return str(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1_000_000))
