-- Members whose first sign-up (10) falls in the period.
WITH joined AS (
  SELECT subject, min(ts_us) AS ts_us
  FROM events
  WHERE event = 10 AND subject > 0 AND $filters
  GROUP BY subject
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM joined
WHERE ts_us >= $start_us AND ts_us < $end_us
