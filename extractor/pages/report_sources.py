"""The report's part on what `reconcile` found: values of several sources side by side, officials of units over time.

Rows carry the numbers of their sentences, as the charts' rows do; a script shows those of a unit that is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from extractor.pages import labels
from extractor.pages.findings import Findings
from extractor.pages.html import attribute, both, option, text
from extractor.pages.people_sheet import holder_cells, spanned
from extractor.pages.reconciled import claims, is_reconciled, tenures_of_units
from extractor.pages.store import Database, Row, member, number
from extractor.pages.told import (
    AGREE,
    PLACE,
    STORIES,
    TIME,
    VALUES,
    WHAT,
    agreement,
    amount,
    head,
    measured,
    when,
)

CLAIMS, TENURES = 300, 1200
"""Rows that the page holds."""

CITED = 6
"""Sentences of one value or tenure."""


def sources_section(database: Database, found: Findings) -> str:
    """The section; empty for a database that is not reconciled. Its sentences are added to `found`."""
    if not is_reconciled(database):
        return ""
    differing = claims(database, None, CLAIMS)
    tenures = tenures_of_units(database, TENURES)
    units = {_unit(row): _name(row) for row in (*differing, *tenures)}
    options = "".join(
        f'<option value="{attribute(key)}">{text(name)}</option>'
        for key, name in sorted(units.items(), key=lambda item: (item[1], item[0]))
    )
    return f"""<section id="sources-of"><h2>{both(("Nhiều nguồn, mâu thuẫn trước", "Several sources, conflicts first"))}</h2>
<form class="filters"><label class="wide">{both(PLACE)}<select id="of-unit">{option("", ("mọi nơi", "all places"))}{options}</select></label></form>
{_claims(database, differing, found)}
<h2>{both(("Cán bộ theo thời gian", "Officials over time"))}</h2>{_tenures(database, tenures, found)}</section>"""


def _unit(row: Row) -> str:
    return f"{row['place_code']}@{row['place_valid_from']}"


def _name(row: Row) -> str:
    name = f"{row['unit_type']} {row.get('unit_name') or row['name']}"
    return f"{name}, {row['province']}" if row["level"] != "province" and row["province"] else name


def _button(numbers: Sequence[int], shown: str) -> str:
    listed = ",".join(map(str, numbers))
    return f'<button type="button" data-r="{listed}">{text(shown)}</button>'


def _claims(database: Database, rows: Sequence[Row], found: Findings) -> str:
    if not rows:
        none = (
            "Không có số liệu nào mà nhiều nguồn cùng nêu.",
            "There is no figure that several sources give.",
        )
        return f'<p class="empty">{both(none)}</p>'
    cited = _sentences(database, [r["claim_id"] for r in rows], found)
    lines = []
    for row in rows:
        values = []
        for given in row["given"]:
            key = (row["claim_id"], *(str(given[k]) for k in ("value_min", "value_max")), given["qualifier"])
            values.append(_button(cited.get(key, ()), f"{amount({**row, **given})} ({given['stories']})"))
        sign = " ≠ " if row["agreement"] == "conflicting" else " · "
        lines.append(
            f'<tr data-unit="{attribute(_unit(row))}"><td>{agreement(row["agreement"])}</td><td>{text(_name(row))}</td>'
            f"<td>{text(measured(row))}</td><td>{when(row)}</td><td>{sign.join(values)}</td>"
            f'<td class="number">{row["stories"]}</td></tr>'
        )
    return f'<div class="scroll"><table id="claims">{head(AGREE, PLACE, WHAT, TIME, VALUES, STORIES)}<tbody>{"".join(lines)}</tbody></table></div>'


def _sentences(database: Database, ids: Sequence[str], found: Findings) -> dict[tuple[str, ...], list[int]]:
    """The sentences of each value of the claims."""
    values: Row = {}
    where = member("claim_id", ids, values)
    cited: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sql = f"SELECT * FROM claim_sources WHERE {where} ORDER BY claim_id, record_id"  # noqa: S608
    for row in database.rows(sql, values):
        key = (row["claim_id"], *(str(number(row[k])) for k in ("value_min", "value_max")), row["qualifier"])
        if len(cited[key]) < CITED:
            row["at"] = max((row["sentence"] or "").find(row["quote"]), 0)
            cited[key].append(found.cite(row))
    return cited


def _tenures(database: Database, rows: Sequence[Row], found: Findings) -> str:
    if not rows:
        return f'<p class="empty">{both(("Không có ai.", "Nobody."))}</p>'
    cited = _statements(database, [r["tenure_id"] for r in rows], found)
    since, until = spanned(rows) or (date.min, date.min)
    lines = []
    for row in sorted(rows, key=_name):
        button = _button(cited.get(row["tenure_id"], ()), str(row["articles"]))
        lines.append(
            f'<tr data-unit="{attribute(_unit(row))}"><td>{text(_name(row))}</td><td>{text(row["office"].capitalize())}, '
            f"{text(row['body'])}</td>{holder_cells(row, since, until, linked=False)}<td>{button}</td></tr>"
        )
    names: tuple[labels.Words, ...] = (
        PLACE, ("Chức vụ", "Office"), ("Người giữ", "Holder"), ("Từ – đến", "From – to"), TIME, ("Trước, sau", "Before, after"),
        ("Số bài", "Articles"),
    )  # fmt: skip
    return f'<div class="scroll tall"><table id="tenures">{head(*names)}<tbody>{"".join(lines)}</tbody></table></div>'


def _statements(database: Database, ids: Sequence[str], found: Findings) -> dict[str, list[int]]:
    values: Row = {}
    where = member("m.tenure_id", ids, values)
    sql = (
        "SELECT m.tenure_id, o.record_id, o.text AS quote, o.start - o.sentence_start AS at, o.article_id, a.title, a.published, "  # noqa: S608
        "a.url, a.source, substr(a.text, o.sentence_start + 1, o.sentence_end - o.sentence_start) AS sentence "
        "FROM tenure_mentions m JOIN officials o ON o.record_id = m.record_id JOIN articles a ON a.id = o.article_id "
        f"WHERE {where} ORDER BY m.tenure_id, a.published, o.record_id"
    )
    cited: dict[str, list[int]] = defaultdict(list)
    for row in database.rows(sql, values):
        if len(cited[row["tenure_id"]]) < CITED:
            cited[row["tenure_id"]].append(found.cite(row))
    return cited
