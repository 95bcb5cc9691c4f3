-- Comments published (22) in the period; neither they nor their topic removed as known now.
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
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events
WHERE event = 22
  AND ts_us >= $start_us AND ts_us < $end_us
  AND object_id NOT IN (SELECT object_id FROM gone_comments)
  AND topic NOT IN (SELECT object_id FROM gone_topics)
  AND $filters
