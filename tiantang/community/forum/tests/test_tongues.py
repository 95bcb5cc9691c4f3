"""Blocks of a body in Japanese or Korean say so."""

from __future__ import annotations

from tiantang.community.forum.bodies import excerpt_of, render_body, render_comment, sanitise_html


def test_paragraph_in_japanese_says_so_and_the_chinese_one_does_not() -> None:
    body = render_body("今日はいい天気ですね。\n\n今天看了《ぼっち・ざ・ろっく！》，很好看，推荐给大家。")
    japanese, chinese = body.splitlines()
    assert japanese == '<p lang="ja">今日はいい天気ですね。</p>'
    assert chinese == "<p>今天看了《ぼっち・ざ・ろっく！》，很好看，推荐给大家。</p>"


def test_every_block_is_looked_at_by_itself() -> None:
    body = render_body("- 好きです\n- 喜欢\n\n> ありがとう\n\n|a|b|\n|-|-|\n|さくら|樱花|\n\n## 감사합니다")
    for piece in (
        '<li lang="ja">好きです</li>',
        "<li>喜欢</li>",
        '<p lang="ja">ありがとう</p>',
        '<td lang="ja">さくら</td>',
        "<td>樱花</td>",
        'lang="ko">감사합니다</h',
    ):
        assert piece in body


def test_address_of_a_link_does_not_count() -> None:
    assert "lang" not in render_body("[官网](https://example.org/さくらさくらさくら)")


def test_comment_is_marked_as_a_line() -> None:
    assert render_comment("ありがとう！") == '<span lang="ja">ありがとう！</span>'
    assert render_comment("谢谢") == "谢谢"


def test_body_from_elsewhere_is_marked_and_keeps_its_own_marks() -> None:
    assert sanitise_html('<p onclick="x()">さくら</p>') == '<p lang="ja">さくら</p>'
    assert sanitise_html('<p lang="ain">さくら</p>') == '<p lang="ain">さくら</p>'
    once = sanitise_html("<p>さくら</p>")
    assert sanitise_html(once) == once


def test_mark_does_not_get_into_excerpts() -> None:
    assert excerpt_of(render_body("さくら\n\n桜が咲いた")) == "さくら 桜が咲いた"
