-- Replies published (21) in the period; neither they nor their topic removed as known now.
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
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events
WHERE event = 21
  AND ts_us >= $start_us AND ts_us < $end_us
  AND object_id NOT IN (SELECT object_id FROM gone_posts)
  AND topic NOT IN (SELECT object_id FROM gone_topics)
  AND $filters
