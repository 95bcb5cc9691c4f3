-- Mean over the period's days of the distinct active members of a day.
-- A day that is not over counts only when it is the period's first.
WITH daily AS (
  SELECT d.number, count(DISTINCT e.subject) AS active
  FROM days AS d
  LEFT JOIN events AS e
    ON e.ts_us >= d.start_us AND e.ts_us < d.end_us
    AND e.subject > 0
    AND $filters
  WHERE d.start_us >= $start_us AND d.start_us < $end_us
    AND (d.end_us <= $now_us OR (d.start_us = $start_us AND d.start_us <= $now_us))
  GROUP BY d.number
)
SELECT
  CASE WHEN count(*) > 0 THEN sum(active) * 1.0 / count(*) END AS value,
  coalesce(sum(active), 0) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM daily
