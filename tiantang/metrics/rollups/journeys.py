"""The conversion funnel from rollups: visit → sign-up → first post → active again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.wanted import attach_for, condition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEP_US = 30 * 86_400_000_000
"""How long a step may take."""
EARLY_US = 86_400_000_000
"""How much a sign-up may precede the page view that the browser confirmed."""

SQL = """
WITH browsers AS (
  SELECT visitor, min(number) AS number, min(first_us) AS visit_us
  FROM visitors
  WHERE {keep} AND visitor IN (SELECT visitor FROM visitors JOIN wanted USING (number) WHERE {keep})
  GROUP BY visitor
), visited AS (
  SELECT w.key, b.visitor, b.visit_us FROM browsers AS b JOIN wanted AS w ON w.number = b.number
), viewed AS (
  SELECT w.key, coalesce(sum(c.views), 0) AS views
  FROM wanted AS w LEFT JOIN (SELECT * FROM views WHERE {keep}) AS c ON c.number = w.number
  GROUP BY w.key
), people AS (
  SELECT subject, max(visitor) AS visitor, min(at_us) AS joined_us, min(number) AS number
  FROM joined WHERE {keep} GROUP BY subject
), signed_up AS (
  SELECT v.key, p.subject, p.joined_us, p.number FROM people AS p JOIN visited AS v ON v.visitor = p.visitor
  WHERE p.joined_us - v.visit_us <= {step} AND v.visit_us - p.joined_us <= {early}
  UNION ALL
  SELECT w.key, p.subject, p.joined_us, p.number FROM people AS p JOIN wanted AS w ON w.number = p.number
  JOIN viewed AS x ON x.key = w.key WHERE x.views = 0
), own AS (
  SELECT number, subject, min(first_us) AS first_us, min(post_us) AS post_us
  FROM members WHERE {keep} AND subject IN (SELECT subject FROM signed_up) GROUP BY number, subject
), posted AS (
  SELECT s.key, s.subject, min(o.post_us) AS posted_us, min_by(o.number, o.post_us) AS number
  FROM signed_up AS s JOIN own AS o ON o.subject = s.subject AND o.number >= s.number
  WHERE o.post_us IS NOT NULL AND o.post_us - s.joined_us <= {step}
  GROUP BY s.key, s.subject
), back AS (
  SELECT DISTINCT p.key, p.subject FROM posted AS p JOIN own AS o ON o.subject = p.subject
  WHERE o.number > p.number AND o.first_us - p.posted_us <= {step}
)
SELECT x.key, x.views,
  coalesce((SELECT count(*) FROM visited AS v WHERE v.key = x.key), 0),
  coalesce((SELECT count(*) FROM signed_up AS s WHERE s.key = x.key), 0),
  coalesce((SELECT count(*) FROM posted AS p WHERE p.key = x.key), 0),
  coalesce((SELECT count(*) FROM back AS b WHERE b.key = x.key), 0)
FROM viewed AS x ORDER BY x.key
""".replace("{step}", str(STEP_US)).replace("{early}", str(EARLY_US))


def read_funnel(connection: DuckDBPyConnection, periods: Sequence[Period], where: Where) -> list[Cell]:
    """The funnel's Cells with the counts of its steps as companions; needs ``make_wanted``."""
    attach_for(connection, ["views"], periods)
    attach_for(connection, ["members"], periods, before=2, after=95)
    for table in ("joined", "visitors"):
        store.attach(connection, table)
    found = connection.execute(SQL.replace("{keep}", condition(where))).fetchall()
    return [_cell(*map(int, row[1:])) for row in found]


def _cell(views: int, visitors: int, sign_ups: int, first_posts: int, back: int) -> Cell:
    base = visitors if views else sign_ups
    extra = {
        "visit": float(visitors) if views else None,
        "sign_up": float(sign_ups),
        "first_post": float(first_posts),
        "active_again": float(back),
    }
    return Cell(back / base if base else None, float(back), float(base), base, extra)
