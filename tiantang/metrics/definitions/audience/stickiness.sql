-- Mean over the period's days of (members active that day ÷ members active in the 30 days ending with it).
-- Days without any active member in those 30 days are left out; so is a day that is not over, unless it is
-- the period's first.
WITH daily AS (
  SELECT
    d.number,
    count(DISTINCT CASE WHEN e.ts_us >= d.start_us THEN e.subject END) AS dau,
    count(DISTINCT e.subject) AS mau
  FROM days AS d
  JOIN days AS f ON f.number = d.number - 29
  JOIN events AS e
    ON e.ts_us >= f.start_us AND e.ts_us < d.end_us
    AND e.subject > 0
    AND $filters
  WHERE d.start_us >= $start_us AND d.start_us < $end_us
    AND (d.end_us <= $now_us OR (d.start_us = $start_us AND d.start_us <= $now_us))
  GROUP BY d.number
)
SELECT
  CASE WHEN count(*) > 0 THEN sum(dau * 1.0 / mau) / count(*) END AS value,
  coalesce(sum(dau * 1.0 / mau), 0) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM daily
