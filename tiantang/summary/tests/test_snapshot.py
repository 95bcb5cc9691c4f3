"""The document survives its JSON, and its fingerprints mean what they say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tiantang.common.errors import TiantangError
from tiantang.summary.snapshot import content_digest, figures_digest, from_json, to_json
from tiantang.summary.tests.sample import sample_summary


def test_document_comes_back_from_json_as_it_was():
    summary = sample_summary()
    assert from_json(to_json(summary)) == summary


def test_same_document_gives_the_same_text():
    assert to_json(sample_summary()) == to_json(sample_summary())


def test_newer_schema_is_refused():
    held = json.loads(to_json(sample_summary()))
    held["schema"] = 99
    with pytest.raises(TiantangError, match="newer version"):
        from_json(json.dumps(held))


def test_cover_does_not_change_the_content_digest():
    summary = sample_summary()
    other = replace(summary, cover=replace(summary.cover, release="第 3 版"))
    assert content_digest(summary) == content_digest(other)
    assert to_json(summary) != to_json(other)


def test_changed_figure_changes_the_figures_digest():
    summary = sample_summary()
    figures = {**summary.figures, "dau": replace(summary.figures["dau"], value=3483.0)}
    assert figures_digest(summary) != figures_digest(replace(summary, figures=figures))
