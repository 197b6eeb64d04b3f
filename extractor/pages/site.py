"""The pages of the service: paste or upload, browse articles, search facts, the documentation of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
import regex
from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from extractor.output import number
from extractor.pages import labels
from extractor.pages.api import Filters, Offset, database
from extractor.pages.errors import ServiceError
from extractor.pages.html import LANGUAGES, asset, attribute, both, option, page, text
from extractor.pages.jobs import Upload
from extractor.pages.marks import colour
from extractor.pages.search import Search, Wanted
from extractor.pages.store import extraction
from extractor.pages.told import unit_link
from extractor.pages.view import view

router = APIRouter(include_in_schema=False)

PAGE = 50


def site(title: str, body: str, request: Request, status: int = 200) -> HTMLResponse:
    """A page of the service."""
    bar = f'<header class="bar">{navigation(request)}<span class="push"></span>{LANGUAGES}</header>'
    styles, scripts = [asset(f"{name}.css") for name in ("common", "site", "sheets")], [asset("common.js")]
    return HTMLResponse(page(title, f"{bar}\n{body}", styles, scripts, form_action="'self'"), status)


def navigation(request: Request) -> str:
    """The links at the head of every page."""
    links = [("/", ("Bài mới", "New article"))]
    if request.app.state.search is not None:
        links += [("/browse", ("Bài báo", "Articles")), ("/search", ("Số liệu", "Facts"))]
        links.append(("/claims", ("Đối chiếu", "Agreement")))
    links.append(("/docs", ("API", "API")))
    shown = " ".join(f'<a href="{href}">{both(words)}</a>' for href, words in links)
    return f'<a class="name" href="/">trichtin</a><nav>{shown}</nav>'


@router.get("/")
def start(request: Request) -> Response:
    """A form to paste an article or to send a file."""
    body = f"""<main class="sheet">
<h1>{both(("Dán một bài báo", "Paste an article"))}</h1>
<p class="lead">{
        both(
            (
                "Số tiền, tỷ lệ, số hộ, địa danh và cán bộ được đánh dấu ngay trong bài; mỗi kết quả được kiểm lại với nguyên văn.",
                "Amounts, percentages, households, places and officials are marked in the text; each is checked against it.",
            )
        )
    }</p>
<form method="post" action="/view" enctype="multipart/form-data">
<label class="sr" for="text">{both(("Bài báo", "Article"))}</label>
<textarea id="text" name="text" rows="11" autofocus spellcheck="false" lang="vi"></textarea>
<div class="row">
<label>{
        both(("hoặc chọn tệp", "or choose a file"))
    } <input type="file" name="file" accept=".txt,.html,.htm,text/plain,text/html"></label>
<label>{
        both(("Ngày đăng (nếu biết)", "Published (if known)"))
    } <input name="published" size="11" placeholder="2024-11-05" pattern="\\d{{4}}(-\\d\\d){{0,2}}"></label>
<span class="push"></span>
<button class="go">{both(("Trích thông tin", "Extract"))}</button>
</div>
</form>
<p class="hint">{
        both(
            (
                "Bài không được lưu lại và không rời khỏi máy này.",
                "The article is not kept and does not leave this machine.",
            )
        )
    }</p>
