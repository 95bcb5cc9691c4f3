-- Topics published (20) in the period and not removed as known now.
WITH gone_topics AS (
  SELECT object_id
  FROM events
  WHERE event IN (30, 33)
  GROUP BY object_id
  HAVING max(CASE WHEN event = 30 THEN ts_us ELSE -1 END) > max(CASE WHEN event = 33 THEN ts_us ELSE -1 END)
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events
WHERE event = 20
  AND ts_us >= $start_us AND ts_us < $end_us
  AND object_id NOT IN (SELECT object_id FROM gone_topics)
  AND $filters
