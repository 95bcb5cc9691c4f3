-- Reports found right (41) of all reports decided (41, 42) in the period, whoever decided.
-- The member class and the board are those of the report (40).
WITH reports AS (
  SELECT DISTINCT object_id
  FROM events
  WHERE event = 40 AND $filters
)
SELECT
  CASE WHEN count(*) > 0 THEN sum(CASE WHEN event = 41 THEN 1 ELSE 0 END) * 1.0 / count(*) END AS value,
  coalesce(sum(CASE WHEN event = 41 THEN 1 ELSE 0 END), 0) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM events
WHERE event IN (41, 42)
  AND ts_us >= $start_us AND ts_us < $end_us
  AND object_id IN (SELECT object_id FROM reports)
