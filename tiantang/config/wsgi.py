"""The web application: Django, and in front of it what needs no Django."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiantang.config.settings")
_django = get_wsgi_application()

from tiantang.config.charset import in_utf8  # noqa: E402 - settings must be loaded first
from tiantang.config.compress import Compress  # noqa: E402
from tiantang.config.observe import Observe  # noqa: E402
from tiantang.config.page_cache import Application, PageCache  # noqa: E402
from tiantang.config.processes import die_with_parent  # noqa: E402
from tiantang.config.static import with_static_files  # noqa: E402
from tiantang.events.door import VisitsDoor  # noqa: E402

application: Application = Observe(VisitsDoor(with_static_files(Compress(PageCache(in_utf8(_django))))))


def warm() -> None:
    """Load what requests need: processes forked from this one share it, and the first reader waits less."""
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    pages = engine.env
    for name in pages.list_templates(filter_func=lambda name: name.endswith(".html")):
        pages.get_template(name)


def load() -> Application:
    """The application for one web process, which ends when its parent is gone."""
    die_with_parent()
    return application
