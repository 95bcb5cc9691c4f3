"""Metrics that add up from daily rows: volumes, rates, sessions, answers, decisions, viewers."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.raw import RESPONSE_WINDOW_US
from tiantang.metrics.rollups.wanted import attach_for, condition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANSWERED = f"""
  SELECT *, CASE WHEN first_us - at_us <= {RESPONSE_WINDOW_US}
    THEN greatest(first_us - at_us, 0) / 1000000.0 END AS seconds
  FROM topics WHERE at_us + {RESPONSE_WINDOW_US} <= $now_us
"""
TALLIED = """
  SELECT key, contributions, count(*) AS members,
    sum(count(*)) OVER (PARTITION BY key ORDER BY contributions DESC) - count(*) AS ahead,
    sum(count(*)) OVER (PARTITION BY key) AS everybody
  FROM (
    SELECT w.key, m.subject, sum(m.contributions) AS contributions
    FROM members AS m JOIN wanted AS w ON w.number = m.number
    WHERE $condition AND m.contributions > 0 GROUP BY w.key, m.subject
  ) GROUP BY key, contributions
"""
"""How many members contributed as often, and how many more often: far fewer rows to rank than members."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Value, numerator, denominator, n and companions as aggregates over rows of ``table``."""

    table: str
    value: str
    numerator: str
    denominator: str = "NULL"
    n: str = ""
    extra: tuple[tuple[str, str], ...] = ()


def _count(columns: str, table: str = "counts") -> Recipe:
    total = f"coalesce({' + '.join(f'sum({column})' for column in columns.split())}, 0)"
    return Recipe(table, total, total, n=total)


def _per(table: str, above: str, below: str, factor: str = "1.0", guard: str = "", **more: object) -> Recipe:
    over, under = f"coalesce({above}, 0)", f"coalesce({below}, 0)"
    value = f"CASE WHEN {guard or under} > 0 THEN {over} * {factor} / {under} END"
    return Recipe(table, value, over, under, under, **more)  # type: ignore[arg-type]


PIECES = "sum(topics) + sum(replies) + sum(comments)"
UNANSWERED = "count(topic) - count(seconds)"
RECIPES: Mapping[str, Recipe] = {
    "topics": _count("topics"),
    "replies": _count("replies"),
    "posts": _count("topics replies"),
    "comments": _count("comments"),
    "likes": _count("likes"),
    "bookmarks": _count("bookmarks"),
    "shares": _count("shares"),
    "visits": _count("views", "views"),
    "report_rate": _per("counts", "sum(reports)", PIECES, "1000.0"),
    "sessions": Recipe(
        "session_days",
        "coalesce(sum(sessions), 0)",
        "coalesce(sum(sessions), 0)",
        n="coalesce(sum(sessions), 0)",
    ),
    "time_on_site": _per(
        "session_days",
        "sum(seconds)",
        "sum(sessions)",
        extra=(
            ("visible_sessions", "coalesce(sum(sessions) - sum(estimated), 0)"),
            ("estimated_sessions", "coalesce(sum(estimated), 0)"),
        ),
    ),
    "visit_depth": _per("session_days", "sum(views)", "sum(sessions)", guard="sum(views)"),
    "reply_rate": _per("topics", "count(seconds)", "count(topic)"),
    "unanswered_rate": _per("topics", UNANSWERED, "count(topic)"),
    "time_to_first_response": Recipe(
        "topics",
        "quantile_cont(seconds, 0.5)",
        "count(seconds)",
        "count(topic)",
        "count(seconds)",
        (("p90", "quantile_cont(seconds, 0.9)"),),
    ),
    "time_to_first_response_p90": Recipe(
        "topics",
        "quantile_cont(seconds, 0.9)",
        "count(seconds)",
        "count(topic)",
        "count(seconds)",
    ),
    "report_validity": _per("decisions", "sum(upheld)", "sum(upheld) + sum(rejected)"),
}
FAMILY_OF_TABLE: Mapping[str, str] = {
    "counts": "counts",
    "views": "people",
    "session_days": "sessions",
    "topics": "topics",
    "decisions": "decisions",
}


def read_sums(
    connection: DuckDBPyConnection, names: Sequence[str], periods: Sequence[Period], where: Where, now_us: int
) -> dict[str, list[Cell]]:
    """The Cells of some recipes, a query for each rollup; needs ``make_wanted`` for the same periods."""
    by_table: dict[str, list[str]] = {}
    for name in names:
        by_table.setdefault(RECIPES[name].table, []).append(name)
    found: dict[str, list[Cell]] = {}
    for table, group in by_table.items():
        attach_for(connection, [table], periods)
        found |= _read_table(connection, table, group, where, now_us)
    return found


