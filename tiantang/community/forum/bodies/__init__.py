"""What people write becomes HTML that is safe to show: rendered once, when written, and stored.

``render_body`` for posts and ``render_comment`` for remarks start from Markdown; ``sanitise_html`` takes
HTML that another community left us. Whatever comes out has passed the sanitiser last.
"""

from tiantang.community.forum.bodies.excerpts import (
    excerpt_of,
    plain_text,
    thumbnail_of,
    thumbnails_of,
    words_to_quote,
)
from tiantang.community.forum.bodies.markdown import render_body, render_comment
from tiantang.community.forum.bodies.mentions import People, handles_mentioned, mention_candidates
from tiantang.community.forum.bodies.quotes import quote_block, quoted_posts
from tiantang.community.forum.bodies.sanitise import sanitise_html

__all__ = [
    "People",
    "excerpt_of",
    "handles_mentioned",
    "mention_candidates",
    "plain_text",
    "quote_block",
    "quoted_posts",
    "render_body",
    "render_comment",
    "sanitise_html",
    "thumbnail_of",
    "thumbnails_of",
    "words_to_quote",
]
