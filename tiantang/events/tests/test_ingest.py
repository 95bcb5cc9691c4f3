from __future__ import annotations

import json
import time
from uuid import uuid4

import pytest
from django.utils import timezone

from tiantang.events import actors, mover, pace, staging
from tiantang.events.bots import Drop
from tiantang.events.models import DroppedVisit, Visit
from tiantang.events.tests.factory import read
from tiantang.events.visitor import cookie_of

pytestmark = pytest.mark.django_db(databases="__all__")

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSER = f"{WINDOWS} Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
)
OURS = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}


def a_view(**changes) -> dict:
    return {
        "id": str(uuid4()),
        "kind": "view",
        "at": int(time.time() * 1000),
        "topic": 12,
        "board": 3,
        **changes,
    }


def post(client, *items, headers=OURS, **changes):
    letter = {
        "now": int(time.time() * 1000),
        "webdriver": False,
        "cookies": True,
        "items": list(items),
        **changes,
    }
    return client.post("/e/visits", json.dumps(letter), content_type="application/json", headers=headers)


def drops() -> dict[str, int]:
    return dict(DroppedVisit.objects.values_list("reason", "count"))


def test_page_view_is_kept_with_topic_board_and_source(client, held):
    assert post(client, a_view(source="微博", campaign="spring")).status_code == 204
    held.flush()
    visit = Visit.objects.get()
    assert (visit.event, visit.object_id, visit.topic, visit.board) == (1, 12, 12, 3)
    assert (visit.source, visit.campaign, visit.client, visit.subject) == ("微博", "spring", 1, 0)
    assert cookie_of(visit.visitor) == client.cookies["visitor"].value


def test_visible_time_is_kept_in_milliseconds(client, held):
    post(client, a_view(kind="time", value=15000))
    held.flush()
    assert Visit.objects.values_list("event", "value").get() == (2, 15000)


def test_new_browser_gets_a_number_and_keeps_it(client, held):
    cookie = post(client, a_view()).cookies["visitor"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 400 * 24 * 3600
    assert "visitor" not in post(client, a_view()).cookies
    held.flush()
    assert Visit.objects.values("visitor").distinct().count() == 1


def test_browser_that_asks_not_to_be_known_gets_no_number(client, held):
    answer = post(client, a_view(), headers={**OURS, "Sec-GPC": "1"})
    assert "visitor" not in answer.cookies
    held.flush()
    assert Visit.objects.get().visitor == 0


def test_browser_without_cookies_is_not_a_new_visitor_every_time(client, held):
    assert "visitor" not in post(client, a_view(), cookies=False).cookies
    held.flush()
    assert Visit.objects.get().visitor == 0


@pytest.mark.parametrize(
    "forged", ["0", "x" * 16, "f" * 16, "12 or 1=1", f"{12:016x}", f"{12:016x}.{'0' * 16}"]
)
def test_forged_number_is_replaced(client, held, forged):
    client.cookies["visitor"] = forged
    assert "visitor" in post(client, a_view()).cookies
    held.flush()
    assert Visit.objects.get().visitor != 12


def test_phone_is_told_from_desktop(client, held):
    post(client, a_view(), headers={**OURS, "User-Agent": PHONE})
    held.flush()
    assert Visit.objects.get().client == 2


def test_signed_in_member_is_counted_as_such(client, held, django_user_model):
    member = django_user_model.objects.create(handle="miku", joined_at=timezone.now())
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    post(client, a_view())
    post(client, a_view())
    held.flush()
    assert set(Visit.objects.values_list("subject", "actor_class")) == {(member.subject, 1)}


def test_who_is_signed_in_is_asked_once_a_minute(client, held, django_user_model, monkeypatch):
    asked, ask = [], actors._ask
    monkeypatch.setattr(actors, "_ask", lambda request: asked.append(1) or ask(request))
    member = django_user_model.objects.create(handle="miku", joined_at=timezone.now())
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    for _ in range(3):
        post(client, a_view())
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 204),
        ({"Origin": "https://evil.example"}, 403),
        ({"Referer": "http://testserver/t/12/"}, 204),
        ({"Referer": "http://testserver.evil.example/"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_may_send(client, held, headers, status):
    assert post(client, a_view(), headers={"User-Agent": BROWSER, **headers}).status_code == status
    held.flush()
    assert drops() == ({} if status == 204 else {"foreign": 1})


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        f"{WINDOWS} HeadlessChrome/126.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
        "",
    ],
)
def test_robots_are_counted_and_not_kept(client, held, agent):
    answer = post(client, a_view(), a_view(), headers={**OURS, "User-Agent": agent})
    assert answer.status_code == 204
    assert "visitor" not in answer.cookies
    held.flush()
    assert drops() == {"robot": 2}
    assert not Visit.objects.exists()


