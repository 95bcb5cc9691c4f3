"""The sample community from the first sign-up to the last figure, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from tiantang.common.errors import TiantangError
from tiantang.common.pages import pages_changed
from tiantang.community.forum.actions.recount import recount_forum
from tiantang.community.forum.models import Topic
from tiantang.community.members.models import Member
from tiantang.demo import lake, rows
from tiantang.demo.inbox import fill_inboxes
from tiantang.demo.people import invite_people
from tiantang.demo.pictures import choose_pictures, write_pictures
from tiantang.demo.plan import Plan
from tiantang.demo.reactions import react
from tiantang.demo.replies import answer_topics
from tiantang.demo.reports import leave_waiting, report_comments, report_posts
from tiantang.demo.rhythm import keep_hours
from tiantang.demo.targets import set_targets
from tiantang.demo.topics import open_topics
from tiantang.demo.visits import browse
from tiantang.demo.world import World

Step = tuple[str, Callable[[World], object]]

INVENT: tuple[Step, ...] = (
    ("people", invite_people),
    ("rhythm", keep_hours),
    ("topics", open_topics),
    ("pictures", choose_pictures),
    ("replies", answer_topics),
    ("reports", report_posts),
    ("visits", browse),
    ("reactions", react),
    ("reported comments", report_comments),
    ("waiting reports", leave_waiting),
)
"""Make everything up, in memory."""

WRITE: tuple[Step, ...] = (
    ("members", rows.write_people),
    ("picture files", write_pictures),
    ("posts", rows.write_topics),
    ("comments and likes", rows.write_reactions),
    ("decisions", rows.write_reports),
    ("rules", rows.write_rules),
    ("badges", rows.write_badges),
    ("inboxes", fill_inboxes),
    ("targets", set_targets),
)
"""Write it down as rows, in one transaction."""


@dataclass(frozen=True)
class Sample:
    """How much there is now."""

    members: int
    topics: int
    posts: int
    comments: int
    likes: int
    reports: int
    events: int


def build(plan: Plan, force: bool = False) -> Iterator[str | Sample]:
    """Yield the name of each step before it is done and, last, the Sample.

    Raises TiantangError when the installation already has members of its own.
    """
    _refuse_full_house(force)
    world = World(plan)
    for name, step in INVENT:
        yield name
        step(world)
    with transaction.atomic():
        for name, step in WRITE:
            yield name
            step(world)
    yield "counts"
    recount_forum()
    yield "events"
    written = lake.write_lake(world)
    pages_changed()
    yield _sample(world, sum(written.values()))


def step_names() -> list[str]:
    """Every step in order, for a progress bar."""
    return [name for name, _ in (*INVENT, *WRITE)] + ["counts", "events"]


def _refuse_full_house(force: bool) -> None:
    members, topics = Member.objects.count(), Topic.objects.exclude(author=None).count()
    if topics or (members and not force):
        raise TiantangError(
            f"This installation already holds {members} members and {topics} topics of theirs. "
            "Choose an empty TIANTANG_HOME for the sample community."
        )


def _sample(world: World, events: int) -> Sample:
    return Sample(
        members=len(world.people),
        topics=len(world.topics),
        posts=len(world.posts),
        comments=len(world.comments),
        likes=len(world.likes),
        reports=len(world.reports),
        events=events,
    )
