"""What is sent to the site is UTF-8, whatever a request claims."""

from __future__ import annotations

import re

from tiantang.config.page_cache import Application

CLAIM = re.compile(r";\s*charset\b[^;]*", re.IGNORECASE)


def in_utf8(application: Application) -> Application:
    """Hide from Django in which letters a request says it is written.

    It would decode with any codec Python has, among them some for which that fails (``charset=hex``) before
    the first middleware could answer. Browsers send forms in the letters of the page, which is UTF-8.
    """

    def answer(environ, start_response):  # type: ignore[no-untyped-def]
        kind = environ.get("CONTENT_TYPE")
        if kind and "charset" in kind.lower():
            environ["CONTENT_TYPE"] = CLAIM.sub("", kind)
        return application(environ, start_response)

    return answer