def read_keys(
    connection: DuckDBPyConnection, name: str, period: Period, key: str, where: Where, now_us: int
) -> dict[int, Cell]:
    """A recipe's Cell for every value of ``key`` (SQL over the rows ``r``); needs ``make_wanted``."""
    recipe = RECIPES[name]
    attach_for(connection, [recipe.table], [period])
    rows = connection.execute(
        f"SELECT {key} AS key, {_columns(recipe)} FROM wanted AS w "
        f"JOIN {_kept_rows(recipe.table, where, now_us)} AS r ON r.number = w.number GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {key: _cell(values, [label for label, _ in recipe.extra]) for key, *values in rows}


def _kept_rows(table: str, where: Where, now_us: int) -> str:
    source = f"({ANSWERED.replace('$now_us', str(now_us))})" if table == "topics" else table
    return f"(SELECT * FROM {source} WHERE {condition(where, board=table != 'session_days')})"


def _read_table(
    connection: DuckDBPyConnection, table: str, names: Sequence[str], where: Where, now_us: int
) -> dict[str, list[Cell]]:
    columns = ", ".join(_columns(RECIPES[name]) for name in names)
    rows = connection.execute(
        f"SELECT {columns} FROM wanted AS w "
        f"LEFT JOIN {_kept_rows(table, where, now_us)} AS r ON r.number = w.number "
        "GROUP BY w.key ORDER BY w.key"
    ).fetchall()
    found, start = {}, 0
    for name in names:
        labels = [label for label, _ in RECIPES[name].extra]
        end = start + 4 + len(labels)
        found[name] = [_cell(row[start:end], labels) for row in rows]
        start = end
    return found


def _columns(recipe: Recipe) -> str:
    aggregates = (recipe.value, recipe.numerator, recipe.denominator, recipe.n)
    return ", ".join((*aggregates, *(sql for _, sql in recipe.extra)))


def _cell(values: Sequence[object], labels: Sequence[str]) -> Cell:
    value, above, below, n, *more = values
    extra = dict(zip(labels, map(_float, more), strict=True))
    return Cell(_float(value), _float(above), _float(below), int(n or 0), extra)  # type: ignore[call-overload]


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def read_interaction(connection: DuckDBPyConnection, periods: Sequence[Period], where: Where) -> list[Cell]:
    """Interactions per unique viewer; needs ``make_wanted``."""
    attach_for(connection, ["counts", "viewers"], periods)
    keep = condition(where)
    found = connection.execute(
        f"""
        WITH acts AS (
          SELECT w.key, coalesce(sum(comments) + sum(likes) + sum(shares) + sum(bookmarks), 0) AS acts
          FROM wanted AS w LEFT JOIN (SELECT * FROM counts WHERE {keep}) AS c ON c.number = w.number
          GROUP BY w.key
        ), viewed AS (
          SELECT key, count(*) AS viewers FROM (
            SELECT DISTINCT w.key, v.subject, v.visitor
            FROM viewers AS v JOIN wanted AS w ON w.number = v.number WHERE {keep}
          ) GROUP BY key
        )
        SELECT a.key, a.acts, coalesce(v.viewers, 0) FROM acts AS a LEFT JOIN viewed AS v ON v.key = a.key
        ORDER BY a.key
        """
    ).fetchall()
    return [
        Cell(int(acts) / viewers if viewers else None, float(acts), float(viewers), int(viewers))
        for _, acts, viewers in found
    ]


def read_concentration(connection: DuckDBPyConnection, periods: Sequence[Period], where: Where) -> list[Cell]:
    """Share of contributions from the top tenth; needs ``make_wanted``."""
    attach_for(connection, ["members"], periods)
    found = connection.execute(
        f"""
        SELECT w.key, coalesce(r.top_10, 0), coalesce(r.top_1, 0), coalesce(r.everything, 0),
          coalesce(r.members, 0)
        FROM (SELECT DISTINCT key FROM wanted) AS w LEFT JOIN (
          SELECT key,
            sum(contributions * greatest(least(members, (everybody + 9) // 10 - ahead), 0)) AS top_10,
            sum(contributions * greatest(least(members, (everybody + 99) // 100 - ahead), 0)) AS top_1,
            sum(contributions * members) AS everything, sum(members) AS members
          FROM ({TALLIED.replace("$condition", condition(where))}) GROUP BY key
        ) AS r ON r.key = w.key ORDER BY w.key
        """
    ).fetchall()
    return [_concentrated(*map(int, row[1:])) for row in found]


def _concentrated(top_10: int, top_1: int, everything: int, members: int) -> Cell:
    if not members:
        return Cell(None, 0.0, 0.0, 0, {"top_1": None})
    extra = {"top_1": top_1 / everything}
    return Cell(top_10 / everything, float(top_10), float(everything), members, extra)
