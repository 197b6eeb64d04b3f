"""A database as one self-contained page of charts, every mark of which leads to its sentence and article."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from extractor.output import number
from extractor.pages.charts import charts
from extractor.pages.findings import Findings, findings
from extractor.pages.html import LANGUAGES, asset, both, option, page
from extractor.pages.report_sources import sources_section
from extractor.pages.store import Database


def report(database: Database, title: str = "trichtin") -> str:
    """The page. Raises ModuleNotFoundError where Altair and vl-convert are not installed."""
    found = findings(database)
    several = sources_section(database, found)
    data = {
        "articles": found.articles,
        "sentences": found.sentences,
        "facts": found.facts,
        "rows": found.rows,
        "charts": {"vi": charts(0), "en": charts(1)},
        "words": found.words,
    }
    body = f"{_head(bool(several))}\n<main>{_tiles(found)}{_overview(found)}{several}{_facts(found)}{_MAP}{_people(found)}</main>\n{_PANEL}\n{_data(data)}"
    scripts = [_library(), asset("common.js"), asset("report.js")]
    return page(title, body, [asset(f"{name}.css") for name in ("common", "sheets", "report")], scripts)


@cache
def _library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, out of the installed package."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub forgets the default
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _data(data: dict[str, Any]) -> str:
    """JSON inside the page: no character of it can end the element that holds it."""
    encoded = msgspec.json.encode(data).decode("utf-8", "replace")
    safe = encoded.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" id="data">{safe}</script>'


def _head(several: bool) -> str:
    links = [
        ("overview", ("Tổng quan", "Overview")),
        *([("sources-of", ("Nhiều nguồn", "Several sources"))] if several else []),
        ("figures", ("Số liệu", "Figures")),
        ("places", ("Bản đồ", "Map")),
        ("officials", ("Cán bộ", "Officials")),
    ]
    shown = "".join(f'<a href="#{name}">{both(words)}</a>' for name, words in links)
    return (
        f'<header class="bar"><strong class="name">trichtin</strong><nav>{shown}</nav><span class="push"></span>'
        f"{LANGUAGES}</header>"
    )


_PANEL = f"""<aside id="panel" hidden aria-live="polite"><div class="top"><h2>{both(("Nguồn", "Sources"))}</h2>
<button type="button" id="close" aria-label="Đóng / close">✕</button></div><ol id="sources"></ol></aside>"""


def _tiles(found: Findings) -> str:
    tiles = (
        ("articles", ("bài báo", "articles")), ("figures", ("số liệu", "figures")), ("places", ("lượt địa danh", "mentions of places")),
        ("officials", ("lượt cán bộ", "statements of officials")), ("failed", ("lỗi kiểm tra", "failed checks")),
        ("failures", ("mục không đọc được", "items not read")),
    )  # fmt: skip
    shown = "".join(
        f'<li class="{name}"><b>{both((number(Decimal(found.counts[name])), f"{found.counts[name]:,}"))}</b> {both(words)}</li>'
        for name, words in tiles
    )
    return f'<ul class="tiles">{shown}</ul>'


def _chart(name: str, words: tuple[str, str], empty: tuple[str, str], note: str = "") -> str:
    return (
        f'<figure id="{name}"><figcaption><h3>{both(words)}</h3>{note}</figcaption><div class="chart"></div>'
        f'<p class="empty" hidden>{both(empty)}</p>'
        f'<details class="table"><summary>{both(("Bảng số", "Table"))}</summary><div></div></details></figure>'
    )


def _overview(found: Findings) -> str:
    dated = sum(row["n"] for row in found.rows["by-month"])
    told = (
        f"{dated} trong {number(Decimal(found.counts['articles']))} bài cho biết ngày đăng.",
        f"{dated} of {found.counts['articles']:,} articles tell their date.",
    )
    return f"""<section id="overview"><h2>{both(("Tổng quan", "Overview"))}</h2><div class="pair">
{_chart("by-month", ("Bài theo tháng", "Articles by month"), ("Không bài nào cho biết ngày đăng.", "No article tells its date."), f"<p>{both(told)}</p>")}
{_chart("by-kind", ("Kết quả theo loại", "Records by kind"), ("Chưa có kết quả.", "No records."))}
{_chart("by-check", ("Lỗi kiểm tra", "Failed checks"), ("Không có lỗi nào.", "No check failed."))}
{_chart("by-failure", ("Mục không đọc được", "Items not read"), ("Mọi mục đều đọc được.", "Every item was read."))}
</div></section>"""


def _facts(found: Findings) -> str:
    none = ("Không có số liệu nào cho lựa chọn này.", "No facts for this choice.")
    left = ""
    if found.left_out:
        left = f"<p>{both((f'{found.left_out} số liệu cũ hơn không nằm trong trang này.', f'{found.left_out} older facts are not on this page.'))}</p>"
    return f"""<section id="figures"><h2>{both(("Số liệu theo nơi và thời gian", "Figures by place and time"))}</h2>{left}
<form class="filters" id="filters">
<label>{both(("Xem", "Show"))}<select id="mode">{option("level", ("mức", "level"))}{option("change", ("thay đổi", "change"))}</select></label>
<label class="wide">{both(("Chỉ tiêu", "What is measured"))}<select id="what"></select></label>
<label>{both(("Kỳ", "Periods"))}<select id="grain"></select></label>
<label>{both(("Cấp", "Level"))}<select id="level"></select></label>
<label>{both(("Năm so sánh", "Year compared"))}<select id="year"></select></label>
<fieldset><legend>{both(("Nơi", "Places"))}</legend><div id="chosen"></div></fieldset>
</form>
{_chart("over-time", ("Theo thời gian", "Over time"), none)}
<div class="pair">
{_chart("compared", ("So sánh các nơi", "Places compared"), none)}
{_chart("planned", ("Kế hoạch và thực hiện", "Planned and actual"), ("Không có nơi nào có cả hai.", "No place has both."))}
</div></section>"""


_MAP = f"""<section id="places"><h2>{both(("Bản đồ", "Map"))}</h2>
<form class="filters"><label>{both(("Cỡ điểm", "Size by"))}<select id="size">{option("n", ("số bài nhắc tới", "articles that name it"))}{option("fact", ("chỉ tiêu đã chọn ở trên", "what is chosen above"))}</select></label>
<label>{both(("Cấp", "Level"))}<select id="map-level"></select></label></form>
{_chart("map", ("Các đơn vị được nhắc tới", "Units that are named"), ("Không có đơn vị nào.", "No units."))}</section>"""


def _people(found: Findings) -> str:
    count = len({row["name"] for row in found.rows["people"]})
    words = (f"{count} người được nhiều bài nhắc tới nhất", f"The {count} persons whom most articles name")
    return f"""<section id="officials"><h2>{both(("Cán bộ", "Officials"))}</h2>
<form class="filters"><label>{both(("Tìm tên hoặc chức vụ", "Find a name or an office"))}<input id="person" type="search" autocomplete="off"></label></form>
<div class="pair">
{_chart("people", words, ("Không có ai.", "Nobody."))}
{_chart("people-time", ("Chức vụ theo thời gian", "Offices over time"), ("Không bài nào của họ cho biết ngày đăng.", "None of their articles tells its date."))}
</div></section>"""
