from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.panels import PANELS, build_panel
from tiantang.dashboards.tests.community import Community
from tiantang.metrics import query


def table_of(response) -> list[list[str]]:
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body, newline="")))


def book_of(response) -> Workbook:
    """The workbook of a download."""
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def cut(community: Community) -> dict[str, str]:
    first = community.last - timedelta(days=13)
    return {"from": first.isoformat(), "to": community.last.isoformat()}


def test_panel_export_equals_the_panel(operator: Client, community: Community) -> None:
    asked = cut(community)
    for key in PANELS:
        sheet = build_panel(key, read_filters(asked)).sheet
        found = table_of(operator.get(reverse("dashboards:panel_sheet", args=[key, "csv"]), asked))
        if sheet is None:
            continue
        assert len(found) == len(list(sheet.rows)) + 1, key


def test_board_names_cannot_become_formulas(operator: Client, community: Community) -> None:
    found = table_of(operator.get(reverse("dashboards:panel_sheet", args=["boards", "csv"]), cut(community)))
    assert {row[0] for row in found[1:]} == {"掌机茶馆", "'=动作与魂"}


def test_series_export_equals_the_query(operator: Client, community: Community) -> None:
    asked = cut(community)
    found = table_of(operator.get(reverse("dashboards:series", args=["posts", "csv"]), asked))
    points = query.series("posts", read_filters(asked).period, "day")
    assert [float(row[2]) for row in found[1:]] == [point.value for point in points]
    assert found[1][0] == asked["from"]


def test_rows_export_holds_every_event_behind_the_figure(operator: Client, community: Community) -> None:
    asked = cut(community)
    found = table_of(operator.get(reverse("dashboards:rows", args=["posts", "csv"]), asked))
    figure = query.figure("posts", read_filters(asked).period)
    assert len(found) - 1 == figure.n == 42


def test_rows_export_pages_through_all(operator: Client, community: Community, monkeypatch) -> None:
    from tiantang.dashboards.views import exports

    monkeypatch.setattr(exports, "CHUNK", 5)
    found = table_of(operator.get(reverse("dashboards:rows", args=["posts", "csv"]), cut(community)))
    assert len(found) - 1 == 42
    assert len({tuple(row) for row in found[1:]}) == 42


def test_courses_say_their_days_in_full_and_whether_they_are_over(
    operator: Client, community: Community
) -> None:
    asked = {"from": (community.last - timedelta(days=13)).isoformat()}
    addresses = [reverse("dashboards:series", args=["posts", "csv"])]
    addresses += [reverse("dashboards:panel_sheet", args=[key, "csv"]) for key in ("activity", "lifecycle")]
    for address in addresses:
        head, *rows = table_of(operator.get(address, asked))
        assert (head[:2], head[-1]) == (["从", "到"], "未满"), address
        assert all(head) and len(set(head)) == len(head), address
        assert [row[-1] for row in rows] == ["否"] * (len(rows) - 1) + ["是"], address
        assert all(date.fromisoformat(row[0]) <= date.fromisoformat(row[1]) for row in rows), address
        assert not any(cell.startswith("-") or cell.endswith(".0") for row in rows for cell in row), address


def test_lengths_of_time_leave_as_seconds_and_say_so(operator: Client, community: Community) -> None:
    asked = cut(community)
    for address in (
        reverse("dashboards:panel_sheet", args=["waits", "csv"]),
        reverse("dashboards:panel_sheet", args=["boards", "csv"]),
        reverse("dashboards:series", args=["time_to_first_response", "csv"]),
    ):
        assert any("（秒）" in name for name in table_of(operator.get(address, asked))[0]), address


def test_file_names_say_the_board_and_the_people(operator: Client, community: Community) -> None:
    def named(view: str, what: str, ending: str = "csv", **more: str) -> str:
        response = operator.get(
            reverse(f"dashboards:{view}", args=[what, ending]), {"period": "2026-01", **more}
        )
        b"".join(response.streaming_content)  # the client closes what has been read to its end
        return response["Content-Disposition"]

    for ending in ("csv", "xlsx"):
        assert f'"posts-2026-01.{ending}"' in named("series", "posts", ending)
        assert f'"posts-2026-01-tea-staff.{ending}"' in named(
            "series", "posts", ending, board="tea", people="staff"
        )
        assert f'"new_members-2026-01.{ending}"' in named("series", "new_members", ending, board="tea")
    assert '"boards-2026-01-tea.csv"' in named("panel_sheet", "boards", board="tea")


def test_overview_says_what_each_figure_was_counted_over(operator: Client, community: Community) -> None:
    response = operator.get(reverse("dashboards:workbook"), {**cut(community), "board": "tea"})
    head, *rows = book_of(response).worksheets[0].iter_rows(values_only=True)
    said = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert said["帖子"]["版块"] == "掌机茶馆"
    assert said["新成员"]["版块"].startswith("全站")
    assert said["首次回应用时（中位数）"]["单位"] == "秒"
    assert said["帖子"]["变化的算法"] != said["无人回应率"]["变化的算法"]


def test_workbook_of_rows_has_times_and_says_what_it_cannot_hold(
    operator: Client, community: Community, monkeypatch
) -> None:
    from tiantang.dashboards.views import exports

    monkeypatch.setattr(exports, "MOST_XLSX_ROWS", 40)
    asked = cut(community)
    _, *rows = book_of(
        operator.get(reverse("dashboards:rows", args=["posts", "xlsx"]), asked)
    ).active.iter_rows(values_only=True)
    assert [type(row[0]) for row in rows[:-1]] == [datetime] * 40
    assert rows[0][0].hour == 20
    assert rows[-1][0].startswith("还有 2 行")
    whole = table_of(operator.get(reverse("dashboards:rows", args=["posts", "csv"]), asked))
    assert len(whole) - 1 == 42


def test_workbook_has_a_sheet_for_each_panel(operator: Client, community: Community) -> None:
    with_sheets = [key for key in PANELS if build_panel(key, read_filters(cut(community))).sheet]
    response = operator.get(reverse("dashboards:workbook"), cut(community))
    book = book_of(response)
    assert len(book.sheetnames) == 1 + len(with_sheets)
    assert all(page.max_row >= 2 for page in book.worksheets)


def test_empty_community_still_gives_a_workbook(operator: Client) -> None:
    response = operator.get(reverse("dashboards:workbook"))
    assert len(book_of(response).sheetnames) >= 1
