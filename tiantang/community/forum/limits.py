"""How long, how often, how many: what keeps floods out without keeping talk out.

The paces are those large communities settled on; a newcomer is held to more. Chinese says much in two
characters, so texts may be short.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import npgettext, pgettext

from tiantang.common.pace import Pace
from tiantang.common.prepared import Prepared
from tiantang.community.forum.bodies.markdown import ADDRESS
from tiantang.community.forum.bodies.mentions import MENTION
from tiantang.community.forum.models import Comment, Picture, Post, Topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.access import is_moderator
from tiantang.community.members.models import Member

TITLE_SHORTEST, TITLE_LONGEST = 4, 100
BODY_SHORTEST, BODY_LONGEST = 2, 30_000
COMMENT_LONGEST = 600
TAGS_MOST, TAG_LONGEST = 5, 20

UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
"""Signs without a look of their own, among them those that write what follows backwards."""
BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs, as Unicode counts, that show nothing."""
NEW_FOR = timedelta(days=1)
NEW_UNTIL_POSTS = 10
"""A newcomer joined less than a day ago and has written fewer posts than this."""
NEW_LINKS, NEW_MENTIONS = 2, 2
NEW_TOPICS_A_DAY, NEW_REPLIES_A_DAY = 3, 20
SECONDS_BETWEEN_TOPICS, SECONDS_BETWEEN_POSTS = 15, 5
NEW_SECONDS_BETWEEN_TOPICS, NEW_SECONDS_BETWEEN_POSTS = 120, 20
PREVIEWS = Pace(20)
"""Previews a member may ask for in a minute; drawing a long text takes a good part of a second."""
UPLOADS = Pace(20)
"""Pictures a member may send in a minute, good and bad ones."""
PICTURES_AN_HOUR, PICTURES_A_DAY = 60, 200
NEW_PICTURES_AN_HOUR, NEW_PICTURES_A_DAY = 10, 20


def is_newcomer(member: Member) -> bool:
    """Whether the limits for newcomers hold for this person."""
    young = timezone.now() - member.joined_at < NEW_FOR
    return young and member.posts_count < NEW_UNTIL_POSTS and not is_moderator(member)


def without_unseen(line: str) -> str:
    """A line without signs that show nothing or turn the text around them; those inside emoji stay."""
    return UNSEEN.sub("", line)


def shows(text: str) -> bool:
    """Whether a reader sees anything of a text."""
    return any(unicodedata.category(sign)[0] not in "CZ" and sign not in BLANK_LETTERS for sign in text)


def check_title(title: str) -> str:
    """The title without stray blanks and unseen signs. Raises Refused."""
    title = " ".join(without_unseen(title).split())
    if len(title) < TITLE_SHORTEST or not shows(title):
        words = pgettext("refusal", "Say in the title what this is about: at least %(n)d characters.")
        raise Refused(words % {"n": TITLE_SHORTEST}, "title")
    if len(title) > TITLE_LONGEST:
        words = pgettext("refusal", "Titles hold up to %(n)d characters. Put the rest into the text.")
        raise Refused(words % {"n": TITLE_LONGEST}, "title")
    return title


def check_body(source: str, longest: int = BODY_LONGEST) -> str:
    """The text without blanks around it. Raises Refused."""
    source = source.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(source) < BODY_SHORTEST or not shows(source):
        words = pgettext("refusal", "Write a little more: at least %(n)d characters.")
        raise Refused(words % {"n": BODY_SHORTEST}, "source")
    if len(source) > longest:
        words = pgettext("refusal", "This is %(length)d characters long; %(most)d fit. Split it in two.")
        raise Refused(words % {"length": len(source), "most": longest}, "source")
    return source


LATEST = Prepared(
    lambda author: Post.objects.filter(author_id=author).only("created_at").order_by("-created_at")[:1],
    author=int,
)


