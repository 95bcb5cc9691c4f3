"""Sentences with holes."""

from __future__ import annotations

import random
from itertools import chain

import pytest

from tiantang.demo.grammar import GrammarError, Talk, read_lines, read_phrase
from tiantang.demo.moments import CIRCUMSTANCES
from tiantang.demo.phrasebook import kinds, works


def test_settled_word_stays_the_same_in_a_talk() -> None:
    talk = Talk({"boss": tuple(read_phrase(word) for word in ("锈王", "双犬", "监工"))})
    rng = random.Random(1)
    first = talk.say(read_phrase("{boss}"), rng)
    assert {talk.say(read_phrase("{boss}"), rng) for _ in range(20)} == {first}


def test_fresh_word_differs_from_the_settled_one() -> None:
    talk = Talk({"boss": tuple(read_phrase(word) for word in ("锈王", "双犬", "监工"))})
    rng = random.Random(1)
    first = talk.say(read_phrase("{boss}"), rng)
    others = [talk.say(read_phrase("{+boss}"), rng) for _ in range(40)]
    assert others.count(first) < 4
    assert len(set(others)) > 1


def test_numbers_stay_between_their_bounds_and_large_ones_are_round() -> None:
    rng, talk = random.Random(3), Talk({})
    small = {int(talk.say(read_phrase("{3-9}"), rng)) for _ in range(200)}
    large = {int(talk.say(read_phrase("{1200-2900}"), rng)) for _ in range(200)}
    assert small == set(range(3, 10))
    assert all(number % 50 == 0 and 1200 <= number <= 2900 for number in large)


def test_line_waits_until_what_it_leans_on_was_said() -> None:
    needs, gives = read_lines("[lamp]灯少一盏\n[>lamp]最后那个空镜")
    talk = Talk({})
    assert not talk.allows(needs)
    talk.tell(gives, random.Random(1))
    assert talk.allows(needs)


@pytest.mark.parametrize("text", ["{boss", "boss}", "{a|{b}"])
def test_unbalanced_braces_are_refused(text: str) -> None:
    with pytest.raises(GrammarError):
        read_phrase(text)


def test_missing_word_is_named() -> None:
    with pytest.raises(GrammarError, match="nowhere"):
        Talk({}).say(read_phrase("{nowhere}"), random.Random(1))


def test_every_line_of_every_kind_can_be_said_for_every_work_it_fits() -> None:
    from tiantang.demo.phrasebook import common_bank

    rng = random.Random(5)
    extra = {"work2": (("《别的》",),), "ep": (("3",),)}
    for kind in {id(kind): kind for listed in kinds().values() for kind in listed}.values():
        lines = [*kind.titles, *kind.replies, *kind.op, *kind.comments, *kind.chat, *chain(*kind.open)]
        for work in works():
            if kind.works and not kind.works & work.kinds:
                continue
            talk = Talk(dict(kind.slots), extra, work.bank, common_bank())
            for line in lines:
                assert "{" not in talk.tell(line, rng)


def test_no_line_leans_on_what_nobody_can_say() -> None:
    for kind in chain(*kinds().values()):
        lines = [*kind.titles, *kind.replies, *kind.op, *kind.comments, *kind.chat, *chain(*kind.open)]
        said = {line.gives for line in lines}
        assert {need for line in lines for need in line.needs} <= said | CIRCUMSTANCES, kind.key
