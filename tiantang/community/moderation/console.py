"""The operator's page: the review queue."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.acts import door_of
from tiantang.community.forum.views.doors import acting, came_from, offer_undo, signed_in
from tiantang.community.members.access import moderators_only
from tiantang.community.moderation.access import may_decide_on
from tiantang.community.moderation.actions.decide import decide_report
from tiantang.community.moderation.actions.take_back import take_back_decision
from tiantang.community.moderation.forms import DecisionForm, numbers_in
from tiantang.community.moderation.models import RULE_OF, Report, ReportReason, ReportState
from tiantang.community.rules.models import RulesVersion

ON_A_PAGE = 30
STATES = ("open", "decided")


@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that wait, or those decided; by reason if wanted. Filters stay in the address."""
    state = request.GET.get("state", "open")
    reason = request.GET.get("reason", "")
    rows = Report.objects.decided() if state == "decided" else Report.objects.open()
    if reason in ReportReason.values:
        rows = rows.filter(reason=reason)
    page = Paginator(rows.with_context(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_decide_on": may_decide_on,
        "state": state if state in STATES else "open",
        "reason": reason,
        "reasons": ReportReason.choices,
        "rules": _rules(request.LANGUAGE_CODE),
        "rule_of": RULE_OF,
        "waiting": Report.objects.filter(state=ReportState.OPEN).count(),
    }
    return render(request, "moderation/queue.html", context)


@moderators_only
@acting
def decide(request: HttpRequest) -> HttpResponse:
    """Decide on the reports named in ``reports``, with one note for all."""
    form = DecisionForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["reports"]:
        messages.error(request, pgettext("review queue", "Tick the reports you decide on first."))
        return redirect(_back(request))
    waiting = list(Report.objects.open().filter(pk__in=form.cleaned_data["reports"]).with_context())
    reports = [report for report in waiting if may_decide_on(request.user, report.thing)]
    if not reports:
        own = pgettext("review queue", "Somebody else decides about what you wrote.")
        done = pgettext("review queue", "Somebody has decided on this already.")
        messages.error(request, own if waiting else done)
        return redirect(_back(request))
    for report in reports:
        decide_report(decider=signed_in(request), report=report, door=door_of(request), **form.verb)
    count = len(reports)
    said = npgettext("review queue", "%(n)d report decided.", "%(n)d reports decided.", count)
    numbers = ",".join(str(report.pk) for report in reports)
    offer_undo(request, said % {"n": count}, reverse("moderation:take_back"), "reports", numbers)
    return redirect(_back(request))


@moderators_only
@acting
def take_back(request: HttpRequest) -> HttpResponse:
    """Open the reports named in ``reports`` again, and put back what their decision took down."""
    numbers = numbers_in(request.POST.get("reports", "").split(","))
    reports = list(Report.objects.decided().filter(pk__in=numbers).with_context())
    for report in reports:
        take_back_decision(member=signed_in(request), report=report, door=door_of(request))
    if reports:
        messages.success(request, pgettext("review queue", "Taken back. The report waits again."))
    else:
        messages.error(request, pgettext("review queue", "There was nothing to take back any more."))
    return redirect(came_from(request, reverse("moderation:queue")))


def _rules(language: str) -> dict[int, str]:
    """The rules a removal may cite, by number."""
    version = RulesVersion.objects.current()
    return version.rule_titles(language) if version else {}


def _back(request: HttpRequest) -> str:
    """The queue as it was filtered."""
    query = request.POST.get("query", "")
    return reverse("moderation:queue") + (f"?{query}" if query else "")
