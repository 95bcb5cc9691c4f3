-- Comments, likes, shares and bookmarks of the period (as their own metrics count them) per unique viewer:
-- a viewer is a member, or the browser of somebody not signed in, that opened a topic (1) in the period.
WITH gone_topics AS (
  SELECT object_id
  FROM events
  WHERE event IN (30, 33)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 30 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 33 THEN ts_us ELSE -1 END)
), gone_comments AS (
  SELECT object_id
  FROM events
  WHERE event IN (32, 39)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 32 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 39 THEN ts_us ELSE -1 END)
), undone AS (
  SELECT event - 1 AS event, subject, object_id, max(ts_us) AS undone_us
  FROM events
  WHERE event IN (24, 26) AND subject > 0
  GROUP BY event, subject, object_id
), acts AS (
  SELECT count(*) AS acts
  FROM events AS e
  LEFT JOIN undone AS u ON u.event = e.event AND u.subject = e.subject AND u.object_id = e.object_id
  WHERE e.event IN (22, 23, 25, 27)
    AND e.ts_us >= $start_us AND e.ts_us < $end_us
    AND (u.undone_us IS NULL OR u.undone_us < e.ts_us)
    AND NOT (e.event = 22 AND e.object_id IN (SELECT object_id FROM gone_comments))
    AND NOT (e.event = 22 AND e.topic IN (SELECT object_id FROM gone_topics))
    AND $filters
), viewers AS (
  SELECT DISTINCT subject, CASE WHEN subject > 0 THEN 0 ELSE visitor END AS visitor
  FROM events
  WHERE event = 1 AND topic > 0
    AND ts_us >= $start_us AND ts_us < $end_us
    AND (subject > 0 OR visitor <> 0)
    AND $filters
), seen AS (
  SELECT count(*) AS viewers FROM viewers
)
SELECT
  CASE WHEN s.viewers > 0 THEN a.acts * 1.0 / s.viewers END AS value,
  a.acts AS numerator,
  s.viewers AS denominator,
  s.viewers AS n
FROM acts AS a
CROSS JOIN seen AS s
