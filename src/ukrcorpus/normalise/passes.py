"""The passes in their order. The listing, the docs, the fingerprint and the tests follow from this tuple."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise import (
    calls,
    columns,
    contents,
    datelines,
    frame,
    furniture,
    fused,
    head,
    likely,
    lists,
    lookalikes,
    markup,
    masthead,
    page_lines,
    picture_credits,
    related,
    repairs,
    residue,
    sentence_starts,
    spaces,
    structure,
    tail,
    unicode,
    whitespace,
)
from ukrcorpus.normalise.signs import Sign, always, both, holds, opens, unprintable
from ukrcorpus.schema.model import Repairs, Slip

# A pass that is still not done after this many rounds feeds on its own output: no article asks for that.
_ROUNDS = 50


class RestlessError(Exception):
    """A text on which the passes find more and more to do: `Q: Q: Q:` without end."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One thing done to a text: ``find`` says what should change, ``apply`` does it until nothing is left.

    ``version`` goes up whenever the same text would come out otherwise. Texts without the ``sign`` hold no work.
    A pass ``by_line`` finds in a line what it finds in that line alone.
    """

    name: str
    version: int
    find: Callable[[AlignedText, Repairs], Iterator[Change]]
    sign: Sign = always
    by_line: bool = False

    def apply(self, text: AlignedText, repairs: Repairs) -> AlignedText:
        """Return the text after the pass; a second run changes nothing more."""
        for _round in range(_ROUNDS):
            if not self.sign(text.text):
                return text
            changed = text.change(self.name, self.find(text, repairs))
            if changed is text:
                return text
            text = changed
        raise RestlessError(f"pass {self.name} does not come to rest")

    def rests(self, text: AlignedText, known: AlignedText | None, repairs: Repairs) -> bool:
        """Say whether there is surely nothing to do, knowing a text on which the pass is at rest."""
        if known is None or text is known or not self.by_line:
            return text is known
        fresh = _fresh_lines(text.text, known.text)
        return self.apply(fresh, repairs) is fresh

    @property
    def summary(self) -> str:
        """The first line of the pass's docstring, as listings show it."""
        return (self.find.__doc__ or "Drop whole lines of this kind of page furniture.").split("\n", 1)[0]


PASSES: tuple[Pass, ...] = (
    Pass("markup.entities", 2, markup.entities, holds("&")),
    Pass("markup.comments", 1, residue.comments, holds("<!--")),
    Pass("markup.tags", 1, markup.tags, holds("<")),
    Pass("unicode.newlines", 1, unicode.newlines, unprintable),
    Pass("structure.column_heads", 1, columns.column_heads, holds("\t", "  ")),
    Pass("structure.columns", 1, columns.columns, holds("\t", "  ")),
    Pass("unicode.spaces", 1, unicode.spaces, unprintable),
    Pass("unicode.invisible", 1, unicode.invisible, unprintable),
    Pass("unicode.nfc", 1, unicode.nfc, unicode.not_nfc, by_line=True),
    Pass("whitespace.edges", 1, whitespace.edges, whitespace.has_edges),
    Pass("whitespace.runs", 1, whitespace.runs, holds("  ")),
    Pass("markup.rules", 1, markup.rules, opens(*"-=_~*")),
    Pass("whitespace.unwrap", 3, whitespace.unwrap, whitespace.has_small_starts),
    Pass("whitespace.blank_lines", 1, whitespace.blank_lines, whitespace.has_blank_lines),
    Pass("markup.escapes", 1, residue.escapes, holds("\\")),
    Pass("markup.references", 1, residue.references, holds("][", "]: ")),
    Pass("markup.links", 1, markup.links, holds("](")),
    Pass("markup.headings", 1, markup.headings, opens("#")),
    Pass("markup.emphasis", 1, markup.emphasis, holds("*", "_")),
    Pass("markup.code_marks", 1, residue.code_marks, holds("`")),
    Pass("markup.edit_links", 1, residue.edit_links, holds("]")),
    Pass("markup.note_marks", 1, residue.note_marks, holds(".1", ",1", "!1", "?1")),
    Pass("markup.doubled_quotes", 1, residue.doubled_quotes, holds("““", "””", '""')),
    Pass("markup.quotes", 1, markup.quotes, opens(">")),
    Pass("boilerplate.mail_header", 1, masthead.mail_header, holds(": ")),
    Pass("boilerplate.masthead", 2, masthead.masthead),
    Pass("boilerplate.breadcrumb", 3, furniture.breadcrumb),
    Pass("boilerplate.byline", 4, head.byline),
    Pass("boilerplate.comments", 1, tail.comments),
    Pass("boilerplate.link", 3, related.linked_titles),
    Pass("boilerplate.related", 4, related.related),
    *(Pass(name, 5, page_lines.line_kind(name), by_line=True) for name in page_lines.KIND_NAMES),
    Pass("boilerplate.credit", 3, picture_credits.credit_lines),
    Pass("boilerplate.page_number", 2, contents.page_numbers),
    Pass("boilerplate.stamp", 2, head.stamps),
    Pass("boilerplate.section", 2, masthead.sections),
    Pass("boilerplate.contents", 4, contents.contents),
    Pass("boilerplate.doubled_title", 4, furniture.doubled_title),
    Pass("boilerplate.repeated_line", 1, furniture.repeated_line, furniture.has_equal_lines),
    Pass("boilerplate.tips", 4, calls.tips, calls.has_tips),
    Pass("boilerplate.calls", 3, calls.calls, calls.has_calls),
    Pass("boilerplate.fused", 2, fused.fused_ends, fused.has_marks),
    Pass("boilerplate.author", 3, tail.about_author),
    Pass("boilerplate.facts", 2, tail.facts),
    Pass("boilerplate.leftovers", 2, tail.leftovers),
    Pass("boilerplate.above", 3, frame.above),
    Pass("boilerplate.below", 3, frame.below),
    Pass("boilerplate.likely", 2, likely.likely),
    Pass("structure.dateline", 5, datelines.dateline),
    Pass("structure.caption", 2, picture_credits.captions),
    Pass("boilerplate.agency", 2, picture_credits.agency_ends),
    Pass("structure.table_pipes", 2, structure.table_pipes, holds("|")),
    Pass("structure.table_rules", 1, structure.table_rules, holds("|")),
    Pass("structure.bullets", 2, lists.bullets, lists.has_bullets),
    Pass("structure.emoji", 1, lists.emoji, lists.not_ascii),
    Pass("markup.title_emoji", 1, lists.title_emoji, lists.not_ascii),
    Pass("structure.numbers", 2, lists.numbers, lists.has_numbers),
    Pass("structure.questions", 4, structure.questions, both(holds("?"), structure.has_asked)),
    Pass("structure.answers", 2, structure.answers, both(holds("?"), structure.has_answers)),
    Pass("structure.fused_questions", 4, structure.fused_questions, both(holds("? "), structure.has_fused)),
    Pass("structure.callouts", 5, structure.callouts, structure.has_callouts),
    Pass("repair.stop_spaces", 3, spaces.stop_spaces, by_line=True),
    Pass("repair.comma_spaces", 2, spaces.comma_spaces, by_line=True),
    Pass("repair.spaces_before", 1, spaces.spaces_before, holds(" .", " ,", " ;")),
    Pass("repair.mark_spaces", 1, spaces.mark_spaces, holds(*'()“”«»"')),
    Pass("repair.lookalikes", 1, lookalikes.lookalikes, lookalikes.has_mixed_words),
    Pass("repair.slips", 2, repairs.slips, by_line=True),
    Pass("repair.names", 3, repairs.names, by_line=True),
    Pass("repair.labels", 2, repairs.labels, holds(": ")),
    Pass("repair.header_cells", 1, repairs.header_cells, holds(" | ")),
    Pass("repair.sentence_starts", 3, sentence_starts.sentence_starts),
    # Cuts leave spaces and empty lines behind.
    Pass("whitespace.edges_again", 1, whitespace.edges, whitespace.has_edges),
    Pass("whitespace.runs_again", 1, whitespace.runs, holds("  ")),
    Pass("whitespace.blank_lines_again", 1, whitespace.blank_lines, whitespace.has_blank_lines),
)


