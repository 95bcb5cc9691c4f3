from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tiantang.events.catalog import BY_CODE, BY_NAME, KINDS, UnknownEvent
from tiantang.events.envelope import new_event_id
from tiantang.events.models import Act
from tiantang.events.record import new_subject, record
from tiantang.events.tests.factory import NOON, an_event

pytestmark = pytest.mark.django_db(databases="__all__")


def test_act_disappears_with_the_transaction_it_belongs_to():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(an_event())
        raise ZeroDivisionError
    assert not Act.objects.exists()


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_act_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(an_event())


def test_name_outside_the_catalogue_is_refused():
    with pytest.raises(UnknownEvent, match=r"forum\.post_eaten"):
        record(an_event(name="forum.post_eaten"))


def test_same_act_recorded_twice_undoes_the_second_transaction():
    event = an_event()
    record(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        record(event)
    assert Act.objects.count() == 1


def test_odd_signs_in_a_source_do_not_reach_the_database():
    record(an_event(source="a\x00b\n", campaign="春" * 100))
    assert Act.objects.values_list("source", "campaign").get() == ("ab", "春" * 80)


def test_recording_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        record(an_event())


def test_time_of_recording_is_kept_beside_that_of_happening():
    record(an_event(at=NOON))
    act = Act.objects.get()
    assert act.ts_us == 1_710_216_000_000_000
    assert act.recorded_us > (timezone.now() - timedelta(minutes=1)).timestamp() * 1_000_000


def test_subjects_are_never_given_twice():
    first = new_subject()
    connection.cursor().execute("DELETE FROM events_subject")
    assert new_subject() > first


def test_event_ids_are_sorted_by_time_and_name_their_version():
    ids = [uuid.UUID(new_event_id(moment)) for moment in (1, 2, 1 << 40)]
    assert ids == sorted(ids)
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert len({new_event_id(5) for _ in range(1000)}) == 1000


def test_names_and_codes_are_given_once():
    assert len(BY_NAME) == len(BY_CODE) == len(KINDS)


def test_names_say_place_thing_and_deed():
    for kind in KINDS:
        place, _, deed = kind.name.partition(".")
        assert place in {"site", "members", "forum", "moderation", "rules"}
        assert deed.replace("_", "").isalpha()
