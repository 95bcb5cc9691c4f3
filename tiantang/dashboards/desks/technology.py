"""Technology: what the doctor finds, how far events and figures are, what was not counted."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, Sum
from django.utils.translation import pgettext

from tiantang.common.time import instant_of
from tiantang.dashboards.desks.desk import Desk, Due, Row, Shelf
from tiantang.dashboards.lent import Check, checks
from tiantang.dashboards.panels.panel import Empty
from tiantang.events.models import Act, DroppedVisit, Segment, Visit
from tiantang.events.routers import stores
from tiantang.metrics import clock
from tiantang.metrics.models import KpiSpan

KEPT_S, WEEK_DAYS = 60, 7
GIGABYTE = 1 << 30


def findings() -> list[Check]:
    """The doctor's quick looks, at most a minute old: one of them starts a program."""
    kept: list[Check] | None = cache.get("dashboards.checks")
    if kept is None:
        kept = list(checks())
        cache.set("dashboards.checks", kept, KEPT_S)
    return kept


def due() -> list[Due]:
    """What is ill or odd, with its mend."""
    bad = [one for one in findings() if one.state != "well"]
    return [
        Due(
            "alert-triangle",
            pgettext("due", "%(organ)s: %(text)s") % {"organ": organ_name(one.organ), "text": one.text},
            late=one.state == "ill",
            mend=one.mend,
        )
        for one in sorted(bad, key=lambda one: one.state)
    ]


def organ_name(organ: str) -> str:
    """What the doctor looked at, in the reader's language."""
    names = {
        "python": "Python",
        "fonts": pgettext("organ", "Fonts"),
        "libraries": pgettext("organ", "Libraries for PDF"),
        "folders": pgettext("organ", "Folders and disk"),
        "database": pgettext("organ", "Database"),
        "front end": pgettext("organ", "Styles and scripts"),
        "secret": pgettext("organ", "Secret key"),
        "clock": pgettext("organ", "Clock"),
        "figures": pgettext("organ", "Figures"),
        "worker": pgettext("organ", "Worker"),
    }
    return names.get(organ, organ)


def shelves() -> list[Shelf]:
    """Events and figures, the looks at the installation, what was not counted."""
    return [
        Shelf(pgettext("desk", "Events and figures"), flow_rows(), ""),
        Shelf(
            pgettext("desk", "Installation"),
            [_check_row(one) for one in findings()],
            pgettext("desk", "Nobody has looked. Run: tiantang doctor"),
        ),
        Shelf(
            pgettext("desk", "Visits not counted, 7 days"),
            dropped_rows(),
            pgettext("desk", "Every visit of the week was counted."),
        ),
    ]


def flow_rows() -> list[Row]:
    """How far the river has come: sealed, waiting, counted, queued; and the room left."""
    from tiantang.common.tasks import queue  # opens the database, which this module's readers need not have

    sealed = max((_last_sealed(store) for store in stores()), default=0)
    counted = KpiSpan.objects.values_list("as_of", flat=True).first()
    never = pgettext("desk", "never yet")
    disk = shutil.disk_usage(settings.HOME)
    return [
        Row(
            pgettext("desk", "Events last moved into the lake"),
            value="" if sealed else never,
            since=instant_of(sealed) if sealed else None,
        ),
        Row(pgettext("desk", "Events waiting"), value=f"{Act.objects.count() + Visit.objects.count():,}"),
        Row(pgettext("desk", "Figures last counted"), value="" if counted else never, since=counted),
        Row(pgettext("desk", "Tasks in the queue"), value=f"{queue.pending_count():,}"),
        Row(
            pgettext("desk", "Disk"),
            value=pgettext("desk", "%(free)s of %(total)s GB free")
            % {"free": f"{disk.free / GIGABYTE:,.1f}", "total": f"{disk.total / GIGABYTE:,.0f}"},
        ),
    ]


def _last_sealed(store: str) -> int:
    return Segment.objects.using(store).aggregate(at=Max("sealed_us"))["at"] or 0


def _check_row(one: Check) -> Row:
    states = {
        "well": pgettext("check", "well"),
        "odd": pgettext("check", "look at it"),
        "ill": pgettext("check", "broken"),
    }
    icon = "circle-check" if one.state == "well" else "alert-triangle"
    tone = "ok" if one.state == "well" else "late"
    return Row(organ_name(one.organ), value=states[one.state], icon=icon, tone=tone)


def dropped_rows() -> list[Row]:
    """Visits of the last seven days that were not counted, by reason, most first."""
    since = clock.today() - timedelta(days=WEEK_DAYS - 1)
    rows = DroppedVisit.objects.filter(day__gte=since).values_list("reason").annotate(n=Sum("count"))
    names = drop_names()
    return [Row(names.get(reason, reason), value=f"{count:,}") for reason, count in rows.order_by("-n")]


def drop_names() -> dict[str, str]:
    """Why a visit is not counted."""
    return {
        "robot": pgettext("dropped visit", "Known robots"),
        "automated": pgettext("dropped visit", "Browsers driven by a program"),
        "hidden": pgettext("dropped visit", "Pages that were never visible"),
        "foreign": pgettext("dropped visit", "Sent from another site"),
        "malformed": pgettext("dropped visit", "Not what our script sends"),
        "oversize": pgettext("dropped visit", "More than one sending may hold"),
        "too_fast": pgettext("dropped visit", "More than a person makes"),
        "double": pgettext("dropped visit", "Sent twice"),
        "overload": pgettext("dropped visit", "Could not be taken in"),
    }


def rest() -> Empty:
    """What it means that nothing waits."""
    return Empty(
        pgettext("desk", "Everything runs"),
        pgettext("desk", "The checks find nothing. A good moment to try whether a backup can be put back."),
    )


TECHNOLOGY = Desk(
    "technology",
    "server-cog",
    lambda: pgettext("desk", "Technology"),
    due,
    rest,
    shelves,
    cards=("visits", "sessions", "time_on_site", "visit_depth"),
    week=("visits", "sessions", "time_on_site"),
)
