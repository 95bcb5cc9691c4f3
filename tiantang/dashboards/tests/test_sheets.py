from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tiantang.dashboards.sheets import Sheet, csv_lines, safe_text, write_xlsx


def opened(sheets: list[Sheet]) -> Workbook:
    """The workbook as a spreadsheet reads it."""
    with write_xlsx(sheets) as file:
        return load_workbook(file)


ATTACKS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("text", ATTACKS)
def test_csv_texts_are_never_formulas(text: str) -> None:
    line = "".join(csv_lines(Sheet("t", ["名"], [[text]])))
    cell = list(csv.reader(io.StringIO(line, newline="")))[1][0]
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ATTACKS)
def test_xlsx_texts_are_never_formulas(text: str) -> None:
    book = opened([Sheet("t", ["name"], [[text]])])
    cell = book.active["A2"]
    assert cell.data_type != "f"
    assert str(cell.value).strip() == text.strip()


def test_numbers_stay_numbers_also_negative_ones() -> None:
    assert safe_text(-3.5) == -3.5
    book = opened([Sheet("t", ["n", "d"], [[-3.5, date(2026, 11, 1)], [None, "x"]])])
    rows = list(book.active.iter_rows(min_row=2, max_col=2, values_only=True))
    assert rows[0][0] == -3.5
    assert rows[0][1].date() == date(2026, 11, 1)
    assert rows[1] == (None, "x")


def test_counts_have_no_point_and_fractions_no_noise() -> None:
    lines = list(csv_lines(Sheet("t", ["n", "m", "r"], [[161.0, 209.59160000000003, 23 / 24]])))
    assert lines[1] == "161,209.5916,0.958333333333\r\n"
    cell = opened([Sheet("t", ["n"], [[161.0]])]).active["A2"]
    assert (cell.value, type(cell.value)) == (161, int)


def test_numbers_longer_than_a_spreadsheet_keeps_stay_what_they_are() -> None:
    browser = 766890270727366285
    book = opened([Sheet("t", ["visitor", "n"], [[browser, 4295088417]])])
    assert (book.active["A2"].value, book.active["B2"].value) == (str(browser), 4295088417)
    assert str(browser) in list(csv_lines(Sheet("t", ["visitor"], [[browser]])))[1]


def test_csv_opens_as_chinese_in_excel() -> None:
    assert next(iter(csv_lines(Sheet("t", ["版块"], [])))).startswith("\ufeff版块")


def test_sheet_names_are_legal_and_unlike() -> None:
    titles = ["发言 / [版块]", "发言 / [版块]", "", "长" * 60]
    book = opened([Sheet(title, ["a"], []) for title in titles])
    assert len(set(book.sheetnames)) == 4
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_rows_leave_one_by_one() -> None:
    asked: list[int] = []

    def rows() -> object:
        for number in range(1000):
            asked.append(number)
            yield (number,)

    lines = iter(csv_lines(Sheet("t", ["n"], rows())))
    next(lines), next(lines)
    assert len(asked) == 1


@given(st.text(max_size=40))
def test_any_text_can_be_put_into_a_workbook(text: str) -> None:
    cleaned = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    book = opened([Sheet("t", ["name"], [[cleaned]])])
    assert book.active["A2"].data_type != "f"
