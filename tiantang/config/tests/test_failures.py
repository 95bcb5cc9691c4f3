"""Failures that are no fault of the program: one line that says what to do."""

from __future__ import annotations

import errno

import click
import duckdb
import pytest
from django.db.utils import DatabaseError, IntegrityError, OperationalError

from tiantang.config.cli import clear_failures


def told(error: Exception) -> str:
    with pytest.raises(click.ClickException) as refusal, clear_failures():
        raise error
    assert "\n" not in refusal.value.message
    return refusal.value.message


@pytest.mark.parametrize(
    ("number", "mend"),
    [(errno.EACCES, "Run as the account"), (errno.ENOSPC, "Make room"), (errno.EROFS, "can be written to")],
)
def test_a_file_that_refuses_is_named_with_the_mend(number: int, mend: str) -> None:
    line = told(OSError(number, "Something is wrong", "/srv/x"))
    assert line.startswith("/srv/x: something is wrong. ") and mend in line


def test_a_damaged_database_is_told_from_one_that_is_silent() -> None:
    assert "cannot be read: file is not a database" in told(DatabaseError("file is not a database"))
    assert "does not answer: connection refused" in told(OperationalError("connection refused\nmore"))


def test_a_damaged_lake_says_where_its_files_come_from() -> None:
    line = told(duckdb.IOException('IO Error: No files found that match "x.parquet"\n\nLINE 1: …'))
    assert line.startswith('The lake cannot be read: IO Error: No files found that match "x.parquet". Bring')


@pytest.mark.parametrize("error", [IntegrityError("twice"), ValueError("ours"), OSError(errno.EBADF, "ours")])
def test_our_own_faults_are_not_hidden(error: Exception) -> None:
    with pytest.raises(type(error)), clear_failures():
        raise error
