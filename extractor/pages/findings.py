"""What a report shows of a database: counts, facts with place and time, units on the map, officials; with sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import regex

from extractor.output import number as shown_number
from extractor.pages import labels
from extractor.pages.store import Database, Row, number, public_source

FACTS = 12_000
"""Facts that a page holds: with their sentences some 6 MB."""

UNITS = 2_000
PEOPLE = 30
STATEMENTS = 60
"""Statements that are shown of one official."""

SENTENCE = 420


@dataclass(slots=True)
class Findings:
    """Rows for the charts. `sentences` are [before, quote, after, number of the article]; rows refer to them in `r`."""

    counts: dict[str, int] = field(default_factory=dict)
    articles: list[list[str | None]] = field(default_factory=list)
    sentences: list[list[Any]] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    facts: list[Row] = field(default_factory=list)
    left_out: int = 0
    words: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def say(self, words: labels.Words) -> str:
        """The Vietnamese of a label, whose English is kept in `words` for the page."""
        self.words[words[0]] = words[1]
        return words[0]

    def cite(self, row: Row) -> int:
        """The number of a sentence, kept with its article."""
        key = row["article_id"]
        if key not in self._numbers:
            self._numbers[key] = len(self.articles)
            url = row.get("url")
            safe = url if url and regex.match(r"https?://", url) else None
            self.articles.append([key, row["title"], public_source(row["source"]), safe, row["published"]])
        sentence, start, end = row["sentence"] or row["quote"], row["at"], row["at"] + len(row["quote"])
        first = max(0, start - SENTENCE // 2) if len(sentence) > SENTENCE else 0
        last = min(len(sentence), max(end + SENTENCE // 2, first + SENTENCE))
        before = ("…" if first else "") + sentence[first:start]
        after = sentence[end:last] + ("…" if last < len(sentence) else "")
        self.sentences.append([before, row["quote"], after, self._numbers[key]])
        return len(self.sentences) - 1


_CITED = (
    "r.text AS quote, r.start - r.sentence_start AS at, r.article_id, a.title, a.published, a.url, a.source, "
    "substr(a.text, r.sentence_start + 1, r.sentence_end - r.sentence_start) AS sentence"
)


def findings(database: Database) -> Findings:
    """Read everything that a report shows."""
    found = Findings()
    for table in ("articles", "figures", "places", "officials", "failures"):
        found.counts[table] = int(next(iter(database.rows(f"SELECT count(*) AS n FROM {table}")))["n"])  # noqa: S608
    _overview(database, found)
    _facts(database, found)
    _units(database, found)
    _people(database, found)
    return found


def _overview(database: Database, found: Findings) -> None:
    months = database.rows(
        "SELECT substr(published, 1, 7) AS label, count(*) AS n FROM articles WHERE published IS NOT NULL "
        "GROUP BY substr(published, 1, 7) ORDER BY 1"
    )
    found.rows["by-month"] = list(months)
    kinds = [
        row
        for table in ("figures", "places", "officials")
        for row in database.rows(f"SELECT kind, count(*) AS n FROM {table} GROUP BY kind")  # noqa: S608
    ]
    found.rows["by-kind"] = [{"label": found.say(labels.kind(r["kind"])), "n": r["n"]} for r in kinds]
    failed = database.rows(
        "SELECT c.name, c.kind, count(*) AS n FROM checks c WHERE c.verdict = 'fail' GROUP BY c.name, c.kind"
    )
    found.rows["by-check"] = [
        {"label": found.say(_checked(r)), "n": r["n"], "check": r["name"], "kind": r["kind"]}
        for r in failed
    ]  # fmt: skip
    found.counts["failed"] = sum(r["n"] for r in found.rows["by-check"])
    _failed(database, found)
    reasons: Counter[str] = Counter()
    for row in database.rows("SELECT reason, count(*) AS n FROM failures GROUP BY reason"):
        reasons[regex.sub(r"\S*/\S*|\d+", "…", row["reason"])[:90]] += row["n"]
    found.rows["by-failure"] = [{"label": reason, "n": n} for reason, n in reasons.most_common(20)]


def _checked(row: Row) -> labels.Words:
    kind, check = labels.kind(row["kind"]), labels.CHECKS.get(row["name"], (row["name"], row["name"]))
    return f"{kind[0]}: {check[0]}", f"{kind[1]}: {check[1]}"


def _failed(database: Database, found: Findings, most: int = 60) -> None:
    """The sentences of what failed a check, for the marks of that chart."""
    cited: dict[tuple[str, str], list[int]] = defaultdict(list)
    for table in ("figures", "places", "officials"):
        sql = (
            f"SELECT c.name AS failed, r.kind AS what, {_CITED} FROM {table} r JOIN articles a ON a.id = r.article_id "  # noqa: S608
            "JOIN checks c ON c.record_id = r.record_id WHERE NOT CAST(r.verified AS BOOLEAN) AND c.verdict = 'fail'"
        )
        if database.kind == "sqlite":
            sql = sql.replace("NOT CAST(r.verified AS BOOLEAN)", "r.verified = 0")
        for row in database.rows(sql):
            held = cited[row["failed"], row["what"]]
            if len(held) < most:
                held.append(found.cite(row))
    for shown in found.rows["by-check"]:
        shown["r"] = cited.get((shown["check"], shown["kind"]), [])


def _facts(database: Database, found: Findings) -> None:
    """Facts with a place and a time, those that tell what they measure."""
    sql = (
        f"SELECT r.kind, r.indicator, r.indicator_id, r.category, r.subject, r.period, r.unit, r.per, r.change, r.status, "  # noqa: S608
        f"r.value_min, r.value_max, r.place_name, u.level, u.unit_type, u.name, u.province, {_CITED} "
        "FROM figures r JOIN articles a ON a.id = r.article_id "
        "LEFT JOIN units u ON u.code = r.place_code AND u.valid_from = r.place_valid_from "
        "WHERE r.place_code IS NOT NULL AND r.period IS NOT NULL AND (r.indicator IS NOT NULL OR r.kind NOT IN ('money', 'percent')) "
        "ORDER BY r.period DESC, r.record_id"
    )
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in database.rows(sql):
        at = middle(row["period"])
        low, high = number(row["value_min"]), number(row["value_max"])
        if at is None or low is None or high is None:
            continue
        if len(found.facts) == FACTS:
            found.left_out += 1
            continue
        found.facts.append(_fact(row, at, low, high, names, found))
    for fact in found.facts:
        fact["what"] = names[fact["key"]].most_common(1)[0][0]


def _fact(
    row: Row, at: date, low: Decimal, high: Decimal, names: dict[str, Counter[str]], found: Findings
) -> Row:
    measured = (row["indicator"] or row["category"] or row["kind"]).lower()
    about = " · ".join(filter(None, (measured, row["subject"])))
    unit = str({"percent": "%", "household": "hộ"}.get(row["unit"], row["unit"])) + (
        f"/{row['per']}" if row["per"] else ""
    )
    key = f"{row['indicator_id'] or measured}|{row['subject'] or ''}|{unit}"
    names[key][f"{about} ({unit})"] += 1
    sign = -1 if row["change"] == "decrease" else 1
    value = shown_number(low) if low == high else f"{shown_number(low)} – {shown_number(high)}"
    return {
        "key": key,
        "place": f"{row['unit_type']} {row['name']}" if row["name"] else row["place_name"],
        "level": row["level"],
        "province": row["province"],
        "at": at.isoformat(),
        "label": found.say(labels.period(row["period"])),
        "grain": _grain(row["period"]),
        "year": row["period"][:4],
        "value": float(sign * (low + high) / 2),
        "shown": f"{'−' if sign < 0 else ''}{value} {unit}",
        "status": row["status"],
        "stands": found.say(labels.value(row["status"])),
        "mode": "change" if row["change"] else "level",
        "quote": row["quote"],
        "r": [found.cite(row)],
    }


def _grain(period: str) -> str:
    if "/" in period:
        return "span"
    return {
        4: "year",
        7: "quarter" if "Q" in period or "H" in period or "M" in period else "month",
        10: "day",
    }.get(len(period), "span")


def middle(period: str) -> date | None:
    """The middle of a period: where it stands on an axis of time. None for what is no period."""
    ends = [_ends(part) for part in period.split("/")]
    if not all(ends):
        return None
    first, last = ends[0][0], ends[-1][1]  # type: ignore[index]
    return first + (last - first) / 2


def _ends(part: str) -> tuple[date, date] | None:
    m = regex.fullmatch(
        r"(\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<n>\d{1,2})M|(?P<m>\d\d)(?:-(?P<d>\d\d))?))?", part
    )
    if not m:
        return None
    try:
        year, month, months = int(m[1]), 1, 12
        if m["q"]:
            month, months = 3 * int(m["q"]) - 2, 3
        elif m["h"]:
            month, months = 6 * int(m["h"]) - 5, 6
        elif m["n"]:
            months = min(int(m["n"]), 12)
        elif m["m"]:
            month, months = int(m["m"]), 1
        if m["d"]:
            day = date(year, month, int(m["d"]))
            return day, day
        after = month + months
        last = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)
        return date(year, month, 1), last
    except ValueError:
        return None


def _units(database: Database, found: Findings) -> None:
    """Units with their point, how often they are named, and a few sentences."""
    counted = {
        (r["code"], r["valid_from"]): r
        for r in database.rows(
            "SELECT u.code, u.valid_from, u.unit_type, u.name, u.level, u.province, u.latitude, u.longitude, "
            "count(*) AS n, count(DISTINCT r.article_id) AS articles FROM places r "
            "JOIN units u ON u.code = r.code AND u.valid_from = r.valid_from WHERE u.latitude IS NOT NULL "
            "GROUP BY u.code, u.valid_from, u.unit_type, u.name, u.level, u.province, u.latitude, u.longitude "
            "ORDER BY n DESC, u.code LIMIT :most",
            {"most": UNITS},
        )
    }
    cited: dict[tuple[str, str], list[int]] = defaultdict(list)
    sql = (
        f"SELECT r.code, r.valid_from, {_CITED} FROM (SELECT p.*, row_number() OVER "  # noqa: S608
        "(PARTITION BY code, valid_from ORDER BY article_id, start) AS nth FROM places p WHERE code IS NOT NULL) r "
        "JOIN articles a ON a.id = r.article_id WHERE r.nth <= 3"
    )
    for row in database.rows(sql):
        key = row["code"], row["valid_from"]
        if key in counted:
            cited[key].append(found.cite(row))
    found.rows["map"] = [
        {
            "label": ", ".join(
                filter(
                    None,
                    (f"{u['unit_type']} {u['name']}", u["province"] if u["level"] != "province" else None),
                )
            ),
            "place": f"{u['unit_type']} {u['name']}",
            "level": found.say(labels.value(u["level"])),
            "latitude": float(u["latitude"]),
            "longitude": float(u["longitude"]),
            "n": u["articles"],
            "shown": found.say(
                (f"{u['articles']} bài, {u['n']} lần nhắc", f"{u['articles']} articles, named {u['n']} times")
            ),
            "r": cited[key],
        }
        for key, u in counted.items()
    ]
    ground = database.rows(
        "SELECT latitude, longitude FROM units WHERE level = 'district' AND latitude IS NOT NULL GROUP BY code, latitude, longitude"
    )
    found.rows["ground"] = [
        {"latitude": float(r["latitude"]), "longitude": float(r["longitude"])} for r in ground
    ]


def _people(database: Database, found: Findings) -> None:
    """The officials that most articles name, with their offices."""
    most = [
        r["name"]
        for r in database.rows(
            "SELECT name, count(DISTINCT article_id) AS n FROM officials WHERE sector = 'public' GROUP BY name "
            "ORDER BY n DESC, name LIMIT :most",
            {"most": PEOPLE},
        )
    ]
    offices: dict[tuple[str, str], list[int]] = defaultdict(list)
    times: Counter[tuple[str, str]] = Counter()
    timeline: list[Row] = []
    for name in most:
        sql = (
            f"SELECT r.name, r.position, r.organisation, r.place_name, {_CITED} FROM officials r "  # noqa: S608
            "JOIN articles a ON a.id = r.article_id WHERE r.name = :name AND r.sector = 'public' ORDER BY a.published, r.record_id"
        )
        for row in database.rows(sql, {"name": name}):
            office = " ".join(filter(None, (row["position"], row["organisation"])))
            times[name, office] += 1
            if len(offices[name, office]) >= STATEMENTS:
                continue
            cited = found.cite(row)
            offices[name, office].append(cited)
            if row["published"] and (at := middle(row["published"])):
                timeline.append(
                    {
                        "name": name,
                        "office": office,
                        "at": at.isoformat(),
                        "label": row["published"],
                        "r": [cited],
                    }
                )
    found.rows["people"] = [
        {"name": n, "office": o, "n": times[n, o], "r": r} for (n, o), r in offices.items()
    ]
    found.rows["people-time"] = timeline
