"""Articles as one self-contained page: the text with its records marked, and what each record says beside it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.pages import labels
from extractor.pages.fields import headline, rows
from extractor.pages.html import LANGUAGES, asset, attribute, both, page, text
from extractor.pages.marks import colour, marked
from extractor.pipeline import Extraction
from extractor.records import Record


def view(extractions: Iterable[Extraction], navigation: str = "") -> str:
    """The page of some articles. An article that comes twice is shown once. `navigation` is HTML of the caller."""
    shown = list({e.article.id: e for e in extractions}.values())
    titles = [_title(e) for e in shown]
    body = "\n".join(_article(e, title) for e, title in zip(shown, titles, strict=True))
    choice = _choice(shown, titles) if len(shown) > 1 else ""
    tools = f'<header class="bar">{navigation or _NAME}{choice}<span class="push"></span>{LANGUAGES}</header>'
    name = titles[0] if len(titles) == 1 else "trichtin"
    return page(
        name,
        f"{tools}\n{body}",
        [asset("common.css"), asset("view.css")],
        [asset("common.js"), asset("view.js")],
    )


_NAME = '<strong class="name">trichtin</strong>'


def frame(extraction: Extraction) -> str:
    """The page in a frame of its own, for notebooks: it can neither see nor change the notebook."""
    inner = html.escape(view([extraction]), quote=True)
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{inner}" title="trichtin" '
        'style="width:100%;height:640px;border:1px solid #8884;border-radius:8px"></iframe>'
    )


def _title(extraction: Extraction) -> str:
    article = extraction.article
    first = " ".join(article.text[:400].split())
    return article.title or (first[:80] + "…" if len(first) > 80 else first) or article.source or article.id


def _choice(shown: Sequence[Extraction], titles: Sequence[str]) -> str:
    options = "".join(
        f'<option value="a-{e.article.id}">{attribute(title)}</option>'
        for e, title in zip(shown, titles, strict=True)
    )
    return f'<label class="choice"><span class="count">{len(shown)}</span><select id="choice">{options}</select></label>'


def _article(extraction: Extraction, title: str) -> str:
    article, records = extraction.article, extraction.records
    told = [v for v in (article.newspaper, article.published, article.byline, article.source) if v]
    failed = sum(not r.verified for r in records)
    warning = ""
    if failed:
        warning = f'<p class="warning" role="status">✗ {both((f"{failed} kết quả không qua kiểm tra", f"{failed} records failed a check"))}</p>'
    return f"""<section class="article" id="a-{article.id}" aria-label="{attribute(title)}">
<div class="paper">
<p class="told">{" · ".join(f"<span>{text(v)}</span>" for v in told)}</p>
<div class="text" role="group" tabindex="0" aria-label="{attribute(title)}">{marked(article.text, records)}</div>
</div>
<aside class="side">
<div class="head">
<h2>{both((f"{len(records)} kết quả", f"{len(records)} records"))}</h2>
{warning}
{_filters(records, failed)}
</div>
<div class="list">
{"".join(map(_entry, records)) or f'<p class="none">{both(("Không tìm thấy gì trong bài này.", "Nothing was found in this article."))}</p>'}
</div>
</aside>
</section>"""


def _filters(records: Sequence[Record], failed: int) -> str:
    if not records:
        return ""
    counts = Counter(r.kind for r in records)
    order = [*(k for k in labels.KINDS if k in counts), *sorted(k for k in counts if k not in labels.KINDS)]
    chips = "".join(
        f'<label class="chip {colour(kind)}"><input type="checkbox" data-kind="{attribute(kind)}" checked> '
        f"{both(labels.kind(kind))} <b>{counts[kind]}</b></label>"
        for kind in order
    )
    if failed:
        chips += (
            '<label class="chip bad"><input type="checkbox" data-failed> '
            f"{both(('Chỉ lỗi', 'Failed only'))} <b>{failed}</b></label>"
        )
    return (
        f'<div class="chips">{chips}</div>\n'
        f'<label class="find"><span class="sr">{both(("Lọc", "Filter"))}</span>'
        '<input type="search" autocomplete="off" placeholder="Lọc / filter …"></label>'
    )


def _entry(record: Record) -> str:
    failed = [name for name, verdict in record.checks.items() if verdict == "fail"]
    badge = "".join(f'<span class="fail">✗ {both(labels.CHECKS.get(n, (n, n)))}</span>' for n in failed)
    lines = "".join(_row(row.name, row.value, row.evidence) for row in rows(record))
    checks = "".join(
        f'<li class="{verdict}"><span class="sign">{labels.SIGNS[verdict]}</span> <span>{both(labels.CHECKS.get(name, (name, name)))}</span>'
        f" <em>{both(labels.VERDICTS[verdict])}</em></li>"
        for name, verdict in record.checks.items()
    )
    where = f"{record.start}–{record.end}"
    return (
        f'<details class="entry {colour(record.kind)}{" bad" if failed else ""}" id="r-{record.record_id}" '
        f'data-kind="{attribute(record.kind)}" data-start="{record.start}" data-end="{record.end}">'
        f'<summary><span class="words">{text(" ".join(record.text.split()))}</span>'
        f'<span class="kind">{both(labels.kind(record.kind))}</span>'
        f'<span class="line">{headline(record)}</span>{badge}</summary>'
        f"<dl>{lines}{_row('rule', f'<code>{text(record.rule)}</code>')}{_row('span', where)}</dl>"
        f'<ul class="checks">{checks}</ul></details>\n'
    )


def _row(name: str, value: str, evidence: tuple[int, int] | None = None) -> str:
    read = ""
    if evidence:
        read = f' class="l-{name}" data-link="{name}" data-from="{evidence[0]}" data-to="{evidence[1]}"'
    return f"<div{read}><dt>{both(labels.FIELDS[name])}</dt><dd>{value}</dd></div>"
