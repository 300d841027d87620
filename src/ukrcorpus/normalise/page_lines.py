"""Whole lines that are page furniture wherever they stand: one pass per kind, alternatives anyone can add to."""

import re
from collections.abc import Callable, Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import drop, lines_of
from ukrcorpus.schema.model import Repairs

_NETWORK = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|e-?mail|print|copy link|pinterest|viber)"
_SWITCH_OFF = r"(?:(?:disabl|deactivat|paus|whitelist)\w*|(?:turn|switch)\w* (?:it |them |your )?off)"

# No furniture is longer; paragraphs need not be looked at.
_LONGEST = 400

# Regular expressions of whole lines, case aside.
LINE_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "boilerplate.navigation",
        (
            r"skip to (?:main )?content|back to top|(?:main )?menu|search(?: for:?)?|close|toggle navigation",
            r"log ?in|sign ?in|register|advert(?:isement)?|sponsored(?: content)?",
            r"реклама|меню|пошук|поиск|увійти|войти",
        ),
    ),
    (
        "boilerplate.meta",
        (
            r"(?:(?:updated|published|posted):? )?\d{1,3} (?:sec|min|minute|hour|day|week|month|year)s? ago",
            r"(?:last )?(?:updated|published|posted)(?: on)?:?|(?:photo|image|picture)(?: credit)?: [^.!?]{2,60}",
            r"\(?(?:additional )?(?:reporting|writing) by .{3,160}; ?editing by .{3,80}\)?",
            r"https?://\S+|short url|loading ?(?:\.{3}|…)",
            r"\d{1,3} min(?:ute)?s?\.? read|(?:estimated )?reading time:?.{0,20}",
            r"(?:last )?(?:updated|published|posted|modified)(?: on)?:? .{0,40}\d{4}[^.]{0,20}",
            r"(?:опубліковано|оновлено|опубликовано|обновлено)(?::| (?:[ов] )?(?=\d)).{0,50}",
            r"\d{1,2}[.:]\d{2}|(?:теги|тэги|мітки|метки|tags?): .{1,200}|dmca",
            r"(?:джерело|источник) ?[:–—-] .{1,80}|[\d., ]{1,9}(?:тис\.?|тыс\.?)? ?(?:читали|переглядів|просмотров)",
            r"\d{1,6} (?:views?|shares?|comments?)|no comments(?: yet)?",
        ),
    ),
    (
        "boilerplate.social",
        (
            r"share(?: this(?: article| post| story)?)?(?: on| via)?:?",
            rf"(?:share (?:on|via) |tweet|{_NETWORK})(?:[ ,|·•/]+{_NETWORK})*|share (?:on|via) {_NETWORK}",
            r"(?:поділити(?:ся|сь)|поделиться|поширити)(?: [ув] (?:facebook|twitter|x|telegram|viber|whatsapp))?",
        ),
    ),
    (
        "boilerplate.comment_form",
        (
            r"(?:leave|post|add|write) (?:a |your )?(?:comment|reply|response)|cancel reply|reply|submit(?: comment)?",
            r"(?:\d+ )?comments?:?|comments \(\d+\)|write the first comment.{0,20}",
            r"your e-?mail address will not be published\b.*|required fields are marked\b.*",
            r"save my name, e-?mail\b.*|notify me of\b.*|(?:your )?(?:name|e-?mail|website|comment) ?\*?:?",
            r"you must be logged in to\b.*|log ?in to (?:leave a )?(?:comment|reply)\.?",
            r"(?:залишити|додати|написати) (?:коментар|відповідь)|коментарі(?: \(\d+\))?",
            r"(?:оставить|добавить|написать) комментарий|комментарии(?: \(\d+\))?",
        ),
    ),
    (
        "boilerplate.akismet",
        (
            r".*\bakismet\b.*|.*\blearn how your comment data is processed\b.*",
            r"this (?:site|form) is protected by recaptcha\b.*",
        ),
    ),
    (
        "boilerplate.adblock",
        (
            r".{0,80}\bad[ -]?block(?:er|ers|ing)?\b.{0,20}\b(?:detected|enabled|active|in use)\b.{0,120}",
            rf".{{0,160}}\b{_SWITCH_OFF}\b.{{0,80}}\b(?:ad[ -]?block\w*|blockers?)\b.{{0,160}}",
            rf".{{0,80}}\bad[ -]?block\w*\b.{{0,80}}\b(?:{_SWITCH_OFF}|support\w*)\b.{{0,160}}",
        ),
    ),
    (
        "boilerplate.cookies",
        (
            r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies(?:\.| (?:to|for|on|and)\b).*",
            r"by continuing to (?:use|browse) (?:this|our) (?:web)?site\b.*",
            r"(?:accept|reject|allow)(?: all)?(?: cookies)?|cookie (?:settings|policy|preferences)|manage cookies",
            r"privacy policy|terms of (?:use|service)|(?:ми|цей сайт) використову\w+ (?:файли )?cookies?\b.*",
        ),
    ),
    (
        "boilerplate.newsletter",
        (
            r"(?:subscribe|sign up)(?: now| today| here| to our (?:magazine|daily e-?mail))?!?|enter your e-?mail\b.*",
            r"(?:subscribe|sign up) (?:to|for) .{0,60}\b(?:newsletter|updates|alerts|briefing)\b.{0,80}",
            r"get (?:the|our) .{0,60}\b(?:newsletter|in your inbox)\b.{0,40}",
            r"підпи(?:сатися|шіться)(?: на\b.{0,60})?[!.]?|подпи(?:саться|шитесь)(?: на\b.{0,60})?[!.]?",
        ),
    ),
    (
        "boilerplate.copyright",
        (
            r"(?:©|\(c\)|copyright ©?) ?\d{4}.{0,120}|.{0,80}\ball rights reserved\b\.?",
            r".{0,40}\b(?:всі права захищено|все права защищены)\b\.?",
        ),
    ),
)


def line_kind(alternatives: tuple[str, ...]) -> Callable[[AlignedText, Repairs], Iterator[Change]]:
    """Return a pass function that drops every line that one of the alternatives matches as a whole."""
    pattern = re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)

    def find(text: AlignedText, _: Repairs) -> Iterator[Change]:
        short = (line for line in lines_of(text.text) if 0 < len(line.text) <= _LONGEST)
        yield from drop((line for line in short if pattern.fullmatch(line.text)), text.text)

    return find
