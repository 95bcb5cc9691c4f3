"""Whether people are answered, how soon, and how much is reported."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.days import ahead_of
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.courses import course, earlier, labels_of, open_label, values_of
from tiantang.dashboards.panels.panel import Empty, Panel, course_panel
from tiantang.dashboards.reading import label_of, language, value_text
from tiantang.metrics import query
from tiantang.metrics.query import Figure
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole


def _no_topics() -> Empty:
    return Empty(
        pgettext("panel", "No topics to answer in this time"),
        pgettext(
            "panel", "A topic counts once its 72 hours are over. Choose a longer period, or ask something."
        ),
        "forum:new_topic",
        pgettext("panel", "Start a topic"),
    )


def answers(filters: Filters) -> Panel:
    """The share of topics answered within 72 hours."""
    title = pgettext("panel", "Topics that get an answer")
    filters = filters.coarser()
    chart = replace(course("reply_rate", filters), title=title)
    if all(value is None for series in chart.series for value in series.values):
        return Panel("answers", title, empty=_no_topics())
    unanswered = query.figure("unanswered_rate", filters.period, where_for("unanswered_rate", filters), False)
    claim = pgettext("panel", "%(share)s of topics waited 72 hours without an answer (%(n)s of %(of)s).") % {
        "share": value_text("unanswered_rate", unanswered.value),
        "n": f"{int(unanswered.numerator or 0):,}",
        "of": f"{int(unanswered.denominator or 0):,}",
    }
    return course_panel("answers", chart, filters, "unanswered_rate", "reply_rate", claim=claim)


def waits(filters: Filters) -> Panel:
    """How long the answered topics waited: half of them, and nine of ten."""
    title = pgettext("panel", "How long the first answer takes")
    filters = filters.coarser()
    where = where_for("time_to_first_response", filters)
    middle = query.series("time_to_first_response", filters.period, filters.grain, where)
    slow = query.series("time_to_first_response_p90", filters.period, filters.grain, where)
    if all(point.value is None for point in middle):
        return Panel("waits", title, empty=_no_topics())
    figure = query.figure("time_to_first_response", filters.period, where, False)
    slowest = query.figure("time_to_first_response_p90", filters.period, where, False)
    told = pgettext("panel", "Half of the answered topics waited at most %(half)s, nine of ten %(most)s.") % {
        "half": value_text("time_to_first_response", figure.value),
        "most": value_text("time_to_first_response_p90", slowest.value),
    }
    label = open_label(middle, filters)
    chart = Chart(
        ChartKind.LINE,
        title,
        told,
        labels_of(middle, filters),
        (
            Series(pgettext("chart", "Half"), values_of(middle)),
            Series(pgettext("chart", "Nine of ten"), values_of(slow)),
        ),
        duration=True,
        open_last=bool(label),
        ahead=ahead_of(middle),
        open_label=label,
        language=language(),
    )
    return course_panel("waits", chart, filters, "time_to_first_response", "time_to_first_response_p90")


def reports(filters: Filters) -> Panel:
    """Reports per thousand posts and comments, and how many of them were right."""
    filters = filters.coarser()
    where = where_for("report_rate", filters)
    points = query.series("report_rate", filters.period, filters.grain, where)
    title = label_of("report_rate")
    figure = query.figure("report_rate", filters.period, where)
    validity = query.figure("report_validity", filters.period, where_for("report_validity", filters), False)
    if not any(point.n for point in points):
        return Panel("reports", title, empty=_no_reports())
    told = _reports_told(figure, validity)
    lines = [Series(pgettext("chart", "This period"), values_of(points))]
    if filters.with_previous:
        values = earlier("report_rate", filters, points)
        if any(values):
            lines.insert(0, Series(pgettext("chart", "Previous"), values, SeriesRole.PREVIOUS))
    chart = Chart(
        ChartKind.LINE,
        title,
        told,
        labels_of(points, filters),
        tuple(lines),
        unit="‰" if language().startswith("zh") else "",
        open_last=bool(open_label(points, filters)),
        ahead=ahead_of(points),
        open_label=open_label(points, filters),
        language=language(),
    )
    return course_panel("reports", chart, filters, "report_rate", "report_validity")


def _reports_told(rate: Figure, validity: Figure) -> str:
    """How much was reported, and how much of what was decided was right."""
    words = {
        "rate": value_text("report_rate", rate.value),
        "reports": f"{int(rate.numerator or 0):,}",
        "valid": value_text("report_validity", validity.value),
    }
    if validity.value is None:
        return pgettext("panel", "%(rate)s; %(reports)s reports, none decided in this time.") % words
    return pgettext("panel", "%(rate)s; %(reports)s reports, of those decided %(valid)s were upheld.") % words


def _no_reports() -> Empty:
    return Empty(
        pgettext("panel", "Nothing was posted, so nothing was reported"),
        pgettext("panel", "Reports wait in the review queue and are counted here once there are posts."),
        "moderation:queue",
        pgettext("panel", "Open the review queue"),
    )
