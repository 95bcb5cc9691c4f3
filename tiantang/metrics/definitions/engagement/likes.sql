-- Likes given (23) in the period that their giver has not taken back (24) later, as known now.
WITH undone AS (
  SELECT subject, object_id, max(ts_us) AS undone_us
  FROM events
  WHERE event = 24 AND subject > 0
  GROUP BY subject, object_id
)
SELECT
  count(*) AS value,
  count(*) AS numerator,
  NULL AS denominator,
  count(*) AS n
FROM events AS e
LEFT JOIN undone AS u ON u.subject = e.subject AND u.object_id = e.object_id
WHERE e.event = 23
  AND e.ts_us >= $start_us AND e.ts_us < $end_us
  AND (u.undone_us IS NULL OR u.undone_us < e.ts_us)
  AND $filters
