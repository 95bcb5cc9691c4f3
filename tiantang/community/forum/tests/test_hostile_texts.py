"""No text a member can send costs the site more than a moment."""

from __future__ import annotations

import time

import pytest

from tiantang.community.forum import limits
from tiantang.community.forum.actions.publish import publish_reply
from tiantang.community.forum.bodies import mention_candidates, quoted_posts, render_body
from tiantang.community.forum.bodies.markdown import CELLS_MOST, QUOTES_DEEPEST
from tiantang.community.forum.bodies.mentions import without_code
from tiantang.community.forum.limits import BODY_LONGEST
from tiantang.community.forum.models import Post
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.tests.factory import make_member, make_topic
from tiantang.community.forum.tests.test_pages import browser

pytestmark = pytest.mark.django_db
SECONDS = 2.0
"""Of processor time; every one of these takes a quarter of it on a machine with other work."""


def fill(piece: str) -> str:
    return (piece * (BODY_LONGEST // len(piece) + 1))[:BODY_LONGEST]


BOMBS = {
    "a long run of backticks": "`" * 20_000 + "a" * 10_000,
    "runs of every length": "".join("`" * length + " " for length in range(1, 244)),
    "backticks one by one": fill("`a"),
    "brackets": "[" * BODY_LONGEST,
    "pictures that never close": "![" * (BODY_LONGEST // 2),
    "emphasis in emphasis": "*_" * 7_500 + "a" + "_*" * 7_499,
    "spoilers that never close": fill("a>!"),
    "addresses with parentheses": "https://a" + ")" * (BODY_LONGEST - 9),
    "many addresses with parentheses": fill("https://a" + ")" * 1_990 + " "),
    "long words that might be handles": fill("@" + "中" * 40 + " "),
    "quotes with lazy lines": "> " * 20 + "\n" + fill("a\n")[:29_000],
    "quotes without end": fill(">"),
    "lists in quotes with lazy lines": "> - " * 7 + "a\n" + fill("b\n")[:29_000],
    "lists in lists": fill("- - - - - - - - - a\n"),
    "a table of a hundred columns": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + fill("|\n")[:29_000],
    "a table of many columns": "|" + "a|" * 4_000 + "\n|" + "-|" * 4_000 + "\n" + fill("|\n")[:13_000],
    "many tables": fill("a|b\n-|-\n"),
    "one mention again and again": fill("@ab "),
    "the number of a post without end": "> ](/p/" + "1" * 29_000 + "/)",
    "quoted posts that cannot be": fill("> ](/p/999999999999999/)\n"),
    "titles that never end": fill('[a](b "'),
    "markup declarations": fill("<![CDATA["),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_text_costs_a_moment_on_its_whole_way(name: str) -> None:
    topic, author = make_topic(), make_member("ab")
    began = time.process_time()
    try:
        publish_reply(author=author, topic=topic, source=BOMBS[name])
    except Refused as refusal:
        assert refusal.reason.count(".") >= 1  # says what to do
    assert time.process_time() - began < SECONDS
    assert all(len(post.body_html) <= 300_000 for post in Post.objects.all())


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_text_costs_newcomers_and_previews_no_more(name: str) -> None:
    client = browser(make_member("ab"))
    began = time.process_time()
    client.post("/write/preview/", {"source": BOMBS[name]}, headers={"HX-Request": "true"})
    limits.ADDRESS.findall(BOMBS[name])
    limits.MENTION.findall(BOMBS[name])
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a `@b` c", "a   c"),
        ("``@a ` @b`` @c", "  @c"),
        ("```\n@a\n``` @b", "  @b"),
        ("` @a", "` @a"),
        ("`` @a ` @b `", "`` @a  "),
        ("`a` @b `c` @d", "  @b   @d"),
    ],
)
def test_code_is_left_out_as_markdown_reads_it(source: str, left: str) -> None:
    assert without_code(source) == left


def test_mentions_in_code_call_nobody() -> None:
    assert mention_candidates("`@ab` ``@cd ` @ef``") == set()


def test_a_large_table_is_refused_with_what_to_do() -> None:
    rows = "a|b\n-|-\n" + "c|d\n" * (CELLS_MOST // 2)
    with pytest.raises(Refused, match=f"up to {CELLS_MOST} cells. Shorten"):
        render_body(rows)
    assert render_body("a|b\n-|-\n" + "c|d\n" * 900).count("<td>") == 1_800


def test_all_tables_of_a_text_count_together() -> None:
    one = "a|b\n-|-\n" + "c|d\n" * 600 + "\n"
    assert render_body(one)
    with pytest.raises(Refused, match="cells"):
        render_body(one * 2)


def test_a_page_that_would_grow_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="too large a page"):
        render_body(fill("@ab "), people={"ab": "/m/ab/"})


def test_quotes_nest_so_deep_and_then_stay_characters() -> None:
    html = render_body("> " * (QUOTES_DEEPEST + 2) + "a")
    assert html.count("<blockquote>") == QUOTES_DEEPEST
    assert "&gt; &gt; a" in html


def test_numbers_no_post_can_have_are_no_quotes() -> None:
    assert quoted_posts("> ](/p/" + "9" * 5_000 + "/)\n> ](/p/12/)") == [12]


def test_previews_keep_a_pace_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.PREVIEWS, "most", 1)
    client = browser(make_member())
    script = {"HX-Request": "true"}
    assert client.post("/write/preview/", {"source": "a"}, headers=script).status_code == 200
    refused = client.post("/write/preview/", {"source": "a"}, headers=script)
    assert (refused.status_code, "many previews" in refused.content.decode()) == (422, True)
    other = browser(make_member())
    assert other.post("/write/preview/", {"source": "a"}, headers=script).status_code == 200
    page = client.post("/t/new/", {"title": "x", "source": "留着", "preview": "1"})
    assert (page.status_code, "many previews" in page.content.decode()) == (422, True)
    assert "留着" in page.content.decode()
