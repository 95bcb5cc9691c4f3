-- Distinct signed-in members with at least one visit or act in the period.
SELECT
  count(DISTINCT subject) AS value,
  count(DISTINCT subject) AS numerator,
  NULL AS denominator,
  count(DISTINCT subject) AS n
FROM events
WHERE ts_us >= $start_us AND ts_us < $end_us
  AND subject > 0
  AND $filters
