-- Share links made or used to pass a topic on (27).
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events
WHERE event = 27
  AND ts_us >= $start_us AND ts_us < $end_us
  AND $filters
