"""Addresses of the communities that moved in."""

from __future__ import annotations

from django.urls import path

from tiantang.importers import views

app_name = "importers"
urlpatterns = [
    path("questions/tagged/<path:name>", views.old_tag, name="old_tag"),
    path("questions/<int:old_id>", views.old_question, name="old_question"),
    path("questions/<int:old_id>/<path:rest>", views.old_question),
    path("q/<int:old_id>", views.old_question, name="old_question_short"),
    path("q/<int:old_id>/<path:rest>", views.old_question),
    path("a/<int:old_id>", views.old_answer, name="old_answer"),
    path("a/<int:old_id>/<path:rest>", views.old_answer),
    path("users/<int:old_id>", views.old_user, name="old_user"),
    path("users/<int:old_id>/<path:rest>", views.old_user),
]
