"""An extraction as a spaCy Doc: syllables as tokens, the sentences that the rules saw, the records as spans."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractor.reading import read

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.pipeline import Extraction


@cache
def _language() -> Language:
    """A blank pipeline: its tokeniser parts words and marks, and keeps every character."""
    import spacy

    return spacy.blank("xx")


def to_doc(extraction: Extraction) -> Doc:
    """The article as a Doc. `doc.text` is the untouched text; `doc.sents` are the sentences, a token behind the body
    belongs to the last one; `doc.spans["trichtin"]` holds the records, `doc._.records` themselves."""
    from extractor.component import mark

    article = extraction.article
    doc = _language().make_doc(article.text)
    reading, folded = read(article)
    starts = {folded.span(*sentence)[0] for sentence in reading.sentences}
    for token in doc:
        token.is_sent_start = token.i == 0 or any(
            offset in starts for offset in range(token.idx, token.idx + len(token.text))
        )
    mark(doc, extraction.records)
    return doc
