"""The console's pages on work summaries: list, order, read, download."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from tiantang.common.time import site_day
from tiantang.community.members.models import Member
from tiantang.metrics import clock
from tiantang.metrics.periods import period_of
from tiantang.summary.access import console_only
from tiantang.summary.actions import changed_figures, drawn, order_release
from tiantang.summary.document import Summary
from tiantang.summary.forms import OrderForm, ordered
from tiantang.summary.models import Release
from tiantang.summary.renderers.formats import FORMATS
from tiantang.summary.renderers.report import spark_path
from tiantang.summary.tasks import write_ordered
from tiantang.ui.charts.model import Chart
from tiantang.ui.charts.page import drawn as drawn_chart

HEAT_ROW, LYING_ROW, USUAL = 32, 48, 300


@require_GET
@console_only
def list_releases(request: HttpRequest) -> HttpResponse:
    """Every release, by period, newest first."""
    releases = Release.objects.select_related("made_by").defer("document", "figures")
    return render(request, "summary/list.html", {"releases": releases[:200]})


@require_http_methods(["GET", "POST"])
@console_only
def new_release(request: HttpRequest) -> HttpResponse:
    """Choose a period and order its summary."""
    last = period_of(clock.today(), "month").previous()
    given = request.GET.get("period") or last.code
    form = OrderForm(
        request.POST or None,
        initial={"period": given, "language": "zh-hans" if (get_language() or "").startswith("zh") else "en"},
    )
    if request.method == "POST" and form.is_valid():
        return _order(request, form)
    choices = [
        last,
        period_of(clock.today(), "quarter").previous(),
        period_of(clock.today(), "year").previous(),
    ]
    shown = [(one.code, one.label(get_language() or "en")) for one in choices]
    status = 422 if form.is_bound else 200
    return render(request, "summary/new.html", {"form": form, "choices": shown}, status=status)


def _order(request: HttpRequest, form: OrderForm) -> HttpResponse:
    release = order_release(**ordered(form), by=cast(Member, request.user))
    transaction.on_commit(partial(write_ordered, release.pk))
    return redirect("summary:release", release.pk)


@require_POST
@console_only
def refresh_release(request: HttpRequest, release_id: int) -> HttpResponse:
    """Measure the same period again as a new release; this one stays as it is."""
    old = get_object_or_404(Release, pk=release_id)
    release = order_release(
        period=old.period, language=old.language, presenter=old.presenter, by=cast(Member, request.user)
    )
    transaction.on_commit(partial(write_ordered, release.pk))
    return redirect("summary:release", release.pk)


@require_GET
@console_only
def show_release(request: HttpRequest, release_id: int) -> HttpResponse:
    """A frozen release with its chapters, or how far the writing is."""
    release = get_object_or_404(Release.objects.select_related("made_by"), pk=release_id)
    if not release.is_ready:
        return render(request, "summary/waiting.html", {"release": release})
    siblings = Release.objects.ready().of_period(release.period, release.language)
    older = siblings.filter(number__lt=release.number).first()
    context = {
        "release": release,
        "summary": release.summary,
        "siblings": siblings.defer("document", "figures"),
        "older": older,
        "changes": changed_figures(release, older) if older else [],
        "formats": FORMATS,
        "frozen_on": site_day(release.created_at),
        **_lent(release.summary),
    }
    return render(request, "summary/release.html", context)


def _lent(summary: Summary) -> dict[str, object]:
    """What the blocks' macros draw with on a page of the console."""

    def stub(key: str) -> Markup | str:
        facts = summary.figures.get(key)
        if facts is None:
            return ""
        address = f"{reverse('dashboards:figure', args=[facts.metric])}?{facts.address}"
        return Markup('<a class="stub serial" href="{}">{}</a>').format(address, facts.serial)

    return {"stub": stub, "spark": spark_path, "picture": _picture, "tag_style": lambda hue: ""}


def _picture(chart: Chart) -> Markup:
    """The chart as the browser draws it, with the table behind it."""
    height = {
        "heatmap": 60 + HEAT_ROW * len(chart.series),
        "rows": 40 + LYING_ROW * len(chart.categories),
        "funnel": 40 + LYING_ROW * len(chart.categories),
    }.get(chart.kind.value, USUAL)
    it = drawn_chart(chart, height)
    return Markup(
        '<div class="chart" role="img" aria-label="{}" data-chart="{}" style="block-size:{}px"></div>'
    ).format(it.summary, it.option, it.height)


@require_GET
@console_only
def download(request: HttpRequest, release_id: int, ending: str) -> HttpResponse:
    """One of the release's files."""
    release = get_object_or_404(Release.objects.ready(), pk=release_id)
    if ending not in FORMATS:
        raise Http404
    response = HttpResponse(drawn(release, ending), content_type=FORMATS[ending])
    response["Content-Disposition"] = f'attachment; filename="{release.file_stem}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
