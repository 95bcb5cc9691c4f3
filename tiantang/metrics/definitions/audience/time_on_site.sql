-- Mean seconds per session: visible time; last minus first mark for sessions of acts alone (imported).
-- A session is one visitor's visits and acts with gaps of at most 30 minutes, cut every 24 hours; it belongs
-- to the day it starts on. Who has no visitor number is told apart by member number. It is a member's, the
-- team's or a bot's session by the highest class in it. Looks back eight days for where a session started.
WITH marks AS (
  SELECT
    visitor,
    CASE WHEN visitor = 0 THEN subject ELSE 0 END AS member,
    ts_us, event, value AS amount, actor_class AS kind
  FROM events
  WHERE (visitor <> 0 OR subject > 0)
    AND ts_us >= $start_us - 691200000000 AND ts_us < $end_us + 86400000000
), steps AS (
  SELECT
    *,
    CASE
      WHEN ts_us - lag(ts_us) OVER (PARTITION BY visitor, member ORDER BY ts_us) <= 1800000000 THEN 0
      ELSE 1
    END AS begins
  FROM marks
), runs AS (
  SELECT *, sum(begins) OVER (PARTITION BY visitor, member ORDER BY ts_us) AS run
  FROM steps
), timed AS (
  SELECT *, min(ts_us) OVER (PARTITION BY visitor, member, run) AS run_us
  FROM runs
), sessions AS (
  SELECT
    min(ts_us) AS first_us,
    max(ts_us) AS last_us,
    max(kind) AS actor_class,
    sum(CASE WHEN event = 1 THEN 1 ELSE 0 END) AS views,
    sum(CASE WHEN event IN (1, 2) THEN 1 ELSE 0 END) AS visits,
    sum(CASE WHEN event = 2 THEN amount ELSE 0 END) AS visible_ms
  FROM timed
  GROUP BY visitor, member, run_us, floor((ts_us - run_us) / 86400000000)
)
SELECT
  CASE WHEN count(*) > 0 THEN
    sum(CASE WHEN visits > 0 THEN visible_ms / 1000.0 ELSE (last_us - first_us) / 1000000.0 END) / count(*)
  END AS value,
  coalesce(sum(CASE WHEN visits > 0 THEN visible_ms / 1000.0 ELSE (last_us - first_us) / 1000000.0 END), 0)
    AS numerator,
  count(*) AS denominator,
  count(*) AS n,
  coalesce(sum(CASE WHEN visits > 0 THEN 1 ELSE 0 END), 0) AS visible_sessions,
  coalesce(sum(CASE WHEN visits > 0 THEN 0 ELSE 1 END), 0) AS estimated_sessions
FROM sessions
WHERE first_us >= $start_us AND first_us < $end_us
  AND $filters