def run_passes(text: AlignedText, repairs: Repairs) -> AlignedText:
    """Return the text after all passes, run until none finds anything more to do.

    What one pass leaves behind can be work for an earlier one: a bullet gone from before a drawn
    rule. So the result is the same whether a text comes in for the first time or again. No pass
    looks twice at a text that it left as it is; one that goes by lines looks at new ones only.
    """
    at_rest: dict[str, AlignedText] = {}
    for _round in range(_ROUNDS):
        before = text
        for step in PASSES:
            if not step.rests(text, at_rest.get(step.name), repairs):
                text = step.apply(text, repairs)
            at_rest[step.name] = text
        if text is before:
            return text
    raise RestlessError("the passes undo each other's work")


@lru_cache(maxsize=8)
def _fresh_lines(text: str, known: str) -> AlignedText:
    """Return the lines of a text that do not stand in another one, as a text."""
    seen = frozenset(known.split("\n"))
    return AlignedText.of("\n".join(line for line in text.split("\n") if line not in seen))


def normalised(source: str, repairs: Repairs) -> AlignedText:
    """Return the normalised text of a source text: one block per line, exact in both directions."""
    return run_passes(AlignedText.of(source), repairs)


def listing() -> str:
    """Return the passes in their order as a Markdown page, one line each."""
    head = "# Passes\n\nGenerated by `ukrcorpus normalise --passes`. In this order, each until it comes to rest.\n\n"
    rows = "".join(f"| `{step.name}` | {step.version} | {step.summary} |\n" for step in PASSES)
    return f"{head}| pass | version | what it does |\n|---|---|---|\n{rows}"


def fingerprint(repairs: Repairs) -> str:
    """Return 16 hex digits that name the passes, their versions and the repair lists."""
    names = ";".join(f"{step.name}/{step.version}" for step in PASSES)
    return hashlib.sha256(f"{names};{repairs.digest}".encode()).hexdigest()[:16]


def shown(find: Callable[[AlignedText, Repairs], Iterator[Change]], source: str) -> str:
    """Return what one pass makes of a source text; the docstrings of passes use it."""
    sample = Repairs(("Ukraine",), ("Global South",), (Slip("thes", "these", "en"), Slip("adn", "and", "en")), "")
    return Pass("shown", 1, find).apply(AlignedText.of(source), sample).text
