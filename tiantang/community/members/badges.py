"""Our own badges named in the reader's language; those of other communities keep their names."""

from __future__ import annotations

from django.utils.translation import pgettext


def badge_name(name: str) -> str:
    """What a badge is called for the reader."""
    ours = {
        "开门那天": pgettext("badge", "Opening day"),
        "五十帖": pgettext("badge", "Fifty posts"),
        "两百帖": pgettext("badge", "Two hundred posts"),
        "灯不灭": pgettext("badge", "Light never out"),
        "问路有答": pgettext("badge", "Knows the way"),
        "活地图": pgettext("badge", "Living map"),
        "引路人": pgettext("badge", "Pathfinder"),
    }
    return ours.get(name, name)
