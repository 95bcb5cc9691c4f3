-- Distinct active members in the 30 site-local days that end with the period's last day (so far).
WITH last_day AS (
  SELECT max(number) AS number
  FROM days
  WHERE start_us >= $start_us AND start_us < $end_us AND start_us <= $now_us
), span AS (
  SELECT min(d.start_us) AS start_us, max(d.end_us) AS end_us
  FROM days AS d
  CROSS JOIN last_day AS l
  WHERE d.number > l.number - 30 AND d.number <= l.number
)
SELECT
  count(DISTINCT e.subject) AS value,
  count(DISTINCT e.subject) AS numerator,
  NULL AS denominator,
  count(DISTINCT e.subject) AS n
FROM events AS e
CROSS JOIN span AS s
WHERE e.ts_us >= s.start_us AND e.ts_us < s.end_us
  AND e.subject > 0
  AND $filters