</main>"""
    return site("trichtin", body, request)


@router.post("/view")
async def show(request: Request) -> Response:
    """The page of the article that was pasted or sent."""
    limit = request.app.state.body_limit
    form = await request.form(max_files=1, max_fields=10, max_part_size=limit)
    file, pasted = form.get("file"), form.get("text")
    published = form.get("published")
    day = published.strip() or None if isinstance(published, str) else None
    if isinstance(file, UploadFile) and file.filename:
        name = file.filename.replace("\\", "/").rsplit("/", 1)[-1]
        upload = Upload(name, await file.read(), day, navigation(request))
    elif isinstance(pasted, str) and pasted.strip():
        # a form sends every line end as CR LF
        upload = Upload("", pasted.replace("\r\n", "\n").encode("utf-8", "replace"), day, navigation(request))
    else:
        raise ServiceError(
            422, "empty", "There is no article", "Paste its text, or choose a text or HTML file."
        )
    shown = await run_in_threadpool(request.app.state.bounded.run, "view", msgspec.msgpack.encode(upload))
    return HTMLResponse(shown)


@router.get("/article/{article_id}")
def article(article_id: str, request: Request, search: Annotated[Search, Depends(database)]) -> Response:
    """An article of the database with its records marked."""
    found = extraction(search.database, article_id)
    if found is None:
        raise ServiceError(404, "no_article", "There is no article of this id", "Look for it under /browse.")
    return HTMLResponse(view([found], navigation=navigation(request)))


@router.get("/browse")
def browse(
    filters: Filters, request: Request, search: Annotated[Search, Depends(database)], offset: Offset = 0
) -> Response:
    """The articles of the database."""
    total = search.count_articles(filters)
    rows = "".join(_article_row(row) for row in search.articles(filters, PAGE, offset))
    head = "".join(
        f"<th>{both(w)}</th>"
        for w in (("Bài", "Article"), ("Ngày", "Date"), ("Báo", "Newspaper"), ("Kết quả", "Records"))
    )
    fields = [
        _input(filters, "q"),
        _input(filters, "unit"),
        _kinds(filters, search.kinds(every=True)),
        _years(filters),
    ]
    body = (
        f'<main class="wide"><h1>{both(("Bài báo", "Articles"))}</h1>{_form("/browse", fields)}'
        f"{_found(total, ('bài', 'articles'))}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{pages('/browse', filters.told(), offset, total)}</main>"
    )
    return site("Bài báo · trichtin", body, request)


def _article_row(row: dict[str, Any]) -> str:
    title = row["title"] or row["source"] or row["id"]
    return (
        f'<tr><td><a href="/article/{attribute(row["id"])}">{text(title)}</a></td><td class="nowrap">{text(row["published"] or "")}</td>'
        f'<td>{text(row["newspaper"] or "")}</td><td class="number">{row["records"]}</td></tr>'
    )


@router.get("/search")
def search_facts(
    filters: Filters, request: Request, search: Annotated[Search, Depends(database)], offset: Offset = 0
) -> Response:
    """The facts of the database."""
    total = search.count_facts(filters)
    rows = "".join(_fact_row(row) for row in search.facts(filters, PAGE, offset))
    names = (
        ("Nguyên văn", "Quote"), ("Giá trị", "Value"), ("Chỉ tiêu", "What is measured"), ("Nơi", "Place"),
        ("Thời gian", "Time"), ("Bài", "Article"),
    )  # fmt: skip
    head = "".join(f"<th>{both(w)}</th>" for w in names)
    fields = [
        _input(filters, "q"), _input(filters, "unit"), _input(filters, "indicator"), _kinds(filters, search.kinds()), _years(filters),
        _input(filters, "value_min"), _input(filters, "value_max"), _input(filters, "measure"),
        _choice(filters, "status", {"actual": labels.value("actual"), "planned": labels.value("planned")}),
        _choice(filters, "verified", {"true": ("qua kiểm tra", "checks passed"), "false": ("lỗi kiểm tra", "a check failed")}),
    ]  # fmt: skip
    asked = urlencode(filters.told())
    export = f'<p class="export">{both(("Tải về", "Download"))}: <a href="/facts.csv?{attribute(asked)}">CSV</a> <a href="/facts.jsonl?{attribute(asked)}">JSONL</a></p>'
    body = (
        f'<main class="wide"><h1>{both(("Số liệu", "Facts"))}</h1>{_form("/search", fields)}'
        f"{_found(total, ('số liệu', 'facts'))}{export}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{pages('/search', filters.told(), offset, total)}</main>"
    )
    return site("Số liệu · trichtin", body, request)


def _fact_row(row: dict[str, Any]) -> str:
    low, high = row["value_min"], row["value_max"]
    value = _amount(low) if low == high else f"{_amount(low)} – {_amount(high)}"
    measure = {"percent": "%", "household": "hộ"}.get(row["unit"], row["unit"])
    about = " · ".join(text(v) for v in (row["indicator"] or row["category"], row["subject"]) if v)
    when = both(labels.period(row["period"])) if row["period"] else ""
    if row["status"] == "planned":
        when += f" <i>{both(('kế hoạch', 'planned'))}</i>"
    bad = "" if row["verified"] else ' class="bad"'
    link = f"/article/{attribute(row['article_id'])}#r-{attribute(row['record_id'])}"
    title = row["title"] or row["source"] or row["article_id"]
    return (
        f'<tr{bad}><td><a class="quote {colour(row["kind"])}" href="{link}">{text(row["quote"])}</a></td>'
        f'<td class="number">{text(value)} {text(measure)}{"/" + text(row["per"]) if row["per"] else ""}</td><td>{about}</td>'
        f'<td>{unit_link(row["place"] or "", row["place_code"], row["place_valid_from"])}</td><td>{when}</td><td class="from">{text(title)}</td></tr>'
    )


def _amount(value: Decimal | None) -> str:
    return number(value) if value is not None else "?"


_NAMES: dict[str, labels.Words] = {
    "q": ("Từ trong bài", "Words of the article"),
    "unit": ("Đơn vị (gồm cả cấp dưới)", "Unit with its parts"),
    "indicator": ("Chỉ tiêu", "What is measured"),
    "kind": ("Loại", "Kind"),
    "since": ("Từ năm", "From year"),
    "until": ("Đến năm", "To year"),
    "value_min": ("Giá trị từ", "Value from"),
    "value_max": ("đến", "to"),
    "measure": ("Đơn vị tính", "Measured in"),
    "status": ("Trạng thái", "Status"),
    "verified": ("Kiểm tra", "Checks"),
}
_EXAMPLES = {
    "unit": "Tiền Giang",
    "q": 'giảm nghèo, "nông thôn mới"',
    "measure": "VND",
    "indicator": "thu ngân sách",
}


def _input(filters: Wanted, name: str) -> str:
    value = filters.told().get(name, "")
    example = _EXAMPLES.get(name, "")
    return (
        f'<label>{both(_NAMES[name])}<input name="{name}" value="{attribute(value)}" '
        f'placeholder="{attribute(example)}" size="{16 if example else 9}"></label>'
    )


def _years(filters: Wanted) -> str:
    return _input(filters, "since") + _input(filters, "until")


def _kinds(filters: Wanted, kinds: list[str]) -> str:
    return _choice(filters, "kind", {k: labels.kind(k) for k in kinds})


def _choice(filters: Wanted, name: str, options: dict[str, labels.Words]) -> str:
    chosen = filters.told().get(name)
    listed = "".join(option(value, words, value == chosen) for value, words in options.items())
    return f'<label>{both(_NAMES[name])}<select name="{name}"><option value="">–</option>{listed}</select></label>'


def _form(action: str, fields: list[str]) -> str:
    return f'<form class="filters" action="{action}">{"".join(fields)}<button class="go">{both(("Tìm", "Search"))}</button></form>'


def _found(total: int, words: labels.Words) -> str:
    return f'<p class="total">{both((f"{number(Decimal(total))} {words[0]}", f"{total:,} {words[1]}"))}</p>'


def pages(path: str, told: Mapping[str, str], offset: int, total: int) -> str:
    """Links to the pages before and after, with what was asked for."""
    links = []
    for at, words, rel in (
        (offset - PAGE, ("← Trang trước", "← Previous"), "prev"),
        (offset + PAGE, ("Trang sau →", "Next →"), "next"),
    ):
        if 0 <= at < total or (rel == "prev" and offset > 0):
            asked = urlencode({**told, "offset": max(at, 0)})
            links.append(f'<a class="button" rel="{rel}" href="{path}?{attribute(asked)}">{both(words)}</a>')
    shown = f"{offset + 1}–{min(offset + PAGE, total)} / {total}" if total else ""
    return f'<nav class="pages">{" ".join(links)} <span>{shown}</span></nav>'


@router.get("/docs")
def reference(request: Request) -> Response:
    """The documentation of the interface, made of its OpenAPI description on this machine."""
    described = request.app.openapi()
    parts = []
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            parts.append(_operation(path, method.upper(), told))
    body = (
        f'<main class="wide docs"><h1>API</h1><p class="lead">{both(("Mô tả máy đọc được", "For programs"))}: '
        f'<a href="/openapi.json">openapi.json</a></p>{"".join(parts)}</main>'
    )
    return site("API · trichtin", body, request)


def _operation(path: str, method: str, told: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{text(p['name'])}</code>{' *' if p.get('required') else ''}</td><td>{text(p.get('description', p['in']))}</td></tr>"
        for p in told.get("parameters", ())
    )
    content = told.get("requestBody", {}).get("content", {}).get("application/json")
    example = msgspec.json.encode(content["example"]).decode() if content else ""
    where = regex.sub(r"\{\w+\}", "…", path)
    needed = "&".join(
        f"{p['name']}=…" for p in told.get("parameters", ()) if p["in"] == "query" and p.get("required")
    )
    line = f"curl 'http://127.0.0.1:8080{where}{'?' if needed else ''}{needed}'"
    if content:
        line += f" \\\n  -H 'content-type: application/json' \\\n  -d '{example}'"
    fields = content["schema"]["properties"] if content else {}
    rows += "".join(
        f"<tr><td><code>{text(name)}</code>{' *' if name in content['schema']['required'] else ''}</td>"
        f"<td>{text(f.get('description', ''))}</td></tr>"
        for name, f in fields.items()
    )
    return (
        f'<section><h2><b class="{method}">{method}</b> <code>{text(path)}</code></h2><p>{text(told["summary"])}. '
        f"{text(told.get('description', ''))}</p>{f'<table>{rows}</table>' if rows else ''}<pre>{text(line)}</pre></section>"
    )
