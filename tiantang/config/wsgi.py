"""The web application."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

from tiantang.config.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiantang.config.settings")
application = get_wsgi_application()


def load() -> Any:
    """The application for one web process, which ends when its parent is gone."""
    die_with_parent()
    return application
