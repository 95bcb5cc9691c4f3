"""Figures change after a release was frozen: it does not."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tiantang.config.commands.summary import command
from tiantang.metrics.periods import parse_period
from tiantang.summary import actions
from tiantang.summary.tests.community import add_replies

pytestmark = pytest.mark.django_db(databases="__all__")
APRIL = parse_period("2026-04")


def make(**changes):
    return actions.make_release(period=APRIL, language="en", **changes)


def test_release_stays_as_it_was_when_data_change(growing):
    boards, members = growing
    release, _ = make()
    document, posts = release.document, release.figures["posts"]["value"]
    add_replies(members[1], boards[0], 7)
    fresh, new = make()
    assert new and fresh.number == 2
    release.refresh_from_db()
    assert release.document == document
    assert fresh.figures["posts"]["value"] == posts + 7
    assert release.figures_digest != fresh.figures_digest


def test_changed_figures_are_listed(growing):
    boards, members = growing
    old, _ = make()
    add_replies(members[1], boards[0], 7)
    fresh, _ = make()
    changes = {change["key"]: change for change in actions.changed_figures(fresh, old)}
    assert changes["posts"]["before"] != changes["posts"]["now"]
    assert "new_members" not in changes


def test_command_prints_paths_and_json(growing, tmp_path):
    arguments = ["2026-04", "--lang", "en", "--format", "md", "--out", str(tmp_path)]
    plain = CliRunner().invoke(command, arguments)
    assert plain.exit_code == 0, plain.output
    assert str(tmp_path / "summary-2026-04-en-r1.md") in plain.output
    told = CliRunner().invoke(command, [*arguments, "--json"])
    held = json.loads(told.stdout)
    assert (held["release"], held["new"]) == (1, False)
