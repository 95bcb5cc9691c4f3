-- Members who joined in the period and were active in the calendar week after the week they joined,
-- of those for whom that week is over.
WITH joined AS (
  SELECT subject, min(ts_us) AS joined_us
  FROM events
  WHERE event = 10 AND subject > 0 AND $filters
  GROUP BY subject
), weeks AS (
  SELECT week, min(start_us) AS start_us, max(end_us) AS end_us
  FROM days
  GROUP BY week
), cohort AS (
  SELECT j.subject, w.start_us, w.end_us
  FROM joined AS j
  JOIN days AS d ON j.joined_us >= d.start_us AND j.joined_us < d.end_us
  JOIN weeks AS w ON w.week = d.week + 7
  WHERE j.joined_us >= $start_us AND j.joined_us < $end_us
    AND w.end_us <= $now_us
), back AS (
  SELECT DISTINCT c.subject
  FROM cohort AS c
  JOIN events AS e ON e.subject = c.subject AND e.ts_us >= c.start_us AND e.ts_us < c.end_us
  WHERE $filters
)
SELECT
  CASE WHEN count(*) > 0 THEN count(b.subject) * 1.0 / count(*) END AS value,
  count(b.subject) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM cohort AS c
LEFT JOIN back AS b ON b.subject = c.subject
