-- Distinct members who published (20, 21, 22), liked (23) or shared (27) in the period.
SELECT
  count(DISTINCT subject) AS value,
  count(DISTINCT subject) AS numerator,
  NULL AS denominator,
  count(DISTINCT subject) AS n
FROM events
WHERE ts_us >= $start_us AND ts_us < $end_us
  AND event IN (20, 21, 22, 23, 27)
  AND subject > 0
  AND $filters
