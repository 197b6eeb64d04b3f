"""The service put together: pages, interface, guards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI

import extractor
from extractor.pages import api, sheets, site, told_api
from extractor.pages.bounded import Bounded
from extractor.pages.errors import handle
from extractor.pages.guards import Guards
from extractor.pages.search import Search
from extractor.pages.store import open_database
from rules.words import Ruleset

BODY_LIMIT = 2_000_000
TIME_LIMIT = 10.0
LOCAL = ("127.0.0.1", "localhost", "[::1]")


def make(
    db: str | None = None,
    *,
    hosts: Sequence[str] = (),
    body_limit: int = BODY_LIMIT,
    time_limit: float = TIME_LIMIT,
    processes: int = 2,
    rules: Ruleset | None = None,
) -> Guards:
    """The ASGI application. `db`: a database of `bulk`; `hosts`: further names that the service has.

    `body_limit` is in bytes, `time_limit` in seconds for one article; `rules`: rules of
    one's own for everything that is extracted. Raises TargetError for a database that
    cannot be read.
    """
    search = Search(open_database(db)) if db else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.bounded = Bounded(processes, time_limit, rules)
        yield
        app.state.bounded.stop()

    app = FastAPI(
        title="trichtin",
        version=extractor.__version__,
        description="Facts of Vietnamese news as records that are checked against the article.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.search, app.state.body_limit = search, body_limit
    handle(app, time_limit)
    app.include_router(api.router)
    app.include_router(told_api.router)
    app.include_router(site.router)
    app.include_router(sheets.router)
    return Guards(app, {*LOCAL, *hosts}, body_limit, body_seconds=max(time_limit, 30.0))
