"""A Stack Exchange community moves in: the steps in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tiantang.common.errors import TiantangError
from tiantang.community.members.models import Member
from tiantang.importers.models import ArrivedRow
from tiantang.importers.pipeline import Import, Progress, Step
from tiantang.importers.stackexchange.comments import BringComments
from tiantang.importers.stackexchange.dump import Dump, instant, number
from tiantang.importers.stackexchange.history import BringHistory, BringLinks
from tiantang.importers.stackexchange.people import BringBadges, BringUsers
from tiantang.importers.stackexchange.replies import BringAnswers
from tiantang.importers.stackexchange.site import ORIGIN, Site, open_board
from tiantang.importers.stackexchange.tags import BringTags
from tiantang.importers.stackexchange.topics import BringQuestions
from tiantang.importers.stackexchange.votes import BringVotes

CHECKED_USERS = 50


def stackexchange_import(
    folder: Path,
    *,
    site_key: str = ORIGIN,
    board_name: str = "",
    address: str = "",
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Import:
    """The import of the dump in ``folder``, ready to run.

    ``site_key`` keeps several dumps apart; ``address`` is the host name of the old site, whose links become
    paths here. Raises TiantangError when the folder is no dump, or holds another community than the one that
    arrived under this key.
    """
    dump = Dump(folder)
    refuse_other_community(dump, site_key)
    site = Site(site_key, open_board(site_key, board_name), address)
    order: tuple[Callable[[Dump, Site], Step], ...] = (
        BringUsers,
        BringTags,
        BringQuestions,
        BringAnswers,
        BringHistory,
        BringLinks,
        BringComments,
        BringVotes,
        BringBadges,
    )
    steps = [step(dump, site) for step in order]
    return Import("stackexchange", site_key, folder, dump.fingerprint(), steps, dump.share_read, tell)


def refuse_other_community(dump: Dump, site_key: str) -> None:
    """Old ids of two communities must not meet under one key: compare when known users joined."""
    known = ArrivedRow.objects.filter(site=site_key, kind="user", old_id__gt=0)
    first = dict(known.order_by("old_id").values_list("old_id", "new_id")[:CHECKED_USERS])
    if not first or not dump.has("Users"):
        return
    joined = dict(
        Member.objects.filter(pk__in=first.values()).exclude(name="").values_list("pk", "joined_at")
    )
    met = same = 0
    for row in dump.rows("Users"):
        old = number(row, "Id") or 0
        if old > max(first):
            break
        if old in first and first[old] in joined:
            met += 1
            same += joined[first[old]] == instant(row)
    if met > 2 and same * 2 < met:
        raise TiantangError(
            f"Another community has arrived as {site_key!r}: its users are not those of {dump.folder}. "
            "Choose a name for this one with --site NAME."
        )
