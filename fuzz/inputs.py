"""Laws for what users write: rule files, and records of any producer that are to be checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from extractor import extract
from extractor.article import read_article
from extractor.ownrules import RulesError, load_sources, shipped
from extractor.ownrules.source import Source, parsed
from extractor.records import to_json
from extractor.verify import InputError, Library, read_claims, run
from fuzz import news
from fuzz.laws import Broken
from fuzz.news import one

ARTICLE = (
    "Huyện Gò Công Tây giảm nghèo\nNăm 2024, huyện Gò Công Tây, tỉnh Tiền Giang hỗ trợ hơn 3,7 tỷ đồng cho 136 hộ nghèo, "
    "tăng 9,2% so với năm 2023, tạo việc làm cho 500 lao động.\nÔng Trần Quốc Bình, Phó Bí thư Huyện ủy, cho biết như vậy."
)


def rules_file(text: str) -> None:
    """A rule file is used, or refused with its name and line; what it finds holds to the contract."""
    try:
        ruleset = load_sources([Source("my.toml", text, parsed("my.toml", text))])
    except RulesError as e:
        assert str(e).startswith("my.toml:"), e  # noqa: PT017  what is told is what counts
        return
    for r in extract(ARTICLE, rules=ruleset).records:
        assert ARTICLE[r.start : r.end] == r.text
        assert r.checks["quote"] == "pass"


VALUES = one(
    '[]|[""]|["hộ"]|["lao động", "lao động"]|[5]|"lao động"|5|-1|0|1e400|nan|true|{}|[[]]|2017-01-01|"a\\u0000"|'
    '["("]|[".*"]|["\\\\d+"]|["đ"]|["%"]|["a a a a a a a a a a"]|"""x"""|["👩‍🌾"]|{"con" = 1, "tạ" = 0.1}'
)
LINES = one(
    "[kinds.x]|[kinds.lao-dong]|[kinds.money]|[kinds]|[[kinds]]|[currencies]|[places]|[indicators]|[households]|[officials]|"
    "[unknown]|words = ?|unit = ?|examples = ?|fractions = ?|heads = ?|kinds = ?|USD = ?|XAU = ?|aliases = ?|x.y = ?|= ?|? = ?"
)


@st.composite
def toml(draw: st.DrawFn) -> str:
    """A rule file that comes with the project, with lines put in, left out or repeated; or such lines alone."""
    texts = ["", *(path.read_text(encoding="utf-8") for path in shipped().values())]
    lines = draw(st.sampled_from(texts)).splitlines()
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(["put in", "put in", "leave out", "repeat", "garble"])):
            case "put in":
                lines.insert(at, draw(LINES).replace("?", draw(VALUES)))
            case "leave out":
                del lines[at : at + 1]
            case "repeat":
                lines[at:at] = lines[at : at + 2]
            case _:
                lines[at : at + 1] = [draw(st.text(max_size=20))]
    return "\n".join(lines)


def check(text: str) -> None:
    """Records of any producer get a verdict each, or the first that is none is told with its line."""
    library = Library([read_article(ARTICLE, "a.txt")])
    try:
        claims = list(read_claims("records.jsonl", text))
        report = run(claims, library)
    except InputError as e:
        assert "records.jsonl" in str(e)  # noqa: PT017  what is told is what counts
        return
    assert len(report.findings) == len(claims) == sum(report.counts.values())
    assert all(0 <= m.start < m.end <= len(ARTICLE) for m in report.missed)


def own_records(text: str) -> None:
    """The records that were extracted of a text are grounded in it, or stand in several places of it.

    Without their indicators: of which of several figures one is told is what checker and rules may disagree on.
    """
    records = [r for r in extract(text, "a.txt").records if r.verified]
    library = Library([read_article(text, "a.txt")])
    rows = [{k: v for k, v in json.loads(to_json(r)).items() if k != "indicator"} for r in records]
    content = "\n".join(json.dumps(row) for row in rows)
    for finding in run(list(read_claims("records.jsonl", content)), library).findings:
        if finding.verdict not in ("grounded", "ambiguous"):
            key = f"own_records/{finding.claim.kind}/{finding.verdict}"
            raise Broken(key, f"{finding.claim.text!r}: {finding.why}")


ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**30),
    st.floats(),
    st.text(max_size=8),
    news.SHORT,
    one("3,7 tỷ đồng|136|9.2|VND|%|a.txt|b.txt|3700000000|hộ nghèo|NaN|1e999|-0|increase|huyện Gò Công Tây"),
    st.lists(st.integers(-3, 400), max_size=3),
    st.dictionaries(one("start|end|start_pos|end_pos|value|min|max"), st.integers(-3, 400), max_size=3),
)
FIELDS = one(
    "text|value|value_min|value_max|unit|start|end|kind|name|position|organisation|place|source|article|of|indicator|"
    "category|change|code|evidence|offsets|span|char_interval|period|type|id"
)
RECORD = st.dictionaries(FIELDS, ODD, max_size=6)
SOUND = st.sampled_from([json.loads(to_json(r)) for r in extract(ARTICLE, "a.txt").records])
CLAIM = st.one_of(RECORD, st.tuples(SOUND, RECORD).map(lambda pair: {**pair[0], **pair[1]}))
CLAIMS = st.lists(CLAIM, max_size=3).map(lambda rows: "\n".join(map(json.dumps, rows)))

TARGETS: dict[str, tuple[Callable[[str], None], st.SearchStrategy[str]]] = {
    "rules_file": (rules_file, toml()),
    "check": (check, st.one_of(CLAIMS, CLAIMS, st.text(max_size=30))),
    "own_records": (own_records, news.SHORT),
}
"""What users write and what is tried on it."""
