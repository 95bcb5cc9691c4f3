"""Whom to tell about what: mentions, quotes, replies, comments, likes, best answers.

One person hears of one post once, in the most personal way: quoted before mentioned before replied to.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext

from tiantang.community.forum.bodies import excerpt_of, handles_mentioned, mention_candidates, quoted_posts
from tiantang.community.forum.models import Comment, Post
from tiantang.community.members.likeness import likeness
from tiantang.community.members.models import Member
from tiantang.community.notifications.actions import notify
from tiantang.community.notifications.kinds import Kind
from tiantang.community.notifications.models import Notification
from tiantang.community.rules.models import RulesVersion

MOST_TOLD = 20
"""People told about one post; a text that calls more of them calls nobody else."""


def people_called(source: str) -> dict[str, str]:
    """Lower-case handle → address of the profile, for the members that a text mentions."""
    return {
        handle: reverse("members:profile", args=[member.handle])
        for handle, member in _members_called(source).items()
    }


def _members_called(source: str) -> dict[str, Member]:
    """Members by lower-case handle that the text could mean; ``@小满看`` could mean 小满看 and 小满."""
    candidates = mention_candidates(source)
    if not candidates:
        return {}
    rows = Member.objects.people().filter(handle_look__in={likeness(word) for word in candidates})
    return {member.handle.lower(): member for member in rows if member.handle.lower() in candidates}


def tell_about_post(post: Post) -> None:
    """Tell those quoted and mentioned in a new post, and whoever started its topic."""
    told = {post.author_id}
    for number in quoted_posts(post.source)[:MOST_TOLD]:
        quoted = Post.objects.select_related("author").filter(pk=number, topic_id=post.topic_id).first()
        if quoted is not None:
            _tell(told, quoted.author, Kind.QUOTE, post)
    for member in _mentioned(post.source):
        _tell(told, member, Kind.MENTION, post)
    if post.number > 1:
        _tell(told, post.topic.author, Kind.REPLY, post)


def tell_about_mentions(post: Post, before: str) -> None:
    """After an edit, tell only those the text newly mentions."""
    known = {post.author_id, *(member.pk for member in _mentioned(before))}
    for member in _mentioned(post.source):
        _tell(known, member, Kind.MENTION, post)


def tell_about_comment(comment: Comment) -> None:
    """Tell those mentioned, whom it answers, and the author of the post."""
    told, post = {comment.author_id}, comment.post
    for member in _mentioned(comment.source):
        _tell(told, member, Kind.MENTION, post, comment)
    if comment.parent is not None:
        _tell(told, comment.parent.author, Kind.COMMENT, post, comment)
    _tell(told, post.author, Kind.COMMENT, post, comment)


def tell_author(post: Post, actor: Member, kind: Kind) -> None:
    """Tell a post's author that somebody liked it or took it as the best answer."""
    if post.author is not None:
        notify(
            recipient=post.author,
            actor=actor,
            kind=kind,
            subject=post.topic.title,
            excerpt=excerpt_of(post.body_html, 120),
            address=post.get_absolute_url(),
        )


def address_of_removed(post: Post, comment: Comment | None = None) -> str:
    """Where the author reads what the team took down."""
    if comment is not None:
        return reverse("forum:removed_comment", args=[comment.pk])
    return reverse("forum:removed", args=[post.pk])


def tell_of_removal(post: Post, comment: Comment | None, rule: int, note: str) -> None:
    """Tell the author, in the name of the team, what was taken down, by which rule, and why."""
    author = (comment or post).author
    if author is None:
        return
    with translation.override(author.language or translation.get_language()):
        words = " ".join(filter(None, [rule_in_words(rule), note]))
    notify(
        recipient=author,
        actor=None,
        kind=Kind.REMOVED,
        subject=post.topic.title,
        excerpt=words,
        address=address_of_removed(post, comment),
    )


def tell_of_return(post: Post, comment: Comment | None) -> None:
    """What was told of a removal no longer holds: an unread letter goes, a read one is answered."""
    author = (comment or post).author
    if author is None:
        return
    if forget_told(post, comment) and not post.topic.removed_at:  # else the letter would lead nowhere
        address = post.get_absolute_url()
        notify(recipient=author, actor=None, kind=Kind.RESTORED, subject=post.topic.title, address=address)


def forget_told(post: Post, comment: Comment | None) -> bool:
    """Drop what the author was told of a removal; whether they had read it."""
    told = Notification.objects.filter(kind=Kind.REMOVED, address=address_of_removed(post, comment))
    read_before = told.exclude(read_at=None).exists()
    told.delete()
    return read_before


def rule_in_words(number: int) -> str:
    """“Rule 2: Cover spoilers.” in the language in force; empty for none."""
    version = RulesVersion.objects.current() if number else None
    title = version.rule_titles(translation.get_language() or "").get(number, "") if version else ""
    if not title:
        return ""
    return pgettext("removal", "Rule %(n)d: %(title)s.") % {"n": number, "title": title}


def _mentioned(source: str) -> list[Member]:
    """The members whose handles the rendered text links."""
    found = _members_called(source)
    return [found[handle] for handle in handles_mentioned(source, found)][:MOST_TOLD]


def _tell(
    told: set[int | None], member: Member | None, kind: Kind, post: Post, comment: Comment | None = None
) -> None:
    if member is None or member.pk in told:
        return
    told.add(member.pk)
    words = comment or post
    notify(
        recipient=member,
        actor=words.author,
        kind=kind,
        subject=post.topic.title,
        excerpt=excerpt_of(words.body_html, 120),
        address=post.get_absolute_url() + (f"#c{comment.pk}" if comment else ""),
    )
