-- Reports found right (41) of all reports decided (41, 42) in the period, whoever decided.
-- A decision that was taken back later (43) is none.
-- The member class and the board are those of the report (40).
WITH reports AS (
  SELECT DISTINCT object_id
  FROM events
  WHERE event = 40 AND $filters
), taken_back AS (
  SELECT object_id, max(ts_us) AS back_us
  FROM events
  WHERE event = 43
  GROUP BY object_id
)
SELECT
  CASE WHEN count(*) > 0 THEN sum(CASE WHEN event = 41 THEN 1 ELSE 0 END) * 1.0 / count(*) END AS value,
  coalesce(sum(CASE WHEN event = 41 THEN 1 ELSE 0 END), 0) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM events
LEFT JOIN taken_back USING (object_id)
WHERE event IN (41, 42)
  AND ts_us > coalesce(back_us, -1)
  AND ts_us >= $start_us AND ts_us < $end_us
  AND object_id IN (SELECT object_id FROM reports)
