"""trichtin as a spaCy component."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin
from spacy.util import registry

from extractor import extract
from extractor.component import displacy_options

SEED = (Path(__file__).parent.parent / "seeds" / "bac-ai-go-cong-tay-giam-ngheo.txt").read_text(
    encoding="utf-8"
)
LINE = "Huyện Gò Công Tây, tỉnh Tiền Giang chi 3,7 tỷ đồng cho 136 hộ nghèo, đạt 79,78% dự toán."


def characters(text: str) -> Doc:
    """A tokeniser of the coarsest sort: a line is a token."""
    words = text.split("\n")
    return Doc(spacy.blank("xx").vocab, words=words, spaces=[False] * len(words))


def test_blank_pipeline_has_spans_and_records() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin")
    doc = nlp(SEED)
    assert doc._.records == extract(SEED).records
    spans = doc.spans["trichtin"]
    assert len(spans) == len(doc._.records)
    for span, record in zip(spans, doc._.records, strict=True):
        assert (span.label_, span.id_) == (record.kind, record.record_id)
        assert span.start_char <= record.start
        assert record.end <= span.end_char
        assert record.text in span.text


@pytest.mark.parametrize("code", ["xx", "en", "de"])
def test_any_tokeniser(code: str) -> None:
    nlp = spacy.blank(code)
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("trichtin")
    doc = nlp(LINE)
    assert [(s.label_, r.text) for s, r in zip(doc.spans["trichtin"], doc._.records, strict=True)] == [
        ("place", "Huyện Gò Công Tây"), ("place", "tỉnh Tiền Giang"), ("money", "3,7 tỷ đồng"),
        ("households", "136 hộ nghèo"), ("percent", "79,78%"),
    ]  # fmt: skip


def test_tokens_larger_than_records() -> None:
    nlp = spacy.blank("xx")
    nlp.tokenizer = characters
    nlp.add_pipe("trichtin")
    doc = nlp(LINE)
    assert {s.text for s in doc.spans["trichtin"]} == {LINE}
    assert doc._.records[2].text == "3,7 tỷ đồng"


def test_with_components_that_learn() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin", last=True)
    nlp.add_pipe("ner", first=True).add_label("X")
    nlp.initialize()
    doc = nlp(LINE)
    assert len(doc.spans["trichtin"]) == 5
    again = spacy.blank("xx").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert again(LINE)._.records == doc._.records


def test_settings() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin", config={"kinds": ["money"], "spans_key": "tien", "published": "2024-11-05"})
    doc = nlp("Năm nay, huyện chi 3,7 tỷ đồng cho 136 hộ nghèo.")
    assert [s.label_ for s in doc.spans["tien"]] == ["money"]
    assert [r.period for r in doc._.records] == ["2024"]


def test_docbin_gives_the_records_back(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin")
    docs = list(nlp.pipe([LINE, "Không có gì.", SEED]))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    back = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab))
    assert [d._.records for d in back] == [d._.records for d in docs]
    assert [[(s.start, s.end, s.label_, s.id_) for s in d.spans["trichtin"]] for d in back] == [
        [(s.start, s.end, s.label_, s.id_) for s in d.spans["trichtin"]] for d in docs
    ]


def test_pipeline_goes_to_disk_and_back(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin", config={"kinds": ["money"]})
    nlp.to_disk(tmp_path / "model")
    assert [r.kind for r in spacy.load(tmp_path / "model")(LINE)._.records] == ["money"]


def test_displacy_draws_the_spans() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin")
    html = displacy.render(nlp(LINE), style="span", options=displacy_options(), page=False, jupyter=False)
    assert "households" in html
    assert "#ccf0e4" in html


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    code = "import spacy; n = spacy.blank('xx'); n.add_pipe('trichtin'); print(len(n('Chi 3,7 tỷ đồng.')._.records))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1", done.stderr
    assert registry.has("factories", "trichtin")
