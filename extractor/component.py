"""trichtin as a spaCy component: `nlp.add_pipe("trichtin")` in any pipeline, blank or trained, any tokeniser.

The text of a document is extracted as it stands. Records reach `doc.spans["trichtin"]` as spans whose label is the
kind and whose id is the record's id, and `doc._.records` as records. A span is widened to whole tokens where
the pipeline's tokeniser cuts words otherwise; the record keeps its exact characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.ownrules import load_rules
from extractor.pipeline import extract
from extractor.records import Record, from_json, to_json

DATA = "trichtin_records"
"""Key of `doc.user_data` that holds the records as JSON: plain strings, so that a `DocBin` can store them."""


def _records(doc: Doc) -> tuple[Record, ...]:
    return tuple(from_json(line) for line in doc.user_data.get(DATA, ()))


def register() -> None:
    """Make `doc._.records` known. For code that reads a `DocBin` without a pipeline."""
    if not Doc.has_extension("records"):
        Doc.set_extension("records", getter=_records)


def mark(doc: Doc, records: Iterable[Record], spans_key: str = "trichtin") -> None:
    """Put records on a document: as spans with their kind for label, and as `doc._.records`."""
    register()
    records = tuple(records)
    spans = (
        doc.char_span(r.start, r.end, label=r.kind, span_id=r.record_id, alignment_mode="expand")
        for r in records
    )
    doc.spans[spans_key] = [span for span in spans if span is not None]
    doc.user_data[DATA] = [to_json(r).decode() for r in records]


@Language.factory(
    "trichtin",
    assigns=["doc.spans", "doc._.records"],
    default_config={"spans_key": "trichtin", "kinds": None, "published": None, "rules": None},
)
class Trichtin:
    """Adds the records of a document. Holds nothing but its settings.

    `spans_key`: the group of `doc.spans`. `kinds`: the kinds that are wanted, all when None. `published`: the
    date of publication of texts that do not tell it. `rules`: names or files of rules of one's own. A document may state its own in
    `doc.user_data["published"]`, and its source in `doc.user_data["source"]`.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        spans_key: str,
        kinds: list[str] | None,
        published: str | None,
        rules: list[str] | None,
    ) -> None:
        """Called by spaCy. Raises extractor.RulesError for rules that cannot be used."""
        self.rules = load_rules(*rules) if rules else None
        self.name, self.spans_key, self.published = name, spans_key, published
        self.kinds = frozenset(kinds) if kinds is not None else None
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Extract the document's text. Words that no token covers give a record without a span."""
        told = {key: doc.user_data.get(key) for key in ("source", "published")}
        extraction = extract(
            doc.text, told["source"], published=told["published"] or self.published, rules=self.rules
        )
        records = [r for r in extraction.records if self.kinds is None or r.kind in self.kinds]
        mark(doc, records, self.spans_key)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing is learned, so nothing is stored but the settings, which spaCy's config holds."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Trichtin:
        """Take in what `to_bytes` gave."""
        return self

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Write nothing."""

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> Trichtin:
        """Read nothing."""
        return self


COLOURS = {
    "money": "#ccf0e4",
    "percent": "#fdebc0",
    "households": "#e6ddfd",
    "place": "#d9e8fc",
    "official": "#fbdcec",
}
"""Colours for displaCy: `displacy.render(doc, style="span", options=displacy_options())`."""


def displacy_options(spans_key: str = "trichtin") -> dict[str, Any]:
    """Options that let spaCy's displaCy (`style="span"`) show the records."""
    return {"spans_key": spans_key, "colors": dict(COLOURS)}
