"""Tables that leave the house: CSV and XLSX, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

FORMATS = ("csv", "xlsx")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BOM = "\ufeff"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML, and so a workbook, cannot hold."""
_EXACT_DIGITS = 12
"""Digits of a fraction that say something; the rest is how computers add."""
_LARGEST_WHOLE = 10**15
"""A spreadsheet keeps fifteen digits: longer numbers, such as those of browsers, would become others."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to hand out: numbers stay numbers, unknown is empty, texts are texts."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


class _Line:
    """A file that gives back what is written to it, so that rows leave one by one."""

    def write(self, text: str) -> str:
        return text


def bare_number(value: Any) -> Any:
    """The value as a table writes it: 161 and not 161.0, 209.5916 and not 209.59160000000003."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.{_EXACT_DIGITS}g}")
    return value


def safe_text(value: Any) -> Any:
    """The value for a CSV cell. A text that a spreadsheet would calculate gets an apostrophe in front.

    Numbers are left alone, also negative ones; times become ISO texts.
    """
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(_DANGEROUS):
        return f"'{value}"
    return bare_number(value)


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The sheet line by line, opening with a byte order mark, without which Excel breaks Chinese."""
    writer = csv.writer(_Line())
    yield _BOM + writer.writerow([safe_text(name) for name in sheet.head])
    for row in sheet.rows:
        yield writer.writerow([safe_text(value) for value in row])


def write_xlsx(sheets: Iterable[Sheet]) -> IO[bytes]:
    """A workbook in a temporary file, ready to be read; rows are written as they come."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # large; most web processes never need it

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        page = book.create_sheet(_sheet_title(sheet.title, taken))
        page.freeze_panes = "A2"
        page.append([_cell(page, name, bold=True) for name in sheet.head])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer reads and closes it
    book.save(target)
    target.seek(0)
    return target


def _sheet_title(title: str, taken: set[str]) -> str:
    """At most 31 characters, none that Excel forbids, no two alike."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip()[:28] or "1"
    unique, number = plain, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{plain} {number}"
    taken.add(unique.lower())
    return unique


def _cell(page: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell of its true type: a text stays a text even when it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    value = bare_number(value)
    if isinstance(value, int) and abs(value) >= _LARGEST_WHOLE:
        value = str(value)
    if isinstance(value, str):
        value = _FORBIDDEN.sub("", value)[:32767]
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
