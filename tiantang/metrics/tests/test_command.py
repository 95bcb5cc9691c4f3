"""The command line's promises."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tiantang.common.errors import TiantangError
from tiantang.community.forum.tests.factory import make_board
from tiantang.config.commands.metrics import command
from tiantang.metrics.periods import PeriodError
from tiantang.metrics.registry import METRICS
from tiantang.metrics.tests.pasts import event, seal

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
KEYS = ["period", "value", "numerator", "denominator", "n", "partial"]


def run(*words: str, code: int = 0):
    done = CliRunner().invoke(command, words)
    assert done.exit_code == code, done.output
    return json.loads(done.output) if code == 0 else done.output


def test_list_gives_every_definition_in_both_languages():
    found = run("list", "--json")
    assert [row["name"] for row in found] == list(METRICS)
    assert all(list(row) == ["name", "unit", "labels", "formula", "version"] for row in found)
    assert all(row["labels"]["zh"] and row["formula"]["en"] for row in found)


def test_show_counts_what_waits_and_includes_the_last_day(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    seal([event(21, f"2026-01-0{day}T04:00:00", subject=day, object_id=day, topic=9) for day in (1, 2, 3, 8)])
    dates = ("--from", "2026-01-01", "--to", "2026-01-03")
    found = run("show", "contributing_members", *dates, "--by", "day", "--json")
    assert [list(row) for row in found] == [KEYS] * 3
    assert [(row["period"], row["value"]) for row in found] == [(f"2026-01-0{day}", 1) for day in (1, 2, 3)]
    assert run("show", "contributing_members", *dates, "--json")[0]["value"] == 3
    week = run("show", "contributing_members", *dates, "--by", "week", "--json")
    assert [(row["period"], row["value"], row["partial"]) for row in week] == [("2026-W01", 3, True)]


def test_show_narrows_by_dimension(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    acts = [
        event(27, "2026-01-02T04:00:00", subject=n, actor_class=kind, board=n) for n, kind in ((1, 1), (2, 2))
    ]
    seal(acts)
    month = ("--from", "2026-01-01", "--to", "2026-01-31", "--json")
    assert [run("show", "shares", *month, "--where", cut)[0]["value"] for cut in ("board=1", "board=2")] == [
        1,
        0,
    ]
    assert run("show", "shares", *month, "--where", "member_class=all")[0]["value"] == 2
    assert "unknown" not in run("show", "shares", *month, "--where", "weather=rain", code=2)


def test_wrong_dates_are_wrong_usage():
    assert "YYYY-MM-DD" in run("show", "dau", "--from", "yesterday", "--to", "2026-01-01", code=2)


@pytest.mark.parametrize("by", [(), ("--by", "day"), ("--by", "week"), ("--by", "month")])
@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-01-01", "9999-12-31"), ("2026-01-01", "2200-01-01"), ("0001-01-01", "2026-01-01")],
)
def test_ends_of_the_calendar_are_refused_at_once(first: str, last: str, by: tuple[str, ...]):
    done = CliRunner().invoke(command, ["show", "dau", "--from", first, "--to", last, *by])
    assert isinstance(done.exception, PeriodError)


@pytest.mark.parametrize("cut", ["board=²", "board=", "board", "weather=rain"])
def test_a_cut_that_is_none_is_told_what_there_is(cut: str):
    told = run("show", "topics", "--from", "2026-01-01", "--to", "2026-01-02", "--where", cut, code=2)
    assert "member_class=members|staff|all" in told


def test_a_dimension_given_twice_is_wrong_usage():
    twice = ("--where", "board=1", "--where", "board=2")
    assert "more than once" in run(
        "show", "topics", "--from", "2026-01-01", "--to", "2026-01-02", *twice, code=2
    )


def test_a_board_that_is_not_there_is_refused_with_those_that_are():
    board = make_board()
    asked = ["show", "topics", "--from", "2026-01-01", "--to", "2026-01-02", "--where", "board=987654"]
    done = CliRunner().invoke(command, asked)
    assert isinstance(done.exception, TiantangError)
    assert f"{board.pk} {board.name}" in str(done.exception)
