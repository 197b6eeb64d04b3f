"""Errors of the service: every one says in plain words what is wrong and what to do, and names no file of the machine."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from extractor.pages.bounded import BusyError, RefusedError, TimeLimitError
from extractor.pages.guards import problem
from extractor.pages.html import LANGUAGES, asset, both, page, text
from extractor.pages.search import UnitError

log = logging.getLogger("trichtin.serve")

_SEE = "See /docs for the addresses and their parameters."


class ServiceError(Exception):
    """An error with its status, code, message and advice."""

    def __init__(self, status: int, code: str, message: str, what_to_do: str) -> None:
        """The message is shown to the caller as it stands."""
        super().__init__(message)
        self.status, self.code, self.message, self.what_to_do = status, code, message, what_to_do


def not_reconciled() -> ServiceError:
    """What is told of a database on which `reconcile` was not run."""
    return ServiceError(
        404,
        "not_reconciled",
        "The articles are not yet put together",
        "Run 'trichtin reconcile' on this database.",
    )


def handle(app: FastAPI, seconds: float) -> None:
    """Register the handlers. `seconds`: the time limit, told when it is passed."""
    known: dict[type[Exception], Any] = {
        RefusedError: lambda e: (422, "unusable", str(e), "Correct it and send it again."),
        UnitError: lambda e: (422, "unit", str(e), "GET /units?q= finds units and their codes."),
        TimeLimitError: lambda _: (
            503, "time_limit", f"The work took longer than {seconds:g} seconds", "Send a shorter text.",
        ),
        BusyError: lambda _: (503, "busy", "Too much work is waiting", "Try again in a little while."),
        ServiceError: lambda e: (e.status, e.code, e.message, e.what_to_do),
    }  # fmt: skip
    for kind, told in known.items():
        app.add_exception_handler(kind, _handler(told))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def _handler(told: Any) -> Any:
    async def handler(request: Request, error: Exception) -> Response:
        return answer(request, *told(error))

    return handler


_VIETNAMESE = {
    "There is no article": "Chưa có bài báo nào",
    "Paste its text, or choose a text or HTML file.": "Hãy dán nội dung bài, hoặc chọn một tệp văn bản hay HTML.",
    "There is no article of this id": "Không có bài nào mang mã này",
    "There is no unit of this code": "Không có đơn vị nào mang mã này",
    "There is no claim of this id": "Không có số liệu đối chiếu nào mang mã này",
    "There is no person of this id": "Không có người nào mang mã này",
    "Look for it under /claims.": "Hãy tìm ở trang /claims.",
    "Look for the person on the page of a unit.": "Hãy tìm người này ở trang của một đơn vị.",
    "The articles are not yet put together": "Chưa đối chiếu các bài với nhau",
    "Run 'trichtin reconcile' on this database.": "Hãy chạy 'trichtin reconcile' với cơ sở dữ liệu này.",
    "Look for it under /browse.": "Hãy tìm bài ở trang /browse.",
    "There is nothing at this address": "Địa chỉ này không có gì",
    _SEE: "Trang /docs liệt kê các địa chỉ và tham số.",
    "GET /units?q= finds units and their codes.": "Trang /units?q= tìm đơn vị hành chính và mã của chúng.",
    "Send a shorter text.": "Hãy gửi một bài ngắn hơn.",
    "Correct it and send it again.": "Hãy sửa lại rồi gửi lần nữa.",
    "Too much work is waiting": "Đang có quá nhiều việc chờ",
    "Try again in a little while.": "Hãy thử lại sau ít phút.",
    "The search took too long": "Việc tìm kiếm kéo dài quá lâu",
    "Ask for less: a kind, a unit, a year.": "Hãy thu hẹp: một loại, một đơn vị, một năm.",
    "The service made a mistake": "Dịch vụ gặp lỗi",
    "Try again; the service's log has the reason.": "Hãy thử lại; nhật ký của dịch vụ ghi nguyên nhân.",
}
"""What the pages for browsers say in Vietnamese; what names a value that was given is told as it stands."""


def _said(message: str) -> str:
    vietnamese = _VIETNAMESE.get(message)
    return both((vietnamese, message)) if vietnamese else text(message)


def answer(request: Request, status: int, code: str, message: str, what_to_do: str) -> Response:
    """JSON for programs, a page for browsers."""
    if "text/html" in request.headers.get("accept", ""):
        body = (
            f'<header class="bar"><a class="name" href="/">trichtin</a><span class="push"></span>{LANGUAGES}</header>'
            f'<main class="sheet"><h1>{both(("Không được", "That did not work"))}</h1><p>{_said(message)}</p>'
            f'<p>{_said(what_to_do)}</p><p><a class="button" href="/">{both(("Về trang đầu", "Back"))}</a></p></main>'
        )
        styles = [asset("common.css"), asset("site.css")]
        return HTMLResponse(page("trichtin", body, styles, [asset("common.js")]), status)
    return JSONResponse(problem(code, message, what_to_do), status)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    given = first.get("input")
    shown = f"; {str(given)[:60]!r} was given" if given is not None and not isinstance(given, dict) else ""
    return answer(request, 422, "parameter", f"The parameter {name!r}: {first['msg']}{shown}", _SEE)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return answer(request, 404, "no_such_page", "There is nothing at this address", _SEE)
    if error.status_code == 405:
        message = f"This address does not take {request.method}"
        refused = answer(request, 405, "method", message, _SEE)
        refused.headers.update(error.headers or {})  # which methods the address does take
        return refused
    return answer(request, error.status_code, "request", str(error.detail), _SEE)


async def _fault(request: Request, error: Exception) -> Response:
    said = str(error)
    if "interrupted" in said or "statement timeout" in said:
        return answer(
            request, 503, "time_limit", "The search took too long", "Ask for less: a kind, a unit, a year."
        )
    log.error("fault at %s %s", request.method, request.url.path, exc_info=error)
    return answer(
        request, 500, "fault", "The service made a mistake", "Try again; the service's log has the reason."
    )
