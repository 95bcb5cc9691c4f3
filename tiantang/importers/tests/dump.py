"""Small Stack Exchange dumps, written for a test."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

Rows = list[dict[str, object]]


def write_dump(folder: Path, **tables: Rows) -> Path:
    """Write each table as ``Name.xml``; attributes whose value is None are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        lines = [
            "  <row "
            + " ".join(f"{key}={quoteattr(str(v))}" for key, v in row.items() if v is not None)
            + " />"
            for row in rows
        ]
        text = "\n".join(['<?xml version="1.0" encoding="utf-8"?>', f"<{name.lower()}>", *lines])
        (folder / f"{name}.xml").write_text(f"\ufeff{text}\n</{name.lower()}>", encoding="utf8")
    return folder


def user(old_id: int, name: str = "", **more: object) -> dict[str, object]:
    """A row of Users.xml."""
    at = f"2018-03-01T08:00:{abs(old_id) % 60:02}.000"
    return {"Id": old_id, "CreationDate": at, "DisplayName": name or f"User {old_id}", **more}


def question(old_id: int, owner: int | None = 1, **more: object) -> dict[str, object]:
    """A question in Posts.xml."""
    return {
        "Id": old_id,
        "PostTypeId": 1,
        "CreationDate": f"2018-03-12T10:{old_id % 60:02}:00.123",
        "Score": 3,
        "ViewCount": 40,
        "Title": f"Question {old_id}",
        "Body": f"<p>Body of {old_id}</p>",
        "Tags": "<gates><error-correction>",
        "OwnerUserId": owner,
        **more,
    }


def answer(old_id: int, parent: int, owner: int | None = 2, **more: object) -> dict[str, object]:
    """An answer in Posts.xml."""
    return {
        "Id": old_id,
        "PostTypeId": 2,
        "ParentId": parent,
        "CreationDate": f"2018-03-13T11:{old_id % 60:02}:00.456",
        "Score": 1,
        "Body": f"<p>Answer {old_id}</p>",
        "OwnerUserId": owner,
        **more,
    }


def comment(old_id: int, post: int, author: int | None = 2, **more: object) -> dict[str, object]:
    """A row of Comments.xml."""
    return {
        "Id": old_id,
        "PostId": post,
        "Score": 1,
        "Text": f"Comment {old_id} with `code`",
        "CreationDate": "2018-03-14T12:00:00.000",
        "UserId": author,
        **more,
    }


def vote(old_id: int, post: int, kind: int, **more: object) -> dict[str, object]:
    """A row of Votes.xml."""
    return {
        "Id": old_id,
        "PostId": post,
        "VoteTypeId": kind,
        "CreationDate": "2018-03-15T00:00:00.000",
        **more,
    }
