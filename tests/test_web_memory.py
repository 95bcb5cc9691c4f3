from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.installation import ROOT

pytestmark = pytest.mark.sqlite

SELDOM_NEEDED = ("duckdb", "openpyxl", "pptx", "pyarrow", "weasyprint")


def test_web_process_starts_without_libraries_it_seldom_needs() -> None:
    program = f"""
import sys
from tiantang.config import wsgi
wsgi.warm()
print(*sorted(set({SELDOM_NEEDED!r}) & set(sys.modules)))
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tiantang.config.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == []
