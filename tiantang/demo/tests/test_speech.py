"""How the made-up people talk: to the point, in their hour, in their own way."""

from __future__ import annotations

import random
from itertools import chain, pairwise

from tiantang.demo.dialect import habit_of, in_own_words
from tiantang.demo.grammar import Talk, read_lines
from tiantang.demo.moments import CIRCUMSTANCES, moment_of
from tiantang.demo.painters import PAINTERS
from tiantang.demo.phrasebook import kinds, lines, works
from tiantang.demo.reactions import SOLVED, TALKED_MORE
from tiantang.demo.reports import NOTES, REASON_OF
from tiantang.demo.seasons import suits_board, version_of
from tiantang.demo.tests.conftest import small_plan
from tiantang.demo.topics import NEW_FOR
from tiantang.demo.voice import _join, fitting_lines, mentions_question, tidy
from tiantang.demo.world import World


def said_at(weekday: int, hour: int) -> set[str]:
    plan = small_plan()
    day = next(n for n, date in enumerate(plan.days) if date.weekday() == weekday)
    bank = moment_of(plan, plan.midnights[day] + hour * 3600 + 60)
    return {str(phrase[0]) for phrase in bank["when"]}


def test_nobody_tells_of_an_hour_that_has_not_come() -> None:
    assert "今天下班后" not in said_at(2, 12)
    assert "昨晚" not in said_at(2, 2)
    assert "今天下午" not in said_at(5, 11)
    assert "昨天下班后" not in said_at(6, 12)


def test_what_another_speaker_has_is_not_the_authors() -> None:
    talk = Talk({"person": (("我妈",), ("室友",), ("同事",), ("表妹",)), "city": (("成都",), ("上海",))})
    rng = random.Random(2)
    author, guest = read_lines("{person}和{city}\n{person}也在{city}")
    first = talk.tell(author, rng)
    others = {talk.tell_apart(guest, rng) for _ in range(30)}
    assert len(others) > 2
    assert all(text.endswith(first[-2:]) for text in others)
    assert talk.tell(author, rng) == first


def test_no_line_brings_up_what_the_hour_or_the_subject_decides() -> None:
    for kind in chain(*kinds().values()):
        said = [*kind.titles, *kind.replies, *kind.op, *kind.comments, *kind.chat, *chain(*kind.open)]
        assert not {line.gives for line in said} & CIRCUMSTANCES, kind.key
        assert not any(str(line.phrase[0]).startswith("[") for line in said if line.phrase), kind.key


def test_every_manner_of_talk_has_words_for_everything_that_may_happen() -> None:
    for manner in ("asks", "tells", "guides", "fights", "notices", "greets"):
        talk = Talk({})
        talk.enter(2, {}, {manner})
        for section in ("short", "op_short", "rude", "spam", "spoiler", "off_topic", "copying"):
            assert fitting_lines(talk, lines(section)), (manner, section)


def test_authors_do_not_praise_themselves_or_answer_themselves(world: World) -> None:
    for topic in world.topics:
        for post in topic.posts[1:]:
            assert post.quoted is None or post.quoted.author is not post.author
            assert not post.source.startswith(f"@{post.author.handle} ")
            if post.author is topic.author:
                assert "楼主" not in post.source


def test_what_is_agreed_with_says_something(world: World) -> None:
    quoted = [post.quoted for topic in world.topics for post in topic.posts if post.quoted]
    assert quoted
    assert not any(post.mark or post.quoted for post in quoted)


def test_an_accepted_answer_says_something(world: World) -> None:
    accepted = [topic.best for topic in world.topics if topic.best]
    assert accepted
    assert all(post.solid for post in accepted)


def test_a_topic_does_not_hear_the_same_reply_twice(world: World) -> None:
    for topic in world.topics:
        long = [post.source for post in topic.posts[1:] if len(post.source) > 12]
        assert len(long) == len(set(long))


def test_before_a_release_nobody_talks_as_if_it_were_out(world: World) -> None:
    early = [topic for topic in world.topics if topic.kind.when == "before"]
    assert early
    for topic in early:
        assert not {id(line) for line in topic.kind.chat} & topic.used


def test_one_remark_each_under_a_post(world: World) -> None:
    for post in world.posts:
        top = [comment.author for comment in post.comments if comment.parent is None]
        assert len(top) == len(set(top))


def test_only_those_who_have_just_come_introduce_themselves(world: World) -> None:
    introductions = [topic for topic in world.topics if topic.board == "newcomers"]
    assert introductions
    assert all(topic.at - topic.author.joined < NEW_FOR + 86400 for topic in introductions)


def test_what_is_added_later_speaks_of_replies_only_when_there_are_some(world: World) -> None:
    for topic in world.topics:
        opening = topic.posts[0]
        if opening.edits and opening.source.endswith((*SOLVED, *TALKED_MORE)):
            assert any(post.author is not topic.author for post in topic.posts[1:])
        if opening.edits and opening.source.endswith(SOLVED):
            assert topic.best


def test_what_waits_in_the_queue_is_what_the_report_says(world: World) -> None:
    waiting = [report for report in world.reports if report.state == "open"]
    marked = [report for report in waiting if report.post in world.waiting]
    assert len(marked) >= 5
    for report in marked:
        assert report.reason == REASON_OF.get(report.post.mark, report.post.mark)
        assert report.note in NOTES[report.reason]


def test_reports_of_faultless_posts_are_hardly_upheld(world: World) -> None:
    decided = [report for report in world.reports if report.state != "open"]
    upheld = [report for report in decided if report.state == "upheld"]
    assert sum(not report.post.mark for report in upheld) <= max(1, len(decided) // 10)


def test_works_move_through_their_versions_and_never_back() -> None:
    plan = small_plan()
    for work in works():
        listed = list(work.bank.get("version", ()))
        places = [listed.index(version_of(plan, work, day)) for day in range(0, len(plan.days), 20)]
        assert all(one <= other for one, other in pairwise(places))


def test_finished_series_are_talked_of_among_the_classics(world: World) -> None:
    series = [topic for topic in world.topics if "anime" in topic.work.kinds]
    days = [(topic, world.plan.day_number(topic.at)) for topic in series]
    assert all(suits_board(world.plan, topic.board, topic.work, day) for topic, day in days)
    assert {topic.board for topic in series} >= {"new-season", "classics-films"}


def test_pictures_show_the_motif_of_their_work(world: World) -> None:
    pictured = [topic for topic in world.topics if topic.picture]
    assert pictured
    assert all(int(topic.picture) % len(PAINTERS) == topic.work.motif for topic in pictured)


def test_members_keep_their_own_words() -> None:
    text = "我觉得很多人第一次都没看懂，但是那段谢谢大家"
    ways = {number: in_own_words(text, number) for number in range(40)}
    assert len(set(ways.values())) > 10
    assert all(in_own_words(text, number) == way for number, way in ways.items())
    assert len({habit_of(number).stop for number in range(40)}) > 3


def test_what_follows_a_list_stands_apart() -> None:
    assert _join(["说明。", "- 一\n- 二", "完。"], "") == "说明。- 一\n- 二\n\n完。"


def test_questions_are_told_from_statements() -> None:
    assert mentions_question("求问片尾那首出了吗")
    assert mentions_question("旧书店在哪？")
    assert mentions_question("不懂就问，这段是本体就有还是 1.1 才有")
    assert not mentions_question("那段可以砍一分钟，谁懂")


def test_version_follows_its_title_without_a_gap() -> None:
    assert tidy("《灰烬回廊》 1.3 进镜厅就闪退", "zh") == "《灰烬回廊》1.3 进镜厅就闪退"
