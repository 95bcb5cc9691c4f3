"""Every address of the site: one line per part, the part keeps its own list."""

from __future__ import annotations

from django.urls import include, path

from tiantang.config import health
from tiantang.config.checks import examine_quickly
from tiantang.config.media import media
from tiantang.dashboards.lent import lend

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("media/<path:name>", media, name="media"),
    path("", include("tiantang.portal.urls")),
    path("", include("tiantang.community.forum.urls")),
    path("", include("tiantang.community.members.urls")),
    path("", include("tiantang.community.notifications.urls")),
    path("", include("tiantang.community.rules.urls")),
    path("", include("tiantang.community.moderation.urls")),
    path("", include("tiantang.events.urls")),
    path("", include("tiantang.ui.urls")),
    path("", include("tiantang.dashboards.urls")),
    path("", include("tiantang.summary.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("tiantang.importers.urls")),
]
handler400 = "tiantang.ui.views.unreadable"
handler403 = "tiantang.ui.views.forbidden"
handler404 = "tiantang.ui.views.not_found"
handler429 = "tiantang.ui.views.too_many"  # asked for by allauth
handler500 = "tiantang.ui.views.server_error"
lend("checks", examine_quickly)
