"""Releases are frozen; a refresh makes another; the console shows them to operators only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.urls import reverse
from pypdf import PdfReader

from tiantang.common.errors import TiantangError
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.config.commands.summary import command
from tiantang.metrics.periods import parse_period
from tiantang.summary import actions
from tiantang.summary.models import Release, ReleaseState

pytestmark = pytest.mark.django_db(databases="__all__")
APRIL = parse_period("2026-04")


def make(**changes):
    return actions.make_release(period=APRIL, language="en", **changes)


def test_unchanged_period_gives_the_same_release_back(community):
    release, _ = make()
    again, new = make()
    assert (again.pk, new) == (release.pk, False)
    assert Release.objects.count() == 1


def test_languages_count_their_releases_apart(community):
    make()
    chinese, _ = actions.make_release(period=APRIL, language="zh-hans")
    assert chinese.number == 1


def test_ready_release_is_never_written_again(community):
    release, _ = make()
    document = release.document
    assert actions.write_release(release=release).document == document


def test_future_period_leaves_no_release(community):
    with pytest.raises(TiantangError):
        actions.make_release(period=parse_period("2031-01"), language="en")
    assert not Release.objects.exists()


def test_last_month_is_drafted_once(community):
    release = actions.draft_last_month()
    assert release is not None and release.period == APRIL
    assert actions.draft_last_month() is None


def test_exported_files_are_named_after_the_release(community, tmp_path):
    release, _ = make()
    paths = actions.export_release(release=release, folder=tmp_path / "out")
    assert [path.name for path in paths] == [
        f"summary-2026-04-en-r1.{end}" for end in ("html", "pdf", "pptx", "md")
    ]
    assert len(PdfReader(paths[1]).pages) > 6


def test_unwritable_folder_is_refused_in_one_line(community, tmp_path):
    release, _ = make()
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(TiantangError, match="Cannot write"):
        actions.export_release(release=release, folder=blocked / "sub", formats=["md"])


def test_command_refuses_unknown_formats():
    assert CliRunner().invoke(command, ["2026-04", "--format", "docx"]).exit_code == 2


@pytest.fixture
def operator(community, client):
    member = community[1][0]
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    return client


def test_console_lists_and_shows_a_release(operator):
    release, _ = make()
    listed = operator.get(reverse("summary:list"))
    assert reverse("summary:release", args=[release.pk]) in listed.content.decode()
    shown = operator.get(reverse("summary:release", args=[release.pk]))
    page = shown.content.decode()
    assert shown.status_code == 200
    assert f"{reverse('dashboards:figure', args=['posts'])}?period=2026-04" in page
    for chapter in release.summary.chapters:
        assert f'id="chapter-{chapter.number}"' in page


def test_console_hands_out_files(operator):
    release, _ = make()
    answer = operator.get(reverse("summary:download", args=[release.pk, "md"]))
    assert answer["Content-Type"].startswith("text/markdown")
    assert "summary-2026-04-en-r1.md" in answer["Content-Disposition"]
    assert operator.get(reverse("summary:download", args=[release.pk, "exe"])).status_code == 404


def test_ordered_release_waits_for_its_task(operator, monkeypatch, django_capture_on_commit_callbacks):
    ordered = []
    monkeypatch.setattr("tiantang.summary.views.write_ordered", ordered.append)
    with django_capture_on_commit_callbacks(execute=True):
        answer = operator.post(
            reverse("summary:new"), {"period": "2026-04", "language": "en", "presenter": ""}
        )
    release = Release.objects.get()
    assert answer["Location"] == reverse("summary:release", args=[release.pk])
    assert ordered == [release.pk]
    assert release.state == ReleaseState.BUILDING
    waiting = operator.get(answer["Location"]).content.decode()
    assert "http-equiv" in waiting
    actions.write_release(release=release)
    assert operator.get(answer["Location"]).status_code == 200


def test_order_of_a_future_period_says_why_not(operator):
    answer = operator.post(reverse("summary:new"), {"period": "2031-01", "language": "en"})
    assert answer.status_code == 422
    assert not Release.objects.exists()
    assert operator.post(reverse("summary:new"), {"period": "soon", "language": "en"}).status_code == 422


def test_refresh_makes_a_new_number(operator, monkeypatch):
    monkeypatch.setattr("tiantang.summary.views.write_ordered", lambda pk: None)
    release, _ = make()
    operator.post(reverse("summary:refresh", args=[release.pk]))
    assert sorted(Release.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("name", ["list", "new"])
def test_console_is_for_operators(community, client, name):
    assert client.get(reverse(f"summary:{name}")).status_code == 302
    client.force_login(community[1][3], backend="tiantang.community.members.backend.MemberBackend")
    assert client.get(reverse(f"summary:{name}")).status_code == 403


def test_moderators_have_no_summaries(community, client):
    moderator = Member.objects.get(handle="m5")
    RoleGrant.objects.create(
        member=moderator, role=Role.MODERATOR, granted_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    client.force_login(moderator, backend="tiantang.community.members.backend.MemberBackend")
    release, _ = make()
    for address in (
        reverse("summary:list"),
        reverse("summary:release", args=[release.pk]),
        reverse("summary:download", args=[release.pk, "pdf"]),
    ):
        assert client.get(address).status_code == 403
