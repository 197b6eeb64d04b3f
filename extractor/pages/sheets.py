"""The pages of what `reconcile` found: a unit, a claim, a person, and the claims whose sources differ."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from extractor.pages import reconciled
from extractor.pages.api import Offset, database
from extractor.pages.claim_sheet import claim_sheet
from extractor.pages.errors import ServiceError, not_reconciled
from extractor.pages.html import both
from extractor.pages.people_sheet import person_sheet
from extractor.pages.search import Search
from extractor.pages.site import PAGE, pages, site
from extractor.pages.told import agreement, claims_table
from extractor.pages.unit_sheet import unit_sheet

router = APIRouter(include_in_schema=False)


@router.get("/units/{code}")
def unit(
    code: str,
    request: Request,
    search: Annotated[Search, Depends(database)],
    valid_from: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
) -> Response:
    """What is told of a unit: conflicts first, figures and officials over time."""
    found = reconciled.unit_told(search.database, code, valid_from)
    if found is None:
        raise ServiceError(
            404, "no_unit", "There is no unit of this code", "GET /units?q= finds units and their codes."
        )
    body = unit_sheet(found, reconciled.is_reconciled(search.database))
    return site(f"{found.unit.full_name} · trichtin", body, request)


@router.get("/claims")
def claims(request: Request, search: Annotated[Search, Depends(database)], offset: Offset = 0) -> Response:
    """Figures of which several sources tell, those that contradict each other first."""
    _reconciled(search)
    counts = reconciled.count_claims(search.database)
    total = sum(n for name, n in counts.items() if name != "single")
    rows = reconciled.claims(search.database, None, PAGE, offset)
    told = " ".join(f"{agreement(name)} {counts.get(name, 0)}" for name in reconciled.WORST)
    body = (
        f'<main class="wide"><h1>{both(("Nhiều nguồn, mâu thuẫn trước", "Several sources, conflicts first"))}</h1>'
        f'<p class="total">{told}</p>{claims_table(rows, placed=True)}{pages("/claims", {}, offset, total)}</main>'
    )
    return site("Nhiều nguồn · trichtin", body, request)


@router.get("/claims/{claim_id}")
def claim(claim_id: str, request: Request, search: Annotated[Search, Depends(database)]) -> Response:
    """A claim with its sources side by side."""
    _reconciled(search)
    found = reconciled.claim(search.database, claim_id)
    if found is None:
        raise ServiceError(404, "no_claim", "There is no claim of this id", "Look for it under /claims.")
    return site(f"{found[0]['indicator']} · trichtin", claim_sheet(*found), request)


@router.get("/people/{person_id}")
def person(person_id: str, request: Request, search: Annotated[Search, Depends(database)]) -> Response:
    """A person's offices over time, with the sentences that tell of them."""
    _reconciled(search)
    found = reconciled.person(search.database, person_id)
    if found is None:
        raise ServiceError(
            404, "no_person", "There is no person of this id", "Look for the person on the page of a unit."
        )
    return site(f"{found[0][0]['name']} · trichtin", person_sheet(*found), request)


def _reconciled(search: Search) -> None:
    if not reconciled.is_reconciled(search.database):
        raise not_reconciled()
