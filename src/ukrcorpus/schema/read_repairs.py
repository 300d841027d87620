"""``schema/repairs.toml``: names whose case is mended, and the closed list of letter slips."""

import json

from ukrcorpus.core.tables import sha256
from ukrcorpus.schema.fields import Fields, each, once
from ukrcorpus.schema.model import Repairs, Slip


def read_repairs(fields: Fields) -> Repairs:
    """Return the repair lists; the digest is of their content and does not change with layout or comments."""
    content = json.dumps(fields.rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    slips = fields.tables("slips", "wrong")
    repairs = Repairs(
        names=fields.texts("names"),
        phrases=fields.texts("phrases"),
        slips=each(slips, lambda slip: Slip(slip.text("wrong"), slip.text("right"), slip.text("language"))),
        digest=sha256(content.encode("utf-8")),
        uncertain=fields.maybe_texts("uncertain"),
    )
    fields.done()
    for key, texts in (("names", repairs.names), ("phrases", repairs.phrases), ("uncertain names", repairs.uncertain)):
        once(((text, f"{fields.at(key)} #{n}") for n, text in enumerate(texts, 1)), key.removesuffix("s"))
    wrong = ((f"{slip.wrong} ({slip.language})", one.where) for slip, one in zip(repairs.slips, slips, strict=True))
    once(wrong, "slip")
    return repairs
