-- Share of topics, replies and comments that the most active tenth of contributing members wrote
-- (rounded up to whole members); top_1 is the same for the most active hundredth.
WITH contributors AS (
  SELECT subject, count(*) AS contributions
  FROM events
  WHERE event IN (20, 21, 22)
    AND ts_us >= $start_us AND ts_us < $end_us
    AND subject > 0
    AND $filters
  GROUP BY subject
), ranked AS (
  SELECT
    contributions,
    row_number() OVER (ORDER BY contributions DESC, subject) AS place,
    count(*) OVER () AS members
  FROM contributors
)
SELECT
  CASE WHEN count(*) > 0 THEN
    sum(CASE WHEN (place - 1) * 10 < members THEN contributions ELSE 0 END) * 1.0 / sum(contributions)
  END AS value,
  coalesce(sum(CASE WHEN (place - 1) * 10 < members THEN contributions ELSE 0 END), 0) AS numerator,
  coalesce(sum(contributions), 0) AS denominator,
  count(*) AS n,
  CASE WHEN count(*) > 0 THEN
    sum(CASE WHEN (place - 1) * 100 < members THEN contributions ELSE 0 END) * 1.0 / sum(contributions)
  END AS top_1
FROM ranked
