"""What is written becomes safe HTML, and its words survive."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tiantang.community.forum.bodies import (
    excerpt_of,
    handles_mentioned,
    mention_candidates,
    plain_text,
    quote_block,
    quoted_posts,
    render_body,
    render_comment,
    sanitise_html,
    thumbnail_of,
    words_to_quote,
)
from tiantang.community.forum.bodies.sanitise import LISTED

FIXTURES = Path(os.environ.get("TIANTANG_REAL_DATA", "/nonexistent")) / "fixtures"
needs_fixtures = pytest.mark.skipif(not FIXTURES.is_dir(), reason="needs TIANTANG_REAL_DATA")

PEOPLE = {"小满": "/m/小满/", "night_sail": "/m/Night_Sail/"}


def test_spoilers_cover_in_both_spellings_and_hold_formatting() -> None:
    cover = '<span class="spoiler" role="button" tabindex="0">'
    assert render_body("||爷爷的**收音机**||") == f"<p>{cover}爷爷的<strong>收音机</strong></span></p>"
    assert render_body(">!结局!<") == f"<p>{cover}结局</span></p>"
    assert render_body("> 引用") == "<blockquote>\n<p>引用</p>\n</blockquote>"
    assert "spoiler" not in render_body("`||代码||`")


def test_mentions_link_the_longest_handle_that_exists() -> None:
    html = render_body("@小满看这里，@Night_Sail! bob@night_sail @nobody `@小满`", people=PEOPLE)
    assert re.findall(r'<a href="([^"]+)" class="mention"[^>]*>([^<]+)</a>', html) == [
        ("/m/小满/", "@小满"),
        ("/m/Night_Sail/", "@Night_Sail"),
    ]


def test_candidates_never_cut_a_latin_word() -> None:
    assert mention_candidates("@night_sail好") >= {"night_sail好", "night_sail"}
    assert "night" not in mention_candidates("@night_sail")
    assert handles_mentioned("@小满看 @x `@y`", {"小满", "小", "y"}) == ["小满"]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("看https://example.com/a_b?c=1。然后", "https://example.com/a_b?c=1"),
        ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
        ("https://example.com/x，", "https://example.com/x"),
    ],
)
def test_addresses_end_where_chinese_goes_on(source: str, address: str) -> None:
    assert f'href="{address}" rel="nofollow ugc noopener"' in render_body(source)


def test_foreign_pictures_become_links_and_own_ones_keep_their_size() -> None:
    own = "/media/pictures/2026/11/ab12-640x480.webp"
    html = render_body(f'![雨]({own} "第 17 天")\n\n![外](https://example.com/x.png)')
    assert (
        f'<figure><img src="{own}" alt="雨" title="第 17 天" width="640" height="480" loading="lazy"' in html
    )
    assert '<figcaption class="post-cap">第 17 天</figcaption>' in html
    assert '<a href="https://example.com/x.png" rel="nofollow ugc noopener">外</a>' in html
    assert thumbnail_of(html) == "thumbs/2026/11/ab12-640x480.webp"


@pytest.mark.parametrize(
    "address",
    [
        "/media/../theme/dark",
        "/media/pictures/2026/11/../../../../theme/dark",
        "/media/pictures/2026/11/..%2f..%2ftheme/dark.png",
        "/media/%2e%2e/theme/dark",
        "/media/pictures/%2e%2e/%2e%2e/language/en",
        "/media/pictures/2026/11/a.png?x=1",
        "/media/pictures/2026/11/a.svg",
        "/media//pictures/2026/11/a.png",
        "/media/pictures/2026/11/.hidden.png",
        "/inbox/1/",
        "/media/avatars/a.png",
    ],
)
def test_only_addresses_of_uploaded_pictures_are_fetched_by_readers(address: str) -> None:
    for html in (render_body(f"![x]({address})"), sanitise_html(f'<img src="{address}" alt="x">')):
        assert "<img" not in html
        assert thumbnail_of(html) == ""


@pytest.mark.parametrize("folder", ["2026/11", "sample"])
@pytest.mark.parametrize("name", ["ab12-640x480.webp", "ab12-640x480_x7YzQ1a.webp", "a.png"])
def test_uploaded_pictures_are_shown(folder: str, name: str) -> None:
    for part in ("pictures", "thumbs"):
        assert f'<img src="/media/{part}/{folder}/{name}"' in render_body(
            f"![x](/media/{part}/{folder}/{name})"
        )


def test_a_linked_foreign_picture_leaves_one_link() -> None:
    html = sanitise_html('<a href="https://a.example"><img src="https://b.example/i.png" alt="图"></a>')
    assert html == '<a href="https://a.example" rel="nofollow ugc noopener">图</a>'


def test_tables_strikethrough_and_lines_are_kept() -> None:
    html = render_body("一行\n两行 ~~划掉~~\n\n| a | b |\n|---|--:|\n| 1 | 2 |")
    assert "一行<br>\n两行 <s>划掉</s>" in html
    assert '<td align="right">2</td>' in html


def test_headings_step_below_the_page_title() -> None:
    assert sanitise_html("<h1>一</h1><h2>二</h2><h6>六</h6>") == "<h3>一</h3><h3>二</h3><h5>六</h5>"


def test_html_written_as_markdown_is_shown_not_run() -> None:
    assert render_body("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_comments_are_one_run_of_text() -> None:
    assert render_comment("第一\n第二 **粗** ![x](/media/pictures/a.webp)").startswith(
        "第一<br>\n第二 <strong>粗</strong> !"
    )


def test_excerpts_leave_out_quotes_code_captions_and_spoilers() -> None:
    html = render_body("> 别人的话\n\n自己的话 ||秘密||\n\n```\ncode\n```")
    assert excerpt_of(html) == "自己的话 ▇▇▇"
    assert excerpt_of(f"<p>{'长' * 300}</p>", 20) == "长" * 19 + "…"
    assert plain_text("<p>a &amp; b</p><p>c</p>") == "a & b c"


def test_words_to_quote_keep_spoilers_covered() -> None:
    html = render_body("先说 ||凶手是管家|| 再说 >!第二个!<\n\n第二段")
    assert words_to_quote(html, 400) == "先说 ||凶手是管家|| 再说 ||第二个|| 第二段"
    for most in range(len(words_to_quote(html, 400)) + 1):
        again = excerpt_of(render_body(words_to_quote(html, most)))
        assert "凶手" not in again and "第二个" not in again
    brought = '<blockquote class="spoiler"><p>里面</p></blockquote><p>外面</p>'
    assert words_to_quote(brought, 400) == "||里面 ||外面"


def test_quotes_can_be_read_back() -> None:
    block = quote_block(12, 3, "小满", "第一行\n第二行")
    assert block == "> [小满 #3](/p/12/)\n> 第一行\n> 第二行\n\n"
    assert quoted_posts(block + "嗯\n\n" + block) == [12]


@pytest.mark.parametrize("name", ["taro_x", "_a_", "小[满]", "*星*", "`k`"])
def test_quoted_people_keep_the_signs_in_their_names(name: str) -> None:
    block = quote_block(12, 3, name, "一句")
    assert f">{name} #3</a>" in render_body(block)
    assert quoted_posts(block) == [12]


class Inspector(HTMLParser):
    """Reads HTML as a browser would and collects whatever could run or call out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in LISTED.split():
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            self._judge(tag, name, value or "")

    def _judge(self, tag: str, name: str, value: str) -> None:
        # As browsers do: control characters at the ends and line breaks inside do not count.
        scheme = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", value).lower().split(":", 1)
        if name.startswith("on") or name in ("style", "srcset", "formaction", "id"):
            self.wrong.append(f"{tag} {name}")
        if name == "src" and not value.startswith("/media/"):
            self.wrong.append(f"src {value}")
        named = len(scheme) > 1 and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme[0])
        if name == "href" and named and scheme[0] not in ("http", "https", "mailto"):
            self.wrong.append(f"href {value}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def inspect(html: str) -> Inspector:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector


def payloads() -> Iterator[str]:
    for path in sorted((FIXTURES / "xss-payloads" / "Intruder").rglob("*.txt")):
        yield from path.read_text(encoding="utf8", errors="replace").splitlines()
    for case in json.loads((FIXTURES / "dompurify" / "expect.json").read_text(encoding="utf8")):
        yield _text_of(case)


def _text_of(case: Any) -> str:
    return str(case.get("payload", "")) if isinstance(case, dict) else str(case)


@needs_fixtures
def test_no_known_payload_runs_through_any_renderer() -> None:
    seen = 0
    for payload in payloads():
        for render in (render_body, render_comment, sanitise_html):
            wrong = inspect(render(payload)).wrong
            assert not wrong, (payload, render.__name__, wrong)
        seen += 1
    assert seen > 5000


@needs_fixtures
def test_naughty_strings_keep_their_text() -> None:
    strings = json.loads((FIXTURES / "blns" / "blns.json").read_text(encoding="utf8"))
    for text in filter(str.strip, strings):
        found = inspect(render_body(f"`` {text} ``" if "`" not in text else text))
        assert not found.wrong
        if text.isascii() and "`" not in text and text.isprintable():
            assert " ".join(text.split()) in " ".join("".join(found.text).split()), text
