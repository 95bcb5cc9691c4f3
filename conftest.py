"""Every test runs in a home of its own, with fast password hashing."""

from __future__ import annotations

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="tiantang-test-")
os.environ["TIANTANG_HOME"] = _HOME.name
os.environ["TIANTANG_FAST_HASHING"] = "1"
os.environ.setdefault("TIANTANG_SECRET_KEY", "tests-only")
