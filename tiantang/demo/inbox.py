"""What the sample accounts find in their inbox: the last answers, remarks and likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tiantang.community.forum.models import Post
from tiantang.community.notifications.models import Notification
from tiantang.demo.accounts import SAMPLE_SIGN_INS
from tiantang.demo.bulk import insert
from tiantang.demo.world import Person, PostDraft, World

LAST_DAYS = 10
UNREAD_HOURS = 30
FEWEST, FEWEST_UNREAD = 8, 3
"""Letters everybody has of those there are, however old, and of these unread."""


def fill_inboxes(world: World) -> None:
    """Letters to the accounts one may sign in with; the older ones are read."""
    everybodys: dict[int, list[dict[str, Any]]] = {}
    for letter in sorted(_letters(world), key=lambda letter: int(letter["created_at"])):
        everybodys.setdefault(letter["recipient_id"], []).append(letter)
    since = world.plan.now - LAST_DAYS * 86400
    kept = []
    for letters in everybodys.values():
        for letter in letters[-FEWEST_UNREAD:]:
            letter["read_at"] = 0
        kept += [one for one in letters[:-FEWEST] if one["created_at"] > since]
        kept += letters[-FEWEST:]
    insert(Notification, sorted(kept, key=lambda letter: int(letter["created_at"])))


def _letters(world: World) -> Iterator[dict[str, Any]]:
    known = {account.handle for account in SAMPLE_SIGN_INS}
    for post in world.posts:
        if post.number > 1 and post.topic.author.handle in known:
            yield from _letter(world, post.topic.author, post.author, "reply", post, post.source, post.at)
        if post.quoted and post.quoted.author.handle in known:
            yield from _letter(world, post.quoted.author, post.author, "quote", post, post.quote, post.at)
    for comment in world.comments:
        author = comment.post.author
        if author.handle in known:
            yield from _letter(
                world, author, comment.author, "comment", comment.post, comment.source, comment.at
            )
    for like in world.likes:
        if like.post.author.handle in known:
            yield from _letter(world, like.post.author, like.person, "like", like.post, "", like.at)


def _letter(
    world: World, to: Person, actor: Person, kind: str, post: PostDraft, words: str, second: int
) -> Iterator[dict[str, Any]]:
    if actor is to or post.removed_at:
        return
    plain = words.split("\n\n", 1)[-1] if words.startswith(">") else words
    yield {
        "recipient_id": to.id,
        "actor_id": actor.id,
        "kind": kind,
        "subject": post.topic.title,
        "excerpt": "" if ">!" in plain else plain.replace("\n", " ")[:120],
        "address": Post(id=post.id).get_absolute_url(),
        "created_at": second,
        "read_at": second + 3600 if second < world.plan.now - UNREAD_HOURS * 3600 else 0,
    }
