-- Reports (40) made in the period per 1,000 posts and comments published in it (as their metrics count them).
WITH gone_topics AS (
  SELECT object_id
  FROM events
  WHERE event IN (30, 33)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 30 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 33 THEN ts_us ELSE -1 END)
), gone_posts AS (
  SELECT object_id
  FROM events
  WHERE event IN (31, 34)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 31 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 34 THEN ts_us ELSE -1 END)
), gone_comments AS (
  SELECT object_id
  FROM events
  WHERE event IN (32, 39)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 32 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 39 THEN ts_us ELSE -1 END)
), pieces AS (
  SELECT count(*) AS pieces
  FROM events
  WHERE ts_us >= $start_us AND ts_us < $end_us
    AND (
      (event = 20 AND object_id NOT IN (SELECT object_id FROM gone_topics))
      OR (event = 21 AND object_id NOT IN (SELECT object_id FROM gone_posts)
          AND topic NOT IN (SELECT object_id FROM gone_topics))
      OR (event = 22 AND object_id NOT IN (SELECT object_id FROM gone_comments)
          AND topic NOT IN (SELECT object_id FROM gone_topics))
    )
    AND $filters
), reports AS (
  SELECT count(*) AS reports
  FROM events
  WHERE event = 40
    AND ts_us >= $start_us AND ts_us < $end_us
    AND $filters
)
SELECT
  CASE WHEN p.pieces > 0 THEN r.reports * 1000.0 / p.pieces END AS value,
  r.reports AS numerator,
  p.pieces AS denominator,
  p.pieces AS n
FROM reports AS r
CROSS JOIN pieces AS p
