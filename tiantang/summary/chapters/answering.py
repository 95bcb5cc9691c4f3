"""How long people waited: for a first reply, and for a decision on a report."""

from __future__ import annotations

from datetime import datetime
from statistics import median

from django.utils.translation import npgettext, pgettext

from tiantang.common.time import day_start
from tiantang.community.moderation.models import Report
from tiantang.metrics.periods import Period
from tiantang.summary.chapters.draft import Draft, tile
from tiantang.summary.document import Kpis, Tile
from tiantang.summary.facts import Facts
from tiantang.summary.narrative import counted_deltas
from tiantang.ui.charts.numbers import length, plain


def responsiveness(facts: Facts) -> Draft | None:
    """The page of the first chapter; none where nobody waited for anything."""
    names = ["time_to_first_response", "time_to_first_response_p90", "reply_rate"]
    tiles = [tile(facts, name) for name in names if facts.figure(name).value is not None]
    tiles += _report_tiles(facts)
    if not tiles:
        return None
    title = pgettext("summary title", "How fast reports were decided")
    if facts.figure("time_to_first_response").value is not None:
        title = pgettext(
            "summary title", "Half of the answered topics had their first reply within {time}"
        ).format(time=facts.text("time_to_first_response"))
    remark = pgettext(
        "summary remark", "Times count answered topics only; {share} got no answer within 72 hours."
    )
    return Draft(
        pgettext("summary section", "Responsiveness"),
        title,
        Kpis(tuple(tiles)),
        [one.figure for one in tiles if one.figure],
        source=pgettext("summary source", "Reports: from the review queue"),
        remark=remark.format(share=facts.text("unanswered_rate")) if len(tiles) > 1 else "",
    )


def _report_tiles(facts: Facts) -> list[Tile]:
    """Reports of the period: how many, and how long a decision took."""
    reports = _reports(facts.counted)
    if not reports:
        return []
    earlier = [_reports(part) for part in facts.earlier]
    waits = _waits(reports)
    before, year_ago = (round(median(_waits(part))) if _waits(part) else 0 for part in earlier)
    return [
        Tile(
            pgettext("summary tile", "Reports"),
            plain(len(reports)),
            pgettext("summary unit", "reports"),
            counted_deltas(len(reports), (len(earlier[0]), len(earlier[1])), "report_rate"),
            note=_open_note(facts, len(reports) - len(waits)),
        ),
        Tile(
            pgettext("summary tile", "Median time to a decision"),
            length(median(waits), facts.language) if waits else "—",
            "",
            counted_deltas(round(median(waits)), (before, year_ago), "report_rate") if waits else (),
            note=pgettext("summary tile", "Nine of ten within {time}.").format(
                time=length(waits[int(0.9 * (len(waits) - 1))], facts.language)
            )
            if waits
            else "",
        ),
    ]


def _reports(period: Period) -> list[tuple[datetime, datetime | None]]:
    """When each report of the period was made and decided."""
    made = Report.objects.filter(
        created_at__gte=day_start(period.start), created_at__lt=day_start(period.end)
    )
    return list(made.values_list("created_at", "decided_at"))


def _waits(reports: list[tuple[datetime, datetime | None]]) -> list[float]:
    """Seconds until the decision, of those decided, the shortest first."""
    return sorted((done - made).total_seconds() for made, done in reports if done is not None)


def _open_note(facts: Facts, still: int) -> str:
    """How many are open; and how many the report rate does not count, or the two would seem to disagree."""
    note = (
        npgettext("summary tile", "{n} still open.", "{n} still open.", still).format(n=still)
        if still
        else pgettext("summary tile", "All of them decided.")
    )
    if not facts.team_reports:
        return note
    text = pgettext("summary tile", "{n} by the team, not in the report rate.")
    return f"{note} {text.format(n=facts.team_reports)}"
