"""Addresses of events."""

from __future__ import annotations

from django.urls import path

from tiantang.events.views import visits

app_name = "events"
urlpatterns = [path("e/visits", visits, name="visits")]
