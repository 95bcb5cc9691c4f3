"""How often topics were read: counted from events, kept on the topics for lists to show."""

from __future__ import annotations

from tiantang.community.forum.models import Topic
from tiantang.metrics import query

BATCH = 500


def refresh_views() -> int:
    """Set ``views_count`` to what an import brought plus what browsers confirmed here.

    Returns how many topics changed. Repeatable; nothing is added up twice.
    """
    seen = query.topic_views()
    changed = []
    for topic in Topic.objects.only("views_before", "views_count").iterator(BATCH):
        views = topic.views_before + seen.get(topic.pk, 0)
        if views != topic.views_count:
            topic.views_count = views
            changed.append(topic)
    Topic.objects.bulk_update(changed, ["views_count"], batch_size=BATCH)
    return len(changed)