def test_browser_driven_by_a_program_is_not_kept(client, held):
    post(client, a_view(), webdriver=True)
    held.flush()
    assert drops() == {"automated": 1}


def test_page_nobody_saw_is_not_kept(client, held):
    post(client, a_view(visible=False), a_view(kind="time", value=0))
    held.flush()
    assert drops() == {"hidden": 2}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "7"},
        {"id": None},
        {"kind": "hack"},
        {"kind": ["view"]},
        {"at": "now"},
        {"at": -1},
        {"topic": 2**63},
        {"board": True},
        {"board": 2**31},
        {"kind": "time", "value": 60_001},
        {"source": 5},
        {"source": ["a"]},
    ],
)
def test_bad_item_is_counted_and_its_neighbours_are_kept(client, held, change):
    assert post(client, a_view(), a_view(**change)).status_code == 204
    held.flush()
    assert drops() == {"malformed": 1}
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{",
        '{"items": 1}',
        '{"items": []',
        '{"now": 1}',
        '{"now": "x", "items": []}',
        "[" * 9000,
    ],
)
def test_what_is_no_letter_is_refused(client, held, body):
    answer = client.post("/e/visits", body, content_type="application/json", headers=OURS)
    assert answer.status_code == 400
    held.flush()
    assert drops() == {"malformed": 1}


def test_too_many_items_are_refused(client, held):
    assert post(client, *[a_view() for _ in range(51)]).status_code == 400


def test_too_large_a_letter_is_refused(client, held):
    assert post(client, a_view(source="x" * 17_000)).status_code == 413
    held.flush()
    assert drops() == {"oversize": 1}


def test_control_characters_do_not_reach_the_database(client, held):
    post(client, a_view(source="a\x00b\ud800c\n"))
    held.flush()
    assert Visit.objects.get().source == "abc"


def test_same_visit_twice_counts_once_also_after_it_was_sealed(client, held):
    view = a_view()
    post(client, view, view)
    held.flush()
    mover.move_all()
    post(client, view)
    held.flush()
    mover.move_all()
    assert read("count(*)") == [(1,)]
    assert drops() == {"double": 2}


def test_too_many_from_one_browser_are_refused(client, held, monkeypatch):
    monkeypatch.setattr(pace.BROWSER, "most", 2)
    post(client, a_view(), a_view())
    answer = post(client, a_view())
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    held.flush()
    assert drops() == {"too_fast": 1}


def test_invented_browsers_of_one_address_are_refused(client, held, monkeypatch):
    monkeypatch.setattr(pace.NEW_BROWSERS, "most", 3)
    statuses = []
    for number in range(5):
        client.cookies["visitor"] = f"{number:016x}"
        statuses.append(post(client, a_view()).status_code)
    assert statuses == [204, 204, 204, 429, 429]
    client.cookies["visitor"] = cookie_of(7)
    assert post(client, a_view()).status_code == 204
    held.flush()
    assert drops() == {"crowd": 2}


