"""Definitions are complete, in both languages, and their SQL is portable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlglot

from tiantang.events.catalog import BY_NAME
from tiantang.metrics import clock, raw
from tiantang.metrics.declaration import DEFINITIONS
from tiantang.metrics.periods import parse_period
from tiantang.metrics.query import Where
from tiantang.metrics.registry import METRICS

PROMISED = """
    dau wau mau stickiness active_members contributing_members engaged_members new_members retention
    sessions time_on_site visit_depth topics posts comments likes shares reply_rate unanswered_rate
    time_to_first_response report_rate interaction_rate funnel replies bookmarks report_validity
    visits returning_members resurrecting_members dormant_members concentration
"""


def test_every_promised_metric_is_defined():
    assert set(METRICS) >= set(PROMISED.split())


def test_every_sql_file_belongs_to_a_metric():
    assert set(DEFINITIONS.rglob("*.sql")) == {metric.sql_file for metric in METRICS.values()}


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_definition_speaks_both_languages_and_names_real_events(metric):
    for said in (metric.label, metric.formula):
        assert set(said) == {"zh", "en"} and all(said.values())
    assert any("\u4e00" <= letter <= "\u9fff" for letter in metric.label["zh"])
    assert [name for name in metric.reads if name not in BY_NAME and name != "every act"] == []


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@pytest.mark.parametrize("dialect", ["spark", "clickhouse"])
def test_sql_carries_over_to_other_engines(metric, dialect):
    sql = raw.filled_sql(metric, parse_period("2026-01"), Where(), clock.now())
    carried = sqlglot.transpile(sql, read="duckdb", write=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert sqlglot.parse_one(carried[0], read=dialect) is not None


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_sql_counts_exactly_and_guards_its_divisions(metric):
    sql = metric.sql.lower()
    assert "approx" not in sql
    for line in sql.splitlines():
        guarded = " 1000" in line or "case when" in sql or not any(f"/ {x}" in line for x in ("count", "sum"))
        assert guarded, line


def test_pages_that_read_kept_figures_load_no_engine():
    """A web worker that only reads KPI rows must stay small."""
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tiantang.config.settings'\n"
        "import django; django.setup()\n"
        "import tiantang.metrics.query, tiantang.metrics.kpi\n"
        "print([name for name in ('duckdb', 'pyarrow', 'pyroaring', 'sqlglot') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "[]"
