from __future__ import annotations

import csv
import io
from datetime import timedelta

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
    """The workbook of a download, which is closed then."""
    body = b"".join(response.streaming_content)
    response.close()
    return load_workbook(io.BytesIO(body))


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


def test_workbook_has_a_sheet_for_each_panel(operator: Client, community: Community) -> None:
    with_sheets = [key for key in PANELS if build_panel(key, read_filters(cut(community))).sheet]
    response = operator.get(reverse("dashboards:workbook"), cut(community))
    book = book_of(response)
    assert len(book.sheetnames) == 1 + len(with_sheets)
    assert all(page.max_row >= 2 for page in book.worksheets)


def test_empty_community_still_gives_a_workbook(operator: Client) -> None:
    response = operator.get(reverse("dashboards:workbook"))
    assert len(book_of(response).sheetnames) >= 1
