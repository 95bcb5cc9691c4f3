-- New visitors of the period (first page view (1) of a browser) → signed up (10) from that browser → first
-- topic or reply (20, 21) → active again on a later day; each step within 30 days of the one before.
-- A sign-up may precede its page view by a day (the browser confirms late); a post counts from the day of the
-- sign-up on.
-- A period without a single page view (imported history) starts with its sign-ups instead.
WITH browsers AS (
  SELECT visitor, min(ts_us) AS visit_us
  FROM events
  WHERE event = 1 AND visitor <> 0 AND $filters
  GROUP BY visitor
), visited AS (
  SELECT visitor, visit_us FROM browsers WHERE visit_us >= $start_us AND visit_us < $end_us
), views AS (
  SELECT count(*) AS views
  FROM events
  WHERE event = 1 AND ts_us >= $start_us AND ts_us < $end_us AND $filters
), joined AS (
  SELECT subject, max(visitor) AS visitor, min(ts_us) AS joined_us
  FROM events
  WHERE event = 10 AND subject > 0 AND $filters
  GROUP BY subject
), signed_up AS (
  SELECT j.subject, j.joined_us
  FROM joined AS j
  JOIN visited AS v ON v.visitor = j.visitor
  WHERE j.joined_us - v.visit_us <= 2592000000000 AND v.visit_us - j.joined_us <= 86400000000
  UNION ALL
  SELECT j.subject, j.joined_us
  FROM joined AS j
  CROSS JOIN views AS w
  WHERE w.views = 0 AND j.joined_us >= $start_us AND j.joined_us < $end_us
), posted AS (
  SELECT s.subject, min(e.ts_us) AS posted_us
  FROM signed_up AS s
  JOIN days AS d ON s.joined_us >= d.start_us AND s.joined_us < d.end_us
  JOIN events AS e ON e.subject = s.subject AND e.ts_us >= d.start_us
  WHERE e.event IN (20, 21) AND e.ts_us - s.joined_us <= 2592000000000 AND $filters
  GROUP BY s.subject
), posted_days AS (
  SELECT p.subject, p.posted_us, d.end_us
  FROM posted AS p
  JOIN days AS d ON p.posted_us >= d.start_us AND p.posted_us < d.end_us
), back AS (
  SELECT DISTINCT p.subject
  FROM posted_days AS p
  JOIN events AS e ON e.subject = p.subject
  WHERE e.ts_us >= p.end_us AND e.ts_us - p.posted_us <= 2592000000000 AND $filters
), counts AS (
  SELECT
    (SELECT count(*) FROM visited) AS visitors,
    (SELECT count(*) FROM signed_up) AS sign_ups,
    (SELECT count(*) FROM posted) AS first_posts,
    (SELECT count(*) FROM back) AS active_again,
    (SELECT views FROM views) AS views
)
SELECT
  CASE
    WHEN views > 0 AND visitors > 0 THEN active_again * 1.0 / visitors
    WHEN views = 0 AND sign_ups > 0 THEN active_again * 1.0 / sign_ups
  END AS value,
  active_again AS numerator,
  CASE WHEN views > 0 THEN visitors ELSE sign_ups END AS denominator,
  CASE WHEN views > 0 THEN visitors ELSE sign_ups END AS n,
  CASE WHEN views > 0 THEN visitors END AS visit,
  sign_ups AS sign_up,
  first_posts AS first_post,
  active_again
FROM counts
