"""Who reads: sessions in the database, read by a prepared query, and the member of each request."""

from __future__ import annotations

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from tiantang.common.prepared import Prepared

BY_KEY = Prepared(lambda key: Session.objects.filter(session_key=key), key=str)


class SessionStore(db.SessionStore):
    """Django's, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        """The session while it is valid; a missing or expired one drops its key, as Django's does."""
        session = BY_KEY.first(key=self.session_key or "")
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session


class KnowReader(AuthenticationMiddleware):
    """Django's, with ``request.user`` at once: every page shows who reads, and asks a hundred times."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = get_user(request)
