"""The views over claims: their sources, targets beside results, and series. One SELECT for every dialect."""

from __future__ import annotations

TOLD_ABOUT = {
    "claim_sources": "The figures of each claim with their sentences and articles.",
    "targets": "What was planned beside what became of it, and whether it was met.",
    "series": "One thing of one unit over time: a value a period, with the years that are missing before it.",
}

_SOURCES = """\
SELECT
  s.claim_id,
  c.agreement,
  f.record_id,
  f.value_min,
  f.value_max,
  f.qualifier,
  f.text AS quote,
  substr(a.text, f.sentence_start + 1, f.sentence_end - f.sentence_start) AS sentence,
  f.article_id,
  a.story_id,
  a.title,
  a.published,
  a.newspaper,
  a.url,
  a.source
FROM claim_facts AS s
JOIN claims AS c ON c.claim_id = s.claim_id
JOIN figures AS f ON f.record_id = s.record_id
JOIN articles AS a ON a.id = f.article_id"""

_TARGETS = """\
SELECT
  p.place_code,
  p.place_valid_from,
  u.unit_type || ' ' || u.name AS place,
  u.level AS place_level,
  u.province,
  p.what,
  p.indicator,
  p.subject,
  p.category,
  p.change,
  p.basis,
  p.per,
  p.period,
  p.unit,
  p.value_min AS target_min,
  p.value_max AS target_max,
  p.qualifier AS target_qualifier,
  c.value_min AS result_min,
  c.value_max AS result_max,
  c.qualifier AS result_qualifier,
  p.better,
  CASE
    WHEN c.claim_id IS NULL THEN 'no result'
    WHEN p.better = 'higher' THEN CASE
      WHEN c.value_min > p.value_max OR c.value_min >= p.value_min AND c.qualifier NOT IN ('nearly', 'under', 'at_most')
        THEN 'met'
      WHEN c.value_max < p.value_min OR c.value_max = p.value_min THEN 'missed'
      ELSE 'open' END
    WHEN p.better = 'lower' THEN CASE
      WHEN c.value_max < p.value_min OR c.value_max <= p.value_max AND c.qualifier NOT IN ('over', 'at_least')
        THEN 'met'
      WHEN c.value_min > p.value_max OR c.value_min = p.value_max THEN 'missed'
      ELSE 'open' END
    WHEN c.value_min > p.value_max THEN 'above'
    WHEN c.value_max < p.value_min THEN 'below'
    ELSE 'equal' END AS outcome,
  p.agreement AS target_agreement,
  c.agreement AS result_agreement,
  p.claim_id AS target_claim_id,
  c.claim_id AS result_claim_id
FROM claims AS p
LEFT JOIN claims AS c ON c.measure_id = p.measure_id AND c.status = 'actual'
LEFT JOIN units AS u ON u.code = p.place_code AND u.valid_from = p.place_valid_from
WHERE p.status = 'planned'"""

_SERIES = """\
SELECT
  c.series_id,
  c.place_code,
  c.place_valid_from,
  u.unit_type || ' ' || u.name AS place,
  u.level AS place_level,
  u.province,
  c.what,
  c.indicator,
  c.subject,
  c.category,
  c.change,
  c.basis,
  c.per,
  c.unit,
  c.status,
  c.period,
  CAST(substr(c.period, 1, 4) AS INTEGER) AS year,
  CASE
    WHEN length(c.period) = 4 THEN 'year'
    WHEN replace(c.period, '/', '') <> c.period THEN 'span'
    WHEN substr(c.period, 6, 1) = 'Q' THEN 'quarter'
    WHEN substr(c.period, 6, 1) = 'H' OR substr(c.period, length(c.period), 1) = 'M' THEN 'months'
    WHEN length(c.period) = 7 THEN 'month'
    ELSE 'day' END AS period_kind,
  c.value_min,
  c.value_max,
  CASE WHEN c.value_min = c.value_max THEN c.value_min END AS value,
  c.qualifier,
  c.chosen_by,
  c.agreement,
  c.stories,
  CASE WHEN length(c.period) = 4 THEN CAST(c.period AS INTEGER) - 1 - CAST(lag(c.period) OVER (
    PARTITION BY c.series_id, CASE WHEN length(c.period) = 4 THEN 1 ELSE 0 END ORDER BY c.period) AS INTEGER)
    END AS years_missing,
  c.claim_id
FROM claims AS c
LEFT JOIN units AS u ON u.code = c.place_code AND u.valid_from = c.place_valid_from"""

VIEWS = {"claim_sources": _SOURCES, "targets": _TARGETS, "series": _SERIES}
