"""The views: `facts`, which joins what a statistician asks for, and `checks`, a row a verdict."""

from __future__ import annotations

from extractor.schema import claim_views

DIALECTS = ("sqlite", "postgresql", "duckdb")

TOLD_ABOUT = {
    "facts": "Figures with the unit, period and article that they belong to: what one filters and charts.",
    "checks": "What each check said of each record, a row a verdict; a view of the checks that records hold.",
    **claim_views.TOLD_ABOUT,
}

_VERDICTS = {
    "sqlite": ("json_each({table}.checks) AS c", "c.key", "c.value"),
    "postgresql": ("jsonb_each_text({table}.checks) AS c(name, verdict)", "c.name", "c.verdict"),
    "duckdb": (
        "(SELECT unnest(json_keys({table}.checks)) AS name) AS c",
        "c.name",
        "json_extract_string({table}.checks, '$.' || c.name)",
    ),
}

_FACTS = """\
SELECT
  f.record_id,
  f.kind,
  f.place_code,
  f.place_valid_from,
  COALESCE(u.unit_type || ' ' || u.name, f.place_name) AS place,
  u.level AS place_level,
  u.province,
  f.subject,
  f.indicator,
  f.indicator_id,
  f.category,
  f.period,
  CAST(substr(f.period, 1, 4) AS INTEGER) AS year,
  CASE WHEN f.value_min = f.value_max THEN f.value_min END AS value,
  f.value_min,
  f.value_max,
  f.unit,
  f.per,
  f.qualifier,
  f.status,
  f.change,
  f.basis,
  f."of",
  f.verified,
  f.text AS quote,
  substr(a.text, f.sentence_start + 1, f.sentence_end - f.sentence_start) AS sentence,
  f.article_id,
  a.title,
  a.published,
  a.newspaper,
  a.url,
  a.source
FROM figures AS f
JOIN articles AS a ON a.id = f.article_id
LEFT JOIN units AS u ON u.code = f.place_code AND u.valid_from = f.place_valid_from"""


def view_sql(dialect: str) -> dict[str, str]:
    """The SELECT of each view in a dialect. A range has no one `value`: its bounds are beside it."""
    source, name, verdict = _VERDICTS[dialect]
    parts = [
        f"SELECT {table}.article_id, {table}.record_id, {table}.kind, {name} AS name, {verdict} AS verdict\n"
        f"FROM {table}, {source.format(table=table)}"
        for table in ("figures", "places", "officials")
    ]
    verdicts = "\nUNION ALL\n".join(
        p.format(table=t) for p, t in zip(parts, ("figures", "places", "officials"), strict=True)
    )
    return {"facts": _FACTS, "checks": verdicts, **claim_views.VIEWS}
