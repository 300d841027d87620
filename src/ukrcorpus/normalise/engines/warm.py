"""What every worker needs, loaded by importing this: the process that workers are forked from does so, once for all."""

from typing import Final

import pyarrow as pa

from ukrcorpus.normalise import parts, shards
from ukrcorpus.normalise.article import RawArticle
from ukrcorpus.normalise.records import Pending, record_of
from ukrcorpus.schema.model import Repairs

__all__ = ["parts", "shards"]

# Latin letters without a language's own words, so that every model is asked.
_SOURCE: Final = "Vela mori\n\nTalus renova delio sarmat, quos velid amor terem, donec parval istem.\n"
_PROVENANCE: Final = {"article_id": "warm", "raw_sha256": "", "raw_encoding": "utf-8"}

pa.array([record_of(Pending.of(RawArticle(_PROVENANCE, _SOURCE)), "", Repairs((), (), (), "")) is None])
