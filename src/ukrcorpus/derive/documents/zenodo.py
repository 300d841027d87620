"""The metadata of a Zenodo deposit: the body of ``PUT /api/deposit/depositions/ID`` as Zenodo documents it."""

from html import escape
from typing import Final

from ukrcorpus.core.citing import Author
from ukrcorpus.derive.documents.card_metadata import tags
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import holds, requests

Json = dict[str, object]

# Zenodo takes one language of three letters; a corpus in several has none.
_LANGUAGES: Final = {"de": "deu", "en": "eng", "fr": "fra", "pl": "pol", "ru": "rus", "tr": "tur", "uk": "ukr"}
_MACHINE: Final = "A language model wrote {n} of the {of} articles: they are no evidence of what anybody said."
_TEXT_FREE: Final = "This is the text-free edition: texts that may not be passed on, and all words of them, are null."
_RIGHTS: Final = (
    "Annotations, schema and registry are licensed as this record says. Each article stands under its own licence, "
    "given per row in articles.licence."
)


def zenodo(facts: ReleaseFacts) -> Json:
    """Return the deposit. Files of the full edition are closed where it holds texts that may not be passed on."""
    info, numbers = facts.info, facts.numbers
    is_open = numbers.text_free or not numbers.n_without_text
    record: Json = {
        "upload_type": "dataset",
        "title": info.title,
        "creators": [_creator(one) for one in info.creators or map(Author, info.authors)],
        "description": "".join(f"<p>{escape(one, quote=False)}</p>" for one in _paragraphs(facts)),
        "publication_date": info.release_date.isoformat(),
        "version": info.version,
        "access_right": "open" if is_open else "closed",
        "keywords": sorted(tags(numbers)),
        "notes": _RIGHTS,
    }
    record |= {"license": info.licence.lower()} if is_open else {}
    record |= {"doi": facts.doi} if facts.doi else {"prereserve_doi": True}
    languages = [_LANGUAGES.get(name.partition("-")[0]) for name, _ in numbers.languages]
    record |= {"language": languages[0]} if len(languages) == 1 and languages[0] else {}
    related = [{"identifier": one.identifier, "relation": one.relation} for one in info.related]
    return {"metadata": record | ({"related_identifiers": related} if related else {})}


def _paragraphs(facts: ReleaseFacts) -> list[str]:
    numbers = facts.numbers
    machine = _MACHINE.format(n=numbers.n_machine_written, of=numbers.n_articles)
    texts = [f"{facts.info.description} {holds(facts)}", *[machine] * bool(numbers.n_machine_written)]
    return [*texts, *[_TEXT_FREE] * numbers.text_free, requests(facts)]


def _creator(author: Author) -> Json:
    known: Json = {"name": author.name, "orcid": author.orcid, "affiliation": author.affiliation}
    return {name: value for name, value in known.items() if value}
