"""What the made-up community looks like before it is written down."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tiantang.demo.tests.conftest import invent, small_plan
from tiantang.demo.world import World


def test_size_is_what_was_asked_for(world: World) -> None:
    assert len(world.people) == 160
    assert len(world.posts) == 1600


def test_same_seed_and_day_give_the_same_talk(world: World) -> None:
    again = invent(small_plan())
    assert [(post.at, post.author.handle, post.source) for post in again.posts] == [
        (post.at, post.author.handle, post.source) for post in world.posts
    ]
    assert [(visit.at, visit.visitor, visit.ms) for visit in again.visits] == [
        (visit.at, visit.visitor, visit.ms) for visit in world.visits
    ]


def test_another_seed_gives_another_community(world: World) -> None:
    other = invent(small_plan(seed=8))
    assert {topic.title for topic in other.topics} != {topic.title for topic in world.topics}


def test_titles_hardly_repeat_and_long_bodies_do_not(world: World) -> None:
    titles = Counter(topic.title for topic in world.topics)
    bodies = Counter(post.source for post in world.posts if len(post.source) > 12)
    assert len(titles) >= 0.98 * len(world.topics)
    assert sum(count - 1 for count in bodies.values()) < 0.01 * sum(bodies.values())


def test_nobody_acts_before_joining_or_after_now(world: World) -> None:
    now = world.plan.now
    for post in world.posts:
        assert post.author.joined <= post.at <= now
    for like in world.likes:
        assert like.person.joined <= like.at <= now
        assert like.at > like.post.at
    for comment in world.comments:
        assert comment.author.joined <= comment.at <= now
        assert comment.at > comment.post.at
    assert all(visit.at <= now for visit in world.visits)


def test_answers_follow_what_they_answer(world: World) -> None:
    for topic in world.topics:
        times = [post.at for post in topic.posts]
        assert times == sorted(times)
        assert [post.number for post in topic.posts] == list(range(1, len(times) + 1))
    for comment in world.comments:
        if comment.parent:
            assert comment.parent.at <= comment.at
            assert comment.parent.parent is None


def test_who_posts_in_a_topic_has_looked_at_it(world: World) -> None:
    seen = {(visit.person.number, id(visit.topic)) for visit in world.visits if visit.person and visit.topic}
    assert all((post.author.number, id(post.topic)) in seen for post in world.posts)


def test_new_members_were_visitors_with_the_same_number_before(world: World) -> None:
    before = {visit.visitor for visit in world.visits if visit.person is None}
    later = [person for person in world.people if person.joined > world.plan.midnights[1]]
    assert later
    assert all(person.devices[0][0] in before for person in later)


def test_nobody_likes_twice_or_likes_themselves(world: World) -> None:
    pairs = Counter((like.person.number, id(like.post)) for like in world.likes)
    assert max(pairs.values()) == 1
    assert all(like.person is not like.post.author for like in world.likes)


def test_evenings_are_livelier_than_mornings(world: World) -> None:
    plan = world.plan
    hours = Counter((post.at - plan.midnights[plan.day_number(post.at)]) // 3600 for post in world.posts)
    assert sum(hours[hour] for hour in (20, 21, 22)) > 2 * sum(hours[hour] for hour in (5, 6, 7))


def test_release_and_quarrel_leave_their_marks() -> None:
    plan = replace(small_plan(), posts=4000)  # few posts make few reports
    world = invent(plan)
    release = plan.release_day
    joined = Counter(plan.day_number(person.joined) for person in world.people)
    around = sum(joined[day] for day in range(release, release + 30))
    assert around > sum(joined[day] for day in range(release - 60, release - 30))
    first, last = plan.quarrel
    reports = Counter(first <= plan.day_number(report.at) <= last + 3 for report in world.reports)
    days_inside, days_outside = last - first + 4, len(plan.days) - (last - first + 4)
    assert reports[True] / days_inside > 2 * reports[False] / days_outside