@pytest.mark.parametrize("limit", [pace.ADDRESS, pace.UNNUMBERED])
def test_an_address_sends_only_so_much(client, held, monkeypatch, limit):
    monkeypatch.setattr(limit, "most", 1)
    gpc = {**OURS, "Sec-GPC": "1"}
    assert post(client, a_view(), headers=gpc).status_code == 204
    refused = post(client, a_view(), headers=gpc)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    held.flush()
    assert drops() == {"crowd": 1}


def test_readers_behind_a_proxy_nobody_told_us_about_are_not_one_crowd(client, held, monkeypatch):
    monkeypatch.setattr(pace.ADDRESS, "most", 1)
    for number in range(3):
        headers = {**OURS, "X-Forwarded-For": f"9.9.9.{number}"}
        assert post(client, a_view(), headers=headers).status_code == 204


def test_nobody_looks_longer_than_time_passes(client, held):
    client.cookies["visitor"] = cookie_of(7)
    for _ in range(5):
        post(client, *[a_view(kind="time", value=60_000) for _ in range(48)])
    held.flush()
    assert sum(Visit.objects.values_list("value", flat=True)) == pace.VISIBLE.FIRST_MS
    assert drops() == {"too_long": 230}


def test_a_browser_nobody_knew_has_looked_for_one_mark_at_most(client, held):
    post(client, a_view(), *[a_view(kind="time", value=30_000) for _ in range(5)])
    held.flush()
    assert sum(Visit.objects.values_list("value", flat=True)) == 60_000
    assert drops() == {"too_long": 3}


def test_visible_time_grows_with_the_clock(monkeypatch):
    now = 1_000.0
    monkeypatch.setattr(pace.time, "monotonic", lambda: now)
    visible = pace.VisibleTime()
    assert visible.allows("reader", 60_000, new=True)
    assert not visible.allows("reader", 15_000, new=True)
    now += 15
    assert visible.allows("reader", 15_000, new=False)
    assert not visible.allows("reader", 1_000, new=False)


def test_a_member_with_many_browsers_has_one_clock(client, held, django_user_model):
    member = django_user_model.objects.create(handle="miku", joined_at=timezone.now())
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    for visitor in range(1, 5):
        client.cookies["visitor"] = cookie_of(visitor)
        post(client, *[a_view(kind="time", value=60_000) for _ in range(10)])
    held.flush()
    assert sum(Visit.objects.values_list("value", flat=True)) == pace.VISIBLE.FIRST_MS


def test_overload_asks_to_come_back(client, held, monkeypatch):
    monkeypatch.setattr(staging, "MOST_HELD", 1)
    post(client, a_view())
    answer = post(client, a_view())
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    held.flush()
    assert drops() == {"overload": 1}
    assert Visit.objects.count() == 1


def test_answer_comes_without_touching_the_database(client, held, django_assert_num_queries):
    with django_assert_num_queries(0):
        post(client, a_view())


def test_reading_the_address_is_not_offered(client):
    assert client.get("/e/visits").status_code == 405


@pytest.mark.parametrize("reason", Drop)
def test_every_reason_fits_its_column(reason):
    assert len(reason.value) <= 20


def test_wrong_clock_does_not_move_the_visit(client, held):
    wrong = 10**12
    post(client, a_view(at=wrong - 5000), now=wrong)
    held.flush()
    visit = Visit.objects.get()
    assert visit.recorded_us - visit.ts_us == 5_000_000


def test_visit_kept_back_without_network_lands_when_it_happened(client, held):
    now = int(time.time() * 1000)
    post(client, a_view(at=now - 20 * 3600 * 1000), now=now)
    held.flush()
    mover.move_all()
    assert read("lag_s") == [(72_000,)]


@pytest.mark.parametrize("age_ms", [-1, 24 * 3600 * 1000 + 1, 10**12])
def test_impossible_age_counts_as_now(client, held, age_ms):
    now = 2 * 10**12
    post(client, a_view(at=now - age_ms), now=now)
    held.flush()
    visit = Visit.objects.get()
    assert visit.ts_us == visit.recorded_us
