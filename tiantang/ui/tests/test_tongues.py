"""Japanese and Korean in titles and names are marked, Chinese is left as it is."""

from __future__ import annotations

from time import process_time

import pytest
from markupsafe import Markup, escape

from tiantang.ui.tongues import language_of, spoken

JA, KO = '<span lang="ja">', '<span lang="ko">'


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("灯塔那一关怎么过？", "灯塔那一关怎么过？"),
        ("Which handheld for the train?", "Which handheld for the train?"),
        ("PS5・Switch 对比", "PS5・Switch 对比"),
        ("ー", "ー"),
        ("", ""),
        ("進撃の巨人 Season 2", f"{JA}進撃の巨人 Season 2</span>"),
        ("今期アニメで一番泣いた回は？", f"{JA}今期アニメで一番泣いた回は？</span>"),
        ("ﾎﾟｹﾓﾝ", f"{JA}ﾎﾟｹﾓﾝ</span>"),
        (
            "聊聊《ぼっち・ざ・ろっく！》第 8 集",
            f"聊聊《{JA}ぼっち・ざ・ろっく</span>！》第 8 集",
        ),
        ("鬼滅の刃 无限城篇", f"{JA}鬼滅の刃</span> 无限城篇"),
        ("나 혼자만 레벨업", f"{KO}나 혼자만 레벨업</span>"),
        ("《나 혼자만》第二季", f"《{KO}나 혼자만</span>》第二季"),
        ("<b>ドラクエ</b> & FF", f"{JA}&lt;b&gt;ドラクエ&lt;/b&gt; &amp; FF</span>"),
    ],
)
def test_what_a_page_shows_of_a_title(title: str, shown: str) -> None:
    assert escape(spoken(title)) == shown


def test_text_that_is_escaped_already_is_not_escaped_again() -> None:
    assert spoken(Markup("ドラクエ &amp; FF")) == f"{JA}ドラクエ &amp; FF</span>"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今日はとても良い天気ですね。散歩に行きましょう。", "ja"),
        ("안녕하세요. 반갑습니다", "ko"),
        ("今天看了《ぼっち・ざ・ろっく！》，很好看，推荐给大家，第八集最好。", ""),
        ("第八集最好", ""),
        ("nothing", ""),
    ],
)
def test_language_of_a_text_as_a_whole(text: str, language: str) -> None:
    assert language_of(text) == language


def test_title_in_chinese_costs_next_to_nothing() -> None:
    titles = ["灯塔那一关怎么过？卡了三天了", "Which handheld do you take on the train?"] * 5000
    began = process_time()
    for title in titles:
        spoken(title)
    assert (process_time() - began) / len(titles) < 10e-6  # measured: 0.2 µs


@pytest.mark.parametrize("name", ["دانة", "א-1", "\u202egnp.cod"])
def test_a_name_written_from_right_to_left_keeps_to_itself(name: str) -> None:
    assert spoken(name) == f"<bdi>{name}</bdi>"
    assert spoken(f"<b>{name}") == f"<bdi>&lt;b&gt;{name}</bdi>"
