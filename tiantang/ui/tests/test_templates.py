"""Every template compiles, and none breaks what every page relies on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in map(Path, settings.TEMPLATE_FOLDERS)
    for path in folder.rglob("*.html")
)
PRINTED = {"summary/report.html", "members/letter.html"}
"""Files of their own, sent or printed, which carry their styles with them."""
OUTSIDE = re.compile(r"""(?:src|href)=["']https?://(?!www\.w3\.org)""")


def source_of(name: str) -> str:
    environment = engines.all()[0].env
    text, _path, _fresh = environment.loader.get_source(environment, name)
    return text


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    engines.all()[0].env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_keeps_to_the_content_security_policy(name: str) -> None:
    text = source_of(name)
    assert name in PRINTED or "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_calls_no_other_host(name: str) -> None:
    assert not OUTSIDE.search(source_of(name))
