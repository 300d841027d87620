"""All rules, in the order of their topics: the one place where a new rule gets its line."""

from typing import Final

from ukrcorpus.validate.annotations import ANNOTATIONS
from ukrcorpus.validate.claims import CLAIMS
from ukrcorpus.validate.definition import DEFINITION
from ukrcorpus.validate.frames import FRAMES
from ukrcorpus.validate.keys import KEYS
from ukrcorpus.validate.known_errors import KNOWN_ERRORS
from ukrcorpus.validate.minted import MINTED
from ukrcorpus.validate.policies import POLICIES
from ukrcorpus.validate.raw import RAW
from ukrcorpus.validate.rules import Rule
from ukrcorpus.validate.samples import SAMPLES
from ukrcorpus.validate.spans import SPANS
from ukrcorpus.validate.splits import SPLITS
from ukrcorpus.validate.statements import STATEMENTS
from ukrcorpus.validate.texts import TEXTS
from ukrcorpus.validate.withdrawn import WITHDRAWALS

RULES: Final[tuple[Rule, ...]] = (
    *DEFINITION,
    *RAW,
    *ANNOTATIONS,
    *MINTED,
    *KNOWN_ERRORS,
    *FRAMES,
    *KEYS,
    *TEXTS,
    *SPANS,
    *CLAIMS,
    *STATEMENTS,
    *POLICIES,
    *WITHDRAWALS,
    *SPLITS,
    *SAMPLES,
)
