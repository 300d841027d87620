"""docs/rules.md: every rule with what it checks, its severity and its remedy."""

from collections.abc import Iterable, Iterator

from ukrcorpus.validate.rules import Depth, Rule

RENEW = "ukrcorpus validate --rules > docs/rules.md"
_HEAD = f"""# Rules of `ukrcorpus validate`

Made from src/ukrcorpus/validate/ by `{RENEW}`; do not edit.

Rules are asked depth by depth: {", ".join(Depth)}. A table with an error at one depth is not asked at the
next, and the report says so. Errors give exit code 1; notes do not, nor do findings that an `excuse` in schema/
turns into notes. An id is for ever.

A rule that was introduced later says since when, and does not fail older data: a finding in an article whose first
release (`published.jsonl`) is older than the rule, or in what annotators made before that day, is `legacy`. Legacy
findings are shown and counted, and give exit code 0.

The report is a text for people, at most ten findings of a rule; `--format json` has every finding. For programs there
are `github` (annotations of a GitHub workflow at file and line, at most ten of a rule), `sarif` (SARIF 2.1.0 for code
scanning and editors, at most 25,000 findings, as many as GitHub takes) and `junit` (a test case for each rule):

| severity | exit code | `github` | `sarif` | `junit` |
|---|---|---|---|---|
| error | 1 | error | error | failure |
| legacy | 0 | warning | note, tagged `legacy` | system-out |
| note | 0 | notice | note | system-out |

What was not asked, and why, stands in each: in SARIF as notifications, in JUnit as skipped cases.

To add a rule: one generator, its line in the tuple of its topic, a case in tests/invalid/<id>/, and this page anew. One
that published data may break has `since = date(...)`, today, and each `Broken` of it names its article.

`ukrcorpus validate` and `ukrcorpus release verify` ask every rule of everything, always. `ukrcorpus build` asks what
it does not know yet: where a rule found nothing in a table, or in one part of a large one, `build/.asked.json` keeps
the hash of all that decided it: rows, registry, schema, code, tools and further files. The report is the same. A rule
may be asked of a part if it says `alone`, and names the files that it reads beside tables and schema in `given`; one
that finds something there is asked of the whole, and nothing is kept of a report with errors. Without `alone`, it is
asked each time.
"""


def rules_page(rules: Iterable[Rule]) -> str:
    """Return the page as Markdown."""
    ordered = sorted(rules, key=lambda rule: tuple(Depth).index(rule.depth))
    return "\n".join([_HEAD, *(line for rule in ordered for line in _section(rule))])


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}\n"
    yield f"{rule.checks}\n"
    yield f"- Depth: {rule.depth}. Severity: {rule.severity}.{_since(rule)}\n- Remedy: {rule.remedy}\n"
    if rule.passes_on:
        yield "Its findings have ids of their own:\n"
        yield "\n".join(f"- `{id_}`: {sentence}" for id_, sentence in rule.passes_on.items()) + "\n"


def _since(rule: Rule) -> str:
    return f" Since {rule.since.isoformat()}; legacy in older data." if rule.since else ""
