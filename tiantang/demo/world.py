"""The community while it is being made up: people, their hours on the site, and what they write."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tiantang.demo.grammar import Talk
from tiantang.demo.phrasebook import Kind, Work
from tiantang.demo.plan import Plan

NEVER = 2**40
"""A second that does not come."""


@dataclass(slots=True, eq=False)
class Person:
    """A member to be. Seconds count since 1970 UTC; ``spans`` are the days on which they care at all.

    ``wrote_at`` is when their first post stands there.
    """

    number: int
    handle: str
    kind: str
    joined: int
    source: str
    campaign: str
    region: str
    language: str
    about: str
    rate: float
    talk: float
    warmth: float
    night: float
    boards: dict[str, float]
    spans: list[tuple[int, int]]
    devices: list[tuple[int, int]]
    roles: list[tuple[str, int]] = field(default_factory=list)
    wrote_at: int = NEVER
    avatar: str = ""
    rules_at: int = 0
    last_seen: int = 0
    id: int = 0
    subject: int = 0

    def holds(self, role: str, second: int) -> bool:
        """Whether the role was theirs at that second."""
        return any(name == role and since <= second for name, since in self.roles)


@dataclass(slots=True, eq=False)
class Session:
    """One stay on the site, in seconds; ``acts`` are (second, topic) pairs that need a view before."""

    person: Person
    start: int
    seconds: int
    device: int
    acts: list[tuple[int, TopicDraft]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.start + self.seconds


@dataclass(slots=True, eq=False)
class CommentDraft:
    """A remark under a post; ``parent`` when it answers another remark."""

    post: PostDraft
    parent: CommentDraft | None
    author: Person
    at: int
    source: str
    removed_at: int = 0
    id: int = 0


@dataclass(slots=True, eq=False)
class PostDraft:
    """An opening post or a reply.

    ``edits`` holds earlier texts as (second, text); ``mark`` is what is wrong with it: "rude", "spam",
    "spoiler", "off_topic" or "copying"; ``solid`` ones say something one can agree with.
    """

    topic: TopicDraft
    number: int
    author: Person
    at: int
    source: str
    quoted: PostDraft | None = None
    quote: str = ""
    mark: str = ""
    solid: bool = False
    edits: list[tuple[int, str]] = field(default_factory=list)
    comments: list[CommentDraft] = field(default_factory=list)
    likes: int = 0
    removed_at: int = 0
    id: int = 0


@dataclass(slots=True, eq=False)
class TopicDraft:
    """A title and what is said under it. ``opens_at`` is the first second at which anybody answers.

    ``used`` and ``remarked`` are the lines said in posts and in remarks, ``heard`` the replies as they were.
    """

    author: Person
    board: str
    kind: Kind
    work: Work
    talk: Talk
    title: str
    at: int
    appeal: float
    opens_at: int
    half_life: float
    is_question: bool
    tags: list[str] = field(default_factory=list)
    posts: list[PostDraft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    remarked: set[int] = field(default_factory=set)
    picture: str = ""
    views: int = 0
    best: PostDraft | None = None
    best_at: int = 0
    pinned_at: int = 0
    featured_at: int = 0
    closed_at: int = 0
    removed_at: int = 0
    id: int = 0


@dataclass(slots=True, eq=False)
class LikeDraft:
    """A member liked a post."""

    person: Person
    post: PostDraft
    at: int


@dataclass(slots=True, eq=False)
class KeepDraft:
    """A member bookmarked a topic or, with ``code``, passed it on."""

    person: Person
    topic: TopicDraft
    at: int
    code: str = ""
    follows: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class ReportDraft:
    """A report of a post or one of its comments, and the decision, if any."""

    post: PostDraft
    comment: CommentDraft | None
    reporter: Person
    reason: str
    note: str
    at: int
    state: str = "open"
    decided_by: Person | None = None
    decided_at: int = 0
    decision_note: str = ""
    took_down: bool = False
    id: int = 0


@dataclass(slots=True)
class Visit:
    """A page somebody looked at; ``topic`` empty for lists. ``ms`` is how long the tab was visible."""

    at: int
    person: Person | None
    visitor: int
    client: int
    topic: TopicDraft | None
    board: str
    ms: int
    source: str = ""
    campaign: str = ""


@dataclass
class World:
    """Everything the steps of the pipeline add to."""

    plan: Plan
    people: list[Person] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    topics: list[TopicDraft] = field(default_factory=list)
    posts: list[PostDraft] = field(default_factory=list)
    comments: list[CommentDraft] = field(default_factory=list)
    likes: list[LikeDraft] = field(default_factory=list)
    bookmarks: list[KeepDraft] = field(default_factory=list)
    shares: list[KeepDraft] = field(default_factory=list)
    reports: list[ReportDraft] = field(default_factory=list)
    waiting: list[PostDraft] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    sign_ins: list[Session] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)

    def team(self, role: str, second: int) -> list[Person]:
        """Who held a role at that second."""
        return [person for person in self.people if person.roles and person.holds(role, second)]
