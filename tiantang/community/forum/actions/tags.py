"""Words that topics share across boards."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import pgettext

from tiantang.community.forum.limits import TAG_LONGEST, TAGS_MOST, shows, without_unseen
from tiantang.community.forum.models import Tag
from tiantang.community.forum.refusals import Refused

BETWEEN = re.compile(r"[,，、;；\n]+|\s{2,}")
UNSAFE = re.compile(r"[\s/?#\\%\x00-\x1f]+")


def split_tags(text: str) -> list[str]:
    """The tags typed into one field, separated by commas of either script."""
    parts = (without_unseen(part).strip(" #　") for part in BETWEEN.split(text))
    return list(dict.fromkeys(filter(shows, parts)))


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, made where missing. Raises Refused."""
    wanted = check_tags(names)
    return [Tag.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in wanted.items()]


def check_tags(names: Iterable[str]) -> dict[str, str]:
    """The names by how they are spelled in an address. Raises Refused."""
    wanted = {slug_of(name): name for name in names}
    wanted.pop("", None)
    if len(wanted) > TAGS_MOST:
        words = pgettext("refusal", "Up to %(n)d tags fit. Keep those people would look for.")
        raise Refused(words % {"n": TAGS_MOST}, "tags")
    for name in wanted.values():
        if len(name) > TAG_LONGEST:
            words = pgettext("refusal", "“%(tag)s” is too long for a tag: %(n)d characters fit.")
            raise Refused(words % {"tag": name, "n": TAG_LONGEST}, "tags")
    return wanted


def slug_of(name: str) -> str:
    """How a tag is spelled in an address: lower case, no blanks, letters of any script."""
    return UNSAFE.sub("-", name.strip().lower()).strip("-")[:60]
