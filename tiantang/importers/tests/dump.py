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


def community() -> dict[str, Rows]:
    """A small community with something of every kind."""
    return {
        "Users": [
            user(-1, "Community"),
            user(1, "Ada", Location="Paris", AboutMe="<p>Hi<script>x()</script></p>"),
            user(2, "Ada"),
            user(3, "数数", WebsiteUrl="javascript:alert(1)"),
        ],
        "Tags": [
            {"Id": 1, "TagName": "gates", "Count": 1, "ExcerptPostId": 20, "WikiPostId": 21},
            {"Id": 2, "TagName": "error-correction", "Count": 1},
        ],
        "Posts": [
            question(10, AcceptedAnswerId=11, ClosedDate="2018-04-01T00:00:00.000"),
            answer(11, 10),
            answer(12, 10, owner=None, OwnerDisplayName="user77"),
            answer(13, 14, owner=3),
            question(14, owner=-1, Tags="|gates|"),
            answer(15, 999),
            {"Id": 20, "PostTypeId": 4, "CreationDate": "2018-03-12T10:00:00.000", "Body": "On gates."},
            {"Id": 21, "PostTypeId": 5, "CreationDate": "2018-03-12T10:00:00.000", "Body": "<p>Long.</p>"},
            {"Id": 22, "PostTypeId": 6, "CreationDate": "2018-03-12T10:00:00.000", "Body": "Vote for me"},
            {"Id": 23, "PostTypeId": 1, "CreationDate": "never", "Title": "Broken", "Body": ""},
        ],
        "Comments": [
            comment(1, 10),
            comment(2, 11, author=None, UserDisplayName="gone"),
            comment(3, 999),
        ],
        "Votes": [
            vote(1, 10, 2),
            vote(2, 10, 2),
            vote(3, 11, 2),
            vote(4, 11, 3),
            vote(5, 11, 1),
            vote(6, 10, 5, UserId=2),
            vote(7, 10, 5, UserId=404),
            vote(8, 999, 2),
        ],
        "Badges": [
            {"Id": 1, "UserId": 1, "Name": "Teacher", "Date": "2018-03-20T00:00:00.000", "Class": 2},
            {"Id": 2, "UserId": 404, "Name": "Ghost", "Date": "2018-03-20T00:00:00.000", "Class": 2},
        ],
        "PostLinks": [
            {
                "Id": 1,
                "CreationDate": "2018-03-20T00:00:00.000",
                "PostId": 10,
                "RelatedPostId": 14,
                "LinkTypeId": 3,
            },
        ],
        "PostHistory": [
            version(1, 10, 2, "first", 1),
            version(2, 10, 5, "second", 2),
            version(3, 10, 1, "T", 1),
        ],
    }


def version(old_id: int, post: int, kind: int, text: str, editor: int) -> dict[str, object]:
    """A row of PostHistory.xml."""
    return {
        "Id": old_id,
        "PostId": post,
        "PostHistoryTypeId": kind,
        "CreationDate": f"2018-03-12T12:0{old_id}:00.000",
        "UserId": editor,
        "Text": text,
    }
