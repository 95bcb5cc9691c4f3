-- Seconds within which nine of ten of the answered topics got their first response.
-- The first response is the earliest reply (21), not removed, by a member other than the topic's author and
-- no bot (the team counts); topics removed as known now are left out.
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
), opened AS (
  SELECT object_id AS topic, min(ts_us) AS at_us, max(subject) AS author
  FROM events
  WHERE event = 20
    AND ts_us >= $start_us AND ts_us < $end_us
    AND object_id NOT IN (SELECT object_id FROM gone_topics)
    AND $filters
  GROUP BY object_id
), answers AS (
  SELECT o.topic, min(r.ts_us) AS first_us
  FROM opened AS o
  JOIN events AS r ON r.topic = o.topic
  WHERE r.event = 21 AND r.subject > 0 AND r.subject <> o.author AND r.actor_class <> 3
    AND r.object_id NOT IN (SELECT object_id FROM gone_posts)
  GROUP BY o.topic
), due AS (
  SELECT
    o.topic,
    CASE WHEN a.first_us - o.at_us <= $window_us THEN greatest(a.first_us - o.at_us, 0) / 1000000.0 END AS seconds
  FROM opened AS o
  LEFT JOIN answers AS a ON a.topic = o.topic
  WHERE o.at_us + $window_us <= $now_us
)
SELECT
  quantile_cont(seconds, 0.9) AS value,
  count(seconds) AS numerator,
  count(*) AS denominator,
  count(seconds) AS n
FROM due
