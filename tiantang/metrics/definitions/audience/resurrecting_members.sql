-- Members active in this period but not in the one before, who joined earlier (or whose joining is unknown).
WITH joined AS (
  SELECT subject, min(ts_us) AS joined_us
  FROM events
  WHERE event = 10 AND subject > 0 AND $filters
  GROUP BY subject
), seen AS (
  SELECT
    subject,
    max(CASE WHEN ts_us >= $start_us AND ts_us < $end_us THEN 1 ELSE 0 END) AS active_now,
    max(CASE WHEN ts_us >= $before_us AND ts_us < $start_us THEN 1 ELSE 0 END) AS active_before
  FROM events
  WHERE ts_us >= $before_us AND ts_us < $end_us AND subject > 0 AND $filters
  GROUP BY subject
), members AS (
  SELECT
    s.subject, s.active_now, s.active_before,
    CASE WHEN j.joined_us >= $start_us AND j.joined_us < $end_us THEN 1 ELSE 0 END AS is_new
  FROM seen AS s
  LEFT JOIN joined AS j ON j.subject = s.subject
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM members
WHERE active_now = 1 AND active_before = 0 AND is_new = 0
