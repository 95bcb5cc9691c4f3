"""One small sample community for all tests that only read it."""

from __future__ import annotations

from datetime import date

import pytest

from tiantang.demo.pipeline import INVENT
from tiantang.demo.plan import Plan, make_plan
from tiantang.demo.world import World

UNTIL = date(2026, 10, 20)


def small_plan(seed: int = 7) -> Plan:
    return make_plan(members=160, posts=1600, months=9, until=UNTIL, seed=seed)


def invent(plan: Plan) -> World:
    world = World(plan)
    for _, step in INVENT:
        step(world)
    return world


@pytest.fixture(scope="session")
def world() -> World:
    return invent(small_plan())
