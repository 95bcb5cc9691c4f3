"""Keeps rollups (level 2) and KPI tables (level 3) current with the sealed lake (level 1).

A day is made again when the fingerprint of its events changed, with everything that depends on it: days
whose likes or posts were taken back, days whose topics were answered, sessions that go on past midnight.
Every step replaces whole days, so a round that dies half-way is simply done again.
"""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from tiantang.metrics import kpi
from tiantang.metrics.rollups import answers, bitmaps, days, reading, runs, sessions, state, store, undoing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CatchUpReport:
    """What one round did: days rolled up anew, KPI rows written, seconds it took."""

    days: int = 0
    rows: int = 0
    seconds: float = 0.0


def catch_up(thorough: bool = False) -> CatchUpReport:
    """Bring rollups and KPI tables up to date with the sealed lake. Raises FiguresBusyError.

    With ``thorough`` also those figures that otherwise follow today's events within the hour.
    """
    from tiantang.events import stream

    started = time.perf_counter()
    with state.counting():
        known = _checked(state.load())
        present = stream.day_versions()
        changed = _changed_days(known, present)
        if changed:
            _roll(known, changed, present)
        rows = _count(known, thorough)
    return CatchUpReport(len(changed), rows, time.perf_counter() - started)


def rebuild() -> CatchUpReport:
    """Make every rollup and KPI row again from the events.

    Raises FiguresBusyError, and TiantangError when events are missing.
    """
    from tiantang.events.manifest import refuse_lacking_files

    refuse_lacking_files()
    with state.counting():
        store.clear()
        kpi.clear()
    return catch_up()


def _checked(known: state.State) -> state.State:
    """The state to go on from: an empty one when days or rollups are cut differently now."""
    if known.zone == settings.TIME_ZONE and known.version == state.VERSION:
        return known
    store.clear()
    kpi.clear()
    moved = known.moved_zone or bool(known.zone and known.zone != settings.TIME_ZONE)
    return state.State(zone=settings.TIME_ZONE, moved_zone=moved)


def _changed_days(known: state.State, present: Mapping[date, str]) -> dict[date, str]:
    """Site-local days to make again, with the fingerprint they then stand for."""
    rolled = known.days()
    changed = {day for day in present.keys() | rolled.keys() if present.get(day) != rolled.get(day)}
    if known.moved_zone:
        changed |= {day + shift for day in changed for shift in (-ONE_DAY, ONE_DAY)}
    return {day: present.get(day, "") for day in changed}


def _roll(known: state.State, changed: dict[date, str], present: Mapping[date, str]) -> None:
    """Level 2 for the changed days; notes which days' KPI rows are behind."""
    with reading.open_rollups() as connection:
        behind = _roll_days(connection, sorted(changed), present)
    store.flush()
    for family, touched in behind.items():
        for day in touched:
            families = known.waiting.setdefault(day.isoformat(), [])
            families.extend({family} - set(families))
    for day, mark in changed.items():
        known.rolled[day.isoformat()] = mark
        if not mark:
            del known.rolled[day.isoformat()]
    state.save(known)


def _roll_days(
    connection: DuckDBPyConnection, changed: list[date], present: Mapping[date, str]
) -> dict[str, set[date]]:
    """Make all tables; returns by family the days whose KPI rows are behind."""
    undoing.remember_undoing(connection, changed)
    answers.remember_topics(connection, changed)
    started = _roll_own(connection, changed, present)
    counted = set(changed) | undoing.days_undone(connection, changed)
    opened = counted | answers.days_answered(connection, changed)
    decided = answers.days_decided(connection, changed)
    undoing.make_undone(connection)
    return {
        "people": set(changed) | _joined_elsewhere(connection, changed),
        "sessions": started,
        "counts": days.roll_counts(connection, counted),
        "topics": answers.roll_topics(connection, opened),
        "decisions": answers.roll_decisions(connection, decided),
    }


def _roll_own(connection: DuckDBPyConnection, changed: list[date], present: Mapping[date, str]) -> set[date]:
    """Tables of the days' own events; returns the days whose sessions changed."""
    carried: set[date] = set()
    for run in runs.runs_of(changed, present):
        days.make_batch(connection, run)
        days.roll_days(connection, run.days)
        bitmaps.roll_bitmaps(connection, run.days)
        carried |= _roll_sessions(connection, run, set(changed), present)
    touched = set(changed) | carried
    started = touched | {day - ONE_DAY for day in touched} | {day - 2 * ONE_DAY for day in touched}
    return sessions.roll_whole(connection, started)


def _roll_sessions(
    connection: DuckDBPyConnection, run: runs.Run, due: set[date], present: Mapping[date, str]
) -> set[date]:
    """Pieces of the run, and of following days (unless due) while a session goes on differently."""
    carried: set[date] = set()
    while sessions.roll_pieces(connection, run.days):
        following = run.days[-1] + ONE_DAY
        if following in due:
            break
        run = runs.Run([following], runs.rows_in(present.get(following, "")))
        carried.add(following)
        days.make_batch(connection, run)
    return carried


def _joined_elsewhere(connection: DuckDBPyConnection, changed: Collection[date]) -> set[date]:
    """Other days on which members who signed up on the changed days signed up, too."""
    numbers = store.numbers_sql(changed)
    store.attach(connection, "joined")
    found = connection.execute(
        "SELECT DISTINCT number FROM joined WHERE subject IN "
        f"(SELECT subject FROM joined WHERE number IN ({numbers}))"
    ).fetchall()
    return {store.day_of(number) for (number,) in found}


def _count(known: state.State, thorough: bool) -> int:
    """Level 3 for what is behind, or due because time has passed."""
    rows = kpi.refresh(known, thorough)
    state.save(known)
    return rows
