"""Bodies of the sample as the forum would render them, quickly where nothing needs a parser."""

from __future__ import annotations

import re

from tiantang.community.forum.bodies import excerpt_of, render_body, render_comment
from tiantang.demo.world import PostDraft
from tiantang.ui.tongues import FOREIGN

MARKED = re.compile(
    r"[*_`\[\]<>|@\\#~&]|http|^[ \t]|^(?:[-+=]|\d+[.)])|[ \t]$|\r|\u00a0|^$\n\n", re.MULTILINE
)
"""Signs that may mean something in Markdown or HTML; a text without them is just paragraphs."""


class Bodies:
    """Renders texts. ``people`` maps lower-case handles to addresses, for mentions."""

    def __init__(self, people: dict[str, str]) -> None:
        self.people = people

    def html(self, source: str) -> str:
        """What ``render_body`` gives."""
        if MARKED.search(source) or FOREIGN.search(source):
            return render_body(source, people=self.people)
        paragraphs = (part.replace("\n", "<br>\n") for part in source.split("\n\n"))
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    def comment_html(self, source: str) -> str:
        """What ``render_comment`` gives."""
        plain = not MARKED.search(source) and not FOREIGN.search(source)
        return source if plain else render_comment(source, self.people)

    def excerpt(self, post: PostDraft) -> str:
        """The first words of an opening post, for lists."""
        return excerpt_of(self.html(post.source))


def slug_of(name: str) -> str:
    """The address part of a tag."""
    return re.sub(r"[^\w\u3040-\u9fff]+", "-", name.lower()).strip("-")[:60]
