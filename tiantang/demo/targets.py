"""What the team wants to reach: targets for the last months and the running one."""

from __future__ import annotations

from datetime import date

from tiantang.demo.plan import Plan, shift_month
from tiantang.demo.world import World
from tiantang.metrics.models import Target

MONTHS = 6


def set_targets(world: World) -> None:
    """A target a month for what the team watches; rates as fractions of one."""
    plan = world.plan
    for back in range(MONTHS):
        start = shift_month(plan.until.replace(day=1), -back)
        for metric, value in _wishes(plan, start).items():
            Target.objects.update_or_create(
                metric=metric, start=start, end=shift_month(start, 1), defaults={"value": value}
            )


def _wishes(plan: Plan, month: date) -> dict[str, float]:
    """Round wishes in proportion to the size of the community; the release month asks for more."""
    size, posts = plan.members / 2000, plan.posts / 40_000
    release = plan.days[plan.release_day].replace(day=1)
    push = 1.3 if month in (release, shift_month(release, 1)) else 1.0
    return {
        "active_members": round(620 * size * push, -1),
        "new_members": round(130 * size * push, -1),
        "posts": round(2800 * posts * push, -2),
        "comments": round(900 * posts * push, -2),
        "dau": round(170 * size * push, -1),
        "reply_rate": 0.92,
        "unanswered_rate": 0.08,
        "report_rate": 4.0,
        "stickiness": 0.28,
        "time_to_first_response": 3600.0,
    }
