"""Turn the made-up community into rows of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.urls import reverse

from tiantang.community.forum.bodies import quote_block, thumbnail_of
from tiantang.community.forum.models import (
    Board,
    Bookmark,
    Comment,
    Like,
    Post,
    PostRevision,
    ReadMark,
    Removal,
    Share,
    Tag,
    Topic,
)
from tiantang.community.forum.seed import WELCOME_ORIGIN, seed_forum
from tiantang.community.members.models import BadgeAward, Member, RoleGrant
from tiantang.community.moderation.models import RULE_OF, Report
from tiantang.community.rules.models import RulesAcceptance, RulesVersion
from tiantang.demo.accounts import PASSWORD, SAMPLE_SIGN_INS
from tiantang.demo.bodies import Bodies, slug_of
from tiantang.demo.bulk import insert, next_id, reset_sequences
from tiantang.demo.plan import at
from tiantang.demo.world import Person, PostDraft, ReportDraft, TopicDraft, World
from tiantang.events.models import Subject

ORIGIN = "sample"
GRANT_REASONS = {
    "lead": "开站时就在",
    "content": "写得勤，也愿意排选题",
    "events": "前两次线下局都是她张罗的",
    "members": "有耐心，回人快",
    "technology": "服务器归他管",
    "data": "数字说得清楚",
    "moderator": "老成员，夜里也在，大家信得过",
}
"""Why the team of the sample was given its roles, as the lead would put it."""


def write_people(world: World) -> None:
    """Accounts with their numbers; only the sample accounts have a password."""
    first, first_subject = next_id(Member), next_id(Subject)
    known = {account.handle: account.password for account in SAMPLE_SIGN_INS}
    secret = make_password(PASSWORD, salt=f"tiantang-sample-{world.plan.seed}")
    for place, person in enumerate(sorted(world.people, key=lambda person: (person.joined, person.number))):
        person.id, person.subject = first + place, first_subject + place
    insert(Subject, ({"id": person.subject} for person in world.people))
    Member.objects.bulk_create(
        (_member(person, secret if person.handle in known else "!") for person in world.people),
        batch_size=400,
    )
    insert(RoleGrant, _role_grants(world))
    reset_sequences(Subject, Member, RoleGrant)


def _member(person: Person, password: str) -> Member:
    return Member(
        id=person.id,
        subject=person.subject,
        handle=person.handle,
        password=password,
        region=person.region,
        about=person.about,
        about_html=f"<p>{person.about}</p>" if person.about else "",
        language={"en": "en"}.get(person.language, "zh-hans") if person.number % 3 == 0 else "",
        avatar=person.avatar,
        joined_at=at(person.joined),
        last_seen_at=at(person.last_seen or person.joined),
        origin=ORIGIN,
    )


def _role_grants(world: World) -> Iterator[dict[str, Any]]:
    lead = world.people[0]
    for person in world.people:
        for role, since in person.roles:
            yield {
                "member_id": person.id,
                "role": role,
                "granted_by_id": lead.id,
                "granted_at": since,
                "grant_reason": GRANT_REASONS[role],
            }


def write_topics(world: World) -> None:
    """Boards, tags, topics and posts with their rendered bodies."""
    seed_forum()
    _date_welcome(at(world.plan.midnights[0] + 8 * 3600))
    boards = dict(Board.objects.values_list("slug", "id"))
    for number, topic in enumerate(world.topics, next_id(Topic)):
        topic.id = number
    for number, post in enumerate(world.posts, next_id(Post)):
        post.id = number
    for post in world.posts:
        if post.quoted is not None:
            name = post.quoted.author.handle
            post.source = quote_block(post.quoted.id, post.quoted.number, name, post.quote) + post.source
    bodies = Bodies({person.handle.lower(): _address(person) for person in world.people})
    insert(Topic, (_topic(topic, boards, bodies) for topic in world.topics))
    insert(Post, (_post(post, bodies) for post in world.posts))
    Topic.objects.bulk_update(
        [Topic(id=topic.id, best_answer_id=topic.best.id) for topic in world.topics if topic.best],
        ["best_answer"],
        batch_size=400,
    )
    insert(PostRevision, _revisions(world))
    _write_tags(world)
    reset_sequences(Topic, Post, PostRevision)


def _date_welcome(opened: datetime) -> None:
    """The welcome topic hung there from the first morning on."""
    Post.objects.filter(topic__origin=WELCOME_ORIGIN).update(created_at=opened)
    Topic.objects.filter(origin=WELCOME_ORIGIN).update(
        created_at=opened, last_post_at=opened, pinned_at=opened
    )


def _address(person: Person) -> str:
    return reverse("members:profile", args=[person.handle])


def _topic(topic: TopicDraft, boards: dict[str, int], bodies: Bodies) -> dict[str, Any]:
    opening, last = topic.posts[0], topic.posts[-1]
    return {
        "id": topic.id,
        "board_id": boards[topic.board],
        "author_id": topic.author.id,
        "title": topic.title,
        "excerpt": bodies.excerpt(opening),
        "thumbnail": thumbnail_of(bodies.html(opening.source)) if topic.picture else "",
        "is_question": topic.is_question,
        "created_at": topic.at,
        "pinned_at": topic.pinned_at,
        "closed_at": topic.closed_at,
        "featured_at": topic.featured_at,
        "removed_at": topic.removed_at,
        "views_count": topic.views,
        "last_post_at": last.at,
        "last_poster_id": last.author.id,
        "origin": ORIGIN,
    }


def _post(post: PostDraft, bodies: Bodies) -> dict[str, Any]:
    return {
        "id": post.id,
        "topic_id": post.topic.id,
        "number": post.number,
        "author_id": post.author.id,
        "source": post.source,
        "body_html": bodies.html(post.source),
        "created_at": post.at,
        "edited_at": post.edits[-1][0] if post.edits else 0,
        "edits_count": len(post.edits),
        "quoted_id": post.quoted.id if post.quoted else None,
        "removed_at": post.removed_at,
    }


def _revisions(world: World) -> Iterator[dict[str, Any]]:
    for post in world.posts:
        for number, (second, text) in enumerate(post.edits, 1):
            title = post.topic.title if post.number == 1 else ""
            yield {
                "post_id": post.id,
                "number": number,
                "title": title,
                "source": text,
                "editor_id": post.author.id,
                "created_at": second,
            }


def _write_tags(world: World) -> None:
    names = sorted({name for topic in world.topics for name in topic.tags})
    known = dict(Tag.objects.values_list("name", "id"))
    for number, name in enumerate([name for name in names if name not in known], next_id(Tag)):
        insert(Tag, [{"id": number, "name": name, "slug": slug_of(name)}])
        known[name] = number
    links = ((topic.id, known[name]) for topic in world.topics for name in dict.fromkeys(topic.tags))
    insert(Topic.tags.through, ({"topic_id": topic, "tag_id": tag} for topic, tag in links))
    reset_sequences(Tag)


def write_reactions(world: World) -> None:
    """Comments, likes, bookmarks, shares and how far people have read."""
    bodies = Bodies({})
    for number, comment in enumerate(world.comments, next_id(Comment)):
        comment.id = number
    insert(Comment, (_comment(comment, bodies) for comment in world.comments))
    likes = ((like.person.id, like.post.id, like.at) for like in world.likes)
    insert(Like, ({"member_id": member, "post_id": post, "created_at": when} for member, post, when in likes))
    kept = ((keep.person.id, keep.topic.id, keep.at) for keep in world.bookmarks)
    insert(Bookmark, ({"member_id": m, "topic_id": t, "created_at": when} for m, t, when in kept))
    insert(Share, (_share(share) for share in world.shares))
    insert(ReadMark, _read_marks(world))
    reset_sequences(Comment)


def _comment(comment: Any, bodies: Bodies) -> dict[str, Any]:
    return {
        "id": comment.id,
        "post_id": comment.post.id,
        "parent_id": comment.parent.id if comment.parent else None,
        "author_id": comment.author.id,
        "source": comment.source,
        "body_html": bodies.comment_html(comment.source),
        "created_at": comment.at,
        "removed_at": comment.removed_at,
    }


def _share(share: Any) -> dict[str, Any]:
    return {
        "code": share.code,
        "member_id": share.person.id,
        "topic_id": share.topic.id,
        "created_at": share.at,
        "follows_count": len(share.follows),
    }


def _read_marks(world: World) -> Iterator[dict[str, Any]]:
    """Reading positions of the last weeks, so that people see what is new to them."""
    since = world.plan.now - 24 * 86400
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for visit in reversed(world.visits):
        if visit.at < since:
            break
        if visit.person is not None and visit.topic is not None:
            seen = sum(1 for post in visit.topic.posts if post.at < visit.at)
            last.setdefault((visit.person.id, visit.topic.id), (seen, visit.at))
    for (member, topic), (number, second) in sorted(last.items()):
        yield {"member_id": member, "topic_id": topic, "number": number, "updated_at": second}


def write_reports(world: World) -> None:
    """Reports with their decisions, and why what they took down was taken down."""
    for number, report in enumerate(world.reports, next_id(Report)):
        report.id = number
    insert(Report, (_report(report) for report in world.reports))
    insert(Removal, (_removal(report) for report in world.reports if report.took_down))
    reset_sequences(Report, Removal)


def _report(report: ReportDraft) -> dict[str, Any]:
    return {
        "id": report.id,
        "post_id": report.post.id,
        "comment_id": report.comment.id if report.comment else None,
        "reporter_id": report.reporter.id,
        "reason": report.reason,
        "note": report.note,
        "created_at": report.at,
        "state": report.state,
        "decided_by_id": report.decided_by.id if report.decided_by else None,
        "decided_at": report.decided_at,
        "decision_note": report.decision_note,
        "took_down": report.took_down,
    }


def _removal(report: ReportDraft) -> dict[str, Any]:
    return {
        "post_id": report.post.id,
        "comment_id": report.comment.id if report.comment else None,
        "rule": RULE_OF.get(report.reason, 0),
        "note": report.decision_note,
        "removed_at": report.decided_at,
    }


def write_rules(world: World) -> None:
    """Who accepted the rules when joining: the version the installation has, in force since the first day."""
    opening = at(world.plan.midnights[0])
    RulesVersion.objects.filter(number=1, published_at__gt=opening).update(published_at=opening)
    version = RulesVersion.objects.order_by("-number").first()
    if version is not None:
        people = [person for person in world.people if person.rules_at]
        insert(
            RulesAcceptance,
            (
                {"member_id": person.id, "version_id": version.pk, "accepted_at": person.rules_at}
                for person in people
            ),
        )


def write_badges(world: World) -> None:
    """Badges for the first hundred, for the talkative and for those whose answers helped."""
    insert(BadgeAward, _badges(world))


def _badges(world: World) -> Iterator[dict[str, Any]]:
    written: dict[int, int] = {}
    helped: dict[int, int] = {}
    for person in world.people[:100]:
        yield {"member_id": person.id, "name": "开门那天", "grade": 2, "awarded_at": person.joined + 86400}
    for post in world.posts:
        number = post.author.id
        written[number] = written.get(number, 0) + 1
        if written[number] in MILESTONES:
            name, grade = MILESTONES[written[number]]
            yield {"member_id": number, "name": name, "grade": grade, "awarded_at": post.at + 60}
    for topic in world.topics:
        if topic.best:
            number = topic.best.author.id
            helped[number] = helped.get(number, 0) + 1
            if helped[number] in HELPED:
                name, grade = HELPED[helped[number]]
                yield {"member_id": number, "name": name, "grade": grade, "awarded_at": topic.best_at}


MILESTONES = {50: ("五十帖", 3), 200: ("两百帖", 2), 800: ("灯不灭", 1)}
HELPED = {3: ("问路有答", 3), 12: ("活地图", 2), 30: ("引路人", 1)}
