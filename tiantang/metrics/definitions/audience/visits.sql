-- Pages shown in a browser (1), confirmed by it.
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events
WHERE event = 1
  AND ts_us >= $start_us AND ts_us < $end_us
  AND $filters