def check_newcomer(author: Member, source: str) -> None:
    """Few links and mentions on the first day. Raises Refused."""
    if not is_newcomer(author):
        return
    if len(ADDRESS.findall(source)) > NEW_LINKS:
        words = pgettext("refusal", "On your first day a post holds up to %(n)d links. Take some out.")
        raise Refused(words % {"n": NEW_LINKS}, "source")
    if len(set(MENTION.findall(source))) > NEW_MENTIONS:
        words = pgettext("refusal", "On your first day a post mentions up to %(n)d people. Take some out.")
        raise Refused(words % {"n": NEW_MENTIONS}, "source")


def check_topic_pace(author: Member) -> None:
    """Not too many topics, not too fast; moderators write as they must. Raises Refused."""
    if is_moderator(author):
        return
    new = is_newcomer(author)
    latest = Topic.objects.filter(author=author).order_by("-created_at").values_list("created_at", flat=True)
    _check_pause(latest.first(), NEW_SECONDS_BETWEEN_TOPICS if new else SECONDS_BETWEEN_TOPICS)
    if new and latest.filter(created_at__gte=timezone.now() - NEW_FOR).count() >= NEW_TOPICS_A_DAY:
        words = pgettext("refusal", "On your first day you can start %(n)d topics. Replies are still open.")
        raise Refused(words % {"n": NEW_TOPICS_A_DAY})


def check_reply_pace(author: Member) -> None:
    """Not too many posts, not too fast; moderators write as they must. Raises Refused."""
    if is_moderator(author):
        return
    new = is_newcomer(author)
    latest = LATEST.first(author=author.pk)
    pause = NEW_SECONDS_BETWEEN_POSTS if new else SECONDS_BETWEEN_POSTS
    _check_pause(latest.created_at if latest else None, pause)
    today = Post.objects.filter(author=author, created_at__gte=timezone.now() - NEW_FOR)
    if new and today.count() >= NEW_REPLIES_A_DAY:
        words = pgettext("refusal", "On your first day you can write %(n)d posts. Come back tomorrow.")
        raise Refused(words % {"n": NEW_REPLIES_A_DAY})


def check_comment_pace(author: Member) -> None:
    """A short breath between comments. Raises Refused."""
    if is_moderator(author):
        return
    latest = Comment.objects.filter(author=author).order_by("-id").values_list("created_at", flat=True)
    _check_pause(latest.first(), SECONDS_BETWEEN_POSTS if is_newcomer(author) else 2)


def check_preview_pace(author: Member) -> None:
    """A preview now and then, not without end. Raises Refused."""
    if not PREVIEWS.allows(author.pk):
        words = pgettext("refusal", "That were many previews in a minute. Wait a moment, then look again.")
        raise Refused(words)


def check_upload_pace(member: Member) -> None:
    """So many pictures a minute, an hour and a day; fewer for newcomers. Raises Refused."""
    if not UPLOADS.allows(member.pk):
        words = pgettext("refusal", "That were many pictures in a minute. Wait a moment, then send the next.")
        raise Refused(words, "picture")
    if is_moderator(member):
        return
    new, now = is_newcomer(member), timezone.now()
    stored = Picture.objects.filter(uploader=member)
    hour, day = (NEW_PICTURES_AN_HOUR, NEW_PICTURES_A_DAY) if new else (PICTURES_AN_HOUR, PICTURES_A_DAY)
    if stored.filter(created_at__gt=now - timedelta(days=1)).count() >= day:
        words = pgettext("refusal", "You can upload %(n)d pictures a day. Send the rest tomorrow.")
        raise Refused(words % {"n": day}, "picture")
    if stored.filter(created_at__gt=now - timedelta(hours=1)).count() >= hour:
        words = pgettext("refusal", "You can upload %(n)d pictures an hour. Send the rest in an hour.")
        raise Refused(words % {"n": hour}, "picture")


def _check_pause(latest: datetime | None, seconds: int) -> None:
    if latest is None:
        return
    left = seconds - int((timezone.now() - latest).total_seconds())
    if left > 0:
        words = npgettext(
            "refusal",
            "Take a breath: you can post again in %(n)d second.",
            "Take a breath: you can post again in %(n)d seconds.",
            left,
        )
        raise Refused(words % {"n": left})
